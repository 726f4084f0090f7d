"""Put clean text into plain language, by a dictionary of textese and the words around a token."""

import unicodedata
from collections.abc import Sequence, Set
from typing import Final, cast

from mela.resources import Resources, Rewrite
from mela.text.cleaning import Cleaner, without_marks
from mela.text.late import late
from mela.text.memo import LONGEST_WORD, Memo
from mela.text.plain import find_letters
from mela.text.span import Stretch, claim
from mela.text.words import find_words, split_words

_RUN_RE: Final = late(r"([^\W\d_])\1{2,}")

_INITIAL_SIGNS: Final = frozenset(".&/-")

_SHORTEST_WITHOUT_G: Final = 5
"""Shorter words in -in are words of their own ("thin", "sin"), and no -ing without its g."""


class Normalizer:
    """Turns clean text into readable plain language.

    Thread-safe; the result does not depend on what the bounded tables hold.

    Parameters
    ----------
    resources
        The dictionary, and the words that need none.
    cleaner
        Cleans what lower case lays open.
    """

    def __init__(self, resources: Resources, cleaner: Cleaner) -> None:
        self._cleaner = cleaner
        self._rewrites = resources.rewrites
        self._words = resources.words
        self._accented = _by_bare_form(resources.words.difference(resources.rewrites))
        self._changes = Memo(self._change)
        self._forms = Memo(self._form)
        self._between = Memo(lambda three: self._rewrite_group(*three.split(" ")))
        self._first_words = Memo(self._first_word)
        self._last_words = Memo(self._last_word)

    def normalize(self, text: str, entities: Sequence[Stretch] = ()) -> str:
        """Return clean text in lower case and plain language.

        Parameters
        ----------
        text
            Clean text.
        entities
            Sorted, disjoint stretches of it (addresses, tags) whose words stay as they are.
        """
        spaced = find_letters(claim(text, entities) if entities else text)
        if not (entities or spaced):
            return self._rewrite(self._lower(text))
        pieces = []
        done = 0
        for kept in sorted([*entities, *spaced], key=lambda stretch: stretch.start):
            between = text[done : kept.start]
            pieces.append(self._rewrite(self._lower(between)) if between.strip() else between)
            if between and _is_told_by_case(text, kept.start):
                pieces.append(" ")
            pieces.append(self._lower(text[kept.start : kept.end]))
            if _is_told_by_case(text, kept.end):
                pieces.append(" ")
            done = kept.end
        pieces.append(self._rewrite(self._lower(text[done:])))
        return "".join(pieces)

    def may_be_lost(self, text: str, entities: Sequence[Stretch]) -> bool:
        """Whether an entity holds words that would change, were it not found for what it is.

        One that stands between blanks in small letters is found again.
        """
        for entity in entities:
            written = text[entity.start : entity.end]
            around = (
                text[max(0, entity.start - 1) : entity.start],
                text[entity.end : entity.end + 1],
            )
            lower = self._lower(written)
            if lower == written and not "".join(around).strip():
                continue
            if any(self._forms[group] != group for group in lower.split(" ")):
                return True
        return False

    def _lower(self, text: str) -> str:
        lower = text.lower()
        # Lower case can lay open what cleaning mends: "İ" is a letter and a mark.
        return lower if lower.isascii() else self._cleaner.clean(lower).text

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

        Neighbors are compared by the form that the dictionary gives them out of context, so that
        no decision depends on another and normalizing twice is normalizing once.
        """
        pieces = split_words(group)
        gaps, words = pieces[::2], pieces[1::2]
        neighbors = [before, *words, after]
        for index, word in enumerate(words):
            new = self._changes[word]
            if not new or (len(word) == 1 and _is_initial(index, words, gaps)):
                continue
            if isinstance(new, Rewrite):
                left, right = gaps[index : index + 2]
                if not self._is_told(new, neighbors[index], left, right, neighbors[index + 2]):
                    continue
                new = new.canonical
            pieces[2 * index + 1] = new
        return "".join(pieces)

    def _is_told(self, rewrite: Rewrite, before: str, left: str, right: str, after: str) -> bool:
        """Whether the neighbors allow a rewrite, and a blank or nothing is on the word's left."""
        if left[-1:].strip():
            return False
        next_word = "" if right.strip() else self._first_words[after]
        last_word = "" if left.strip() else self._last_words[before]
        if next_word in rewrite.not_before or last_word in rewrite.not_after:
            return False
        is_open = not (rewrite.before or rewrite.after)
        return is_open or next_word in rewrite.before or last_word in rewrite.after

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
        return rewrite if rewrite.is_gated else rewrite.canonical

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
        gap, *words = split_words(group)
        return "" if gap.strip() or not words else _gate(self._canonical(words[0]).split(" ")[0])

    def _last_word(self, group: str) -> str:
        *words, gap = split_words(group)
        return "" if gap.strip() or not words else _gate(self._canonical(words[-1]).split(" ")[-1])

    def _canonical(self, word: str) -> str:
        new = self._changes[word]
        return new.canonical if isinstance(new, Rewrite) else new or word


def _gate(word: str) -> str:
    """Return how gates call a word: a figure "0", any other itself."""
    return "0" if word[:1].isdigit() else word


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


def _is_told_by_case(text: str, edge: int) -> bool:
    """Whether the letters on both sides of an edge are parted by case alone: "x.comCALL"."""
    sides = text[max(0, edge - 1) : edge + 1]
    return len(sides) == 2 and sides.isalnum() and sides != sides.lower()


def _by_bare_form(words: Set[str]) -> dict[str, str]:
    """Return the words with accents by their form without, where that is no word and is of one."""
    accented: dict[str, str] = {}
    twice = set(words)
    for word in sorted(word for word in words if not word.isascii()):
        bare = without_marks(unicodedata.normalize("NFD", word))
        if bare in accented:
            twice.add(bare)
        accented[bare] = word
    return {bare: word for bare, word in accented.items() if bare not in twice}
