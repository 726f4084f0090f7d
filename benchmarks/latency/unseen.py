"""Time messages that nobody has seen: warm caches flatter."""

from collections.abc import Sequence

from benchmarks.latency.contestants import MELA, TFIDF, tfidf
from benchmarks.latency.timing import take_turns
from mela import Featurizer

Pairs = dict[str, list[list[float]]]
"""Microseconds at first sight and at second sight, by contestant."""


def first_sight(texts: Sequence[str]) -> dict[str, Pairs]:
    """Read a third of the texts, then time the second third one by one, the last one as a batch.

    Parameters
    ----------
    texts
        Distinct texts in no order.

    Returns
    -------
    dict
        Under ``"single"`` a time for each text of the second third, under ``"batch"`` one for all
        of the last.
    """
    seen, alone, batch = texts[::3], texts[1::3], texts[2::3]
    featurizer, yardstick = Featurizer(), tfidf(seen)
    singles = {MELA: featurizer.featurize, TFIDF: yardstick.one}
    batches = {MELA: featurizer.featurize_many, TFIDF: yardstick.many}
    for text in seen:
        for one in singles.values():
            one(text)
    timed = {
        "single": take_turns(singles, alone, 2),
        "batch": take_turns(batches, [batch], 2),
    }
    return {
        name: {contestant: times.tolist() for contestant, times in pairs.items()}
        for name, pairs in timed.items()
    }
