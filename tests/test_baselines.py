"""The paper's comparators: which word sequences get a column."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.base import clone
from sklearn.compose import make_column_transformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline

from mela.errors import NotAMessageError
from mela.estimators.baselines import NgramVectorizer, SparseNgramVectorizer

Kind = type[NgramVectorizer] | type[SparseNgramVectorizer]
BOTH = pytest.mark.parametrize("kind", [NgramVectorizer, SparseNgramVectorizer])

SPAM = ["claim your prize now", "your prize waits, claim it", "claim a free prize now"] * 4
HAM = ["see you at the station", "are you at the station now", "the train is late again"] * 4


def terms(vectorizer: NgramVectorizer | SparseNgramVectorizer, text: str) -> list[str]:
    """Return the columns that one text makes."""
    return vectorizer.fit([text]).get_feature_names_out().tolist()


def test_ngrams_are_all_sequences_up_to_n() -> None:
    """Words, pairs and triples of neighbors have a column each."""
    assert terms(NgramVectorizer(), "win it NOW ok") == sorted(
        ["win", "it", "now", "ok", "win it", "it now", "now ok", "win it now", "it now ok"]
    )


def test_short_text_has_no_sequence_twice() -> None:
    """Sequences longer than the text add nothing."""
    counts = NgramVectorizer(n=5).fit_transform(["win cash"])
    assert counts.sum() == 3


def test_sparse_ngrams_are_pairs_with_their_distance() -> None:
    """Two words of a window make a column that tells how many words lie between."""
    assert terms(SparseNgramVectorizer(n=4), "a bb cc dd") == sorted(
        ["a bb", "bb cc", "cc dd", "a * cc", "bb * dd", "a * * dd"]
    )


def test_sparse_ngrams_tell_gaps_from_neighbors() -> None:
    """The same words at another distance are another column."""
    near, far = "claim prize", "claim that prize"
    assert (
        set(terms(SparseNgramVectorizer(), near)) & set(terms(SparseNgramVectorizer(), far))
        == set()
    )


@BOTH
def test_text_is_normalized_where_one_asks(kind: Kind) -> None:
    """With ``normalize`` textese and plain words share their columns, without they do not."""
    textese, plain = "pls txt me 2nite", "please text me tonight"
    assert terms(kind(normalize=True), textese) == terms(kind(normalize=True), plain)
    assert terms(kind(), textese) != terms(kind(), plain)


@BOTH
def test_a_text_without_words_is_a_row_of_zeros(kind: Kind) -> None:
    """Punctuation, and nothing at all, have no term."""
    assert kind().fit(SPAM).transform(["", "!?", "zzz"]).sum() == 0


@BOTH
def test_rare_terms_have_no_column(kind: Kind) -> None:
    """``min_df`` leaves out what fewer messages hold."""
    fitted = kind(min_df=2).fit(["claim it now", "claim it later"])
    wanted = ["claim", "claim it", "it"] if kind is NgramVectorizer else ["claim it"]
    assert fitted.get_feature_names_out().tolist() == wanted


@BOTH
@pytest.mark.parametrize(
    "hold",
    [
        pytest.param(lambda texts: pd.DataFrame({"text": texts}), id="pandas frame"),
        pytest.param(lambda texts: pl.DataFrame({"text": texts}), id="polars frame"),
        pytest.param(lambda texts: np.array(texts, dtype=object)[:, None], id="column of an array"),
        pytest.param(iter, id="iterator"),
    ],
)
def test_texts_come_in_what_mela_takes(kind: Kind, hold: Callable[[list[str]], Any]) -> None:
    """One column of a frame or an array holds texts as a list does, in ``fit`` and afterwards."""
    wanted = kind().fit(SPAM)
    found = kind().fit(hold(SPAM))
    assert found.vocabulary_ == wanted.vocabulary_
    assert (found.transform(hold(HAM)) != wanted.transform(HAM)).nnz == 0
    assert (kind().fit_transform(hold(SPAM)) != wanted.transform(SPAM)).nnz == 0


@BOTH
@pytest.mark.parametrize("column", ["text", ["text"]], ids=["name", "list"])
def test_column_transformer_may_name_or_list_the_column(
    kind: Kind, column: str | list[str]
) -> None:
    """As MelaVectorizer, it stands in a ColumnTransformer either way."""
    data = pd.DataFrame({"text": SPAM, "size": range(len(SPAM))})
    rows = make_column_transformer((kind(), column)).fit_transform(data)
    assert rows.shape == kind().fit_transform(SPAM).shape


@BOTH
@pytest.mark.parametrize("read", ["fit", "fit_transform", "transform"])
def test_what_is_no_message_is_refused_with_its_position(kind: Kind, read: str) -> None:
    """A missing text is the same error as in MelaVectorizer."""
    with pytest.raises(NotAMessageError, match="position 1"):
        getattr(kind().fit(SPAM), read)(["win", None])


@BOTH
def test_works_in_a_pipeline_that_is_cloned(kind: Kind) -> None:
    """Cross-validation clones it, with its parameters, and learns from words."""
    vectorizer = kind(n=2, normalize=True, min_df=1)
    assert clone(vectorizer).get_params() == {"n": 2, "normalize": True, "min_df": 1}
    model = make_pipeline(vectorizer, RandomForestClassifier(20, random_state=0))
    assert cross_val_score(model, [*SPAM, *HAM], [1] * 12 + [0] * 12, cv=3).mean() > 0.9
