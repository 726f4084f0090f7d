"""Cut a text into words, and look for listed ones: ask whether it holds any, match all of them."""

import re
from collections.abc import Iterable
from typing import Any, Final

from mela.text.late import late

_ZEROS: Final = "٠۰߀०০੦૦୦௦౦೦൦෦๐໐༠၀႐០᠐᥆᧐᪀᪐᭐᮰᱀᱐꘠꣐꤀꧐꧰꩐꯰"
"""The zero of each script in the Basic Multilingual Plane. Listed, because what ``\\d`` matches
depends on the version of Python."""

_FOLD: Final = {
    ord("İ"): "i",  # the one letter whose lower case is two characters
    0x2044: "/",  # the fraction slash, with which NFKC writes a half
    **dict.fromkeys([0xB4, 0x2BC, 0x2018, 0x2019, 0x201B], "'"),
    **dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-"),
    **{ord(zero) + value: str(value) for zero in _ZEROS for value in range(10)},
}
_FOLDED_RE: Final = re.compile(f"[{re.escape(''.join(map(chr, _FOLD)))}]")
_TOKEN_RE: Final = re.compile(r"[^\W_]+")
_BLANKS: Final = "".join(chr(i) if chr(i).isalnum() else " " for i in range(128))


def fold(text: str) -> str:
    """Lower the case and make digits, dashes and apostrophes ASCII; no character moves."""
    if not text.isascii() and _FOLDED_RE.search(text):
        text = text.translate(_FOLD)
    return text.lower()


def tokens(folded: str) -> list[str]:
    """Cut a folded text at everything that is neither letter nor digit.

    Enough to ask whether a text holds a word. Of ASCII, at a third of the cost of a regular
    expression; translating takes long where a character has no place in the table.
    """
    return folded.translate(_BLANKS).split() if folded.isascii() else _TOKEN_RE.findall(folded)


# A word: letters, their marks and digits, with inner apostrophes. Python's \w takes no account of
# marks and would cut Devanagari words at each vowel sign.
_WORD: Final = r"[\p{L}\p{M}\p{N}]++(?:'[\p{L}\p{M}\p{N}]++)*+"
WORD_RE: Final = late(_WORD, library="regex")
_WORD_OR_GAP_RE: Final = late(f"({_WORD})", library="regex")
# The same in ASCII, without Unicode's tables: three times as fast.
_ASCII_WORD: Final = r"[a-zA-Z0-9]++(?:'[a-zA-Z0-9]++)*+"
_ASCII_WORD_RE: Final = re.compile(_ASCII_WORD)
_ASCII_WORD_OR_GAP_RE: Final = re.compile(f"({_ASCII_WORD})")

# Signs beyond ASCII, of punctuation and money, symbols and emoji, which stand in no word.
_SIGNS_RE: Final = re.compile(
    "[\xa0-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\u2010-\u205f\u20a0-\u20c0\u2190-\u21ff\u2500-\u2775"
    "\u2794-\u27bf\u2b00-\u2bff\U0001f300-\U0001f9ff]+"
)


def find_words(text: str) -> list[str]:
    """Return the words of a text in order."""
    if not text.isascii():
        text = _SIGNS_RE.sub(" ", text)
    if not text.isascii():
        words: list[str] = WORD_RE.findall(text)
        return words
    return _ASCII_WORD_RE.findall(text) if "'" in text else tokens(text)


def split_words(text: str) -> list[str]:
    """Return gaps and words in turn, a gap first and last."""
    if not text.isascii():
        return _WORD_OR_GAP_RE.split(text)
    return ["", text, ""] if text.isalnum() else _ASCII_WORD_OR_GAP_RE.split(text)


def alternation(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first; a blank stands for any blanks.

    Common beginnings are shared, which is several times faster than words side by side.
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _branches(tree)


def _branches(node: dict[str, Any]) -> str:
    branches = [
        (r"\s+" if character == " " else re.escape(character)) + _branches(child)
        for character, child in sorted(node.items())
        if character
    ]
    if not branches:
        return ""
    if "" in node:
        return f"(?:{'|'.join(branches)})?"
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
