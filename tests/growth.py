"""How the time of a function grows with its input; seconds say nothing on a shared machine."""

from collections.abc import Callable
from time import process_time
from timeit import Timer

LINEAR = 6.0
"""Four times the input may take six times the time: a quadratic function takes sixteen."""

_SMALL = 10_000
_SHORTEST_RUN = 0.002
_ATTEMPTS = 3
_LARGEST_BLOCK = 1 << 24


def growth(function: Callable[[str], object], make: Callable[[int], str]) -> float:
    """Return by how much the time grows from 10,000 to 40,000 characters, in the best attempt."""
    small, large = make(_SMALL), make(4 * _SMALL)
    # What a process has freed once it gets without asking the system anew: else each call with the
    # large text, and none with the small one, pays for fresh pages of memory.
    bytearray(_LARGEST_BLOCK)
    best = float("inf")
    for _ in range(_ATTEMPTS):
        best = min(best, _seconds(function, large) / _seconds(function, small))
        if best <= LINEAR:
            break
    return best


def _seconds(function: Callable[[str], object], text: str) -> float:
    timer = Timer(lambda: function(text), timer=process_time)
    first = timer.timeit(1)
    calls = max(1, round(_SHORTEST_RUN / max(first, 1e-6)))
    return min(timer.timeit(calls) for _ in range(3)) / calls
