"""How features are declared, and what a table refuses."""

from array import array
from collections.abc import Callable
from typing import NamedTuple

import pytest

from mela.features.table import Feature, FeatureTable


@pytest.fixture
def table() -> FeatureTable[str]:
    """A table of texts with one feature."""
    table = FeatureTable[str]("demo")

    @table.feature("structure", "length")
    def size(text: str) -> float:
        """Code points of the text.

        The second paragraph is for readers of the code.
        """
        return len(text)

    return table


def documented(name: str, doc: str | None) -> Callable[[str], float]:
    """Return a feature function of a name and docstring."""

    def compute(text: str) -> float:
        return len(text)

    compute.__name__ = name
    compute.__doc__ = doc
    return compute


def test_feature_takes_name_and_meaning_from_its_function(table: FeatureTable[str]) -> None:
    """The function's name is the column's, the docstring's first line its meaning."""
    wanted = Feature(
        name="size",
        group="structure",
        kind="length",
        origin="paper",
        doc="Code points of the text.",
        evidence=(),
    )
    assert table["size"] == wanted
    assert list(table) == [wanted]


def test_feature_names_the_entities_behind_it(table: FeatureTable[str]) -> None:
    """A feature may say in which fields the evidence stands."""
    compute = documented("links", "Number of links.")
    table.feature("entity", "count", evidence=("urls",))(compute)
    assert table["links"].evidence == ("urls",)


def test_declared_function_stays_callable(table: FeatureTable[str]) -> None:
    """Declaring a feature gives the function back unchanged."""
    compute = documented("other", "A sentence.")
    assert table.feature("structure", "count")(compute) is compute
    assert table.block("cluster", "count", width=2)(compute) is compute


def test_row_follows_the_order_of_declaration(table: FeatureTable[str]) -> None:
    """Columns stand in the order in which they were declared, a block at its place."""

    @table.block("cluster", "count", width=2)
    def vowel(text: str) -> list[float]:
        """How often one vowel stands in the text."""
        return [text.count("a"), text.count("e")]

    @table.feature("structure", "flag", origin="mela")
    def early(text: str) -> float:
        """The text comes early in the alphabet."""
        return text < "m"

    assert table.names == ("size", "vowel_0", "vowel_1", "early")
    assert table.row("area") == [4, 2, 1, True]
    assert len(table) == 4
    assert table["vowel_1"].doc == "How often one vowel stands in the text."
    assert table["vowel_1"].origin == "paper"
    assert table["early"].origin == "mela"


def test_repeated_name_is_refused(table: FeatureTable[str]) -> None:
    """A second feature of a name is refused."""
    with pytest.raises(ValueError, match=r"size: declared twice in the demo table"):
        table.feature("structure", "count")(documented("size", "A sentence."))


def test_block_cannot_repeat_a_name(table: FeatureTable[str]) -> None:
    """A block whose numbered name is taken is refused."""
    table.feature("structure", "count")(documented("part_1", "A sentence."))
    with pytest.raises(ValueError, match=r"part_1: declared twice"):
        table.block("cluster", "count", width=2)(documented("part", "A sentence."))


@pytest.mark.parametrize(
    "doc",
    [
        pytest.param(None, id="missing"),
        pytest.param("", id="empty"),
        pytest.param("Code points", id="no-full-stop"),
        pytest.param("Code points\n\nOf the text.", id="full-stop-in-another-line"),
    ],
)
def test_feature_without_a_sentence_is_refused(table: FeatureTable[str], doc: str | None) -> None:
    """A docstring has to open with a sentence."""
    with pytest.raises(ValueError, match=r"other: wanted a docstring"):
        table.feature("structure", "count")(documented("other", doc))


@pytest.mark.parametrize(
    ("group", "kind", "origin"),
    [
        pytest.param("weather", "count", "paper", id="group"),
        pytest.param("structure", "number", "paper", id="kind"),
        pytest.param("structure", "count", "folklore", id="origin"),
    ],
)
def test_unknown_class_is_refused(
    table: FeatureTable[str], group: str, kind: str, origin: str
) -> None:
    """Groups, kinds and origins are closed sets; the error lists them."""
    with pytest.raises(ValueError, match=r"other: '\w+' is none of \("):
        table.feature(group, kind, origin=origin)(documented("other", "A sentence."))


def test_refused_feature_leaves_no_trace(table: FeatureTable[str]) -> None:
    """What was refused is no column."""
    with pytest.raises(ValueError, match="wanted a docstring"):
        table.feature("structure", "count")(documented("other", None))
    assert table.names == ("size",)
    assert table.row("four") == [4]


def test_unknown_column_is_a_key_error(table: FeatureTable[str]) -> None:
    """Asking for a column that does not exist raises KeyError."""
    with pytest.raises(KeyError):
        table["weight"]


def test_repr_names_the_table(table: FeatureTable[str]) -> None:
    """The representation says which table and how wide."""
    assert repr(table) == "<FeatureTable demo: 1 features>"


class Subject(NamedTuple):
    """What a table with evidence reads."""

    links: tuple[str, ...]
    tags: tuple[str, ...]


def test_features_with_evidence_are_computed_where_there_is_some() -> None:
    """A feature that names evidence is 0, and is not asked, where there is none of it."""
    table = FeatureTable[Subject]("demo")
    asked = []

    @table.feature("entity", "count", evidence=("links",))
    def links(subject: Subject) -> float:
        """Number of links."""
        asked.append("links")
        return len(subject.links)

    @table.feature("structure", "length")
    def size(subject: Subject) -> float:
        """Number of all."""
        asked.append("size")
        return len(subject.links) + len(subject.tags)

    @table.feature("entity", "count", evidence=("tags", "links"))
    def tags(subject: Subject) -> float:
        """Number of tags."""
        asked.append("tags")
        return len(subject.tags)

    assert table.row(Subject((), ())) == [0, 0, 0]
    assert asked == ["size"]
    assert table.row(Subject((), ("a", "b"))) == [0, 2, 2]
    assert asked == ["size", "size", "tags"]


def test_row_is_written_where_it_belongs(table: FeatureTable[str]) -> None:
    """A row can be written into cells of any kind, and leaves the others alone."""
    cells = array("f", [7, 0, 7])
    table.fill(cells, "four", 1)
    assert cells.tolist() == [7, 4, 7]
