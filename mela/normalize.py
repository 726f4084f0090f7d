"""The views of a message: clean (for finding), normalized (for reading), plain (without disguise).

``clean`` undoes what a writer does to single characters and keeps a map back to the raw text.
``Normalizer`` turns clean text into readable plain language by a dictionary of textese, and takes
off the disguises inside words (``fr33``, ``f.r.e.e``) in a view that is for search, not for
reading.
"""

import html
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import partial
from html.entities import html5
from typing import Final, NamedTuple, cast

from mela.entities.late import late
from mela.entities.span import Found, Stretch, claim
from mela.entities.words import tokens
from mela.memo import LONGEST_WORD, Memo
from mela.resources import Resources, Rewrite

# Zero-width and other invisible characters, bidirectional controls, variation selectors, Hangul
# fillers; C0 and C1 controls other than white space. U+200D joins emoji and is of no use here.
_INVISIBLE: Final = (
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
    r"&(?:(?:amp|\#38|\#[xX]26);)*(?:[a-zA-Z][a-zA-Z0-9]{1,30}|\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6});"
)

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
_SETTLED: Final = r"\t-\r\x20-~"
# Latin letters; punctuation and signs of money; arrows, shapes and symbols; emoji.
_INERT_BLOCKS: Final = (
    range(0xA0, 0x250),
    range(0x2010, 0x20C0),
    range(0x2190, 0x2200),
    range(0x2500, 0x27C0),
    range(0x2B00, 0x2C00),
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


def clean(raw: str, fold: Callable[[str], str], longest: int = sys.maxsize) -> Clean:
    """Undo character-level disguises and damage.

    Character references are decoded, invisible characters dropped, compatibility forms replaced
    (NFKC), look-alike letters folded by ``fold``. Case and white space stay. Cleaning clean text
    changes nothing. What would be longer than ``longest`` need not be whole.
    """
    result = _settle(Clean(raw), fold, longest)
    if "&" in result.text and _substitute(result, _REFERENCE_RE, _decode) != result:
        # Nobody escapes five times by accident: the ampersands go, and with them the references.
        result = _settle(_substitute(result, _AMPERSAND_RE, lambda _: ""), fold, longest)
    return result


def _settle(text: Clean, fold: Callable[[str], str], longest: int) -> Clean:
    for _ in range(_MOST_PASSES):
        before = text.text
        if "&" in before:
            text = _substitute(text, _REFERENCE_RE, _decode)
        text = _substitute(text, _INVISIBLE_RE, lambda _: "")
        if not text.text.isascii():
            text = _normalize_characters(text, fold, longest)
        if text.text == before:
            break
    return text


def _decode(reference: str) -> str:
    """Decode the innermost of the references that are written into one another."""
    name = reference[reference.rfind(";", 0, -1) + 1 :].removeprefix("&")
    if name[0] == "#":
        return html.unescape(f"&{name}")
    # By exact name: html.unescape would read "&notit;" as "¬it;".
    return html5.get(name, reference)


def _normalize_characters(text: Clean, fold: Callable[[str], str], longest: int) -> Clean:
    text = _substitute(text, _MISREAD_RE, lambda found: found.translate(_MISREAD))
    text = _substitute(text, _MARK_RUN_RE, lambda _: "")
    if not unicodedata.is_normalized("NFKC", text.text):
        text = _substitute(text, _UNIT_RE, _compose.__getitem__, longest)
        text = _substitute(text, _MARK_RUN_RE, lambda _: "")
    return text._replace(text=fold(text.text))


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


def join_letters(text: str) -> str:
    """Write single letters together that one and the same separator parts: "f r e e", "k.a.r.s"."""
    return _SPACED_RE.sub(lambda match: match[0][::2], text) if _SPACES_RE.search(text) else text


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


# Four or more single letters with one and the same separator between them: "k.a.r.s", "f r e e".
# Does not match "a/b c" (mixed separators) nor "e.g." (two letters).
_SPACED_RE: Final = late(
    r"(?<![^\W_]) [^\W\d_] ([ ./*_|\\-]) [^\W\d_] (?:\1[^\W\d_](?![^\W_])){2,}+", re.VERBOSE
)

# What stands between the letters of all that, and of little else. Sought first, as it begins with
# a sign: most characters of a text are letters.
_SPACES_RE: Final = re.compile(r"([ ./*_|\\-])[^\W\d_]\1[^\W\d_]\1")

_RUN_RE: Final = late(r"([^\W\d_])\1{2,}")

_POSING_RE: Final = re.compile(r"[0-9@$]")
# A stretch that holds both a letter and a sign that can pose as one: "0ld", "fr33", "ca$h".
_LEET_RE: Final = late(r"(?<![\w@$]) (?=[^\W\d_]++[\d@$] | [\d@$]++[^\W\d_]) [\w@$]++", re.VERBOSE)
_LEET: Final = str.maketrans("0134578@$", "oieastbas")
# 1 poses as l after a letter that l follows at the start of a word, before a vowel ("c1aim"), at
# the start before a vowel ("1oan") and doubled ("ca11"); else as i ("v1agra").
_ONE_AS_L_RE: Final = late(
    r"(?<=[bcfgkps])1(?=[aeiou]) | (?<!\w)1(?=[aeou]) | 1(?=1) | (?<=1)1", re.VERBOSE
)


def _read_leet(text: str) -> str:
    return _LEET_RE.sub(lambda match: _read_stretch(match[0]), text)


def _read_stretch(stretch: str) -> str:
    return (_ONE_AS_L_RE.sub("l", stretch) if "1" in stretch else stretch).translate(_LEET)


_INITIAL_SIGNS: Final = frozenset(".&/-")

_SHORTEST_WITHOUT_G: Final = 5
"""Shorter words in -in are words of their own ("thin", "sin"), and no -ing without its g."""


class Normalizer:
    """Turns clean text into readable plain language, and into its plain view.

    Thread-safe; the result does not depend on what the bounded token cache holds.
    """

    def __init__(self, resources: Resources) -> None:
        self._rewrites = resources.rewrites
        self._words = resources.words
        self._accented = _by_bare_form(resources.words.difference(resources.rewrites))
        letters = {k: v for k, v in resources.homoglyphs.items() if k.isalpha()}
        signs = {k: v for k, v in resources.homoglyphs.items() if not k.isalpha()}
        self._letters = str.maketrans(letters)
        self._signs = signs
        self._signs_re = re.compile(_any_of(signs))
        self._alike = _alike(signs)
        self._alike_re = re.compile(f"{_any_of(self._alike)}|[{_INVISIBLE}]+")
        self._clean_re = re.compile(f"[{_SETTLED}{_inert(resources.homoglyphs.keys())}]*+")
        self._changes = Memo(self._change)
        self._forms = Memo(self._form)
        self._between = Memo(lambda three: self._rewrite_group(*three.split(" ")))
        self._first_words = Memo(self._first_word)
        self._last_words = Memo(self._last_word)
        self._leet = Memo(_read_leet)

    def clean(self, raw: str, longest: int = sys.maxsize) -> Clean:
        """Undo character-level disguises; see :func:`clean`."""
        if self._is_settled(raw):
            return Clean(raw)
        # Of the others, most hold references, curly quotes or emoji, and need not all the steps.
        text = _substitute(Clean(raw), _REFERENCE_RE, _decode) if "&" in raw else Clean(raw)
        text = _substitute(text, self._alike_re, lambda c: self._alike.get(c, ""), longest)
        return text if self._is_settled(text.text) else clean(raw, self._fold, longest)

    def _is_settled(self, text: str) -> bool:
        # Most are printable ASCII, which takes no regular expression to see.
        return (
            (text.isascii() and text.isprintable()) or self._clean_re.fullmatch(text) is not None
        ) and not ("&" in text and _REFERENCE_RE.search(text))

    def normalize(self, text: str, entities: Sequence[Stretch] = ()) -> str:
        """Return clean text in lower case and plain language.

        Parameters
        ----------
        text
            Clean text.
        entities
            Sorted, disjoint stretches of it (addresses, tags) whose words stay as they are.
        """
        spaced: list[Stretch] = []
        if _SPACES_RE.search(text):
            spaced += [Found(*match.span()) for match in _SPACED_RE.finditer(claim(text, entities))]
        if not (entities or spaced):
            return self._rewrite(self._lower(text))
        pieces = []
        done = 0
        for kept in sorted([*entities, *spaced], key=lambda stretch: stretch.start):
            between = text[done : kept.start]
            pieces.append(self._rewrite(self._lower(between)) if between.strip() else between)
            pieces.append(self._lower(text[kept.start : kept.end]))
            done = kept.end
        pieces.append(self._rewrite(self._lower(text[done:])))
        return "".join(pieces)

    def reveal(self, normalized: str) -> str:
        """Return the text with the disguises inside words taken off: the view for search.

        Letters with separators between them are joined, digits and signs that pose as letters
        inside a word become them. Numbers without letters stay.
        """
        return self.read_leet(join_letters(normalized))

    def read_leet(self, joined: str) -> str:
        """Return the text with digits and signs read as the letters that they pose as."""
        if not _POSING_RE.search(joined):
            return joined
        # No stretch goes across a blank, and groups come again from text to text.
        return " ".join(map(self._leet.__getitem__, joined.split(" ")))

    def _lower(self, text: str) -> str:
        lower = text.lower()
        # Lower case can lay open what cleaning folds: Greek "ΓΑ" poses as nothing, "γα" as "ya",
        # and "&Pound;" is no reference.
        return lower if lower.isascii() and "&" not in lower else self.clean(lower).text

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

    def _rewrite(self, text: str) -> str:
        # No word goes across a blank, and groups come again from text to text.
        groups = text.split(" ")
        forms = list(map(self._forms.__getitem__, groups))
        if None in forms:
            places = [place for place, group in enumerate(groups) if group.strip()]
            beside = ["", *(groups[place] for place in places), ""]
            for place, before, after in zip(places, beside, beside[2:], strict=False):
                if forms[place] is None:
                    forms[place] = self._between[f"{before} {groups[place]} {after}"]
        return " ".join(cast("list[str]", forms))

    def _form(self, group: str) -> str | None:
        """Return a group rewritten, or None if the groups beside it have a say in that."""
        changes = list(map(self._changes.__getitem__, find_words(group)))
        if any(isinstance(change, Rewrite) for change in changes):
            return None
        return self._rewrite_group("", group, "") if any(changes) else group

    def _rewrite_group(self, before: str, group: str, after: str) -> str:
        """Return a group rewritten between two others.

        A gated rewrite is applied if a neighbor allows it and a blank or nothing is on its left.
        Neighbors are compared by the form that the dictionary gives them out of context, so that
        no decision depends on another and normalizing twice is normalizing once.
        """
        pieces = _split(group)
        gaps, words = pieces[::2], pieces[1::2]
        neighbors = [before, *words, after]
        for index, word in enumerate(words):
            new = self._changes[word]
            if not new or (len(word) == 1 and _is_initial(index, words, gaps)):
                continue
            if isinstance(new, Rewrite):
                is_left, is_right = not gaps[index].strip(), not gaps[index + 1].strip()
                if (
                    not (
                        (is_right and self._first_words[neighbors[index + 2]] in new.before)
                        or (is_left and self._last_words[neighbors[index]] in new.after)
                    )
                    or gaps[index][-1:].strip()
                ):
                    continue
                new = new.canonical
            pieces[2 * index + 1] = new
        return "".join(pieces)

    def _change(self, word: str) -> str | Rewrite | None:
        """Return what a word becomes, or the gated rewrite that its neighbors decide, or None."""
        if len(word) > LONGEST_WORD:
            return None
        if _RUN_RE.fullmatch(word):  # "kkkk", "zzz": a sound, and no drawn-out "k"
            return word[:3] if len(word) > 3 else None
        rewrite = self._rewrites.get(word)
        if rewrite is None:
            short = self._shorten(word)
            rewrite = self._rewrites.get(short)
            if rewrite is None:
                new = self._complete(short)
                return None if new == word else new
        return rewrite if rewrite.before or rewrite.after else rewrite.canonical

    def _shorten(self, word: str) -> str:
        """Cut runs of three and more letters to two or one, whichever gives a word; else to two."""
        if not _RUN_RE.search(word):
            return word
        double, single = _RUN_RE.sub(r"\1\1", word), _RUN_RE.sub(r"\1", word)
        known = (form for form in (double, single) if form in self._words or form in self._rewrites)
        return next(known, double)

    def _complete(self, word: str) -> str:
        """Give back what a word lost: the g of "fishin", the accent of "telefono", "ubicacion"."""
        if word in self._words:
            return word
        if word.endswith("in") and len(word) >= _SHORTEST_WITHOUT_G and word + "g" in self._words:
            return word + "g"
        if word.endswith("cion"):
            return word[:-2] + "ón"
        return self._accented.get(word, word)

    def _first_word(self, group: str) -> str:
        """Return the canonical form of the word that a group begins with; "" without any."""
        gap, *words = _split(group)
        return "" if gap.strip() or not words else self._canonical(words[0]).partition(" ")[0]

    def _last_word(self, group: str) -> str:
        *words, gap = _split(group)
        return "" if gap.strip() or not words else self._canonical(words[-1]).rpartition(" ")[2]

    def _canonical(self, word: str) -> str:
        new = self._changes[word]
        return new.canonical if isinstance(new, Rewrite) else new or word


def _split(text: str) -> list[str]:
    """Return gaps and words in turn, a gap first and last."""
    if not text.isascii():
        return _WORD_OR_GAP_RE.split(text)
    return ["", text, ""] if text.isalnum() else _ASCII_WORD_OR_GAP_RE.split(text)


def _is_initial(index: int, words: list[str], gaps: list[str]) -> bool:
    """Whether a letter belongs to a name: "u.s.", "r&b", "u-18"; not in "c u.call me"."""
    if index and gaps[index] in _INITIAL_SIGNS:
        before = words[index - 1]
        if len(before) == 1 or before.isdigit():
            return True
    if gaps[index + 1] in _INITIAL_SIGNS and index + 1 < len(words):
        after = words[index + 1]
        return len(after) == 1 or after.isdigit()
    return False


def _any_of(characters: Iterable[str]) -> str:
    listed = re.escape("".join(characters))
    return f"[{listed}]" if listed else "(?!)"


def _alike(signs: Mapping[str, str]) -> dict[str, str]:
    """Return the characters that are cleaned to ASCII, and to what, whatever stands beside them."""
    characters = dict.fromkeys(chr(code) for block in _INERT_BLOCKS for code in block)
    alike = {}
    for character in [*characters, *signs]:
        normal = unicodedata.normalize("NFKC", character)
        plain = "".join(signs.get(part, part) for part in normal)
        if plain.isascii():
            alike[character] = plain
    return alike


def _inert(homoglyphs: Set[str]) -> str:
    """Return characters that cleaning leaves alone, whatever stands beside them.

    From blocks in which nothing composes with what stands before it.
    """
    text = "".join(chr(code) for block in _INERT_BLOCKS for code in block)
    text = _MISREAD_RE.sub("", _INVISIBLE_RE.sub("", _without_marks(text)))
    inert = (c for c in text if unicodedata.is_normalized("NFKC", c) and c not in homoglyphs)
    return re.escape("".join(inert))


def _without_marks(text: str) -> str:
    return "".join(c for c in text if not unicodedata.category(c).startswith("M"))


def _by_bare_form(words: Set[str]) -> dict[str, str]:
    """Return the words with accents by their form without, where that is no word and is of one."""
    accented: dict[str, str] = {}
    twice = set(words)
    for word in sorted(word for word in words if not word.isascii()):
        bare = _without_marks(unicodedata.normalize("NFD", word))
        if bare in accented:
            twice.add(bare)
        accented[bare] = word
    return {bare: word for bare, word in accented.items() if bare not in twice}
