"""A host as it is written: its labels, what stands between them, and its disguises undone."""

from ipaddress import IPv4Address
from itertools import islice
from typing import Final, NamedTuple
from urllib.parse import unquote

from mela.entities.urls.grammar import ANY_DOT_RE, DASH_RE, WIDE_DOTS
from mela.text.late import late

# With more, the host is too long to be one, whichever of its last labels go.
_MOST_DOTS: Final = 200
_LAST_ADDRESS: Final = 2**32 - 1
_DECIMAL_RE: Final = late(r"[1-9][0-9]{7,9}")
# In Catalan "·" stands in words, "novel·la": a host with it needs what one with blanks needs.
_LOOSE_DOTS: Final = str.maketrans(dict.fromkeys(WIDE_DOTS + ",", ".") | dict.fromkeys("; "))


class Written(NamedTuple):
    """A host as it is written: labels without disguise, dots as they stand, ends of the labels."""

    labels: list[str]
    dots: list[str]
    ends: list[int]

    def odd_dots(self, size: int) -> list[str]:
        """Return what parts the first labels where it is no mere dot: "dot", "[.]", "." apart."""
        return [
            dot.translate(_LOOSE_DOTS).strip().lower()
            for dot in self.dots[: size - 1]
            if dot != "."
        ]


def split(host: str) -> Written:
    """Cut a host that a pattern matched into its labels."""
    labels, dots, ends = [], [], []
    start = 0
    for dot in islice(ANY_DOT_RE.finditer(host), _MOST_DOTS):
        labels.append(_plain(host[start : dot.start()]))
        ends.append(dot.start())
        dots.append(dot[0])
        start = dot.end()
    return Written([*labels, _plain(host[start:])], dots, [*ends, len(host)])


def decimal_address(host: str) -> str | None:
    """Return the dotted form of an address that is written as one number, as browsers read it."""
    if not _DECIMAL_RE.fullmatch(host) or int(host) > _LAST_ADDRESS:
        return None
    return str(IPv4Address(int(host)))


def _plain(label: str) -> str:
    """Return a label without disguise: "w w w" as "www", "pay dash toll" as "pay-toll".

    "%65vil" is "evil".
    """
    if "%" in label:
        label = unquote(label)
    return DASH_RE.sub("-", label).replace(" ", "") if " " in label else label
