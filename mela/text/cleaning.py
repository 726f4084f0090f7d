"""Undo what a writer, or a gateway, does to single characters, with a map back to the raw text."""

import html
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Set
from functools import partial
from html.entities import html5
from itertools import groupby
from typing import Final, NamedTuple

from mela.text.late import late
from mela.text.memo import Memo
from mela.text.words import WORD_RE

# Zero-width and other invisible characters, bidirectional controls, variation selectors, Hangul
# fillers; C0 and C1 controls other than white space. U+200D joins emoji and is of no use here.
# Marks that strike through, underline, overline or enclose, with which no word is written.
_INVISIBLE: Final = (
    r"\u0305\u0332-\u0338\u0488\u0489\u20d0-\u20f0"
    r"\x00-\x08\x0e-\x1f\x7f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
)
_INVISIBLE_RE: Final = late(f"[{_INVISIBLE}]+")

# Windows-1252 bytes read as Latin-1, the commonest mojibake of SMS gateways (U+0092 for an
# apostrophe); lone surrogates, which no encoder takes; separators that end a line.
_MISREAD: Final = {
    **{byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0xA0)},
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **dict.fromkeys((0x2028, 0x2029), "\n"),
}
_MISREAD_RE: Final = late("[\x80-\x9f\u2028\u2029\ud800-\udfff]+")

# A character reference. Without its semicolon it is none: "a.com/?x=1&copy=2" is an address.
# "&amp;lt;" was escaped twice and is one reference.
_REFERENCE_RE: Final = late(
    r"&(?:(?:[aA][mM][pP]|\#38|\#[xX]26);)*(?:[a-zA-Z][a-zA-Z0-9]{1,30}|\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6});"
)

# Letters for flags; two of them are one.
_FLAGS_RE: Final = late("[\U0001f1e6-\U0001f1ff]+")

_AMPERSAND_RE: Final = late("&")

# Unicode's own limit for a stream-safe text. Normalization is quadratic in the length of a run of
# marks on CPythons without the repair of 2026: 200,000 marks took 40 seconds.
_LONGEST_MARK_RUN: Final = 30
_MARK: Final = r"[\p{M}\uff9e\uff9f]"  # with the half-width marks of katakana, which are letters
_MARK_RUN_RE: Final = late(rf"{_MARK}{{{_LONGEST_MARK_RUN}}}\K{_MARK}++", library="regex")

# What normalizes as a unit: a character with its marks, or the letters of a Hangul syllable. Does
# not match ASCII without marks, which is normal.
_UNIT_RE: Final = late(
    rf"""
    [\u1100-\u1112\uac00-\ud7a3][\u1161-\u1175]?[\u11a8-\u11c2]?{_MARK}*+
    | [^\x00-\x7f]{_MARK}*+ | [\x00-\x7f](?=[^\x00-\x7f]){_MARK}++
    """,
    re.VERBOSE,
    "regex",
)

# Text of these and of inert characters, without references, is clean: most messages are. Of the
# controls only white space stays.
_SETTLED: Final = frozenset(map(chr, [*range(0x9, 0xE), *range(0x20, 0x7F)]))
# Latin letters; punctuation and signs of money; arrows, circled letters, shapes and symbols; full
# width; mathematical letters, which pose as bold and italic; emoji.
_BLOCKS: Final = (
    range(0xA0, 0x250),
    range(0x2010, 0x20C0),
    range(0x2190, 0x2200),
    range(0x2460, 0x27C0),
    range(0x2B00, 0x2C00),
    range(0xFF01, 0xFF5F),
    range(0x1D400, 0x1D800),
    range(0x1F300, 0x1FA00),
)

_MOST_PASSES: Final = 4
"""Undoing one disguise can lay open another ("&amp;l&#116;;"). Honest text needs one pass."""


class Clean(NamedTuple):
    """Clean text with the raw stretch that each of its characters came from.

    ``starts`` and ``ends`` are None where every character stands where it stood.
    """

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def cut(self, length: int) -> "Clean":
        """Return the beginning, of at most this length."""
        if len(self.text) <= length:
            return self
        if self.starts is None or self.ends is None:
            return Clean(self.text[:length])
        return Clean(self.text[:length], self.starts[:length], self.ends[:length])

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw stretch of a clean stretch that is not empty."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


class Cleaner:
    """Cleans texts: character by character, case and white space stay.

    Parameters
    ----------
    homoglyphs
        Characters that pose as others, and as which.
    """

    def __init__(self, homoglyphs: Mapping[str, str]) -> None:
        letters = {k: v for k, v in homoglyphs.items() if k.isalpha()}
        signs = {k: v for k, v in homoglyphs.items() if not k.isalpha()}
        # What is clean stays so in lower case: Greek "Ω" is no W, but "ω" is a w to the eye.
        capitals = {k.upper(): v.upper() for k, v in letters.items() if len(k.upper()) == 1}
        letters = {**capitals, **letters}
        self._letters = str.maketrans(letters)
        # The lunate sigma is a c to the eye and an s to NFKC.
        self._unstable = str.maketrans(
            {k: v for k, v in letters.items() if not unicodedata.is_normalized("NFKC", k)}
        )
        self._signs = signs
        self._signs_re = re.compile(_any_of(signs))
        self._plain = _plain_forms(signs)
        self._plain_re = re.compile(f"{_any_of(self._plain)}|[{_INVISIBLE}]+")
        self._settled_re = re.compile(
            f"{_any_of(_SETTLED | _inert(letters.keys() | signs.keys()))}*+"
        )

    def clean(self, raw: str, longest: int = sys.maxsize) -> Clean:
        """Undo character-level disguises and damage.

        Character references are decoded, invisible characters dropped, compatibility forms replaced
        (NFKC), look-alikes folded. Cleaning clean text changes nothing. What would be longer than
        ``longest`` need not be whole.
        """
        if self._is_settled(raw):
            return Clean(raw)
        # Of the others, most hold references, curly quotes or emoji and are settled without these.
        text = _substitute(Clean(raw), _REFERENCE_RE, _decode) if "&" in raw else Clean(raw)
        text = _substitute(text, self._plain_re, lambda c: self._plain.get(c, ""), longest)
        return text if self._is_settled(text.text) else self._clean_by_steps(raw, longest)

    def _is_settled(self, text: str) -> bool:
        # Most are printable ASCII, which takes no regular expression to see.
        return (
            (text.isascii() and text.isprintable()) or self._settled_re.fullmatch(text) is not None
        ) and not ("&" in text and _REFERENCE_RE.search(text))

    def _clean_by_steps(self, raw: str, longest: int) -> Clean:
        result = self._settle(Clean(raw), longest)
        if "&" in result.text and _substitute(result, _REFERENCE_RE, _decode) != result:
            # Nobody escapes five times by accident: ampersands go, and with them the references.
            result = self._settle(_substitute(result, _AMPERSAND_RE, lambda _: ""), longest)
        return result

    def _settle(self, text: Clean, longest: int) -> Clean:
        for _ in range(_MOST_PASSES):
            before = text.text
            if "&" in before:
                text = _substitute(text, _REFERENCE_RE, _decode)
            if not text.text.isascii():
                # Before what stands between them goes.
                text = _substitute(text, _FLAGS_RE, _spell)
            text = _substitute(text, _INVISIBLE_RE, lambda _: "")
            if not text.text.isascii():
                text = self._normalize(text, longest)
            if text.text == before:
                break
        return text

    def _normalize(self, text: Clean, longest: int) -> Clean:
        text = _substitute(text, _MISREAD_RE, lambda found: found.translate(_MISREAD))
        text = _substitute(text, _MARK_RUN_RE, lambda _: "")
        text = text._replace(text=text.text.translate(self._unstable))
        if not unicodedata.is_normalized("NFKC", text.text):
            text = _substitute(text, _UNIT_RE, _compose.__getitem__, longest)
            text = _substitute(text, _MARK_RUN_RE, lambda _: "")
        return text._replace(text=self._fold(text.text))

    def _fold(self, text: str) -> str:
        """Fold look-alikes: signs anywhere, letters in words that they make look Latin.

        A letter is folded only where its word holds an ASCII character or consists of look-alikes
        alone, so that Russian and Greek stay what they are.
        """
        # Few characters are signs; str.translate would look at each.
        text = self._signs_re.sub(lambda match: self._signs[match[0]], text)
        if not any(map(self._letters.__contains__, map(ord, set(text)))):
            return text
        folded = WORD_RE.sub(self._fold_word, text)
        return unicodedata.normalize("NFC", folded)

    def _fold_word(self, match: re.Match[str]) -> str:
        word: str = match[0]
        folded = word.translate(self._letters)
        return folded if folded.isascii() or any(map(str.isascii, word)) else word


def _decode(reference: str) -> str:
    """Decode the innermost of the references that are written into one another."""
    name = reference[reference.rfind(";", 0, -1) + 1 :].removeprefix("&")
    if name[0] == "#":
        return html.unescape(f"&{name}")
    # By exact name: html.unescape would read "&notit;" as "¬it;". In small letters, too: "&Nbsp;".
    return html5.get(name) or html5.get(name.lower(), reference)


def _spell(letters: str) -> str:
    """Read letters for flags as letters, unless they are two by two: "🇼🇮🇳", but "🇬🇧🇺🇸"."""
    return letters.translate(_FLAG_LETTERS) if len(letters) % 2 else letters


_FLAG_LETTERS: Final = {0x1F1E6 + place: ord("A") + place for place in range(26)}

_compose: Final = Memo(partial(unicodedata.normalize, "NFKC"))


def _substitute(
    clean: Clean,
    pattern: re.Pattern[str],
    replace: Callable[[str], str],
    longest: int = sys.maxsize,
) -> Clean:
    """Replace each match and carry the map along, until the text is longer than ``longest``.

    A replacement of the same length replaces character by character; the characters of any other
    all come from the whole match.
    """
    text = clean.text
    starts = range(len(text)) if clean.starts is None else clean.starts
    ends = range(1, len(text) + 1) if clean.ends is None else clean.ends
    pieces: list[str] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    done = mapped = 0
    for match in pattern.finditer(text):
        old = match[0]
        new = replace(old)
        if new == old:
            continue
        start, end = match.span()
        if done < start:
            pieces.append(text[done:start])
        pieces.append(new)
        if len(new) != end - start:
            if mapped < start:
                new_starts += starts[mapped:start]
                new_ends += ends[mapped:start]
            if new:
                new_starts += [starts[start]] * len(new)
                new_ends += [ends[end - 1]] * len(new)
            mapped = end
        done = end
        if len(new_starts) + end - mapped > longest:
            break
    else:
        if not pieces:
            return clean
        pieces.append(text[done:])
        done = len(text)
    if not mapped:  # every character stands where it stood
        return clean._replace(text="".join(pieces)).cut(done)
    new_starts += starts[mapped:done]
    new_ends += ends[mapped:done]
    return Clean("".join(pieces), new_starts, new_ends)


def _any_of(characters: Iterable[str]) -> str:
    """Return a pattern for any of the characters, as ranges.

    The engine compares a character with all the single ones beyond U+FFFF: of a thousand, that took
    longer than all the rest.
    """
    codes = enumerate(sorted(map(ord, characters)))
    runs = [[code for _, code in run] for _, run in groupby(codes, lambda pair: pair[1] - pair[0])]
    ranges = "".join(f"\\U{run[0]:08x}-\\U{run[-1]:08x}" for run in runs)
    return f"[{ranges}]" if ranges else "(?!)"


def _plain_forms(signs: Mapping[str, str]) -> dict[str, str]:
    """Return the characters that are cleaned to ASCII, and to what, where no mark follows them."""
    characters = dict.fromkeys(chr(code) for block in _BLOCKS for code in block)
    plain_forms = {}
    for character in [*characters, *signs]:
        normal = unicodedata.normalize("NFKC", character)
        plain = "".join(signs.get(part, part) for part in normal)
        if plain.isascii():
            plain_forms[character] = plain
    return plain_forms


def _inert(homoglyphs: Set[str]) -> set[str]:
    """Return characters that cleaning leaves alone, whatever stands beside them.

    From blocks in which nothing composes with what stands before it.
    """
    text = "".join(chr(code) for block in _BLOCKS for code in block)
    text = _MISREAD_RE.sub("", _INVISIBLE_RE.sub("", without_marks(text)))
    return {c for c in text if unicodedata.is_normalized("NFKC", c) and c not in homoglyphs}


def without_marks(text: str) -> str:
    """Return a decomposed text without accents and other marks."""
    return "".join(c for c in text if not unicodedata.category(c).startswith("M"))
