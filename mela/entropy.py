"""Shannon entropy of character bigrams."""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

_ONE: Final = 2**52
"""n log2 n of a whole n > 1 is a whole number of 2**-52, so that sums of it are exact."""


def bigram_entropy(text: str) -> float:
    """Return the Shannon entropy of the character bigrams of a text, in bits.

    0 for a text of fewer than two characters. The sum is exact, so that it does not depend on the
    order in which bigrams were met.

    >>> round(bigram_entropy("abab"), 6)  # ab twice, ba once
    0.918296
    """
    total = len(text) - 1
    # Two characters as one number: pairs from the first on, then from the second on.
    code, size, unit = ("ascii", 1, "H") if text.isascii() else ("utf-32-le", 4, "Q")
    data = text.encode(code, "surrogatepass")
    bigrams = array(unit, data[: len(text) // 2 * 2 * size])
    bigrams.frombytes(data[size : size + total // 2 * 2 * size])
    counts: Iterable[int] = Counter(bigrams).values()
    if total < 2**8:
        # Most bigrams stand once, and add nothing.
        counts = bytes(counts).translate(None, b"\x01")
    weigh = _WEIGHTS.__getitem__ if total < len(_WEIGHTS) else _weigh
    return _entropy(total, sum(map(weigh, counts)))


def bigram_entropies(texts: Sequence[str]) -> list[float]:
    """Return the entropy of each text: the same numbers, by sorting the bigrams of all at once.

    >>> bigram_entropies(["abab", "ab"]) == [bigram_entropy("abab"), bigram_entropy("ab")]
    True
    """
    lengths = list(map(len, texts))
    joined = "".join(texts)
    # A pair and the number of its text are one whole number. Most texts are of narrow characters,
    # and narrow numbers are sorted twice as fast.
    is_narrow = len(texts) < 2**16 and (joined.isascii() or max(joined) <= "\xff")
    code, unit, number, bits = (
        ("latin-1", "u1", "u4", 8) if is_narrow else ("utf-32-le", "<u4", "u8", 21)
    )
    data = joined.encode(code, "surrogatepass")
    characters = np.frombuffer(data, unit).astype(number)
    owners = np.repeat(np.arange(len(texts), dtype=number), lengths)
    pairs = (((owners[:-1] << bits) | characters[:-1]) << bits) | characters[1:]
    # Not the pairs of the last character of a text and the first one of the next.
    pairs = np.sort(pairs[owners[:-1] == owners[1:]])
    starts = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1], [True])))
    counts = np.diff(starts)
    repeated = np.flatnonzero(counts > 1)
    holders = pairs[starts[repeated]] >> (2 * bits)
    weights = [0] * len(texts)
    for holder, count in zip(holders.tolist(), counts[repeated].tolist(), strict=True):
        weights[holder] += _WEIGHTS[count] if count < len(_WEIGHTS) else _weigh(count)
    return [_entropy(n - 1, weight) for n, weight in zip(lengths, weights, strict=True)]


def _weigh(count: int) -> int:
    return int(count * math.log2(count) * _ONE) if count > 1 else 0


_WEIGHTS: Final = tuple(map(_weigh, range(1024)))
"""Of what most messages can hold."""


def _entropy(total: int, weight: int) -> float:
    return max(math.log2(total) - weight / _ONE / total, 0.0) if total > 0 else 0.0
