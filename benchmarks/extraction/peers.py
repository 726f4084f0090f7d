"""The libraries that mela is measured against, each behind one function a kind of entity.

Each is used as its own documentation shows. Those that are not installed are left out; the
dependency group ``peers`` names them all.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final, NamedTuple

from benchmarks.extraction.suites import DOMAIN, Place, tail
from mela import Featurizer, Resources
from mela.hosts.parser import HostParser
from mela.text.span import Kind

Find = Callable[[str, str], list[Place]]
"""Gives the spans of one kind in a text, for a region of phone numbers."""


class Peer(NamedTuple):
    """A library by the name of its distribution, with what it finds."""

    name: str
    kinds: Mapping[str, Find]
    suites: str = "-"
    """How the names of its own suites begin."""


def mela() -> Peer:
    """Return mela itself: one pass finds every kind, so that each kind costs all of them."""
    kinds: tuple[Kind, ...] = (
        "url", "email", "phone", "shortcode", "currency", "timex", "number", "hashtag", "mention",
    )  # fmt: skip
    hosts = HostParser(Resources.load())

    def domains(text: str, _: str) -> list[Place]:
        host = hosts.parse(text)
        return [tail(text, f"{host.name}.{host.suffix}")] if host else []

    return Peer("mela-features", {DOMAIN: domains, **{kind: _mela(kind) for kind in kinds}})


def installed(names: Iterable[str] = ()) -> tuple[list[Peer], list[str]]:
    """Return the peers of these names, or all, that are here, and the names of the others."""
    wanted = list(names) or list(_PEERS)
    here = list(filter(is_installed, wanted))
    return [_PEERS[name]() for name in here], [name for name in wanted if name not in here]


def is_installed(name: str) -> bool:
    """Whether a distribution is here."""
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


@cache
def _engine(region: str) -> Featurizer:
    return Featurizer(regions=() if region == "ZZ" else (region,))


def _mela(kind: Kind) -> Find:
    def find(text: str, region: str) -> list[Place]:
        spans = _engine(region).annotate(text).spans
        return [(span.start, span.end) for span in spans if span.kind == kind]

    return find


def _linkify() -> Peer:
    linkify = import_module("linkify_it").LinkifyIt()

    def links(text: str, *, email: bool) -> list[Place]:
        return [
            (match.index, match.last_index)
            for match in linkify.match(text) or []
            if (match.schema == "mailto:") == email
        ]

    return Peer(
        "linkify-it-py",
        {
            "url": lambda text, _: links(text, email=False),
            "email": lambda text, _: links(text, email=True),
        },
        "linkify_it",
    )


def _urlextract() -> Peer:
    extractor = import_module("urlextract").URLExtract()

    def urls(text: str, _: str) -> list[Place]:
        return [place for _, place in extractor.find_urls(text, get_indices=True)]

    return Peer("urlextract", {"url": urls}, "urlextract")


def _twitter() -> Peer:
    twitter = import_module("twitter_text")

    def urls(text: str, _: str) -> list[Place]:
        return [tuple(found["indices"]) for found in twitter.extract_urls_with_indices(text)]

    return Peer("twitter-text-parser", {"url": urls}, "twitter_text")


def _phonenumbers() -> Peer:
    phonenumbers = import_module("phonenumbers")

    def phones(text: str, region: str) -> list[Place]:
        matcher = phonenumbers.PhoneNumberMatcher(text, None if region == "ZZ" else region)
        return [(match.start, match.end) for match in matcher]

    return Peer("phonenumbers", {"phone": phones}, "libphonenumber")


def _recognizers() -> Peer:
    number = import_module("recognizers_number")
    unit = import_module("recognizers_number_with_unit")
    date_time = import_module("recognizers_date_time")
    sequence = import_module("recognizers_sequence")
    english = import_module("recognizers_text").Culture.English

    def spans(*recognize: Callable[[str, str], Any]) -> Find:
        def find(text: str, _: str) -> list[Place]:
            results = [result for one in recognize for result in one(text, english)]
            # The "5" of "5th" is a number for one recognizer, "5th" an ordinal for the other.
            return _widest([(result.start, result.end + 1) for result in results])

        return find

    return Peer(
        "recognizers-text-suite",
        {
            "url": spans(sequence.recognize_url),
            "email": spans(sequence.recognize_email),
            "phone": spans(sequence.recognize_phone_number),
            "hashtag": spans(sequence.recognize_hashtag),
            "mention": spans(sequence.recognize_mention),
            "number": spans(number.recognize_number, number.recognize_ordinal),
            "currency": spans(unit.recognize_currency),
            "timex": spans(date_time.recognize_datetime),
        },
        "msrec",
    )


def _quantulum() -> Peer:
    # Its model of units was pickled by another scikit-learn and does not load: without it, by rule.
    vars(import_module("quantulum3.classifier"))["USE_CLF"] = False
    parse = import_module("quantulum3.parser").parse

    def quantities(entity: str) -> Find:
        def find(text: str, _: str) -> list[Place]:
            return [tuple(q.span) for q in parse(text) if q.unit.entity.name == entity]

        return find

    return Peer(
        "quantulum3",
        {"currency": quantities("currency"), "number": quantities("dimensionless")},
    )


def _dateparser() -> Peer:
    search_dates = import_module("dateparser.search").search_dates

    def dates(text: str, _: str) -> list[Place]:
        return list(_in_turn(text, [found for found, _ in search_dates(text, ["en"]) or []]))

    return Peer("dateparser", {"timex": dates})


def _tldextract() -> Peer:
    extract = import_module("tldextract").TLDExtract(
        suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True
    )

    def domains(text: str, _: str) -> list[Place]:
        domain = extract(text).top_domain_under_public_suffix
        return [tail(text, domain)] if domain else []

    return Peer("tldextract", {DOMAIN: domains})


def _publicsuffixlist() -> Peer:
    suffixes = import_module("publicsuffixlist").PublicSuffixList()

    def domains(text: str, _: str) -> list[Place]:
        domain = suffixes.privatesuffix(text.lower())
        return [tail(text, domain)] if domain else []

    return Peer("publicsuffixlist", {DOMAIN: domains}, "psl")


def _widest(places: list[Place]) -> list[Place]:
    """Return the places that lie in no other."""
    return [
        (start, end)
        for start, end in places
        if not any((a, b) != (start, end) and a <= start and end <= b for a, b in places)
    ]


def _in_turn(text: str, substrings: list[str]) -> Iterator[Place]:
    """Yield where substrings stand that are given in the order of the text."""
    end = 0
    for substring in substrings:
        start = text.find(substring, end)
        if start >= 0:
            end = start + len(substring)
            yield start, end


_PEERS: Final[Mapping[str, Callable[[], Peer]]] = {
    "linkify-it-py": _linkify,
    "urlextract": _urlextract,
    "twitter-text-parser": _twitter,
    "phonenumbers": _phonenumbers,
    "recognizers-text-suite": _recognizers,
    "quantulum3": _quantulum,
    "dateparser": _dateparser,
    "tldextract": _tldextract,
    "publicsuffixlist": _publicsuffixlist,
}
