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

_STOP: Final = "[stop dot]"
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
_DATE_CUE: Final = "(?:date_cue|through)"
_DAY_OF_MONTH: Final = "(?:ordinal|hour|to_or_for|day|padded)"
_MONTH_WORD: Final = "(?:month_word|month_short)"
_MONTH: Final = "(?:month|month_word|month_short)"
_WEEKDAY: Final = "(?:weekday|weekday_word)"
_AGO: Final = "(?:ago|ago_or_august)"
_AMPM: Final = "(?:ampm|(?:indefinite|letter_p)dot letter_m dot?)"
"""Also as Spanish writes it: 10:15 a. m."""

_ZONE: Final = (
    f"(?:tz|utc(?:(?:sign|dash)(?:{_HOUR}|clock|{_MILITARY})(?!ampm|tz|utc|{_HOUR_UNIT}))?)"
)
"""Also with its offset: GMT+1, UTC+08:00."""

_DAY_WORD: Final = "(?:deictic|deictic_word|weekday|weekday_word)"
_AUGUST: Final = f"""(?:(?<=of|dash|slash)ago_or_august
    |(?<=(?:el|al|{_WEEKDAY}){_DAY_OF_MONTH})ago_or_august
    |ago_or_august(?=dot?(?:comma|of|dash|slash)?year))"""
"""Behind a day of the month, in Spanish: 25 de ago, el 25 ago, 25 ago 2021; not: week 2 ago."""

_CLOSE: Final = rf"""(?=\Z|[stop dot comma claimed follow you at on in clock_cue around las deictic
    deictic_word manana weekday weekday_word part next every set about article el holiday greeting
    code_cue all once half quarter indefinite another weekend date_cue through times age_cue aft
    sharp particle por_la end al] | [to dash](?!{_DIGITS}|hour_word|claimed)
    | or(?!(?:{_DIGITS}|hour_word|number_word)(?:other|counted|code_noun|{_UNIT})))"""
"""What may follow a bare number that is a time: no noun that it could count, alone or with another
number (by two or three goals)."""

_GROUP: Final = "(?:count|military|quarter_military|round_year|year)"
"""Of a code in groups of digits."""

_CODE: Final = "(?:code_cue|code_noun)"
_NOT_CODE: Final = f"(?<!{_CODE})(?<!{_CODE}(?:follow|sign|colon|in|{_STOP}|dash))"
_MERIDIEM: Final = (
    f"(?:{_AMPM}(?:{_ZONE}|dash?ish)?|(?:(?:in|of){_ARTICLE}?|por_la)(?:part|manana)"
    "|at(?=part)part)"
)
_FULL_CLOCK: Final = f"""(?:
        (?:clock|quarter_clock|dot_clock|{_MILITARY}|{_HOUR}){_MERIDIEM}    # 7.30pm, 8 at night
      | {_HOUR}(?:day|count){_AMPM}                                         # 7 30pm
      | (?:clock|quarter_clock|dot_clock)ish                                # 6:30ish
      | clock (?:{_HOUR_UNIT}|{_ZONE})?(?!short_unit)                       # 19:30, 19:30 hrs
      | (?:{_MILITARY}|year|round_year){_HOUR_UNIT}                         # 1930hrs
      | {_HOUR}(?:oclock|dash?ish(?!{_UNIT})){_MERIDIEM}?                   # 5 o'clock, 5ish
      | half past {_HOUR}{_MERIDIEM}?                                       # half past five
      | (?:{_HALF}(?:past|to|to_or_for)|{_CARDINAL}short_unit(?:past|to)){_HOUR}
            (?:{_MERIDIEM}|{_CLOSE})                                        # quarter to 6
      | (?:{_HOUR}|day)past{_HOUR}{_CLOSE}                                  # ten past 8
      | noon (?:dash?ish)?
    )"""
_BARE_CLOCK: Final = f"(?:{_HOUR}|quarter_clock|dot_clock|{_MILITARY}|clock)"
_LETTERED: Final = f"(?:{_HOUR}(?:indefinite|letter_p)(?!dot))"
_THEN_CLOCK: Final = f"""(?=(?:comma?(?:at|indefinite las)?|dash)
    (?:{_BARE_CLOCK}(?:dash|to))?(?:clock|noon|{_BARE_CLOCK}(?:{_AMPM}|hs|oclock)
        |{_MILITARY}hour_unit))"""
"""A clock time, or hours to one, that tells a date from another figure before it."""

_BARE_HOUR: Final = f"(?:hour(?!month){_CLOSE}|to_or_for(?=\\Z|{_STOP}|comma))"
"""An hour behind a day: not the 4 of tomorrow 4 you, nor the day of a date, tue 5 nov."""

_AM: Final = f"(?:ampm(?=\\Z|{_STOP}|comma|claimed))"
"""The part of a day: tomorrow am, not: today am busy."""

_GRAMMAR: Final = rf"""
    (?=[^ other stop dot comma follow you claimed sign colon slash at on in of or about article el
        clock_cue around code_cue code_noun counted date_cue through greeting por_la ago
        ago_or_august to dash times working ish oclock age_cue event less sharp tz utc letter_m
        letter_p])
    (?:
    (?P<set>
        every (?:article|el|las)? (?:{_NUMBER}|ordinal|second|few|next|working|every_other)?
            (?:{_WEEKDAY}(?:(?:or|comma|slash){_WEEKDAY})++                     # every tue and thu
              |{_UNIT}|{_WEEKDAY}|part|month|season|holiday|second|manana)      # every 2 weeks
      | (?:once|{_NUMBER}times)(?:(?:indefinite|every|per|al|in|of?{_ARTICLE}){_LONG}|set)
                                                                                # twice a week
      | {_NUMBER}{_UNIT}(?:(?:indefinite|every|per|al){_LONG}|set)              # 7 days a week
      | (?<!claimed)(?:per|al)(?:unit|weekend)                                  # per month
      | set                                                                     # daily
    )
  | (?P<clock>
        (?:{_FULL_CLOCK}|{_BARE_CLOCK})(?:dash|to|through|indefinite las?){_FULL_CLOCK}
                                                                                # 9-5pm  8 a 5 pm
      | {_FULL_CLOCK}(?:dash|to){_BARE_CLOCK}{_CLOSE}                           # 9am-5
      | (?:(?<=at|las|{_CUE}|{_WEEKDAY})|(?<={_WEEKDAY}colon))
            {_BARE_CLOCK}(?:dash|to){_BARE_CLOCK}{_CLOSE}                       # from 9 to 5
      | (?:(?<=of|{_WEEKDAY})|(?<=weekday comma))(?:{_BARE_CLOCK}|day)indefinite las?
            (?:{_BARE_CLOCK}|day)(?:hs|{_AMPM}|{_CLOSE})                        # de 9 a 18 hs
      | {_LETTERED}(?:dash|to)(?:{_LETTERED}{_CLOSE}|clock)                     # 9a-5p
      | (?:clock|bare_am)(?:dash|to){_LETTERED}{_CLOSE}                         # 9:30a-5p
      | hour (?:dash|to)hour(?=set|all{_ARTICLE}?unit|{_WEEKDAY}(?:dash|to){_WEEKDAY})  # 9-5 daily
      | (?<!utc sign){_FULL_CLOCK}                                              # 10am
      | (?<=las)(?:{_BARE_CLOCK}|day)(?:or{_HALF}|or day|less)?(?:{_MERIDIEM}|{_HOUR_UNIT}|{_CLOSE})
                                                                                # a las 5 y media
      | (?<=deictic|weekday)(?:comma?at)?(?:{_BARE_CLOCK}|day)hs                # hoy 20hs
      | (?<={_SHORT_DATE}|manana|weekday_word)(?:{_BARE_CLOCK}|day)hs
      | (?<=at|{_CUE}|aft){_HALF}?{_BARE_CLOCK}{_CLOSE}                         # at 5, at half 7
      | (?<=(?:at|{_CUE})(?:hour|to_or_for|hour_word)or){_HOUR}{_CLOSE}         # at 3 or 4
      | (?<=(?:ish|ampm|clock)or){_HOUR}{_CLOSE} | (?<=(?:ish|ampm|clock)comma or){_HOUR}{_CLOSE}
      | (?<=at)quarter_clock(?!{_UNIT}|per|counted)                             # at 7.30 outside
      | (?<=at|{_CUE}){_HOUR}(?:day|count){_CLOSE}                              # at 11 30
      | (?<=(?:at|{_CUE})about){_BARE_CLOCK}(?:or{_HALF})?{_CLOSE}              # at about 5
      | (?<=(?:you|deictic|follow)about)(?!to_or_for(?!{_STOP}|comma|\Z))
            {_BARE_CLOCK}(?:or{_HALF})?{_CLOSE}                                 # come about 6
      | (?<=at|{_CUE}|deictic|weekday)bare_am                                   # til 930a
      | {_NOT_CODE}(?:quarter_military(?=event|follow(?!follow|article))|{_MILITARY}(?=particle))
                                                                                # 830 lor
      | (?:\A|(?<={_STOP}))(?:hour(?=at)|(?:hour|hour_word)follow?(?=particle)) # 9 at mine
      | quarter_clock(?=or(?:quarter_clock|dot_clock|clock))                    # 7.30 or 8.30
      | (?<=por_la)(?:hour|indefinite)(?:or{_HALF}|less)?(?:{_MERIDIEM}|{_CLOSE})  # a la 1
      | hour(?:(?:or quarter|less){_MERIDIEM}|or quarter{_CLOSE}|less)          # 8 y media
      | half {_HOUR}{_CLOSE}                                                    # half 7
      | (?<!other)(?<!{_CODE})hour (?:dash|to)hour(?=deictic)                   # 10-11 tmr
      | (?<!age_cue)(?<!dash)(?:hour|hour_word|padded)(?=deictic|next part)     # 7 tonight, not 4
      | (?<=deictic|weekday){_BARE_HOUR}(?!comma?(?:at|indefinite las))         # tomorrow 8
      | (?<={_DAY_WORD}part){_BARE_HOUR}                                        # tmrw mrng 7
      | (?<!{_CODE}){_BARE_CLOCK}(?=sharp)                                      # 7 sharp
      | (?:quarter_clock|dot_clock|(?<=article){_MILITARY})(?=event)            # the 7.20 show
      | (?<!other)(?<!sign)(?<!colon)(?<!{_CODE})(?<!counted)quarter_clock{_CLOSE}
                                                                                # meet 7.30
    )
  | (?P<bare_clock>                                                             # only with a day
        (?<!other)(?<!{_CODE})(?:quarter_clock|dot_clock){_CLOSE}(?!on)
                                                                                # 7.25 sat
      | (?<=date|glued_date|year|part|{_DAY_WORD})(?:{_MILITARY}|round_year){_CLOSE}  # friday 1930
      | (?:\A|(?<={_STOP}|follow|you|event))quarter_military(?={_DAY_WORD})     # 830 tmr
      | (?<=comma|part){_BARE_CLOCK}(?:dash|to){_BARE_CLOCK}{_CLOSE}
    )
  | (?P<date>
        date | glued_date(?:sign(?:padded|day))?
      | {_NOT_CODE}dotted_date                                                  # not version 1.1.30
      | {_NOT_CODE}(?<!sign)month_year                                          # 04/2026
      | ordinal(?=(?:or ordinal)?part)                                          # 14th or 15th eve
      | ordinal(?:dash|to)ordinal{_CLOSE}                                       # 4th to 18th
      | (?:(?:ordinal|nth)or)?(?:ordinal|nth){_WEEKDAY}{_CLOSE}                 # 2nd sat
      | {_DAY_OF_MONTH}(?:(?:dash|to|or|al){_DAY_OF_MONTH})?
            (?:dash|slash)?(?:of{_ARTICLE}?)?(?:{_MONTH}|{_AUGUST})
            (?:dot?(?:comma|of|dash|slash)?(?:year|round_year)
              |(?:(?:dash|slash|sign)?padded|dot?(?:dash|slash|sign)day)(?!of?{_MONTH})
              |day(?:{_CLOSE}|{_THEN_CLOCK})
              |dot(?:{_THEN_CLOCK}|(?=comma?(?:at|indefinite las))))?           # 21st of May 2005
      | month (?:dash|dot(?!ordinal))?{_DAY_OF_MONTH}(?!ampm|oclock|ish|{_UNIT}|counted)
            (?:dash{_DAY_OF_MONTH}(?!ampm)|to{_DAY_OF_MONTH}(?!ampm){_CLOSE})?
            (?:comma?(?:year|round_year))?                                      # June 21, 2005
      | (?<!you)(?<!follow)(?:{_MONTH_WORD}(?!{_DAY_OF_MONTH}of?{_MONTH})|month_short dot)
            (?:ordinal(?:(?:dash|to)ordinal)?
              |{_DAY_OF_MONTH}(?:(?=comma?year)|{_CLOSE}|{_THEN_CLOCK}
                |(?:dash|to){_DAY_OF_MONTH}{_CLOSE}))
            (?:comma?(?:year|round_year))?                                      # may 5
      | (?:(?:month|month_short)dot?|month_word)(?:comma|of|dash|slash)?(?:year|round_year)
                                                                                # May 2005
      | year (?:dash|slash){_MONTH}(?:dash|slash){_DAY_OF_MONTH}                # 2026-feb-12
      | {_MONTH}indefinite{_MONTH}                                              # enero a marzo
      | {_MONTH}sign(?:padded|day)                                              # Nov '04
      | month
      | (?<=in|of|next|{_CUE}|{_DATE_CUE}){_MONTH_WORD}{_CLOSE} | mid dash?{_MONTH}  # in march
      | nth of {_MONTH}                                                         # first of may
      | (?:(?:ordinal or)?ordinal|(?<=el){_DAY_OF_MONTH})of(?:{_ARTICLE}|next|every)unit
                                                                                # 3rd of the month
      | {_SHORT_DATE}month                                                      # 8/9 june
      | (?:(?<=on|of|{_CUE}|{_DATE_CUE}|el)|(?=padded_date))
            {_SHORT_DATE}(?:dash|to|al){_SHORT_DATE}                            # 24/11 to 28/11
      | {_MONTH_WORD} {_SHORT_DATE}(?={_BARE_CLOCK}(?:hs|ampm)|clock|{_CLOSE})  # mar 14/05
      | {_MONTH_WORD}(?=(?:dash|or|to|slash){_MONTH}) | (?<={_MONTH}(?:dash|to|slash)){_MONTH_WORD}
      | (?:ordinal|next|nth|second)(?:unit|{_WEEKDAY}|weekend)(?:of|in){_ARTICLE}?(?:next|every)?
            (?:{_MONTH}|unit)                                                   # last day of may
      | end of {_ARTICLE}?next?(?:unit|weekend|{_MONTH}){_AGO}?                 # end of the month
      | (?:(?<=on|{_CUE}|{_DATE_CUE}|end|{_WEEKDAY})
          |(?<=(?:on|{_CUE}|{_DATE_CUE}|{_WEEKDAY}){_ARTICLE}))
            ordinal(?:{_CLOSE}|{_THEN_CLOCK})                                   # by the 21st
      | (?:(?<={_CUE}|{_DATE_CUE}|end)|(?<={_DATE_CUE} colon))bare_date(?:{_CLOSE}|(?=clock))
                                                                                # b4 170931
      | (?<!{_CODE})(?<!sign)padded_date{_CLOSE}                                # AutoPay 02/11
      | (?<!{_CODE})(?<!sign){_SHORT_DATE}{_THEN_CLOCK}                         # 3/14 8:30 am
      | (?:(?<=on|{_CUE}|{_DATE_CUE}|end|el)|(?<={_DATE_CUE}(?:sign|colon|{_STOP}))){_SHORT_DATE}
            (?:{_CLOSE}|(?=colon))                                              # due 8/15: pay
      | (?<={_DATE_CUE}){_SHORT_DATE}(?!of|counted|slash|{_UNIT})               # date 3/4 confirmed
      | (?<=deictic|ampm|clock){_SHORT_DATE}{_CLOSE}                            # hoy 19/11
      | (?<={_WEEKDAY}){_SHORT_DATE}(?:{_CLOSE}|{_THEN_CLOCK}|(?=of))
      | (?<=weekday)day{_CLOSE}                                                 # martes 12
      | (?<={_WEEKDAY}){_DAY_OF_MONTH}(?:{_THEN_CLOCK}                # martes 5 a las 9
            |(?=(?:al|dash|or el){_WEEKDAY}|al{_DAY_OF_MONTH}|comma?indefinite las))
      | (?<=el)day{_CLOSE} | (?<=(?:{_CUE}|in|{_DATE_CUE})el){_DAY_OF_MONTH}{_CLOSE}  # para el 5
    )
  | (?P<year>
        {_NOT_CODE}(?<!claimed)(?<!sign)(?<!slash)(?<!{_GROUP})year
            (?!follow(?:follow|article){_CODE}|{_GROUP}{_GROUP})
            (?!{_UNIT}|counted|sign|colon{_DIGITS}|slash{_DIGITS}|number_word|dash(?!year)|on)
                                                                                # 2004
      | {_NOT_CODE}(?<!sign)year_pair                                           # 2021/22
      | (?<!{_CODE}in)(?<=in|{_CUE})(?:round_year|padded){_CLOSE}               # in 1900, in 09
      | (?<={_ARTICLE}|in|next|of)decade | full_decade                          # the 80's
    )
  | (?P<span>
        hace?(?:
            (?:another|indefinite)? few of? working?{_UNIT}                     # a couple of days
          | another?{_NUMBER}(?:dash|ish|working){{0,2}}(?:{_UNIT}working?|second)
                                                                                # 3-5 working days
            (?:or?(?:{_NUMBER}{_UNIT}|span_part|decade)){{0,3}}                 # 1 hr 30 mins
          | (?:span_part|days)(?:or?(?:{_NUMBER}{_UNIT}|span_part|decade)){{1,3}}  # 2d 4h
          | (?:span_part|days)(?=ago_or_august)                                 # 5m ago
          | (?:indefinite?{_HALF}|{_SHORT_DATE}of)(?:of?indefinite|dash)?{_UNIT}  # half an hour
          | clock short_unit                                                    # 02:59 mins
          | hour_unit or indefinite?{_HALF}                                     # hora y media
          | (?:another|(?<!claimed)indefinite)(?:working|{_HALF})?(?:dash)?
            (?:{_UNIT}(?:or(?:to_or_for|hour_word)|or few)?|second{_CLOSE})     # an hour or two
        )(?:or indefinite?{_HALF})?(?:{_AGO}deictic?)?                          # a year ago today
      | (?<=in|{_DATE_CUE}|slash)days{_CLOSE} | days(?=of?{_DATE_CUE})          # 30d of validity
      | settlement(?:working?unit)?                                             # t+1 day
    )
  | (?P<whole> all {_ARTICLE}?(?:unit|part|weekend) )                           # all day
  | (?P<period>
        next (?:{_NUMBER}|indefinite? few of?) working?(?:{_UNIT}|second)(?!{_AGO})  # next 3 days
      | (?<!other)next*+ unit dash?end{_CLOSE}                                  # this month end
      | (?:ordinal|nth|(?<!indefinite)second)(?:unit|weekend)                   # 1st month
      | (?:(?<!next)next++ coming?|(?<={_ARTICLE})coming) (?:working|dash)?
            (?:{_LONG}|{_WEEKDAY}|part|manana|season|month(?:{_STOP}?{_DAY_OF_MONTH}{_CLOSE})?
              |holiday|second|year|{_MONTH_WORD}{_CLOSE}|{_AM})
            {_AGO}?                                                             # this week
      | that (?:unit|part|weekend)(?!{_AGO})                                    # that night
      | past (?:{_NUMBER}|few of?)?working?(?:{_LONG})                          # past week
      | (?:{_UNIT}|{_WEEKDAY}|month|manana)(?:{_AGO}|next(?=\Z|{_STOP}|comma))  # semana pasada
      | (?<={_ARTICLE}|at|on|in)weekend                                         # the weekend
      | season of?year                                                          # summer 2024
    )
  | (?P<holiday> holiday weekend? )
  | (?P<day>
        deictic
      | (?<!article)(?<!el)(?<!por_la)manana
      | deictic_word(?=comma?month|clock|{_BARE_CLOCK}(?:{_AMPM}|hs)|part|{_AM})  # tom 4pm
    )
  | (?P<weekday>
        {_WEEKDAY}indefinite(?:{_WEEKDAY}|weekday_name) | weekday               # lunes a viernes
      | {_WEEKDAY}dot(?={_DAY_OF_MONTH}(?:of|dash|slash)?{_MONTH}|{_MONTH}{_DAY_OF_MONTH}|date)
                                                                                # sáb. 15 nov
      | (?:{_MONTH_WORD}|weekday_name)dot?(?={_DAY_OF_MONTH}of?{_MONTH})        # mar 2 dic
      | weekday_name(?={_SHORT_DATE}) | (?<=el)weekday_name
      | (?<={_WEEKDAY}(?:dash|to|or|slash))weekday_name                         # sab y dom
      | (?:\A|(?<={_STOP}|comma))weekday_word(?=dash|colon)                     # mon - run
      | (?<=on|every|{_CUE}|at|el)weekday_word                                  # on sat
      | (?<=in|to_or_for|event|{_DATE_CUE})weekday_word{_CLOSE}                 # for sat
      | weekday_word(?=(?:dash|to|or|slash|comma|through)?(?:{_WEEKDAY}|weekday_name))
                                                                                # sat & sun
      | (?<={_WEEKDAY}(?:dash|to|or|slash|comma|through))weekday_word
      | (?<={_WEEKDAY})weekday_word
      | weekday_word(?=(?:por_la|comma)?part|noon|{_AM}|{_SHORT_DATE}|aft(?!{_BARE_CLOCK})
            |(?:comma|about|around)?(?:clock|{_BARE_CLOCK}(?:{_AMPM}|hs))
            |clock_cue{_BARE_CLOCK}{_CLOSE}
            |comma?(?:date|glued_date|ordinal|at{_BARE_CLOCK}|at?{_MONTH}
              |{_DAY_OF_MONTH}(?:of|dash)?(?:{_MONTH}|ago_or_august))
            |deictic|{_ARTICLE}?ordinal
            |{_BARE_CLOCK}(?:dash|to)(?:{_BARE_CLOCK}{_CLOSE}|noon)|(?:{_BARE_CLOCK}|day)hs
            |{_DAY_OF_MONTH}(?:comma?indefinite las|(?:dash|al){_WEEKDAY}))     # wed nite
      | (?<=ampm)weekday_word{_CLOSE}                                           # 3pm sat
      | (?<=you|deictic|unit)weekday_word(?={_STOP}|\Z)                         # c u sat.
    )
  | (?P<part>
        mid part | (?:(?<=in|at|por_la|{_CUE})|(?<=in {_ARTICLE}))part
      | (?<=article)part{_CLOSE}                                                # in the morning
      | (?<=por_la)manana
    )
  | (?P<bare_part>                                                              # only after a day
        (?<!greeting)part | (?<={_DAY_WORD})(?:{_AM}|aft(?!{_BARE_CLOCK}))
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
_RANGE: Final = r"dash|to|al|through"

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
    """One or more parts, as positions of tokens; what the first part is, and what all are."""

    first: int
    last: int
    head: str
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
            kind = match.lastgroup or ""
            part = _Expression(*match.span(), kind, frozenset({kind}))
            if found and self._belong(classes, found[-1], part):
                left = found.pop()
                # The other end of a range goes on as the first did: 3 oct 10pm to 4 oct 7am; not:
                # 9am-7pm mon-fri, 10am-4pm sat.
                slots = part.slots if left.head in part.slots else part.slots | left.slots
                part = _Expression(left.first, part.last, left.head, slots)
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
        "month_short", "month_word", "noon", "oclock", "part", "season", "set", "short_unit",
        "unit", "weekday", "weekday_word", "weekend",
    )  # fmt: skip
    words = (tokens(word) for head in heads for word in vocabulary[head])
    # Of a phrase the last word of some length: "day" of "boxing day", "year" of "new year's".
    last = ([part for part in parts if len(part) > 1][-1:] for parts in words)
    return frozenset(chain.from_iterable(last))
