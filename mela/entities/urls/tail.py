"""Where the path of a URL ends: before the punctuation of the sentence around it."""

import re
from typing import Final

from mela.entities.urls.speech import Speech
from mela.text.late import late
from mela.text.memo import LONGEST_WORD

# What a sentence puts behind a path: its punctuation, "bit.ly/3xYz✅".
_SENTENCE_SIGNS: Final = ".,;:!?*~\u2019…([{\\" + "".join(
    map(chr, [*range(0x2190, 0x2200), *range(0x2600, 0x27C0), *range(0x2B00, 0x2C00), 0xFE0F])
)
_GLUED_WORD_RE: Final = late(r"(?<=\w)(?:[.!](?=[A-Z])|[,;])([A-Za-z][a-z]++)$")
_LONGEST_REMARK: Final = 200
_LEFT: Final = {")": "(", "]": "[", "}": "{"}
_RIGHT: Final = {left: right for right, left in _LEFT.items()}
_BRACKET_RE: Final = late(r"[()\[\]{}]")


def trim(match: re.Match[str], speech: Speech) -> str:
    """Return the path and query that a pattern matched without what belongs to the sentence."""
    tail = _within_brackets(match)
    glued = _GLUED_WORD_RE.search(tail, max(0, len(tail) - LONGEST_WORD))
    if glued and speech.is_ordinary(glued[1]):
        tail = tail[: glued.start()]
    return _without_signs(tail)


def trim_command(match: re.Match[str]) -> str:
    """Do so for the command of an app, in which words may stand behind signs: "#Intent;end"."""
    return _without_signs(_within_brackets(match))


def _without_signs(tail: str) -> str:
    if tail.endswith(("'s", "\u2019s")):
        tail = tail[:-2]
    quotes = "" if tail.count("'") % 2 == 0 else "'"
    return tail.rstrip(_SENTENCE_SIGNS + quotes)


def _within_brackets(match: re.Match[str]) -> str:
    """Return the tail before a bracket that closes one open before it, or opens a remark.

    A remark goes on behind the tail: "x.com/i(Please reply)".
    """
    tail = match["tail"]
    if _BRACKET_RE.search(tail) is None:
        return tail
    before, after = match.string[: match.start()], match.string[match.end() :][:_LONGEST_REMARK]
    opened: list[re.Match[str]] = []
    is_open = {left: before.count(left) > before.count(right) for right, left in _LEFT.items()}
    end = len(tail.rstrip(")]}.,;:!?"))
    for bracket in _BRACKET_RE.finditer(tail):
        left = _LEFT.get(bracket[0])
        if left is None:
            opened.append(bracket)
        elif opened and opened[-1][0] == left:
            opened.pop()
        elif is_open[left] or bracket.start() >= end:
            return tail[: bracket.start()]
    if opened and _RIGHT[opened[-1][0]] in after:
        return tail[: opened[-1].start()]
    return tail
