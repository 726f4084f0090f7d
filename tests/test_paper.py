"""What the paper prints: the messages of Table 1 with what they have to give, and Table 2."""

import re
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import MESSAGES

from mela import MESSAGE, Resources, annotate, featurize
from mela.clusters import ClusterCounter

CARS = r"OtOcarr0.K0nprare/0ld/trashed/crashed up/k.a.r.s/\callus now555O5O5O5O"


def find(text: str, *kinds: str) -> list[str]:
    """Return the texts of the spans of some kinds."""
    return [span.text for span in annotate(text).spans if span.kind in kinds]


def read(text: str) -> dict[str, float]:
    """Return the message's columns by name."""
    return dict(zip(MESSAGE.names, featurize(text).tolist(), strict=False))


@pytest.mark.parametrize(
    "text",
    [pytest.param("\r" + CARS, id="carriage-return"), pytest.param("\\r" + CARS, id="backslash-r")],
)
class TestRow1:
    """A buyer of old cars; the paper prints a backslash and an r before it: read either way."""

    def test_car_cluster_is_hit(self, text: str) -> None:
        """The disguised words count as cars."""
        assert annotate(text).clusters[0] > 0
        assert read(text)["substring_clust_0"] > 0

    def test_letters_pose_as_digits_of_one_phone(self, text: str) -> None:
        """The run of digits and letters at the end is one phone number, and the call to action."""
        assert find(text, "phone", "shortcode") == ["555O5O5O5O"]
        row = read(text)
        assert row["num_of_phones"] == 1
        assert row["phone_pos"] == 3
        assert row["endswith_cta"] == 1

    def test_dots_and_slashes_make_no_url(self, text: str) -> None:
        """Separators between the words are no addresses."""
        assert find(text, "url", "email") == []


def test_row_2_url_ends_before_the_next_sentence() -> None:
    """A full stop without a blank ends the URL; "Support" is no top-level domain here."""
    text = "Hi, I want to meet you tonight, spamdomain.com.Support me"
    assert find(text, "url") == ["spamdomain.com"]
    row = read(text)
    assert row["num_of_urls"] == row["url_isdom"] == row["startswith_hello"] == 1


def test_row_3_word_and_country_code_make_no_url() -> None:
    """A word, a full stop and "tk" are the end of a sentence, not a domain of Tokelau."""
    text = "Ive had a lot of fun tonight.tk"
    assert find(text, "url") == []
    row = featurize(text)
    assert row[MESSAGE.names.index("num_of_urls")] == 0
    assert not row[51:].any()


# Table 2 of Mosquera, Aouad, Grzonkowski & Morss 2014 (arXiv 1408.3934v1), in its order: `club`
# stands twice, and dots cut `intent` and `bank`.
TABLE_2: Final = {
    "car": "auto scrap car automob coche recycl",
    "job": "work job home employ paid hire salary trabaj salario casa income",
    "alarm": "alarm alert attention danger urgen emergency",
    "event": "club ticket party dj gig concert artist venue disco bar lounge club fiesta",
    "phishing": "faceb twitter microsoft paypa twit verizon bank visa tweet vzw wmart banco",
    "scam": "craig verif secur cnbc stock safe trade coin bonus bill card busine forex broker biz "
    "ebook rich sell",
    "intent": "participa redeem choose pick order llama envia enrol enter subscribe dial end stop "
    "register read get",
    "bank": "invest wire limit flag master debit credit visa account hack activ block verify "
    "compromise disable",
    "money": "cash dollar pound euro money dinero dolar pesos rupee",
}  # fmt: skip
PRINTED: Final = [
    (number, substring)
    for number, printed in enumerate(TABLE_2.values())
    for substring in sorted(set(printed.split()))
]


def test_clusters_hold_what_table_2_prints() -> None:
    """The nine clusters hold each printed substring as the paper's, and nothing else is."""
    papers = [(one.number, text) for one in Resources.load().clusters for text in one.paper]
    assert papers == PRINTED
    assert len(papers) == 105


@pytest.mark.parametrize(("number", "substring"), PRINTED)
def test_printed_substring_counts(number: int, substring: str) -> None:
    """A message that is a printed substring and no more counts for its cluster, shouted as well."""
    assert annotate(substring).clusters[number] > 0
    assert annotate(substring.upper()).clusters[number] > 0


@given(before=MESSAGES, printed=st.sampled_from(PRINTED), after=MESSAGES)
def test_printed_word_counts_in_any_company(
    before: str, printed: tuple[int, str], after: str
) -> None:
    """No neighbor excuses a printed substring that stands as a word."""
    number, substring = printed
    hits = ClusterCounter(Resources.load().clusters).hits(f"{before} {substring} {after}")
    found = [(hit.start, hit.substring) for hit in hits if number in hit.clusters]
    assert (len(before) + 1, substring) in found


def test_printed_substring_is_excused_by_other_words_only() -> None:
    """No exception of a printed substring holds it as a word."""
    exceptions = Resources.load().clusters.exceptions
    wrong = [
        (substring, words)
        for _, substring in PRINTED
        for words in exceptions.get(substring, ())
        if substring in re.findall(r"[^\W_]+", words)
    ]
    assert wrong == []
