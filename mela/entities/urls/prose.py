"""Tell a host without scheme and "www" from two words and the full stop between them."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from mela.entities.urls.speech import Speech, has_sign, is_coded, looks_coined
from mela.hosts.parser import Host, HostParser
from mela.resource_files import Vocabulary
from mela.text.late import late
from mela.text.memo import LONGEST_WORD
from mela.text.words import alternation

# Longer top-level domains are words or brands: "marisol.audi" is a person and a car.
_LONGEST_CODE: Final = 3
# Shorter ones may be interjections: "ah.shop".
_SHORTEST_NAME: Final = 4
_LONGEST_CUE: Final = 24

_WORD_RE: Final = late(r"[^\W_]++")
_NEXT_WORD_RE: Final = late(r"\s([^\W\d_]++)")
_LINE_END_RE: Final = late(r"[.!?)]*+\s*?(?:\n|\Z)")
# One of several: "bit.ly, x.academy and y.is". Does not match "we left.so, it is over".
_LISTED_RE: Final = late(
    r"(?:\w\.[a-z]{2,}|\x00)(?:/\S*)?(?:,\s?|,?\s(?:and|or|y|o|&)\s)$", re.IGNORECASE
)
_LIST_GOES_ON_RE: Final = late(r"[,;)]|\s(?:and|or|y|o|&)\s|\.*\s*$", re.IGNORECASE)

SPELLED_DOTS: Final = ("dot", "punto")
"""Words for a dot."""


class BareHost(NamedTuple):
    """A host that may be two words, with what stands around it."""

    host: Host
    last: str
    """The last label as it is written, in its case."""
    odd_dots: Sequence[str]
    """What parts its labels where that is no mere dot."""
    port: str
    tail: str
    text: str
    start: int
    end: int


class Prose:
    """Tells hosts from words with full stops between them.

    Parameters
    ----------
    roles
        The roles that top-level domains play.
    hosts
        Knows shorteners.
    speech
        Tells words.
    """

    def __init__(self, roles: Vocabulary, hosts: HostParser, speech: Speech) -> None:
        self._hosts = hosts
        self._speech = speech
        self._strong = frozenset(roles["strong"])
        self._abbreviations = frozenset(roles["abbreviation"])
        self._extensions = frozenset(roles["extension"])
        self._sold = frozenset(roles["sold"])
        self._onward = frozenset(roles["onward"])
        self._alone = frozenset(roles["alone"])
        self._cue_re = late(
            rf"(?<!\w)(?:{alternation(roles['cue'])})[\s:>@-]{{0,8}}$", re.IGNORECASE
        )
        self._unnamed = frozenset(roles["unnamed"])
        self._dotcom = frozenset(roles["dotcom"])

    def is_host(self, bare: BareHost) -> bool:
        """Whether it is a host: by its disguise, by its labels and path, or by its neighbors."""
        if bare.odd_dots:
            return self._is_host_in_disguise(bare)
        return self._is_host_by_itself(bare) or self._is_host_by_neighbors(bare)

    def is_announced(self, text: str, start: int) -> bool:
        """Whether the words before a host say that one comes: "visit c1k.in"."""
        before = text[max(0, start - _LONGEST_CUE) : start]
        return self._cue_re.search(before) is not None

    def _is_host_in_disguise(self, bare: BareHost) -> bool:
        """Whether labels with other things than a dot between them are the parts of a host.

        "x[.]com" always is; of the others, the plainer the name, the more it takes.
        """
        host = bare.host
        is_spelled = any(dot in SPELLED_DOTS for dot in bare.odd_dots)
        if host.subdomain or not (is_spelled or "." in bare.odd_dots):
            return True
        if bare.port or bare.tail:
            return is_spelled or self._is_strong(host) or self._is_path(bare)
        if not is_spelled:  # "x . com"
            if self._is_strong(host):
                return not self._speech.is_said(host.name)
            return not self._speech.is_amount(host.name) and has_sign(host.name)
        if not self._is_strong(host):  # "x dot us"
            return not self._speech.is_ordinary(host.name)
        following = _NEXT_WORD_RE.match(bare.text[bare.end : bare.end + 16])
        is_noun = following is not None and following[1].lower() in self._dotcom
        return not (is_noun or host.name in self._unnamed)

    def _is_host_by_itself(self, bare: BareHost) -> bool:
        """Whether suffix, name or path are none of prose."""
        host = bare.host
        if host.is_ip:
            # "1.2.3.4" is a section or a version.
            is_long = len(host.text) > len("1.2.3.4")
            return bool(bare.port) or any(map(str.isalpha, bare.tail)) or is_long
        # "B.Com" is a degree.
        is_initial = len(host.name) == 1 and bare.last.istitle() and not bare.tail
        if (self._is_strong(host) and not is_initial) or self._is_posing(host):
            return True
        return self._is_path(bare) if bare.port or bare.tail else self._is_no_sentence(bare)

    def _is_posing(self, host: Host) -> bool:
        """Whether the labels before the suffix are a host themselves: "apple.com.support"."""
        return "-" in host.subdomain or not self._strong.isdisjoint(_labels(host)[1:])

    def _is_path(self, bare: BareHost) -> bool:
        """Whether what follows is a path, and not the other side of a choice: "so/is"."""
        is_choice = (
            self._ends_in_word(bare)
            and bare.host.suffix not in self._sold
            and all(map(self._speech.is_said, _labels(bare.host)))
            and all(map(self._speech.is_said, _WORD_RE.findall(bare.tail)))
        )
        return not is_choice or self._hosts.is_shortener(bare.host)

    def _is_no_sentence(self, bare: BareHost) -> bool:
        """Whether name and suffix are not the end of a sentence and the beginning of the next."""
        host, last = bare.host, bare.last
        if last.istitle() or last in self._extensions or last in self._abbreviations:
            return False
        is_unknown = self._is_unsaid if host.suffix in self._sold else self._speech.is_unheard
        if host.subdomain and any(map(is_unknown, _labels(host))):
            return True
        if self._speech.is_said(host.name):
            return self._is_word_for_name(bare)
        if self._ends_in_word(bare):
            return self._is_name_before_word(bare)
        # Two letters in a row of others are textese: "gud nyt.sd.tc".
        return len(host.name) > 2 or host.subdomain == ""

    def _is_word_for_name(self, bare: BareHost) -> bool:
        """Whether a word names a service that is known, or a host that is announced."""
        name = bare.host.name
        if self._ends_in_word(bare) and bare.host.suffix not in self._sold:
            return False
        is_free = name not in self._unnamed and not self._speech.is_amount(name)
        return self._hosts.is_shortener(bare.host) or (
            is_free and self.is_announced(bare.text, bare.start)
        )

    def _is_name_before_word(self, bare: BareHost) -> bool:
        """Whether an unknown word before one that is known names a host, and no person."""
        name, suffix = bare.host.name, bare.host.suffix
        if has_sign(name):
            return True
        is_long = looks_coined(name) or (suffix in self._sold and self._is_unsaid(name))
        is_name = (is_long and not self._goes_on(bare)) or self._ends_line(bare)
        return (is_name and suffix not in self._alone) or self.is_announced(bare.text, bare.start)

    def _is_unsaid(self, name: str) -> bool:
        """Whether a label is neither speech nor an interjection: "ebay", not "ah"."""
        return len(name) >= _SHORTEST_NAME and not self._speech.is_said(name)

    def _goes_on(self, bare: BareHost) -> bool:
        """Whether the suffix begins a sentence that goes on: "tell stephanie.win big"."""
        following = _NEXT_WORD_RE.match(bare.text[bare.end : bare.end + LONGEST_WORD])
        return following is not None and following[1].islower() and following[1] not in self._onward

    def _ends_line(self, bare: BareHost) -> bool:
        """Whether a name ends a line, where a sentence would go on: "tell ravi.is he in"."""
        if len(bare.last) > _LONGEST_CODE or not _LINE_END_RE.match(bare.text, bare.end):
            return False
        return self._speech.is_unheard(bare.host.name) or is_coded(bare.host.name)

    def _is_host_by_neighbors(self, bare: BareHost) -> bool:
        """Whether a host stands among others or is all that is said, so that any word names it."""
        host, last, text = bare.host, bare.last, bare.text
        if host.is_ip or last in self._extensions or self._speech.is_amount(host.name):
            return False
        if not (text[: bare.start].strip() or text[bare.end :].strip()):
            return not (last.istitle() or self._speech.is_ordinary(last))
        return (
            last.islower()
            and _LIST_GOES_ON_RE.match(text, bare.end) is not None
            and _LISTED_RE.search(text[max(0, bare.start - 32) : bare.start]) is not None
        )

    def _is_strong(self, host: Host) -> bool:
        """Whether the suffix is no word, so that any name before it is a host's."""
        return not self._strong.isdisjoint(host.suffix.split("."))

    def _ends_in_word(self, bare: BareHost) -> bool:
        """Whether the suffix reads as the word after a full stop: "home.in", "Kate.In"."""
        suffix, last = bare.host.suffix, bare.last
        return "." not in suffix and (
            last.istitle() or len(last) > _LONGEST_CODE or self._speech.is_ordinary(suffix)
        )


def _labels(host: Host) -> list[str]:
    """Return the labels before the suffix."""
    return [*host.subdomain.split("."), host.name] if host.subdomain else [host.name]
