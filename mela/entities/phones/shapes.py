"""How numbers are written: what proposes one, what has another form, the shapes of each country."""

import re
from typing import Final

from mela.text.late import late

MIN_DIGITS: Final = 7

# 15 of E.164 and an international prefix such as 00 or 011.
MAX_DIGITS: Final = 17

# Six digits close together, or a freephone prefix with letters. Most messages stop here.
GATE_RE: Final = late(
    r"[0-9] (?: (?:[^0-9]{0,4}+[0-9]){5} | (?<=[18])[0-9]{2,3}\)?[-.\x20][A-Za-z] )", re.VERBOSE
)

# Letters posing as digits: 555O5O5O5O, O87l 24O2O5O, O2O 7946 0018, o8oB I4S 4742.
# Does not match: 5OO (too short, see _undisguise), HELLO08712407406 (the O belongs to a word), the
# words of "08712407406 lol 2nite", "08712407406B4 5pm" and "B4 5551234" (a letter and a digit are
# textese).
DISGUISE_RE: Final = late(
    r"""
    (?: (?<! [A-Za-z0-9|] )
        (?: [OoIl]{1,2}+ (?= [0-9] ) | [OoIlSB]{1,5}+ (?= [0-9][0-9OoIlSB|] ) ) )?+
    [0-9]
    (?: [-.\x20]? [Oo]? [0-9]
      | (?! B4(?![A-Za-z0-9]) ) [OoIlSB|]{1,5}+ [-.\x20]? [0-9]
      | [OoIlSB|]{0,5}+ [-.\x20] [OoIlSB|]{1,4}+ (?= [0-9][0-9OoIlSB|] )
    )*+
    (?: [OoIlSB]{1,4}+ (?! [A-Za-z0-9|] ) )?+
    """,
    re.VERBOSE,
)

# Begins with the digit, which is rarer than the letters, and so found sooner.
DISGUISED_RE: Final = late(r"[0-9](?:(?=[OoIlSB|])|(?<=[OoIl|][0-9]))")

UNDISGUISE: Final = str.maketrans("OoIl|SB", "0011158")
# +91_98765_01234
UNDERSCORE_RE: Final = late(r"(?<=[0-9])_(?=[0-9])")

_DAY: Final = r"(?: 0?[1-9] | [12][0-9] | 3[01] )"
_YEAR: Final = r"(?: (?: 19 | 20 ) [0-9]{2} )"
_HOUR_MINUTE: Final = r"(?: (?: [01][0-9] | 2[0-3] ) [0-5][0-9] )"
_OCTET: Final = r"(?: 25[0-5] | 2[0-4][0-9] | 1[0-9]{2} | [1-9]?[0-9] )"

# Where numbers of any kind can be: the patterns below are costly on letters.
ZONE_RE: Final = late(r"[0-9+($£€¥₹₱₦₨][-0-9\s.,:/()~+$£€¥₹₱₦₨%]{6,}+")

# Digits with a form of their own. They are masked first, so that no number can lean on them.
# Does not match: 01.23.45.67.89 (a date does not go on), 080.123.45.67 (an octet has no 0 before
# it), 0871£1.50 before the sign (a sign belongs to the amount after it).
NOT_A_PHONE_RE: Final = late(
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
STRETCH_RE: Final = late(
    r"""
    (?: \+{1,2} \x20? )? (?: \( \x20? \+? )?
    [0-9]
    (?: [-./()~\x20]{0,4}+ [0-9] )*+
    """,
    re.VERBOSE,
)

# Where one number ends and the next begins, from the plainest sign to the faintest.
BREAKS: Final = (
    late(r"\.\x20++"),
    late(r"\x20*+-{2,}\x20*+|\x20-\x20|\x20/\x20?|/\x20|\x20{2,}"),
    late(r"/"),
    late(r"(?<=[0-9])\x20?(?=\()"),
)

DIGITS_RE: Final = late(r"[0-9]++")
GROUP_RE: Final = late(r"\(?\+?[0-9]++\)?")

# Dialed before a national number in ways the metadata has forgotten: 044 (33) 1234-5678.
TRUNK_RE: Final = late(r"(?<![-0-9.,/()])0[0-9]{0,2}[-\x20]\Z")

# 03 331 6005 ext 3456, 4156667777 x 123. Does not match: 08715708490 1x150p, 0871... x 2nite.
EXTENSION_RE: Final = late(
    r"""
    \x20{0,4} [,;]? \x20? (?: e?xt(?:ensi[oó]n)?|extn|int(?:erno)?|anexo )
    [.:]{0,2} \x20? [0-9]{1,7} (?! [0-9A-Za-z] )
    | \x20{0,4} (?: [,;]? \x20? x | [#~] ) \x20{0,4} [0-9]{2,7} (?! [0-9A-Za-z] )
    """,
    re.VERBOSE | re.IGNORECASE,
)

# 1-800-FLOWERS, (888) GOT-JUNK, 0800 REVERSE. Does not match: 1800 people, 800-metre.
VANITY_RE: Final = late(
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

VANITY_CODES: Final = ("80", "1300", "833", "844", "855", "866", "877", "888")
KEYPAD: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")

# Numbers of regions that are not asked for, told by their digits, however they are grouped.
SUBSCRIBER_RE: Final = late(
    r"""
      [6-9][0-9]{9}                                             # India; 65 and a mobile, Singapore
    | 0[1-9][0-9]{9}                                            # Nigeria, Philippines, Turkey ...
    | 1800[0-9]{6,7} | 018000?[0-9]{6,7}                         # freephone
    | 91[6-9][0-9]{9}                                          # India, without the plus
    """,
    re.VERBOSE,
)

# A country code that lacks its plus, apart from the rest: 44 7700 900321, 63-917-123-4567.
COUNTRY_RE: Final = late(r"([1-9][0-9]{1,2})[-\x20](?=\(?[1-9])")

# Mobile numbers with a country code that lacks its plus, one line a country.
_MOBILES_ABROAD: Final = {
    "AR": "549[0-9]{10}",
    "AU": "614[0-9]{8}",
    "BD": "8801[3-9][0-9]{8}",
    "BR": "55[1-9]{2}9[0-9]{8}",
    "CL": "569[0-9]{8}",
    "CO": "573[0-9]{9}",
    "DE": "491[567][0-9]{8,9}",
    "ES": "34[67][0-9]{8}",
    "FR": "33[67][0-9]{8}",
    "GH": "233[25][0-9]{8}",
    "ID": "628[0-9]{8,10}",
    "IE": "3538[0-9]{8}",
    "IT": "393[0-9]{9}",
    "KE": "254[17][0-9]{8}",
    "MX": "521?[1-9][0-9]{9}",
    "MY": "601[0-9]{8,9}",
    "NG": "234[789][0-9]{9}",
    "PE": "519[0-9]{8}",
    "PH": "639[0-9]{9}",
    "PK": "923[0-9]{9}",
    "ZA": "27[678][0-9]{8}",
}

# And told by their usual grouping, where no other digits stand beside them.
# Does not match: 12 34 56 78 90 (pairs begin with a trunk 0), 612 345 000 (a round amount).
WRITTEN_RE: Final = late(
    rf"""
    (?<! [0-9] ) (?<! [0-9][-.\x20] )
    (?:
        {"|".join(_MOBILES_ABROAD.values())}
      | 0[1-9][0-9]{{8}}                                          # 0712345678
      | 1[38]00 [-\x20] [0-9]{{3}} [-\x20] [0-9]{{3}}               # 1300 955 018
      | 1 - [38]00 - [0-9]{{2,3}} - [0-9]{{3,4}}                    # 1-300-500-500, Malaysia
      | 0[1-9][0-9]{{1,3}} [-\x20] [0-9]{{3}} [-\x20]? [0-9]{{3,4}}   # 0712 345 678, 012-345 6789
      | 0[1-9][0-9]{{0,3}} [-\x20/] [0-9]{{6,8}}                    # 01712-345678, 0171/1234567
      | \( (?: 6[0-6] | 84 | 85[23] | 9(?:6[568]|7[14]) ) \) \x20? [0-9]{{3,4}} [-\x20]? [0-9]{{4}}
      | 08[0-9]{{2}} - [0-9]{{3,4}} - [0-9]{{3,4}}                    # 0812-3456-7890
      | 0[67] (?: [-.\x20][0-9]{{2}} ){{4}}                          # 06 12 34 56 78
      | 3[2-9][0-9] [-\x20/] [0-9]{{6,7}}                         # 333 1234567
      | \( 0[1-9][0-9]{{0,3}} \) \x20? [0-9]{{3,4}} [-\x20]? [0-9]{{3,4}}  # (02) 9876 5432
      | \(? [1-9][0-9] \)? [-\x20] 9?[0-9]{{4}} [-\x20] [0-9]{{4}}  # 55 1234 5678, (11) 98765-4321
      | (?: 1 [-.\x20] )? \(? [2-9][0-9]{{2}} \)? [-.\x20] [0-9]{{3}} [-.\x20] [0-9]{{4}}
                                                                # 300 123 4567
      | [679][0-9]{{2}} (?: [-\x20][0-9]{{2}} ){{3}}                  # 612 34 56 78
      | [679][0-9]{{2}} ([-\x20]) [0-9]{{3}} \1 [0-9]{{3}}            # 612 345 678
      | 9 [-\x20] [0-9]{{4}} [-\x20]? [0-9]{{4}}                    # 9 8765 4321
      | [89][0-9]{{3}} \x20 [0-9]{{4}}                              # 9123 4567
    )
    (?<! 00 ) (?! [-.\x20]? [0-9] )
    """,
    re.VERBOSE,
)

GLUED_RE: Final = late(r"[A-Za-z\u00c0-\u024f]")

# What follows a number between slashes that is part of a reference: INV/9876543210/24. Does not
# match a second number: 9876543210/9123456780.
PART_RE: Final = late(r"/(?![0-9]{6})\w")

# The rest of a price, of which a digit or two are glued to the number: 0p/min, 1.50gbp.
PRICED_RE: Final = late(r"(?:\.[0-9]{1,2})?[A-Za-z\u00c0-\u024f]")

# 0776xxxxxxx, 078499****7, and *123*4567# of a telephone menu.
MASK_RE: Final = late(r"[-\x20]?(?:x{3}|[•*])|x{2}")

# "36 38 40 42 44", "17-14-21-28-35": sizes, scores and lottery numbers, unless one calls them.
PAIRS_RE: Final = late(r"[1-9][0-9](?:[-\x20][0-9]{2}){3,}")

ROUND_RE: Final = late(r"[0-9]{1,3}0{5,}|[0-9]{1,3}(?:\.[0-9]{3}){2,}|([0-9])\1*")

# Prefixes of free numbers in many countries; for numbers that no configured region knows.
FREEPHONE: Final = ("0800", "1800", "01800", "800")

# From which age on one may dial, or its pence; glued to premium numbers.
AGES: Final = ("10", "16", "18")
