"""Shannon entropy of character bigrams."""

import math
from collections import Counter
from itertools import pairwise


def bigram_entropy(text: str) -> float:
    """Return the Shannon entropy of the character bigrams of a text, in bits.

    0 for a text of fewer than two characters. The sum is exact, so that it does not depend on the
    order in which bigrams were met.

    >>> round(bigram_entropy("abab"), 6)  # ab twice, ba once
    0.918296
    """
    counts = Counter(pairwise(text))
    total = len(text) - 1
    if total < 1:
        return 0.0
    # Most bigrams stand once, and add nothing.
    repeated = [n * math.log2(n) for n in counts.values() if n > 1]
    entropy = math.log2(total) - math.fsum(repeated) / total
    return max(entropy, 0.0)
