"""The one pass over a message, and over a host: everything that features read is found here."""

import re
from collections.abc import Sequence
from operator import attrgetter
from typing import Final, NamedTuple

from mela.clusters import ClusterCounter
from mela.entities.currency import CurrencyFinder
from mela.entities.emails import Email, EmailFinder
from mela.entities.numbers import NumberFinder
from mela.entities.phones import Phone, PhoneFinder
from mela.entities.reading import Reading
from mela.entities.shortcodes import ShortcodeFinder
from mela.entities.span import Kind, Span, Stretch
from mela.entities.tags import HashtagFinder, MentionFinder
from mela.entities.timex import TimexFinder
from mela.entities.urls import Url, UrlFinder
from mela.entities.words import tokens
from mela.entropy import bigram_entropies, bigram_entropy
from mela.hosts import Host, HostParser, TldClass
from mela.normalize import WORD_RE, Clean, Normalizer, find_words, join_letters
from mela.phonemes import PhonemeEstimator
from mela.phrases import PhraseFinder
from mela.resources import ClusterSet, Resources
from mela.segment import segment

# A year stands as a token of its own, or ends a dotted date. Does not match "12005" nor "3.2005".
_YEAR_RE: Final = re.compile(
    r"(?:(?<!\w)(?<![0-9][.,])|(?<=[0-9]\.[0-9]\.)|(?<=[0-9]\.[0-9]{2}\.))(?:19|20)[0-9]{2}(?!\w|[.,][0-9])"
)
# In a name a year stands between anything but digits: "offer2024now".
_NAME_YEAR_RE: Final = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
# The marks of "text 'stop' to end". Does not match the apostrophe in "don't".
_QUOTE_RE: Final = re.compile(r"(?<!\w)['\"]|['\"](?!\w)")
_HIDDEN_WWW_RE: Final = re.compile(r"(?<!^)www|^www(?!\.)")


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
    urls: tuple[Span, ...]
    phones: tuple[Span, ...]
    shortcodes: tuple[Span, ...]
    emails: tuple[Span, ...]
    timexes: tuple[Span, ...]
    numbers: tuple[Span, ...]
    currencies: tuple[Span, ...]
    hashtags: tuple[Span, ...]
    mentions: tuple[Span, ...]
    clusters: tuple[int, ...]
    own_clusters: tuple[int, ...]
    """Hits of the caller's own clusters; empty without any."""
    words: tuple[str, ...]
    """Words of the normalized text, letters that stand apart ("f r e e") written together."""
    phoneme_count: int
    entropy: float
    forward: str
    """The phrase that marks the message as forwarded, or ""."""
    opt_out: str
    """The phrase that says how to opt out, or ""."""
    greeting: str
    """The greeting that opens the message, or ""."""
    has_toll_free_phone: bool
    has_free_email: bool
    has_bare_url: bool
    has_disguised_url: bool
    has_shortener: bool
    year: str
    """A year that stands as a token, or ""."""
    starts_with_digit: bool
    ends_with_digit: bool
    words_after_call: int | None
    """Words after the last URL, e-mail address, phone or short code; None without any."""
    hosts: tuple[Host, ...]
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
        self._normalizer = Normalizer(resources)
        self._clusters = ClusterCounter(resources.clusters)
        self._own_clusters = ClusterCounter(clusters) if clusters else None
        self._phonemes = PhonemeEstimator(resources.phonemes)
        self._phrases = PhraseFinder(
            forward=resources.forwards, greeting=resources.greetings, opt_out=resources.opt_outs
        )
        # A greeting opens the message, a mark stands anywhere.
        self._openers = frozenset(tokens(greeting)[0] for greeting in resources.greetings)
        self._marks = self._phrases.triggers["forward"] | self._phrases.triggers["opt_out"]
        self._urls = UrlFinder(resources, self._hosts)
        self._emails = EmailFinder(self._hosts)
        self._hashtags = HashtagFinder()
        self._mentions = MentionFinder()
        self._phones = PhoneFinder(resources, regions)
        self._shortcodes = ShortcodeFinder(resources)
        self._currencies = CurrencyFinder(resources)
        self._timexes = TimexFinder(resources)
        self._numbers = NumberFinder(resources)
        self._words = resources.words
        self._tld_profile = tld_profile
        self._max_chars = max_chars

    def normalize(self, raw: str) -> str:
        """Return a message in lower case and plain language; addresses and tags stay."""
        text = self._normalizer.clean(raw).text
        return self._normalizer.normalize(text, self._find_addresses(Reading(text)).all)

    def annotate(self, raw: str) -> AnnotatedMessage:
        """Find the entities, markers and measures of a message; hosts are not scored yet."""
        found = self._find_entities(raw)
        normalized = self._normalizer.normalize(found.clean.text, found.addresses.all)
        joined = join_letters(normalized)
        clusters = self._count_clusters(normalized)
        wording = _Wording(normalized, joined, clusters, bigram_entropy(joined))
        return self._describe(raw, found, wording)

    def annotate_many(self, raws: Sequence[str]) -> list[AnnotatedMessage]:
        """Do so for each message of a batch, step by step for all: what a step needs stays warm."""
        found = [self._find_entities(raw) for raw in raws]
        normalized = [
            self._normalizer.normalize(entities.clean.text, entities.addresses.all)
            for entities in found
        ]
        clusters = [self._count_clusters(text) for text in normalized]
        joined = list(map(join_letters, normalized))
        wordings = map(_Wording, normalized, joined, clusters, bigram_entropies(joined))
        return list(map(self._describe, raws, found, wordings))

    def _find_entities(self, raw: str) -> "_Entities":
        # Cut twice: one character can be eighteen when it is clean (U+FDFA).
        limit = self._max_chars
        clean = self._normalizer.clean(raw[:limit], limit).cut(limit)
        addresses = self._find_addresses(Reading(clean.text))
        rest = addresses.rest
        phones = self._phones.find(rest)
        rest = rest.without(phones)
        shortcodes = self._shortcodes.find(rest)
        rest = rest.without(shortcodes)
        currencies = self._currencies.find(rest)
        rest = rest.without(currencies)
        # Not in what is an amount, a phone number or an address.
        has_century = rest.has_digits and ("19" in rest.text or "20" in rest.text)
        year = _YEAR_RE.search(rest.text) if has_century else None
        timexes = self._timexes.find(rest)
        rest = rest.without(timexes)
        numbers = self._numbers.find(rest)
        return _Entities(
            clean, addresses, phones, shortcodes, currencies, timexes, numbers,
            year[0] if year else "",
        )  # fmt: skip

    def _describe(self, raw: str, found: "_Entities", wording: "_Wording") -> AnnotatedMessage:
        clean, addresses, phones, shortcodes, currencies, timexes, numbers, year = found
        urls, emails = addresses.urls, addresses.emails
        hosts = tuple(dict.fromkeys([url.host for url in urls])) if urls else ()
        text = clean.text
        normalized, joined, (clusters, own_clusters), entropy = wording
        words = find_words(joined)
        phrases = self._find_phrases(joined, words)
        locator = _Locator(raw, clean)
        return AnnotatedMessage(
            raw=raw,
            normalized=normalized,
            # In order of precedence: see _Locator.
            urls=locator.spans("url", urls),
            emails=locator.spans("email", emails),
            hashtags=locator.spans("hashtag", addresses.hashtags),
            mentions=locator.spans("mention", addresses.mentions),
            phones=locator.spans("phone", phones),
            shortcodes=locator.spans("shortcode", shortcodes),
            currencies=locator.spans("currency", currencies),
            timexes=locator.spans("timex", timexes),
            numbers=locator.spans("number", numbers),
            clusters=clusters,
            own_clusters=own_clusters,
            words=tuple(words),
            phoneme_count=self._phonemes.estimate(joined),
            entropy=entropy,
            forward=phrases.get("forward", ""),
            opt_out=phrases.get("opt_out", ""),
            greeting=phrases.get("greeting", ""),
            has_toll_free_phone=any(phone.is_toll_free for phone in phones),
            has_free_email=any(self._hosts.is_free_mail(email.domain) for email in emails),
            has_bare_url=any(url.is_bare for url in urls),
            has_disguised_url=any(self._is_disguised(url, clean, raw) for url in urls),
            has_shortener=any(map(self._hosts.is_shortener, hosts)),
            year=year,
            starts_with_digit=_begins_with_digit(text),
            ends_with_digit=_begins_with_digit(text[::-1]),
            words_after_call=_words_after(text, urls, emails, phones, shortcodes),
            hosts=hosts,
        )

    def annotate_host(self, host: Host) -> AnnotatedHost:
        """Describe a host."""
        name = self._normalizer.clean(host.name).text.lower()
        searched = self._normalizer.clean(f"{host.subdomain}.{host.name}").text.lower()
        return AnnotatedHost(
            host=host,
            name=name,
            searched=searched,
            word_count=len(segment(name, self._words)),
            phoneme_count=self._phonemes.estimate(name),
            clusters=self._count_clusters(searched)[0],
            entropy=bigram_entropy(name),
            has_year=_NAME_YEAR_RE.search(name) is not None,
            has_hidden_www=_HIDDEN_WWW_RE.search(host.text) is not None,
            is_shortener=self._hosts.is_shortener(host),
            tld_class=self._hosts.tld_class(host, self._tld_profile),
        )

    def parse_host(self, url_or_host: str) -> Host | None:
        """Return the host that the caller says is one, be its suffix known or not."""
        return self._hosts.parse(url_or_host, any_suffix=True)

    def _find_addresses(self, rest: Reading) -> "_Addresses":
        urls = self._urls.find(rest)
        rest = rest.without(urls)
        emails = self._emails.find(rest)
        rest = rest.without(emails)
        hashtags = self._hashtags.find(rest)
        rest = rest.without(hashtags)
        mentions = self._mentions.find(rest)
        return _Addresses(urls, emails, hashtags, mentions, rest.without(mentions))

    def cluster_substrings(self, text: str, *, own: bool = False) -> tuple[tuple[str, ...], ...]:
        """Return the substrings behind the cluster counts of a normalized text or a host."""
        counter = self._own_clusters if own else self._clusters
        if counter is None:
            return ()
        plain = self._normalizer.reveal(text)
        pairs = zip(counter.substrings(text), counter.substrings(plain), strict=True)
        return tuple(max(pair, key=len) for pair in pairs)

    def _find_phrases(self, text: str, words: list[str]) -> dict[str, str]:
        """Return a phrase of each kind that the text holds."""
        if text.isascii():
            words = tokens(text) if "'" in text else words
            if self._openers.isdisjoint(words[:1]) and self._marks.isdisjoint(words):
                return {}
        if "'" in text or '"' in text:
            text = _QUOTE_RE.sub("", text)
        found = list(self._phrases.find(text))
        if not found:
            return {}
        word = WORD_RE.search(text)
        opening = word.start() if word else 0
        return {
            phrase.kind: text[phrase.start : phrase.end]
            for phrase in found
            if phrase.kind != "greeting" or phrase.start == opening
        }

    def _is_disguised(self, url: Url, clean: Clean, raw: str) -> bool:
        """Tell whether a URL had to be uncovered.

        By its finder, by cleaning its characters, or by decoding punycode that spells look-alikes
        of ASCII letters. An escaped ampersand is no disguise: gateways write it.
        """
        start, end = clean.locate(url.start, url.end)
        host = url.host.text
        return (
            url.disguised
            or raw[start:end].replace("&amp;", "&") != clean.text[url.start : url.end]
            or self._normalizer.clean(host).text != host
        )

    def _count_clusters(self, text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Count the 22 and the caller's in the text and in its plain view; take the higher counts.

        The plain view alone would lose what reads well already ("100free"), their sum would
        count twice.
        """
        plain = self._normalizer.reveal(text)
        counts = []
        for counter in (self._clusters, self._own_clusters):
            in_text = counter.count(text) if counter else ()
            if counter and plain != text:
                in_text = tuple(map(max, in_text, counter.count(plain)))
            counts.append(in_text)
        return counts[0], counts[1]


class _Wording(NamedTuple):
    """A message in words: normalized, and as it is read, with "f r e e" as the one word it is."""

    normalized: str
    joined: str
    clusters: tuple[tuple[int, ...], tuple[int, ...]]
    """Hits of the 22 clusters and of the caller's own."""
    entropy: float


class _Addresses(NamedTuple):
    """What a message points to; ``rest`` is the text with these stretches masked."""

    urls: Sequence[Url]
    emails: Sequence[Email]
    hashtags: Sequence[Stretch]
    mentions: Sequence[Stretch]
    rest: Reading

    @property
    def all(self) -> list[Stretch]:
        """All of them, by their place in the text."""
        found: list[Stretch] = [*self.urls, *self.emails, *self.hashtags, *self.mentions]
        return sorted(found, key=attrgetter("start")) if len(found) > 1 else found


class _Entities(NamedTuple):
    """What a message holds, in its clean text."""

    clean: Clean
    addresses: _Addresses
    phones: Sequence[Phone]
    shortcodes: Sequence[Stretch]
    currencies: Sequence[Stretch]
    timexes: Sequence[Stretch]
    numbers: Sequence[Stretch]
    year: str


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
        if not found:
            return ()
        located = (self._clean.locate(stretch.start, stretch.end) for stretch in found)
        return tuple(
            Span(kind, start, end, self._raw[start:end])
            for start, end in located
            if self._take(start, end)
        )

    def _take(self, start: int, end: int) -> bool:
        if self._clean.starts is None:
            return True
        if not self._taken.isdisjoint(range(start, end)):
            return False
        self._taken.update(range(start, end))
        return True


def _begins_with_digit(text: str) -> bool:
    """Tell whether the first letter or digit is a digit."""
    return next(filter(str.isalnum, text), "").isdigit()


def _words_after(text: str, *calls: Sequence[Stretch]) -> int | None:
    ends = [call.end for found in calls for call in found]
    return len(WORD_RE.findall(text, max(ends))) if ends else None
