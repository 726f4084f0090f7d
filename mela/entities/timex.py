"""Find time expressions: when, how long, how often.

A text is read as a string with one letter for each token, its class; the grammar is one regular
expression over such strings. What it finds are the parts of expressions (a clock time, a date, a
day, a part of the day ...), which are then joined.
"""

import re
from collections.abc import Mapping
from itertools import chain
from typing import Final, NamedTuple

from mela.entities.lexicon import Lexicon
from mela.resource_files import Vocabulary
from mela.resources import Resources
from mela.text.memo import Memo
from mela.text.reading import Reading
from mela.text.span import Found
from mela.text.words import tokens

_SHORT_DATE: Final = "(?:short_date|padded_date)"
_MILITARY: Final = "(?:military|quarter_military)"
_ARTICLE: Final = "(?:article|el)"
_HALF: Final = "(?:half|quarter)"
_HOUR: Final = "(?:hour|to_or_for|hour_word|padded)"
_DIGITS: Final = (
    "(?:hour|to_or_for|day|padded|count|year|round_year|military|quarter_military|decimal"
    "|quarter_clock|dot_clock"
    f"|{_SHORT_DATE})"
)
_WORDS: Final = "(?:(?:hour_word|number_word)(?:(?:or|dash)?(?:hour_word|number_word)){0,4}+)"
_CARDINAL: Final = f"(?:{_WORDS}|{_DIGITS}(?:{_SHORT_DATE}|number_word)?)"
_NUMBER: Final = (
    f"(?:{_CARDINAL}(?:(?:dash|to|or|indefinite){_CARDINAL})?(?:or?indefinite?{_HALF})?)"
)
_HOUR_UNIT: Final = "(?:hour_unit|hs)"
_LONG: Final = "(?:unit|hour_unit|hs|weekend)"
_UNIT: Final = "(?:unit|hour_unit|hs|short_unit|weekend)"
_CUE: Final = "(?:clock_cue|around)"
_DAY_OF_MONTH: Final = "(?:ordinal|hour|to_or_for|day|padded)"
_MONTH: Final = "(?:month|month_word)"
_WEEKDAY: Final = "(?:weekday|weekday_word)"
_CLOSE: Final = f"""(?=\\Z|stop|comma|claimed|follow|you|at|on|in|or|{_CUE}|las|deictic|manana
    |weekday|weekday_word|part|next|every|set|about|article|el|holiday|greeting|code_cue|all|once
    |half|quarter|indefinite|another|month|weekend|date_cue|times|age_cue|aft|sharp|particle|deictic_word|por_la|end|al
    |(?:to|dash)(?!{_DIGITS}|claimed))"""
"""What may follow a bare number that is a time: no noun that it could count."""

_MERIDIEM: Final = f"(?:ampm tz?|(?:(?:in|of){_ARTICLE}?|por_la)(?:part|manana)|at(?=part)part)"
_FULL_CLOCK: Final = f"""(?:
        (?:clock|quarter_clock|dot_clock|{_MILITARY}|{_HOUR}){_MERIDIEM}        # 7.30pm, 8 at night
      | {_HOUR}(?:day|count)ampm                                             # 7 30pm
      | (?:clock|quarter_clock|dot_clock)ish                                 # 6:30ish
      | clock (?:{_HOUR_UNIT}|tz)?(?!short_unit)                             # 19:30, 19:30 hrs
      | (?:{_MILITARY}|year|round_year){_HOUR_UNIT}                             # 1930hrs
      | {_HOUR}(?:oclock|dash?ish(?!{_UNIT})){_MERIDIEM}?              # 5 o'clock, 5ish
      | half past {_HOUR}{_MERIDIEM}?                                        # half past five
      | (?:{_HALF}(?:past|to|to_or_for)|{_CARDINAL}short_unit(?:past|to)){_HOUR}
            (?:{_MERIDIEM}|{_CLOSE})                                         # quarter to 6
      | {_HOUR}past{_HOUR}{_CLOSE}                                           # ten past 8
      | noon
    )"""
_BARE_CLOCK: Final = f"(?:{_HOUR}|quarter_clock|dot_clock|{_MILITARY}|clock)"

_FULL_OR_RANGE: Final = rf"(?:clock|(?:{_BARE_CLOCK}(?:dash|to))?{_BARE_CLOCK}ampm)"
"""A clock time, or hours to one, that tells a date from a fraction before it."""

_BARE_HOUR: Final = f"(?:hour(?!month){_CLOSE}|to_or_for(?=\\Z|stop|comma))"
"""An hour behind a day: not the 4 of tomorrow 4 you, nor the day of a date, tue 5 nov."""

_AM: Final = "(?:ampm(?=\\Z|stop|comma|claimed))"
"""The part of a day: tomorrow am, not: today am busy."""

_GRAMMAR: Final = rf"""
    (?=[^ other stop comma follow you claimed sign colon slash at on in of or about article el
        clock_cue around code_cue counted date_cue greeting por_la ago to dash times working ish
        oclock age_cue event less sharp])
    (?:
    (?P<set>
        every (?:article|el|las)? (?:{_NUMBER}|ordinal|second|few|next|working|every_other)?
            (?:{_WEEKDAY}(?:(?:or|comma|slash){_WEEKDAY})++                    # every tue and thu
              |{_UNIT}|{_WEEKDAY}|part|month|season|holiday|second|manana)      # every 2 weeks
      | (?:once|{_NUMBER}times)(?:indefinite|every|per|al|in|of?{_ARTICLE}){_LONG}    # twice a week
      | {_NUMBER}{_UNIT}(?:indefinite|every|per|al){_LONG}                      # 7 days a week
      | (?<!claimed)(?:per|al)(?:unit|weekend)                                     # per month
      | set                                                                     # daily
    )
  | (?P<clock>
        (?:{_FULL_CLOCK}|{_BARE_CLOCK})(?:dash|to){_FULL_CLOCK}                 # 9-5pm
      | {_FULL_CLOCK}(?:dash|to){_BARE_CLOCK}{_CLOSE}                           # 9am-5
      | (?<=at|{_CUE}|weekday|las){_BARE_CLOCK}(?:dash|to){_BARE_CLOCK}{_CLOSE} # from 9 to 5
      | (?<=weekday_word){_BARE_CLOCK}(?:dash|to)(?:{_BARE_CLOCK}{_CLOSE}|noon)
      | (?<=of){_BARE_CLOCK}indefinite las?(?:{_BARE_CLOCK}|day)(?:hs|ampm|{_CLOSE}) # de 9 a 18 hs
      | {_FULL_CLOCK}                                                           # 10am
      | (?<=las)(?:{_BARE_CLOCK}|day)(?:or{_HALF}|less)?(?:{_MERIDIEM}|{_HOUR_UNIT}|{_CLOSE})
                                                                                # a las 5 y media
      | (?<=deictic|weekday)(?:comma?at)?(?:{_BARE_CLOCK}|day)hs                # hoy 20hs
      | (?<={_SHORT_DATE}|manana|weekday_word)(?:{_BARE_CLOCK}|day)hs
      | (?<=at|{_CUE}|aft){_HALF}?{_BARE_CLOCK}{_CLOSE}                      # at 5, at half 7
      | (?<=(?:at|{_CUE})(?:hour|to_or_for|hour_word)or){_HOUR}{_CLOSE}        # at 3 or 4
      | (?<=(?:ish|ampm|clock)or){_HOUR}{_CLOSE} | (?<=(?:ish|ampm|clock)comma or){_HOUR}{_CLOSE}
      | (?<=at)quarter_clock(?!{_UNIT}|per|counted)                             # at 7.30 outside
      | (?<=at|{_CUE}){_HOUR}(?:day|count){_CLOSE}                           # at 11 30
      | (?<=(?:at|{_CUE})about){_BARE_CLOCK}(?:or{_HALF})?{_CLOSE}           # at about 5
      | (?<=(?:you|deictic|follow)about)(?!to_or_for(?!stop|comma|\Z))
            {_BARE_CLOCK}(?:or{_HALF})?{_CLOSE}                                 # come about 6
      | (?<=at|{_CUE}|deictic|weekday)bare_am                                 # til 930a
      | quarter_military(?=follow|event|particle)                                        # 830 lor
      | (?:\A|(?<=stop))(?:hour(?=at)|(?:hour|hour_word)follow?(?=particle))    # 9 at mine
      | quarter_clock(?=or(?:quarter_clock|dot_clock|clock))                    # 7.30 or 8.30
      | (?<=por_la)(?:hour|indefinite)(?:or{_HALF}|less)?(?:{_MERIDIEM}|{_CLOSE}) # a la 1
      | hour(?:(?:or quarter|less){_MERIDIEM}|or quarter{_CLOSE}|less)          # 8 y media
      | half {_HOUR}{_CLOSE}                                                    # half 7
      | (?<!age_cue)(?:hour|hour_word|padded)(?=deictic|next part)              # 7 tonight, not 4
      | (?<=deictic|weekday){_BARE_HOUR}(?!comma?(?:at|indefinite las))         # tomorrow 8
      | (?<=(?:deictic|weekday)part){_BARE_HOUR}                                # tmrw mrng 7
      | (?<=weekday_word part){_BARE_HOUR}
      | (?<!code_cue){_BARE_CLOCK}(?=sharp)                                     # 7 sharp
      | (?:quarter_clock|dot_clock|(?<=article){_MILITARY})(?=event)               # the 7.20 show
      | (?<!other)(?<!sign)(?<!colon)(?<!code_cue)(?<!counted)quarter_clock{_CLOSE}
                                                                                # meet 7.30
    )
  | (?P<bare_clock>                                                             # only with a day
        (?:quarter_clock|dot_clock|{_MILITARY}){_CLOSE}
      | (?<=comma|part){_BARE_CLOCK}(?:dash|to){_BARE_CLOCK}{_CLOSE}
    )
  | (?P<date>
        date | glued_date
      | ordinal(?:dash|to)ordinal{_CLOSE}                                       # 4th to 18th
      | (?:ordinal|nth){_WEEKDAY}{_CLOSE}                                       # 2nd sat
      | {_DAY_OF_MONTH}(?:(?:dash|to|or|al){_DAY_OF_MONTH})?
            (?:dash|slash)?(?:of{_ARTICLE}?)?{_MONTH}
            (?:(?:comma|of|dash|slash)?(?:year|round_year)|(?:dash|slash|sign)?(?:padded)
              |(?:dash|slash|sign)day|day{_CLOSE}
              |stop(?=comma?(?:at|indefinite las)))?                            # 21st of May 2005
      | month (?:dash|stop(?!ordinal))?{_DAY_OF_MONTH}(?!ampm|oclock|ish|{_UNIT}|counted)
            (?:dash{_DAY_OF_MONTH}(?!ampm))?(?:comma?(?:year|round_year))?      # June 21, 2005
      | (?<!you)(?<!follow)month_word (?:ordinal|{_DAY_OF_MONTH}
                (?:(?=comma?year)|{_CLOSE}|dash{_DAY_OF_MONTH}{_CLOSE}))
            (?:comma?(?:year|round_year))?                                      # may 5
      | {_MONTH}(?:comma|of|dash)?(?:year|round_year)                           # May 2005
      | {_MONTH}sign(?:padded|day)                                              # Nov '04
      | month
      | (?<=in|of|next|{_CUE}|date_cue)month_word{_CLOSE} | mid dash?{_MONTH}          # in march
      | nth of {_MONTH}                                                         # first of may
      | ordinal of (?:{_ARTICLE}|next|every)unit                                # 3rd of the month
      | {_SHORT_DATE}month                                                      # 8/9 june
      | month_word {_SHORT_DATE}(?={_BARE_CLOCK}(?:hs|ampm)|clock|{_CLOSE})        # mar 14/05
      | month_word(?=(?:dash|or|to|slash){_MONTH}) | (?<={_MONTH}(?:dash|to|slash))month_word
      | (?:ordinal|next|nth|second)(?:unit|{_WEEKDAY}|weekend)(?:of|in){_ARTICLE}?(?:next|every)?
            (?:{_MONTH}|unit)                                                   # last day of may
      | end of {_ARTICLE}?next?(?:unit|weekend|{_MONTH})ago?                    # end of the month
      | (?:(?<=on|{_CUE}|date_cue|end|{_WEEKDAY})
          |(?<=(?:on|{_CUE}|date_cue|{_WEEKDAY}){_ARTICLE}))
            ordinal(?:{_CLOSE}|(?={_FULL_OR_RANGE}))                            # by the 21st
      | (?:(?<={_CUE}|date_cue|end)|(?<=date_cue colon))bare_date(?:{_CLOSE}|(?=clock))
                                                                                # b4 170931
      | (?<!code_cue)(?<!sign)padded_date{_CLOSE}                                # AutoPay 02/11
      | (?<!code_cue)(?<!sign){_SHORT_DATE}(?=comma?{_FULL_OR_RANGE})             # 3/14 8:30 am
      | (?:(?<=on|{_CUE}|date_cue|end|el)|(?<=date_cue(?:sign|colon|stop))){_SHORT_DATE}
            (?:{_CLOSE}|(?=colon))                                              # due 8/15: pay
      | (?<=deictic){_SHORT_DATE}{_CLOSE}                                          # hoy 19/11
      | (?<=weekday|weekday_word){_SHORT_DATE}(?={_BARE_CLOCK}hs|{_FULL_OR_RANGE}|{_CLOSE})
      | (?<=weekday)day{_CLOSE}                                                 # martes 12
      | (?<=weekday){_DAY_OF_MONTH}(?={_FULL_CLOCK}|al(?:{_WEEKDAY}|{_DAY_OF_MONTH}))
      | (?<=el)day{_CLOSE} | (?<=(?:{_CUE}|in|date_cue)el){_DAY_OF_MONTH}{_CLOSE}  # para el 5
      | (?<=weekday|weekday_word){_DAY_OF_MONTH}(?=comma?indefinite las)      # martes 5 a las 9
    )
  | (?P<year>
        (?<!code_cue)(?<!code_cue(?:follow|sign|colon|stop|dash))(?<!claimed)(?<!sign)(?<!slash)year
            (?!{_UNIT}|counted|sign|colon{_DIGITS}|slash{_DIGITS}|number_word|dash(?!year))  # 2004
      | (?<!code_cue)(?<!code_cue(?:follow|sign|colon|stop|dash))(?<!sign)year_pair   # 2021/22
      | (?<=in|{_CUE})(?:round_year|padded){_CLOSE}                          # in 1900, in 09
      | (?<={_ARTICLE}|in|next|of)decade | full_decade                          # the 80's
    )
  | (?P<span>
        hace?(?:
            (?:another|indefinite)? few of? working?{_UNIT}                     # a couple of days
          | another?{_NUMBER}(?:dash|ish|working){{0,2}}(?:{_UNIT}working?|second)
                                                                                # 3-5 working days
            (?:or?{_NUMBER}{_UNIT}){{0,3}}                                      # 1 hr 30 mins
          | (?:indefinite?{_HALF}|{_SHORT_DATE}of)(?:of?indefinite)?{_UNIT}          # half an hour
          | clock short_unit                                                    # 02:59 mins
          | hour_unit or indefinite?{_HALF}                                     # hora y media
          | (?:another|(?<!claimed)indefinite)(?:working|{_HALF})?(?:dash)?
            (?:{_UNIT}(?:or(?:to_or_for|hour_word)|or few)?|second{_CLOSE})     # an hour or two
        )(?:or indefinite?{_HALF})?(?:ago deictic?)?                          # a year ago today
    )
  | (?P<whole> all {_ARTICLE}?(?:unit|part|weekend) )                           # all day
  | (?P<period>
        next (?:{_NUMBER}|indefinite? few of?) working?(?:{_UNIT}|second)       # next 3 days
      | (?:ordinal|nth|(?<!indefinite)second)(?:unit|weekend)                   # 1st month
      | (?:(?<!next)next++ coming?|(?<={_ARTICLE})coming) working?
            (?:{_LONG}|{_WEEKDAY}|part|manana|season|month(?:stop?{_DAY_OF_MONTH}{_CLOSE})?
              |holiday|second|year|month_word{_CLOSE}|{_AM})
            ago?                                                                # this week
      | that (?:unit|part|weekend)(?!ago)                                       # that night
      | past (?:{_NUMBER}|few of?)?working?(?:{_LONG})                          # past week
      | (?:{_UNIT}|{_WEEKDAY}|month|manana)(?:ago|next(?=\Z|stop|comma))         # semana pasada
      | (?<={_ARTICLE}|at|on|in)weekend                                         # the weekend
      | season of?year                                                          # summer 2024
    )
  | (?P<holiday> holiday weekend? )
  | (?P<day>
        deictic
      | (?<!article)(?<!el)(?<!por_la)manana
      | deictic_word(?=clock|{_BARE_CLOCK}(?:ampm|hs)|part|{_AM})               # tom 4pm
    )
  | (?P<weekday>
        weekday (?:indefinite weekday)?                                         # lunes a viernes
      | (?<=on|every|{_CUE}|at|el)weekday_word                               # on sat
      | (?<=in|to_or_for|event|date_cue)weekday_word{_CLOSE}                    # for sat
      | weekday_word(?=(?:dash|to|or|slash|comma)?{_WEEKDAY})                   # sat & sun
      | (?<={_WEEKDAY}(?:dash|to|or|slash|comma))weekday_word
      | (?<={_WEEKDAY})weekday_word
      | weekday_word(?=(?:por_la)?part|noon|{_AM}|{_SHORT_DATE}|aft(?!{_BARE_CLOCK})
            |(?:comma|about|around)?(?:clock|{_BARE_CLOCK}(?:ampm|hs))
            |comma?(?:at|{_DAY_OF_MONTH}(?:of|dash)?){_MONTH}|comma?at{_BARE_CLOCK}
            |comma?{_MONTH}|comma?ordinal|deictic|{_ARTICLE}?ordinal
            |{_BARE_CLOCK}(?:dash|to)(?:{_BARE_CLOCK}{_CLOSE}|noon)|(?:{_BARE_CLOCK}|day)hs
            |{_DAY_OF_MONTH}comma?indefinite las)                               # wed nite
      | (?<=ampm)weekday_word{_CLOSE}                                           # 3pm sat
      | (?<=you|deictic|unit)weekday_word(?=stop|\Z)                                 # c u sat.
    )
  | (?P<part>
        mid part | (?:(?<=in|at|por_la)|(?<=in {_ARTICLE}))part
      | (?<=article)part{_CLOSE}               # in the morning
      | (?<=por_la)manana
    )
  | (?P<bare_part>                                                              # only after a day
        (?<!greeting)part | (?<=deictic|deictic_word|weekday){_AM} | (?<=weekday_word){_AM}
      | (?<=deictic|weekday)aft(?!{_BARE_CLOCK}) | (?<=weekday_word)aft(?!{_BARE_CLOCK})
    )
    )
"""
"""What begins an expression, or goes on with it, by the names of the classes (see `Lexicon`).

The set in front holds the classes with which nothing begins: most tokens are of these. Each named
group is a part of an expression; of two that fit, the first wins.
"""

_JOINT: Final = (
    r"comma?(?:at|on|of|dash)?(?:about|around)?(?:article|el)?|comma?(?:indefinite las|por_la)|las"
)
_RANGE: Final = r"dash|to|al"

_SLASH: Final = r"slash"
"""Between two days or months, june/july, it is a range; between hours it is a choice."""

_DAYS: Final = frozenset({"date", "day", "holiday", "weekday"})
_TIMES: Final = frozenset({"bare_clock", "bare_part", "clock", "part"})
_BARE: Final = frozenset({"bare_clock", "bare_part"})
"""What is an expression only together with a day."""

_MOST_TOKENS: Final = 1000
"""How many tokens of a message are looked at that are no ordinary words: what people write has so
many in some six thousand characters."""

_PARTNERS: Final[Mapping[str, frozenset[str]]] = {
    "bare_clock": _DAYS | {"bare_part", "part", "period"},
    "bare_part": _DAYS | {"bare_clock", "clock", "period"},
    "clock": _DAYS | {"part", "bare_part", "period", "set"},
    "date": _DAYS | _TIMES | {"whole", "year"},
    "day": _DAYS | _TIMES | {"whole"},
    "holiday": _DAYS | _TIMES | {"whole", "year"},
    "part": _DAYS | {"bare_clock", "clock", "period"},
    "period": _TIMES | {"date", "weekday"},
    "set": frozenset({"clock"}),
    "span": frozenset(),
    "weekday": _DAYS | _TIMES | {"period", "whole"},
    "whole": _DAYS,
    "year": frozenset({"date", "holiday"}),
}
"""Which parts can stand in one expression: no two of a kind, and a duration with none."""


class _Expression(NamedTuple):
    """One or more parts, as positions of tokens."""

    first: int
    last: int
    slots: frozenset[str]


class TimexFinder:
    """Finds time expressions in English and Spanish, with their textese.

    Parameters
    ----------
    resources
        Gives the classes of words.
    """

    def __init__(self, resources: Resources) -> None:
        self._lexicon = Lexicon(resources.timex)
        self.triggers = _triggers(resources.timex)
        """A text without digits holds no expression without one of these."""
        self._grammar = self._lexicon.grammar(_GRAMMAR)
        self._runs = re.compile(f"[^{self._lexicon.letter('other')}]+")
        self._known = Memo(self._expressions)
        self._joint = self._lexicon.grammar(_JOINT)
        self._range = self._lexicon.grammar(_RANGE)
        self._slash = self._lexicon.grammar(_SLASH)

    def find(self, reading: Reading) -> list[Found]:
        """Return the time expressions of a clean text, in order.

        Prepositions and articles are out; this, next, last, every, ago and later are in.
        """
        if not (reading.has_digits or reading.holds(self.triggers)):
            return []
        folded = reading.folded
        groups = self._lexicon.groups(reading)
        classes = self._lexicon.classes(groups)
        found = self._find_tokens("".join(classes))
        if not found:
            return []
        places = self._lexicon.places(folded, groups, classes, chain.from_iterable(found))
        return [Found(places[first][0], places[last][1]) for first, last in found]

    def _find_tokens(self, classes: str) -> list[tuple[int, int]]:
        """Return the first and the last token of each expression.

        No expression holds an ordinary word, nor does the grammar look across one: what stands
        between two of them is read by itself, and most of it has been met before.
        """
        found = []
        left = _MOST_TOKENS
        for run in self._runs.finditer(classes):
            start, end = run.span()
            before = start - 1 if start else 0
            for expression in self._known[classes[before : min(end, start + left) + 1]]:
                found.append((before + expression.first, before + expression.last - 1))
            left -= end - start
            if left <= 0:
                break
        return found

    def _expressions(self, classes: str) -> list[_Expression]:
        """Return the parts that the grammar finds, joined where they make one expression."""
        found: list[_Expression] = []
        for match in self._grammar.finditer(classes):
            part = _Expression(*match.span(), frozenset({match.lastgroup or ""}))
            if found and self._belong(classes, found[-1], part):
                slots = part.slots
                if not slots & found[-1].slots:
                    slots |= found[-1].slots  # the other end of a range has slots of its own
                part = _Expression(found[-1].first, part.last, slots)
                found.pop()
            found.append(part)
        return [expression for expression in found if not expression.slots <= _BARE]

    def _belong(self, classes: str, left: _Expression, right: _Expression) -> bool:
        between = classes[left.last : right.first]
        shared = left.slots & right.slots
        if self._joint.fullmatch(between):
            is_one = not shared and all(right.slots <= _PARTNERS[slot] for slot in left.slots)
            # "mañana de 9 a 13" is a day, and hours from one to the other.
            if is_one and not (self._lexicon.letter("of") in between and right.slots <= _TIMES):
                return True
        if self._range.fullmatch(between):
            return bool(shared)
        return bool(shared & _DAYS) and self._slash.fullmatch(between) is not None


def _triggers(vocabulary: Vocabulary) -> frozenset[str]:
    """Return the words without which a text without digits holds no expression."""
    heads = (
        "deictic", "deictic_word", "holiday", "hour_unit", "hour_word", "hs", "manana", "month",
        "month_word", "noon", "oclock", "part", "season", "set", "short_unit", "unit", "weekday",
        "weekday_word", "weekend",
    )  # fmt: skip
    words = (tokens(word) for head in heads for word in vocabulary[head])
    # Of a phrase the last word of some length: "day" of "boxing day", "year" of "new year's".
    last = ([part for part in parts if len(part) > 1][-1:] for parts in words)
    return frozenset(chain.from_iterable(last))
