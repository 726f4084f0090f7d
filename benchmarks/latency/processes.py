"""Time batches that processes share, by the clock: what they save is no CPU time."""

from collections.abc import Iterable, Sequence
from itertools import islice
from time import perf_counter
from typing import Final

from joblib.externals.loky import get_reusable_executor

from benchmarks.latency.streams import splice
from mela import MelaVectorizer

_PROCESSES: Final = 2


def shared(texts: Sequence[str], sizes: Iterable[int]) -> dict[str, list[float]]:
    """Return the seconds that batches of distinct messages take: in one process, and in two.

    The processes are started anew for each batch, as a program does that has one batch.
    """
    _seconds(list(texts), 1)  # not who begins pays for what is built once
    seconds = {}
    for size in sizes:
        messages = list(islice(splice(texts), size))
        one = _seconds(messages, 1)
        get_reusable_executor().shutdown()
        seconds[str(size)] = [one, _seconds(messages, _PROCESSES)]
    return seconds


def _seconds(messages: list[str], processes: int) -> float:
    vectorizer = MelaVectorizer(n_jobs=processes)
    began = perf_counter()
    vectorizer.transform(messages)
    return round(perf_counter() - began, 3)
