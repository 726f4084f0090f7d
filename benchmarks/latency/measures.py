"""What is measured, each in microseconds of CPU time by contestant."""

from collections.abc import Mapping, Sequence
from itertools import islice
from statistics import median
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.latency import cold_start
from benchmarks.latency.contestants import MELA, TFIDF, Contestant, Vectorizer
from benchmarks.latency.fresh import call_fresh
from benchmarks.latency.streams import Classes, of_length, shuffled, splice
from benchmarks.latency.timing import percentiles, take_turns, warm
from benchmarks.latency.unseen import first_sight
from tests.strategies import HOSTILE

Figures = dict[str, Any]

BATCHES: Final = (1, 64, 1024)
"""Messages a batch; the last batch is all of them."""

LENGTHS: Final = (20, 40, 80, 160, 320, 640, 1250, 2500, 5000, 10_000)
HOSTILE_LENGTH: Final = 10_000


def single(times: Mapping[str, NDArray[np.float64]], members: Classes) -> Figures:
    """Return percentiles of the time of one call, by class of message and contestant."""
    return {
        name: {
            "messages": len(indices),
            "times": {who: percentiles(values[indices]) for who, values in times.items()},
        }
        for name, indices in members.items()
    }


def batch(vectorizers: Sequence[Vectorizer], texts: Sequence[str], rounds: int) -> Figures:
    """Return the microseconds a message takes in batches, by size of batch and contestant."""
    calls = {vectorizer.name: vectorizer.many for vectorizer in vectorizers}
    figures = {}
    for size in (*(size for size in BATCHES if size < len(texts)), len(texts)):
        chunks = [texts[start : start + size] for start in range(0, len(texts), size)]
        times = take_turns(calls, chunks, rounds)
        figures[str(size)] = {
            name: round(float(warm(spent).sum()) / len(texts), 2) for name, spent in times.items()
        }
    return figures


def first_seen(texts: Sequence[str], processes: int) -> Figures:
    """Return the time of messages at first and at second sight, single and in one batch."""
    distinct = shuffled(texts)
    runs = [call_fresh(first_sight, distinct) for _ in range(processes)]
    figures: Figures = {"messages": len(distinct[1::3]), "single": {}, "batch": {}}
    for who in (MELA, TFIDF):
        alone = np.median([run["single"][who] for run in runs], axis=0)
        together = np.median([run["batch"][who] for run in runs], axis=0) / len(distinct[2::3])
        for sight, times, time in zip(("first", "again"), alone, together[:, 0], strict=True):
            figures["single"].setdefault(sight, {})[who] = percentiles(times)
            figures["batch"].setdefault(sight, {})[who] = round(float(time), 2)
    return figures


def cold(processes: int) -> dict[str, float]:
    """Return the time of the first steps of a process, and of the yardstick's in another."""
    runs = [
        {
            name: time
            for steps in (cold_start.STEPS, cold_start.YARDSTICK)
            for name, time in zip(
                steps, call_fresh(cold_start.microseconds, list(steps.values())), strict=True
            )
        }
        for _ in range(processes)
    ]
    return {name: round(median(run[name] for run in runs)) for name in runs[0]}


def by_length(
    pair: Sequence[Contestant], texts: Sequence[str], copies: int, rounds: int
) -> Figures:
    """Return the microseconds of one call on texts of growing length."""
    calls = {contestant.name: contestant.one for contestant in pair}
    figures = {}
    for length in LENGTHS:
        times = take_turns(calls, of_length(texts, length, copies), rounds)
        figures[str(length)] = {
            name: round(float(np.median(warm(spent))), 2) for name, spent in times.items()
        }
    return figures


def by_number(
    pair: Sequence[Vectorizer], texts: Sequence[str], numbers: Sequence[int], rounds: int
) -> Figures:
    """Return the microseconds a message takes in one batch of growing numbers of distinct ones."""
    calls = {vectorizer.name: vectorizer.many for vectorizer in pair}
    figures = {}
    for number in numbers:
        times = take_turns(calls, [list(islice(splice(texts), number))], rounds)
        figures[str(number)] = {
            name: round(float(warm(spent)[0]) / number, 2) for name, spent in times.items()
        }
    return figures


def hostile(pair: Sequence[Contestant], every: int, rounds: int) -> Figures:
    """Return the time of hostile inputs: at first sight, and again."""
    makers = dict(islice(HOSTILE.items(), None, None, every))
    texts = [make(HOSTILE_LENGTH) for make in makers.values()]
    times = take_turns({contestant.name: contestant.one for contestant in pair}, texts, rounds)
    return {
        name: {
            who: {
                "first": round(float(spent[0, index])),
                "again": round(float(warm(spent)[index])),
            }
            for who, spent in times.items()
        }
        for index, name in enumerate(makers)
    }
