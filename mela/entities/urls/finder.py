"""Find the URLs of a text: scan for each way to write one, settle its end, weigh it as prose."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from mela.entities.urls.grammar import (
    SLASHES_RE,
    SPELLED_PATH_RE,
    WIDE_DOTS,
    app_pattern,
    bare_pattern,
    dot_pattern,
    link_pattern,
    www_pattern,
)
from mela.entities.urls.host_end import HostEnds
from mela.entities.urls.labels import decimal_address, split
from mela.entities.urls.prose import SPELLED_DOTS, BareHost, Prose
from mela.entities.urls.speech import Speech
from mela.entities.urls.tail import trim, trim_command
from mela.hosts.parser import Host, HostParser
from mela.resources import Resources
from mela.text.late import late
from mela.text.reading import Reading
from mela.text.span import Found, Stretch, claim
from mela.text.words import tokens

_MOST_CANDIDATES: Final = 50

_NO_PATH: Final = ("", "/", "[/]", "(/)", "{/}")

# A word glued to a full stop. Does not match what may be glued to a top-level domain ("x.comcall",
# "x.COMcall"), one letter of "x.c o m", nor a word with which a host may go on: "x.co-op".
_SENTENCE_RE: Final = late(
    r"\.((?!com|net|org)[a-z]{2,}+|[A-Z][a-z]++|[A-Z]{2,}+)(?=[\s!?'\")]|,(?!\w)|\Z)"
)
# What makes a host the user or the domain of an e-mail address.
_USER_RE: Final = late(r"[\w.+%-]{0,64}+@[^\W_]")
_BRACKET_AT_RE: Final = late(r"[\[({]\s?(?:at|@|arroba)\s?[\])}]\s?$", re.IGNORECASE)
_LOOSE_AT_RE: Final = late(r"(?:@\s?|\s(?:at|arroba)\s)$", re.IGNORECASE)
_VERSION_RE: Final = late(
    r"(?<![^\W\d_])(?:build|firmware|release|section|v|ver|version)[.:]?\s?$", re.IGNORECASE
)


class Url(NamedTuple):
    """A URL in the clean text, half open.

    ``host`` is None where an app is opened and no page: "tg://resolve?domain=x". ``is_bare`` is a
    host alone, without path, query and fragment. ``disguised`` says that no browser would read it
    as it stands: "hxxp", "dot com", "[.]", blanks around a dot.
    """

    start: int
    end: int
    host: Host | None
    is_bare: bool
    disguised: bool


class UrlFinder:
    """Finds what one can type or tap to open a page.

    Parameters
    ----------
    resources
        Read for ordinary words and for the roles of top-level domains.
    hosts
        Tells hosts from other things with dots.
    """

    def __init__(self, resources: Resources, hosts: HostParser) -> None:
        roles = resources.tld_roles
        self._hosts = hosts
        self._speech = Speech(resources)
        self._ends = HostEnds(roles, hosts, self._speech)
        self._prose = Prose(roles, hosts, self._speech)
        # A word of each scheme: "itms" of "itms-apps".
        self._app_words = frozenset(tokens(scheme)[0] for scheme in roles["scheme"])
        self._app_re = app_pattern(roles)
        self._link_re = link_pattern(roles)
        self._www_re = www_pattern(roles)
        self._bare_re = bare_pattern(roles)
        self._dot_re = dot_pattern(roles)

    def find(self, reading: Reading) -> list[Url]:
        """Return the URLs of a clean text, in order."""
        text = reading.text
        lowered = reading.folded
        urls: list[Url] = []
        if ("/" in text or "\\" in text) and SLASHES_RE.search(text):
            if "://" in text and reading.holds(self._app_words):
                text = self._scan(self._app_re, self._read_app, text, urls)
            text = self._scan(self._link_re, self._read_link, text, urls)
        if "www" in lowered or "wap" in lowered or "w w w" in lowered:
            text = self._scan(self._www_re, self._read, text, urls)
        is_worded = "dot" in lowered or "punto" in lowered or "d0t" in lowered or ",co" in lowered
        if not text.isascii():
            is_worded = is_worded or any(dot in text for dot in WIDE_DOTS)
        if is_worded or "." in text:
            hint = None if is_worded else self._dot_re
            self._scan(self._bare_re, self._read_bare, text, urls, hint)
        return sorted(urls) if len(urls) > 1 else urls

    def _scan(
        self,
        pattern: re.Pattern[str],
        read: Callable[[re.Match[str]], Url | None],
        text: str,
        urls: list[Url],
        hint: re.Pattern[str] | None = None,
    ) -> str:
        """Add the URLs of one pattern and return the text without them.

        A candidate holds a match of the hint and begins after a blank; so most text is skipped.
        """
        seen: list[Stretch] = []
        end = 0
        hints = hint.finditer(text) if hint else ()
        dots = (dot for dot in hints if not self._parts_sentences(dot))
        dot = None
        for _ in range(_MOST_CANDIDATES):
            start = end
            if hint:
                if dot is None or dot.start() < end:
                    dot = next((dot for dot in dots if dot.start() >= end), None)
                if dot is None:
                    break
                label_end = dot.start()
                while label_end > end and text[label_end - 1] in " [({;":
                    label_end -= 1
                start = max(end, text.rfind(" ", end, label_end))
            match = pattern.search(text, start)
            if match is None:
                break
            url = read(match)
            if url is None:
                # Masked too: what follows a scheme and is no host is no bare host either.
                seen.append(Found(match.start(), match.end("host")))
            else:
                seen.append(url)
                urls.append(url)
            end = seen[-1].end
        return claim(text, seen) if seen else text

    def _parts_sentences(self, dot: re.Match[str]) -> bool:
        """Whether a word stands behind a dot that is no top-level domain: "see you.reply me"."""
        word = _SENTENCE_RE.match(dot.string, dot.start())
        return word is not None and not self._hosts.is_top_level(word[1].lower())

    def _read_app(self, match: re.Match[str]) -> Url:
        tail = trim_command(match)
        written = match["host"] if match["port"] or tail else match["host"].rstrip(".!*~")
        end = match.start("host") + len(written) + len(match["port"]) + len(tail)
        host = self._hosts.parse(written)
        return Url(match.start(), end, host, host is not None and tail in _NO_PATH, False)

    def _read_link(self, match: re.Match[str]) -> Url | None:
        scheme = match["scheme"].lower()
        is_plain = scheme in ("http", "https", "ftp") and match["slashes"] == "://"
        url = self._read(match, disguised=not is_plain)
        return self._read_unlisted(match) if url is None and is_plain else url

    def _read_unlisted(self, match: re.Match[str]) -> Url | None:
        """Take any host that scheme and path tell: "http://intranet/pay", "http://2130706433/"."""
        tail = trim(match, self._speech)
        written = match["host"]
        number = decimal_address(written)
        host = self._hosts.parse(number or written, any_suffix=True)
        if not tail or host is None or host.name in ("www", "wap"):
            return None
        end = match.end("port") + len(tail)
        return Url(match.start(), end, host, tail == "/", number is not None)

    def _read_bare(self, match: re.Match[str]) -> Url | None:
        before = match.string[max(0, match.start() - 12) : match.start()]
        if _USER_RE.match(match.string, match.end("host")) or _BRACKET_AT_RE.search(before):
            return None
        # "@x.com" is a user, "visit @x.com" is not.
        if before.endswith("@") and not self._prose.is_announced(match.string, match.start()):
            return None
        url = self._read(match, may_be_prose=True)
        if url is None or url.host is None:
            return None
        if url.host.is_ip and url.is_bare and _VERSION_RE.search(before):
            return None
        # "ann at gmail dot com" is an address, "see us at spamsite dot com" and "at gmail.com" not.
        if (url.disguised or "@" in before) and _LOOSE_AT_RE.search(before):
            return None if self._hosts.is_free_mail(url.host.text) else url
        return url

    def _read(
        self, match: re.Match[str], *, disguised: bool = False, may_be_prose: bool = False
    ) -> Url | None:
        """Return the URL of the widest host that is one."""
        written = split(match["host"])
        for host, size, cut, is_whole in self._ends.find(written):
            port = match["port"] if is_whole else ""
            tail = trim(match, self._speech) if is_whole else ""
            labels = written.labels[:size]
            if not (port or tail) and self._ends.is_next_sentence(labels, host):
                continue
            last = labels[-1][: len(labels[-1]) - cut]
            odd_dots = written.odd_dots(size)
            if is_whole and not tail and any(dot in SPELLED_DOTS for dot in odd_dots):
                path = SPELLED_PATH_RE.match(match.string, match.end())
                tail = path[0] if path else ""
            start, host_end = match.start(), written.ends[size - 1]
            end = match.start("host") + host_end - cut + len(port) + len(tail)
            if may_be_prose and not self._prose.is_host(
                BareHost(host, last, odd_dots, port, tail, match.string, start, end)
            ):
                continue
            is_odd = " " in tail or any(sign in match["host"][:host_end] for sign in " %")
            disguised = disguised or bool(odd_dots) or is_odd
            return Url(start, end, host, tail in _NO_PATH, disguised)
        return None
