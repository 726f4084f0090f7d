"""Time calls beside one another on a machine that does other things, too.

CPU time of the thread, less what the clock itself takes: on a shared machine the wall clock tells
how the scheduler felt. The processor's own speed moves as well, so that calls which are to be
compared take turns, and only their ratio says something.
"""

import gc
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from statistics import median
from time import thread_time_ns
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
Times = NDArray[np.float64]
"""Microseconds: a row for each round, a column for each argument."""

PERCENTILES: Final = {"p50": 50, "p90": 90, "p99": 99, "max": 100}

# Long enough for a call to have the processor's caches to itself, short beside a change of speed.
_TURN: Final = 512


def microseconds(call: Callable[[T], object], argument: T) -> float:
    """Return the CPU time of one call."""
    began = thread_time_ns()
    call(argument)
    return (thread_time_ns() - began - _clock()) / 1000


def take_turns(
    calls: Mapping[str, Callable[[T], object]], arguments: Sequence[T], rounds: int
) -> dict[str, Times]:
    """Time every call on every argument, in rounds, of which the first warms the caches.

    What is in memory by then is left out of the collections of garbage from there on.
    """
    # What was loaded and left behind before is no business of the call that is timed: looking it
    # through for garbage took 60 ms in the midst of one.
    gc.collect()
    gc.freeze()
    times = {name: np.empty((rounds, len(arguments))) for name in calls}
    for number in range(rounds):
        # There and back, so that nobody always follows the same neighbor.
        order = list(calls)[:: -1 if number % 2 else 1]
        for start in range(0, len(arguments), _TURN):
            for name in order:
                for index, argument in enumerate(arguments[start : start + _TURN], start):
                    times[name][number, index] = microseconds(calls[name], argument)
    return times


def warm(times: Times) -> NDArray[np.float64]:
    """Return the median of each argument over the rounds behind the first."""
    medians: NDArray[np.float64] = np.median(times[1:], axis=0)
    return medians


def percentiles(times: NDArray[np.float64]) -> dict[str, float]:
    """Return what half, nine tenths and 99 of 100 arguments stay below, and the highest."""
    return {name: round(float(np.percentile(times, q)), 2) for name, q in PERCENTILES.items()}


@cache
def _clock() -> int:
    """Return what the clock takes for itself, in nanoseconds."""
    return round(median(-(thread_time_ns() - thread_time_ns()) for _ in range(1001)))
