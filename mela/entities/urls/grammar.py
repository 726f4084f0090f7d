"""What a URL may look like: a pattern for each way to write one, and the pieces they share.

Each is generous: :mod:`mela.entities.urls.host_end` then says where the host ends, and
:mod:`mela.entities.urls.prose` whether it is one at all.
"""

import re
from typing import Final

from mela.resource_files import Vocabulary
from mela.text.late import late
from mela.text.words import alternation

MOST_LABELS: Final = 12
"""Labels of a host that are looked at."""

# What follows is no part of the URL; a tail is read again for each of many candidates before it.
_LONGEST_TAIL: Final = 2000

UNSPACED: Final = "\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
"""Scripts that write no blanks between words: there a host ends where ASCII ends."""

# One label of a host in running text. Does not match "-x", "x-" nor "例え".
_LABEL: Final = rf"[^\W_{UNSPACED}]++(?:[-_]++[^\W_{UNSPACED}]++)*+"
# One label after a scheme, where emoji and all scripts are read as part of the host, and letters,
# digits, hyphens and dots in percent-encoding: "%65vil".
_LINK_LABEL: Final = (
    r"(?:[^\s\x00-,./:-@\[-^`{-\xa0«»\u2000-\u206f\u3000-\u303f\ufffd]"
    r"|%(?:2[de]|3[0-9]|[46][1-9a-f]|[57][0-9a]))++"
)
# "[2001:db8::1]", an address of IPv6.
_ADDRESS: Final = r"\[[0-9a-f]{0,4}+:[0-9a-f:.]{1,40}+\]"
_PORT: Final = r"(?::[0-9]{1,5}+(?!\w|[.,][0-9]))?+"
_TAIL_SIGN: Final = rf"[^hH\s<>\"|`\x00“”«»¡¿\ufffd{UNSPACED}\U0001f000-\U0001faff]"
# Ends before a second URL that is glued on, but not before the one in "?next=http://x.com".
_TAIL: Final = (
    r"(?:[/?#\\]|[\[({](?:slash|/)[\])}])"
    rf"(?:{_TAIL_SIGN}|h(?!(?<=[^\W_]h)ttps?://)){{0,{_LONGEST_TAIL}}}+"
)

_DOT_WORD: Final = "(?:d[o0]t|punto)"
# "x[.]com", "x (dot) com", "x{punto}com", "x (d0t) com".
_BRACKET_DOT: Final = rf"\s?[\[({{]\s?(?:\.|{_DOT_WORD})\s?[\])}}]\s?"
# The full stop of Chinese and Japanese, their word for a dot, and dots at half height are dots
# between ASCII and something else elsewhere; bullets before a top-level domain that may be said.
WIDE_DOTS: Final = "。点·•●\u2027"
_WIDE_DOT: Final = r"(?<=[a-z0-9])[。点·](?=[a-z0-9])"
# "www,x,com", "x,co,uk": a slip of the finger, or a filter dodged.
_COMMA: Final = (
    r"(?:(?<=www),(?=[a-z0-9])|(?<=[a-z0-9]),(?=com\b|co,[a-z]{2}\b)|(?<=,co),(?=[a-z]{2}\b))"
)
# "pics. ac/u77", "ac/rewards": a code and a path that is no short word, as that of "him. he/she".
_APART_PATH: Final = r"[a-z]{2,3}/(?:[a-z]{8}|[a-z]{0,30}+[\d_-])"
# Between the words of a host that is spelled out: "pay dash toll dot com".
_JOINT: Final = r"(?:dot|punto|dash|hyphen|gui[oó]n|slash)"

ANY_DOT_RE: Final = late(
    rf"{_BRACKET_DOT}|\s+{_DOT_WORD}\s+|(?:;\s?|\s*)\.\s*|[{WIDE_DOTS},]", re.IGNORECASE
)
"""Whatever may part the labels of a matched host."""

DASH_RE: Final = late(r"\s+(?:dash|hyphen|gui[oó]n)\s+", re.IGNORECASE)
"""A hyphen that is said: "pay dash toll"."""

SPELLED_PATH_RE: Final = late(r"(?:\sslash\s[\w-]++)++", re.IGNORECASE)
"""A path that is said: "slash claim"."""

SLASHES_RE: Final = late(r"[:;/\\]\]?\s?[/\\]")
"""What every scheme ends with, to be sought first."""


def link_pattern(roles: Vocabulary) -> re.Pattern[str]:
    """Return what a scheme opens: "https://x.com/a", "h**p://x.com", "https : // x . top".

    Any label is a host's here, whatever its script. Does not match "//x.com" nor "c://x.com".
    """
    said = rf"[^\S\n]++{_DOT_WORD}[^\S\n]++"
    return late(
        rf"""
        (?P<scheme>
            h{{1,2}}t{{1,3}}p{{1,2}}s? | s?ftps?        # http, https, htp, hhttp
          | (?<![a-z]) t{{1,2}}ps?                      # ttps, of which the h was not copied
          | (?<![a-z]) (?: (?:svn\+)?ssh | svn | git )
          | h(?:xx|\*\*)ps?                             # hxxp, h**p
          | (?<!\w) h\x20t\x20t\x20p (?:\x20?s)?
        )
        (?P<slashes> [^\S\n]?\[?[:;]\]?[^\S\n]?[/\\][^\S\n]?[/\\]*+[^\S\n]?+
          | \.?// | \[://\]
        )
        (?! h?ttps?[:;]// )                              # "http://https://x.com"
        (?: [^\s/?\#\\@<>()\[\]"']{{1,64}}+@ )?+         # user:password@
        (?P<host>
            {_ADDRESS}
          | {_LINK_LABEL}
            (?:
                (?:(?:(?<=www)[^\S\n])?\.[^\S\n]?+           # "www. x. com/a", and "x.com. Reply"
                  | {_BRACKET_DOT}|{_WIDE_DOT}|[^\S\n]?\.[^\S\n]?(?=(?:{_any(roles, "spaced")})\b)
                  | [^\S\n]\.[^\S\n]?(?=(?:{_any(roles, "apart")})\b)
                  | {said}
                    (?= (?:{_LABEL}{said}){{0,{MOST_LABELS}}}+ (?:{_any(roles, "worded")})\b ))
                {_LINK_LABEL}
            )*+
        )
        {_end(roles)}
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def app_pattern(roles: Vocabulary) -> re.Pattern[str]:
    """Return what the scheme of an app opens: "tg://resolve?domain=x", "intent://x.com/#Intent;end".

    Does not match "nottg://x" nor "tg:x".
    """
    return late(
        rf"""
        (?<! [\w+.-] ) (?: {alternation(roles["scheme"])} ) ://
        (?P<host> [^\s\x00/?\#\\<>()\[\]"'|,;:]{{1,253}}+ ) {_end(roles)}
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def www_pattern(roles: Vocabulary) -> re.Pattern[str]:
    """Return what "www" or "wap" opens, glued on the left as well: "callwww.x.com".

    Blanks stand around its dots and between its letters: which labels are the host's is for the
    suffix list to say. Does not match the "swap" of "swap.x".
    """
    return late(
        rf"""
        (?P<host>
            (?: www | (?<!\w)(?:wap|w\x20w\x20w) )
            (?:
                (?:[^\S\n]?\.[^\S\n]?|{_BRACKET_DOT}|{_COMMA})
                (?: (?:{_letters(roles)})\b | {_LABEL} )
            ){{1,{MOST_LABELS}}}+
        )
        {_end(roles)}
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def bare_pattern(roles: Vocabulary) -> re.Pattern[str]:
    r"""Return a host without scheme and "www", its dots written, said or disguised.

    Does not match in "user@x.com", "#x.com", "$x.com", "/etc/x.com", "tmp\x.com", "it's.com".
    """
    apart, spaced, worded = (_any(roles, name) for name in ("apart", "spaced", "worded"))
    return late(
        rf"""
        (?<! [^\W{UNSPACED}] ) (?<! [\#$/\x00] ) (?<! \S@ ) (?<! \w\\ ) (?<! [\w@\#$/\x00]\. )
        (?<! [\w-]- ) (?<! \w['\u2019] ) (?<! \w@\s ) (?<! @\[ )
        (?P<host>
            {_LABEL}
            (?:
                (?:;\s?|\s)?\.\s? (?: {_letters(roles)} ) \b
              | (?: \.
                  | {_BRACKET_DOT}
                  | {_WIDE_DOT}
                  | {_COMMA}
                  | (?<=[a-z0-9])[\u2027•●](?=(?:{worded})\b)  # parts syllables elsewhere
                  | \s++{_DOT_WORD}\s++(?=(?:{worded})\b
                      | [a-z]{{2,3}}/[^\W\d_]{{0,30}}+[\d_-] )  # bit dot ly/x8, not dot is/was
                  | (?<=www)\s++{_DOT_WORD}\s++
                  | (?<=\bcom)\s++{_DOT_WORD}\s++(?=(?:{_any(roles, "sold")})\b)
                  | \s++(?!slash){_JOINT}\s++(?=[a-z0-9]++\s++{_JOINT}\s)
                  | \s\.\s?+(?=(?:{spaced}|(?-i:{apart}|{apart.upper()}))\b)
                  | \.\s(?=(?-i:{spaced})\b)             # a capital begins a sentence
                  | \.\s(?=(?-i:{_APART_PATH}))
                  | (?<=\bco)\s?\.\s?(?=(?:uk|za|nz)\b)  # x . co . uk
                  | ;\s?\.\s?(?=(?:{spaced})\b)
                )
                {_LABEL}
            )++
        )
        {_end(roles)}
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def dot_pattern(roles: Vocabulary) -> re.Pattern[str]:
    """Return a dot that may be a bare host's: glued, bracketed, or before a top-level domain.

    Starts with the literal dot, which makes it cheap. Not the dots of "wait...what".
    """
    return late(
        (
            rf"\.(?:(?<=[^\W_]\.)[^\W_]"
            rf"|\s?+(?:[\])}}]|(?:{_any(roles, 'spaced')}|{_letters(roles)})\b|{_APART_PATH})"
            rf"|(?<=\s\.)\s?(?:{_any(roles, 'apart')})\b)"
        ),
        re.IGNORECASE,
    )


def glued_tld_pattern(roles: Vocabulary) -> re.Pattern[str]:
    """Return a top-level domain that a digit or a change of case parts from what is glued to it.

    Does not match "comcall", for which it takes a dictionary, nor "compost".
    """
    strong = "|".join(map(re.escape, sorted(roles["strong"], key=len, reverse=True)))
    return late(
        rf"""
          (?:{strong})(?=[0-9A-Z{UNSPACED}])      # netXJ7, uk18
        | (?:{strong.upper()})(?=[0-9a-z])         # COMcall
        """,
        re.VERBOSE,
    )


def _end(roles: Vocabulary) -> str:
    """Return what follows a host: its port, its path, and a page apart: "index. wml?id=8"."""
    # Does not match "x.ph/promo. php 500 off".
    page = (
        rf"(?<=\w\.)\x20(?-i:{_any(roles, 'page')})(?!\w|\s?[0-9])(?:[?#]{_TAIL_SIGN}{{0,99}}+)?+"
    )
    return rf"(?P<port>{_PORT})(?P<tail>(?:{_TAIL}(?:{page})?+)?+)"


def _any(roles: Vocabulary, name: str) -> str:
    """Return the alternatives of a role."""
    return "|".join(map(re.escape, roles[name]))


def _letters(roles: Vocabulary) -> str:
    """Return top-level domains letter by letter: "c o m", not "c o", which two words shorten."""
    spaced = (map(re.escape, tld) for tld in roles["spaced"] if len(tld) > len("co"))
    return "|".join(map(r"\x20".join, spaced))
