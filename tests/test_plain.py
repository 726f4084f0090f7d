import pytest
from hypothesis import given
from strategies import MESSAGES

from mela import Featurizer, normalize
from mela.text.plain import reveal


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("k.a.r.s", "kars"),
        ("f r e e cash", "free cash"),
        ("c-a-s-h", "cash"),
        ("f.r-e.e", "f.r-e.e"),
        ("e.g. this", "e.g. this"),
        ("u.s.a", "u.s.a"),
        ("a b c", "a b c"),
        ("fr33", "free"),
        ("ca$h", "cash"),
        ("ca11", "call"),
        ("c1aim", "claim"),
        ("1oan", "loan"),
        ("v1agra", "viagra"),
        ("0ld", "old"),
        ("p@ssw0rd", "password"),
        ("100", "100"),
        ("0800 123 4567", "0800 123 4567"),
        ("$100", "$100"),
        ("10:30", "10:30"),
        ("£5.50", "£5.50"),
        ("$$$", "$$$"),
        ("a @ b", "a @ b"),
        ("plain words", "plain words"),
    ],
)
def test_reveal(text: str, plain: str) -> None:
    """Disguised words become plain; numbers, prices, times and short initials stay."""
    assert reveal(text) == plain


@given(MESSAGES)
def test_reveal_keeps_revealed_text(text: str) -> None:
    """The view without disguises never fails, and is no longer than the text."""
    normalized = normalize(text)
    assert len(reveal(normalized)) <= len(normalized)


def test_disguise_reaches_the_clusters(tiny_featurizer: Featurizer) -> None:
    """A disguised word counts for its cluster, a plain one no more than once."""
    for text in ("c.a.s.h", "ca$h", "CASH", "c a s h", "са\u200bsh"):
        assert tiny_featurizer.annotate(text).clusters[8] == 1
