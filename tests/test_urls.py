"""URLs: what no single case shows; the cases are ``cases/urls.toml``."""

import pytest

from mela import Resources
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
