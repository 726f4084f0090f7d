"""The configured engine: runs the stages and fills the rows."""

from array import array
from collections.abc import Iterable
from dataclasses import fields
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from mela.annotate import AnnotatedMessage, Annotator, ScoredHost
from mela.features.domain import DOMAIN
from mela.features.message import MESSAGE
from mela.features.table import Feature
from mela.hosts.parser import Host
from mela.resources import Cluster, ClusterSet, Resources
from mela.settings import (
    Block,
    Settings,
    check_blocks,
    check_regions,
    read_clusters,
    read_model,
    read_resources,
)
from mela.tabular.texts import Missing, read_texts
from mela.text.late import compile_all
from mela.text.span import Span

_DOMAIN_PREFIX: Final = "domain__"
_OWN_PREFIX: Final = "cluster__"

_HOSTS_KEPT: Final = 4096
_ENGINES_KEPT: Final = 16

_BLOCK: Final = 128
"""Messages of a batch that are read together; more gain nothing and take memory."""


class Evidence(NamedTuple):
    """A column of a row and what in the message speaks for its value.

    ``spans`` are the entities that the feature looks at, ``phrases`` the words of the normalized
    text: what a cluster hit, or how one opts out.
    """

    column: str
    value: float
    spans: tuple[Span, ...]
    phrases: tuple[str, ...]


class Featurizer(Settings):
    """Turns messages into rows of numbers.

    Picklable and thread-safe; works offline and writes nothing.

    Parameters
    ----------
    regions
        Regions (ISO 3166 codes, "GB" for the United Kingdom) whose national phone numbers are
        read, tried in order; elsewhere, only numbers after a call cue and those written as a
        mobile number is written there. ``()`` reads international numbers only; so do None and
        "ZZ", libphonenumber's codes for no region.
    resources
        Lists and dictionaries; None for the shipped ones.
    domain_classifier
        What scores hosts: ``"default"`` for the shipped coefficients, a fitted
        ``DomainClassifier`` or its ``model_``, the path of one saved as JSON, or None for a score
        of 0.
    tld_profile
        Which dated classes of top-level domains apply: ``"current"`` or ``"2014"``.
    blocks
        Parts of the row, in order: ``"message"`` (51), ``"domain"`` (40), and ``"clusters"``, a
        column for each of your own.
    clusters
        Clusters of your own beside the 22 of the message block, as mined from your market: the
        path of a file in the format of ``clusters.toml``, or a ``ClusterSet``. They are the block
        ``"clusters"``; the column of a cluster is its name behind ``cluster__``.
    max_chars
        Code points of a message that are read. Longer messages are cut there for all features but
        ``length``.

    Raises
    ------
    UnknownRegionError
        A region that the phone metadata does not know.
    ValueError
        A profile, block or limit that does not exist.
    ResourceError
        A resource file breaks its format.
    """

    regions: tuple[str, ...]
    resources: Resources
    blocks: tuple[Block, ...]
    clusters: ClusterSet | None

    def __post_init__(self) -> None:
        """Check the parameters and build what they ask for."""
        self._given = self.resources
        self.resources = read_resources(self.resources)
        profiles = sorted(self.resources.tld_profiles)
        if self.tld_profile not in profiles:
            raise ValueError(f"unknown tld_profile {self.tld_profile!r}; wanted one of {profiles}")
        if not isinstance(self.max_chars, int) or self.max_chars < 1:
            raise ValueError(f"max_chars={self.max_chars!r}; wanted a whole number, at least 1")
        self.blocks = check_blocks(self.blocks)
        own, self.clusters = self.clusters, read_clusters(self.clusters)
        if ("clusters" in self.blocks) != (own is not None):
            raise ValueError(
                f"blocks={self.blocks} and clusters={'None' if own is None else 'given'}; "
                "the block 'clusters' is for clusters=FILE, and the file for the block"
            )
        self._model = read_model(self.domain_classifier, self.resources)
        if self.domain_classifier != "default":
            self.domain_classifier = self._model
        self.regions = check_regions(self.regions)
        self._annotator = Annotator(
            self.resources, self.regions, self.tld_profile, self.max_chars, self.clusters
        )
        self._score_host = lru_cache(maxsize=_HOSTS_KEPT)(self._score_new_host)
        widths = {
            "message": len(MESSAGE),
            "domain": len(DOMAIN),
            "clusters": len(self.clusters or ()),
        }
        self._widths = [(block, widths[block]) for block in self.blocks]
        self._zeros = array("f", [0.0]) * len(self.feature_names)

    def __reduce__(self) -> tuple[Any, ...]:
        parameters = {field.name: getattr(self, field.name) for field in fields(Settings)}
        # The shipped lists are those of where it is unpickled.
        return _rebuild, (type(self), parameters | {"resources": self._given})

    @property
    def columns(self) -> dict[str, Feature]:
        """The features by the name of their column; those of a domain begin with ``domain__``."""
        named = {
            "message": {feature.name: feature for feature in MESSAGE},
            "domain": {f"{_DOMAIN_PREFIX}{feature.name}": feature for feature in DOMAIN},
            "clusters": {
                f"{_OWN_PREFIX}{cluster.name}": _own_feature(cluster)
                for cluster in self.clusters or ()
            },
        }
        return {name: feature for block in self.blocks for name, feature in named[block].items()}

    @property
    def feature_names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(self.columns)

    def warm_up(self) -> Self:
        """Load and compile now what would else wait for the first messages that need it.

        The first message with a number and a host takes as long as a thousand others: patterns are
        compiled, the suffix list and the phone metadata of the regions are read. A service calls
        this before it opens its door; memory grows by some 60 MB. Numbers of other regions, written
        with their plus, still load the metadata of theirs.

        >>> Featurizer().warm_up().featurize("call 0800 123 4567").shape
        (91,)
        """
        import phonenumbers

        compile_all()
        for region in self.regions:
            for kind in phonenumbers.PhoneNumberType.values():
                number = phonenumbers.example_number_for_type(region, kind)
                if number is not None:
                    self.annotate(f"call {phonenumbers.national_significant_number(number)}")
        self.featurize("see http://www.example.com/")
        return self

    def normalize(self, text: str) -> str:
        """Return a message in lower case and plain language. Normalizing twice changes nothing."""
        return self._annotator.normalize(_check_text(text, "normalize"))

    def annotate(self, text: str) -> AnnotatedMessage:
        """Return what is found in one message: entities, clusters, markers, hosts.

        Parameters
        ----------
        text
            The message as it came. Any str will do.

        Raises
        ------
        TypeError
            The message is no str.
        """
        return self._annotate(_check_text(text, "annotate"))

    def featurize(self, text: str) -> NDArray[np.float32]:
        """Return the row of one message: shape (91,), float32; an empty message gives zeros."""
        row = self._zeros[:]
        self._fill(row, self._annotate(_check_text(text, "featurize")), 0)
        return np.frombuffer(row, dtype=np.float32)

    def featurize_many(
        self, texts: Iterable[str], *, missing: Missing = "error"
    ) -> NDArray[np.float32]:
        """Return a row for each message: shape (n, 91), float32.

        Parameters
        ----------
        texts
            Any iterable of str: list, generator, array, Series, Arrow array, one-column frame.
        missing
            ``"error"`` refuses None, NaN and nulls, ``"empty"`` gives them the row of an empty
            message.

        Raises
        ------
        ValueError
            A bare str, or a frame of several columns.
        TypeError
            An item that is no str; the message gives its position.
        """
        read = read_texts(texts, missing)
        width = len(self._zeros)
        rows = self._zeros * len(read)
        for first in range(0, len(read), _BLOCK):
            messages = self._annotator.annotate_many(read[first : first + _BLOCK])
            for row, message in enumerate(messages, first):
                self._fill(rows, self._add_suspect(message), row * width)
        return np.frombuffer(rows, dtype=np.float32).reshape(len(read), width)

    def featurize_domain(self, url_or_host: str) -> NDArray[np.float32]:
        """Return the features of one host: shape (40,), float32.

        A URL counts by its host. The last label of a host stands for the public suffix where the
        suffix list knows none; what holds no host at all gives zeros.
        """
        text = _check_text(url_or_host, "featurize_domain")
        host = self._annotator.parse_host(text)
        row = self._score_host(host).row if host else (0.0,) * len(DOMAIN)
        return np.array(row, dtype=np.float32)

    def explain(self, text: str) -> list[Evidence]:
        """Return the columns of one message that are not zero, and what speaks for each.

        Raises
        ------
        TypeError
            The message is no str.
        """
        message = self._annotate(_check_text(text, "explain"))
        clusters = {"": self._annotator.cluster_substrings(message.normalized)}
        if message.suspect:
            searched = message.suspect.host.searched
            clusters[_DOMAIN_PREFIX] = self._annotator.cluster_substrings(searched)
        phrases = {
            f"{prefix}substring_clust_{number}": hits
            for prefix, by_cluster in clusters.items()
            for number, hits in enumerate(by_cluster)
        }
        own = self._annotator.cluster_substrings(message.normalized, own=True)
        for cluster, hits in zip(self.clusters or (), own, strict=True):
            phrases[f"{_OWN_PREFIX}{cluster.name}"] = hits
        explained = []
        row = [0.0] * len(self._zeros)
        self._fill(row, message, 0)
        for (column, feature), value in zip(self.columns.items(), row, strict=True):
            if value:
                fields = [getattr(message, field) for field in feature.evidence]
                spans = tuple(span for field in fields if type(field) is tuple for span in field)
                words = tuple(field for field in fields if type(field) is str)
                words += phrases.get(column, ())
                explained.append(Evidence(column, float(value), spans, words))
        return explained

    def _annotate(self, text: str) -> AnnotatedMessage:
        return self._add_suspect(self._annotator.annotate(text))

    def _add_suspect(self, message: AnnotatedMessage) -> AnnotatedMessage:
        if not message.hosts:
            return message
        scored = map(self._score_host, message.hosts)
        # The first of the highest: max() keeps it, and hosts stand in the order of the message.
        return message._replace(suspect=max(scored, key=lambda host: host.score))

    def _fill(
        self, cells: "list[float] | array[float]", message: AnnotatedMessage, start: int
    ) -> None:
        """Write the row of a message into cells that are 0, from ``start`` on."""
        for block, width in self._widths:
            if block == "message":
                MESSAGE.fill(cells, message, start)
            elif block == "clusters":
                for column, hits in enumerate(message.own_clusters, start):
                    cells[column] = hits
            elif message.suspect:
                for column, value in enumerate(message.suspect.row, start):
                    cells[column] = value
            start += width

    def _score_new_host(self, host: Host) -> ScoredHost:
        annotated = self._annotator.annotate_host(host)
        # Rounded as the columns are: the same score for a host here and in a classifier's matrix.
        row = tuple(np.array(DOMAIN.row(annotated), dtype=np.float32).tolist())
        return ScoredHost(annotated, row, self._model.score(row) if self._model else 0.0)


def _rebuild(kind: type[Featurizer], parameters: dict[str, Any]) -> Featurizer:
    return kind(**parameters)


def _check_text(text: str, function: str) -> str:
    if isinstance(text, str):
        return str.__str__(text)
    remedy = {
        bytes: "decode it: text.decode('utf-8')",
        list: "use featurize_many for several messages",
    }.get(type(text), "wanted one message as str")
    raise TypeError(f"{function} takes a str, got {type(text).__name__}; {remedy}")


def _own_feature(cluster: Cluster) -> Feature:
    doc = f"Hits on the cluster {cluster.name}, overlapping ones included."
    return Feature(cluster.name, "cluster", "count", "mela", doc, ())


@lru_cache(maxsize=_ENGINES_KEPT, typed=True)
def shared_featurizer(**parameters: Any) -> Featurizer:
    """Return the engine of a configuration, built once in a process."""
    return Featurizer(**parameters)


def featurize_part(parameters: dict[str, Any], texts: list[str]) -> NDArray[np.float32]:
    """Return the rows of one of the parts among which workers share a batch.

    Here and not in a vectorizer: a worker imports what it finds a function in, and scikit-learn
    takes longer than a thousand messages do.
    """
    return shared_featurizer(**parameters).featurize_many(texts)


@cache
def default_featurizer() -> Featurizer:
    """Return the engine behind the functions of the package, built at their first call."""
    return Featurizer()


def featurize(text: str) -> NDArray[np.float32]:
    """Return the 91 numbers of one message: shape (91,), float32.

    51 message features and the 40 domain features of its most suspicious host, zeros without a
    URL. The empty message gives zeros.

    >>> from mela import featurize
    >>> featurize("Win a prize: www.example.com").shape
    (91,)
    """
    return default_featurizer().featurize(text)


def featurize_many(texts: Iterable[str], *, missing: Missing = "error") -> NDArray[np.float32]:
    """Return a row for each message: shape (n, 91), float32; see :class:`Featurizer`.

    >>> from mela import featurize_many
    >>> featurize_many(["see you at 5", "call 0800 123 4567 now"]).shape
    (2, 91)
    """
    return default_featurizer().featurize_many(texts, missing=missing)


def featurize_domain(url_or_host: str) -> NDArray[np.float32]:
    """Return the 40 domain features of a URL or host: shape (40,), float32.

    >>> from mela import DOMAIN, featurize_domain
    >>> row = featurize_domain("http://www.free-ringtones4u.co.uk/get")
    >>> row[DOMAIN.names.index("hyphen_count")].item()
    1.0
    """
    return default_featurizer().featurize_domain(url_or_host)


def annotate(text: str) -> AnnotatedMessage:
    """Return what is found in one message; spans are offsets into it, in code points.

    >>> from mela import annotate
    >>> [(span.kind, span.text) for span in annotate("Text WIN to 80085 by Friday").spans]
    [('shortcode', '80085'), ('timex', 'Friday')]
    """
    return default_featurizer().annotate(text)


def normalize(text: str) -> str:
    """Return a message in lower case and plain language.

    >>> from mela import normalize
    >>> normalize("Pls txt me 2nite")
    'please text me tonight'
    """
    return default_featurizer().normalize(text)
