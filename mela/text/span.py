"""What an entity is, and how one entity keeps another from claiming its characters."""

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple, Protocol

Kind = Literal[
    "url", "phone", "shortcode", "email", "timex", "number", "currency", "hashtag", "mention"
]


class Span(NamedTuple):
    """One entity of a message.

    ``text`` is the slice ``raw[start:end]`` of the message as it was given; offsets count code
    points.
    """

    kind: Kind
    start: int
    end: int
    text: str


class Stretch(Protocol):
    """Anything with a start and an end in the clean text: what the finders return."""

    @property
    def start(self) -> int:
        """Offset of the first character."""

    @property
    def end(self) -> int:
        """Offset behind the last character."""


class Found(NamedTuple):
    """A stretch of the clean text, half open, about which nothing else is to be said."""

    start: int
    end: int


CLAIMED: Final = "\x00"
"""Stands for a claimed character. Clean text holds no control character, so no pattern of a
later finder matches it, and none can match across it."""


def claim(text: str, stretches: Iterable[Stretch]) -> str:
    """Return the text with the stretches masked, so that later finders cannot see them.

    This is the whole overlap rule: finders run in order of precedence, each on what the earlier
    ones left. Offsets stay valid because a mask is as long as what it hides.
    """
    pieces = []
    end = 0
    for stretch in stretches:
        pieces.append(text[end : stretch.start])
        pieces.append(CLAIMED * (stretch.end - stretch.start))
        end = stretch.end
    if not pieces:
        return text
    pieces.append(text[end:])
    return "".join(pieces)
