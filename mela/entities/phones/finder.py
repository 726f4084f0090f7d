"""Find phone numbers: shapes propose, the phone metadata or the words around decide."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from mela.entities.phones.metadata import has_country, look_up
from mela.entities.phones.shapes import (
    AGES,
    BREAKS,
    COUNTRY_RE,
    DIGITS_RE,
    DISGUISE_RE,
    DISGUISED_RE,
    EXTENSION_RE,
    FREEPHONE,
    GATE_RE,
    GLUED_RE,
    GROUP_RE,
    KEYPAD,
    MASK_RE,
    MAX_DIGITS,
    MIN_DIGITS,
    NOT_A_PHONE_RE,
    PAIRS_RE,
    PART_RE,
    PRICED_RE,
    ROUND_RE,
    STRETCH_RE,
    SUBSCRIBER_RE,
    TRUNK_RE,
    UNDERSCORE_RE,
    UNDISGUISE,
    VANITY_CODES,
    VANITY_RE,
    WRITTEN_RE,
    ZONE_RE,
)
from mela.resources import Resources
from mela.text.late import late
from mela.text.reading import Reading
from mela.text.span import Found, claim
from mela.text.words import alternation, fold

# Questions to the phone metadata per message; each new number costs some 100 microseconds.
_MAX_ATTEMPTS: Final = 20

# Digits and signs that are looked at per message; twenty numbers have some 400.
_MOST_CHARACTERS: Final = 1000

_MAX_GROUPS: Final = 30

# May stand between a cue and its number: "call me after 6pm on 98...", "on 21.6. at 98...".
_WHEN: Final = r"[0-9]{1,2} (?: [./:][0-9]{1,4} ){0,2} \.? (?: \s? [ap]m | \s? hrs )? (?! \w )"

_CUE_WINDOW: Final = 48
_SHORTEST_ABROAD: Final = 10
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
        if "_" in plain:
            plain = UNDERSCORE_RE.sub("-", plain)
        return _Search(self, reading.text, plain).run() if GATE_RE.search(plain) else []


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
            Found(*m.span()) for zone in zones for m in NOT_A_PHONE_RE.finditer(self.text, *zone)
        ]
        self.rest = claim(self.text, others)
        if self.finder.regions and any(code in self.raw for code in VANITY_CODES):
            self._find_vanity()
        for start, end in self._stretches(zones):
            if end - start >= MIN_DIGITS and start >= self.end and self.attempts:
                self._resolve(start, end, BREAKS)
        return sorted(self.found)

    def _stretches(self, zones: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        for zone in zones:
            for stretch in STRETCH_RE.finditer(self.rest, *zone):
                yield stretch.span()

    def _find_vanity(self) -> None:
        for match in VANITY_RE.finditer(self.raw):
            prefix = _digits(match["prefix"])
            word = match["word"].replace("-", "").translate(KEYPAD)
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
            or end - start < MIN_DIGITS
            or _count(self.rest, start, end) < MIN_DIGITS
        ):
            return
        if BREAKS[0].search(self.rest, start, end) is None and self._take(start, end):
            return
        for level, pattern in enumerate(breaks, 1):
            pieces = _pieces(pattern, self.rest, start, end)
            if len(pieces) > 1:
                for piece in pieces:
                    self._resolve(*piece, breaks[level:])
                return
        if _count(self.rest, start, end) > MAX_DIGITS and self._is_coded(start):
            return
        groups = [g.span() for g in islice(GROUP_RE.finditer(self.rest, start, end), _MAX_GROUPS)]
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
                if size > MAX_DIGITS:
                    break
                if size >= MIN_DIGITS and last - first + 1 < len(groups):
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
            if PRICED_RE.match(self.rest, end):
                return any(self._take(start, end - tail) for tail in (1, 2, 3))
            if self.rest[start] == "0" and self.rest.endswith(AGES, start, end):
                return self._take(start, end - len(AGES[0]))
        return False

    def _take(self, start: int, end: int) -> bool:
        """Take a stretch if it is a number by itself, whatever the words around."""
        candidate = self._candidate(start, end)
        if candidate is None:
            return False
        start, number = candidate
        is_glued = GLUED_RE.match(self.rest, max(0, start - 1)) is not None
        is_plain = number[0] not in "+0" and self.rest[start] != "("
        if is_glued and is_plain and not self._is_called(start):
            # RPD8973486021 is a code; "callnow8005550199" is not.
            return False
        if PAIRS_RE.fullmatch(self.rest, start, end) and not self._is_called(start):
            return False
        is_toll_free = self._ask(number)
        if is_toll_free is None and self.finder.regions:
            is_toll_free = self._ask_abroad(start, number)
        if is_toll_free is None:
            is_phone = self.finder.regions and (
                SUBSCRIBER_RE.fullmatch(number)
                or (not is_glued and self._is_written(start, end))
                or (9 <= len(number) <= 13 and DISGUISED_RE.search(self.raw[start:end]))
            )
            if not is_phone:
                return False
            is_toll_free = number.startswith(FREEPHONE)
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
        if sizes[-1] == 1 and sum(sizes) > MIN_DIGITS:
            # "call 2654 3212 4 details"
            groups, sizes = groups[:-1], sizes[:-1]
        start, end = groups[0][0], groups[-1][1]
        candidate = self._candidate(start, end)
        if candidate is None or max(sizes) < 3 or len(candidate[1]) > 15:
            return
        start, number = candidate
        if ROUND_RE.fullmatch(self.rest, start, end) is None and (
            self._continues(start, len(number)) or self._is_called(start)
        ):
            self._add(start, end, number.startswith(FREEPHONE))

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
        if not MIN_DIGITS <= len(number) <= MAX_DIGITS or (
            len(number) < 10 and MASK_RE.match(self.rest, end)
        ):
            return None
        is_account = "+" not in stretch and self.finder.banked.match(self.text, end)
        is_part = self.text.startswith("/", start - 1) and PART_RE.match(self.text, end) is not None
        if ((is_account or is_part) and not self._is_called(start)) or self._is_coded(start):
            return None
        return start, f"+{number}" if "+" in stretch[:4] else number

    def _is_written(self, start: int, end: int) -> bool:
        """Return whether a stretch has the shape of a number of some region, and counts nothing."""
        written = WRITTEN_RE.match(self.rest, start)
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
        return look_up(number, self.finder.regions)

    def _ask_abroad(self, start: int, number: str) -> bool | None:
        """Ask for a number whose country code lacks its plus and stands apart: 44 7700 900321."""
        country = COUNTRY_RE.match(self.rest, start)
        is_round = number.endswith("00") and not self._is_called(start)
        if country is None or len(number) < _SHORTEST_ABROAD or is_round:
            return None
        is_toll_free = self._ask(f"+{number}")
        if is_toll_free is None or not has_country(f"+{number}", country[1]):
            return None
        return is_toll_free

    def _add(self, start: int, end: int, is_toll_free: bool) -> None:
        if self.rest[start] not in "0+" and (
            trunk := TRUNK_RE.search(self.rest, max(0, start - 6), start)
        ):
            start = trunk.start()
        extension = EXTENSION_RE.match(self.text, end)
        end = extension.end() if extension else end
        self.end = max(self.end, end)
        self.found.append(Phone(start, end, is_toll_free))


def _zones(text: str) -> Iterator[tuple[int, int]]:
    """Yield where numbers of any kind can be, until enough of the text has been looked at."""
    left = _MOST_CHARACTERS
    for zone in ZONE_RE.finditer(text):
        start, end = zone.span()
        yield start, min(end, start + left)
        left -= end - start
        if left <= 0:
            break


def _undisguise(text: str) -> str:
    """Turn letters that pose as digits into digits, in runs long enough for a phone."""
    if DISGUISED_RE.search(text) is None:
        return text
    return DISGUISE_RE.sub(_undisguised, text)


def _undisguised(match: re.Match[str]) -> str:
    run = match[0]
    plain = run.translate(UNDISGUISE)
    return plain if len(_digits(plain)) >= MIN_DIGITS and len(_digits(run)) >= 3 else run


def _count(text: str, start: int, end: int) -> int:
    return len(_digits(text[start:end]))


def _digits(text: str) -> str:
    return "".join(DIGITS_RE.findall(text))


def _pieces(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    for match in pattern.finditer(text, start, end):
        if match.start() > start:
            pieces.append((start, match.start()))
        start = match.end()
    return [*pieces, (start, end)]
