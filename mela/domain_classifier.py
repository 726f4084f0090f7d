"""Train the linear model behind ``domain_melascore`` and apply it to hosts."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.validation import check_is_fitted

from mela.domain_score import DomainModel
from mela.features.domain import DOMAIN
from mela.inputs import read_texts
from mela.resources import Resources
from mela.vectorizers import DomainVectorizer, TextInput


class DomainClassifier(TextInput, ClassifierMixin, BaseEstimator):
    """Logistic regression over the 40 domain features, stored as plain coefficients.

    Parameters
    ----------
    C
        Inverse strength of the L2 penalty, on standardized features.
    class_weight
        ``"balanced"`` or None, as in scikit-learn.
    resources, tld_profile
        As for :class:`mela.Featurizer`.

    Attributes
    ----------
    classes_ : ndarray of shape (2,)
        Always ``[0, 1]``; 1 is spam.
    model_ : DomainModel
        The coefficients, on the features' own scale. This is what ``Featurizer`` and
        ``MelaVectorizer`` take as ``domain_classifier``.

    Examples
    --------
    >>> from mela import DomainClassifier, Featurizer
    >>> hosts = ["secure-login-77.xyz", "free-prize4u.top", "wikipedia.org", "bbc.co.uk"]
    >>> classifier = DomainClassifier().fit(hosts, [1, 1, 0, 0])
    >>> classifier.predict(["verify-account-99.top"])
    array([1])
    >>> featurizer = Featurizer(domain_classifier=classifier.model_)
    """

    def __init__(
        self,
        *,
        C: float = 1.0,
        class_weight: str | None = None,
        resources: Resources | None = None,
        tld_profile: str = "current",
    ) -> None:
        self.C = C
        self.class_weight = class_weight
        self.resources = resources
        self.tld_profile = tld_profile

    def fit(self, X: Iterable[str], y: ArrayLike) -> "DomainClassifier":
        """Learn from labeled hosts.

        Parameters
        ----------
        X
            n URLs or hosts.
        y
            n labels: 1 for spam, 0 for benign.

        Raises
        ------
        ValueError
            Labels other than 0 and 1, or of one class only.
        """
        labels = np.asarray(y)
        if labels.dtype.kind not in "biuf" or set(np.unique(labels)) != {0, 1}:
            # Not which: hosts and labels may have been given the wrong way round.
            raise ValueError(f"wanted labels 0 and 1, both; found others, of {labels.dtype}")
        pipeline = make_pipeline(
            StandardScaler(),
            LogisticRegression(C=self.C, class_weight=self.class_weight, max_iter=1000),
        )
        pipeline.fit(self._rows(X).astype(np.float64), labels)
        scaler, regression = pipeline[0], pipeline[-1]
        coefficients = regression.coef_[0] / scaler.scale_
        intercept = regression.intercept_[0] - coefficients @ scaler.mean_
        self.classes_ = np.array([0, 1])
        self.model_ = DomainModel(DOMAIN.names, tuple(map(float, coefficients)), float(intercept))
        return self

    def predict_proba(self, X: Iterable[str]) -> NDArray[np.float64]:
        """Return the probabilities of benign and spam: shape (n, 2)."""
        check_is_fitted(self)
        spam = np.array([self.model_.score(row) for row in self._rows(X).tolist()])
        return np.column_stack([1 - spam, spam])

    def predict(self, X: Iterable[str]) -> NDArray[np.int64]:
        """Return 1 for the hosts more likely spam than benign: shape (n,)."""
        return (self.predict_proba(X)[:, 1] >= 0.5).astype(np.int64)

    def out_of_fold(
        self, X: Iterable[str], y: ArrayLike, *, groups: ArrayLike | None = None, folds: int = 5
    ) -> NDArray[np.float64]:
        """Return spam probabilities by models that saw neither the host nor its label.

        What a training matrix may hold as ``domain_melascore``; the score of a model fitted on
        the same hosts would leak their labels.

        Parameters
        ----------
        X, y
            As for :meth:`fit`.
        groups
            n group labels, registrable domains for example; a group is never split.
        folds
            Number of folds.

        Returns
        -------
        ndarray of shape (n,)
        """
        hosts = np.array(read_texts(X), dtype=object)
        labels = np.asarray(y)
        splitter = (
            StratifiedKFold(folds, shuffle=True, random_state=0)
            if groups is None
            else GroupKFold(folds)
        )
        scores = np.empty(len(hosts))
        for train, test in splitter.split(hosts, labels, groups):
            model = clone(self).fit(hosts[train], labels[train])
            scores[test] = model.predict_proba(hosts[test])[:, 1]
        return scores

    def save(self, path: str | Path, meta: Mapping[str, Any] | None = None) -> None:
        """Write the coefficients as JSON, with a description of where they are from."""
        check_is_fitted(self)
        Path(path).write_text(self.model_.to_json(meta or {}), encoding="utf-8")

    @classmethod
    def load(cls, path: str | Path) -> "DomainClassifier":
        """Read coefficients that :meth:`save` wrote.

        Raises
        ------
        ModelError
            They are of other domain features.
        """
        classifier = cls()
        classifier.classes_ = np.array([0, 1])
        classifier.model_ = DomainModel.read(path, DOMAIN.names)
        return classifier

    def _rows(self, hosts: Iterable[str]) -> NDArray[np.float32]:
        return DomainVectorizer(resources=self.resources, tld_profile=self.tld_profile).transform(
            hosts
        )
