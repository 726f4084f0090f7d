"""Find amounts of money: a figure with its sign, code or name, or an amount in words."""

import re
from collections.abc import Iterable, Sequence
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
    (?:[.,][0-9]++|'[0-9]{3}(?![0-9]))*+                         # 1.50  1,000  1.234,56  1'250
    (?:(?<![0-9]{4})(?:(?:\s[0-9]{3}(?![0-9])){2,4}+|\s000(?![0-9]))(?:[.,][0-9]{2}(?![0-9]))?+)?+
    (?=(?P<group>(?<![0-9]{4})\s[0-9]{3}(?![0-9])(?:[.,][0-9]{2}(?![0-9]))?)?)  # 1 200
    # does not match: what makes the figure an amount, which stands before or after it; one group
    # of three behind a blank, which can be another number
    """,
    re.VERBOSE,
)

_REACH: Final = 10
"""Characters before a figure that can hold its sign; the longest are like ``mex $ ``."""

_PICTURE_HEIGHTS: Final = frozenset({"480", "720", "1080", "1440", "2160"})
"""Lines of a video (1080p), which are not pence."""

_LEAST_LENGTH: Final = 3
"""How long a figure must be for a glued capital to be naira, peso or rand: not N95, R18. It is also
what a name that is mostly something else needs (800 mangos), and what a sign that is, together with
its figure (K50, SR 2, not K9)."""

_MOST_DIGITS: Final = 7
"""How long a plain figure behind such a capital may be: P19220447 is a meter."""

_LIST: Final = late(r"[0-9]{1,2}(?:,[0-9]{1,2}){2,}+")  # nos. 22,24,26

_PADDED: Final = late(r"0[0-9]{3,}+")  # TK 0123 is an account

_FORM: Final = late(r"[.,][0-9]{2,3}\Z|\s")  # 5.50  1,000  5.500  25 000

_CENTS: Final = late(r"[.,][0-9]{2}\Z")

_LOOSE_FORM: Final = late(
    r"(?:[01]?[0-9]|2[0-3])[.,][0-5][0-9]|[0-9]{1,3}[.,][0-9]{3}"  # K 7.30 then, N 1,000 more
)

_OPENING: Final = late(r"(?P<hour>[0-9]{1,2})(?P<morning>a?)\s?(?:-|to|till?|until)\s?\Z")  # 9a-5p

_INITIALS: Final = late(r"(?<![^\W_])[^\W_][.&']\Z")  # B&Q 150

_IN_ROW: Final = late(r"[^\W_]\Z|[0-9]\s\Z")  # b2 200 €, 10 20 500 €

_CODED: Final = late(r"(?<![^\W_])(?:code|no|number|ref)[.:]?\s\Z")  # code RP100200

_GLUED_STOP: Final = late(r"[1-9][0-9]*+\.(?=[0-9]{3})")  # over21.250p

_NUMBERED: Final = late(r"\s?[0-9]")  # 2345 piso 7 is an address

_SURE: Final = ("code", "mark", "figure_mark")
"""Classes of what is money wherever it stands beside a figure."""

_FIRM: Final = (*_SURE, "code_word", "glued_mark", "price_code")
"""What stands before a figure and can have a sign behind it: USD $5."""

_UNITS: Final = (
    *_SURE, "code_word", "doubtful", "name", "price_code", "slang", "titled_unit", "unit_mark"
)  # fmt: skip
"""What stands behind a figure."""

_ASKED: Final = (*_FIRM, *_UNITS, "initial", "minor_unit", "sign", "titled_mark")
"""Classes of which one asks whether they hold a word."""


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
        self._listed = {name: frozenset(money[name]) for name in _ASKED}
        self._sure = frozenset().union(*(self._listed[name] for name in _SURE))
        singular = (name for name in money["name"] if not name.endswith("s"))
        self._attributes = {None, *money["code"], *singular}  # 500 dollar vouchers
        self._clear = self._listed["code"] | self._listed["sign"]
        marks = (money[name] for name in (*_FIRM, "doubtful", "initial"))
        self._signs = frozenset().union(*marks)
        self.triggers = frozenset(money["name"] + money["code"] + money["mark"])
        """A text without digits holds no amount without one of these."""
        self._before = late(partial(_before, money), re.VERBOSE)
        self._unit_after = late(partial(_unit_after, money), re.VERBOSE)
        self._rest_after = late(partial(_rest_after, money), re.VERBOSE)
        self._in_words = late(partial(_in_words, money, resources.numerals), re.VERBOSE)
        self._apart_after = late(partial(_apart_after, money, resources.numerals), re.VERBOSE)
        self._weighing = late(
            lambda: rf"(?<![^\W_])(?:{alternation(money['weight_cue'])})\s+(?:[^\W_]+\s+){{0,2}}\Z"
        )
        self._multiple_after = late(lambda: rf"(?:\s?(?:{_multiples(money)})|[km])(?![^\W_])")
        self._name_after = late(partial(_name_after, money))

        cue, rate = money["price_cue"], money["rate"]
        wide_cue = cue + money["money_cue"]
        self._price_before = late(partial(_cue_before, money, cue))
        self._rand_before = late(partial(_cue_before, money, cue + money["rand_cue"]))
        self._money_before = late(partial(_cue_before, money, wide_cue))
        self._price_after = late(
            lambda: rf"\s?/\s?[a-z]|(?:\s(?:{alternation(cue)})|{alternation(rate)})(?![^\W_])"
        )
        # Does not match: SR 520 off-ramp.
        self._money_after = late(lambda: rf"\s(?:{alternation(wide_cue)})(?![^\W_]|-)")
        self._prize_after = late(lambda: rf"\s(?:{alternation(money['prize'])})(?![^\W_])")

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
        if not word or (word.isalnum() and word.isascii() and word not in self._signs):
            # Most figures stand behind a word: "at 5". Of a sign that begins before, as the dollar
            # of "mx$" or the stop of "rs.", the end is no letter.
            return None
        sign = self._before.search(folded, first, start)
        if sign is None:
            return None
        if _has_group(figure) and not self._apart_after.match(folded, figure.end("group")):
            end = figure.end("group")
        if not self._is_money(text, folded, sign, end):
            return None
        rest = self._rest_after.match(folded, end)
        if rest:
            end = rest.start("code") if _is_small(rest, text) else rest.end()
        start = sign.start()
        if sign[0] == "us $" and text[start] == "u":  # give us $5
            start += len("us ")
        return Found(start, end)

    def _is_money(self, text: str, folded: str, sign: re.Match[str], end: int) -> bool:
        """Tell what stands before a figure from another thing of the same letters."""
        start, mark = sign.start(), sign["mark"]
        figure = folded[sign.end() : end]
        if _PADDED.fullmatch(figure) or _CODED.search(folded, max(0, start - _REACH), start):
            return False
        if sign["lost"]:
            return len(figure) >= _LEAST_LENGTH and self._prize_after.match(folded, end) is not None
        if sign["doubtful"]:
            return self._is_doubtless(text, folded, sign, end)
        listed = self._listed
        return (
            mark is None
            or mark in self._sure
            or (mark in listed["glued_mark"] and sign[0] == mark)
            or (
                text[slice(*sign.span("mark"))].isupper()
                and (mark in listed["code_word"] or _CENTS.search(figure) is not None)
                and (sign[0] != mark or len(figure) > 1)  # text MAD1 for a tone
            )
        )

    def _is_doubtless(self, text: str, folded: str, sign: re.Match[str], end: int) -> bool:
        """Tell ``bring R50``, ``KD 5.500`` and ``Bs 50`` from ``R18``, ``KD 35`` and ``BS 5839``.

        By how the mark is written, by the figure, or by a word of money on either side.
        """
        start, mark = sign.start(), sign["doubtful"]
        figure = folded[sign.end() : end]
        written = text[slice(*sign.span("doubtful"))]
        is_titled = mark in self._listed["titled_mark"] and written.istitle()
        if (
            not (is_titled or written.isupper())
            or self._name_after.match(folded, end)
            or _INITIALS.search(folded, max(0, start - 3), start)
            or (figure.isdigit() and len(figure) > _MOST_DIGITS)
        ):
            return False
        return is_titled or self._has_form(folded, sign, end) or self._has_cue(folded, sign, end)

    def _has_form(self, folded: str, sign: re.Match[str], end: int) -> bool:
        """Tell ``P500``, ``N5k`` and ``KD 5.500`` from ``N95``, ``KD 35`` and ``K 7.30``."""
        mark, figure = sign["doubtful"], folded[sign.end() : end]
        is_glued = sign[0] == mark
        if is_glued and mark in self._listed["initial"]:
            is_long = len(figure) >= _LEAST_LENGTH
            return is_long or self._multiple_after.match(folded, end) is not None
        is_loose = len(mark) == 1 and not is_glued and _LOOSE_FORM.fullmatch(figure)
        return _FORM.search(figure) is not None and not is_loose

    def _has_cue(self, folded: str, sign: re.Match[str], end: int) -> bool:
        """Tell ``paid K50`` and ``SR 2 only`` from ``room K50`` and ``SR 520``."""
        start, mark = sign.start(), sign["doubtful"]
        before, after = self._money_before, self._money_after
        if mark in self._listed["initial"]:
            before = self._rand_before if mark == "r" else self._price_before
            after = self._price_after
        elif len(mark) + end - sign.end() < _LEAST_LENGTH:
            return False
        return bool(
            before.search(folded, max(0, start - 3 * _REACH), start) or after.match(folded, end)
        )

    def _named(self, text: str, folded: str, figure: re.Match[str]) -> Found | None:
        """Return the amount if its unit stands after the figure."""
        unit = self._unit_after.match(folded, figure.end())
        if unit is None and _has_group(figure):
            unit = self._unit_after_group(folded, figure)
        if unit is None or self._is_part_of_word(folded, figure, unit):
            return None
        if not self._is_unit(text, folded, figure, unit):
            return None
        age = _GLUED_STOP.match(figure[0]) if unit["pence"] else None
        return Found(figure.start() + (age.end() if age else 0), unit.end())

    def _unit_after_group(self, folded: str, figure: re.Match[str]) -> re.Match[str] | None:
        """Return the unit of ``1 200 €``, but not of ``2 500 dollar vouchers``."""
        start = figure.start()
        unit = self._unit_after.match(folded, figure.end("group"))
        if (
            unit is None
            or unit[0].strip() in self._listed["minor_unit"]
            or _IN_ROW.search(folded, max(0, start - 2), start)
            or (unit["unit"] in self._attributes and self._apart_after.match(folded, unit.end()))
        ):
            return None
        return unit

    def _is_part_of_word(self, folded: str, figure: re.Match[str], unit: re.Match[str]) -> bool:
        """Tell ``mp3p`` from ``Trivia20ppm``, ``Pics250p`` and ``clubfee5gbp``, which are clear."""
        return (
            folded[max(0, figure.start() - 1) : figure.start()].isalpha()
            and unit["rate"] is None
            and (unit["pence"] is None or len(figure[0]) < _LEAST_LENGTH)
            and folded[figure.end() : unit.end()] not in self._clear
        )

    def _is_unit(self, text: str, folded: str, figure: re.Match[str], unit: re.Match[str]) -> bool:
        """Tell a unit of money from another thing of the same name."""
        start, end, word = figure.start(), unit.start(), unit["unit"]
        if unit["pence"]:
            return not _is_no_pence(folded, figure)
        if unit["cents"]:
            return text[end] == "c"  # 25C is a temperature or a seat
        if word in ("pound", "pounds"):
            return not self._weighing.search(folded, max(0, start - 3 * _REACH), start)
        return (
            word is None
            or word in self._sure
            or word in self._listed["name"]
            or self._is_doubtless_unit(text, folded, start, unit)
        )

    def _is_doubtless_unit(self, text: str, folded: str, start: int, unit: re.Match[str]) -> bool:
        """Tell ``50 lei``, ``990 Ft``, ``25 SR`` from ``6 lei``, ``6 ft``, ``20 QR codes``."""
        listed, word = self._listed, unit["unit"]
        written = text[slice(*unit.span("unit"))]
        length = unit.start() - start
        is_long = length >= _LEAST_LENGTH
        if (word in listed["unit_mark"] and length > 1) or (
            word in listed["titled_unit"] and is_long and written.istitle()
        ):
            return True
        if unit[0].startswith("-") or _NUMBERED.match(folded, unit.end("unit")):
            return False
        return (
            (word in listed["slang"] and is_long)
            or (word in listed["code_word"] and written.isupper())
            or (
                word in listed["price_code"]
                and written.isupper()
                and _CENTS.search(folded, start, unit.start()) is not None
            )
            or (
                word in listed["doubtful"]
                and len(word) > 1
                and (written.isupper() or (word in listed["titled_mark"] and written.istitle()))
                and self._apart_after.match(folded, unit.end()) is None
                and (length > 1 or self._is_after_cue(folded, start))
            )
        )

    def _is_after_cue(self, folded: str, start: int) -> bool:
        return self._money_before.search(folded, max(0, start - 3 * _REACH), start) is not None


def _has_group(figure: re.Match[str]) -> bool:
    """Whether a group of three behind a blank can be the thousands of a figure."""
    return figure["group"] is not None and figure[0].isdigit() and figure[0][0] != "0"


def _is_small(match: re.Match[str], text: str) -> bool:
    """Whether what would be a code is in small letters, and so a word: $5 pen, 20 cop cars."""
    code = match["code"]
    return code is not None and not text[slice(*match.span("code"))].isupper()


def _is_no_pence(folded: str, figure: re.Match[str]) -> bool:
    """Tell times (6:30p, 9a-5p, 9-5p) and pictures (1080p) from pence."""
    start = figure.start()
    if folded.endswith(":", 0, start) or figure[0] in _PICTURE_HEIGHTS:
        return True
    opening = _OPENING.search(folded, max(0, start - _REACH), start)
    return opening is not None and (
        opening["morning"] == "a" or figure[0].zfill(2) < opening["hour"].zfill(2)
    )


def _any_of(signs: Iterable[str]) -> str:
    """Return a pattern for any of some signs of one character."""
    return f"[{re.escape(''.join(signs))}]"


def _before(money: Vocabulary) -> str:
    initial = _any_of(prefix for prefix in money["dollar_prefix"] if len(prefix) == 1)
    country = [prefix for prefix in money["dollar_prefix"] if len(prefix) > 1]
    firm = alternation(mark for name in _FIRM for mark in money[name])
    doubtful = alternation([*money["initial"], *money["doubtful"]])
    lost = _any_of(money["lost_sign"])
    return rf"""
    (?:
        (?:(?<![^\W_])(?:(?:{alternation(country)})\s?|{initial}))?\$\s{{0,2}}   # US$ R$
      | {_any_of(money["sign"])}\s{{0,2}}                                       # £ € ₹
      | (?<![^\W_])(?P<mark>{firm})\s?[.:-]?\s?[$£€]?\s?           # GBP  USD $  Rs.
      | (?<![^\W_])(?P<doubtful>{doubtful})\s?[.:]?\s?             # N50  R 50  Bs. 50
      | {lost}(?<![0-9].)(?<![^\W_][^\W_])                                    # ú1.20, not menú5
      | (?P<lost>{_any_of(money["lost_mark"])})(?<![\w\#?].)     # ?1,000 cash
    )\Z
    # does not match: a letter before the sign's own letters (cars 5), an article (a $ 5 note)
    """


def _multiple(money: Vocabulary) -> str:
    """Return a pattern for what multiplies a figure; single letters are glued to it."""
    words = [word for word in money["magnitude"] if len(word) > 1 and word != "cr"]
    letters = [word for word in money["magnitude"] if len(word) == 1]
    crore = r"(?<!,[0-9]{3})(?<![0-9]{3}\.[0-9]{2})(?<!\.00)\s?cr"  # after 500.00 it is a credit
    return rf"(?:\s?+(?:{alternation(words)})|(?:{alternation(letters)})|{crore})"


def _name(money: Vocabulary) -> str:
    nation = alternation(money["nation"])
    name = alternation([*money["name"], *money["slang"]])
    code = alternation(money["code"])
    mark = alternation(mark for mark in money["mark"] if not mark.endswith("."))
    return rf"""
        (?:(?:{nation})\s+)?(?:{name})(?:\s+(?:{nation})(?![^\W_]))?  # US dollars
      | {code} | {mark}
    """


def _multiples(money: Vocabulary) -> str:
    return alternation(word for word in money["magnitude"] if len(word) > 1)


def _no_name(money: Vocabulary) -> str:
    """Return a pattern for what is glued to an amount without being its unit: 50.00DR, 199pm."""
    return rf"(?:{alternation([*money['booking'], *money['rate']])})(?![^\W_])"


def _name_after(money: Vocabulary) -> str:
    """Return a pattern for letters that make a sign and its figure a name: R2D2, not N500k."""
    return rf"(?!(?:{_multiples(money)}|[km])(?![^\W_])|{_no_name(money)})[^\W\d_]"


def _cue_before(money: Vocabulary, cue: Sequence[str]) -> str:
    """Return a pattern for a word of money before a sign, or a figure glued to it: 2GB R49."""
    link = alternation(money["price_link"])
    return rf"(?<![^\W\d_])(?:{alternation(cue)})(?:\s+(?:{link}))?[\s:]+\Z"


def _apart_after(money: Vocabulary, numerals: Vocabulary) -> str:
    counted = alternation([*money["counted"], *numerals["singular"], *numerals["measure"]])
    other = alternation([*money["not_counted"], *money["name"], *numerals["not_plural"]])
    return rf"""
    (?!{_no_name(money)})[^\W_] | \s?% | [-/:.,][0-9] | -[^\W_]   # 100MB 100% 100-200 300-day
    | \s(?:(?:{alternation(numerals["size"])})\s)?(?!(?:{other})(?![^\W_]))
        (?:{counted}|[^\W\d_]{{3,20}}(?<![iu])s)(?![^\W_])     # 200 people  100 free texts
    # does not match: verbs and adverbs in -s (costs, más), the name of the money itself
    """


def _unit_after(money: Vocabulary) -> str:
    sign = _any_of(money["sign"])
    prefix = alternation(money["dollar_prefix"])
    code = alternation(money["code"])
    nation = alternation(money["nation"])
    words = {word for name in _UNITS for word in money[name] if not word.endswith(".")}
    unit = alternation(words)
    return rf"""
    (?:
        (?P<pence>p)(?!\.?\s?m(?![^\W_]))
            (?:(?P<rate>(?=(?:pm|w)(?![^\W_])|/|{alternation(money["rate"])}))|(?![^\W\d_]))
                                                             # 150p 150ppm 10p/min, not 10 p.m.
      | \sp(?=\s?/|\s+per\s|pm(?![^\W_]))                     # 10 p/min  150 ppm
      | (?P<cents>c)(?![^\W_])                               # 25c
      | (?<=[0-9]{{2}})/[-=](?![0-9])                         # 2600/-  20/-
      | (?:(?<=[0-9])o(?:[.,]?[0-9o])++)?                     # 5O,OOO taka: letters posing
        (?:{_multiple(money)}(?:\s+(?:and\s+)?[0-9]{{1,3}}(?:\s+hundred)?(?=\s))?
                                                             # 3 hundred and 21
            (?:\s+(?:(?:de|of)\s+)?|(?=[^\W_])|(?={sign})|-)
            |\sm(?=(?:{code})(?![^\W_])))?                      # 30 MUSD
        (?:[.,]-{{1,2}}\s?)?                                 # 15,- €
        (?:
            {sign}(?![0-9]) | (?:{prefix}){sign}(?![^\W_])  # 5€ 20$ 3US$, not 0A$NET
          | \s{sign}(?!\s?[0-9])                           # 10 $, not 5 $10 vouchers
          | {alternation(money["glued_unit"])}(?![^\W_])     # 50rb
          | [\s-]?+(?:(?:{nation})\s+)?(?P<unit>{unit})(?:\s+(?:{nation}))?(?![^\W_])  # US dollars
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
    (?::[0-9]{{2}}(?![\w:.]))?                               # £33:50
    (?:-[0-9]++(?:[.,][0-9]++)*+(?![^\W_]|-))?                # £5-10
    (?:(?<=[0-9])o(?:[.,]?[0-9o])*+(?![^\W_]))?               # £5OO  $1O,OOO: letters posing
    (?:p(?![^\W_]))?                                         # £1.50p
    (?:{_multiple(money)}(?![^\W_]))?                         # £1m  $2 million
    (?:\s?(?:{_name(money)})(?![^\W_])(?!\s?[0-9]|[.:]\s?[0-9]))?     # $5 USD, not $5 USD 10
    (?P<code>\s?(?:{alternation(money["code_word"])})(?![^\W_])(?!\s?[0-9]))?  # $2.000 COP
    (?:/[-=]|[.,]-{{1,2}}(?![^\W_]))?                        # Rs.500/-  $500.-
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
