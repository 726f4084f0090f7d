"""Short codes: numbers of three to six digits that a message tells one to text or to call."""

import re
from functools import partial
from itertools import islice
from typing import Final, NamedTuple

from mela.resource_files import Vocabulary
from mela.resources import Resources
from mela.text.late import late
from mela.text.reading import Reading
from mela.text.words import alternation

_MAX_CANDIDATES: Final = 40
# How far to the left the verb may stand: "send NAME, AGE and TOWN to 87121".
_WINDOW: Final = 64

_GATE_RE: Final = late(r"[0-9]{3}|[0-9]{2}\s[0-9]{2}\s[0-9]")

# Does not match: 0800 (no code begins with 0), £500, #4711, *123#, 12-500, 1.500, 10:30, 500%,
# 132 032 (half of a number), but for one who is told to dial it: 13 33 50, 131 500.
_NUMBER_RE: Final = late(
    r"""
    (?<! [0-9$£€¥₹₱₦#*+=_/\\-] ) (?<! [0-9][.,:] )
    (?: 1[0-9] (?:\s[0-9]{2}){2} (?! [0-9] | \s[0-9]{2}(?![0-9/:]) )
      | 1[0-9]{2}\s[0-9]{3} (?! \s?[0-9] )
      | [1-9][0-9]{2} (?! \s[0-9]{3}(?![0-9]) ) | [1-9][0-9]{3,5} )
    (?! [0-9] | [.,:-][0-9] | \s?[*#%] | \s?[$£€¥₹](?![0-9])
      | \s? (?:[ap]m|hrs?|[kp]|st|th) \b )
    """,
    re.VERBOSE,
)
_SENTENCE_END_RE: Final = late(r"[!?;\n]|[a-z0-9)]{2}(?<!\bno)\.\s")
_CHAIN_RE: Final = late(r"\s?(?:[,/&]|or|and|o|y|u)\s?")
_HOUR_RE: Final = late(r"(?:[1-9]|1[0-9]|2[0-3])[0-5][0-9]")
_YEAR_RE: Final = late(r"(?:19|20)[0-9]{2}")
_CAPITALS_RE: Final = late(r"\x20[A-Z]{3,}(?![a-z])|:\x20?[A-Z]")
# "text 12345 to 80085": the first number is what one writes.
_TO_NUMBER_RE: Final = late(r"\s(?:to|2)\s[0-9]{3}")
# "report to 100 Centre St".
_STREET_RE: Final = late(
    r"(?:\s[A-Z]\w+){1,3}?\s(?:St|Street|Rd|Road|Ave?|Avenue|Blvd|Lane|Ln|Drive|Dr|Way)\b"
)
# Between two words; never over what an earlier finder claimed.
_GAP: Final = r"[^\w\x00]"


class Shortcode(NamedTuple):
    """A short code in the clean text."""

    start: int
    end: int


class ShortcodeFinder:
    """Finds the short codes of a text.

    The words before a number decide, never the number alone: `Text FA to 87121` names one,
    `to 87121 winners` and `call me at 1030` do not.

    Parameters
    ----------
    resources
        Where the words around numbers are.
    """

    def __init__(self, resources: Resources) -> None:
        self.triggers = frozenset[str]()
        """A text without digits holds no code."""
        cues = resources.phone_cues
        self._told = late(partial(_told, cues), re.VERBOSE)
        self._keyword = late(
            rf"(?<!\w)[\"']?(?:{alternation(cues['keyword']).upper()})[\"']?\s(?:to|TO|2|al|AL)\s\Z"
        )
        # "Stop to 88600", "baja al 5051", whatever the case
        self._left = late(rf"(?<!\w)(?:{alternation(cues['opt_out'])})\s(?:to|2|al|a)\s\Z")
        # "81810 and 81811 are premium numbers"
        self._described = late(
            rf"(?:\s?(?:,|&|and|or|y|o)\s?[0-9]{{3,6}})?\s(?:is|are|es|son)\s(?:an?\s|our\s|un\s)?"
            rf"(?:premium|{alternation(cues['shortcode'])})(?!\w)"
        )
        self._counted = late(rf"\s(?:{alternation(cues['counted'])})(?![^\W\d_])")
        secret = rf"(?<!\w)(?:{alternation(cues['code'])})(?!\w)"
        self._secret = late(secret)
        # A number beside a word for a secret: 739 204 is your code, your code for X is M-739204.
        one_time = r"(?<![0-9])[0-9]{3}[\s-]?[0-9]{1,5}(?![0-9])"
        self._with_secret = late(
            rf"""
            :\s?
            (?: .{{0,40}}? {one_time} .{{0,40}}? {secret}
              | .{{0,60}}? {secret} (?: [^.!?0-9]{{0,24}} (?: \s(?:is|es)\s | : ) )? \s?
                (?: [a-z]{{1,3}}- )? {one_time}
            )
            """,
            re.VERBOSE,
        )

    def _is_told(self, text: str, folded: str, start: int, end: int) -> bool:
        """Return whether the words around a number make it an address."""
        if self._counted.match(folded, end) or _STREET_RE.match(text, end):
            return False
        if self._described.match(folded, end):
            return True
        size = end - start
        if not folded[:start].strip():
            # "74618 SUMMER tickets ...", "61877: Match day ..." name their sender; an OTP does not,
            # unless the secret is another number.
            if size >= 4 and self._with_secret.match(folded, end):
                return _YEAR_RE.fullmatch(folded, start, end) is None
            return (
                size in (5, 6)
                and not folded.endswith("00", start, end)
                and _CAPITALS_RE.match(text, end) is not None
                and self._secret.search(folded, end, end + _WINDOW) is None
            )
        window = max(0, start - _WINDOW)
        for sentence_end in _SENTENCE_END_RE.finditer(folded, window, start):
            window = sentence_end.end()
        told = self._told.search(folded, window, start)
        if told is None:
            return (size >= 5 and self._keyword.search(text, window, start) is not None) or (
                size >= 4 and self._left.search(folded, window, start) is not None
            )
        return _fits(told, text, start, end)

    def find(self, reading: Reading) -> list[Shortcode]:
        """Return the short codes of a clean text, in order."""
        text, folded = reading.text, reading.folded
        if not reading.has_digits or _GATE_RE.search(text) is None:
            return []
        found: list[Shortcode] = []
        known = set()
        for match in islice(_NUMBER_RE.finditer(folded), _MAX_CANDIDATES):
            start, end = match.span()
            number = match[0]
            if (
                number in known
                or self._is_told(text, folded, start, end)
                or (found and _continues(folded, found[-1], start, end))
            ):
                found.append(Shortcode(start, end))
                known.add(number)
        return found


def _told(cues: Vocabulary) -> str:
    words = {name: alternation(entries) for name, entries in cues.items()}
    send, text, dial, to = (words[name] for name in ("send", "text", "dial", "to"))
    named = f"(?: (?: {words['named']} ) {_GAP}{{0,3}} ){{0,3}}"
    return rf"""
    (?<! [^\W\d_] )
    (?:
        # Text FA to 87121, send STOP NEWS 2 61234, text GO to: 69417
        (?: {send} ) (?! [^\W\d_] ) [^\n]{{0,50}}? {_GAP}
        (?<! \bup\s ) (?P<range> (?<= [0-9]{{3}}\s ) )?+
        (?: (?P<at> at ) | {to} ) {_GAP}{{0,3}} {named}
        # Call 5903, llama al 133; not "call me at 1030"
      | (?P<dial> {dial} ) {_GAP}{{0,3}} (?: me \s on \s )? {named}
        # Txt 85317, Text82419
      | (?P<text> (?: {text} ) ) {_GAP}{{0,3}} {named}
        # manda BAJA 5555, reply STOP 85317
      | (?: {send} | {text} ) {_GAP}{{1,3}} (?P<keyword> {words["keyword"]} ) {_GAP}{{1,3}}
        # msgs from 62555
      | (?: {words["message"]} ) (?! [^\W\d_] ) [^\n]{{0,30}}? {_GAP}
        (?P<source> from | del | desde ) {_GAP}{{1,3}} {named}
        # Help: 62915, info 85080
      | (?: {words["desk"]} ) (?P<desk> \s?:\s? | \s ) {named}
        # short code 83519
      | (?: {words["shortcode"]} ) {_GAP}{{0,3}} {named}
        # SMS HOUSES 53147
      | (?: {text} ) {_GAP}{{1,3}} (?P<capitals> [a-z][a-z0-9]{{1,11}} ) {_GAP}{{1,3}}
    )
    \Z
    """


def _continues(folded: str, last: Shortcode, start: int, end: int) -> bool:
    """Return whether a number goes on a list of codes: "to 87121 or 87122"."""
    is_same_size = end - start == last.end - last.start >= 4
    return is_same_size and _CHAIN_RE.fullmatch(folded, last.end, start) is not None


def _fits(told: re.Match[str], text: str, start: int, end: int) -> bool:
    """Return whether a number has the size and shape that the words before it ask for."""
    number = text[start:end]
    if " " in number or told["dial"]:
        # One dials 131 500, and texts to no such number.
        return told["dial"] is not None
    if told["desk"]:
        # "info 2024" may be a year, and "help 5000 families" a count.
        return len(number) >= 5 or (":" in told["desk"] and _YEAR_RE.fullmatch(number) is None)
    if told["range"] is not None or told["text"]:
        # "from 500 to 800", "send 500 2 200"; "text 500 to all".
        return len(number) >= 5 and _TO_NUMBER_RE.match(text, end) is None
    if told["at"]:
        return _HOUR_RE.fullmatch(number) is None
    if told["capitals"]:
        return len(number) >= 5 and text[slice(*told.span("capitals"))].isupper()
    is_plain = not (told["keyword"] or told["source"])
    return is_plain or (len(number) >= 4 and _YEAR_RE.fullmatch(number) is None)
