"""Where the host of a URL ends: before what is glued to it, and before the next sentence.

A pattern takes as many labels as there are; the widest of them that is a host ends the URL.
"x.com.Support me" ends at "com", "x.netXJ7" at "net", "www.x.com. Reply" at "com"; but where
"x.com.support" stands, the host is one of somebody who poses as "x.com".
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from mela.entities.urls.grammar import MOST_LABELS, UNSPACED, glued_tld_pattern
from mela.entities.urls.labels import Written
from mela.entities.urls.speech import Speech
from mela.hosts.parser import Host, HostParser
from mela.resource_files import Vocabulary
from mela.text.late import late

# What a top-level domain never holds: "http://x.com✅Claim", "http://x.top领取".
_SIGN_RE: Final = late(rf"[^\w-]|(?<=[A-Za-z])[{UNSPACED}]")
_CAMEL_RE: Final = late(r"[a-z]{2,}+(?=[A-Z])")


class HostEnd(NamedTuple):
    """A host that the first labels make, of which the last one may be cut."""

    host: Host
    size: int
    """How many labels it takes."""
    cut: int
    """How many characters are glued to the last one."""
    is_whole: bool
    """Whether it takes all that is written, so that port and path are its own."""


class HostEnds:
    """Settles from right to left where a host ends.

    Parameters
    ----------
    roles
        The roles that top-level domains play.
    hosts
        Tells hosts from other things with dots.
    speech
        Tells words.
    """

    def __init__(self, roles: Vocabulary, hosts: HostParser, speech: Speech) -> None:
        self._hosts = hosts
        self._speech = speech
        self._strong = frozenset(roles["strong"])
        self._unsold = frozenset(roles["unsold"])
        self._glued_tld_re = glued_tld_pattern(roles)

    def find(self, written: Written) -> Iterator[HostEnd]:
        """Yield the hosts that the first labels make, the widest first."""
        labels = written.labels
        widest = self._before_sentence(written)
        # One label alone is "localhost", and no part of others.
        narrowest = max(min(widest, 2), widest - MOST_LABELS + 1)
        for size in range(widest, narrowest - 1, -1):
            host, cut = self._parse(labels[:size])
            # Does not match the first four of "1.2.3.4.5".
            if host is not None and not (host.is_ip and (cut or size < widest)):
                yield HostEnd(host, size, cut, is_whole=size == len(labels) and not cut)

    def is_next_sentence(self, labels: list[str], host: Host) -> bool:
        """Whether the last label is a word that a full stop glued on: "x.com.Support".

        Does not match "x.com.support", nor "X.Com.Support" where every label has a capital.
        """
        # "localhost", or "x%2ecom", whose dot is in disguise.
        if len(labels) == 1:
            return False
        *first, last = labels
        word, before = last.lower(), first[-1]
        is_capitalized = (last.istitle() and not before.istitle()) or (
            last.isupper() and not before.isupper()
        )
        # "x.co.Uk" is one suffix; "x.com.In fact" begins a sentence.
        is_word = self._speech.is_ordinary(word) and (
            "." not in host.suffix or word not in self._strong
        )
        begins = (is_capitalized and is_word) or word in self._unsold
        return begins and self._parse(first)[0] is not None

    def _before_sentence(self, written: Written) -> int:
        """Return how many labels stand before a full stop with a blank, "www.x.com. Reply"."""
        labels, dots = written.labels, written.dots
        for size, dot in enumerate(dots[:MOST_LABELS], start=1):
            if size > 1 and dot != "." and dot.strip() == ".":
                host, _ = self._parse(labels[:size])
                if host and not self._goes_on(host, written, size):
                    return size
        return len(labels)

    def _goes_on(self, host: Host, written: Written, size: int) -> bool:
        """Whether a host goes on behind a blank: "www.x.co. uk", "http://img. pics. ac/x"."""
        longer, _ = self._parse(written.labels[: size + 1])
        if longer is None or longer.name == host.name:
            return longer is not None
        # Who writes a blank behind one dot does so behind the next, until a suffix ends the host.
        is_habit = written.dots[0] != "." and written.dots[0].strip() == "."
        label, following = written.labels[size - 1 : size + 1]
        return is_habit and following.islower() and label.lower() not in self._strong

    def _parse(self, labels: list[str]) -> tuple[Host | None, int]:
        """Return the host of the labels, and how many characters are glued to its end."""
        host = self._hosts.parse(".".join(labels))
        cut = 0
        last = labels[-1]
        if host is None and not last.isascii() and (sign := _SIGN_RE.search(last, 1)):
            cut = len(last) - sign.start()
            host = self._hosts.parse(".".join(labels)[:-cut])
        elif host is None and (tld := self._glued_tld(labels)):
            cut = len(last) - len(tld)
            host = self._hosts.parse(".".join([*labels[:-1], tld]))
            # Does not match "reduce.CO2": a short domain needs a second one before it.
            is_short = host is not None and len(tld) <= 2 and "." not in host.suffix
            if is_short and (last[2].isdigit() or self._speech.is_said(labels[-2])):
                host = None
        if host is None or host.name in ("www", "wap"):
            return None, 0
        return host, cut

    def _glued_tld(self, labels: list[str]) -> str:
        """Return the top-level domain to which a word is glued: "uk18", "inDear", "comcall"."""
        name, last = labels[-2] if len(labels) > 1 else "", labels[-1]
        if tld := self._glued_tld_re.match(last):
            return tld[0]
        camel = _CAMEL_RE.match(last)
        if camel and self._hosts.is_top_level(camel[0]):
            # Does not match "ravi.inLaw", "my.inDesign".
            return camel[0] if any(map(self._speech.is_unheard, labels[:-1])) else ""
        word = last[3:]
        is_glued = (
            last.startswith(("com", "net", "org"))
            and len(word) > 3
            and self._speech.is_listed(word)
            # Does not match "the.compost", "ravi.command", "500.nethome".
            and not self._speech.is_listed(last)
            and name.isascii()
            and not self._speech.is_said(name)
        )
        return last[:3] if is_glued else ""
