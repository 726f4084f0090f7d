"""What a filter is tuned by: the spam that it finds while it leaves ham alone."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import ArrayLike
from sklearn.metrics import make_scorer


def recall_at_fpr(rate: float, *, pos_label: object) -> Callable[..., float]:
    """Return a scorer: the recall of decisions that stop at most a share of the ham.

    For scikit-learn's ``TunedThresholdClassifierCV``, which then moves the threshold of a
    classifier to the point at which a filter can run. Decisions that stop more ham score below
    zero, the more they stop the lower.

    Give ``TunedThresholdClassifierCV`` one split, ``cv=0.5`` or a list of one: it averages the
    scores of several, where a fold that breaks the rate hides behind those that keep it.

    Parameters
    ----------
    rate
        The share of ham that may be stopped, such as 0.001.
    pos_label
        The label of spam.

    Raises
    ------
    ValueError
        The rate is no share. When scoring: no message has the label of spam.

    Examples
    --------
    >>> from sklearn.ensemble import RandomForestClassifier
    >>> from sklearn.model_selection import TunedThresholdClassifierCV
    >>> from mela.estimators.scoring import recall_at_fpr
    >>> model = TunedThresholdClassifierCV(
    ...     RandomForestClassifier(), scoring=recall_at_fpr(0.001, pos_label="spam"), cv=0.5
    ... )
    """
    if not 0 <= rate < 1:
        raise ValueError(f"rate={rate!r}; wanted a share of ham, at least 0 and below 1")
    scorer: Callable[..., float] = make_scorer(partial(_recall_at_fpr, rate=rate, spam=pos_label))
    return scorer


def _recall_at_fpr(truth: ArrayLike, decisions: ArrayLike, *, rate: float, spam: object) -> float:
    is_spam = np.asarray(truth) == spam
    if not is_spam.any():
        # Not which labels there are: they may be messages, given the wrong way round.
        raise ValueError(f"no message has the label pos_label={spam!r}; wanted that of spam")
    stopped = np.asarray(decisions) == spam
    false_positive_rate = float(stopped[~is_spam].mean()) if not is_spam.all() else 0.0
    if false_positive_rate > rate:
        return -false_positive_rate
    return float(stopped[is_spam].mean())
