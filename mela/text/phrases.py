"""Find the fixed phrases that open a message, or mark it as forwarded or as one to opt out of."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import ahocorasick

from mela.text.words import tokens

# The marks of "text 'stop' to end". Does not match the apostrophe in "don't".
_QUOTE_RE: Final = re.compile(r"['\"](?:(?<!\w['\"])|(?!\w))")


_SHORTEST_NUMBER: Final = 4


def unquote(text: str) -> str:
    """Return a text without quotation marks."""
    return _QUOTE_RE.sub("", text) if "'" in text or '"' in text else text


class Phrase(NamedTuple):
    """An occurrence of a phrase."""

    start: int
    end: int
    kind: str


class Openings:
    """Phrases with which a text may open, as whole words.

    Parameters
    ----------
    phrases
        The phrases, in lower case; each is a word, or begins with one and a blank.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_word: dict[str, list[str]] = {}
        for phrase in sorted(phrases, key=len, reverse=True):
            self._by_word.setdefault(phrase.split(" ")[0], []).append(phrase)

    def find(self, text: str, words: Sequence[str]) -> str:
        """Return the longest phrase that opens a lower-case text of these words, or ""."""
        phrases = self._by_word.get(words[0]) if words else None
        if phrases is None:
            return ""
        text = unquote(text)
        start = text.find(words[0])
        for phrase in phrases:
            end = start + len(phrase)
            if text.startswith(phrase, start) and not text[end : end + 1].isalnum():
                return phrase
        return ""


class PhraseFinder:
    """Finds phrases of several kinds as whole words, in one pass.

    Parameters
    ----------
    phrases
        The phrases of each kind, in lower case. Behind one that ends in "#" a number of four digits
        or more has to follow, as in "stop to 88600".
    """

    def __init__(self, **phrases: Iterable[str]) -> None:
        kinds: dict[str, list[str]] = {}
        for kind, texts in phrases.items():
            for text in texts:
                kinds.setdefault(text, []).append(kind)
        self.triggers = _triggers(list(kinds))
        """Words of which an ASCII text that holds a phrase holds one."""
        self._automaton = ahocorasick.Automaton()
        for text, named in kinds.items():
            phrase = text.removesuffix("#")  # which leaves its blank
            self._automaton.add_word(phrase, (phrase, tuple(named), phrase != text))
        self._automaton.make_automaton()

    def find(self, text: str) -> Iterator[Phrase]:
        """Yield the phrases in lower-case text, by their end.

        A phrase that begins or ends with a letter or digit does so at a word's edge: "baja" is
        not found in "trabajamos", "fwd:" is found in "fwd:hi".
        """
        for last, (phrase, kinds, needs_number) in self._automaton.iter(text):
            end = last + 1
            start = end - len(phrase)
            if phrase[0].isalnum() and start and text[start - 1].isalnum():
                continue
            if phrase[-1].isalnum() and text[end : end + 1].isalnum():
                continue
            if needs_number and not _is_number(text[end : end + _SHORTEST_NUMBER]):
                continue
            for kind in kinds:
                yield Phrase(start, end - needs_number, kind)


def _is_number(text: str) -> bool:
    return len(text) == _SHORTEST_NUMBER and text.isdigit()


def _triggers(phrases: list[str]) -> frozenset[str]:
    """Return a word of each phrase, no short one, and few in all: "stop" of all that hold it."""
    shared = Counter(word for phrase in phrases for word in set(tokens(phrase)))
    return frozenset(
        max(tokens(phrase), key=lambda word: (min(len(word), 4), shared[word]))
        for phrase in phrases
    )
