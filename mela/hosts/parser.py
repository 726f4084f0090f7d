"""Split a host into subdomain, name and public suffix, and tell what kind of host it is."""

import re
import unicodedata
from functools import cache, lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from mela.resources import Resources

if TYPE_CHECKING:
    from tldextract import TLDExtract

TldClass = Literal["bad", "suspicious", "normal", ""]

_LONGEST_HOST: Final = 253
_LONGEST_ADDRESS: Final = 45
# No listed suffix has more labels.
_LONGEST_SUFFIX: Final = 5

# Suffixes that are sites of the state as well: "www.gov.uk", "gob.mx", "nhs.uk".
_STATE: Final = ("gob.", "gov.", "nhs.", "police.")

# What stands before the path, as browsers read it: "\" counts as "/", and any run of slashes will
# do. Does not match the "user:" of "user:password@host", which no slash follows.
_AUTHORITY_RE: Final = re.compile(r"(?:[a-z][a-z0-9+*-]*+:/++|/++)?([^/?#]*+)", re.IGNORECASE)

# Letters, digits, "-" and "_", and any sign beyond ASCII ("✪df.ws" is registered); browsers open
# "x-.com". Does not match "-x", "_x", "x_", blanks, control characters and surrogates.
_LABEL_RE: Final = re.compile(r"(?![-_])[^\x00-,./:-@\[-^`{-\x9f\s\ud800-\udfff]{1,63}(?<!_)")
_DOTS: Final = str.maketrans("。．｡", "...")  # browsers read these as "."


class Host(NamedTuple):
    """A host and its parts, in lower case, punycode decoded.

    ``www.amazon-login77.co.uk`` has the subdomain ``www``, the name ``amazon-login77`` and the
    suffix ``co.uk``; ``my-bank.web.app`` has the name ``my-bank``, as ``web.app`` sells hosting
    to the public. An IP address, or ``localhost``, has neither name nor suffix.
    """

    text: str
    subdomain: str
    name: str
    suffix: str
    is_ip: bool

    @property
    def registrable(self) -> str:
        """The domain that somebody registered: name and suffix; an IP address is its own."""
        return self.text if self.is_ip else f"{self.name}.{self.suffix}".strip(".")


class HostParser:
    """Parses hosts by the Public Suffix List, offline.

    Parameters
    ----------
    resources
        Read for hosting suffixes, shorteners, free-mail domains and TLD profiles.
    """

    def __init__(self, resources: Resources) -> None:
        self._hosting_suffixes = resources.hosting_suffixes
        self._shorteners = resources.shorteners
        self._tld_profiles = resources.tld_profiles
        self._free_mail = frozenset(d for d in resources.free_mail if "*" not in d)
        wildcards = [re.escape(d).replace(r"\*", "[^.]*+") for d in resources.free_mail if "*" in d]
        self._free_mail_re = re.compile("|".join(wildcards) or r"(?!)")

    def parse(self, host_or_url: str, *, any_suffix: bool = False) -> Host | None:
        """Return the host of a URL, or the host itself; None if it cannot be one.

        A host is an IP address or has a known public suffix and a name before it. With
        ``any_suffix``, the last label stands for the suffix where none is known, and a single
        label is a name without one.
        """
        host = _host_text(host_or_url)
        if host is None:
            return None
        if _is_ip(host):
            return Host(host.strip("[]"), "", "", "", True)
        # Most words are no top-level domain: that is known at once, and nothing is cached.
        if not any_suffix and not self.is_top_level(host.rpartition(".")[2]):
            return None
        labels = host.split(".")
        # No browser opens 256.1.1.1.
        if labels[-1].isdigit() or not all(map(_LABEL_RE.fullmatch, labels)):
            return None
        suffix = self._hosting_suffix(host) or _registry_suffix(host)
        if suffix.startswith(_STATE) and host.removeprefix("www.") == suffix:
            suffix = suffix.partition(".")[2]
        if any_suffix and suffix in ("", host):
            suffix = host.rpartition(".")[2] if "." in host else ""
        subdomain, _, name = host.removesuffix(suffix).removesuffix(".").rpartition(".")
        if not any_suffix and (not suffix or not name or "_" in name):
            return None
        return Host(host, subdomain, name, suffix, False)

    def is_top_level(self, label: str) -> bool:
        """Whether a label in lower case can be the last one of a host."""
        return label in _top_levels()

    def is_shortener(self, host: Host) -> bool:
        """Whether the host, or a domain that it belongs to, shortens URLs."""
        return any(domain in self._shorteners for domain in _domains(host.text))

    def tld_class(self, host: Host, profile: str) -> TldClass:
        """Return the reputation of the effective top-level domain; "" for an IP address.

        A suffix under which the public gets names at once and for nothing (``web.app``) is
        suspicious, whatever its last label is, unless one of the two is listed as bad.
        """
        if host.is_ip:
            return ""
        tlds = self._tld_profiles[profile]
        domains = {host.suffix, host.suffix.rpartition(".")[2]}
        if domains & tlds.bad:
            return "bad"
        if domains & tlds.suspicious or host.suffix in self._hosting_suffixes:
            return "suspicious"
        return "normal"

    def is_free_mail(self, domain: str) -> bool:
        """Whether addresses at the domain are given to anyone, free of charge."""
        domain = domain.lower()
        return domain in self._free_mail or self._free_mail_re.fullmatch(domain) is not None

    def _hosting_suffix(self, host: str) -> str:
        suffix = next((d for d in _domains(host)[1:] if d in self._hosting_suffixes), "")
        # "www.blogspot.com" is the front door of the platform and nobody's blog.
        return "" if host == f"www.{suffix}" else suffix


def _host_text(host_or_url: str) -> str | None:
    authority = _AUTHORITY_RE.match(host_or_url.strip().replace("\\", "/"))
    host = authority[1].rpartition("@")[2] if authority else ""
    host = host.translate(_DOTS)
    if host.startswith("["):
        # Of an address with a zone ("fe80::1%eth0") no page is served, and a zone has no end.
        address = host[: _LONGEST_ADDRESS + 2].partition("]")[0].lower() + "]"
        return None if "%" in address else address
    host = host.partition(":")[0].removesuffix(".")
    # The length goes first: normalizing is quadratic in the marks of one letter.
    if not host or len(host) > _LONGEST_HOST:
        return None
    if not host.isascii():
        host = unicodedata.normalize("NFKC", host)
    return ".".join(map(_decode_label, host.lower().split(".")))


def _decode_label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    # The codec and not the strict IDNA rules: browsers open "xn--ls8h.la" too, an emoji.
    try:
        return label[4:].encode("ascii").decode("punycode").lower()
    except UnicodeError:
        return ""


def _is_ip(host: str) -> bool:
    if host == "localhost":
        # Reserved for the machine itself, as 127.0.0.1 is (RFC 6761).
        return True
    try:
        if host.startswith("["):
            IPv6Address(host[1:-1])
        elif host[-1:].isdigit():  # asked first: to be refused takes longer than all the rest
            IPv4Address(host)
        else:
            return False
    except AddressValueError:
        return False
    return True


def _domains(host: str) -> list[str]:
    """Return the host and the domains that it belongs to, the longest that can be listed first."""
    labels = host.split(".")
    first = max(0, len(labels) - _LONGEST_SUFFIX - 1)
    return [".".join(labels[i:]) for i in range(first, len(labels))]


@lru_cache(maxsize=4096)
def _registry_suffix(host: str) -> str:
    return _suffix_list()(host).suffix


@cache
def _top_levels() -> frozenset[str]:
    # From all suffixes, as below "za" or "ck" all of them have two labels.
    return frozenset(suffix.rpartition(".")[2] for suffix in _suffix_list().tlds)


@cache
def _suffix_list() -> "TLDExtract":
    # Imported at first need, it takes a third of a second. Without these arguments it would ask
    # the network and write a cache to the disk.
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None)
