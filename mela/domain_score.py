"""The linear model behind ``domain_melascore``: a coefficient for each domain feature."""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from mela.errors import MelaError


class ModelError(MelaError, ValueError):
    """A stored domain model that does not fit the domain features."""


class DomainModel(NamedTuple):
    """A logistic model over the domain features, on their own scale.

    Attributes
    ----------
    names
        Names of the features, in column order.
    coefficients
        Change of the log-odds per unit of each feature.
    intercept
        Log-odds of a row of zeros.
    """

    names: tuple[str, ...]
    coefficients: tuple[float, ...]
    intercept: float

    def score(self, row: Sequence[float]) -> float:
        """Return the spam probability of a host, given its domain features."""
        terms = (c * value for c, value in zip(self.coefficients, row, strict=True))
        logit = self.intercept + math.fsum(terms)
        # Two forms, so that exp never overflows.
        if logit >= 0:
            return 1 / (1 + math.exp(-logit))
        return math.exp(logit) / (1 + math.exp(logit))

    @classmethod
    def from_json(cls, content: Mapping[str, Any], names: tuple[str, ...]) -> "DomainModel":
        """Read a model, which has to be of these features in this order.

        Raises
        ------
        ModelError
            The stored features are others.
        """
        stored = tuple(content["coefficients"])
        if stored != names:
            different = sorted(set(stored) ^ set(names)) or "the same in another order"
            raise ModelError(
                f"the stored model is of other domain features: {different}; retrain it"
            )
        values = tuple(map(float, content["coefficients"].values()))
        return cls(names, values, float(content["intercept"]))

    def to_json(self, meta: Mapping[str, Any]) -> str:
        """Return the model as JSON text, with a description of where it is from."""
        content = {
            "meta": dict(meta),
            "intercept": self.intercept,
            "coefficients": dict(zip(self.names, self.coefficients, strict=True)),
        }
        return json.dumps(content, indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def read(cls, path: str | Path, names: tuple[str, ...]) -> "DomainModel":
        """Read a model file; see :meth:`from_json`."""
        return cls.from_json(json.loads(Path(path).read_text(encoding="utf-8")), names)
