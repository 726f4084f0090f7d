"""The classifiers that are compared: what reads a message, and what learns from the reading.

The settings of all of them, MELA's and the others', are those that did best in the folds of the SMS
among three or four that were tried by hand.

All read raw text, so that nothing is learned before the folds are cut. The forest of 500 trees is
the paper's; the others are the usual partners of sparse columns, or quick.
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.ensemble import (
    BaggingClassifier,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
)
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline, make_pipeline, make_union
from sklearn.preprocessing import FunctionTransformer, MaxAbsScaler, StandardScaler
from sklearn.svm import LinearSVC

from mela import MelaVectorizer
from mela.estimators.baselines import NgramVectorizer, SparseNgramVectorizer
from mela.hosts.score import DomainModel
from mela.settings import Block

SEED: Final = 0
FOREST: Final = "MELA (51), forest"
NGRAM: Final = "NGRAM, forest"
CHARACTERS: Final = "TF-IDF characters, linear SVM"

TREES: Final = 500
"""As in the paper."""
PERCEPTRONS: Final = 10
"""One alone moves by a point of F1 with its seed."""


class Arm(NamedTuple):
    """A classifier of texts under a name."""

    name: str
    model: Pipeline


def forest() -> RandomForestClassifier:
    """Return the paper's classifier."""
    return RandomForestClassifier(TREES, random_state=SEED, n_jobs=-1)


def arms(domain_model: DomainModel | None) -> list[Arm]:
    """Return all arms.

    Parameters
    ----------
    domain_model
        What gives ``domain_melascore``; it must not have learned from hosts of the test messages.
    """

    def mela(*blocks: Block) -> MelaVectorizer:
        return MelaVectorizer(blocks=blocks, domain_classifier=domain_model)

    without_score = MelaVectorizer(blocks=("message",), domain_classifier=None)
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
    characters = TfidfVectorizer(
        analyzer="char", ngram_range=(2, 5), sublinear_tf=True, min_df=2, dtype=np.float32
    )
    union = make_union(
        make_pipeline(mela("message"), FunctionTransformer(np.log1p), MaxAbsScaler()), characters
    )
    steps: dict[str, Sequence[BaseEstimator]] = {
        FOREST: [mela("message"), forest()],
        "MELA (51) without domain_melascore, forest": [without_score, forest()],
        "MELA + domain (91), forest": [mela("message", "domain"), forest()],
        "MELA (51), boosting": [mela("message"), _boosting()],
        "MELA (51), logistic": [mela("message"), *_scaled(_logistic())],
        "MELA (51), perceptrons": [mela("message"), *_scaled(_perceptrons())],
        NGRAM: [NgramVectorizer(), forest()],
        "NGRAM NORM, forest": [NgramVectorizer(normalize=True), forest()],
        "SGRAM, forest": [SparseNgramVectorizer(), forest()],
        "SGRAM NORM, forest": [SparseNgramVectorizer(normalize=True), forest()],
        "TF-IDF words, linear SVM": [words, _svm()],
        CHARACTERS: [characters, _svm(10)],
        "MELA (51) + TF-IDF characters, linear SVM": [union, _svm(3)],
    }
    return [Arm(name, make_pipeline(*parts)) for name, parts in steps.items()]


def rivals(name: str) -> list[str]:
    """Return what an arm is held against: the best of the bags, and NGRAM with the same forest."""
    same = [CHARACTERS, NGRAM] if name.endswith("forest") else [CHARACTERS]
    return [rival for rival in same if rival != name]


def scores(model: BaseEstimator, inputs: Sequence[str] | NDArray[Any]) -> NDArray[np.float64]:
    """Return a score for each text or row, above 0 for what the classifier calls spam."""
    if hasattr(model, "decision_function"):
        return np.asarray(model.decision_function(inputs), dtype=np.float64)
    return np.asarray(model.predict_proba(inputs)[:, 1] - 0.5, dtype=np.float64)


def _scaled(model: BaseEstimator) -> tuple[BaseEstimator, ...]:
    # Counts and lengths have long tails: their logarithms suit sums of columns.
    return FunctionTransformer(np.log1p), StandardScaler(), model


def _boosting() -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        learning_rate=0.05, max_iter=300, max_leaf_nodes=15, l2_regularization=1, random_state=SEED
    )


def _logistic() -> LogisticRegression:
    return LogisticRegression(C=0.3, max_iter=3000)


def _perceptrons() -> BaggingClassifier:
    perceptron = MLPClassifier((64,), alpha=3, max_iter=500)
    return BaggingClassifier(perceptron, PERCEPTRONS, n_jobs=-1, random_state=SEED)


def _svm(C: float = 1) -> LinearSVC:
    return LinearSVC(C=C, random_state=SEED)
