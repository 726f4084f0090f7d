"""Each of the 40 domain features, on hosts whose value follows from its definition."""

import math

import numpy as np
import pytest

from mela import DOMAIN, Featurizer

# By feature: URLs and hosts, and what they give with the frozen resources.
CASES: dict[str, dict[str, float]] = {
    "starts_with_num": {"4you.com": 1, "you4.com": 0, "4u.you.com": 0, "10.0.0.1": 0},
    "ends_with_num": {"you4.com": 1, "you4.co.uk": 1, "4you.com": 0, "10.0.0.1": 0},
    "contains_00": {"win00now.com": 1, "w0n0w.com": 0, "00.win.com": 0},
    "contains_vv": {"vvin.com": 1, "vin.com": 0, "vv.win.com": 0},
    "contains_year": {
        "offer2024now.com": 1,
        "1999.com": 1,
        "offer1899.com": 0,
        "offer12024.com": 0,
        "2024.offer.com": 0,
    },
    "contains_1": {"1oan.com": 1, "loan1.com": 1, "loan.com": 0, "1.loan.com": 0},
    "contains_zero": {"l0an.com": 1, "loan.com": 0, "0.loan.com": 0},
    "digit_ratio": {"ab12.com": 1 / 2, "a1b.com": 1 / 3, "ab.com": 0, "10.0.0.1": 0},
    "hyphen_count": {"a-b-c.com": 2, "a-b.co.uk": 1, "a-b.abc.com": 0, "abc.com": 0},
    "length": {
        "http://www.amazon-login77.co.uk/a": 14,
        "my-bank.web.app": 7,
        "my-bank.example.com": 7,
        "xn--bcher-kva.com": 6,
        "10.0.0.1": 0,
    },
    "word_count": {
        "freeringtonesnow.com": 3,
        "win-100cash.com": 3,
        "zorbly.com": 1,
        "win.win.com": 1,
        "10.0.0.1": 0,
    },
    "phoneme_count": {"box.com": 4, "cab.com": 3, "box-cab.com": 7, "10.0.0.1": 0},
    "substring_clust_0": {"car-truck.com": 2, "cars.co.uk": 1, "card.com": 0},
    "substring_clust_1": {"jobathome.com": 2, "house.com": 0},
    "substring_clust_2": {"urgent-alarm.com": 2, "zorbly.com": 0},
    "substring_clust_3": {"dj-club.com": 2, "adjust.com": 0},
    "substring_clust_4": {"login.visa-account.com": 3, "zorbly.com/login": 0},
    "substring_clust_5": {"inherit-million.com": 2, "zorbly.com": 0},
    "substring_clust_6": {"compro.com": 1, "trucks.compra-compro.com": 2, "trucks.com": 0},
    "substring_clust_7": {"bank.zorblybank.com": 2, "zorbly.bank": 0},
    "substring_clust_8": {"cash4money.com": 2, "m0ney.com": 1, "xn--sh-6kc1e.com": 1, "sh.com": 0},
    "substring_clust_9": {"sexysexy.com": 2, "zorbly.com": 0},
    "substring_clust_10": {"dating.my-dating.com": 2, "zorbly.com": 0},
    "substring_clust_11": {"loan-loans.com": 2, "1oan.com": 1, "zorbly.com": 0},
    "substring_clust_12": {"claim-prize.com": 2, "kwon.com": 0},
    "substring_clust_13": {"freebonus.com": 2, "freedom.com": 0},
    "substring_clust_14": {"ringtones.com": 2, "tones.com": 1, "zorbly.com": 0},
    "substring_clust_15": {"parcelmyparcel.com": 2, "zorbly.com": 0},
    "substring_clust_16": {"refund.taxrefund.com": 2, "zorbly.com": 0},
    "substring_clust_17": {"bitcoin-invest.com": 2, "zorbly.com": 0},
    "substring_clust_18": {"pillsviagra.com": 2, "v1agra.com": 1, "zorbly.com": 0},
    "substring_clust_19": {"accidentaccident.com": 2, "zorbly.com": 0},
    "substring_clust_20": {"casinobonus.com": 2, "zorbly.com": 0},
    "substring_clust_21": {"clickcall.com": 2, "recall.com": 0},
    "containswww": {
        "wwwbank.com": 1,
        "login.www.bank.com": 1,
        "bankwww.com": 1,
        "www.wwwbank.com": 1,
        "www.bank.com": 0,
        "bank.com/www": 0,
    },
    "badtlds": {"win.top": 1, "win.com": 0, "top.win.com": 0, "win.shop": 0, "10.0.0.1": 0},
    "susptlds": {"win.shop": 1, "win.com": 0, "win.top": 0, "10.0.0.1": 0},
    "normaltlds": {"win.com": 1, "win.co.uk": 1, "win.top": 0, "win.shop": 0, "10.0.0.1": 0},
    "isshort": {"http://bit.ly/x": 1, "www.bit.ly": 1, "bitly.com": 0, "bit.ly.com": 0},
    "ngram_entropy": {
        "abab.com": math.log2(3) - 2 / 3,
        "abcde.com": 2,
        "ab.com": 0,
        "10.0.0.1": 0,
    },
}
ALL = [
    pytest.param(feature, host, value, id=f"{feature}-{host}")
    for feature, cases in CASES.items()
    for host, value in cases.items()
]


@pytest.mark.parametrize(("feature", "host", "value"), ALL)
def test_feature(tiny_featurizer: Featurizer, feature: str, host: str, value: float) -> None:
    """A feature has the value that its definition gives."""
    row = dict(zip(DOMAIN.names, tiny_featurizer.featurize_domain(host), strict=True))
    assert row[feature] == np.float32(value)


def test_every_feature_has_cases_that_tell() -> None:
    """Each of the 40 has cases with zero and with another value, so no constant passes for it."""
    assert tuple(CASES) == DOMAIN.names
    for feature, cases in CASES.items():
        assert 0 in cases.values(), feature
        assert len(set(cases.values())) > 1, feature


@pytest.mark.parametrize(
    ("host", "counts"),
    [
        pytest.param("bonus.com", {13: 1, 20: 1}, id="substring-of-two-clusters"),
        pytest.param("car.bank.com", {0: 1, 7: 1}, id="subdomain-and-name"),
        pytest.param("ca.sh.com", {}, id="not-across-labels"),
        pytest.param("zorbly.cash", {}, id="not-in-the-suffix"),
    ],
)
def test_cluster_hits_go_to_their_clusters_only(
    tiny_featurizer: Featurizer, host: str, counts: dict[int, int]
) -> None:
    """A substring counts in each of its clusters, and in no other."""
    row = dict(zip(DOMAIN.names, tiny_featurizer.featurize_domain(host), strict=True))
    hits = [row[f"substring_clust_{number}"] for number in range(22)]
    assert {number: count for number, count in enumerate(hits) if count} == counts


@pytest.mark.parametrize(
    "host",
    [
        "win.com",
        "win.top",
        "win.shop",
        "win.co.uk",
        "my-bank.web.app",
        "bücher.de",
        "win.nosuchtld",
    ],
)
def test_one_class_of_top_level_domain_holds(tiny_featurizer: Featurizer, host: str) -> None:
    """A host with a name has exactly one class of top-level domain."""
    row = dict(zip(DOMAIN.names, tiny_featurizer.featurize_domain(host), strict=True))
    assert row["badtlds"] + row["susptlds"] + row["normaltlds"] == 1
