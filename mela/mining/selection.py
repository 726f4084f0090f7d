"""Choose, among candidate substrings, those that are worth a place in a draft."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.sparse import csc_matrix

from mela.mining.evidence import Evidence

_MUCH_SHARPER: Final = 2.0
"""The factor between two lifts from which on the higher one makes a difference."""

_MOST_TEXTS: Final = 0.8
"""The share of a substring's spam texts that counts as all of them."""


def select(
    candidates: Sequence[Evidence],
    hits: csc_matrix,
    *,
    min_texts: int,
    min_lift: float,
    most: int,
) -> list[Evidence]:
    """Return the substrings that tell spam from ham, without those that repeat one another.

    Parameters
    ----------
    candidates
        Evidence on each of n candidates.
    hits
        Which spam text each hits, shape (texts, n).
    min_texts
        Spam texts that a substring has to hit.
    min_lift
        Lift that it has to have.
    most
        How many to return at most, the weightiest first.
    """
    telling = [
        index
        for index, candidate in enumerate(candidates)
        if candidate.spam_texts >= min_texts and candidate.lift >= min_lift
    ]
    whole = [index for index in telling if not _is_fragment(index, telling, candidates, hits)]
    kept: list[Evidence] = []
    for candidate in sorted((candidates[i] for i in whole), key=_by_length):
        if not any(_repeats(candidate, shorter) for shorter in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda c: (-c.weight, c.substring))[:most]


def _is_fragment(
    index: int, telling: Sequence[int], candidates: Sequence[Evidence], hits: csc_matrix
) -> bool:
    """Tell a piece of words that stand for it: all that ``lect`` adds to ``collect`` is ham.

    A piece is one if longer substrings that hold it hit most of its spam texts, and either one of
    them does so alone or all are much sharper.
    """
    candidate = candidates[index]
    holders = [
        other
        for other in telling
        if other != index and candidate.substring in candidates[other].substring
    ]
    if any(candidates[h].spam_texts >= _MOST_TEXTS * candidate.spam_texts for h in holders):
        return True
    sharper = [h for h in holders if candidates[h].lift >= _MUCH_SHARPER * candidate.lift]
    covered = np.unique(hits[:, sharper].indices).size if sharper else 0
    return bool(covered >= _MOST_TEXTS * candidate.spam_texts)


def _repeats(longer: Evidence, shorter: Evidence) -> bool:
    """Whether the shorter one hits all that the longer one hits, and about as sharply."""
    return shorter.substring in longer.substring and longer.lift < _MUCH_SHARPER * shorter.lift


def _by_length(candidate: Evidence) -> tuple[int, str]:
    return len(candidate.substring), candidate.substring
