"""What speaks for a substring and against it: how much spam and ham it hits, and in which words."""

from collections import defaultdict
from collections.abc import Sequence
from math import log2
from typing import NamedTuple

import ahocorasick
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from mela.mining.corpus import Corpus


class FalseFriend(NamedTuple):
    """An innocent word that holds a substring: commoner in ham than in spam."""

    word: str
    ham_texts: int


class Evidence(NamedTuple):
    """The record of a substring in a corpus.

    Attributes
    ----------
    substring
        What was counted.
    spam_texts, ham_texts
        Distinct texts that it hits.
    spam_rate, ham_rate
        The same as shares of all spam and of all ham.
    lift
        How much likelier a spam text is hit than a ham text; half a text is added to both, so that
        a substring that never hits ham has a number, too.
    weight
        How surprising the difference between spam and ham is: the log-likelihood ratio in bits,
        negative where ham is hit more.
    false_friends
        Words in which it hits ham, the commonest first.
    """

    substring: str
    spam_texts: int
    ham_texts: int
    spam_rate: float
    ham_rate: float
    lift: float
    weight: float
    false_friends: tuple[FalseFriend, ...]


class Incidence(NamedTuple):
    """Which substring hits which text, and through which words.

    ``hits`` has shape (texts, substrings), ``within`` has shape (words, substrings).
    """

    substrings: tuple[str, ...]
    hits: csr_matrix
    within: csr_matrix


def find(substrings: Sequence[str], corpus: Corpus) -> Incidence:
    """Look for substrings in the words of a corpus, each word once, however often it stands."""
    automaton = ahocorasick.Automaton()
    for index, substring in enumerate(substrings):
        automaton.add_word(substring, index)
    rows: list[int] = []
    columns: list[int] = []
    if substrings:
        automaton.make_automaton()
        for row, word in enumerate(corpus.words):
            inside = {index for _, index in automaton.iter(word)}
            rows += [row] * len(inside)
            columns += sorted(inside)
    ones = np.ones(len(rows), dtype=np.int32)
    within = csr_matrix((ones, (rows, columns)), shape=(len(corpus.words), len(substrings)))
    hits = corpus.counts @ within
    hits.data[:] = 1
    return Incidence(tuple(substrings), hits, within)


def weigh(incidence: Incidence, corpus: Corpus) -> list[Evidence]:
    """Return the evidence on each substring, in order."""
    spam, ham = corpus.is_spam, ~corpus.is_spam
    spam_texts, ham_texts = int(spam.sum()), int(ham.sum())
    in_spam, in_ham = _count(incidence.hits, spam), _count(incidence.hits, ham)
    friends = _false_friends(incidence, corpus)
    return [
        Evidence(
            substring,
            spam_hits,
            ham_hits,
            spam_hits / spam_texts,
            ham_hits / ham_texts,
            ((spam_hits + 0.5) / (spam_texts + 0.5)) / ((ham_hits + 0.5) / (ham_texts + 0.5)),
            _log_likelihood(spam_hits, spam_texts, ham_hits, ham_texts),
            friends.get(index, ()),
        )
        for index, (substring, spam_hits, ham_hits) in enumerate(
            zip(incidence.substrings, in_spam.tolist(), in_ham.tolist(), strict=True)
        )
    ]


def _count(hits: csr_matrix, texts: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return how many of the chosen texts each column hits."""
    return np.asarray(hits[texts].sum(axis=0), dtype=np.int64).ravel()


def _false_friends(incidence: Incidence, corpus: Corpus) -> dict[int, tuple[FalseFriend, ...]]:
    spam, ham = corpus.is_spam, ~corpus.is_spam
    in_spam, in_ham = _count(corpus.counts, spam), _count(corpus.counts, ham)
    # Compared as rates: a corpus may hold ten times as much ham as spam.
    is_innocent = (in_ham > 1) & (in_ham * spam.sum() > in_spam * ham.sum())
    by_substring: dict[int, list[FalseFriend]] = defaultdict(list)
    within = incidence.within.tocoo()
    for row, column in zip(within.row.tolist(), within.col.tolist(), strict=True):
        if is_innocent[row] and corpus.words[row] != incidence.substrings[column]:
            by_substring[column].append(FalseFriend(corpus.words[row], int(in_ham[row])))
    return {
        column: tuple(sorted(words, key=lambda friend: (-friend.ham_texts, friend.word)))
        for column, words in by_substring.items()
    }


def _log_likelihood(spam_hits: int, spam: int, ham_hits: int, ham: int) -> float:
    share = (spam_hits + ham_hits) / (spam + ham)
    cells = (
        (spam_hits, spam * share),
        (spam - spam_hits, spam * (1 - share)),
        (ham_hits, ham * share),
        (ham - ham_hits, ham * (1 - share)),
    )
    ratio = 2 * sum(found * log2(found / expected) for found, expected in cells if found)
    return ratio if spam_hits * ham >= ham_hits * spam else -ratio
