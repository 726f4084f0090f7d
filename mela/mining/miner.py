"""From a corpus to a draft: the whole way, step by step."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np

from mela.mining.corpus import SPAM, Corpus, Unit, Watch, distinct_texts, split_words, unwatched
from mela.mining.draft import Draft, Group
from mela.mining.embedding import Embedding, embed
from mela.mining.evidence import Evidence, find, weigh
from mela.mining.selection import select
from mela.mining.substrings import common_substrings
from mela.resources import Resources

GROUPS: Final = 22
MIN_LIFT: Final = 4.0
MOST_WORDS: Final = 5000
LAST_SEED: Final = 2**32 - 1
"""The last seed that numpy takes."""
MOST_SUBSTRINGS: Final = 400

_FEWEST_TEXTS: Final = 3
_SHARE_OF_SPAM: Final = 0.001


def mine(
    texts: Iterable[str],
    labels: Iterable[object],
    *,
    spam: Sequence[object] = SPAM,
    unit: Unit = "messages",
    groups: int = GROUPS,
    min_texts: int | None = None,
    min_lift: float = MIN_LIFT,
    most_words: int = MOST_WORDS,
    most_substrings: int = MOST_SUBSTRINGS,
    stop_words: Iterable[str] | None = None,
    resources: Resources | None = None,
    seed: int = 0,
    watch: Watch = unwatched,
) -> Draft:
    """Mine substring clusters from a labelled corpus (section 3.1 of the paper).

    The words that are frequent in spam, stop words aside, give candidates: their longest common
    substrings. Those that hit spam and spare ham are placed by t-SNE over how alike they are
    (character n-grams) and in how many spam texts they stand together, and the map is cut into
    groups. The same texts, labels and seed give the same draft.

    Parameters
    ----------
    texts
        n messages, or URLs and host names with ``unit="hosts"``. Texts that differ in digits only
        count once.
    labels
        n labels.
    spam
        The labels that mean spam.
    unit
        ``"messages"`` or ``"hosts"``. Of a host, the subdomain and the name are searched, and are
        not cut into words.
    groups
        How many groups to make; the shipped file has 22.
    min_texts
        Spam texts that a substring has to hit; by default one in a thousand and at least 3.
    min_lift
        How much likelier spam has to be hit than ham.
    most_words, most_substrings
        How many frequent words are compared, and how many substrings are placed.
    stop_words
        Words that are no candidates; by default those of the resources, English and Spanish.
    resources
        Lists and dictionaries; None for the shipped ones.
    seed
        Where t-SNE starts.
    watch
        Shows progress: called with an iterable and what is done with it, gives its items.

    Returns
    -------
    Draft
        Without groups, and with a reason, where nothing tells spam from ham.

    Raises
    ------
    CorpusError
        Not as many labels as texts, an item without a label, no spam, or nothing but spam.
    ValueError, TypeError
        Parameters out of their range; a bare str, or an item that is no text.
    """
    for name, value, low in (
        ("groups", groups, 1),
        ("seed", seed, 0),
        ("most_words", most_words, 1),
        ("most_substrings", most_substrings, 1),
    ):
        if not isinstance(value, int) or not low <= value <= LAST_SEED:
            raise ValueError(f"{name}={value!r}; wanted a whole number from {low} to {LAST_SEED}")
    if isinstance(stop_words, str):
        raise TypeError("stop_words takes words, got a str; wanted a list")
    resources = resources or Resources.load()
    read = distinct_texts(texts, labels, spam=spam, unit=unit, resources=resources, watch=watch)
    corpus = split_words(read, unit)
    spam_texts = int(corpus.is_spam.sum())
    ham_texts = len(corpus.is_spam) - spam_texts
    least = (
        max(_FEWEST_TEXTS, round(_SHARE_OF_SPAM * spam_texts)) if min_texts is None else min_texts
    )
    stopped = resources.stop_words if stop_words is None else frozenset(stop_words)

    # Every name is registered once: what is frequent among hosts are their substrings alone.
    words = _frequent_words(corpus, stopped, 1 if unit == "hosts" else least, most_words, seed)
    if not words:
        reason = f"no word but stop words stands in {least} of {spam_texts} distinct spam texts"
        return Draft((), spam_texts, ham_texts, seed, reason)
    candidates = common_substrings(words)
    incidence = find(candidates, corpus)
    spam_hits = incidence.hits[corpus.is_spam].tocsc()
    chosen = select(
        weigh(incidence, corpus),
        spam_hits,
        min_texts=least,
        min_lift=min_lift,
        most=most_substrings,
    )
    if not chosen:
        reason = (
            f"none of {len(candidates)} substrings hits spam {min_lift:g} times as often as ham"
        )
        return Draft((), spam_texts, ham_texts, seed, reason)
    substrings = [member.substring for member in chosen]
    # Candidates are sorted.
    columns = [bisect_left(candidates, substring) for substring in substrings]
    embedding = embed(substrings, spam_hits[:, columns], groups, seed)
    return Draft(_grouped(chosen, embedding), spam_texts, ham_texts, seed)


def _frequent_words(
    corpus: Corpus, stopped: frozenset[str], least: int, most: int, seed: int
) -> list[str]:
    """Return the words that stand in most spam texts, without stop words, sorted.

    Among words that are as frequent as one another, chance decides and not the alphabet.
    """
    counts = np.asarray(corpus.counts[corpus.is_spam].sum(axis=0)).ravel()
    chance = np.random.default_rng(seed).permutation(len(counts))
    frequent = [
        corpus.words[index]
        for index in np.lexsort((chance, -counts)).tolist()
        if counts[index] >= least and corpus.words[index] not in stopped
    ]
    return sorted(frequent[:most])


def _grouped(chosen: Sequence[Evidence], embedding: Embedding) -> tuple[Group, ...]:
    groups = []
    for number in np.unique(embedding.groups).tolist():
        inside = np.flatnonzero(embedding.groups == number)
        outside = np.flatnonzero(embedding.groups != number)
        ordered = sorted(inside.tolist(), key=lambda index: chosen[index].substring)
        heaviest = max((chosen[index] for index in ordered), key=lambda member: member.weight)
        groups.append(
            Group(
                name=heaviest.substring,
                members=tuple(chosen[index] for index in ordered),
                places=tuple(map(tuple, embedding.places[ordered].tolist())),
                cohesion=_cohesion(embedding.similarity[np.ix_(inside, inside)]),
                separation=float(embedding.similarity[np.ix_(inside, outside)].mean())
                if len(outside)
                else 0.0,
            )
        )
    return tuple(
        sorted(groups, key=lambda group: (-sum(m.weight for m in group.members), group.name))
    )


def _cohesion(similarity: "np.ndarray[Any, Any]") -> float:
    """Return the mean similarity of different substrings."""
    count = len(similarity)
    pairs = count * (count - 1)
    return float((similarity.sum() - np.trace(similarity)) / pairs) if pairs else 1.0
