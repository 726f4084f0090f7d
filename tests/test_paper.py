"""The three messages of the paper's Table 1, and what they have to give."""

import pytest

from mela import MESSAGE, annotate, featurize

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
