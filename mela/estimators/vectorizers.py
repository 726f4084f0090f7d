"""scikit-learn transformers around the engine."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, Final, Self

import numpy as np
from joblib import Parallel, delayed, effective_n_jobs
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from mela.features.domain import DOMAIN
from mela.featurizer import Featurizer, featurize_part, shared_featurizer
from mela.resources import Resources
from mela.settings import Settings, read_clusters, read_model
from mela.tabular.texts import Missing, read_texts

_LEAST_PART: Final = 20_000
"""Messages that are worth a process of their own: it has to start, import and compile first."""


class TextInput:
    """Says that an estimator takes strings in one dimension."""

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()  # type: ignore[misc]
        tags.input_tags.string = True
        tags.input_tags.one_d_array = True
        tags.input_tags.two_d_array = False
        return tags


class _TextTransformer(TextInput, TransformerMixin, BaseEstimator):
    """What the transformers of text share: no state, no fit, strings in, float32 out."""

    missing: Missing

    def fit(self, X: Iterable[Any], y: object = None) -> Self:  # noqa: ARG002
        """Do nothing but check the parameters: there is nothing to learn.

        Parameters
        ----------
        X
            Ignored, and not read.
        y
            Ignored.
        """
        self._get_engine()
        return self

    def partial_fit(self, X: Iterable[Any], y: object = None) -> Self:
        """Do nothing, like :meth:`fit`; present for out-of-core pipelines."""
        return self.fit(X, y)

    def _get_engine(self) -> Featurizer:
        raise NotImplementedError

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.requires_fit = False
        tags.input_tags.allow_nan = self.missing == "empty"
        tags.transformer_tags.preserves_dtype = []
        return tags


@dataclass(kw_only=True, eq=False, repr=False)
class MelaVectorizer(Settings, _TextTransformer):
    """Turn messages into the 91 MELA features.

    Stateless: it works without ``fit``. Accepts lists, arrays, pandas and polars Series, Arrow
    arrays, and frames of one column.

    Parameters
    ----------
    regions, resources, domain_classifier, tld_profile, blocks, clusters, max_chars
        As for :class:`mela.Featurizer`. Of a ``DomainClassifier`` give the ``model_``: cloning,
        and so cross-validation, forgets the fit of an estimator within an estimator.
    missing
        ``"error"`` refuses None, NaN and nulls, ``"empty"`` gives them the row of an empty
        message.
    n_jobs
        Processes that share a batch: None for one unless in a ``joblib.parallel_backend`` context,
        -1 for all processors. Each gets 20,000 messages at least; fewer are done sooner without
        another process. The rows are the same.

    Examples
    --------
    >>> from mela import MelaVectorizer
    >>> MelaVectorizer().transform(["Txt WIN to 80085", "see you at 5"]).shape
    (2, 91)
    """

    missing: Missing = "error"
    n_jobs: int | None = None

    def transform(self, X: Iterable[Any]) -> NDArray[np.float32]:
        """Return a row for each message.

        Parameters
        ----------
        X
            n messages.

        Returns
        -------
        ndarray of shape (n, 91) and dtype float32
            Fewer columns where ``blocks`` leaves a part out, more with ``clusters`` of your own.

        Raises
        ------
        ValueError
            A bare str, or several columns.
        TypeError
            An item that is no str; the message gives its position.
        """
        parameters = self._get_parameters()
        texts = read_texts(X, self.missing)
        parts = min(effective_n_jobs(self.n_jobs), len(texts) // _LEAST_PART)
        if parts < 2:
            return featurize_part(parameters, texts)
        size = -(-len(texts) // parts)
        rows: list[NDArray[np.float32]] = Parallel(n_jobs=parts)(
            delayed(featurize_part)(parameters, texts[start : start + size])
            for start in range(0, len(texts), size)
        )
        return np.concatenate(rows)

    def warm_up(self) -> Self:
        """Load now what the first messages would; see :meth:`mela.Featurizer.warm_up`."""
        self._get_engine().warm_up()
        return self

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:  # noqa: ARG002
        """Return the names of the columns.

        Parameters
        ----------
        input_features
            Ignored; the names do not depend on the input.
        """
        return np.array(self._get_engine().feature_names, dtype=object)

    def _get_engine(self) -> Featurizer:
        return shared_featurizer(**self._get_parameters())

    def _get_parameters(self) -> dict[str, Any]:
        """Return the parameters of the engine, such that the same ones are equal.

        Estimators hold parameters only: clones and copies sent to workers stay small, and none
        carries an automaton, which does not survive every serializer.
        """
        parameters = {field.name: getattr(self, field.name) for field in fields(Settings)}
        for name in ("regions", "blocks"):
            if isinstance(parameters[name], list):
                parameters[name] = tuple(parameters[name])
        # The content is the key, not the path: a file may change.
        parameters["clusters"] = read_clusters(parameters["clusters"])
        if parameters["domain_classifier"] != "default":
            parameters["domain_classifier"] = read_model(parameters["domain_classifier"])
        return parameters


@dataclass(kw_only=True, eq=False, repr=False)
class DomainVectorizer(_TextTransformer):
    """Turn URLs or host names into the 40 domain features.

    Stateless: it works without ``fit``. Takes the containers that :class:`MelaVectorizer` takes.

    Parameters
    ----------
    resources, tld_profile
        As for :class:`mela.Featurizer`.
    missing
        ``"error"`` refuses None, NaN and nulls, ``"empty"`` gives them a row of zeros.

    Examples
    --------
    >>> from mela import DomainVectorizer
    >>> DomainVectorizer().transform(["www.bit.ly", "http://secure-login77.example.com/x"]).shape
    (2, 40)
    """

    resources: Resources | None = None
    tld_profile: str = "current"
    missing: Missing = "error"

    def transform(self, X: Iterable[Any]) -> NDArray[np.float32]:
        """Return a row for each URL or host.

        Parameters
        ----------
        X
            n URLs or host names.

        Returns
        -------
        ndarray of shape (n, 40) and dtype float32

        Raises
        ------
        ValueError
            A bare str, or several columns.
        TypeError
            An item that is no str; the message gives its position.
        """
        engine = self._get_engine()
        rows = [engine.featurize_domain(text) for text in read_texts(X, self.missing)]
        return np.array(rows, dtype=np.float32).reshape(len(rows), len(DOMAIN))

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:  # noqa: ARG002
        """Return the names of the columns.

        Parameters
        ----------
        input_features
            Ignored; the names do not depend on the input.
        """
        return np.array(DOMAIN.names, dtype=object)

    def _get_engine(self) -> Featurizer:
        # No classifier: the features of a host do not include its score.
        return shared_featurizer(
            resources=self.resources, tld_profile=self.tld_profile, domain_classifier=None
        )
