"""The tricks that hide what a message says."""

import re

import pytest
from growth import LINEAR, growth
from hypothesis import example, given
from hypothesis import strategies as st

from mela import Featurizer, Resources, annotate
from mela.testing import TRICKS, disguise

SPAM = (
    "URGENT! You have won a guaranteed prize. Claim it at http://prize-bonanza.com today or call "
    "0800 505 1885 before Friday"
)


@pytest.mark.parametrize("trick", TRICKS)
def test_trick_changes_the_message_and_always_alike(trick: str) -> None:
    """A trick rewrites what it is for, the same way each time."""
    rewritten = disguise(SPAM, trick)
    assert rewritten != SPAM
    assert disguise(SPAM, trick) == rewritten


@pytest.mark.parametrize("trick", sorted(set(TRICKS) - {"glued URL"}))
def test_seed_chooses_other_places(trick: str) -> None:
    """Another seed rewrites other words and characters."""
    assert len({disguise(SPAM, trick, seed=seed) for seed in range(20)}) > 1


@pytest.mark.parametrize(
    ("trick", "pattern"),
    [
        pytest.param("leet", r"[a-z][0134578@$!]|[0134578@$!][a-z]", id="leet"),
        pytest.param("spaced letters", r"\b\w([ .-])\w\1\w\1\w", id="spaced letters"),
        pytest.param("homoglyphs", r"[\u0370-\u052f]", id="homoglyphs"),
        pytest.param("zero width", r"[a-z][\u200b-\u200d\u2060\ufeff\u00ad][a-z]", id="zero width"),
        pytest.param("glued URL", r"prize-bonanza\.com\.Today or", id="glued URL"),
        pytest.param("worded URL", r"hxxp://prize-bonanza *[\[(]?(?:dot|\.)", id="worded URL"),
        pytest.param("lettered phone", r"[0-9][OoSBIl]|[OoSBIl][0-9]", id="lettered phone"),
    ],
)
def test_trick_leaves_its_mark(trick: str, pattern: str) -> None:
    """What each trick is named after stands in the text."""
    assert re.search(pattern, disguise(SPAM, trick, seed=3))


@pytest.mark.parametrize("trick", ["glued URL", "worded URL", "lettered phone"])
def test_a_message_without_its_target_stays(trick: str) -> None:
    """Without a URL or a number there is nothing to rewrite."""
    plain = "see you at 5, my flat is number 12.Bring bread"
    assert disguise(plain, trick) == plain


@pytest.mark.parametrize("trick", ["leet", "spaced letters", "homoglyphs", "zero width"])
def test_words_within_addresses_stay(trick: str) -> None:
    """A URL still leads where it led."""
    for seed in range(20):
        assert "http://prize-bonanza.com" in disguise(SPAM, trick, seed=seed)


def test_unknown_trick_is_refused() -> None:
    """A trick that does not exist is named, and so are those that do."""
    with pytest.raises(ValueError, match=r"trick='rot13'; wanted one of .*'leet'"):
        disguise(SPAM, "rot13")


@given(st.text(st.characters(exclude_categories=())), st.sampled_from(TRICKS))
@example("hello \ud800", "leet")
def test_any_text_can_be_disguised(text: str, trick: str) -> None:
    """No text is refused, lone surrogates neither."""
    assert isinstance(disguise(text, trick), str)


@pytest.mark.parametrize("text", [None, b"win", 5])
def test_what_is_no_text_is_refused(text: object) -> None:
    """What is no str is named by its type, never by its content."""
    with pytest.raises(TypeError, match=f"got {type(text).__name__}; wanted one message"):
        disguise(text, "leet")  # type: ignore[arg-type]


@pytest.mark.parametrize("trick", TRICKS)
@pytest.mark.parametrize("piece", ["www.a.com word ", "http://", "a.", "1 ", "a-b@"])
def test_time_grows_linearly(trick: str, piece: str) -> None:
    """Four times the text takes at most some four times as long."""

    def make(length: int) -> str:
        return (piece * length)[:length]

    assert growth(lambda text: disguise(text, trick), make) <= LINEAR


@pytest.mark.parametrize(
    "kept",
    [
        "born 2013-11-07", "card 4111 1111 1111 1111", "won £10000000", "paid 1,234,567",
        "www.shop.example?id=12345678",
    ],
)  # fmt: skip
def test_digits_that_are_no_phone_stay(kept: str) -> None:
    """Dates, cards, amounts and what an address holds are not rewritten as phones."""
    assert disguise(kept, "lettered phone") == kept


def test_a_path_keeps_the_dot_of_a_sentence_away() -> None:
    """Only a bare domain is glued to what follows it: behind a path a dot would be of the path."""
    for url in ("prize.com/a", "http://prize.com/", "www.prize.com/a?b=c"):
        assert disguise(f"see {url} now", "glued URL") == f"see {url} now"
    assert disguise("see prize.com now", "glued URL") == "see prize.com.Now"


def test_mail_addresses_stay() -> None:
    """An address of mail is no URL, and no trick rewrites it."""
    mail = "write to john.smith.info@example.com"
    assert disguise(mail, "worded URL") == disguise(mail, "glued URL") == mail


@pytest.mark.parametrize("trick", ["homoglyphs", "zero width"])
def test_invisible_tricks_change_no_word(trick: str) -> None:
    """What a reader cannot see makes no difference to words and clusters."""
    plain, hidden = annotate(SPAM), annotate(disguise(SPAM, trick))
    assert hidden.words == plain.words
    assert hidden.clusters == plain.clusters


@pytest.mark.parametrize("seed", range(10))
def test_lettered_phone_is_still_a_phone(tiny: Resources, seed: int) -> None:
    """Letters that pose as digits do not hide a number."""
    hidden = disguise("call 08001234567 now", "lettered phone", seed=seed)
    assert [span.kind for span in Featurizer(resources=tiny).annotate(hidden).spans] == ["phone"]


@pytest.mark.parametrize("seed", range(10))
def test_worded_url_is_still_a_url(seed: int) -> None:
    """Written out dots do not hide a URL, and are told as a disguise."""
    plain = "claim it at http://gifts.prize-bonanza.com today"
    found = annotate(disguise(plain, "worded URL", seed=seed))
    assert [host.registrable for host in found.hosts] == ["prize-bonanza.com"]
    assert found.has_disguised_url


@pytest.mark.parametrize("seed", range(10))
def test_spaced_letters_count_as_one_word(seed: int) -> None:
    """Letters that stand apart are one word, as they are read."""
    plain = "get our claim in the prize on her table"
    assert annotate(disguise(plain, "spaced letters", seed=seed)).words == annotate(plain).words
