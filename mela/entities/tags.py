"""Hashtags and mentions, as the social networks write them."""

import re
from typing import Final

from mela.text.late import late
from mela.text.reading import Reading
from mela.text.span import Found

# A letter is needed: "#1" is a rank and "ref #4711" a number in a message, no topic. Marks belong
# to their letters, and some scripts have points and dashes inside words: "#col·legi".
# Does not match "C#", "a#b", "##b" nor "&#39;".
_HASHTAG_RE: Final = late(
    r"\#(?<![\p{L}\p{N}_&#]\#)(?=[\p{N}_]*+\p{L})[\p{L}\p{M}\p{N}_·־׳״་・〜]++",
    library="regex",
)

# A letter of ASCII or Latin, or a digit. With case ignored, k would be the kelvin sign, U+212A.
_NAME_SIGN: Final = r"(?-i:[^\W\u0e00-\U0003ffff])"
# "5pm", "730", "7p".
_FIGURE: Final = r"[0-9]{1,4}(?:[ap]\.?m|h|hrs?|ish|k|p)?\b"

# Letters of names are ASCII, as in most networks. Short numbers and hours are "at": "@8",
# "@5pm", "@730pm", "@R7.50"; long ones are phones. "RT@ann" and the like are glued by habit.
# A dot may stand inside, "@john.doe"; before a capital it ends a sentence, "@ann.Thanks".
# Does not match "user@host", "@_@", "d!@mn", "@joséluis" nor "@ann@x.com".
_MENTION_RE: Final = late(
    rf"""
    @
    (?:
        (?<! {_NAME_SIGN}@ ) (?<! [@\#$%&*!]@ )
      | (?<= \b(?:RT|cc|hi|by)@ ) | (?<= \b(?:via|hey)@ )
    )
    (?! {_FIGURE} | [0-9]{{7,15}}\b | [A-Z]{{0,3}}[0-9]+[.,][0-9] )
    (?= _*+[A-Z0-9] )
    [A-Z0-9_]{{1,30}}+
    (?: \. (?! {_FIGURE} ) (?-i: [a-z0-9_]{{1,30}}+ (?! {_NAME_SIGN} ) ) ){{0,9}}+
    (?! @ | {_NAME_SIGN} | :// )
    """,
    re.VERBOSE | re.IGNORECASE,
)


class HashtagFinder:
    """Finds hashtags; the number sign belongs to them."""

    def find(self, reading: Reading) -> list[Found]:
        """Return the hashtags of a clean text, in order."""
        if "#" not in reading.text:
            return []
        return [Found(*match.span()) for match in _HASHTAG_RE.finditer(reading.text)]


class MentionFinder:
    """Finds mentions of users; the "@" belongs to them."""

    def find(self, reading: Reading) -> list[Found]:
        """Return the mentions of a clean text, in order."""
        if "@" not in reading.text:
            return []
        return [Found(*match.span()) for match in _MENTION_RE.finditer(reading.text)]
