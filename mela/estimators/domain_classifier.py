"""Train the linear model behind ``domain_melascore`` and apply it to hosts."""

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.validation import check_is_fitted

from mela.estimators.vectorizers import DomainVectorizer, TextInput
from mela.features.domain import DOMAIN
from mela.hosts.parser import HostParser
from mela.hosts.score import DomainModel
from mela.resources import Resources
from mela.tabular.texts import read_texts


class DomainClassifier(TextInput, ClassifierMixin, BaseEstimator):
    """Logistic regression over the 40 domain features, stored as plain coefficients.

    Its probabilities are calibrated as far as the hosts that it scores are like those that it
    learned from, their share of spam aside, which is ``prior``.

    Parameters
    ----------
    C
        Inverse strength of the L2 penalty, on standardized features.
    prior
        Share of spam among the hosts that will be scored, between 0 and 1; None for the share among
        those of :meth:`fit`. A list of phishing hosts against a list of sites says nothing of it.
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
        prior: float | None = None,
        resources: Resources | None = None,
        tld_profile: str = "current",
    ) -> None:
        self.C = C
        self.prior = prior
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
            Labels other than 0 and 1, or of one class only; a ``prior`` that is no share.
        """
        if self.prior is not None and not 0 < self.prior < 1:
            raise ValueError(f"prior={self.prior!r}; wanted a share between 0 and 1, or None")
        labels = np.asarray(y)
        if labels.dtype.kind not in "biuf" or set(np.unique(labels)) != {0, 1}:
            # Not which: hosts and labels may have been given the wrong way round.
            raise ValueError(f"wanted labels 0 and 1, both; found others, of {labels.dtype}")
        pipeline = make_pipeline(
            StandardScaler(),
            LogisticRegression(C=self.C, max_iter=1000),
        )
        pipeline.fit(self._rows(X).astype(np.float64), labels)
        scaler, regression = pipeline[0], pipeline[-1]
        coefficients = regression.coef_[0] / scaler.scale_
        intercept = regression.intercept_[0] - coefficients @ scaler.mean_
        if self.prior is not None:
            # Another share of spam moves all odds by one factor. Weighting the classes instead
            # would fit other coefficients, to a few hosts of the rare class.
            intercept += _log_odds(self.prior) - _log_odds(labels.mean())
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
        the same hosts would leak their labels. Put them into the column of that name; to score
        new messages, use the model fitted on all hosts.

        Parameters
        ----------
        X, y
            As for :meth:`fit`.
        groups
            n group labels; a group is never split. By default the registrable domains, as hosts
            of one owner share one label.
        folds
            Number of folds.

        Returns
        -------
        ndarray of shape (n,)

        Raises
        ------
        ValueError
            Labels as in :meth:`fit`, or a fold without which one class is left.
        """
        hosts = np.array(read_texts(X), dtype=object)
        labels = np.asarray(y)
        if groups is None:
            groups = self._registrable_domains(hosts)
        # Folds that no label has a say in: a stratified one would move with the host's own.
        splitter = GroupKFold(folds)
        scores = np.empty(len(hosts))
        for number, (train, test) in enumerate(splitter.split(hosts, labels, groups)):
            if len(set(labels[train])) < 2:
                raise ValueError(
                    f"without the hosts of fold {number} one class is left to learn from; wanted "
                    "more folds, or groups that hold less of a class"
                )
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

    def _registrable_domains(self, hosts: Iterable[str]) -> list[str]:
        parser = HostParser(self.resources or Resources.load())
        parsed = [(text, parser.parse(text, any_suffix=True)) for text in hosts]
        return [host.registrable if host else text for text, host in parsed]

    def _rows(self, hosts: Iterable[str]) -> NDArray[np.float32]:
        return DomainVectorizer(resources=self.resources, tld_profile=self.tld_profile).transform(
            hosts
        )


def _log_odds(share: float) -> float:
    return math.log(share / (1 - share))
