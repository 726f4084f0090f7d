"""The plain view of a text, without the disguises inside words: for search, not for reading."""

import re
from typing import Final

from mela.text.late import late
from mela.text.memo import Memo
from mela.text.span import Found

# Four or more single letters with one and the same separator between them: "k.a.r.s", "f r e e".
# Does not match "a/b c" (mixed separators) nor "e.g." (two letters).
_SPACED_RE: Final = late(
    r"(?<![^\W_]) [^\W\d_] ([ ./*_|\\-]) [^\W\d_] (?:\1[^\W\d_](?![^\W_])){2,}+", re.VERBOSE
)

# What stands between the letters of all that, and of little else. Sought first, as it begins with
# a sign: most characters of a text are letters.
_SPACES_RE: Final = re.compile(r"([ ./*_|\\-])[^\W\d_]\1[^\W\d_]\1")


def find_letters(text: str) -> list[Found]:
    """Return where single letters stand that one and the same separator parts."""
    if not _SPACES_RE.search(text):
        return []
    return [Found(*letters.span()) for letters in _SPACED_RE.finditer(text)]


def join_letters(text: str) -> str:
    """Write such letters together: "f r e e", "k.a.r.s"."""
    return _SPACED_RE.sub(lambda match: match[0][::2], text) if _SPACES_RE.search(text) else text


_POSING_RE: Final = re.compile(r"[0-9@$]")
# A stretch that holds both a letter and a sign that can pose as one: "0ld", "fr33", "ca$h".
_LEET_RE: Final = late(r"(?<![\w@$]) (?=[^\W\d_]++[\d@$] | [\d@$]++[^\W\d_]) [\w@$]++", re.VERBOSE)
_LEET: Final = str.maketrans("0134578@$", "oieastbas")
# 1 poses as l after a letter that l follows at the start of a word, before a vowel ("c1aim"), at
# the start before a vowel ("1oan") and doubled ("ca11"); else as i ("v1agra").
_ONE_AS_L_RE: Final = late(
    r"(?<=[bcfgkps])1(?=[aeiou]) | (?<!\w)1(?=[aeou]) | 1(?=1) | (?<=1)1", re.VERBOSE
)


def reveal(text: str) -> str:
    """Return the text with the disguises inside words taken off.

    Letters with separators between them are joined, digits and signs that pose as letters inside a
    word become them. Numbers without letters stay.
    """
    return read_leet(join_letters(text))


def read_leet(joined: str) -> str:
    """Return the text with digits and signs read as the letters that they pose as."""
    if not _POSING_RE.search(joined):
        return joined
    # No stretch goes across a blank, and groups come again from text to text.
    return " ".join(map(_plain.__getitem__, joined.split(" ")))


def _read_group(group: str) -> str:
    return _LEET_RE.sub(lambda match: _read_stretch(match[0]), group)


def _read_stretch(stretch: str) -> str:
    return (_ONE_AS_L_RE.sub("l", stretch) if "1" in stretch else stretch).translate(_LEET)


_plain: Final = Memo(_read_group)
