"""The scorer by which a threshold is tuned to few false alarms."""

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import TunedThresholdClassifierCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from mela import MelaVectorizer
from mela.estimators.scoring import recall_at_fpr

TRUTH = np.array([1, 1, 1, 1] + [0] * 96)


class Decided(DummyClassifier):
    """Decides what it is told to."""

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Return the first column."""
        return X[:, 0]


def score(decisions: np.ndarray, rate: float) -> float:
    """Score decisions on TRUTH."""
    rows = decisions.reshape(-1, 1)
    return recall_at_fpr(rate, pos_label=1)(Decided().fit(rows, TRUTH), rows, TRUTH)


def decide(spam: int, ham: int) -> np.ndarray:
    """Stop so many messages of spam and of ham."""
    return np.array([1] * spam + [0] * (4 - spam) + [1] * ham + [0] * (96 - ham))


@pytest.mark.parametrize(
    ("decisions", "rate", "wanted"),
    [
        pytest.param(decide(3, 0), 0.0, 0.75, id="no false alarm"),
        pytest.param(decide(4, 1), 0.02, 1.0, id="few enough"),
        pytest.param(decide(4, 1), 0.001, -1 / 96, id="too many"),
        pytest.param(decide(4, 96), 0.001, -1.0, id="everything stopped"),
        pytest.param(decide(0, 0), 0.001, 0.0, id="nothing stopped"),
    ],
)
def test_score_is_recall_unless_too_much_ham_is_stopped(
    decisions: np.ndarray, rate: float, wanted: float
) -> None:
    """Recall counts only where false alarms are within the rate, else the rate counts against."""
    assert score(decisions, rate) == pytest.approx(wanted)


@pytest.mark.parametrize("rate", [-0.1, 1, 2.0])
def test_rate_is_a_share(rate: float) -> None:
    """A rate that is no share of ham is refused."""
    with pytest.raises(ValueError, match="wanted a share of ham"):
        recall_at_fpr(rate, pos_label=1)


def test_unknown_label_of_spam_is_refused() -> None:
    """A label that no message has would let a filter stop everything."""
    rows = decide(3, 0).reshape(-1, 1)
    with pytest.raises(ValueError, match="no message has the label pos_label='spam'"):
        recall_at_fpr(0.001, pos_label="spam")(Decided().fit(rows, TRUTH), rows, TRUTH)


def test_one_split_holds_the_rate_where_classes_overlap() -> None:
    """The chosen threshold stops no more than the rate of the ham on which it was chosen."""
    random = np.random.default_rng(0)
    truth = np.repeat([1, 0], [600, 3000])
    rows = random.normal(size=(3600, 1)) + 2 * truth[:, None]
    train, test = np.arange(3600)[::2], np.arange(3600)[1::2]
    tuned = TunedThresholdClassifierCV(
        LogisticRegression(),
        scoring=recall_at_fpr(0.01, pos_label=1),
        cv=[(train, test)],
        refit=False,
        thresholds=1000,
    ).fit(rows, truth)
    stopped = tuned.predict(rows[test]) == 1
    assert stopped[truth[test] == 0].mean() <= 0.01
    assert stopped[truth[test] == 1].mean() > 0.3


def messages(count: int, seed: int) -> tuple[list[str], list[str]]:
    """Make messages of both kinds; one of ham in ten looks much like spam."""
    random = np.random.default_rng(seed)
    prizes = ("a prize", "£500 cash", "a voucher", "2 tickets")
    friends = ("mum", "sam", "the kids", "dad")
    spam = [
        f"You won {random.choice(prizes)}! Call 0800 {random.integers(100, 999)} 4567 to claim"
        for _ in range(count)
    ]
    ham = [
        f"{random.choice(friends)} won {random.choice(prizes)}, call 020 7946 0111"
        if random.random() < 0.1
        else f"see {random.choice(friends)} at {random.integers(1, 12)} by the station"
        for _ in range(4 * count)
    ]
    return spam + ham, ["spam"] * count + ["ham"] * 4 * count


def test_tuned_threshold_holds_the_rate_on_new_messages() -> None:
    """A filter tuned to one false alarm in a thousand keeps to it on messages of another draw."""
    model = make_pipeline(
        MelaVectorizer(blocks=("message",)), StandardScaler(), LogisticRegression(C=0.01)
    )
    scorer = recall_at_fpr(0.001, pos_label="spam")
    tuned = TunedThresholdClassifierCV(model, scoring=scorer, cv=0.5, random_state=0)
    tuned.fit(*messages(60, seed=1))
    texts, labels = messages(300, seed=2)
    stopped = tuned.predict(texts) == "spam"
    is_spam = np.array(labels) == "spam"
    assert stopped[~is_spam].mean() <= 0.001
    assert stopped[is_spam].mean() > 0.9
