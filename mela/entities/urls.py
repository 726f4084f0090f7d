"""URLs: with scheme, with ``www.``, as a bare host, and under the common disguises."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from mela.entities.span import Found, Stretch, claim
from mela.hosts import Host, HostParser
from mela.resources import Resources

_MOST_CANDIDATES: Final = 50
_MOST_LABELS: Final = 12

# Longer top-level domains are words or brands: "marisol.audi" is a person and a car.
_LONGEST_CODE: Final = 3
# Shorter names may be textese: "gr8.so", "hmmmm.is".
_COINED: Final = 9
_COINED_WITH_DIGIT: Final = 5

# Scripts that write no blanks between words: there a host ends where ASCII ends.
_UNSPACED: Final = "\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
# One label of a host in running text. Does not match "-x", "x-" nor "例え".
_LABEL: Final = rf"[^\W_{_UNSPACED}]++(?:[-_]++[^\W_{_UNSPACED}]++)*+"
# One label after a scheme, where emoji and all scripts are read as part of the host.
_LINK_LABEL: Final = r"[^\s\x00-,./:-@\[-^`{-\xa0«»\u2000-\u206f\u3000-\u303f]++"
# "x[.]com", "x (dot) com", "x{punto}com".
_BRACKET_DOT: Final = r"\s?[\[({]\s?(?:\.|dot|punto)\s?[\])}]\s?"
# The full stop of Chinese and Japanese is a dot between ASCII and ends a sentence elsewhere.
_WIDE_DOT: Final = r"(?<=[a-z0-9])。(?=[a-z0-9])"
_PORT: Final = r"(?::[0-9]{1,5}+(?!\w|[.,][0-9]))?+"
# Ends before a second URL that is glued on, but not before the one in "?next=http://x.com".
_TAIL: Final = (
    r"(?:(?:[/?#\\]|[\[({]slash[\])}])(?:(?!(?<=[^\W_])https?://)"
    rf"[^\s<>\"|`\x00“”«»\ufffd{_UNSPACED}])*+)?+"
)

# A dot that may belong to a host: glued on both sides, or bracketed, or before a word that is
# spelled out. Starts with the literal dot, which makes it cheap. Does not match "wait...what".
_GLUED_DOT_RE: Final = re.compile(
    r"\.(?:(?<=[^\W_]\.)[^\W_]|\s?[\])}]|\s?(?:com?|net|org)\b)", re.IGNORECASE
)
_SLASHES_RE: Final = re.compile(r"[:;/\\]\]?\s?[/\\]")

_ANY_DOT_RE: Final = re.compile(rf"{_BRACKET_DOT}|\s+(?:dot|punto)\s+|\s*[.。]\s*", re.IGNORECASE)
# "10", "10pm", "150ppm": an amount, and no name of a host.
_AMOUNT_RE: Final = re.compile(r"[0-9]++[a-z]{0,3}+")
_PLAIN_PATH_RE: Final = re.compile(r"/([^\W\d_]++)")
_GLUED_WORD_RE: Final = re.compile(r"(?<=\w)[.,!;]([A-Z][a-z]++)$")
# What makes a host the user or the domain of an e-mail address.
_USER_RE: Final = re.compile(r"[\w.+%-]{0,64}+@[^\W_]")
_BRACKET_AT_RE: Final = re.compile(r"[\[({]\s?(?:at|@|arroba)\s?[\])}]\s?$", re.IGNORECASE)
_LOOSE_AT_RE: Final = re.compile(r"(?:@\s?|\s(?:at|arroba)\s)$", re.IGNORECASE)
_BRACKETS: Final = {")": "(", "]": "[", "}": "{"}


class Url(NamedTuple):
    """A URL in the clean text, half open.

    ``is_bare`` is a host alone, without path, query and fragment. ``disguised`` says that no
    browser would read it as it stands: "hxxp", "dot com", "[.]", blanks around a dot.
    """

    start: int
    end: int
    host: Host
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
        self._words = resources.words
        self._textese = frozenset(resources.rewrites)
        self._strong = frozenset(roles["strong"])
        self._abbreviations = frozenset(roles["abbreviation"])
        self._extensions = frozenset(roles["extension"])
        strong = "|".join(sorted(roles["strong"], key=len, reverse=True))
        worded = "|".join(roles["worded"])
        spaced = "|".join(roles["spaced"])
        self._glued_tld_re = re.compile(
            rf"""
              (?:{strong})(?=[0-9A-Z{_UNSPACED}])      # netXJ7, uk18
            | (?:{strong.upper()})(?=[0-9a-z])         # COMcall
            """,
            re.VERBOSE,
        )
        self._link_re = re.compile(
            rf"""
            (?P<scheme>
                h{{1,2}}t{{1,3}}p{{1,2}}s? | ftp            # http, https, htp, hhttp
              | h(?:xx|\*\*)ps?                             # hxxp, h**p
            )
            (?P<slashes> [^\S\n]?\[?[:;]\]?[^\S\n]?[/\\][^\S\n]?[/\\]*+[^\S\n]?+ | // )
            (?: [^\s/?\#\\@<>()\[\]"']{{1,64}}+@ )?+         # user:password@
            (?P<host>
                (?: {_LINK_LABEL}\.[^\S\n] )?+               # "www. x.com": one label is no host
                {_LINK_LABEL}
                (?:
                    (?:\.|{_BRACKET_DOT}|{_WIDE_DOT}|[^\S\n]?\.[^\S\n]?(?=(?:{spaced})\b))
                    {_LINK_LABEL}
                )*+
            )
            (?P<port>{_PORT})(?P<tail>{_TAIL})
            """,
            re.VERBOSE | re.IGNORECASE,
        )
        # Glued on the left as well, "callwww.x.com", and with blanks around its dots: which
        # labels are the host's is for the suffix list to say.
        self._www_re = re.compile(
            rf"""
            (?P<host>
                (?: www | (?<!\w)wap )
                (?: (?:[^\S\n]?\.[^\S\n]?|{_BRACKET_DOT}) {_LABEL} ){{1,{_MOST_LABELS}}}+
            )
            (?P<port>{_PORT})(?P<tail>{_TAIL})
            """,
            re.VERBOSE | re.IGNORECASE,
        )
        # Does not match in "user@x.com", "#x.com", "$x.com", "/etc/x.com", "it's.com".
        self._bare_re = re.compile(
            rf"""
            (?<! [^\W{_UNSPACED}] ) (?<! [@\#$/\x00] ) (?<! [\w@\#$/\x00]\. )
            (?<! [\w-]- ) (?<! \w['\u2019] ) (?<! \w@\s )
            (?P<host>
                {_LABEL}
                (?:
                    (?: \.
                      | {_BRACKET_DOT}
                      | {_WIDE_DOT}
                      | \s++(?:dot|punto)\s++(?=(?:{worded})\b)
                      | (?<=www)\s++(?:dot|punto)\s++
                      | \s\.\s?+(?=(?:{spaced})\b)
                      | \.\s(?=(?-i:{spaced})\b)             # a capital begins a sentence
                    )
                    {_LABEL}
                )++
            )
            (?P<port>{_PORT})(?P<tail>{_TAIL})
            """,
            re.VERBOSE | re.IGNORECASE,
        )

    def find(self, text: str) -> list[Url]:
        """Return the URLs of a clean text, in order."""
        lowered = text.lower()
        urls: list[Url] = []
        if ("/" in text or "\\" in text) and _SLASHES_RE.search(text):
            text = self._scan(self._link_re, self._read_link, text, urls)
        if "www" in lowered or "wap" in lowered:
            text = self._scan(self._www_re, self._read, text, urls)
        is_worded = "dot" in lowered or "punto" in lowered or "。" in text
        if is_worded or "." in text:
            hint = None if is_worded else _GLUED_DOT_RE
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
        for _ in range(_MOST_CANDIDATES):
            start = end
            if hint is not None:
                dot = hint.search(text, end)
                if dot is None:
                    break
                start = max(end, text.rfind(" ", end, max(end, dot.start() - 1)))
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

    def _read_link(self, match: re.Match[str]) -> Url | None:
        scheme = match["scheme"].lower()
        is_plain = scheme in ("http", "https", "ftp") and match["slashes"] == "://"
        return self._read(match, disguised=not is_plain)

    def _read_bare(self, match: re.Match[str]) -> Url | None:
        before = match.string[max(0, match.start() - 12) : match.start()]
        if _USER_RE.match(match.string, match.end("host")) or _BRACKET_AT_RE.search(before):
            return None
        url = self._read(match, is_bare_word=True)
        # "ann at gmail dot com" is an address, "see us at spamsite dot com" and "at gmail.com" not.
        if url and (url.disguised or "@" in before) and _LOOSE_AT_RE.search(before):
            return None if self._hosts.is_free_mail(url.host.text) else url
        return url

    def _read(
        self, match: re.Match[str], *, disguised: bool = False, is_bare_word: bool = False
    ) -> Url | None:
        """Settle from right to left where the host ends; "x.com.Support me" ends at "com"."""
        labels, dots, ends = _split(match["host"])
        widest = self._before_sentence(labels, dots)
        for size in range(widest, max(0, widest - _MOST_LABELS), -1):
            host, cut = self._parse(labels[:size])
            is_whole = size == len(labels) and not cut
            if host is None or (host.is_ip and not is_whole):
                continue
            port = match["port"] if is_whole else ""
            tail = self._trim(match) if is_whole else ""
            last = labels[size - 1]
            if not (port or tail) and self._is_next_sentence(host, last):
                continue
            odd_dots = [dot for dot in dots[: size - 1] if dot != "."]
            is_spoken = any(dot.strip().lower() in (".", "dot", "punto") for dot in odd_dots)
            if is_bare_word and not (
                self._is_told(host, last, port, tail, is_spoken=is_spoken)
                or (odd_dots and not is_spoken)
            ):
                continue
            disguised = disguised or bool(odd_dots)
            end = match.start("host") + ends[size - 1] - cut + len(port) + len(tail)
            return Url(match.start(), end, host, tail in ("", "/"), disguised)
        return None

    def _parse(self, labels: list[str]) -> tuple[Host | None, int]:
        """Return the host of the labels, and how many characters are glued to its end."""
        host = self._hosts.parse(".".join(labels))
        cut = 0
        if host is None and (tld := self._glued_tld_re.match(labels[-1])):
            cut = len(labels[-1]) - len(tld[0])
            host = self._hosts.parse(".".join([*labels[:-1], tld[0]]))
            # Does not match "reduce.CO2": a short domain needs a second one before it.
            if host is not None and len(tld[0]) <= 2 and "." not in host.suffix:
                host = None
        if host is None or host.name in ("www", "wap"):
            return None, 0
        return host, cut

    def _before_sentence(self, labels: list[str], dots: list[str]) -> int:
        """Return how many labels stand before a full stop with a blank, "www.x.com. Reply"."""
        for size, dot in enumerate(dots[:_MOST_LABELS], start=1):
            if size > 1 and dot != "." and dot.strip() == ".":
                host, _ = self._parse(labels[:size])
                longer, _ = self._parse(labels[: size + 1])
                # "www.x.co. uk": the suffix goes on and the name stays.
                if host and not (longer and longer.name == host.name):
                    return size
        return len(labels)

    def _is_next_sentence(self, host: Host, last: str) -> bool:
        """Whether the last label is a word that a full stop glued on: "x.com.Support"."""
        return (
            host.name in self._strong
            and host.suffix not in self._strong
            and (last.istitle() or self._is_ordinary(last))
        )

    def _is_ordinary(self, word: str) -> bool:
        word = word.lower()
        return (
            len(word) == 1
            or word in self._words
            or word.removesuffix("s") in self._words
            or word in self._textese
        )

    def _is_told(  # noqa: PLR0911 - one return per kind of evidence
        self, host: Host, last: str, port: str, tail: str, *, is_spoken: bool
    ) -> bool:
        """Whether a host without scheme and "www." is more than two words and a full stop."""
        name = host.name
        if host.is_ip:
            return bool(port) or any(map(str.isalpha, tail))
        is_amount = _AMOUNT_RE.fullmatch(name) is not None
        is_word = is_amount or self._is_ordinary(name)
        if is_spoken and not host.subdomain:
            return not is_word
        labels = host.suffix.split(".")
        if self._strong.intersection(labels):
            return True
        ends_in_word = (
            last.istitle() or len(last) > _LONGEST_CODE or all(map(self._is_ordinary, labels))
        ) and "." not in host.suffix
        if port or tail:
            path = _PLAIN_PATH_RE.fullmatch(tail)
            is_choice = path is not None and self._is_ordinary(path[1])
            return not is_amount and not (is_word and ends_in_word and is_choice)
        if last.istitle() or last in self._extensions or last in self._abbreviations:
            return False
        if ends_in_word:
            return not is_word and _looks_coined(name)
        return not is_word or self._hosts.is_shortener(host)

    def _trim(self, match: re.Match[str]) -> str:
        """Return the path and query without the punctuation of the sentence around them."""
        tail = match["tail"]
        tail = tail[: _closing_bracket(tail, match.string[: match.start()])]
        glued = _GLUED_WORD_RE.search(tail)
        if glued and self._is_ordinary(glued[1]):
            tail = tail[: glued.start()]
        if tail.endswith(("'s", "\u2019s")):
            tail = tail[:-2]
        quotes = "" if tail.count("'") % 2 == 0 else "'"
        return tail.rstrip(".,;:!?*~\u2019…([{\\" + quotes)


def _looks_coined(name: str) -> bool:
    """Whether a name is none that speech, textese or a slip of the keys would give."""
    has_digit = any(map(str.isdigit, name))
    return "-" in name or len(name) >= _COINED or (has_digit and len(name) >= _COINED_WITH_DIGIT)


def _split(host: str) -> tuple[list[str], list[str], list[int]]:
    """Return the labels of a host, the dots between them and the ends of the labels."""
    labels, dots, ends = [], [], []
    start = 0
    for dot in _ANY_DOT_RE.finditer(host):
        labels.append(host[start : dot.start()])
        ends.append(dot.start())
        dots.append(dot[0])
        start = dot.end()
    return [*labels, host[start:]], dots, [*ends, len(host)]


def _closing_bracket(tail: str, before: str) -> int:
    """Return where a bracket closes that stands open before the URL, or ends the URL."""
    opened = []
    for place, character in enumerate(tail):
        if character in "([{":
            opened.append(character)
        elif (bracket := _BRACKETS.get(character)) is None:
            continue
        elif opened and opened[-1] == bracket:
            opened.pop()
        elif before.count(bracket) > before.count(character) or not tail[place:].strip(")]}.,;:!?"):
            return place
    return len(tail)
