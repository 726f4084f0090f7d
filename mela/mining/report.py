"""The map of a draft as a page: every substring at its place, its group by color."""

from html import escape
from itertools import product
from math import log1p
from typing import Final

from mela.mining.draft import Draft
from mela.mining.evidence import Evidence

_WIDTH: Final = 1500
_HEIGHT: Final = 1100
_MARGIN: Final = 60
_SMALLEST_LETTERS: Final = 11
_LETTER_SHAPE: Final = 0.6
"""Width of a letter by its height, in the fonts of browsers."""

_STEPS: Final = sorted(
    product(range(-4, 5), range(-8, 9)), key=lambda step: (abs(step[0]) + abs(step[1]), step)
)
"""Where a label may go whose place is taken, in its own widths and heights, the nearest first."""

_PAGE: Final = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ font: 14px/1.4 sans-serif; margin: 1.5em; color: #222; }}
svg {{ width: 100%; height: auto; border: 1px solid #ddd; }}
svg text {{ dominant-baseline: middle; text-anchor: middle; cursor: default; }}
table {{ border-collapse: collapse; }}
td, th {{ padding: .1em .7em; text-align: right; border-bottom: 1px solid #eee; }}
td:first-child, th:first-child, td:last-child, th:last-child {{ text-align: left; }}
h2 {{ margin-bottom: .2em; }}
</style>
<h1>{title}</h1>
<p>Substrings that are alike or stand in the same spam texts lie together; the larger a substring,
the more spam it hits. Point at one for its record.</p>
<svg viewBox="0 0 {width} {height}">
{marks}
</svg>
{tables}
</html>
"""


def to_html(draft: Draft) -> str:
    """Return the map and the evidence of a draft as one page that needs nothing else."""
    title = f"Substrings of {draft.spam_texts} spam and {draft.ham_texts} ham texts"
    if draft.reason:
        title = f"No cluster: {draft.reason}"
    return _PAGE.format(
        title=escape(title),
        width=_WIDTH,
        height=_HEIGHT,
        marks="\n".join(_marks(draft)),
        tables="\n".join(_table(draft, number) for number in range(len(draft.groups))),
    )


def _marks(draft: Draft) -> list[str]:
    """Return a label for each substring, the weightiest at its very place."""
    labelled = [
        (member, place, number)
        for number, group in enumerate(draft.groups)
        for member, place in zip(group.members, group.places, strict=True)
    ]
    if not labelled:
        return []
    labelled.sort(key=lambda label: (-label[0].weight, label[0].substring))
    scale = _Scale([place for _, place, _ in labelled])
    taken: list[tuple[float, float, float, float]] = []
    marks = []
    for member, place, number in labelled:
        size = _SMALLEST_LETTERS + 4 * log1p(100 * member.spam_rate)
        x, y = _free(*scale(place), len(member.substring) * size * _LETTER_SHAPE, size, taken)
        record = escape(_record(draft, number, member))
        marks.append(
            f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size:.0f}" fill="{_color(number)}">'
            f"{escape(member.substring)}<title>{record}</title></text>"
        )
    return marks


class _Scale:
    """Fits coordinates into the picture."""

    def __init__(self, places: list[tuple[float, float]]) -> None:
        self._low = [min(axis) for axis in zip(*places, strict=True)]
        high = [max(axis) for axis in zip(*places, strict=True)]
        self._range = [(top - low) or 1.0 for low, top in zip(self._low, high, strict=True)]

    def __call__(self, place: tuple[float, float]) -> tuple[float, float]:
        x, y = (
            (value - low) / size
            for value, low, size in zip(place, self._low, self._range, strict=True)
        )
        return _MARGIN + x * (_WIDTH - 2 * _MARGIN), _MARGIN + y * (_HEIGHT - 2 * _MARGIN)


def _free(
    x: float, y: float, width: float, height: float, taken: list[tuple[float, float, float, float]]
) -> tuple[float, float]:
    """Return the nearest place where a label covers no other, or its own where there is none."""
    for right, down in _STEPS:
        left, top = x + right * width / 4 - width / 2, y + down * height / 2 - height / 2
        box = (left, top, left + width, top + height)
        if not any(_cover(box, other) for other in taken):
            taken.append(box)
            return left + width / 2, top + height / 2
    return x, y


def _cover(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _color(number: int) -> str:
    # Steps of the golden angle: neighbors in number are far apart in color.
    return f"hsl({number * 137.5 % 360:.0f} 70% {35 + 10 * (number % 2)}%)"


def _record(draft: Draft, number: int, member: Evidence) -> str:
    friends = ", ".join(friend.word for friend in member.false_friends[:8])
    return (
        f"{member.substring} ({draft.groups[number].name})\n"
        f"spam {member.spam_rate:.2%}, ham {member.ham_rate:.2%}, lift {member.lift:.0f}"
        + (f"\nin ham: {friends}" if friends else "")
    )


def _table(draft: Draft, number: int) -> str:
    group = draft.groups[number]
    rows = "\n".join(
        f"<tr><td>{escape(m.substring)}</td><td>{m.spam_rate:.2%}</td><td>{m.ham_rate:.2%}</td>"
        f"<td>{m.lift:.0f}</td><td>"
        f"{escape(', '.join(f'{f.word} {f.ham_texts}' for f in m.false_friends[:8]))}</td></tr>"
        for m in sorted(group.members, key=lambda m: (-m.weight, m.substring))
    )
    return (
        f'<h2 style="color: {_color(number)}">{number} {escape(group.name)}</h2>\n'
        f"<p>cohesion {group.cohesion:.2f}, to the others {group.separation:.2f}</p>\n"
        "<table><tr><th>substring</th><th>spam</th><th>ham</th><th>lift</th><th>in ham</th></tr>\n"
        f"{rows}\n</table>"
    )
