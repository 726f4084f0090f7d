"""The messages that are timed: classes of a corpus, endless new ones made of it, longer ones."""

import re
from collections.abc import Iterator, Sequence
from itertools import count, cycle
from random import Random
from typing import Final

from mela import Featurizer

_SEED: Final = 0
_DIGIT_RE: Final = re.compile("[0-9]")

Classes = dict[str, list[int]]
"""Positions of the messages of each class."""


def classes(texts: Sequence[str], is_spam: Sequence[bool]) -> Classes:
    """Return the classes of messages: by label, and by what mela finds in them."""
    kinds = [{span.kind for span in Featurizer().annotate(text).spans} for text in texts]
    members = {
        "all": [True] * len(texts),
        "ham": [not spam for spam in is_spam],
        "spam": list(is_spam),
        "with a URL": ["url" in found for found in kinds],
        "with a phone": ["phone" in found for found in kinds],
    }
    return {
        name: [index for index, member in enumerate(flags) if member]
        for name, flags in members.items()
        if any(flags)
    }


def shuffled(texts: Sequence[str]) -> list[str]:
    """Return the distinct texts in an order that is always the same and says nothing."""
    distinct = sorted(set(texts))
    Random(_SEED).shuffle(distinct)
    return distinct


def splice(texts: Sequence[str]) -> Iterator[str]:
    """Yield new messages without end: halves of two, other digits, and a code that is never twice.

    The digits bring phone numbers, amounts and hosts that no cache holds; the code a new word.
    """
    random = Random(_SEED)
    for number in count():
        one, other = random.choice(texts).split(" "), random.choice(texts).split(" ")
        words = one[: len(one) // 2 + 1] + other[len(other) // 2 :]
        text = _DIGIT_RE.sub(lambda _: random.choice("0123456789"), " ".join(words))
        yield f"{text} ref {number:x}x"


def of_length(texts: Sequence[str], length: int, copies: int) -> list[str]:
    """Return texts of exactly this length, of messages in a row."""
    supply = cycle(shuffled(texts))
    made = []
    for _ in range(copies):
        text = next(supply)
        while len(text) < length:
            text += " " + next(supply)
        made.append(text[:length])
    return made
