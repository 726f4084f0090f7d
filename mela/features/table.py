"""How a feature is declared: name, group, kind, meaning and computation in one place."""

from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import compress
from operator import attrgetter
from typing import Any, Generic, Literal, NamedTuple, TypeVar, get_args

Group = Literal["entity", "structure", "marker", "cluster", "language", "host", "name"]
Kind = Literal["count", "flag", "ratio", "score", "position", "length", "entropy"]
Origin = Literal["paper", "reconstructed", "mela"]

Subject = TypeVar("Subject")


class Feature(NamedTuple):
    """One column of a vector.

    Attributes
    ----------
    name
        The paper's name in lower case.
    group
        What the feature looks at.
    kind
        Sets the range: count and length are whole and not negative, flag is 0 or 1, ratio and
        score lie between 0 and 1, position is 0, 1, 2 or 3, entropy is in bits and not negative.
    origin
        ``paper`` (its Table 3), ``reconstructed`` (counted by the paper's text, missing from its
        Table 3) or ``mela``.
    doc
        What the feature means, in one sentence.
    evidence
        Fields of the annotated subject that hold what it looks at: spans, or the text found. A
        feature that names some is 0 where the subject holds none of them.
    """

    name: str
    group: Group
    kind: Kind
    origin: Origin
    doc: str
    evidence: tuple[str, ...]


class FeatureTable(Generic[Subject]):
    """The ordered features of one kind of subject.

    A feature is a decorated function of the annotated subject: its name is the column's, the first
    line of its docstring the column's meaning. A block is a function that gives several numbered
    columns at once.

    >>> table = FeatureTable[str]("demo")
    >>> @table.feature("structure", "length")
    ... def length(text):
    ...     '''Code points.'''
    ...     return len(text)
    >>> table.names
    ('length',)
    >>> table.row("four")
    [4]
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._features: dict[str, Feature] = {}
        self._always: list[tuple[int, Callable[[Subject], float]]] = []
        self._on_evidence: dict[str, list[tuple[int, Callable[[Subject], float]]]] = {}
        self._blocks: list[tuple[int, Callable[[Subject], Sequence[float]]]] = []
        self._evidence: Callable[[Subject], Any] = lambda _: ()

    def feature(
        self,
        group: Group,
        kind: Kind,
        *,
        origin: Origin = "paper",
        evidence: tuple[str, ...] = (),
    ) -> Callable[[Callable[[Subject], float]], Callable[[Subject], float]]:
        """Declare the decorated function as the next column."""

        def declare(compute: Callable[[Subject], float]) -> Callable[[Subject], float]:
            column = len(self)
            self._declare(Feature(compute.__name__, group, kind, origin, _doc(compute), evidence))
            if evidence:
                for field in evidence:
                    self._on_evidence.setdefault(field, []).append((column, compute))
                # Two names at least, or the getter returns the field and no tuple of fields.
                self._evidence = attrgetter(*self._on_evidence, *evidence)
            else:
                self._always.append((column, compute))
            return compute

        return declare

    def block(
        self, group: Group, kind: Kind, *, width: int, origin: Origin = "paper"
    ) -> Callable[[Callable[[Subject], Sequence[float]]], Callable[[Subject], Sequence[float]]]:
        """Declare the decorated function as the next ``width`` columns, numbered from 0."""

        def declare(
            compute: Callable[[Subject], Sequence[float]],
        ) -> Callable[[Subject], Sequence[float]]:
            self._blocks.append((len(self), compute))
            for number in range(width):
                name = f"{compute.__name__}_{number}"
                self._declare(Feature(name, group, kind, origin, _doc(compute), ()))
            return compute

        return declare

    def _declare(self, feature: Feature) -> None:
        if not feature.doc.endswith("."):
            raise ValueError(f"{feature.name}: wanted a docstring whose first line is a sentence")
        if feature.name in self._features:
            raise ValueError(f"{feature.name}: declared twice in the {self.name} table")
        choices = ((feature.group, Group), (feature.kind, Kind), (feature.origin, Origin))
        for value, allowed in choices:
            if value not in get_args(allowed):
                raise ValueError(f"{feature.name}: {value!r} is none of {get_args(allowed)}")
        self._features[feature.name] = feature

    def row(self, subject: Subject) -> list[float]:
        """Return the features of a subject, in column order."""
        row = [0.0] * len(self)
        self.fill(row, subject)
        return row

    def fill(self, cells: "list[float] | array[float]", subject: Subject, start: int = 0) -> None:
        """Write the features of a subject into cells that are 0, from ``start`` on.

        Most messages hold no entity, and most columns look at entities: these stay what they are.
        """
        for column, compute in self._always:
            cells[start + column] = compute(subject)
        for column, compute_all in self._blocks:
            values = compute_all(subject)
            if any(values):
                for place, value in enumerate(values, start + column):
                    cells[place] = value
        for features in compress(self._on_evidence.values(), self._evidence(subject)):
            for column, compute in features:
                cells[start + column] = compute(subject)

    @property
    def names(self) -> tuple[str, ...]:
        """The column names, in order."""
        return tuple(self._features)

    def __getitem__(self, name: str) -> Feature:
        return self._features[name]

    def __iter__(self) -> Iterator[Feature]:
        return iter(self._features.values())

    def __len__(self) -> int:
        return len(self._features)

    def __repr__(self) -> str:
        return f"<FeatureTable {self.name}: {len(self)} features>"


def _doc(compute: Callable[..., object]) -> str:
    """Return the first line of a docstring, which becomes a cell of the README's table."""
    return (compute.__doc__ or "").strip().partition("\n")[0]
