"""A text as the finders read it: what several of them ask of it is worked out once."""

import re
from collections.abc import Sequence
from typing import Final

from mela.entities.span import Stretch, claim
from mela.entities.words import fold, tokens

_DIGIT_RE: Final = re.compile(r"[0-9]")


class Reading:
    """A clean text with its folded form, its words, and whether it holds digits.

    Most messages hold none of what a finder looks for, and the words tell: a finder names those
    without which it finds nothing, as ``triggers``, beside the pattern that needs them. A claim can
    part words ("x.comfive"), so that what is left of a text has a reading of its own.

    Attributes
    ----------
    text
        The clean text, claimed stretches masked.
    folded
        The text as :func:`mela.entities.words.fold` gives it.
    words
        Its distinct words as :func:`mela.entities.words.tokens` cuts them.
    has_digits
        Whether an ASCII digit stands in the folded text.
    """

    __slots__ = ("folded", "has_digits", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = folded = fold(text)
        self.words = frozenset(tokens(folded))
        self.has_digits = _DIGIT_RE.search(folded) is not None

    def holds(self, triggers: frozenset[str]) -> bool:
        """Tell whether one of the words stands in the text."""
        return not triggers.isdisjoint(self.words)

    def without(self, claimed: Sequence[Stretch]) -> "Reading":
        """Return a reading of what claimed stretches leave."""
        return Reading(claim(self.text, claimed)) if claimed else self
