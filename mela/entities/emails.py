"""E-mail addresses, also those that are spelled out to hide from programs."""

import re
from typing import Final, NamedTuple

from mela.hosts.parser import HostParser
from mela.text.late import late
from mela.text.reading import Reading

_MOST_CANDIDATES: Final = 50
_MOST_LABELS: Final = 8

# Scripts that write no blanks between words, and letters that no address holds.
_LETTER: Final = r"a-z0-9_\u00c0-\u024f\u0370-\u052f"
_DOT: Final = r"(?:\.|\s?[\[({]\s?(?:\.|dot|punto)\s?[\])}]\s?)"
_WORD_DOT: Final = r"\s++(?:dot|punto)\s++"
# "gmail . com", "gmail. com"; after "x.com. " a sentence begins.
_LOOSE_DOT: Final = r"(?<!\.com)(?<!\.net)(?<!\.org)\s?\.\s?(?=(?:com|net|org)\b)"
_HOST: Final = rf"[^\W_][\w-]*+ (?: (?:{_DOT}|{_WORD_DOT}|{_LOOSE_DOT}) [^\W_][\w-]*+ )++"
# "john dot smith at", "kofi underscore 7 (at)": a joint needs another one or an "at" behind it.
_JOINT: Final = r"(?:dot|punto|dash|hyphen|underscore|gui[oó]n(?:\sbajo)?)"
_WORD_JOINT: Final = (
    rf"\s++{_JOINT}\s++(?=[{_LETTER}]++(?:\s++(?:at|arroba|{_JOINT})\s|\s?[\[({{]))"
)

# The scheme "mailto:" is part of the span, as that of a URL is: a reader sees one thing to tap.
# "at" alone is a word, so that it needs a "dot" spelled out as well. Does not match ".ann@x.com"
# nor "a..n@x.com", which no mail server takes; "mail us...ann@x.com" is prose.
_EMAIL_RE: Final = late(
    rf"""
    (?<! [{_LETTER}%+@-] ) (?<! (?<!\.\.)\. ) (?<! [{_LETTER}]['&] ) (?<! [{_LETTER}][.+%'&-]['&] )
    (?P<scheme> mailto: )?+
    (?! [0-9]{{1,4}}@ )                                  # "250@sq.mt", for each
    [{_LETTER}]++ (?: (?: [.+%'&-]{{1,2}}+ (?<!\.\.) | {_DOT} | {_WORD_JOINT} ) [{_LETTER}]++ )*+
    (?:
        (?: @ | \s?[\[({{]\s?(?:at|@|arroba)\s?[\])}}]\s? )
        (?P<host> {_HOST} )
      | @ (?P<ip> \[[0-9.]{{7,15}}\] )
      | (?: \s++(?:at|arroba)\s++ (?=\S++{_WORD_DOT}) | \s@\s?+ | @\s )
        (?P<told> {_HOST} )
      | (?(scheme) @ (?P<machine> [a-z0-9-]++ ) | (?!) )  # "mailto:ann@office", said to be one
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ANY_DOT_RE: Final = late(rf"{_WORD_DOT}|\s?\.\s?|{_DOT}", re.IGNORECASE)
# "comCall", "net2nd": what is glued to a domain in lower case.
_GLUED_RE: Final = late(r"[a-z]{2,}+(?=[A-Z0-9])")


class Email(NamedTuple):
    """An e-mail address in the clean text, half open; the domain is in lower case."""

    start: int
    end: int
    domain: str


class EmailFinder:
    """Finds e-mail addresses.

    Parameters
    ----------
    hosts
        Tells domains from other things with dots, and free-mail domains from others.
    """

    def __init__(self, hosts: HostParser) -> None:
        self._hosts = hosts

    def find(self, reading: Reading) -> list[Email]:
        """Return the e-mail addresses of a clean text, in order."""
        text = reading.text
        if "@" not in text:
            lowered = reading.folded
            if not ("at" in lowered or "arroba" in lowered):
                return []
            if not ("dot" in lowered or "punto" in lowered or "at)" in lowered or "at]" in lowered):
                return []
        emails = []
        end = 0
        for _ in range(_MOST_CANDIDATES):
            match = _EMAIL_RE.search(text, end)
            if match is None:
                break
            email = self._read(match)
            if email is not None:
                emails.append(email)
            end = match.end() if email is None else email.end
        return emails

    def _read(self, match: re.Match[str]) -> Email | None:
        """Settle from right to left where the domain ends: "ann@x.com.Call" ends at "com"."""
        if match["machine"]:
            return Email(*match.span(), match["machine"].lower())
        if match["ip"]:
            host = self._hosts.parse(match["ip"].strip("[]"))
            return Email(*match.span(), host.text) if host and host.is_ip else None
        group = "host" if match["host"] else "told"
        labels, ends = _split(match[group])
        for size in range(len(labels), max(1, len(labels) - _MOST_LABELS), -1):
            domain, cut = self._parse(labels[:size])
            shorter, _ = self._parse(labels[: size - 1])
            if not domain or (labels[size - 1].istitle() and shorter):
                continue
            if self._hosts.is_free_mail(shorter) and not self._hosts.is_free_mail(domain):
                # "ann@gmail.com.my number is": there is no "gmail.com.my".
                continue
            if group == "told" and not self._hosts.is_free_mail(domain):
                return None
            return Email(match.start(), match.start(group) + ends[size - 1] - cut, domain)
        return None

    def _parse(self, labels: list[str]) -> tuple[str, int]:
        """Return the domain, and how many characters are glued to its end."""
        glued = _GLUED_RE.match(labels[-1])
        for last in (labels[-1], glued[0]) if glued else labels[-1:]:
            host = self._hosts.parse(".".join([*labels[:-1], last]))
            if host is not None and not host.is_ip:
                return host.text, len(labels[-1]) - len(last)
        return "", 0


def _split(domain: str) -> tuple[list[str], list[int]]:
    """Return the labels of a domain and where they end."""
    labels, ends = [], []
    start = 0
    for dot in _ANY_DOT_RE.finditer(domain):
        labels.append(domain[start : dot.start()])
        ends.append(dot.start())
        start = dot.end()
    return [*labels, domain[start:]], [*ends, len(domain)]
