"""MELA: a short message as 91 numbers that outlive the campaign.

from mela import featurize, annotate
featurize("Txt WIN to 80085 now")     # 51 message features, then 40 of the worst host
annotate("Txt WIN to 80085 now").spans
"""

from importlib import import_module
from typing import TYPE_CHECKING

from mela.features.domain import DOMAIN
from mela.features.message import MESSAGE
from mela.featurizer import (
    Featurizer,
    annotate,
    featurize,
    featurize_domain,
    featurize_many,
    normalize,
)
from mela.resources import Resources
from mela.text.span import Span

if TYPE_CHECKING:
    from mela.estimators.domain_classifier import DomainClassifier
    from mela.estimators.vectorizers import DomainVectorizer, MelaVectorizer

__all__ = [
    "DOMAIN",
    "MESSAGE",
    "DomainClassifier",
    "DomainVectorizer",
    "Featurizer",
    "MelaVectorizer",
    "Resources",
    "Span",
    "annotate",
    "featurize",
    "featurize_domain",
    "featurize_many",
    "normalize",
]

# These need scikit-learn, whose import takes longer than everything else together.
_LAZY = {
    "DomainClassifier": "mela.estimators.domain_classifier",
    "DomainVectorizer": "mela.estimators.vectorizers",
    "MelaVectorizer": "mela.estimators.vectorizers",
}


def __getattr__(name: str) -> object:
    if name == "__version__":
        # It pulls in the parser of e-mail, a tenth of what importing mela takes.
        from importlib.metadata import version

        return version("mela-features")
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'mela' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
