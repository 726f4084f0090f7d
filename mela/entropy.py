"""Shannon entropy of character bigrams."""

import math
from collections import Counter


def bigram_entropy(text: str) -> float:
    """Return the Shannon entropy of the character bigrams of a text, in bits.

    0 for a text of fewer than two characters. The sum is exact, so that it does not depend on the
    order in which bigrams were met.

    >>> bigram_entropy("abab")  # ab twice, ba once
    0.9182958340544896
    """
    counts = Counter(zip(text, text[1:], strict=False))
    total = len(text) - 1
    if total < 1:
        return 0.0
    entropy = math.log2(total) - math.fsum(n * math.log2(n) for n in counts.values()) / total
    return max(entropy, 0.0)
