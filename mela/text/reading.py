"""A text as the finders read it: what several of them ask of it is worked out once."""

import re
from collections.abc import Sequence
from typing import Final

from mela.text.span import Stretch, claim
from mela.text.words import fold, tokens

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
        The text as :func:`mela.text.words.fold` gives it.
    has_digits
        Whether an ASCII digit stands in the folded text.
    """

    __slots__ = ("_words", "folded", "has_digits", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = folded = fold(text)
        self.has_digits = _DIGIT_RE.search(folded) is not None
        self._words: frozenset[str] | None = None

    @property
    def words(self) -> frozenset[str]:
        """The distinct words of the text, as :func:`mela.text.words.tokens` cuts them."""
        if self._words is None:
            self._words = frozenset(tokens(self.folded))
        return self._words

    def holds(self, triggers: frozenset[str]) -> bool:
        """Tell whether one of the words stands in the text."""
        return not triggers.isdisjoint(self.words)

    def without(self, claimed: Sequence[Stretch]) -> "Reading":
        """Return a reading of what claimed stretches leave."""
        return Reading(claim(self.text, claimed)) if claimed else self
