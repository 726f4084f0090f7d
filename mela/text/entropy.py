"""Shannon entropy of character bigrams."""

import math
import re
from array import array
from typing import Final

import numpy as np

_ONE: Final = 2**52
"""n log2 n of a whole n > 1 is a whole number of 2**-52, so that sums of it are exact."""

_NARROW: Final = ("ascii", 1, "H", np.dtype(np.uint16))
_WIDE: Final = ("utf-32-le", 4, "Q", np.dtype(np.uint64))
"""A code, its bytes a character, and what holds two characters as one number."""

_RUN_RE: Final = re.compile(b"\x01+")


def bigram_entropy(text: str) -> float:
    """Return the Shannon entropy of the character bigrams of a text, in bits.

    0 for a text of fewer than two characters. The sum is exact, so that it does not depend on the
    order in which bigrams were met.

    >>> round(bigram_entropy("abab"), 6)  # ab twice, ba once
    0.918296
    """
    total = len(text) - 1
    if total < 1:
        return 0.0
    code, size, unit, number = _NARROW if text.isascii() else _WIDE
    data = text.encode(code, "surrogatepass")
    # Pairs from the first character on, then from the second on.
    pairs = array(unit, data[: len(text) // 2 * 2 * size])
    pairs.frombytes(data[size : size + total // 2 * 2 * size])
    # Sorted, and not counted: in order, a bigram that stands three times equals the next one twice.
    ordered = np.frombuffer(pairs, number)
    ordered.sort()
    runs = _RUN_RE.findall((ordered[1:] == ordered[:-1]).tobytes())
    weigh = _WEIGHTS.__getitem__ if total < len(_WEIGHTS) else _weigh
    weight = sum(map(weigh, map(len, runs)))
    return max(math.log2(total) - weight / _ONE / total, 0.0)


def _weigh(repeats: int) -> int:
    """Return n log2 n for a bigram that stands n times, so often again."""
    count = repeats + 1
    return int(count * math.log2(count) * _ONE)


_WEIGHTS: Final = tuple(map(_weigh, range(1024)))
"""Of what most messages can hold."""
