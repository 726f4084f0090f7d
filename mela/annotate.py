"""The one pass over a message, and over a host: everything that features read is found here."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, Final, NamedTuple, Protocol

from mela.clusters import ClusterCounter
from mela.entities.currency import CurrencyFinder
from mela.entities.emails import EmailFinder
from mela.entities.numbers import NumberFinder
from mela.entities.phones import PhoneFinder
from mela.entities.shortcodes import ShortcodeFinder
from mela.entities.tags import HashtagFinder, MentionFinder
from mela.entities.timex import TimexFinder
from mela.entities.urls import Url, UrlFinder
from mela.hosts.parser import Host, HostParser, TldClass
from mela.resources import ClusterSet, Resources
from mela.text.cleaning import Clean, Cleaner
from mela.text.entropy import bigram_entropy
from mela.text.normalize import Normalizer
from mela.text.phonemes import PhonemeEstimator
from mela.text.phrases import Openings, PhraseFinder, unquote
from mela.text.plain import join_letters, read_leet, reveal
from mela.text.reading import Reading
from mela.text.segment import segment
from mela.text.span import Kind, Span, Stretch
from mela.text.words import find_words, tokens

# A year stands as a token of its own, or ends a dotted date. Does not match "12005", "3.2005" nor
# one end of "2000-5000", of which the other is none.
_YEAR: Final = "(?:19|20)[0-9]{2}"
_YEAR_RE: Final = re.compile(
    rf"""
    (?: (?<!\w)(?<![0-9][.,])(?:(?<![0-9]{{3}}[-–])|(?<=(?<!\w){_YEAR}[-–]))
      | (?<=[0-9]\.[0-9]\.) | (?<=[0-9]\.[0-9]{{2}}\.))
    {_YEAR}(?!\w|[.,][0-9]|[-–](?!{_YEAR}(?!\w))[0-9]{{3}})
    """,
    re.VERBOSE,
)
# In a name a year stands between anything but digits: "offer2024now".
_NAME_YEAR_RE: Final = re.compile(rf"(?<![0-9]){_YEAR}(?![0-9])")
_HIDDEN_WWW_RE: Final = re.compile(r"(?<!^)www|^www(?!\.)")

_MOST_PASSES: Final = 8
"""Times that a text is normalized until it stays as it is; three were enough in every trial."""


class AnnotatedHost(NamedTuple):
    """What is known of one host. "Name" is the registrable domain without its public suffix."""

    host: Host
    name: str
    searched: str
    """Subdomain and name: what clusters are counted in."""
    word_count: int
    phoneme_count: int
    clusters: tuple[int, ...]
    entropy: float
    has_year: bool
    has_hidden_www: bool
    """"www" stands anywhere but as the plain leading label."""
    is_shortener: bool
    tld_class: TldClass


class ScoredHost(NamedTuple):
    """A host with its domain features and what the domain classifier says of them."""

    host: AnnotatedHost
    row: tuple[float, ...]
    score: float


class AnnotatedMessage(NamedTuple):
    """What one pass found in a message. Spans are offsets into ``raw``, in code points.

    ``clusters`` holds the hits of the 22 substring clusters, in the normalized text or in its
    plain view without disguises, whichever has more.
    """

    raw: str
    normalized: str
    urls: tuple[Span, ...] = ()
    phones: tuple[Span, ...] = ()
    shortcodes: tuple[Span, ...] = ()
    emails: tuple[Span, ...] = ()
    timexes: tuple[Span, ...] = ()
    numbers: tuple[Span, ...] = ()
    currencies: tuple[Span, ...] = ()
    hashtags: tuple[Span, ...] = ()
    mentions: tuple[Span, ...] = ()
    clusters: tuple[int, ...] = ()
    own_clusters: tuple[int, ...] = ()
    """Hits of the caller's own clusters; empty without any."""
    words: tuple[str, ...] = ()
    """Words of the normalized text, letters that stand apart ("f r e e") written together."""
    phoneme_count: int = 0
    entropy: float = 0.0
    forward: str = ""
    """The phrase that marks the message as forwarded, or ""."""
    opt_out: str = ""
    """The phrase that says how to opt out, or ""."""
    greeting: str = ""
    """The greeting that opens the message, or ""."""
    has_toll_free_phone: bool = False
    has_free_email: bool = False
    has_bare_url: bool = False
    has_disguised_url: bool = False
    has_shortener: bool = False
    year: str = ""
    """A year that stands as a token, or ""."""
    starts_with_digit: bool = False
    ends_with_digit: bool = False
    words_after_call: int | None = None
    """Words after the last URL, e-mail address, phone or short code; None without any."""
    hosts: tuple[Host, ...] = ()
    suspect: ScoredHost | None = None
    """The host with the highest score."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """All entities, by their place in the raw text."""
        found = (
            self.urls + self.phones + self.shortcodes + self.emails + self.timexes
            + self.numbers + self.currencies + self.hashtags + self.mentions
        )  # fmt: skip
        return tuple(sorted(found, key=lambda span: (span.start, span.end)))


class Annotator:
    """Finds everything that the features read.

    Parameters
    ----------
    resources
        The lists and dictionaries.
    regions
        Regions whose national phone numbers are read, in order.
    tld_profile
        Name of the profile that classes top-level domains.
    max_chars
        Code points of a message that are read; what follows counts for its length only.
    clusters
        Clusters of the caller's own, counted beside the 22.
    """

    def __init__(
        self,
        resources: Resources,
        regions: tuple[str, ...],
        tld_profile: str,
        max_chars: int,
        clusters: ClusterSet | None = None,
    ) -> None:
        self._hosts = HostParser(resources)
        self._cleaner = Cleaner(resources.homoglyphs)
        self._normalizer = Normalizer(resources, self._cleaner)
        self._clusters = ClusterCounter(resources.clusters)
        self._own_clusters = ClusterCounter(clusters) if clusters else None
        self._phonemes = PhonemeEstimator(resources.phonemes)
        # A greeting opens the message, a mark stands anywhere.
        self._greetings = Openings(resources.greetings)
        self._marks = PhraseFinder(forward=resources.forwards, opt_out=resources.opt_outs)
        # In order of precedence: what one claims, the later ones do not see.
        self._addresses: _Finders = {
            "url": UrlFinder(resources, self._hosts),
            "email": EmailFinder(self._hosts),
            "hashtag": HashtagFinder(),
            "mention": MentionFinder(),
        }
        self._codes: Mapping[Kind, _TriggeredFinder] = {
            "phone": PhoneFinder(resources, regions),
            "shortcode": ShortcodeFinder(resources),
            "currency": CurrencyFinder(resources),
        }
        self._quantities: Mapping[Kind, _TriggeredFinder] = {
            "timex": TimexFinder(resources),
            "number": NumberFinder(resources),
        }
        # Without a digit and any of these, only addresses are to be found: so in most messages.
        self._triggers = frozenset[str]().union(
            *(finder.triggers for finder in [*self._codes.values(), *self._quantities.values()])
        )
        self._words = resources.words
        self._tld_profile = tld_profile
        self._max_chars = max_chars

    def normalize(self, raw: str) -> str:
        """Return a message in lower case and plain language; addresses and tags stay."""
        text = self._cleaner.clean(raw).text
        return self._normalize(text, self._find_addresses(text))

    def _find_addresses(self, text: str) -> list[Stretch]:
        found: _Found = {}
        _find(self._addresses, Reading(text), found)
        return _sorted(found)

    def _normalize(self, text: str, addresses: Sequence[Stretch]) -> str:
        """Return clean text in plain language, such that normalizing that changes nothing.

        An address whose words are textese ("2moro.com") stays as it is. Where lower case may have
        made it unrecognizable, the result is normalized until nothing changes, or goes round in a
        circle, of which the first in order is taken.
        """
        plain = self._normalizer.normalize(text, addresses)
        if addresses and self._normalizer.may_be_lost(text, addresses):
            seen: list[str] = []
            while plain not in seen and len(seen) < _MOST_PASSES:
                seen.append(plain)
                plain = self._normalizer.normalize(plain, self._find_addresses(plain))
            if plain in seen:
                plain = min(seen[seen.index(plain) :])
        return plain

    def annotate(self, raw: str) -> AnnotatedMessage:
        """Find the entities, markers and measures of a message; hosts are not scored yet."""
        return self._describe(self._survey(raw))

    def annotate_many(self, raws: Iterable[str]) -> list[AnnotatedMessage]:
        """Do so for each message of a batch, step by step for all: what a step needs stays warm."""
        return list(map(self._describe, [self._survey(raw) for raw in raws]))

    def _survey(self, raw: str) -> "_Survey":
        # Cut twice: one character can be eighteen when it is clean (U+FDFA).
        limit = self._max_chars
        clean = self._cleaner.clean(raw[:limit], limit).cut(limit)
        found: _Found = {}
        rest = _find(self._addresses, Reading(clean.text), found)
        normalized = self._normalize(clean.text, _sorted(found) if found else ())
        year = None
        if rest.has_digits or rest.holds(self._triggers):
            rest = _find(self._codes, rest, found)
            # Not in what is an amount, a phone number or an address.
            if "19" in rest.text or "20" in rest.text:
                year = _YEAR_RE.search(rest.text)
            _find(self._quantities, rest, found)
        joined = join_letters(normalized)
        return _Survey(raw, clean, found, year[0] if year else "", normalized, joined)

    def _describe(self, survey: "_Survey") -> AnnotatedMessage:
        raw, clean, found, year, normalized, joined = survey
        words = find_words(joined)
        clusters, own_clusters = self._count_clusters(normalized, joined)
        return AnnotatedMessage(
            raw=raw,
            normalized=normalized,
            clusters=clusters,
            own_clusters=own_clusters,
            words=tuple(words),
            phoneme_count=self._phonemes.estimate(joined),
            entropy=bigram_entropy(joined),
            year=year,
            greeting=self._greetings.find(joined, words),
            starts_with_digit=_begins_with_digit(clean.text),
            ends_with_digit=_begins_with_digit(clean.text[::-1]),
            **self._find_marks(joined, words),
            **(self._describe_entities(raw, clean, found) if found else {}),
        )

    def _describe_entities(self, raw: str, clean: Clean, found: "_Found") -> dict[str, Any]:
        """Return the fields that only messages with entities have."""
        locator = _Locator(raw, clean)
        fields: dict[str, Any] = {
            _FIELDS[kind]: locator.spans(kind, stretches) for kind, stretches in found.items()
        }
        if "url" in found:
            urls = found["url"]
            hosts = tuple(dict.fromkeys([url.host for url in urls if url.host]))
            fields["hosts"] = hosts
            fields["has_bare_url"] = any(url.is_bare for url in urls)
            fields["has_disguised_url"] = any(self._is_disguised(u, clean, raw) for u in urls)
            fields["has_shortener"] = any(map(self._hosts.is_shortener, hosts))
        if "email" in found:
            domains = [email.domain for email in found["email"]]
            fields["has_free_email"] = any(map(self._hosts.is_free_mail, domains))
        if "phone" in found:
            fields["has_toll_free_phone"] = any(phone.is_toll_free for phone in found["phone"])
        ends = [call.end for kind in _CALLS for call in found.get(kind, ())]
        if ends:
            fields["words_after_call"] = len(find_words(clean.text[max(ends) :]))
        return fields

    def annotate_host(self, host: Host) -> AnnotatedHost:
        """Describe a host."""
        name = self._cleaner.clean(host.name).text.lower()
        searched = self._cleaner.clean(f"{host.subdomain}.{host.name}").text.lower()
        return AnnotatedHost(
            host=host,
            name=name,
            searched=searched,
            word_count=len(segment(name, self._words)),
            phoneme_count=self._phonemes.estimate(name),
            clusters=self._count_clusters(searched, join_letters(searched))[0],
            entropy=bigram_entropy(name),
            has_year=_NAME_YEAR_RE.search(name) is not None,
            has_hidden_www=_HIDDEN_WWW_RE.search(host.text) is not None,
            is_shortener=self._hosts.is_shortener(host),
            tld_class=self._hosts.tld_class(host, self._tld_profile),
        )

    def parse_host(self, url_or_host: str) -> Host | None:
        """Return the host that the caller says is one, be its suffix known or not."""
        return self._hosts.parse(url_or_host, any_suffix=True)

    def cluster_substrings(self, text: str, *, own: bool = False) -> tuple[tuple[str, ...], ...]:
        """Return the substrings behind the cluster counts of a normalized text or a host."""
        counter = self._own_clusters if own else self._clusters
        if counter is None:
            return ()
        plain = reveal(text)
        pairs = zip(counter.substrings(text), counter.substrings(plain), strict=True)
        return tuple(max(pair, key=len) for pair in pairs)

    def _find_marks(self, text: str, words: list[str]) -> dict[str, Any]:
        """Return a mark of each kind that the text holds; the kinds are names of fields."""
        if text.isascii():
            words = tokens(text) if "'" in text else words
            if self._marks.triggers.isdisjoint(words):
                return {}
        text = unquote(text)
        return {mark.kind: text[mark.start : mark.end] for mark in self._marks.find(text)}

    def _is_disguised(self, url: Url, clean: Clean, raw: str) -> bool:
        """Tell whether a URL had to be uncovered.

        By its finder, by cleaning its characters, or by decoding punycode that spells look-alikes
        of ASCII letters. An escaped ampersand is no disguise: gateways write it.
        """
        start, end = clean.locate(url.start, url.end)
        host = url.host.text if url.host else ""
        return (
            url.disguised
            or raw[start:end].replace("&amp;", "&") != clean.text[url.start : url.end]
            or self._cleaner.clean(host).text != host
        )

    def _count_clusters(self, text: str, joined: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Count the 22 and the caller's in the text and in its plain view; take the higher counts.

        The plain view alone would lose what reads well already ("100free"), their sum would
        count twice.
        """
        plain = read_leet(joined)
        counts = []
        for counter in (self._clusters, self._own_clusters):
            in_text = counter.count(text) if counter else ()
            if counter and plain != text:
                in_text = tuple(map(max, in_text, counter.count(plain)))
            counts.append(in_text)
        return counts[0], counts[1]


class _Finder(Protocol):
    def find(self, reading: Reading) -> Sequence[Stretch]: ...


class _TriggeredFinder(_Finder, Protocol):
    triggers: frozenset[str]


_Finders = Mapping[Kind, _Finder]
_Found = dict[Kind, Sequence[Any]]
"""What was found of each kind, in the order of the finders, in the clean text."""

_FIELDS: Final[Mapping[Kind, str]] = {
    "url": "urls",
    "email": "emails",
    "hashtag": "hashtags",
    "mention": "mentions",
    "phone": "phones",
    "shortcode": "shortcodes",
    "currency": "currencies",
    "timex": "timexes",
    "number": "numbers",
}
_CALLS: Final[tuple[Kind, ...]] = ("url", "email", "phone", "shortcode")


class _Survey(NamedTuple):
    """What is found in a message before anything is counted."""

    raw: str
    clean: Clean
    found: _Found
    year: str
    normalized: str
    joined: str
    """The normalized text as it is read: "f r e e" is the one word that it is."""


def _find(finders: _Finders, rest: Reading, found: _Found) -> Reading:
    """Add what some finders find, and return what they leave."""
    for kind, finder in finders.items():
        if stretches := finder.find(rest):
            found[kind] = stretches
            rest = rest.without(stretches)
    return rest


def _sorted(found: _Found) -> list[Stretch]:
    """Return all that was found, by its place in the text."""
    return sorted(chain.from_iterable(found.values()), key=attrgetter("start"))


class _Locator:
    """Turns stretches of the clean text into spans of the raw one.

    Two stretches can come from one raw character: the half of "$1½" is "1/2" in clean text, "$11"
    is an amount and "2" a number. The first that asks has it, and what would overlap is no span.
    """

    def __init__(self, raw: str, clean: Clean) -> None:
        self._raw = raw
        self._clean = clean
        self._taken: set[int] = set()

    def spans(self, kind: Kind, found: Sequence[Stretch]) -> tuple[Span, ...]:
        places = [(stretch.start, stretch.end) for stretch in found]
        if self._clean.starts is not None:
            located = [self._clean.locate(start, end) for start, end in places]
            places = [place for place in located if self._take(*place)]
        return tuple([Span(kind, start, end, self._raw[start:end]) for start, end in places])

    def _take(self, start: int, end: int) -> bool:
        if not self._taken.isdisjoint(range(start, end)):
            return False
        self._taken.update(range(start, end))
        return True


def _begins_with_digit(text: str) -> bool:
    """Tell whether the first letter or digit is a digit."""
    return next(filter(str.isalnum, text), "").isdigit()
