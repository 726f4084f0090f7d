"""Find numbers that no other entity has claimed: cardinals and ordinals in digits or words."""

import re
from functools import partial
from itertools import islice
from typing import Final

from mela.resource_files import Vocabulary
from mela.resources import Resources
from mela.text.late import late
from mela.text.reading import Reading
from mela.text.span import CLAIMED, Found, claim
from mela.text.words import alternation

_DIGITS: Final = late(r"[0-9]++")

_UNSPACED: Final = "\u0e00-\u0e7f\u2e80-\u9fff\uac00-\ud7af"
"""Thai, Chinese, Japanese and Korean, which leave no blanks around a figure."""

_LETTER: Final = rf"[^\W_{_UNSPACED}]"
_GLUED_LETTER: Final = late(_LETTER)

_NOT_PLURAL: Final = ("ss", "us", "is")
"""Endings in s that are no plural: miss, plus, this."""

_OVER: Final = r"\s+(?:point|over|out\s+of)\s+"
_OVER_ENDS: Final = ("point ", "over ", "of ")
"""What joins two words to one number: one over three."""

_MINUS: Final = late(r"(?<![^\W_])(?:minus|negative)\s+\Z")

_SENSES: Final = {"2": ("to_before", "to_after"), "4": ("for_before", "for_after")}
"""The classes of words between which a digit is a preposition."""

_ENDS: Final = {"2": "too_before", "4": "for_before"}
"""The classes of words behind which a digit that ends a sentence is too, or for."""

_NEIGHBORS: Final = 24
"""Characters before a digit in which its neighbor is looked for."""

_LEAST_SPANISH: Final = 2
"""How many Spanish words make a text Spanish: its 2 and 4 are never to and for."""

_WORD_BEFORE: Final = late(r"(?<![^\W_])([^\W\d_]+(?:'[^\W\d_]+)?)\s+\Z")
_WORDS_AFTER: Final = late(
    r"\s+([0-9]?[^\W\d_]+(?:'[^\W\d_]+)?)(?![0-9])(?:\s+(#?[^\W_]+|\x00))?"  # go, 4get
)
_COUNTED_AFTER: Final = late(r"\s[0-9]++\s[^\W\d_]")  # cook 4 8 people, send 2 10 frnds

_CODE: Final = late(
    r"""
    (?<![\w.,:/+-])[0-9]{3,6}(?:[ -][0-9]{3,6}){1,7}+(?![^\W_]|[.,:/-][0-9])
    # does not match: a phone number (claimed), a date, a list with commas
    """,
    re.VERBOSE,
)
_MENU: Final = late(r"[*#][0-9]++(?:#|\*(?:[0-9]|[a-z]+#))")  # *611#  *121*1#

MOST_FIGURES: Final = 250
"""How many figures of a message are looked at, as numbers and as amounts.

A message of a thousand characters that is nothing but a table of prices has half as many; hostile
senders write thousands.
"""

_APART: Final = frozenset(" -")
_LEAST_LONG_CODE: Final = 11
"""Characters from which three or more groups are one code whatever the words around it."""


class NumberFinder:
    """Finds numbers, apart from the digits of textese and of codes.

    Parameters
    ----------
    resources
        Gives the words that write numbers, and those around a 2 or a 4 that is to, too or for.
    """

    def __init__(self, resources: Resources) -> None:
        words = resources.numerals
        self._figure = late(partial(_figure, words), re.VERBOSE)
        self._glued = late(rf"(?<![^\W_])(?:{alternation(words['glued_cue'])})\Z")
        cue = alternation(words["code_cue"])
        self._code_before = late(
            rf"(?<![^\W_])(?:{cue})(?:[.:#]?\s*(?:is|es|no|number))?[.:#]{{0,2}}\s*\Z"
        )
        # 338 204 is your code, 338 204 to verify
        self._code_after = late(
            r"\s+(?:(?:is|es)\s+(?:the|ur|your|el|su|tu)\s"
            r"|(?:to|2|para)\s+(?:access|acced|activ|authori|confirm|log|ingres|inici|sign|verif))"
        )
        self._age = late(rf"(?<![^\W_])(?:{alternation(words['age_cue'])})\s+\Z")
        self._fraction = late(lambda: rf"(?<![^\W_]){cardinal(words)}{_OVER}\Z")
        named = [name + apart for name in words["named"] for apart in "- "]
        self._not_before = ("<", "_", *named)
        self._in_words = late(partial(_in_words, words), re.VERBOSE)
        self.triggers = frozenset(
            {"one", "first", "second", *words["ordinal"], *words["part"]}
            | {*words["unit"], *words["ten"], *words["hundred"]}
        )
        """A text without digits holds no number without one of these."""
        self._around = {name: frozenset(listed) for name, listed in words.items()}

    def find(self, reading: Reading) -> list[Found]:
        """Return the numbers of a clean text in which the other entities are masked, in order."""
        folded = reading.folded
        found = []
        if reading.has_digits:
            found = self._figures(reading.text, folded, reading.words)
        if reading.holds(self.triggers):
            rest = claim(folded, found)
            found += [
                Found(*number.span("number"))
                for number in self._in_words.finditer(rest)
                if self._counts(number, reading.words)
            ]
            found.sort()
        return found

    def _figures(self, text: str, folded: str, present: frozenset[str]) -> list[Found]:
        found = []
        end = 0
        for run in islice(_DIGITS.finditer(folded), MOST_FIGURES):
            start = run.start()
            if start < end:
                continue
            after = folded[run.end() : run.end() + 1]
            code = _CODE.match(folded, start) if after in _APART else None
            if code and self._is_code(folded, *code.span()):
                end = code.end()
                found.append(Found(start, end))
                continue
            figure = self._figure.match(folded, start)
            if figure is None:
                continue
            end = figure.end("number")
            if (
                folded.endswith(self._not_before, 0, start) and not folded.startswith(">", end)
            ) or _MENU.match(folded, max(0, start - 1)):
                continue
            before = max(0, start - _NEIGHBORS)
            if (
                folded[max(0, start - 1) : start].isalpha()
                and _GLUED_LETTER.match(folded, start - 1)
                and not (end - start == 2 and folded.startswith("+", end))  # membersclub21+
                and not self._glued.search(folded, before, start)
            ):
                continue
            if figure["million"] and text[end - 1] == "m":  # 5m is a length
                continue
            if figure["capital"] and text[end - 1].islower():  # 1.5 g is a weight
                end -= len(figure["capital"])
            if figure["number"] in ("2", "4") and self._is_preposition(folded, start, end, present):
                continue
            if folded.endswith(_OVER_ENDS, 0, start) and self._fraction.search(
                folded, before, start
            ):
                continue
            found.append(Found(_with_sign(folded, start), end))
        return found

    def _is_code(self, folded: str, start: int, end: int) -> bool:
        """Tell the groups of one code from numbers side by side."""
        gaps = folded.count(" ", start, end) + folded.count("-", start, end)
        return bool(
            (gaps > 1 and end - start >= _LEAST_LONG_CODE)
            or self._code_before.search(folded, max(0, start - _NEIGHBORS), start)
            or self._code_after.match(folded, end)
        )

    def _is_preposition(self, folded: str, start: int, end: int, present: frozenset[str]) -> bool:
        """Tell the 2 of ``want 2 go`` and the 4 of ``4 u`` from those of ``4 tickets``."""
        around = self._around
        before_start = max(0, start - _NEIGHBORS)
        if self._is_spanish(present) or self._age.search(folded, before_start, start):
            return False
        if folded[end : end + 2] == f" {CLAIMED}":  # 4 next year, stop 2 80412
            return True
        before = _WORD_BEFORE.search(folded, before_start, start)
        after = _WORDS_AFTER.match(folded, end)
        previous = before[1] if before else ""
        digit = folded[start]
        if digit == "4" and after and after[1] == previous:  # sub 4 sub
            return True
        if after is None:
            return previous in around[_ENDS[digit]] or bool(
                before and _COUNTED_AFTER.match(folded, end)
            )
        if digit == "2" and after[1] in around["too_much"]:
            return True
        takes, follows = _SENSES[digit]
        return not self._is_quantity(digit, previous, after[1], after[2]) and (
            (digit == "2" and after[1] in around["too_after"])
            or after[1] in around[follows]
            or previous in around[takes]
            or previous in around["too_before"]
            or not around["textese"].isdisjoint(present)
        )

    def _is_quantity(self, digit: str, previous: str, word: str, next_word: str | None) -> bool:
        """Tell the 4 of ``buy 4 tickets`` by the words around it."""
        around = self._around
        takes, follows = _SENSES[digit]
        if previous in around["counting_before"]:
            return word != "free"  # all 4 free
        if word in around["quantity_after"]:
            return previous not in around[takes] and previous not in around[_ENDS[digit]]
        if next_word in around["dwelling"] and word in around["singular"]:  # 2 bed flat
            return True
        if digit == "2" and word in around["too_after"]:
            return self._is_counted(next_word)
        return word not in around[follows] and (
            self._is_counted(word)
            or self._is_counted(next_word)
            or previous in around["quantity_before"]
            or (word in around["size"] and next_word not in (None, "2", "4"))
        )

    def _is_counted(self, word: str | None) -> bool:
        if word is None or word in self._around["singular"]:
            return word is not None
        plural = word[2:].endswith("s") and not word.endswith(_NOT_PLURAL)
        return plural and word not in self._around["not_plural"]

    def _is_spanish(self, present: frozenset[str]) -> bool:
        return len(present & self._around["spanish"]) >= _LEAST_SPANISH

    def _counts(self, number: re.Match[str], present: frozenset[str]) -> bool:
        """Tell words that are no numbers: the one of ``this one``, the once of ``once more``."""
        if number["number"] == "one":
            return self._is_counting_one(number.string, *number.span("number"))
        return number["number"] != "once" or self._is_spanish(present)

    def _is_counting_one(self, folded: str, start: int, end: int) -> bool:
        """Tell ``one ticket`` from ``this one``: only directly before a word it can count."""
        before = _WORD_BEFORE.search(folded, max(0, start - _NEIGHBORS), start)
        after = _WORDS_AFTER.match(folded, end)
        if after is None:
            return folded.strip() == "one"
        return after[1] not in self._around["pronoun_after"] and not (
            before and before[1] in self._around["pronoun_before"]
        )


def _with_sign(folded: str, start: int) -> int:
    """Return where a figure starts together with its point and its sign: .5, -5, minus 5."""
    before = folded[max(0, start - 2) : start]
    if before[-1:] == "." and not (before[:-1] == "." or before[:-1].isalnum()):  # not so...5
        start -= 1
    if start and folded[start - 1] == "-" and folded[max(0, start - 2) : start - 1] in " (\n":
        return start - 1
    worded = _MINUS.search(folded, max(0, start - _NEIGHBORS), start) if start else None
    return worded.start() if worded else start


def cardinal(words: Vocabulary) -> str:
    """Return a pattern for a cardinal in words, of any length: two hundred and twenty-one."""
    word = alternation([*words["unit"], *words["ten"], *words["hundred"], "one"])
    # Two hundred and six, treinta y cinco; two and three are two numbers.
    large = "|".join(f"(?<={re.escape(word)})" for word in [*words["ten"], *words["hundred"]])
    both = rf"(?:{large})\s+(?:{alternation(words['and'])})\s+"
    # Twenty-one, two-hundred; three-four are two numbers.
    hyphen = rf"(?<=y)\s?-\s?|-(?=(?:{alternation(words['hundred'])})(?![^\W_]))"
    return rf"(?:{word})(?![^\W_])(?:(?:{both}|\s+|{hyphen})(?:{word})(?![^\W_]))*+"


def _figure(words: Vocabulary) -> str:
    hundred = rf"(?:{alternation(words['hundred'])})(?![^\W_])"
    part = rf"(?:{alternation(words['part'])})(?![^\W_])"
    measure = alternation(words["measure"])
    not_in_post_code = r"(?<![a-z][0-9]\ [0-9])(?<![a-z][0-9]{2}\ [0-9])"  # WA14 2PX
    return rf"""
    (?P<number>
        (?>
            [0-9]{{1,3}}(?:,[0-9]{{2,3}}(?![0-9])){{1,8}}+(?<=,[0-9]{{3}})(?:\.[0-9]++)?  # 5,00,000
          | [0-9]{{1,3}}(?:\.[0-9]{{3}}(?![0-9])){{2,8}}+(?:,[0-9]++)?              # 1.234.567,89
          | [0-9]{{1,3}}\.[0-9]{{3}},[0-9]++                                       # 1.111,11
          | [0-9]{{1,3}}(?:(?:\s[0-9]{{3}}(?![0-9])){{2,8}}+|\s000(?![0-9]))         # 40 000
                (?:\.[0-9]++)?
          | [0-9]++\s+[0-9]++/[0-9]++(?![/0-9])                                    # 1 4/5
          | (?<![0-9][.,])[0-9]++\.[0-9]++(?:/[0-9]++(?![/0-9])|(?![.,:/]?[0-9]))   # 1.5  7.5/10
          | (?<![0-9][.,])[0-9]++(?:\.[0-9]++){{2,}}+                              # version 2.4.1
          | (?<![0-9][.,])[0-9]++,[0-9]++                                          # 1,5
                (?![.,:/]?[0-9]|[{_UNSPACED}]|\s?(?:or|and|&|o|y)\s?[0-9])       # not 1,2 or 3
          | (?<![0-9]/)[0-9]++/[0-9]++(?![/0-9])                                   # 2/2
          | [0-9]++
        )
        (?:
            st|nd|rd|th                                                            # 2nd
          | k | (?P<million>m) | \s?%(?![0-9]) | (?<=00)'?s(?!\w)                    # 10k 20% 100s
          | e[+-]?[0-9]++ | (?:x10)?\^[+-]{{0,2}}[0-9]++                           # 1e10  6x10^-4
          | \s+(?:point|over)\s+(?:[0-9]++|{cardinal(words)})                      # 1 over 3
          | (?:\s?{hundred}){{1,3}}+                                               # 2 million
            (?:\s+[0-9]++\s+{hundred})?+
            (?:\s+and\s+(?:an?\s+)?{part}|(?:\s+and)?\s+{cardinal(words)}
              |\s+and\s+[1-9][0-9]*+(?![.,]?[0-9]|\s+{hundred}))?                 # 3 hundred and 21
          | (?=[a-z°]){not_in_post_code}(?:                                        # 3º is 3o
                (?<=[13])(?:er|r[oa]) | (?<=[456])t[oa] | (?<=[70])m[oa] | (?<=8)v[oa]   # 4to
              | (?<=9)n[oa] | (?<=el\ 2)do | (?<=la\ 2)da | o | (?<=la\ [0-9])a
              | °(?!\s?[cf](?![^\W_])) | (?<=\.[0-9])b | (?<=\.[0-9]{{2}})b)         # 1.2b
          | (?:(?<=\.[0-9])|(?<=\.[0-9]{{2}}))\sk                                    # 2.33 k
          | (?P<capital>(?:(?:(?<=\.[0-9])|(?<=\.[0-9]{{2}}))\s[bgm]|(?<=[0-9]{{2}})g)(?![^\W_]))
                                                                                   # 1.5 M  10G
        )?
    )
    (?:'?s)?(?:(?!{_LETTER}|{alternation(words["time_unit"])})                       # over 18's
        |{not_in_post_code}
        (?=(?:{measure}|(?<=[0-9]{{2}})[gw])(?![^\W_]|{CLAIMED})))                  # 5gb 200g 2x
    # does not match: 2nite, 3G, 7250i, <3
    """


def _in_words(words: Vocabulary) -> str:
    hundred = alternation(words["hundred"])
    alone = alternation(set(words["hundred"]).difference(words["hundred_short"]))
    first = alternation([*words["unit"], *words["ten"], "one"])
    ordinal = alternation(words["ordinal"])
    part = alternation([*words["part"], *words["ordinal"]])
    run = cardinal(words)
    return rf"""
    (?<![^\W_']) (?!(?<=por\s)ciento(?![^\W_]))                       # 15 por ciento
    (?P<article>(?:{alternation(words["article"])})\s+(?=first\s|second\s))?
    (?P<number>
        (?(article)(?:first|second)(?=\s+[^\W\d_])                       # the first prize
          | (?: (?:first|second)(?=\s+(?:{alternation(words["ordered"])})(?![^\W_]))
                                                                         # second edition
            | (?:(?:minus|negative)\s+)?
            (?=(?:{first})(?![^\W_])|(?:(?:an?|half|half\s+an?|quarter)\s+)?(?:{alone})(?![^\W_]))
            (?:(?:half|quarter)\s+)?(?:an?\s+)?{run}                     # half a million
            (?:{_OVER}(?:{run}|[0-9]++))?                                # two point five
            (?:(?:\s+and\s+(?:an?\s+|one\s+)?(?:{run}[\s-]+)?|[\s-]+)    # two and a half
                (?:{part}|(?<=-)(?:first|second))(?![^\W_])(?:\s+(?:of\s+an?\s+)?(?:{hundred})(?![^\W_]))?)?
          | (?:an?\s+(?=(?:{part})(?:\s+of\s|\W*\Z)))?(?:{ordinal})(?![^\W_])
          | an?\s+(?:{part})(?=\s+of\s|\W*\Z)                            # a quarter of
          | half(?=\s+(?:of|the|my|our|people|[^\W\d_]{{3,}}(?<![su])s)(?![^\W_]))  # half people
        ))
    )
    # does not match: first and second where they order speech; half, couple, single
    """
