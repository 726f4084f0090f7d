"""URLs: what no single case shows; the cases are ``cases/urls.toml``."""

from collections.abc import Callable

import pytest
from growth import LINEAR, growth

from mela import MESSAGE, Featurizer, Resources
from mela.entities.tags import MentionFinder
from mela.entities.urls import UrlFinder
from mela.hosts.parser import HostParser
from mela.text.reading import Reading

SHIPPED = Resources.load()


@pytest.fixture(scope="module")
def finder() -> UrlFinder:
    """Return the finder with the shipped lists."""
    return UrlFinder(SHIPPED, HostParser(SHIPPED))


@pytest.mark.parametrize("path", ["aB3x", "promo", "in", "7"])
def test_every_shortener_with_a_path_is_found(finder: UrlFinder, path: str) -> None:
    """A service that is listed is known by its name, be it of digits or a word."""
    urls = [f"{domain}/{path}" for domain in sorted(SHIPPED.shorteners)]
    texts = [f"tap {url} now" for url in urls]
    found = [[text[u.start : u.end] for u in finder.find(Reading(text))] for text in texts]
    assert found == [[url] for url in urls]


@pytest.mark.parametrize("scheme", SHIPPED.tld_roles["scheme"])
def test_every_scheme_of_an_app_opens_it(finder: UrlFinder, scheme: str) -> None:
    """The command behind a listed scheme is a URL without a host, in capitals as well."""
    for written in (scheme, scheme.upper()):
        text = f"tap {written}://pay?to=ann@bank, ok"
        [url] = finder.find(Reading(text))
        assert text[url.start : url.end] == f"{written}://pay?to=ann@bank"
        assert url.host is None
        assert not url.is_bare


def test_app_counts_as_url_and_gives_no_host() -> None:
    """A command of an app counts, and all that is known of hosts stays zero."""
    row = Featurizer().featurize("tap tg://resolve?domain=prizes")
    named = dict(zip(MESSAGE.names, row[:51].tolist(), strict=True))
    assert named["num_of_urls"] == 1
    assert named["endswith_cta"] == 1
    for column in ("url_isdom", "domain_melascore", "domain_isshort", "domain_obfuscation"):
        assert named[column] == 0, column
    assert not row[51:].any()


def test_app_that_names_a_host_gives_it() -> None:
    """Where a host stands behind the scheme of an app, it is the one that is opened."""
    message = Featurizer().annotate("intent://prizes-hub.top/win#Intent;scheme=https;end")
    assert [host.text for host in message.hosts] == ["prizes-hub.top"]


def _repeat(unit: str) -> Callable[[int], str]:
    return lambda size: unit * (size // len(unit))


HOSTILE: dict[str, Callable[[int], str]] = {
    "links with blanks": _repeat("http://a. "),
    "labels with blanks": lambda size: "http://" + "a. " * (size // 3),
    "labels with blanks behind www": lambda size: "www" + ". a" * (size // 3),
    "sentences behind a link": lambda size: "http://x.com. " + "Call. " * (size // 6),
    "pages apart": _repeat("x.com/a. html "),
    "one page apart": lambda size: "x.com/a. html?" + "a" * size,
    "paths apart": _repeat("a. ac/a7 "),
    "one long path apart": lambda size: "a. ac/" + "a" * size,
    "apps": _repeat("tg://a "),
    "one long command": lambda size: "tg://" + "a" * size,
    "commands without a blank": _repeat("tg://a;"),
    "schemes of letters": _repeat("a+"),
    "users": _repeat("@a.a "),
    "one long user": lambda size: "@" + "a." * (size // 2),
    "hosts behind at": _repeat("visit @a.top "),
    "cues": _repeat("visit "),
    "cues and hosts": _repeat("log in to a7b.in "),
    "posing hosts": _repeat("a.com.support "),
    "chains of words": _repeat("ok.so."),
    "capitals glued": _repeat("tikona.inDear "),
    "one label of capitals": lambda size: "tikona.in" + "aB" * (size // 2),
    "another script glued": _repeat("https://a.top领"),
    "bracketed slashes": _repeat("hxxp[://]"),
    "units": _repeat("10pm.is "),
}


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_length(finder: UrlFinder, make: Callable[[int], str]) -> None:
    """URLs and users are found in linear time."""
    mentions = MentionFinder()

    def find(text: str) -> object:
        reading = Reading(text)
        return finder.find(reading), mentions.find(reading)

    assert growth(find, make) <= LINEAR


@pytest.mark.parametrize(
    ("text", "disguised"),
    [
        ("http://example.com/enjoy.html", False),
        ("example.com.support", False),
        ("tg://resolve?domain=prizes", False),
        ("example.com/enjoy. html", True),
        ("http://img. example. ac/x", True),
        ("hxxps[://]example[.]top", True),
    ],
)
def test_what_no_browser_reads_is_disguised(
    finder: UrlFinder, text: str, *, disguised: bool
) -> None:
    """A URL that has to be mended before it opens is disguised, an odd name is not."""
    [url] = finder.find(Reading(text))
    assert (url.start, url.end) == (0, len(text))
    assert url.disguised is disguised
