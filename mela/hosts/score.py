"""The linear model behind ``domain_melascore``: a coefficient for each domain feature."""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from mela.errors import ModelError, ResourceError
from mela.resource_files import read_object

_LARGEST: Final = 1e6


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
        if not isinstance(content.get("coefficients"), dict) or "intercept" not in content:
            raise ModelError("no domain model: wanted the keys 'coefficients' and 'intercept'")
        stored = tuple(content["coefficients"])
        if stored != names:
            different = sorted(set(stored) ^ set(names)) or "the same in another order"
            raise ModelError(
                f"the stored model is of other domain features: {different}; retrain it"
            )
        *values, intercept = map(_number, (*content["coefficients"].values(), content["intercept"]))
        return cls(names, tuple(values), intercept)

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
        try:
            content = read_object(Path(path))
        except ResourceError as error:
            raise ModelError(f"no domain model: {error}") from error
        return cls.from_json(content, names)


def _number(value: Any) -> float:
    # No honest coefficient is large, and a sum of huge ones has no value.
    # A bool is an int to Python, and no coefficient to anybody.
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number or not abs(value) <= _LARGEST:
        raise ModelError(f"a coefficient is no number between -{_LARGEST:g} and {_LARGEST:g}")
    return float(value)
