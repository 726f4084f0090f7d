"""Candidate substrings: the longest common substrings of frequent words."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np

_SHORTEST: Final = 4
"""Three letters that two words share are chance: ``nta`` of contact and santa."""


_LONGEST: Final = 32
"""What two words share beyond that length is one name with a number."""


def common_substrings(words: Sequence[str]) -> list[str]:
    """Return the longest common substrings of all pairs of words, and the words themselves, sorted.

    A word is what it has in common with itself: ``whatsapp`` shares nothing with others and is
    still a token to look for. Pairs that share less than four letters have nothing in common.

    All pairs are settled at once, from the longest substrings down, in time proportional to the
    substrings of all words and to the pairs that share them: comparing 2,000 words pair by pair
    would take minutes.

    >>> common_substrings(["claim", "claimed", "unclaimed", "win"])
    ['claim', 'claimed', 'unclaimed', 'win']
    """
    # Most substrings have one holder: a set for each would take gigabytes.
    first: dict[str, int] = {}
    holders: dict[str, set[int]] = {}
    for index, word in enumerate(words):
        for start in range(len(word) - _SHORTEST + 1):
            for end in range(start + _SHORTEST, min(len(word), start + _LONGEST) + 1):
                substring = word[start:end]
                holder = first.setdefault(substring, index)
                if holder != index:
                    holders.setdefault(substring, {holder}).add(index)
    by_length: dict[int, list[str]] = defaultdict(list)
    for substring in holders:
        by_length[len(substring)].append(substring)
    common = set(words)
    settled = np.eye(len(words), dtype=bool)
    for length in sorted(by_length, reverse=True):
        pairs = [np.ix_(*[sorted(holders[substring])] * 2) for substring in by_length[length]]
        common.update(
            substring
            for substring, pair in zip(by_length[length], pairs, strict=True)
            if not settled[pair].all()
        )
        # After all of one length: two words can have two longest substrings in common.
        for pair in pairs:
            settled[pair] = True
    return sorted(common)
