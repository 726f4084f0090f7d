"""Split a run-on name into words: freeringtonesnow -> free ringtones now."""

import re
from collections.abc import Container
from typing import Final

_LONGEST_WORD: Final = 20
_PART_RE: Final = re.compile(r"[^\W\d_]+|\d+")

# The cheapest split wins. A long word beats short ones that spell it, and letters that no word
# explains stay together as one word: "zalando" is one, not "z a land o".
_WORD_COST: Final = {1: 3.0, 2: 2.0, 3: 1.5}
_LONG_WORD_COST: Final = 1.0
_UNKNOWN_COST: Final = 2.5
_UNKNOWN_LETTER_COST: Final = 0.4


def segment(name: str, words: Container[str]) -> list[str]:
    """Return the words of a name, digits and unknown stretches standing as words of their own.

    >>> segment("freeringtonesnow", {"free", "ring", "ringtones", "tones", "now", "no"})
    ['free', 'ringtones', 'now']
    >>> segment("win-100cash", {"win", "cash"})
    ['win', '100', 'cash']
    """
    parts = _PART_RE.findall(name)
    return [w for part in parts for w in ([part] if part[0].isdigit() else _split(part, words))]


def _split(letters: str, words: Container[str]) -> list[str]:
    # best[i] is the cheapest way to split the first i letters, as (cost, start of the last word);
    # open_[i] the same with the i-th letter in an unknown stretch.
    size = len(letters)
    infinite = (float("inf"), 0)
    best = [(0.0, 0)] + [infinite] * size
    unknown = [infinite] * (size + 1)
    for end in range(1, size + 1):
        longer = (unknown[end - 1][0] + _UNKNOWN_LETTER_COST, unknown[end - 1][1])
        fresh = (best[end - 1][0] + _UNKNOWN_COST + _UNKNOWN_LETTER_COST, end - 1)
        unknown[end] = min(longer, fresh)
        known = [
            (best[start][0] + _WORD_COST.get(end - start, _LONG_WORD_COST), start)
            for start in range(max(0, end - _LONGEST_WORD), end)
            if letters[start:end] in words
        ]
        best[end] = min([*known, unknown[end]])
    found = []
    end = size
    while end:
        start = best[end][1]
        found.append(letters[start:end])
        end = start
    return found[::-1]
