"""URLs: with scheme, with ``www.``, as a bare host, and under the common disguises."""

import re
from collections.abc import Callable
from ipaddress import IPv4Address
from itertools import islice
from typing import Final, NamedTuple
from urllib.parse import unquote

from mela.hosts.parser import Host, HostParser
from mela.resources import Resources
from mela.text.late import late
from mela.text.memo import LONGEST_WORD
from mela.text.reading import Reading
from mela.text.span import Found, Stretch, claim

_MOST_CANDIDATES: Final = 50
_MOST_LABELS: Final = 12
# With more, the host is too long to be one, whichever of its last labels go.
_MOST_DOTS: Final = 200
# What follows is no part of the URL; a tail is read again for each of many candidates before it.
_LONGEST_TAIL: Final = 2000
_LAST_ADDRESS: Final = 2**32 - 1
_DECIMAL_RE: Final = late(r"[1-9][0-9]{7,9}")

# Longer top-level domains are words or brands: "marisol.audi" is a person and a car.
_LONGEST_CODE: Final = 3
# Shorter names may be textese: "gr8.so", "hmmmm.is".
_COINED: Final = 9
_COINED_WITH_DIGIT: Final = 5

# Scripts that write no blanks between words: there a host ends where ASCII ends.
_UNSPACED: Final = "\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
# One label of a host in running text. Does not match "-x", "x-" nor "例え".
_LABEL: Final = rf"[^\W_{_UNSPACED}]++(?:[-_]++[^\W_{_UNSPACED}]++)*+"
# One label after a scheme, where emoji and all scripts are read as part of the host, and letters,
# digits, hyphens and dots in percent-encoding: "%65vil".
_LINK_LABEL: Final = (
    r"(?:[^\s\x00-,./:-@\[-^`{-\xa0«»\u2000-\u206f\u3000-\u303f\ufffd]"
    r"|%(?:2[de]|3[0-9]|[46][1-9a-f]|[57][0-9a]))++"
)
# "[2001:db8::1]", an address of IPv6.
_ADDRESS: Final = r"\[[0-9a-f]{0,4}+:[0-9a-f:.]{1,40}+\]"
_DOT_WORD: Final = "(?:d[o0]t|punto)"
# "x[.]com", "x (dot) com", "x{punto}com", "x (d0t) com".
_BRACKET_DOT: Final = rf"\s?[\[({{]\s?(?:\.|{_DOT_WORD})\s?[\])}}]\s?"
# The full stop of Chinese and Japanese, their word for a dot, and dots at half height are dots
# between ASCII and something else elsewhere; bullets before a top-level domain that may be said.
_WIDE_DOTS: Final = "。点·•●\u2027"
_WIDE_DOT: Final = r"(?<=[a-z0-9])[。点·](?=[a-z0-9])"
# "www,x,com", "x,co,uk": a slip of the finger, or a filter dodged.
_COMMA: Final = (
    r"(?:(?<=www),(?=[a-z0-9])|(?<=[a-z0-9]),(?=com\b|co,[a-z]{2}\b)|(?<=,co),(?=[a-z]{2}\b))"
)
# In Catalan "·" stands in words, "novel·la": a host with it needs what one with blanks needs.
_LOOSE_DOTS: Final = str.maketrans(dict.fromkeys("点·•●\u2027,", ".") | dict.fromkeys("; "))
_PORT: Final = r"(?::[0-9]{1,5}+(?!\w|[.,][0-9]))?+"
# Ends before a second URL that is glued on, but not before the one in "?next=http://x.com".
_TAIL: Final = (
    r"(?:(?:[/?#\\]|[\[({](?:slash|/)[\])}])"
    rf"(?:[^hH\s<>\"|`\x00“”«»\ufffd{_UNSPACED}\U0001f000-\U0001faff]"
    rf"|h(?!(?<=[^\W_]h)ttps?://)){{0,{_LONGEST_TAIL}}}+)?+"
)
# What a sentence puts behind a path: its punctuation, "bit.ly/3xYz✅".
_SENTENCE_SIGNS: Final = ".,;:!?*~\u2019…([{\\" + "".join(
    map(chr, [*range(0x2190, 0x2200), *range(0x2600, 0x27C0), *range(0x2B00, 0x2C00), 0xFE0F])
)

# What a top-level domain never holds: "http://x.com✅Claim".
_SIGN_RE: Final = late(r"[^\w-]")

_NO_PATH: Final = ("", "/", "[/]", "(/)", "{/}")
_SLASHES_RE: Final = late(r"[:;/\\]\]?\s?[/\\]")

# Between the words of a host that is spelled out: "pay dash toll dot com".
_JOINT: Final = r"(?:dot|punto|dash|hyphen|gui[oó]n|slash)"
_DASH_RE: Final = late(r"\s+(?:dash|hyphen|gui[oó]n)\s+", re.IGNORECASE)
_SPELLED: Final = ("dot", "punto")
_SPELLED_PATH_RE: Final = late(r"(?:\sslash\s[\w-]++)++", re.IGNORECASE)
_ANY_DOT_RE: Final = late(
    rf"{_BRACKET_DOT}|\s+{_DOT_WORD}\s+|(?:;\s?|\s*)\.\s*|[{_WIDE_DOTS},]", re.IGNORECASE
)
# "10", "10pm", "150ppm", "18mths": an amount, and no name of a host.
_AMOUNT_RE: Final = late(r"[0-9]++(?:(?:day|hour|month|mth|week|year)s?|[a-z]{0,3}+)")
_PLAIN_PATH_RE: Final = late(r"/([^\W\d_]++)")
_GLUED_WORD_RE: Final = late(r"(?<=\w)(?:[.!](?=[A-Z])|[,;])([A-Za-z][a-z]++)$")
# One of several: "bit.ly, x.academy and y.is". Does not match "we left.so, it is over".
_LISTED_RE: Final = late(
    r"(?:\w\.[a-z]{2,}|\x00)(?:/\S*)?(?:,\s?|,?\s(?:and|or|y|o|&)\s)$", re.IGNORECASE
)
_LIST_GOES_ON_RE: Final = late(r"[,;)]|\s(?:and|or|y|o|&)\s|\.*\s*$", re.IGNORECASE)
# A word glued to a full stop. Does not match what may be glued to a top-level domain ("x.comcall",
# "x.COMcall"), one letter of "x.c o m", nor a word with which a host may go on: "x.co-op".
_SENTENCE_RE: Final = late(
    r"\.((?!com|net|org)[a-z]{2,}+|[A-Z][a-z]++|[A-Z]{2,}+)(?=[\s!?'\")]|,(?!\w)|\Z)"
)
_NEXT_WORD_RE: Final = late(r"\s([^\W\d_]++)")
# What makes a host the user or the domain of an e-mail address.
_USER_RE: Final = late(r"[\w.+%-]{0,64}+@[^\W_]")
_BRACKET_AT_RE: Final = late(r"[\[({]\s?(?:at|@|arroba)\s?[\])}]\s?$", re.IGNORECASE)
_VERSION_RE: Final = late(
    r"(?<![^\W\d_])(?:build|firmware|release|section|v|ver|version)[.:]?\s?$", re.IGNORECASE
)
_LOOSE_AT_RE: Final = late(r"(?:@\s?|\s(?:at|arroba)\s)$", re.IGNORECASE)
_BRACKETS: Final = {")": "(", "]": "[", "}": "{"}
_BRACKET_RE: Final = late(r"[()\[\]{}]")


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
        self._unnamed = frozenset(roles["unnamed"])
        self._dotcom = frozenset(roles["dotcom"])
        strong = "|".join(sorted(roles["strong"], key=len, reverse=True))
        worded = "|".join(roles["worded"])
        spaced = "|".join(roles["spaced"])
        apart = "|".join(roles["apart"])
        # "c o m", and not "c o", which two words shorten.
        letters = "|".join(r"\x20".join(tld) for tld in roles["spaced"] if len(tld) > len("co"))
        # A dot that may belong to a host: glued on both sides, or bracketed, or before a top-level
        # domain. Starts with the literal dot, which makes it cheap. Not the dots of "wait...what".
        self._dot_re = late(
            (
                rf"\.(?:(?<=[^\W_]\.)[^\W_]|\s?[\])}}]|\s?(?:{spaced}|{letters})\b"
                rf"|(?<=\s\.)\s?(?:{apart})\b)"
            ),
            re.IGNORECASE,
        )
        self._glued_tld_re = late(
            rf"""
              (?:{strong})(?=[0-9A-Z{_UNSPACED}])      # netXJ7, uk18
            | (?:{strong.upper()})(?=[0-9a-z])         # COMcall
            """,
            re.VERBOSE,
        )
        said = rf"[^\S\n]++{_DOT_WORD}[^\S\n]++"
        self._link_re = late(
            rf"""
            (?P<scheme>
                h{{1,2}}t{{1,3}}p{{1,2}}s? | s?ftps?        # http, https, htp, hhttp
              | (?<![a-z]) t{{1,2}}ps?                      # ttps, of which the h was not copied
              | (?<![a-z]) (?: (?:svn\+)?ssh | svn | git )
              | h(?:xx|\*\*)ps?                             # hxxp, h**p
              | (?<!\w) h\x20t\x20t\x20p (?:\x20?s)?
            )
            (?P<slashes> [^\S\n]?\[?[:;]\]?[^\S\n]?[/\\][^\S\n]?[/\\]*+[^\S\n]?+ | // )
            (?: [^\s/?\#\\@<>()\[\]"']{{1,64}}+@ )?+         # user:password@
            (?P<host>
                {_ADDRESS}
              | (?: {_LINK_LABEL}\.[^\S\n] )?+               # "www. x.com": one label is no host
                {_LINK_LABEL}
                (?:
                    (?:\.|{_BRACKET_DOT}|{_WIDE_DOT}|[^\S\n]?\.[^\S\n]?(?=(?:{spaced})\b)
                      | [^\S\n]\.[^\S\n]?(?=(?:{apart})\b)
                      | {said} (?= (?:{_LABEL}{said}){{0,{_MOST_LABELS}}}+ (?:{worded})\b ))
                    {_LINK_LABEL}
                )*+
            )
            (?P<port>{_PORT})(?P<tail>{_TAIL})
            """,
            re.VERBOSE | re.IGNORECASE,
        )
        # Glued on the left as well, "callwww.x.com", and with blanks around its dots and between
        # its letters: which labels are the host's is for the suffix list to say.
        self._www_re = late(
            rf"""
            (?P<host>
                (?: www | (?<!\w)(?:wap|w\x20w\x20w) )
                (?:
                    (?:[^\S\n]?\.[^\S\n]?|{_BRACKET_DOT}|{_COMMA})
                    (?: (?:{letters})\b | {_LABEL} )
                ){{1,{_MOST_LABELS}}}+
            )
            (?P<port>{_PORT})(?P<tail>{_TAIL})
            """,
            re.VERBOSE | re.IGNORECASE,
        )
        # Does not match in "user@x.com", "#x.com", "$x.com", "/etc/x.com", "tmp\x.com", "it's.com".
        self._bare_re = late(
            rf"""
            (?<! [^\W{_UNSPACED}] ) (?<! [@\#$/\x00] ) (?<! \w\\ ) (?<! [\w@\#$/\x00]\. )
            (?<! [\w-]- ) (?<! \w['\u2019] ) (?<! \w@\s ) (?<! @\[ )
            (?P<host>
                {_LABEL}
                (?:
                    (?:;\s?|\s)?\.\s? (?: {letters} ) \b
                  | (?: \.
                      | {_BRACKET_DOT}
                      | {_WIDE_DOT}
                      | {_COMMA}
                      | (?<=[a-z0-9])[\u2027•●](?=(?:{worded})\b)  # parts syllables elsewhere
                      | \s++{_DOT_WORD}\s++(?=(?:{worded})\b
                          | [a-z]{{2,3}}/[^\W\d_]{{0,30}}+[\d_-] )  # bit dot ly/x8, not dot is/was
                      | (?<=www)\s++{_DOT_WORD}\s++
                      | \s++(?!slash){_JOINT}\s++(?=[a-z0-9]++\s++{_JOINT}\s)
                      | \s\.\s?+(?=(?:{spaced}|(?-i:{apart}|{apart.upper()}))\b)
                      | \.\s(?=(?-i:{spaced})\b)             # a capital begins a sentence
                      | (?<=\bco)\s?\.\s?(?=(?:uk|za|nz)\b)  # x . co . uk
                      | ;\s?\.\s?(?=(?:{spaced})\b)
                    )
                    {_LABEL}
                )++
            )
            (?P<port>{_PORT})(?P<tail>{_TAIL})
            """,
            re.VERBOSE | re.IGNORECASE,
        )

    def find(self, reading: Reading) -> list[Url]:
        """Return the URLs of a clean text, in order."""
        text = reading.text
        lowered = reading.folded
        urls: list[Url] = []
        if ("/" in text or "\\" in text) and _SLASHES_RE.search(text):
            text = self._scan(self._link_re, self._read_link, text, urls)
        if "www" in lowered or "wap" in lowered or "w w w" in lowered:
            text = self._scan(self._www_re, self._read, text, urls)
        is_worded = "dot" in lowered or "punto" in lowered or "d0t" in lowered or ",co" in lowered
        if not text.isascii():
            is_worded = is_worded or any(dot in text for dot in _WIDE_DOTS)
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

    def _read_link(self, match: re.Match[str]) -> Url | None:
        scheme = match["scheme"].lower()
        is_plain = scheme in ("http", "https", "ftp") and match["slashes"] == "://"
        url = self._read(match, disguised=not is_plain)
        return self._read_unlisted(match) if url is None and is_plain else url

    def _read_unlisted(self, match: re.Match[str]) -> Url | None:
        """Take any host that scheme and path tell: "http://intranet/pay", "http://2130706433/"."""
        tail = self._trim(match)
        written = match["host"]
        number = _decimal_address(written)
        host = self._hosts.parse(number or written, any_suffix=True)
        if not tail or host is None or host.name in ("www", "wap"):
            return None
        end = match.end("port") + len(tail)
        return Url(match.start(), end, host, tail == "/", number is not None)

    def _read_bare(self, match: re.Match[str]) -> Url | None:
        before = match.string[max(0, match.start() - 12) : match.start()]
        if _USER_RE.match(match.string, match.end("host")) or _BRACKET_AT_RE.search(before):
            return None
        url = self._read(match, is_bare_word=True)
        if url and url.host.is_ip and url.is_bare and _VERSION_RE.search(before):
            return None
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
            odd_dots = [
                dot.translate(_LOOSE_DOTS).strip().lower() for dot in dots[: size - 1] if dot != "."
            ]
            if is_whole and not tail and any(dot in _SPELLED for dot in odd_dots):
                path = _SPELLED_PATH_RE.match(match.string, match.end())
                tail = path[0] if path else ""
            end = match.start("host") + ends[size - 1] - cut + len(port) + len(tail)
            if is_bare_word and not (
                self._is_told_apart(host, odd_dots, port + tail, match.string[end : end + 16])
                if odd_dots
                else self._is_told(host, last, port, tail)
                or self._is_listed(host, last, match.string, match.start(), end)
            ):
                continue
            has_odd_label = any(sign in match["host"][: ends[size - 1]] for sign in " %")
            disguised = disguised or bool(odd_dots) or has_odd_label
            return Url(match.start(), end, host, tail in _NO_PATH, disguised)
        return None

    def _parse(self, labels: list[str]) -> tuple[Host | None, int]:
        """Return the host of the labels, and how many characters are glued to its end."""
        host = self._hosts.parse(".".join(labels))
        cut = 0
        if host is None and (sign := _SIGN_RE.search(labels[-1], 1)):
            cut = len(labels[-1]) - sign.start()
            host = self._hosts.parse(".".join(labels)[:-cut])
        elif host is None and (tld := self._glued_tld(labels)):
            cut = len(labels[-1]) - len(tld)
            host = self._hosts.parse(".".join([*labels[:-1], tld]))
            # Does not match "reduce.CO2": a short domain needs a second one before it.
            if host is not None and len(tld) <= 2 and "." not in host.suffix:
                host = None
        if host is None or host.name in ("www", "wap"):
            return None, 0
        return host, cut

    def _glued_tld(self, labels: list[str]) -> str:
        """Return the top-level domain to which a word is glued: "uk18", "COMcall", "comcall"."""
        name, last = labels[-2] if len(labels) > 1 else "", labels[-1]
        if tld := self._glued_tld_re.match(last):
            return tld[0]
        word = last[3:]
        is_glued = (
            last.startswith(("com", "net", "org"))
            and len(word) > 3
            and word in self._words
            # Does not match "the.compost", "ravi.command", "500.nethome".
            and last not in self._words
            and name.isascii()
            and not self._is_word(name)
        )
        return last[:3] if is_glued else ""

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

    def _is_strong(self, host: Host) -> bool:
        return not self._strong.isdisjoint(host.suffix.split("."))

    def _is_told_apart(self, host: Host, dots: list[str], rest: str, after: str) -> bool:
        """Whether labels with other things than a dot between them are the parts of a host.

        "x[.]com" always is; of the others, the plainer the name, the more it takes.
        """
        is_spelled = any(dot in _SPELLED for dot in dots)
        if rest or host.subdomain or not (is_spelled or "." in dots):
            return True
        if not is_spelled:  # "x . com"
            if self._is_strong(host):
                return not self._is_word(host.name)
            return _AMOUNT_RE.fullmatch(host.name) is None and _has_sign(host.name)
        if not self._is_strong(host):  # "x dot us"
            return not self._is_ordinary(host.name)
        following = _NEXT_WORD_RE.match(after)
        is_noun = following is not None and following[1].lower() in self._dotcom
        return not (is_noun or host.name in self._unnamed)

    def _is_listed(self, host: Host, last: str, text: str, start: int, end: int) -> bool:
        """Whether a host stands among others or is all that is said, so that any word names it."""
        if host.is_ip or last in self._extensions or _AMOUNT_RE.fullmatch(host.name):
            return False
        if not (text[:start].strip() or text[end:].strip()):
            return not (last.istitle() or self._is_ordinary(last))
        return (
            last.islower()
            and _LIST_GOES_ON_RE.match(text, end) is not None
            and _LISTED_RE.search(text[max(0, start - 32) : start]) is not None
        )

    def _is_word(self, name: str) -> bool:
        return _AMOUNT_RE.fullmatch(name) is not None or self._is_ordinary(name)

    def _is_told(self, host: Host, last: str, port: str, tail: str) -> bool:
        """Whether a host without scheme and "www." is more than two words and a full stop."""
        name = host.name
        if host.is_ip:
            # "1.2.3.4" is a section or a version.
            return bool(port) or any(map(str.isalpha, tail)) or len(host.text) > len("1.2.3.4")
        if self._is_strong(host) or "-" in host.subdomain:
            return True
        is_amount = _AMOUNT_RE.fullmatch(name) is not None
        is_word = is_amount or self._is_ordinary(name)
        labels = host.suffix.split(".")
        ends_in_word = (
            last.istitle() or len(last) > _LONGEST_CODE or all(map(self._is_ordinary, labels))
        ) and "." not in host.suffix
        if port or tail:
            path = _PLAIN_PATH_RE.fullmatch(tail)
            is_choice = path is not None and self._is_ordinary(path[1])
            is_two_words = is_word and ends_in_word and is_choice
            return not is_amount and (not is_two_words or self._hosts.is_shortener(host))
        if last.istitle() or last in self._extensions or last in self._abbreviations:
            return False
        if ends_in_word:
            return not is_word and _looks_coined(name)
        # Two letters in a row of others are textese: "gud nyt.sd.tc".
        is_textese = len(name) <= 2 and host.subdomain != ""
        return not (is_word or is_textese) or self._hosts.is_shortener(host)

    def _trim(self, match: re.Match[str]) -> str:
        """Return the path and query without the punctuation of the sentence around them."""
        tail = match["tail"]
        tail = tail[: _closing_bracket(tail, match.string[: match.start()])]
        glued = _GLUED_WORD_RE.search(tail, max(0, len(tail) - LONGEST_WORD))
        if glued and self._is_ordinary(glued[1]):
            tail = tail[: glued.start()]
        if tail.endswith(("'s", "\u2019s")):
            tail = tail[:-2]
        quotes = "" if tail.count("'") % 2 == 0 else "'"
        return tail.rstrip(_SENTENCE_SIGNS + quotes)


def _looks_coined(name: str) -> bool:
    """Whether a name is none that speech, textese or a slip of the keys would give."""
    return len(name) >= _COINED or _has_sign(name)


def _has_sign(name: str) -> bool:
    """Whether a hyphen or a digit makes a word a name: "win777", not "gr8"."""
    return "-" in name or (len(name) >= _COINED_WITH_DIGIT and any(map(str.isdigit, name)))


def _split(host: str) -> tuple[list[str], list[str], list[int]]:
    """Return the labels of a host, the dots between them and the ends of the labels."""
    labels, dots, ends = [], [], []
    start = 0
    for dot in islice(_ANY_DOT_RE.finditer(host), _MOST_DOTS):
        labels.append(_plain(host[start : dot.start()]))
        ends.append(dot.start())
        dots.append(dot[0])
        start = dot.end()
    return [*labels, _plain(host[start:])], dots, [*ends, len(host)]


def _plain(label: str) -> str:
    """Return a label without disguise: "w w w" as "www", "pay dash toll" as "pay-toll".

    "%65vil" is "evil".
    """
    if "%" in label:
        label = unquote(label)
    return _DASH_RE.sub("-", label).replace(" ", "") if " " in label else label


def _decimal_address(host: str) -> str | None:
    """Return the dotted form of an address that is written as one number, as browsers read it."""
    if not _DECIMAL_RE.fullmatch(host) or int(host) > _LAST_ADDRESS:
        return None
    return str(IPv4Address(int(host)))


def _closing_bracket(tail: str, before: str) -> int:
    """Return where a bracket closes that stands open before the URL, or ends the URL."""
    if _BRACKET_RE.search(tail) is None:
        return len(tail)
    opened: list[str] = []
    is_open = {left: before.count(left) > before.count(right) for right, left in _BRACKETS.items()}
    end = len(tail.rstrip(")]}.,;:!?"))
    for bracket in _BRACKET_RE.finditer(tail):
        left = _BRACKETS.get(bracket[0])
        if left is None:
            opened.append(bracket[0])
        elif opened and opened[-1] == left:
            opened.pop()
        elif is_open[left] or bracket.start() >= end:
            return bracket.start()
    return len(tail)
