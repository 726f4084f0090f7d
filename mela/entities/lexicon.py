"""Read a text as a string with one letter for each token, the class of the token.

A grammar over classes is then a regular expression over letters, which is as fast as one.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import partial
from itertools import accumulate
from string import ascii_letters
from typing import Final

from mela.resource_files import Vocabulary
from mela.text.late import late
from mela.text.memo import Memo
from mela.text.reading import Reading
from mela.text.span import CLAIMED
from mela.text.words import alternation, tokens

_ORDINAL_ENDINGS: Final = "st|nd|rd|th|er|er[oa]|d[oa]|r[oa]|t[oa]|m[oa]|v[oa]|n[oa]|o|°"
"""English and Spanish: 1st, 2do, 3er, 4ta, 1°."""

_DAY: Final = "(?:0?[1-9]|[12][0-9]|3[01])"
_DAY_AND_MONTH: Final = rf"(?!(?:1[3-9]|[23][0-9])\D(?:1[3-9]|[23][0-9])){_DAY}"
"""The first of the two, in any order; no month comes after the twelfth."""

_YEAR: Final = "(?:19|20)[0-9]{2}"
_TIME_OF_DATE: Final = r"t[0-9]{2}(?::[0-9]{2}){1,2}(?:\.[0-9]{1,6})?(?:z|[+-][0-9]{2}:?[0-9]{2})?"
"""Behind a date of machines: 2024-05-21T10:30:00Z."""

_FORMS: Final = (
    (
        "date",
        rf"{_YEAR}([-/.]){_DAY}\1{_DAY}(?:{_TIME_OF_DATE})?"
        rf"|{_DAY_AND_MONTH}(?:([-/]){_DAY}\2(?:[0-9]{{2}}|{_YEAR})|\.{_DAY}\.{_YEAR})",
    ),
    ("dotted_date", rf"{_DAY_AND_MONTH}\.{_DAY}\.[0-9]{{2}}"),
    ("month_year", r"(?:0?[1-9]|1[0-2])/20(?!00)[0-4][0-9]"),
    ("year_pair", r"(?:19|20)[0-9]{2}[-/](?:19|20)?[0-9]{2}"),
    ("decade", r"[0-9]0'?s"),
    ("full_decade", r"(?:19|20)[0-9]0'?s"),
    ("ordinal", rf"(?:[12]?[0-9]|3[01])(?:{_ORDINAL_ENDINGS})"),
    (
        "clock",
        r"(?:[01]?[0-9]|2[0-4])"
        r"(?::[0-5][0-9](?::[0-5][0-9](?:\.[0-9]++)?|[ap])?|h[0-5][0-9])",
    ),
    ("bare_am", r"(?:[1-9]|1[0-2])[0-5][0-9]a"),
    ("days", r"(?![234]d)[0-9]{1,3}d"),  # 3d is a film
    ("span_part", r"[0-9]{1,2}[dmswy]"),
    ("glued_date", r"[0-9]{1,2}(?:st|nd|rd|th)?[a-z]{3,}(?:[0-9]{2,4})?"),
    ("quarter_clock", r"(?:[1-9]|1[0-2])\.(?:15|30|45)"),
    ("dot_clock", r"(?:[01]?[0-9]|2[0-4])[.,][0-5][0-9]"),
    ("padded_date", r"0[1-9]/(?:0[1-9]|[12][0-9]|3[01])|(?:[12][0-9]|3[01])/0[1-9]"),
    ("short_date", r"(?:0?[1-9]|[12][0-9]|3[01])/(?:0?[1-9]|[12][0-9]|3[01])"),
    ("padded", r"0[0-9]"),
    (
        "bare_date",
        r"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{2}"
        r"|20[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])",
    ),
    ("to_or_for", r"[24]"),
    ("hour", r"[1-9]|1[0-2]"),
    ("day", r"1[3-9]|2[0-9]|3[01]"),
    ("round_year", r"(?:19|20)00"),
    ("year", r"19[2-9][0-9]|20[0-4][0-9]"),
    ("quarter_military", r"(?:0?[1-9]|1[0-2])(?:15|30|45)"),
    ("military", r"(?:[01]?[0-9]|2[0-4])[0-5][0-9]"),
    ("count", r"[0-9]+"),
    ("decimal", r"[0-9].*"),
)
"""Classes of the tokens that begin with a digit: the first form that fits the whole token."""

_MARKS: Final = {
    ",": "comma", "-": "dash", ".": "dot", "/": "slash", ":": "colon",
    **dict.fromkeys("%*+#=_$'", "sign"),
}  # fmt: skip
"""Classes of single characters; any other ends what stands before it."""

_LETTER: Final = "a-zß-öø-ɏ"
"""Letters of English and Spanish, as a set: three times faster than any Unicode class."""

_END: Final = rf"(?![0-9{_LETTER}])"
"""What a phrase, or a form with digits, ends before."""

_POSSESSIVE: Final = "'s"
"""Ends a word, as an ordinary word of its own: the match of last night's match."""

_LONGEST_GROUP: Final = 1000
"""How many characters without a blank are looked at; people write some dozens."""

_ALPHABET: Final = ascii_letters + "".join(map(chr, range(0xA1, 0x100)))
"""The letters for classes, more than there are. Of Latin-1: sets of others take longer to compile
and to match."""


class Lexicon:
    """Reads a text as a string of classes, one letter for each token.

    Parameters
    ----------
    vocabulary
        The words of each class; a word is in one class only.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        names = [*vocabulary, *(name for name, _ in _FORMS), *sorted(set(_MARKS.values()))]
        names += ["claimed", "other", "stop"]
        self._letters: dict[str, str] = dict(zip(names, _ALPHABET, strict=False))
        self._classes = {w: self._letters[name] for name, ws in vocabulary.items() for w in ws}
        self._classes |= {mark: self._letters[name] for mark, name in _MARKS.items()}
        self._forms = [(self._letters[name], re.compile(form)) for name, form in _FORMS]
        self._tokens = late(partial(_token_pattern, vocabulary), re.VERBOSE)
        phrases = [word for words in vocabulary.values() for word in words if " " in word]
        self._phrases = late(lambda: rf"(?<![{_LETTER}])(?:{alternation(phrases)}){_END}")
        # A word of each phrase. Not the first, to which a digit may be glued: "2all day".
        self._phrase_words = frozenset(max(tokens(phrase)[1:], key=len) for phrase in phrases)
        self._letter_of = Memo(self._class)
        self._known = Memo(self._read)
        self._cuts = Memo(self._cut)

    def letter(self, name: str) -> str:
        """Return the letter that stands for a class."""
        return self._letters[name]

    def grammar(self, pattern: str) -> re.Pattern[str]:
        """Return a verbose pattern in which each name of a class stands for its letter."""

        def write() -> str:
            bare = re.sub(r"\s#\s.*", "", pattern)
            return re.sub(r"(?<![<a-z_])[a-z_]{2,}", lambda name: self._letters[name[0]], bare)

        return late(write, re.VERBOSE)

    def groups(self, reading: Reading) -> list[str]:
        """Cut a text at its blanks, unless some token goes across one.

        Groups come again from text to text, and each is read once.
        """
        folded = reading.folded
        if reading.holds(self._phrase_words) and self._phrases.search(folded):
            return [folded.strip()]
        groups = folded.split()
        if len(folded) > _LONGEST_GROUP:
            groups = [group[:_LONGEST_GROUP] for group in groups]
        return groups

    def classes(self, groups: list[str]) -> list[str]:
        """Return each group as a string of classes, one letter for each token."""
        return list(map(self._known.__getitem__, groups))

    def places(
        self, folded: str, groups: list[str], classes: list[str], wanted: Iterable[int]
    ) -> dict[int, tuple[int, int]]:
        """Return where the wanted tokens, given in order, start and end."""
        places: dict[int, tuple[int, int]] = {}
        firsts = list(accumulate(map(len, classes), initial=0))
        rest, passed = folded, 0
        cuts: list[tuple[int, int]] = []
        for place in wanted:
            number = bisect_right(firsts, place) - 1
            if number > passed or not cuts:
                rest = rest.split(None, number - passed)[-1]
                passed = number
                # Once for each group: a long one is not kept.
                cuts = self._cuts[groups[number]]
            offset = len(folded) - len(rest)
            start, end = cuts[place - firsts[number]]
            places[place] = offset + start, offset + end
        return places

    def _read(self, group: str) -> str:
        return "".join(map(self._letter_of.__getitem__, self._tokens.findall(group)))

    def _cut(self, group: str) -> list[tuple[int, int]]:
        return [token.span() for token in self._tokens.finditer(group)]

    def _class(self, token: str) -> str:
        other = self._letters["other"]
        if token in self._classes:
            return self._classes[token]
        if token.isalpha():
            return other
        if token[0] == CLAIMED:
            return self._letters["claimed"]
        if token[0].isdigit():
            return next((letter for letter, form in self._forms if form.fullmatch(token)), other)
        return other if token[0].isalnum() or token == _POSSESSIVE else self._letters["stop"]


def _token_pattern(vocabulary: Vocabulary) -> str:
    listed = [word for words in vocabulary.values() for word in words]
    phrases = [word for word in listed if not word.isalpha()]
    kissed = [word for word in vocabulary["deictic"] if " " not in word]
    months = alternation(
        month for name in ("month", "month_short", "month_word") for month in vocabulary[name]
    )
    units = alternation(
        unit
        for name in ("unit", "hour_unit", "short_unit")
        for unit in vocabulary[name]
        if len(unit) > 1 and unit.isalpha()
    )
    # A clock time that is glued to its date: 12/02/26,21:05  may 5,9am.
    clock = rf"""[0-9]{{1,2}}(?:
        [.:][0-9]{{2}}(?::[0-9]{{2}})?(?![0-9.:])
      | (?:[.:]?[0-9]{{2}})?(?:[ap]\.?m|h(?:r?s)?){_END}
      | -[0-9]{{1,2}}[ap]\.?m{_END})"""
    glued = rf"(?=[0-9]{{1,2}}(?:[dhmswy]|{units})(?![{_LETTER}]))"
    return rf"""
        (?=\S)(?:                                                # fails fast at a blank
        (?:{alternation(phrases)}){_END}                          # 2moro, o'clock, black friday
            (?:(?<![0-9])|(?![-/][0-9]))                          # 24/7, not the date 24/7/2024
      | (?:{alternation(kissed)})(?=x{{2,}}{_END})                # 2morrowxxx
      | [0-9]{{1,4}}-[0-9]{{1,2}}-[0-9]{{2,4}}(?![0-9])          # 21-05-2024  2024-05-21t10:30
            (?:{_TIME_OF_DATE})?+
      | {_YEAR}-[0-9]{{2}}(?![0-9-])                             # 2021-22
      | [0-9]{{1,2}}(?:st|nd|rd|th)?(?:(?:{months})(?:[0-9]{{2,4}})?|ago[0-9]{{2,4}}){_END}
                                                                # 02jan24  22ndjune  25ago21
      | [{_LETTER}]{{2,}}+(?=[0-9]{{1,3}}(?:{units}){_END}        # open24hrs
            |[0-9]{{1,2}}[/-][0-9]{{1,2}}[/-][0-9]{{2}})          # on12/02/26
      | (?:{months})(?=[0-9]{{1,4}}{_END})                        # nov25
      | (?<=[0-9])h{glued}                                      # 1h30min
      | [0-9]{{1,3}}[dmswy](?:{_END}|(?<!s){glued})                       # 45m  2d4h
      | {_YEAR}(?!(?:{units}|[ap]m?|hs?|s){_END})[{_LETTER}][0-9{_LETTER}]*+  # 1920x1080
      | [0-9]{{1,2}}(?:{_ORDINAL_ENDINGS}){_END}                  # 21st  2do
      | [0-9]{{2,4}}'?s{_END}                                     # 80's
      | [0-9]{{1,2}}(?:h[0-9]{{2}}|(?::?[0-9]{{2}}a|:[0-9]{{2}}p)(?!\.m)){_END}  # 1h30  6:05a  930a
      | [0-9]{{1,4}}[/.][0-9]{{1,2}}[/.][0-9]{{2,4}}(?=,)         # 12/02/26,9 am
      | [0-9]++(?:(?:[.:/]|,(?!{clock}))[0-9]++)*+               # 5  7.30  02/09/03
      | {_POSSESSIVE}{_END}                                     # tonight's
      | [{_LETTER}]++(?:                                        # words, mp3, b4, v1.1.30
            (?!{_POSSESSIVE}{_END})'[{_LETTER}]++|[0-9][0-9{_LETTER}]*+(?:\.[0-9]++)*+
        )?+
      | \x00++ | \S
        )
    """
