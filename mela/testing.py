"""Tricks by which senders hide what a message says, to test a filter with.

>>> disguise("Win cash: www.prize.example.com, call 08001234567", "worded URL")
'Win cash: www dot prize dot example dot com, call 08001234567'
"""

import re
from collections.abc import Callable, Mapping
from random import Random
from types import MappingProxyType
from typing import Final

# Written apart from the finders of mela on purpose: a test that rewrites only what the library
# finds could not see what it misses. They need not find everything.
# Does not match inside a longer address: "x@prize.com", "a/prize.com".
_URL: Final = r"""
    (?<![\w.@/-])
    (?P<url>
        (?P<scheme> https?:// )?+
        (?P<host>
            (?: (?<=://) | www\. ) [^\s,;!?<>"'/]*\w                     # announced
          | (?: [a-z0-9-]++\. ){1,4}                                    # prize.com
            (?: biz | co | com | info | net | org | ru | top | tv | uk | xyz ) (?![\w@-])
        )
        (?P<path> (?: / (?: [^\s,;!?<>"']*[\w/] )? )? )
    )
"""
_URL_RE: Final = re.compile(_URL, re.IGNORECASE | re.VERBOSE)
_URL_AND_WORD_RE: Final = re.compile(
    rf"{_URL} \x20 (?P<next> [^\W\d_] )", re.IGNORECASE | re.VERBOSE
)
# Does not match dates, card numbers, amounts, numbers in addresses: "2013-11-07", "£10000000",
# "?id=12345678", "1,234,567".
_PHONE_RE: Final = re.compile(
    r"""
    (?<![\w.,/+=$£€\#-]) (?<![0-9]\ ) (?! [0-9]{4}-[0-9]{2}-[0-9]{2} (?![0-9]) )
    \+?[0-9](?:[ -]?[0-9]){6,14}
    (?![\w/@-]|[.,\ ][0-9])
    """,
    re.VERBOSE,
)
# What stands between blanks and holds a sign between letters is an address or the like.
_SIGN_RE: Final = re.compile(r"[\w'’][@/.=#&?'’:-]++[\w'’]|^[@#]")
_WORD_RE: Final = re.compile(r"[a-z]{4,}+", re.IGNORECASE)

_LEET: Final = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "5$", "t": "7"}
_LOOK_ALIKES: Final = {
    # Cyrillic, then Greek.
    "a": "а", "c": "с", "e": "е", "i": "і", "j": "ј", "o": "оο", "p": "рρ", "s": "ѕ",
    "x": "х", "y": "у", "v": "ν", "A": "АΑ", "B": "ВΒ", "C": "С", "E": "ЕΕ", "H": "НΗ", "I": "ІΙ",
    "K": "КΚ", "M": "МΜ", "N": "Ν", "O": "ОΟ", "P": "РΡ", "T": "ТΤ", "X": "ХΧ", "Y": "ҮΥ", "Z": "Ζ",
}  # fmt: skip
_INVISIBLE: Final = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_LETTERS_FOR_DIGITS: Final = {"0": "Oo", "1": "lI", "5": "S", "8": "B"}
_DOTS: Final = (" dot ", " (dot) ", "[.]", "(.)")


def _swap(text: str, table: Mapping[str, str], random: Random, *, keep: float = 0.3) -> str:
    """Replace characters by one of what stands for them, at least one where there is any."""
    places = [index for index, character in enumerate(text) if character in table]
    if not places:
        return text
    chosen = {random.choice(places)} | {index for index in places if random.random() > keep}
    return "".join(
        random.choice(table[character]) if index in chosen else character
        for index, character in enumerate(text)
    )


def _some_words(text: str, rewrite: Callable[[str], str], random: Random) -> str:
    """Rewrite half of the words of four plain letters and more; addresses and tags stay."""

    def one(match: "re.Match[str]") -> str:
        return match[0] if random.random() < 0.5 else rewrite(match[0])

    pieces = re.split(r"(\s+)", text)
    return "".join(p if _SIGN_RE.search(p) else _WORD_RE.sub(one, p) for p in pieces)


def _leet(text: str, random: Random) -> str:
    return _some_words(text, lambda word: _swap(word, _LEET, random), random)


def _spaced(text: str, random: Random) -> str:
    return _some_words(text, lambda word: random.choice(" .-").join(word), random)


def _homoglyphs(text: str, random: Random) -> str:
    return _some_words(text, lambda word: _swap(word, _LOOK_ALIKES, random), random)


def _zero_width(text: str, random: Random) -> str:
    def split(word: str) -> str:
        at = random.randrange(1, len(word))
        return word[:at] + random.choice(_INVISIBLE) + word[at:]

    return _some_words(text, split, random)


def _glued_url(text: str, _: Random) -> str:
    """Put a dot for the blank between a bare domain and a word, as in "prize.com.Claim now"."""

    def glue(match: "re.Match[str]") -> str:
        return match[0] if match["path"] else f"{match['url']}.{match['next'].upper()}"

    return _URL_AND_WORD_RE.sub(glue, text)


def _worded_url(text: str, random: Random) -> str:
    def word(match: "re.Match[str]") -> str:
        hidden = re.sub("(?i)^http", "hxxp", match["scheme"] or "")
        return f"{hidden}{match['host'].replace('.', random.choice(_DOTS))}{match['path']}"

    return _URL_RE.sub(word, text)


def _lettered_phone(text: str, random: Random) -> str:
    return _PHONE_RE.sub(lambda match: _swap(match[0], _LETTERS_FOR_DIGITS, random), text)


_REWRITE: Final[Mapping[str, Callable[[str, Random], str]]] = MappingProxyType(
    {
        "leet": _leet,
        "spaced letters": _spaced,
        "homoglyphs": _homoglyphs,
        "zero width": _zero_width,
        "glued URL": _glued_url,
        "worded URL": _worded_url,
        "lettered phone": _lettered_phone,
    }
)

TRICKS: Final = tuple(_REWRITE)
"""The names of the tricks."""


def disguise(text: str, trick: str, *, seed: int = 0) -> str:
    """Rewrite a message by one trick; the same message, trick and seed give the same text.

    Parameters
    ----------
    text
        A message.
    trick
        One of :data:`TRICKS`. "leet", "spaced letters", "homoglyphs" and "zero width" change half
        of the words of four plain letters and more; "glued URL" and "worded URL" the URLs,
        "lettered phone" the telephone numbers, and nothing in a message without.
    seed
        Another seed chooses other words and characters.

    Raises
    ------
    ValueError
        There is no such trick.
    TypeError
        The text is no str.
    """
    if not isinstance(text, str):
        raise TypeError(f"disguise takes a str, got {type(text).__name__}; wanted one message")
    if trick not in _REWRITE:
        raise ValueError(f"trick={trick!r}; wanted one of {TRICKS}")
    # A generator of its own for each message: what is beside it in a corpus has no say.
    key = f"{seed} {trick} {text}".encode("utf-8", "surrogatepass")
    return _REWRITE[trick](text, Random(key))
