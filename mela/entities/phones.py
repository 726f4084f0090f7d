"""Phone numbers: a cheap pattern proposes, the phone metadata or the words around decide."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from mela.resources import Resources
from mela.text.late import late
from mela.text.reading import Reading
from mela.text.span import Found, claim
from mela.text.words import alternation, fold

# Questions to the phone metadata per message; each new number costs some 100 microseconds.
_MAX_ATTEMPTS: Final = 20
# Digits and signs that are looked at per message; twenty numbers have some 400.
_MOST_CHARACTERS: Final = 1000
_MIN_DIGITS: Final = 7
# 15 of E.164 and an international prefix such as 00 or 011.
_MAX_DIGITS: Final = 17

# Six digits close together, or a freephone prefix with letters. Most messages stop here.
_GATE_RE: Final = late(
    r"[0-9] (?: (?:[^0-9]{0,4}+[0-9]){5} | (?<=[18])[0-9]{2,3}\)?[-.\x20][A-Za-z] )", re.VERBOSE
)

# Letters posing as digits: 555O5O5O5O, O87l 24O2O5O, O2O 7946 0018, o8oB I4S 4742.
# Does not match: 5OO (too short, see _undisguise), HELLO08712407406 (the O belongs to a word), the
# words of "08712407406 lol 2nite" and "B4 5551234" (a letter and a digit are textese).
_DISGUISE_RE: Final = late(
    r"""
    (?: (?<! [A-Za-z0-9|] )
        (?: [OoIl]{1,2}+ (?= [0-9] ) | [OoIlSB]{1,5}+ (?= [0-9][0-9OoIlSB|] ) ) )?+
    [0-9]
    (?: [-.\x20]? [Oo]? [0-9]
      | [OoIlSB|]{1,5}+ [-.\x20]? [0-9]
      | [OoIlSB|]{0,5}+ [-.\x20] [OoIlSB|]{1,4}+ (?= [0-9][0-9OoIlSB|] )
    )*+
    (?: [OoIlSB]{1,4}+ (?! [A-Za-z0-9|] ) )?+
    """,
    re.VERBOSE,
)
# Begins with the digit, which is rarer than the letters, and so found sooner.
_DISGUISED_RE: Final = late(r"[0-9](?:(?=[OoIlSB|])|(?<=[OoIl|][0-9]))")
_UNDISGUISE: Final = str.maketrans("OoIl|SB", "0011158")

_DAY: Final = r"(?: 0?[1-9] | [12][0-9] | 3[01] )"
_YEAR: Final = r"(?: (?: 19 | 20 ) [0-9]{2} )"
_HOUR_MINUTE: Final = r"(?: (?: [01][0-9] | 2[0-3] ) [0-5][0-9] )"
_OCTET: Final = r"(?: 25[0-5] | 2[0-4][0-9] | 1[0-9]{2} | [1-9]?[0-9] )"

# Where numbers of any kind can be: the patterns below are costly on letters.
_ZONE_RE: Final = late(r"[0-9+($£€¥₹₱₦₨][-0-9\s.,:/()~+$£€¥₹₱₦₨%]{6,}+")

# Digits with a form of their own. They are masked first, so that no number can lean on them.
# Does not match: 01.23.45.67.89 (a date does not go on), 080.123.45.67 (an octet has no 0 before
# it), 0871£1.50 before the sign (a sign belongs to the amount after it).
_NOT_A_PHONE_RE: Final = late(
    rf"""
      (?<! [0-9] ) (?<! [0-9][-./] )
      (?: {_YEAR} ([-./]) {_DAY} \1 {_DAY} | {_DAY} ([-./]) {_DAY} \2 (?: {_YEAR} | [0-9]{{2}} ) )
      (?! [0-9] | [-./][0-9] )                                         # 2005-05-21, 21/05/05
    | (?<! [0-9:] ) [0-9]{{1,2}} : [0-9]{{2}} (?! [0-9] )              # 10:30
    | [$£€¥₹₱₦₨] \s? [0-9][0-9.,]*+                                    # £1.000.000
    | (?<! [0-9.,] ) [0-9][0-9.,]*+ \s? [$£€¥₹%] (?! \s?[0-9] )        # 100$, 50%
    | (?<! [0-9] ) [0-9]{{4}} ([-\x20]) [0-9]{{4}} \3 [0-9]{{4}} \3 [0-9]{{4}} (?! [0-9] )  # card
    | (?<! [0-9] ) [0-9]{{4}} ([-\x20]) [0-9]{{6}} \4 [0-9]{{5}} (?! [0-9] )                # card
    | (?<! [0-9] ) (?<! [0-9]- ) {_YEAR} \s?[-/]\s? {_YEAR} (?! [0-9] )  # 2003-2005
    | (?<! [0-9] ) (?<! [0-9][-.\x20] )
      {_HOUR_MINUTE} \s?-\s? {_HOUR_MINUTE} (?! [0-9] | [-.\x20][0-9] )  # 0900-1730
    | (?<! [0-9.] ) [1-9][0-9]? (?: \.[0-9]{{3}} ){{2,}} (?! [0-9] | \.[0-9] )   # 1.500.000
    | (?<! [0-9.] ) [1-9][0-9]{{2}} (?: \.[0-9]{{3}} ){{3,}} (?! [0-9] | \.[0-9] )
    | (?<! [0-9,.] ) [0-9]{{1,3}} (?: ,[0-9]{{3}} )++ (?: \.[0-9]{{1,2}} )?+ (?! [0-9] | ,[0-9] )
    | (?<! [0-9.] ) [0-9]{{1,3}} \.[0-9]{{4,8}} ,?\s -? [0-9]{{1,3}} \.[0-9]{{4,8}} (?! [0-9.] )
    | (?<! [0-9] ) (?<! [0-9]- ) {_YEAR} [-/] 0[0-9]{{3,6}} (?! [0-9] | -[0-9] )   # 2024-000123
    | (?<! [0-9] ) 1 [-.\x20]{{1,3}} 2 [-.\x20]{{1,3}} 3 [-.\x20]{{1,3}} 4
      (?: [-.\x20]{{1,3}} [0-9]{{1,2}} (?! [0-9] ) )++                 # 1 2 3 4 5 6 7 8 9 10
    | (?<! [0-9.] ) (?: {_OCTET} \. ){{3}} {_OCTET} (?! [0-9] | \.[0-9] )  # 192.168.0.1
    """,
    re.VERBOSE,
)

# Digits and what people put between them. Several numbers may stand in one stretch.
# Does not match: 1,884,034,783 (a comma is no separator of phone numbers).
_STRETCH_RE: Final = late(
    r"""
    (?: \+{1,2} \x20? )? (?: \( \x20? \+? )?
    [0-9]
    (?: [-./()~\x20]{0,4}+ [0-9] )*+
    """,
    re.VERBOSE,
)

# Where one number ends and the next begins, from the plainest sign to the faintest.
_BREAKS: Final = (
    late(r"\.\x20++"),
    late(r"\x20*+-{2,}\x20*+|\x20-\x20|\x20/\x20?|/\x20|\x20{2,}"),
    late(r"/"),
    late(r"(?<=[0-9])\x20?(?=\()"),
)
_DIGITS_RE: Final = late(r"[0-9]++")
_GROUP_RE: Final = late(r"\(?\+?[0-9]++\)?")
_MAX_GROUPS: Final = 30

# Dialed before a national number in ways the metadata has forgotten: 044 (33) 1234-5678.
_TRUNK_RE: Final = late(r"(?<![-0-9.,/()])0[0-9]{0,2}[-\x20]\Z")

# 03 331 6005 ext 3456, 4156667777 x 123. Does not match: 08715708490 1x150p, 0871... x 2nite.
_EXTENSION_RE: Final = late(
    r"""
    \x20{0,4} [,;]? \x20? (?: e?xt(?:ensi[oó]n)?|extn|int(?:erno)?|anexo )
    [.:]{0,2} \x20? [0-9]{1,7} (?! [0-9A-Za-z] )
    | \x20{0,4} (?: [,;]? \x20? x | [#~] ) \x20{0,4} [0-9]{2,7} (?! [0-9A-Za-z] )
    """,
    re.VERBOSE | re.IGNORECASE,
)

# 1-800-FLOWERS, (888) GOT-JUNK, 0800 REVERSE. Does not match: 1800 people, 800-metre.
_VANITY_RE: Final = late(
    r"""
    (?= [018+(] ) (?<! [0-9A-Za-z$£€.,-] )
    (?P<prefix>
        \+?1 [-.\x20]? \(? 8(?:00|33|44|55|66|77|88) \)? [-.\x20]?
      | \( 8(?:00|33|44|55|66|77|88) \) [-.\x20]?
      | 8(?:00|33|44|55|66|77|88) [-.]
      | (?: 0800 | 0808 | 1800 | 1300 ) [-.\x20]
    )
    (?P<word> (?: [0-9]{1,4} - )? [A-Z] (?: -? [A-Z0-9] ){4,9} )
    (?! [A-Za-z0-9] )
    """,
    re.VERBOSE,
)
_VANITY_CODES: Final = ("80", "1300", "833", "844", "855", "866", "877", "888")
_KEYPAD: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")

# Numbers of regions that are not asked for, told by their digits, however they are grouped.
_SUBSCRIBER_RE: Final = late(
    r"""
      [6-9][0-9]{9}                                             # India; 65 and a mobile, Singapore
    | 0[1-9][0-9]{9}                                            # Nigeria, Philippines, Turkey ...
    | 1800[0-9]{6,7} | 018000?[0-9]{6,7}                         # freephone
    | 91[6-9][0-9]{9}                                          # India, without the plus
    """,
    re.VERBOSE,
)
# And told by their usual grouping, where no other digits stand beside them.
# Does not match: 12 34 56 78 90 (pairs begin with a trunk 0), 612 345 000 (a round amount).
_WRITTEN_RE: Final = late(
    r"""
    (?<! [0-9] ) (?<! [0-9][-.\x20] )
    (?:
        # Country codes without the plus: Asia and Australia, Africa, the Americas, Europe.
        923[0-9]{9} | 8801[3-9][0-9]{8} | 639[0-9]{9} | 628[0-9]{8,10} | 601[0-9]{8,9}
      | 614[0-9]{8} | 234[789][0-9]{9} | 254[17][0-9]{8} | 233[25][0-9]{8} | 27[678][0-9]{8}
      | 521?[1-9][0-9]{9} | 573[0-9]{9} | 5[16]9[0-9]{8} | 549[0-9]{10} | 55[1-9]{2}9[0-9]{8}
      | 34[67][0-9]{8} | 33[67][0-9]{8} | 491[567][0-9]{8,9} | 393[0-9]{9} | 3538[0-9]{8}
      | 0[1-9][0-9]{8}                                          # 0712345678
      | 1[38]00 [-\x20] [0-9]{3} [-\x20] [0-9]{3}               # 1300 955 018
      | 0[1-9][0-9]{1,3} [-\x20] [0-9]{3} [-\x20]? [0-9]{3,4}   # 0712 345 678, 012-345 6789
      | 0[1-9][0-9]{0,3} [-\x20/] [0-9]{6,8}                    # 01712-345678, 0171/1234567
      | \( (?: 6[0-6] | 84 | 85[23] | 9(?:6[568]|7[14]) ) \) \x20? [0-9]{3,4} [-\x20]? [0-9]{4}
      | 08[0-9]{2} - [0-9]{3,4} - [0-9]{3,4}                    # 0812-3456-7890
      | 0[67] (?: [-.\x20][0-9]{2} ){4}                          # 06 12 34 56 78
      | 3[2-9][0-9] [-\x20/] [0-9]{6,7}                         # 333 1234567
      | \( 0[1-9][0-9]{0,3} \) \x20? [0-9]{3,4} [-\x20]? [0-9]{3,4}  # (02) 9876 5432
      | \(? [1-9][0-9] \)? [-\x20] 9?[0-9]{4} [-\x20] [0-9]{4}  # 55 1234 5678, (11) 98765-4321
      | (?: 1 [-.\x20] )? \(? [2-9][0-9]{2} \)? [-.\x20] [0-9]{3} [-.\x20] [0-9]{4}  # 300 123 4567
      | [679][0-9]{2} (?: [-\x20][0-9]{2} ){3}                  # 612 34 56 78
      | [679][0-9]{2} ([-\x20]) [0-9]{3} \1 [0-9]{3}            # 612 345 678
      | 9 [-\x20] [0-9]{4} [-\x20]? [0-9]{4}                    # 9 8765 4321
      | [89][0-9]{3} \x20 [0-9]{4}                              # 9123 4567
    )
    (?<! 00 ) (?! [-.\x20]? [0-9] )
    """,
    re.VERBOSE,
)
_GLUED_RE: Final = late(r"[A-Za-z\u00c0-\u024f]")

# The rest of a price, of which a digit or two are glued to the number: 0p/min, 1.50gbp.
_PRICED_RE: Final = late(r"(?:\.[0-9]{1,2})?[A-Za-z\u00c0-\u024f]")

# 0776xxxxxxx, 078499****7, and *123*4567# of a telephone menu.
_MASK_RE: Final = late(r"[-\x20]?(?:x{3}|[•*])|x{2}")
# "36 38 40 42 44", "17-14-21-28-35": sizes, scores and lottery numbers, unless one calls them.
_PAIRS_RE: Final = late(r"[1-9][0-9](?:[-\x20][0-9]{2}){3,}")
_ROUND_RE: Final = late(r"[0-9]{1,3}0{5,}|[0-9]{1,3}(?:\.[0-9]{3}){2,}|([0-9])\1*")
# Prefixes of free numbers in many countries; for numbers that no configured region knows.
_FREEPHONE: Final = ("0800", "1800", "01800", "800")

# May stand between a cue and its number: "call me after 6pm on 98...", "on 21.6. at 98...".
_WHEN: Final = r"[0-9]{1,2} (?: [./:][0-9]{1,4} ){0,2} \.? (?: \s? [ap]m | \s? hrs )? (?! \w )"

# From which age on one may dial, or its pence; glued to premium numbers.
_AGES: Final = ("10", "16", "18")

_CUE_WINDOW: Final = 48
_CHAIN_RE: Final = late(r"\s?(?:[,/&;|]|--?|or|and|o|y)?\s{0,2}", re.IGNORECASE)


class Phone(NamedTuple):
    """A phone number in the clean text, half open."""

    start: int
    end: int
    is_toll_free: bool


class PhoneFinder:
    """Finds the phone numbers of a text.

    Parameters
    ----------
    resources
        Where the words around numbers are.
    regions
        ISO codes whose national numbers are read, tried in order. Without any, only international
        numbers (+44 ...) are.
    """

    def __init__(self, resources: Resources, regions: tuple[str, ...]) -> None:
        cues = resources.phone_cues
        call, link, code = (alternation(cues[name]) for name in ("call", "link", "code"))
        owner, number = alternation(cues["owner"]), alternation(cues["number"])
        self.regions = regions
        self.triggers = frozenset[str]()
        """A text without digits holds no number."""
        self.called = late(
            rf"""
            (?: (?<! [^\W\d_] ) (?: {call} )
                (?: [^\w+]{{1,3}} [^\W\d_]{{2,12}} (?= \W{{1,2}} (?: to|2|on|at|al ) \W ) )?+
                (?: [^\w+]{{0,4}} (?: (?: {link} | to ) (?! [^\W\d_] ) | {_WHEN} ) ){{0,5}}
              | (?<! [^\W\d_] ) (?: {owner} ) \s (?: [^\W\d_]+ \s )?
                (?: {number} ) (?! [^\W\d_] )
                (?: [\s.:]{{1,3}} [^\W\d_]+ ){{0,4}}
            )
            [^\w$£€#]{{0,4}} \Z
            """,
            re.VERBOSE,
        )
        self.coded = late(
            rf"""
            (?: (?<! [^\W\d_] ) (?: {code} )
                (?: [^\w]{{0,3}} (?: {number} | id | code | is | es | de | nr | s )
                    (?! [^\W\d_] ) ){{0,3}}
                [^\w]{{0,4}}
              | \# \s? | (?<=[\w*]) [*_] \s? | \w=               # not "*0800 123 4567*", in bold
              | [x*•]{{2,}} [-\s]?
            ) \Z
            """,
            re.VERBOSE,
        )

        self.counted = late(rf"\s(?:{alternation(cues['counted'])})(?![^\W\d_])")
        self.banked = late(rf"\W{{1,3}}(?:[^\W\d_]+\s)?(?:{alternation(cues['bank'])})(?!\w)")

    def find(self, reading: Reading) -> list[Phone]:
        """Return the phone numbers of a clean text, in order."""
        if not reading.has_digits:
            return []
        plain = _undisguise(reading.text)
        return _Search(self, reading.text, plain).run() if _GATE_RE.search(plain) else []


class _Search:
    """One message being searched: what is left of its text, of its budget, and what was found."""

    def __init__(self, finder: PhoneFinder, text: str, plain: str) -> None:
        self.finder = finder
        self.raw = text
        self.text = fold(plain)
        self.attempts = _MAX_ATTEMPTS
        self.found: list[Phone] = []
        self.end = 0

    def run(self) -> list[Phone]:
        zones = list(_zones(self.text))
        others = [
            Found(*m.span()) for zone in zones for m in _NOT_A_PHONE_RE.finditer(self.text, *zone)
        ]
        self.rest = claim(self.text, others)
        if self.finder.regions and any(code in self.raw for code in _VANITY_CODES):
            self._find_vanity()
        for start, end in self._stretches(zones):
            if end - start >= _MIN_DIGITS and start >= self.end and self.attempts:
                self._resolve(start, end, _BREAKS)
        return sorted(self.found)

    def _stretches(self, zones: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        for zone in zones:
            for stretch in _STRETCH_RE.finditer(self.rest, *zone):
                yield stretch.span()

    def _find_vanity(self) -> None:
        for match in _VANITY_RE.finditer(self.raw):
            prefix = _digits(match["prefix"])
            word = match["word"].replace("-", "").translate(_KEYPAD)
            # Letters beyond the length of a number are for the eye: 1-800-CONTACTS.
            for length in (7, 6):
                number = prefix + word[:length]
                is_toll_free = self._ask(f"+{number}" if number.startswith("18") else number)
                if is_toll_free is not None:
                    self.found.append(Phone(*match.span(), is_toll_free))
                    break
        self.rest = claim(self.rest, self.found)

    def _resolve(self, start: int, end: int, breaks: tuple[re.Pattern[str], ...]) -> None:
        """Take a stretch as one number, else cut it at its plainest break and look again."""
        if (
            not self.attempts
            or end - start < _MIN_DIGITS
            or _count(self.rest, start, end) < _MIN_DIGITS
        ):
            return
        if _BREAKS[0].search(self.rest, start, end) is None and self._take(start, end):
            return
        for level, pattern in enumerate(breaks, 1):
            pieces = _pieces(pattern, self.rest, start, end)
            if len(pieces) > 1:
                for piece in pieces:
                    self._resolve(*piece, breaks[level:])
                return
        if _count(self.rest, start, end) > _MAX_DIGITS and self._is_coded(start):
            return
        groups = [g.span() for g in islice(_GROUP_RE.finditer(self.rest, start, end), _MAX_GROUPS)]
        if not (self._take_longest(groups) or self._take_head(groups)):
            self._take_called(groups)

    def _take_longest(self, groups: list[tuple[int, int]]) -> bool:
        """Take the longest numbers that neighboring groups of digits make."""
        sizes = [_count(self.rest, *group) for group in groups]
        windows = []
        for first in range(len(groups)):
            if first and self.rest.startswith(("+", "(+"), groups[0][0]):
                break
            size = 0
            for last in range(first, len(groups)):
                size += sizes[last]
                if size > _MAX_DIGITS:
                    break
                if size >= _MIN_DIGITS and last - first + 1 < len(groups):
                    windows.append((-size, first, last))
        for _, first, last in sorted(windows):
            if not self.attempts:
                break
            if self._take(groups[first][0], groups[last][1]):
                taken = self.found[-1]
                left = [group for group in groups[:first] if group[1] <= taken.start]
                right = [group for group in groups[last + 1 :] if group[0] >= taken.end]
                for rest in filter(None, (left, right)):
                    self._resolve(rest[0][0], rest[-1][1], ())
                return True
        return False

    def _take_head(self, groups: list[tuple[int, int]]) -> bool:
        """Take a number to which a price, an hour or an age is glued: 0871277915510p/min."""
        for start, end in groups:
            if end - start <= 11:
                continue
            if _PRICED_RE.match(self.rest, end):
                return any(self._take(start, end - tail) for tail in (1, 2, 3))
            if self.rest[start] == "0" and self.rest.endswith(_AGES, start, end):
                return self._take(start, end - len(_AGES[0]))
        return False

    def _take(self, start: int, end: int) -> bool:
        """Take a stretch if it is a number by itself, whatever the words around."""
        candidate = self._candidate(start, end)
        if candidate is None:
            return False
        start, number = candidate
        is_glued = _GLUED_RE.match(self.rest, max(0, start - 1)) is not None
        is_plain = number[0] not in "+0" and self.rest[start] != "("
        if is_glued and is_plain and not self._is_called(start):
            # RPD8973486021 is a code; "callnow8005550199" is not.
            return False
        if _PAIRS_RE.fullmatch(self.rest, start, end) and not self._is_called(start):
            return False
        is_toll_free = self._ask(number)
        if is_toll_free is None:
            is_phone = self.finder.regions and (
                _SUBSCRIBER_RE.fullmatch(number)
                or (not is_glued and self._is_written(start, end))
                or (9 <= len(number) <= 13 and _DISGUISED_RE.search(self.raw[start:end]))
            )
            if not is_phone:
                return False
            is_toll_free = number.startswith(_FREEPHONE)
        self._add(start, end, is_toll_free)
        return True

    def _take_called(self, groups: list[tuple[int, int]]) -> None:
        """Take what no metadata knows where the words before it say that one calls it."""
        if not self.finder.regions or not groups:
            return
        sizes = [_count(self.rest, *group) for group in groups]
        if len(groups) == 2 and sizes[0] <= 6 and sizes[1] <= 3:
            # "text WIN to 85318 16 only", "txt GO to 85318 150p"
            return
        if sizes[-1] == 1 and sum(sizes) > _MIN_DIGITS:
            # "call 2654 3212 4 details"
            groups, sizes = groups[:-1], sizes[:-1]
        start, end = groups[0][0], groups[-1][1]
        candidate = self._candidate(start, end)
        if candidate is None or max(sizes) < 3 or len(candidate[1]) > 15:
            return
        start, number = candidate
        if _ROUND_RE.fullmatch(self.rest, start, end) is None and (
            self._continues(start, len(number)) or self._is_called(start)
        ):
            self._add(start, end, number.startswith(_FREEPHONE))

    def _candidate(self, start: int, end: int) -> tuple[int, str] | None:
        """Return where a stretch really starts and its number, unless it cannot be one."""
        stretch = self.rest[start:end]
        opened, closed = stretch.count("("), stretch.count(")")
        if opened == closed + 1 and stretch[0] == "(":
            # "(call 0800 ...)": the parenthesis is of the sentence.
            start += 1
            opened -= 1
        if opened != closed or opened > 2:
            return None
        number = _digits(stretch)
        if not _MIN_DIGITS <= len(number) <= _MAX_DIGITS or (
            len(number) < 10 and _MASK_RE.match(self.rest, end)
        ):
            return None
        is_account = "+" not in stretch and self.finder.banked.match(self.text, end)
        if (is_account and not self._is_called(start)) or self._is_coded(start):
            return None
        return start, f"+{number}" if "+" in stretch[:4] else number

    def _is_written(self, start: int, end: int) -> bool:
        """Return whether a stretch has the shape of a number of some region, and counts nothing."""
        written = _WRITTEN_RE.match(self.rest, start)
        return (
            written is not None
            and written.end() == end
            and self.finder.counted.match(self.text, end) is None
        )

    def _continues(self, start: int, size: int) -> bool:
        """Return whether a number goes on a list of numbers of about the same length."""
        if not self.found or _CHAIN_RE.fullmatch(self.text, self.end, start) is None:
            return False
        last = self.found[-1]
        return abs(_count(self.text, last.start, last.end) - size) <= 2

    def _is_called(self, start: int) -> bool:
        return self.finder.called.search(self.text[max(0, start - _CUE_WINDOW) : start]) is not None

    def _is_coded(self, start: int) -> bool:
        return self.finder.coded.search(self.text[max(0, start - _CUE_WINDOW) : start]) is not None

    def _ask(self, number: str) -> bool | None:
        if self.attempts == 0:
            return None
        self.attempts -= 1
        return _is_toll_free(number, self.finder.regions)

    def _add(self, start: int, end: int, is_toll_free: bool) -> None:
        if self.rest[start] not in "0+" and (
            trunk := _TRUNK_RE.search(self.rest, max(0, start - 6), start)
        ):
            start = trunk.start()
        extension = _EXTENSION_RE.match(self.text, end)
        end = extension.end() if extension else end
        self.end = max(self.end, end)
        self.found.append(Phone(start, end, is_toll_free))


@lru_cache(maxsize=4096)
def _is_toll_free(number: str, regions: tuple[str, ...]) -> bool | None:
    """Return whether a number is toll-free; None where nobody could dial it."""
    import phonenumbers  # 20 ms and 48 MB, for the first candidate only

    readings: list[tuple[str, str | None]]
    if number.startswith("+"):
        # The 1 of Mexican mobiles is no longer dialed, but is still written.
        is_old_mexican = number.startswith("+521") and len(number) == 14
        readings = [(f"+52{number[4:]}" if is_old_mexican else number, None)]
    else:
        readings = [(number, region) for region in regions]
        if number.startswith("00") and len(number) > 10:
            readings.append((f"+{number[2:]}", None))
    for written, region in readings:
        try:
            parsed = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            continue
        # A number without a type is not valid; asking for that as well would take as long again.
        kind = phonenumbers.number_type(parsed)
        if kind != phonenumbers.PhoneNumberType.UNKNOWN:
            if region is not None:
                # A number of ten digits is a code where people would write a trunk 0 before it.
                national = phonenumbers.format_number(
                    parsed, phonenumbers.PhoneNumberFormat.NATIONAL
                )
                whole = phonenumbers.national_significant_number(parsed)
                if whole == written and whole[0] != "0" and national.lstrip("(")[0] == "0":
                    continue
            return bool(kind == phonenumbers.PhoneNumberType.TOLL_FREE)
        # A plus sign is evidence enough for a number of the right length: +1 555 010 9999.
        if region is None and len(written) > 10 and phonenumbers.is_possible_number(parsed):
            return False
    return None


def _zones(text: str) -> Iterator[tuple[int, int]]:
    """Yield where numbers of any kind can be, until enough of the text has been looked at."""
    left = _MOST_CHARACTERS
    for zone in _ZONE_RE.finditer(text):
        start, end = zone.span()
        yield start, min(end, start + left)
        left -= end - start
        if left <= 0:
            break


def _undisguise(text: str) -> str:
    """Turn letters that pose as digits into digits, in runs long enough for a phone."""
    if _DISGUISED_RE.search(text) is None:
        return text
    return _DISGUISE_RE.sub(_undisguised, text)


def _undisguised(match: re.Match[str]) -> str:
    run = match[0]
    plain = run.translate(_UNDISGUISE)
    return plain if len(_digits(plain)) >= _MIN_DIGITS and len(_digits(run)) >= 3 else run


def _count(text: str, start: int, end: int) -> int:
    return len(_digits(text[start:end]))


def _digits(text: str) -> str:
    return "".join(_DIGITS_RE.findall(text))


def _pieces(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    for match in pattern.finditer(text, start, end):
        if match.start() > start:
            pieces.append((start, match.start()))
        start = match.end()
    return [*pieces, (start, end)]
