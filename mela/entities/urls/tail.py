"""Where the path of a URL ends: before the punctuation of the sentence around it."""

from typing import Final

from mela.entities.urls.speech import Speech
from mela.text.late import late
from mela.text.memo import LONGEST_WORD

# What a sentence puts behind a path: its punctuation, "bit.ly/3xYz✅".
_SENTENCE_SIGNS: Final = ".,;:!?*~\u2019…([{\\" + "".join(
    map(chr, [*range(0x2190, 0x2200), *range(0x2600, 0x27C0), *range(0x2B00, 0x2C00), 0xFE0F])
)
_GLUED_WORD_RE: Final = late(r"(?<=\w)(?:[.!](?=[A-Z])|[,;])([A-Za-z][a-z]++)$")
_BRACKETS: Final = {")": "(", "]": "[", "}": "{"}
_BRACKET_RE: Final = late(r"[()\[\]{}]")


def trim(tail: str, before: str, speech: Speech) -> str:
    """Return the path and query that a pattern matched without what belongs to the sentence.

    ``before`` is the text before the URL, in which a bracket or a quote may stand open.
    """
    tail = tail[: _closing_bracket(tail, before)]
    glued = _GLUED_WORD_RE.search(tail, max(0, len(tail) - LONGEST_WORD))
    if glued and speech.is_ordinary(glued[1]):
        tail = tail[: glued.start()]
    return _without_signs(tail)


def trim_command(tail: str, before: str) -> str:
    """Do so for the command of an app, in which words may stand behind signs: "#Intent;end"."""
    return _without_signs(tail[: _closing_bracket(tail, before)])


def _without_signs(tail: str) -> str:
    if tail.endswith(("'s", "\u2019s")):
        tail = tail[:-2]
    quotes = "" if tail.count("'") % 2 == 0 else "'"
    return tail.rstrip(_SENTENCE_SIGNS + quotes)


def _closing_bracket(tail: str, before: str) -> int:
    """Return where a bracket closes that stands open before the URL, or ends the URL."""
    if _BRACKET_RE.search(tail) is None:
        return len(tail)
    opened: list[str] = []
    is_open = {left: before.count(left) > before.count(right) for right, left in _BRACKETS.items()}
    end = len(tail.rstrip(")]}.,;:!?"))
    for bracket in _BRACKET_RE.finditer(tail):
        left = _BRACKETS.get(bracket[0])
        if left is None:
            opened.append(bracket[0])
        elif opened and opened[-1] == left:
            opened.pop()
        elif is_open[left] or bracket.start() >= end:
            return bracket.start()
    return len(tail)
