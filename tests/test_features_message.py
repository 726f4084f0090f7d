"""Each of the 51 message features, on messages whose value follows from its definition."""

import math

import numpy as np
import pytest

from mela import MESSAGE, Featurizer

SPOTLESS = "nothing to see here"

# By feature: messages and what they give with the frozen resources.
CASES: dict[str, dict[str, float]] = {
    "num_of_urls": {
        "see http://a.example.com/x or example.org": 2,
        "spamdomain.com.Support me": 1,
        "write to ann@example.com": 0,
        SPOTLESS: 0,
    },
    "num_of_phones": {
        "call +44 20 7946 0018 or text WIN to 80085": 2,
        "call +44 20 7946 0018": 1,
        "text WIN to 80085": 1,
        "room 80085": 0,
        SPOTLESS: 0,
    },
    "num_of_emails": {
        "ann@example.com and bob@example.org": 2,
        "see example.com": 0,
        SPOTLESS: 0,
    },
    # 40 characters; the middle third goes from 13 1/3 to 26 2/3.
    "url_pos": {
        "example.com is where all of it is today.": 1,
        "all of it is at example.com today again.": 2,
        "all of it is there today at: example.com": 3,
        "example.com first and last a.example.com": 3,
        SPOTLESS: 0,
    },
    "phone_pos": {
        "+442079460018 is my number, ask for Pam.": 1,
        "ask for Pam +442079460018 at once please": 2,
        "ask for Pam, my number is: +442079460018": 3,
        "80085 is not it; +442079460018 is my new": 2,
        "+442079460018 or else text WIN to 80085.": 3,
        "text WIN to 80085 or call: +442079460018": 3,
        SPOTLESS: 0,
    },
    "email_pos": {
        "ann@example.com is where you find Annie.": 1,
        "write to us: ann@example.com once a day.": 2,
        "and when you can, write: ann@example.com": 3,
        SPOTLESS: 0,
    },
    "number_pos": {
        "17 cats and dogs live in this old house.": 1,
        "in this old house, 17 cats and dogs live": 2,
        "cats and dogs that live in the house: 17": 3,
        "17 cats, 18 dogs, and of mice there are 19": 3,
        "call +442079460018": 0,
        SPOTLESS: 0,
    },
    "contains_fwd": {
        "Fwd: look at this": 1,
        "this was forwarded to me": 1,
        "RV: mira esto": 1,
        "moving fwd with it": 0,
        SPOTLESS: 0,
    },
    "length": {
        "hi": 2,
        "a\u0301\U0001f600\n": 4,
        "": 0,
    },
    "word_count": {
        "pls call me 2nite": 4,
        "I wanna win": 4,
        "can't stop": 2,
        "...!": 0,
    },
    # 0.9 + 0.9 + 2.2 and 0.9 + 1.0 + 0.9
    "phoneme_count": {
        "box": 4,
        "Cab": 3,
        "box cab": 7,
        "17!": 0,
    },
    "substring_clust_0": {"buy a car or a truck": 2, "a card to care for": 0, SPOTLESS: 0},
    "substring_clust_1": {"a job at home": 2, "a house": 0},
    "substring_clust_2": {"URGENT alarm": 2, SPOTLESS: 0},
    "substring_clust_3": {"DJ in the club": 2, "adjust the clock": 0},
    "substring_clust_4": {"visa account login": 3, SPOTLESS: 0},
    "substring_clust_5": {"inherit a million": 2, SPOTLESS: 0},
    "substring_clust_6": {"compro, I want to meet": 2, "I wanna meet": 1, "I want meat": 0},
    "substring_clust_7": {"my bank, your bank": 2, SPOTLESS: 0},
    "substring_clust_8": {"cash, money, c.a.s.h": 3, "ca$h": 1, SPOTLESS: 0},
    "substring_clust_9": {"sexy, so sexy": 2, SPOTLESS: 0},
    "substring_clust_10": {"dating, online dating": 2, SPOTLESS: 0},
    "substring_clust_11": {"loans, a loan": 2, "a 1oan": 1, SPOTLESS: 0},
    "substring_clust_12": {"you won, claim your prize": 3, "I won't": 0},
    "substring_clust_13": {"a free bonus": 2, "fr33": 1, "freedom": 0},
    "substring_clust_14": {"a ringtone": 2, "a tone": 1, SPOTLESS: 0},
    "substring_clust_15": {"parcels, your parcel": 2, SPOTLESS: 0},
    "substring_clust_16": {"refunded, a refund": 2, SPOTLESS: 0},
    "substring_clust_17": {"invest in bitcoin": 2, SPOTLESS: 0},
    "substring_clust_18": {"a pill, v1agra": 2, SPOTLESS: 0},
    "substring_clust_19": {"accidents, an accident": 2, SPOTLESS: 0},
    "substring_clust_20": {"casino bonus": 2, SPOTLESS: 0},
    "substring_clust_21": {"click, then call": 2, "call me, I recall": 0},
    "unsubscribe": {
        "to unsubscribe tell us": 1,
        "Txt STOP": 1,
        "envía BAJA": 1,
        "please stop it": 0,
        SPOTLESS: 0,
    },
    "phone_isfree": {
        "call 0800 123 4567": 1,
        "call 020 7946 0018 or 0800 123 4567": 1,
        "call 020 7946 0018": 0,
        "text FREE to 80085": 0,
        SPOTLESS: 0,
    },
    "email_isfree": {
        "ann@gmail.com": 1,
        "ann@example.com or ann@yahoo.es": 1,
        "ann@example.com": 0,
        "see gmail.com": 0,
        SPOTLESS: 0,
    },
    "url_isdom": {
        "see www.example.com": 1,
        "see example.com/win or example.org": 1,
        "see www.example.com/win": 0,
        "see www.example.com?win=1": 0,
        SPOTLESS: 0,
    },
    # Log-odds: -2, a bad TLD 3, a hyphen 0.5, cluster 4 ("login") 1.
    "domain_melascore": {
        "see http://example.com": 1 / (1 + math.exp(2)),
        "see http://example.top": 1 / (1 + math.exp(-1)),
        "see http://example.top or http://example.com": 1 / (1 + math.exp(-1)),
        "see http://example.com or http://example.top": 1 / (1 + math.exp(-1)),
        "see http://my-login.example.com, http://my-login.top": 1 / (1 + math.exp(-2.5)),
        "ann@example.top": 0,
        SPOTLESS: 0,
    },
    "domain_isshort": {
        "see http://bit.ly/x1y2": 1,
        "see http://example.com or t.co/abc": 1,
        "see http://example.com/bit.ly": 0,
        SPOTLESS: 0,
    },
    "ngram_entropy": {
        "abab": math.log2(3) - 2 / 3,
        "abcde": 2,
        "ABc": 1,
        "ab": 0,
        "a": 0,
    },
    "start_withnumber": {
        "2 tickets": 1,
        "(2) tickets": 1,
        "2nite": 1,
        "two 2": 0,
        "b4": 0,
    },
    "end_withnumber": {
        "room 12": 1,
        "room (12)!": 1,
        "not b4": 1,
        "12 rooms": 0,
        "the 12th": 0,
    },
    "token_ratio": {
        "no No yes": 2 / 3,
        "text txt": 1 / 2,
        "no": 1,
        "?!": 0,
    },
    "num_of_timex": {
        "tonight we see; tomorrow we know": 2,
        "see you on Friday": 1,
        SPOTLESS: 0,
    },
    "num_of_number": {
        "17 cats and three dogs": 2,
        "cats and dogs that live in the house: 17": 1,
        "call 0800 123 4567": 0,
        "pay £17": 0,
        SPOTLESS: 0,
    },
    "num_of_currency": {
        "pay £17 or $20": 2,
        "pay 20 euros": 1,
        "pay 17": 0,
        SPOTLESS: 0,
    },
    "startswith_hello": {
        "Hi there": 1,
        "*Hello* Ann": 1,
        "¡Buenos días!": 1,
        "history": 0,
        "Fwd: look": 0,
        "say hello": 0,
        SPOTLESS: 0,
    },
    "endswith_cta": {
        "win at www.example.com": 1,
        "write to ann@example.com!": 1,
        "call 0800 123 4567": 1,
        "text WIN to 80085 now": 1,
        "www.example.com: one two three": 1,
        "www.example.com is not it, write to ann@example.com": 1,
        "www.example.com: one two three four": 0,
        "ends on Friday at 17": 0,
        SPOTLESS: 0,
    },
    "domain_obfuscation": {
        "see hxxp://example.com": 1,
        "see zorbly dot com": 1,
        "see www.ex\u200bample.com": 1,
        "see www.ex\u0430mple.com": 1,
        "see http://example.com or zorbly[.]com": 1,
        "see http://example.com/?a=1&amp;b=2": 0,
        "zorbly.com": 0,
        SPOTLESS: 0,
    },
    "heur_tweet": {
        "@ann: #win and #joy": 3,
        "#win": 1,
        "@ann": 1,
        "ann@example.com is #1": 0,
        SPOTLESS: 0,
    },
    "contains_year": {
        "the best of 2005": 1,
        "since 1900.": 1,
        "until 2099!": 1,
        "in 1899 or 2100": 0,
        "20052005": 0,
        "£2005": 0,
        SPOTLESS: 0,
    },
}  # fmt: skip
ALL = [
    pytest.param(feature, text, value, id=f"{feature}-{text}")
    for feature, cases in CASES.items()
    for text, value in cases.items()
]


@pytest.mark.parametrize(("feature", "text", "value"), ALL)
def test_feature(tiny_featurizer: Featurizer, feature: str, text: str, value: float) -> None:
    """A feature has the value that its definition gives."""
    row = dict(zip(tiny_featurizer.feature_names, tiny_featurizer.featurize(text), strict=True))
    assert row[feature] == np.float32(value)


def test_every_feature_has_cases_that_tell() -> None:
    """Each of the 51 has cases with zero and with another value, so no constant passes for it."""
    assert tuple(CASES) == MESSAGE.names
    for feature, cases in CASES.items():
        assert 0 in cases.values(), feature
        assert len(set(cases.values())) > 1, feature


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        pytest.param("bonus", {13: 1, 20: 1}, id="substring-of-two-clusters"),
        pytest.param("compro tu truck", {0: 2, 6: 1}, id="two-substrings-one-shared"),
        pytest.param("won, kwon, won't", {12: 1}, id="exceptions-on-either-side"),
        pytest.param("caar c-a-r", {}, id="three-letters-are-no-disguise"),
        pytest.param("B.A.N.K 100free", {7: 1, 13: 1}, id="disguised-and-glued"),
        pytest.param("D J djs dj", {3: 1}, id="two-letters-as-a-word-only"),
    ],
)
def test_cluster_hits_go_to_their_clusters_only(
    tiny_featurizer: Featurizer, text: str, counts: dict[int, int]
) -> None:
    """A substring counts in each of its clusters, and in no other."""
    found = tiny_featurizer.annotate(text).clusters
    assert {number: count for number, count in enumerate(found) if count} == counts
