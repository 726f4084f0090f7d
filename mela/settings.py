"""What configures an engine, stated once: parameters, defaults, and what each may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from mela.errors import UnknownRegionError
from mela.features.domain import DOMAIN
from mela.hosts.score import DomainModel
from mela.resources import ClusterSet, Resources

Block = Literal["message", "domain", "clusters"]

DEFAULT_REGIONS: Final = ("US", "GB")
DEFAULT_BLOCKS: Final[tuple[Block, ...]] = ("message", "domain")
DEFAULT_MAX_CHARS: Final = 10_000

_NO_REGION: Final = (None, "ZZ")
"""How libphonenumber writes that numbers are of no region: international ones only."""


@dataclass(kw_only=True, eq=False, repr=False)
class Settings:
    """The parameters that :class:`mela.Featurizer` and :class:`mela.MelaVectorizer` share.

    The engine checks them when it is built; an estimator only keeps them, as scikit-learn wants.
    """

    regions: Sequence[str | None] = DEFAULT_REGIONS
    resources: Resources | None = None
    domain_classifier: "str | Path | DomainModel | None" = "default"
    tld_profile: str = "current"
    blocks: Sequence[Block] = DEFAULT_BLOCKS
    clusters: "str | Path | ClusterSet | None" = None
    max_chars: int = DEFAULT_MAX_CHARS

    def __post_init__(self) -> None:
        """Do nothing; an engine checks and builds here."""


def read_resources(resources: Resources | None) -> Resources:
    """Return the lists that a ``resources`` parameter stands for."""
    if not isinstance(resources, Resources | None):
        found = type(resources).__name__
        raise TypeError(f"resources takes Resources.load(folder) or None, got {found}")
    return Resources.load() if resources is None else resources


def check_regions(regions: Sequence[str | None]) -> tuple[str, ...]:
    """Return the regions that a ``regions`` parameter names, known ones only."""
    if not isinstance(regions, Sequence) or isinstance(regions, str):
        raise TypeError(f"regions={regions!r}; wanted a sequence of codes, such as ('US', 'GB')")
    checked = tuple(region for region in regions if region not in _NO_REGION)
    # The phone metadata loads at the first number; the default regions do not need it to be right.
    if set(checked) - set(DEFAULT_REGIONS):
        import phonenumbers

        for region in checked:
            if region not in phonenumbers.SUPPORTED_REGIONS:
                raise UnknownRegionError(region, phonenumbers.SUPPORTED_REGIONS)
    return checked


def check_blocks(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the parts of the row that a ``blocks`` parameter names."""
    known = get_args(Block)
    if (
        not isinstance(blocks, Sequence)
        or isinstance(blocks, str)
        or not blocks
        or not set(blocks) <= set(known)
    ):
        raise ValueError(f"blocks={blocks!r}; wanted a sequence of {known}")
    if len(set(blocks)) < len(blocks):
        raise ValueError(f"blocks={blocks!r}: a block stands twice")
    return tuple(blocks)


def read_clusters(clusters: "str | Path | ClusterSet | None") -> ClusterSet | None:
    """Return the clusters that a ``clusters`` parameter stands for."""
    read = ClusterSet.read(clusters) if isinstance(clusters, (str, Path)) else clusters
    if read is not None and not isinstance(read, ClusterSet):
        found = type(read).__name__
        raise TypeError(f"clusters takes the path of a file, a ClusterSet or None, got {found}")
    return read


def read_model(classifier: object, resources: Resources | None = None) -> DomainModel | None:
    """Return the model that a ``domain_classifier`` parameter stands for."""
    if classifier is None or isinstance(classifier, DomainModel):
        return classifier
    if classifier == "default":
        return DomainModel.from_json((resources or Resources.load()).domain_model, DOMAIN.names)
    if isinstance(classifier, (str, Path)):
        return DomainModel.read(classifier, DOMAIN.names)
    # A fitted DomainClassifier, which lives above this module.
    model = getattr(classifier, "model_", None)
    if not isinstance(model, DomainModel):
        raise TypeError(
            "domain_classifier takes 'default', None, a path, a DomainModel or a fitted "
            f"DomainClassifier, got {type(classifier).__name__}; give the model_ of a fitted one, "
            "which clone keeps"
        )
    return model
