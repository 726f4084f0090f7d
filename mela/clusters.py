"""Count the hits of substring clusters: one Aho-Corasick automaton over all substrings."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import ahocorasick

from mela.resources import ClusterSet

_SHORTEST_SUBSTRING: Final = 3
"""Shorter ones ("dj") match as whole words only."""


class Hit(NamedTuple):
    """An occurrence of a substring in a text."""

    start: int
    end: int
    substring: str
    clusters: tuple[int, ...]


class _Pattern(NamedTuple):
    substring: str
    clusters: tuple[int, ...]
    excuses: tuple[tuple[int, tuple[str, ...]], ...]
    """Innocent words that hold the substring, by the offset at which they hold it."""
    is_sure: bool
    """Whether it counts wherever it stands: it is no short one, and no word excuses it."""


class ClusterCounter:
    """Finds cluster substrings, overlapping ones too.

    A hit inside one of the substring's exceptions ("car" in "card") does not count. One substring
    may stand in several clusters.
    """

    def __init__(self, clusters: ClusterSet) -> None:
        self._count = len(clusters)
        owners: dict[str, list[int]] = {}
        for cluster in clusters:
            for substring in cluster.paper + cluster.mela:
                owners.setdefault(substring, []).append(cluster.number)
        self._automaton = ahocorasick.Automaton()
        for substring, numbers in owners.items():
            excuses = _by_offset(substring, clusters.exceptions.get(substring, ()))
            is_sure = len(substring) >= _SHORTEST_SUBSTRING and not excuses
            pattern = _Pattern(substring, tuple(numbers), excuses, is_sure)
            self._automaton.add_word(substring, pattern)
        self._automaton.make_automaton()

    def hits(self, text: str) -> Iterator[Hit]:
        """Yield the hits in lower-case text, by their end."""
        for last, pattern in self._matches(text):
            start = last + 1 - len(pattern.substring)
            yield Hit(start, last + 1, pattern.substring, pattern.clusters)

    def count(self, text: str) -> tuple[int, ...]:
        """Return the number of hits of each cluster."""
        counts = [0] * self._count
        for _, pattern in self._matches(text):
            for number in pattern.clusters:
                counts[number] += 1
        return tuple(counts)

    def _matches(self, text: str) -> list[tuple[int, _Pattern]]:
        """Return the substrings that count, each with the place of its last character."""
        return [
            (last, pattern)
            for last, pattern in self._automaton.iter(text)
            if pattern.is_sure or _counts(text, last + 1, pattern)
        ]

    def substrings(self, text: str) -> tuple[tuple[str, ...], ...]:
        """Return the substrings that each cluster hits, as often as it hits them."""
        hits = list(self.hits(text))
        return tuple(
            tuple(hit.substring for hit in hits if number in hit.clusters)
            for number in range(self._count)
        )


def _by_offset(
    substring: str, exceptions: tuple[str, ...]
) -> tuple[tuple[int, tuple[str, ...]], ...]:
    excuses: dict[int, list[str]] = {}
    for word in exceptions:
        offset = word.find(substring)
        while offset >= 0:
            excuses.setdefault(offset, []).append(word)
            offset = word.find(substring, offset + 1)
    return tuple((offset, tuple(words)) for offset, words in sorted(excuses.items()))


def _counts(text: str, end: int, pattern: _Pattern) -> bool:
    """Tell whether a short substring is a word, and no innocent word holds this one."""
    start = end - len(pattern.substring)
    if len(pattern.substring) < _SHORTEST_SUBSTRING and (
        (start and text[start - 1].isalnum()) or text[end : end + 1].isalnum()
    ):
        return False
    for offset, words in pattern.excuses:
        if offset <= start and text.startswith(words, start - offset):
            return False
    return True
