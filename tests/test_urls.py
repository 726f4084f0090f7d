"""URLs: what no single case shows; the cases are ``cases/urls.toml``."""

import pytest

from mela import MESSAGE, Featurizer, Resources
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
