"""Find amounts of money: a figure with its sign, code or name, or an amount in words."""

import re
from functools import partial
from itertools import islice
from typing import Final

from mela.entities.numbers import MOST_FIGURES, cardinal
from mela.resource_files import Vocabulary
from mela.resources import Resources
from mela.text.late import late
from mela.text.reading import Reading
from mela.text.span import Found, claim
from mela.text.words import alternation

_FIGURE: Final = late(
    r"""
    [.0-9]                                                       # a set first: fast to find
    (?:(?<=[0-9])[0-9]*+ | (?<=\.)(?<![\w.,]\.)[0-9]++)          # 150  .50
    (?:[.,][0-9]++)*+                                            # 1.50  1,000  1.234,56
    (?:(?<![0-9]{4})(?:(?:\s[0-9]{3}(?![0-9])){2,4}+|\s000(?![0-9]))(?:[.,][0-9]{2}(?![0-9]))?+)?+
    # does not match: what makes the figure an amount, which stands before or after it
    """,
    re.VERBOSE,
)

_REACH: Final = 10
"""Characters before a figure that can hold its sign; the longest are like ``mex $ ``."""

_PICTURE_HEIGHTS: Final = frozenset({"480", "720", "1080", "1440", "2160"})
"""Lines of a video (1080p), which are not pence."""

_LEAST_LENGTH: Final = 3
"""How long a figure must be for a glued capital to be naira, peso or rand: not N95, R18. A
shorter one, or one that stands apart, needs a word of money next to it. It is also what a name
that is mostly something else needs: 800 mangos."""

_MOST_DIGITS: Final = 7
"""How long a plain figure behind such a capital may be: P19220447 is a meter."""

_THOUSANDS: Final = late(
    r"(?<![0-9]{4})\s[0-9]{3}(?![0-9])(?:[.,][0-9]{2}(?![0-9]))?(?![^\W_]|[-/])"
)
"""What follows the R of ``R 25 500``; elsewhere one group of three can be another number."""

_LIST: Final = late(r"[0-9]{1,2}(?:,[0-9]{1,2}){2,}+")  # nos. 22,24,26

_CODED: Final = late(r"(?<![^\W_])(?:code|no|number|ref)[.:]?\s\Z")  # code RP100200

_LETTERS: Final = late(r"(?![km](?![^\W_]))[^\W\d_]")  # not the k of N500k

_GLUED_STOP: Final = late(r"[1-9][0-9]*+\.(?=[0-9]{3})")  # over21.250p

_OF_TIME: Final = late(r"(?::|[0-9]a\s?(?:-|to)\s?)\Z")  # 6:30p  9a-5p

_NUMBERED: Final = late(r"\s?[0-9]")  # 2345 piso 7 is an address


class CurrencyFinder:
    """Finds amounts of money.

    Each figure is judged by what touches it: a sign, a code or an abbreviation before it, a unit
    after it. Amounts in words are looked for only where a currency is named.

    Parameters
    ----------
    resources
        Gives the signs, codes and names of money, and the words that write numbers.
    """

    def __init__(self, resources: Resources) -> None:
        money = resources.currency
        self._slang = frozenset(money["slang"])
        self._codes = frozenset(money["code"])
        self.triggers = frozenset(money["name"] + money["code"] + money["mark"])
        """A text without digits holds no amount without one of these."""
        self._signs = frozenset(
            money["code"]
            + money["code_word"]
            + money["mark"]
            + money["figure_mark"]
            + money["glued_mark"]
            + money["initial"]
        )
        self._before = late(partial(_before, money), re.VERBOSE)
        self._unit_after = late(partial(_unit_after, money), re.VERBOSE)
        self._rest_after = late(partial(_rest_after, money), re.VERBOSE)
        self._in_words = late(partial(_in_words, money, resources.numerals), re.VERBOSE)
        self._weighing = late(
            rf"(?<![^\W_])(?:{alternation(money['weight_cue'])})\s+(?:[^\W_]+\s+){{0,2}}\Z"
        )

        cue = alternation(money["price_cue"])
        self._price_before = late(rf"(?<![^\W_])(?:{cue})\s+\Z")
        self._rand_before = late(rf"(?<![^\W_])(?:{cue}|{alternation(money['rand_cue'])})\s+\Z")
        self._price_after = late(rf"\s?/\s?[a-z]|\s(?:{cue})(?![^\W_])")

    def find(self, reading: Reading) -> list[Found]:
        """Return the amounts of money of a clean text, in order.

        The denominator of a price is out (``10p`` of ``10p/min``); of a range, each end with its
        own unit is one amount.
        """
        folded = reading.folded
        found = self._figures(reading.text, folded) if reading.has_digits else []
        if reading.holds(self.triggers):
            rest = claim(folded, found)
            amounts = self._in_words.finditer(rest)
            found += [Found(*amount.span()) for amount in amounts if amount["apart"] is None]
            found.sort()
        return found

    def _figures(self, text: str, folded: str) -> list[Found]:
        found = []
        end = 0
        for figure in islice(_FIGURE.finditer(folded), MOST_FIGURES):
            if figure.start() < end or _LIST.fullmatch(figure[0]):
                continue
            amount = self._signed(text, folded, figure, end) or self._named(text, folded, figure)
            if amount:
                found.append(amount)
                end = amount.end
        return found

    def _signed(self, text: str, folded: str, figure: re.Match[str], floor: int) -> Found | None:
        """Return the amount if its sign stands before the figure."""
        start, end = figure.span()
        first = max(floor, start - _REACH)
        word = folded[first:start].rstrip().rpartition(" ")[2]
        if word.isalpha() and word.isascii() and word not in self._signs:
            # Most figures stand behind a word: "at 5". Of a sign that begins before, as the dollar
            # of "mx$" or the stop of "rs.", the end is no letter.
            return None
        sign = self._before.search(folded, first, start)
        if (
            sign is None
            or _is_small(sign, text)
            or _CODED.search(folded, max(0, sign.start() - _REACH), sign.start())
        ):
            return None
        if sign["initial"]:
            if text[sign.start()].islower() or _LETTERS.match(folded, end):
                return None
            apart = sign.end() - sign.start() > 1
            thousands = _THOUSANDS.match(folded, end) if sign["initial"] == "r" else None
            if thousands:
                end = thousands.end()
            elif not self._is_price(folded, sign, figure, apart=apart):
                return None
        rest = self._rest_after.match(folded, end)
        if rest:
            end = rest.start("code") if _is_small(rest, text) else rest.end()
        return Found(sign.start(), end)

    def _is_price(
        self, folded: str, sign: re.Match[str], figure: re.Match[str], *, apart: bool
    ) -> bool:
        """Tell ``bring R50`` from ``rated R18`` by its cents or the words on both sides.

        A longer figure that is glued needs neither; one that is too long is a code.
        """
        start, end = figure.span()
        if figure[0].isdigit() and end - start > _MOST_DIGITS:
            return False
        if not apart and end - start >= _LEAST_LENGTH:
            return True
        is_rand = sign["initial"] == "r"
        if apart and (not is_rand or figure[0][-_LEAST_LENGTH:-2] in (".", ",")):
            return is_rand
        before = self._rand_before if is_rand else self._price_before
        start = sign.start()
        return bool(
            before.search(folded, max(0, start - 3 * _REACH), start)
            or self._price_after.match(folded, figure.end())
        )

    def _named(self, text: str, folded: str, figure: re.Match[str]) -> Found | None:
        """Return the amount if its unit stands after the figure."""
        unit = self._unit_after.match(folded, figure.end())
        if unit is None or self._is_part_of_word(folded, figure, unit):
            return None
        if self._is_other_unit(text, folded, figure, unit):
            return None
        age = _GLUED_STOP.match(figure[0]) if unit["pence"] else None
        return Found(figure.start() + (age.end() if age else 0), unit.end())

    def _is_part_of_word(self, folded: str, figure: re.Match[str], unit: re.Match[str]) -> bool:
        """Tell ``mp3p`` from ``Trivia20ppm``, ``Pics250p`` and ``clubfee5gbp``, which are clear."""
        return (
            folded[max(0, figure.start() - 1) : figure.start()].isalpha()
            and unit["rate"] is None
            and (unit["pence"] is None or len(figure[0]) < _LEAST_LENGTH)
            and folded[figure.end() : unit.end()] not in self._codes
        )

    def _is_other_unit(
        self, text: str, folded: str, figure: re.Match[str], unit: re.Match[str]
    ) -> bool:
        """Tell a unit of money from another thing of the same name."""
        if unit["name"] in self._slang:
            is_address = _NUMBERED.match(folded, unit.end("name")) is not None
            return is_address or len(figure[0]) < _LEAST_LENGTH
        if unit["name"] in ("pound", "pounds"):
            start = max(0, figure.start() - 3 * _REACH)
            return self._weighing.search(folded, start, figure.start()) is not None
        return (
            _is_small(unit, text)
            or (
                unit["pence"] is not None
                and (
                    figure[0] in _PICTURE_HEIGHTS
                    or _OF_TIME.search(folded, max(0, figure.start() - _REACH), figure.start())
                    is not None
                )
            )
            # 25C is a temperature or a seat.
            or (unit["cents"] is not None and text[unit.start("cents")] == "C")
        )


def _is_small(match: re.Match[str], text: str) -> bool:
    """Whether what would be a code is in small letters, and so a word: $5 pen, 20 cop cars."""
    code = match["code"]
    return code is not None and not text[slice(*match.span("code"))].isupper()


def _before(money: Vocabulary) -> str:
    initial = [prefix for prefix in money["dollar_prefix"] if len(prefix) == 1]
    country = [prefix for prefix in money["dollar_prefix"] if len(prefix) > 1]
    return rf"""
    (?:
        (?:(?<![^\W_])(?:(?:{alternation(country)})\s?|[{"".join(initial)}]))?\$\s{{0,2}}   # US$ R$
      | [{"".join(money["sign"])}]\s{{0,2}}                                       # £ € ₹
      | (?<![^\W_])(?:{alternation(money["code"])})\s?[.:-]?\s?[$£€]?\s?          # GBP  USD $
      | (?<![^\W_])(?:{alternation(money["glued_mark"])})                         # RM50, not rm 204
      | (?<![^\W_])(?P<code>{alternation(money["code_word"])})\s?[.:-]?\s?\$?\s?  # COP 20.000
      | (?<![^\W_])(?:{alternation([*money["mark"], *money["figure_mark"]])})\s?[.:-]?\s?
                                                                                # Rs. Ksh kr
      | (?<![^\W_])(?P<initial>[{"".join(money["initial"])}])\s?                  # N50,000 R250
      | (?<![0-9])\N{{REPLACEMENT CHARACTER}}  # a £ that got lost
    )\Z
    # does not match: a letter before the sign's own letters (cars 5), an article (a $ 5 note)
    """


def _multiple(money: Vocabulary) -> str:
    """Return a pattern for what multiplies a figure; single letters are glued to it."""
    words = [word for word in money["magnitude"] if len(word) > 1 and word != "cr"]
    letters = [word for word in money["magnitude"] if len(word) == 1]
    crore = r"(?<!,[0-9]{3})(?<!,[0-9]{3}\.[0-9]{2})\s?cr"  # after 12,000.00 it is a credit
    return rf"(?:\s?(?:{alternation(words)})|(?:{alternation(letters)})|{crore})"


def _name(money: Vocabulary) -> str:
    nation = alternation(money["nation"])
    name = alternation([*money["name"], *money["slang"]])
    code = alternation(money["code"])
    mark = alternation(mark for mark in money["mark"] if not mark.endswith("."))
    return rf"""
        (?:(?:{nation})\s+)?(?P<name>{name})(?:\s+(?:{nation})(?![^\W_]))?  # US dollars
      | {code} | {mark}
    """


def _unit_after(money: Vocabulary) -> str:
    sign = "".join(money["sign"])
    prefix = alternation(money["dollar_prefix"])
    code = alternation(money["code"])
    return rf"""
    (?:
        (?P<pence>p)(?!\.?\s?m(?![^\W_]))
            (?:(?P<rate>(?=pm(?![^\W_])|/|{alternation(money["rate"])}))|(?![^\W\d_]))
                                                             # 150p 150ppm 10p/min, not 10 p.m.
      | \sp(?=\s?/|\s+per\s|pm(?![^\W_]))                     # 10 p/min  150 ppm
      | (?P<cents>c)(?![^\W_])                               # 25c
      | (?<=[0-9]{{2}})/[-=](?![0-9])                         # 2600/-  20/-
      | (?:{_multiple(money)}(?:\s+(?:and\s+)?[0-9]{{1,3}}(?:\s+hundred)?(?=\s))?
                                                             # 3 hundred and 21
            (?:\s+(?:(?:de|of)\s+)?|(?=[^\W_])|(?=[{sign}])|-)
            |\sm(?=(?:{code})(?![^\W_])))?                      # 30 MUSD
        (?:
            [{sign}](?![0-9]) | (?:{prefix})[{sign}](?![^\W_])  # 5€ 20$ 3US$, not 0A$NET
          | \s[{sign}](?!\s?[0-9])                           # 10 $, not 5 $10 vouchers
          | (?P<code>\s?(?:{alternation(money["code_word"])}))(?![^\W_])(?!\s?[0-9])
          | [\s-]?(?:{_name(money)}|{alternation(money["figure_mark"])})(?![^\W_])
            (?:{_multiple(money)}(?![^\W_]))?                # 75 USD million
            (?:\s(?:and\s|y\s|con\s)?[0-9]{{1,2}}
                (?:\s?(?:{alternation(money["minor_unit"])})(?![^\W_])|(?=[.!?]?\s*\Z))
            )?                                               # 3 dollars 50 cents
        )
    )
    # does not match: page 5 p, 5 people, 7pm; a unit that belongs to the next figure (3 USD50)
    """


def _rest_after(money: Vocabulary) -> str:
    return rf"""
    (?:-[0-9]++(?:[.,][0-9]++)*+(?![^\W_]|-))?                # £5-10
    (?:(?<=[0-9])o(?:[.,]?[0-9o])*+(?![^\W_]))?               # £5OO  $1O,OOO: letters posing
    (?:p(?![^\W_]))?                                         # £1.50p
    (?:{_multiple(money)}(?![^\W_]))?                         # £1m  $2 million
    (?:\s?(?:{_name(money)})(?![^\W_])(?!\s?[0-9]|[.:]\s?[0-9]))?     # $5 USD, not $5 USD 10
    (?P<code>\s?(?:{alternation(money["code_word"])})(?![^\W_])(?!\s?[0-9]))?  # $2.000 COP
    (?:/[-=])?                                                # Rs.500/-
    # does not match: the denominator (£1.50/msg, £5 a month)
    """


def _in_words(money: Vocabulary, numerals: Vocabulary) -> str:
    hundred = alternation(numerals["hundred"])
    minor = alternation(money["minor_unit"])
    run = cardinal(numerals)
    slang = alternation(money["slang"])
    return rf"""
    (?<![^\W_])
    (?: (?:
        (?:
            (?:(?:half|quarter|an?\s+quarter|three\s+quarters)\s+(?:of\s+)?(?=an?\s|{hundred}))?
            (?:an?\s+|un\s+)?(?={hundred})                   # half a million, a hundred
        )?
        {run}(?:\s+and\s+a\s+half)?[\s-]+(?:de\s+)?
      | (?:an?|una?)\s+(?!bob|grand|rand|sen|kobo|pound\s+of|{slang})  # a dollar, un euro
    )
    (?:{_name(money)})(?![^\W_])
    (?:\s+(?:and\s+|y\s+|con\s+)?
        (?:(?:{run}\s+|[0-9]{{1,2}}\s?)(?:{minor})(?![^\W_])|{run}(?=[.!?]?\s*\Z))
    )?                                                       # one pound fifty
      | (?P<apart>{run}) )                                   # read once, not from each word again
    # does not match: a name without an amount (cash, pounds, thousands of dollars)
    """
