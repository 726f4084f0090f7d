"""Shannon entropy of character bigrams."""

import math
from array import array
from collections import Counter
from functools import lru_cache
from typing import Final

_ONE: Final = 2**52
"""n log2 n of a whole n > 1 is a whole number of 2**-52, so that sums of it are exact."""


@lru_cache(maxsize=1024)
def _weigh(count: int) -> int:
    return int(count * math.log2(count) * _ONE)


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
    # Two characters as one number: pairs from the first on, then from the second on.
    code, size, unit = ("ascii", 1, "H") if text.isascii() else ("utf-32-le", 4, "Q")
    data = text.encode(code, "surrogatepass")
    bigrams = array(unit, data[: len(text) // 2 * 2 * size])
    bigrams.frombytes(data[size : size + total // 2 * 2 * size])
    # Most bigrams stand once, and add nothing.
    repeated = sum([_weigh(n) for n in Counter(bigrams).values() if n > 1])
    return max(math.log2(total) - repeated / _ONE / total, 0.0)
