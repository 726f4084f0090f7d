"""Hosts: their parts, what is none, and what the lists say of them."""

from collections.abc import Callable

import pytest
from growth import LINEAR, growth

from mela import Resources
from mela.hosts.parser import Host, HostParser


@pytest.fixture(scope="module")
def hosts(tiny: Resources) -> HostParser:
    """Return the parser of the frozen lists."""
    return HostParser(tiny)


def parts(host: Host | None) -> tuple[str, str, str]:
    """Return subdomain, name and suffix of a host that there is."""
    assert host is not None
    assert not host.is_ip
    return host.subdomain, host.name, host.suffix


@pytest.mark.parametrize(
    ("host", "subdomain", "name", "suffix"),
    [
        pytest.param("example.com", "", "example", "com", id="name and suffix"),
        pytest.param("www.example.com", "www", "example", "com", id="www"),
        pytest.param("a.b.example.co.uk", "a.b", "example", "co.uk", id="suffix of two labels"),
        pytest.param("shop.co.za", "", "shop", "co.za", id="registry without hosts above"),
        pytest.param("my-bank.web.app", "", "my-bank", "web.app", id="hosting"),
        pytest.param("login.my-bank.web.app", "login", "my-bank", "web.app", id="below hosting"),
        pytest.param("ann.blogspot.com", "", "ann", "blogspot.com", id="blog"),
        pytest.param("www.ann.blogspot.com", "www", "ann", "blogspot.com", id="www of a blog"),
        pytest.param("www.blogspot.com", "www", "blogspot", "com", id="front door of a platform"),
        pytest.param("web.app", "", "web", "app", id="platform itself"),
        pytest.param("gov.uk", "", "gov", "uk", id="site of the state"),
        pytest.param("www.gov.uk", "www", "gov", "uk", id="www of the state"),
        pytest.param("tax.service.gov.uk", "tax", "service", "gov.uk", id="below the state"),
        pytest.param("WWW.Example.COM", "www", "example", "com", id="capitals"),
        pytest.param("a_b.example.com", "a_b", "example", "com", id="underscore in a subdomain"),
    ],
)
def test_parts_of_a_host(
    hosts: HostParser, host: str, subdomain: str, name: str, suffix: str
) -> None:
    """A host is a subdomain, a registrable name and a public suffix."""
    assert parts(hosts.parse(host)) == (subdomain, name, suffix)


@pytest.mark.parametrize(
    ("host", "text"),
    [
        pytest.param("xn--bcher-kva.de", "bücher.de", id="punycode"),
        pytest.param("XN--BCHER-KVA.DE", "bücher.de", id="punycode in capitals"),
        pytest.param("BÜCHER.de", "bücher.de", id="Unicode"),
        pytest.param("bu\u0308cher.de", "bücher.de", id="combining mark"),
        pytest.param("xn--80ak6aa92e.com", "аррӏе.com", id="look-alikes"),
        pytest.param("xn--d1acpjx3f.xn--p1ai", "яндекс.рф", id="suffix in punycode"),
        pytest.param("xn--ls8h.la", "💩.la", id="emoji"),
        pytest.param("bücher。de", "bücher.de", id="ideographic full stop"),
        pytest.param("ｅｘａｍｐｌｅ．com", "example.com", id="fullwidth"),
    ],
)
def test_host_beyond_ascii_is_read_as_unicode(hosts: HostParser, host: str, text: str) -> None:
    """Punycode is decoded, and composed Unicode in lower case stays."""
    parsed = hosts.parse(host)
    assert parsed is not None
    assert parsed.text == text
    assert parsed.name == text.partition(".")[0]


@pytest.mark.parametrize(
    "url",
    [
        "http://evil.com",
        "HTTPS://EVIL.COM/x",
        "//evil.com/x",
        "evil.com:8080/x",
        "evil.com?x=http://good.org",
        "evil.com#@good.org",
        "evil.com.",
        " evil.com\n",
        "http://user@evil.com",
        "http://good.org:pw@evil.com/",
        "http://a@b@evil.com/",
        r"http:\\evil.com\x",
        r"http://evil.com\@good.org",
        "http:/evil.com",
        "http:////evil.com",
        "git+ssh://evil.com/x",
    ],
)
def test_url_is_read_as_browsers_do(hosts: HostParser, url: str) -> None:
    r"""User, port, path and final dot go; "\" is a slash and ends the host."""
    parsed = hosts.parse(url)
    assert parsed is not None
    assert parsed.text == "evil.com"


@pytest.mark.parametrize(
    ("host", "text"),
    [
        pytest.param("10.0.0.1", "10.0.0.1", id="IPv4"),
        pytest.param("http://10.0.0.1:8080/x", "10.0.0.1", id="IPv4 in a URL"),
        pytest.param("[2001:db8::1]", "2001:db8::1", id="IPv6"),
        pytest.param("http://u@[2001:DB8::1]:80/x", "2001:db8::1", id="IPv6 in a URL"),
        pytest.param("localhost", "localhost", id="localhost"),
    ],
)
@pytest.mark.parametrize("any_suffix", [False, True])
def test_address_has_no_parts(hosts: HostParser, host: str, text: str, *, any_suffix: bool) -> None:
    """An IP address has neither name nor suffix, nor a class of its top-level domain."""
    parsed = hosts.parse(host, any_suffix=any_suffix)
    assert parsed == Host(text, "", "", "", True)
    assert hosts.tld_class(parsed, "current") == ""
    assert not hosts.is_shortener(parsed)


NO_HOSTS = {
    "empty": "",
    "blank": " ",
    "dots": "..",
    "empty label": "a..com",
    "scheme alone": "http://",
    "user alone": "http://user@",
    "blank in a label": "a b.com",
    "hyphen in front": "-x.com",
    "underscore in front": "_x.example.com",
    "underscore at the end": "x_.com",
    "nul": "a\x00.com",
    "lone surrogate": "a\ud800.com",
    "broken punycode": "xn--\u00e9.com",
    "long label": "a" * 64 + ".com",
    "long host": "a." * 126 + "com",
    "zone": "http://[fe80::1%eth0]/",
    "escaped zone": "http://[fe80::1%25eth0]/",
    "IPv6 of two ends": "[1::2::3]",
    "open bracket": "[",
    "brackets around a name": "[example.com]",
}


@pytest.mark.parametrize("any_suffix", [False, True])
@pytest.mark.parametrize("junk", NO_HOSTS.values(), ids=NO_HOSTS.keys())
def test_junk_is_no_host(hosts: HostParser, junk: str, *, any_suffix: bool) -> None:
    """What no browser opens is no host, whoever says so."""
    assert hosts.parse(junk, any_suffix=any_suffix) is None


@pytest.mark.parametrize(
    ("host", "subdomain", "name", "suffix"),
    [
        pytest.param("mail.intranet.corp", "mail", "intranet", "corp", id="unknown suffix"),
        pytest.param("intranet", "", "intranet", "", id="one label"),
        pytest.param("http://intranet/x", "", "intranet", "", id="one label in a URL"),
        pytest.param("co.uk", "", "co", "uk", id="suffix alone"),
        pytest.param("a_b.com", "", "a_b", "com", id="underscore"),
    ],
)
def test_any_suffix_takes_the_callers_word(
    hosts: HostParser, host: str, subdomain: str, name: str, suffix: str
) -> None:
    """Only where the caller says that it is a host is the last label a suffix."""
    assert hosts.parse(host) is None
    assert parts(hosts.parse(host, any_suffix=True)) == (subdomain, name, suffix)


@pytest.mark.parametrize("host", ["example.com", "my-bank.web.app", "www.gov.uk", "a.b.co.uk"])
def test_any_suffix_changes_no_known_host(hosts: HostParser, host: str) -> None:
    """A host of a known suffix is the same either way."""
    assert hosts.parse(host, any_suffix=True) == hosts.parse(host)


@pytest.mark.parametrize(
    ("host", "shortens"),
    [
        ("bit.ly", True),
        ("www.bit.ly", True),
        ("BIT.LY", True),
        ("http://t.co/x", True),
        ("orbit.ly", False),
        ("bit.ly.example.com", False),
        ("not-t.co", False),
        ("at.co.uk", False),
        ("ly.com", False),
    ],
)
def test_shortener_is_told_by_its_domain(hosts: HostParser, host: str, *, shortens: bool) -> None:
    """A listed domain and what belongs to it shorten URLs, a name that ends alike does not."""
    parsed = hosts.parse(host)
    assert parsed is not None
    assert hosts.is_shortener(parsed) is shortens


@pytest.mark.parametrize(
    ("host", "owned"),
    [
        ("login.shop.co.uk", "shop.co.uk"),
        ("login.my-bank.web.app", "my-bank.web.app"),
        ("10.0.0.1", "10.0.0.1"),
        ("intranet", "intranet"),
    ],
)
def test_registrable_domain(hosts: HostParser, host: str, owned: str) -> None:
    """What somebody registered is the name and its suffix, or the address itself."""
    parsed = hosts.parse(host, any_suffix=True)
    assert parsed is not None
    assert parsed.registrable == owned


@pytest.mark.parametrize(
    ("host", "profile", "found"),
    [
        ("a.top", "current", "bad"),
        ("a.top", "2014", "normal"),
        ("a.pw", "2014", "bad"),
        ("a.pw", "current", "normal"),
        ("a.xyz", "current", "suspicious"),
        ("a.ru", "2014", "suspicious"),
        ("a.com", "current", "normal"),
        ("a.co.uk", "current", "normal"),
        ("top.com", "current", "normal"),
        ("intranet", "current", "normal"),
        ("my-bank.web.app", "current", "suspicious"),
        ("my-bank.blogspot.com", "current", "bad"),
        ("www.web.app", "current", "normal"),
    ],
)
def test_class_of_the_top_level_domain(
    hosts: HostParser, host: str, profile: str, found: str
) -> None:
    """The suffix, or its last label, has a class in each profile; given names are suspicious."""
    parsed = hosts.parse(host, any_suffix=True)
    assert parsed is not None
    assert hosts.tld_class(parsed, profile) == found


@pytest.mark.parametrize(
    ("domain", "is_free"),
    [
        ("gmail.com", True),
        ("GMail.com", True),
        ("yahoo.com", True),
        ("yahoo.fr", True),
        ("yahoo.co.uk", False),
        ("notyahoo.com", False),
        ("mail.gmail.com", False),
        ("gmail.com.evil.org", False),
        ("gmailxcom", False),
        ("", False),
    ],
)
def test_free_mail_is_told_by_the_whole_domain(
    hosts: HostParser, domain: str, *, is_free: bool
) -> None:
    """A listed domain is one of free mail; a star stands for a run without a dot."""
    assert hosts.is_free_mail(domain) is is_free


def test_shipped_lists_know_the_common_ones() -> None:
    """The lists as shipped hold the platforms and providers that everybody knows."""
    hosts = HostParser(Resources.load())
    assert parts(hosts.parse("my-bank.web.app")) == ("", "my-bank", "web.app")
    assert parts(hosts.parse("www.blogspot.com")) == ("www", "blogspot", "com")
    bitly = hosts.parse("bit.ly")
    assert bitly is not None
    assert hosts.is_shortener(bitly)
    assert hosts.is_free_mail("gmail.com")
    assert hosts.is_free_mail("yahoo.co.uk")


HOSTILE: dict[str, Callable[[int], str]] = {
    "one label": lambda size: "a" * size,
    "labels": lambda size: "a." * (size // 2) + "com",
    "dots": lambda size: "." * size,
    "hyphens": lambda size: "-" * size + ".com",
    "users": lambda size: "a@" * (size // 2) + "a.com",
    "colons": lambda size: "a:" * (size // 2) + "a.com",
    "slashes": lambda size: "/" * size + "a.com",
    "scheme": lambda size: "a" * size + "://a.com",
    "path": lambda size: "a.com/" + "a@." * (size // 3),
    "bracket": lambda size: "[" + "1:" * (size // 2),
    "punycode": lambda size: "xn--" + "a" * size + ".com",
    "marks": lambda size: "e" + "\u0301" * size + ".com",
    "stars": lambda size: "yahoo." + "a" * size,
}


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_length(hosts: HostParser, make: Callable[[int], str]) -> None:
    """Parsing a host, and asking whether it gives free mail, take linear time at most."""

    def ask(text: str) -> object:
        return hosts.parse(text), hosts.parse(text, any_suffix=True), hosts.is_free_mail(text)

    assert growth(ask, make) <= LINEAR
