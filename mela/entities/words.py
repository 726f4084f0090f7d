"""Look for listed words: fold a text, ask whether it holds any, build a pattern of all."""

import re
from collections.abc import Iterable
from typing import Any, Final

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
