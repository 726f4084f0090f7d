"""The model behind ``domain_melascore``: fit, fold, store, and score without leakage."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from numpy.testing import assert_allclose
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from mela import DOMAIN, DomainClassifier, DomainVectorizer, Featurizer, Resources
from mela.errors import ModelError
from mela.hosts.score import DomainModel

BAIT = ("secure-login", "free-prize", "verify-account", "win-cash", "bank-update", "claim-refund")
CALM = ("garden", "museum", "bakery", "library", "orchestra", "weather")
SPAM = [f"{word}{number}.{tld}" for word in BAIT for number, tld in ((7, "top"), (42, "xyz"))]
BENIGN = [f"{place}{word}.{tld}" for word in CALM for place, tld in (("", "org"), ("our", "com"))]
HOSTS = SPAM + BENIGN
LABELS = [1] * len(SPAM) + [0] * len(BENIGN)

RANDOM = np.random.default_rng(0)
LETTERS = np.array(list("abcdefghijklmnopqrstuvwxyz0123456789-"))
NOISE = ["x" + "".join(RANDOM.choice(LETTERS, 9)) + "x.com" for _ in range(150)]
COINS = [RANDOM.integers(0, 2, 150) for _ in range(4)]


@pytest.fixture(scope="module")
def fitted(tiny: Resources) -> DomainClassifier:
    """A classifier that learned from made-up hosts."""
    return DomainClassifier(resources=tiny).fit(HOSTS, LABELS)


@pytest.fixture
def folds(monkeypatch: pytest.MonkeyPatch) -> list[tuple[set[str], set[str]]]:
    """The hosts that each model learned from, and those that it scored, as it happens."""
    seen: list[tuple[set[str], set[str]]] = []
    fit, predict_proba = DomainClassifier.fit, DomainClassifier.predict_proba

    def spy_fit(self: DomainClassifier, X: list[str], y: object) -> DomainClassifier:
        seen.append((set(X), set()))
        return fit(self, X, y)

    def spy_predict(self: DomainClassifier, X: list[str]) -> np.ndarray:
        seen[-1][1].update(X)
        return predict_proba(self, X)

    monkeypatch.setattr(DomainClassifier, "fit", spy_fit)
    monkeypatch.setattr(DomainClassifier, "predict_proba", spy_predict)
    return seen


def test_fit_tells_bait_from_calm(fitted: DomainClassifier) -> None:
    """Hosts like those of a class get that class."""
    new = ["verify-login9.top", "theatre.org"]
    assert fitted.predict(new).tolist() == [1, 0]
    assert fitted.predict(HOSTS).tolist() == LABELS
    assert fitted.classes_.tolist() == [0, 1]


def test_probabilities_are_a_row_of_two_that_sum_to_one(fitted: DomainClassifier) -> None:
    """There is a column for each class, and prediction follows the larger one."""
    probabilities = fitted.predict_proba(HOSTS)
    assert probabilities.shape == (len(HOSTS), 2)
    assert probabilities.dtype == np.float64
    assert_allclose(probabilities.sum(axis=1), 1)
    assert (probabilities.argmax(axis=1) == fitted.predict(HOSTS)).all()


@pytest.mark.parametrize("C", [0.01, 1.0, 10.0])
def test_folded_coefficients_are_the_pipeline(tiny: Resources, C: float) -> None:
    """The plain coefficients give the probabilities of scaler and regression."""
    labels = [1] * 5 + LABELS[5:]
    pipeline = make_pipeline(
        DomainVectorizer(resources=tiny),
        StandardScaler(),
        LogisticRegression(C=C, max_iter=1000),
    )
    wanted = pipeline.fit(HOSTS, labels).predict_proba(HOSTS)
    classifier = DomainClassifier(resources=tiny, C=C)
    assert_allclose(classifier.fit(HOSTS, labels).predict_proba(HOSTS), wanted, atol=1e-4)


def test_probabilities_add_up_to_the_share_of_spam(tiny: Resources) -> None:
    """Over the hosts of fit, the mean probability is the share of spam among them."""
    hosts, labels = [*HOSTS, *NOISE], [*LABELS, *COINS[0]]
    spam = DomainClassifier(resources=tiny).fit(hosts, labels).predict_proba(hosts)[:, 1]
    assert_allclose(spam.mean(), np.mean(labels), atol=1e-3)


@pytest.mark.parametrize("prior", [0.01, 0.5, 0.9])
def test_prior_moves_all_odds_by_one_factor(tiny: Resources, prior: float) -> None:
    """Another share of spam changes no ranking, and the odds of each host alike."""
    labels = [1] * 5 + [0] * (len(HOSTS) - 5)

    def odds(classifier: DomainClassifier) -> np.ndarray:
        benign, spam = classifier.fit(HOSTS, labels).predict_proba(HOSTS).T
        return spam / benign

    factor = prior / (1 - prior) / (5 / (len(HOSTS) - 5))
    moved = odds(DomainClassifier(resources=tiny, prior=prior))
    assert_allclose(moved, factor * odds(DomainClassifier(resources=tiny)), rtol=1e-6)


@pytest.mark.parametrize("prior", [0, 1, -0.1, 2.0])
def test_prior_is_a_share(tiny: Resources, prior: float) -> None:
    """A share of spam of nothing, of all or beyond is refused."""
    with pytest.raises(ValueError, match=r"prior=.*; wanted a share between 0 and 1"):
        DomainClassifier(resources=tiny, prior=prior).fit(HOSTS, LABELS)


def test_model_scores_what_the_classifier_predicts(
    tiny: Resources, fitted: DomainClassifier
) -> None:
    """An engine with the fitted model gives a message the probability of its host."""
    engine = Featurizer(resources=tiny, domain_classifier=fitted.model_)
    (column,) = (i for i, name in enumerate(engine.feature_names) if name == "domain_melascore")
    for host, (_, spam) in zip(HOSTS, fitted.predict_proba(HOSTS), strict=True):
        assert_allclose(engine.featurize(f"see http://{host}/x")[column], spam, rtol=1e-6)


def test_saved_classifier_loads_the_same(
    tiny: Resources, fitted: DomainClassifier, tmp_path: Path
) -> None:
    """What was saved as JSON predicts the same after loading, and keeps its description."""
    path = tmp_path / "model.json"
    fitted.save(path, {"title": "made-up hosts"})
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["meta"] == {"title": "made-up hosts"}
    assert tuple(content["coefficients"]) == DOMAIN.names
    loaded = DomainClassifier.load(path)
    assert loaded.model_ == fitted.model_
    loaded.set_params(resources=tiny)
    assert (loaded.predict_proba(HOSTS) == fitted.predict_proba(HOSTS)).all()
    assert loaded.predict(HOSTS).tolist() == LABELS


@pytest.mark.parametrize(
    ("names", "complaint"),
    [
        pytest.param(("vowels", *DOMAIN.names[1:]), "'vowels'", id="renamed"),
        pytest.param(DOMAIN.names[:-1], "'ngram_entropy'", id="fewer"),
        pytest.param((*DOMAIN.names, "vowels"), "'vowels'", id="more"),
        pytest.param(DOMAIN.names[::-1], "the same in another order", id="reordered"),
    ],
)
def test_model_of_another_feature_version_is_refused(
    tmp_path: Path, names: tuple[str, ...], complaint: str
) -> None:
    """Coefficients of other features are refused, with the difference and the remedy."""
    path = tmp_path / "model.json"
    path.write_text(DomainModel(names, (0.0,) * len(names), 0.0).to_json({}), encoding="utf-8")
    with pytest.raises(ModelError, match=rf"{complaint}.*; retrain it"):
        DomainClassifier.load(path)


@pytest.mark.parametrize(
    "labels",
    [
        pytest.param([1] * len(HOSTS), id="one-class"),
        pytest.param([0] * len(HOSTS), id="other-class"),
        pytest.param([-1] * len(SPAM) + [1] * len(BENIGN), id="minus-one"),
        pytest.param(["spam"] * len(SPAM) + ["ham"] * len(BENIGN), id="words"),
        pytest.param([0, 1, 2] * 8, id="three-classes"),
    ],
)
def test_other_labels_are_refused(tiny: Resources, labels: list[object]) -> None:
    """Labels are 0 and 1, and both."""
    with pytest.raises(ValueError, match="wanted labels 0 and 1, both; found"):
        DomainClassifier(resources=tiny).fit(HOSTS, labels)


@pytest.mark.parametrize("labels", [LABELS, np.array(LABELS)], ids=["list", "array"])
def test_swapped_arguments_are_refused_unread(tiny: Resources, labels: object) -> None:
    """Hosts in the place of labels are refused, and none of them is quoted."""
    with pytest.raises(ValueError, match="wanted labels 0 and 1") as caught:
        DomainClassifier(resources=tiny).fit(labels, HOSTS)  # type: ignore[arg-type]
    assert not any(host in str(caught.value) for host in HOSTS)


def test_unfitted_classifier_says_so(tmp_path: Path) -> None:
    """Without fit there is nothing to predict with, nor to save."""
    for use in (
        lambda: DomainClassifier().predict(HOSTS),
        lambda: DomainClassifier().predict_proba(HOSTS),
        lambda: DomainClassifier().save(tmp_path / "model.json"),
    ):
        with pytest.raises(NotFittedError):
            use()


def test_bare_str_is_refused(fitted: DomainClassifier) -> None:
    """One host is a list of one host."""
    with pytest.raises(ValueError, match="string object received"):
        fitted.predict_proba("example.com")


class TestOutOfFold:
    """Scores for stacking by models that did not see the host."""

    def test_random_labels_cannot_be_told(self, tiny: Resources) -> None:
        """With coins for labels, out-of-fold scores know nothing and those of a fit do."""
        classifier = DomainClassifier(resources=tiny, C=100.0)
        unseen, seen = [], []
        for coins in COINS:
            unseen.append(roc_auc_score(coins, classifier.out_of_fold(NOISE, coins)))
            fitted = clone(classifier).fit(NOISE, coins)
            seen.append(roc_auc_score(coins, fitted.predict_proba(NOISE)[:, 1]))
        assert 0.42 < np.mean(unseen) < 0.58
        assert np.mean(seen) > 0.63

    def test_own_label_has_no_say(self, tiny: Resources) -> None:
        """Turning the label of a host over leaves its own score as it was.

        The folds are those of groups, which do not depend on labels.
        """
        classifier, groups = DomainClassifier(resources=tiny), np.arange(len(HOSTS))
        before = classifier.out_of_fold(HOSTS, LABELS, groups=groups, folds=len(HOSTS))
        for index in (0, len(HOSTS) - 1):
            labels = np.array(LABELS)
            labels[index] = 1 - labels[index]
            after = classifier.out_of_fold(HOSTS, labels, groups=groups, folds=len(HOSTS))
            assert after[index] == before[index]
            assert (after != before).any()

    def test_groups_are_never_split(
        self, tiny: Resources, folds: list[tuple[set[str], set[str]]]
    ) -> None:
        """No model learns from a host of a group that it scores."""
        groups = [index // 2 for index in range(len(HOSTS))]
        group_of = dict(zip(HOSTS, groups, strict=True))
        DomainClassifier(resources=tiny).out_of_fold(HOSTS, LABELS, groups=groups, folds=4)
        assert len(folds) == 4
        assert set().union(*(scored for _, scored in folds)) == set(HOSTS)
        for learned, scored in folds:
            assert not {group_of[host] for host in learned} & {group_of[host] for host in scored}

    def test_hosts_of_one_owner_stay_together(
        self, tiny: Resources, folds: list[tuple[set[str], set[str]]]
    ) -> None:
        """Without groups, no model scores a host after it learned from another of its domain."""
        owners = ["secure-login7.top", "free-prize42.xyz", "win-cash7.top", "garden.org", "oak.org"]
        hosts = [f"{label}.{owner}" for owner in owners for label in ("a", "b")]
        DomainClassifier(resources=tiny).out_of_fold(hosts, [1] * 6 + [0] * 4, folds=5)
        assert len(folds) == 5
        for learned, scored in folds:
            assert not {host[2:] for host in learned} & {host[2:] for host in scored}

    def test_fold_that_takes_a_class_away_is_named(self, tiny: Resources) -> None:
        """Two owners, one of each class, leave nothing to learn from."""
        hosts = ["a.win-cash7.top", "b.win-cash7.top", "a.garden.org", "b.garden.org"]
        with pytest.raises(ValueError, match=r"fold 0 one class is left.*wanted more folds"):
            DomainClassifier(resources=tiny).out_of_fold(hosts, [1, 1, 0, 0], folds=2)

    def test_learned_words_carry_over(self, tiny: Resources) -> None:
        """Where hosts can be told, out-of-fold scores tell them, in the order of the hosts."""
        scores = DomainClassifier(resources=tiny).out_of_fold(iter(HOSTS), LABELS, folds=4)
        assert roc_auc_score(LABELS, scores) > 0.9

    @pytest.mark.parametrize(
        "make",
        [
            pytest.param(pd.Series, id="pandas-series"),
            pytest.param(lambda hosts: pd.DataFrame({"host": hosts}), id="pandas-frame"),
            pytest.param(pl.Series, id="polars-series"),
            pytest.param(lambda hosts: pl.DataFrame({"host": hosts}), id="polars-frame"),
            pytest.param(lambda hosts: np.array(hosts).reshape(-1, 1), id="array-of-one-column"),
        ],
    )
    def test_hosts_may_be_a_column(self, tiny: Resources, make: Callable[[list[str]], Any]) -> None:
        """A column or a frame of one gives the scores of the list."""
        classifier = DomainClassifier(resources=tiny)
        scores = classifier.out_of_fold(make(HOSTS), LABELS, folds=3)
        assert (scores == classifier.out_of_fold(HOSTS, LABELS, folds=3)).all()

    def test_scores_do_not_change_between_runs(self, tiny: Resources) -> None:
        """The folds are the same each time."""
        runs = [DomainClassifier(resources=tiny).out_of_fold(HOSTS, LABELS) for _ in range(2)]
        assert (runs[0] == runs[1]).all()

    def test_the_classifier_itself_stays_unfitted(self, tiny: Resources) -> None:
        """Scoring out of fold fits copies only."""
        classifier = DomainClassifier(resources=tiny)
        classifier.out_of_fold(HOSTS, LABELS)
        assert not hasattr(classifier, "model_")


def test_classifier_cross_validates_over_hosts(tiny: Resources) -> None:
    """scikit-learn's cross-validation takes a list of hosts."""
    scores = cross_val_score(DomainClassifier(resources=tiny), HOSTS, LABELS, cv=3)
    assert scores.mean() > 0.8


def test_clone_keeps_parameters_and_forgets_what_was_learned(fitted: DomainClassifier) -> None:
    """A clone has the parameters of the original and no coefficients."""
    copy = clone(fitted)
    assert copy.get_params() == fitted.get_params()
    assert not hasattr(copy, "model_")
