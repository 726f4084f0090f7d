import enum
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from mela import Featurizer, MelaVectorizer
from mela.tabular.texts import read_texts

TEXTS = ["call me", "", "mañana \x00 👍", "🇬🇧 a\nb"]
SECRET = "my card is 4111"

CONTAINERS: dict[str, Callable[[list[Any]], Any]] = {
    "list": list,
    "tuple": tuple,
    "generator": lambda items: (item for item in items),
    "map": lambda items: map(str.__str__, items),
    "dict keys": lambda items: dict.fromkeys(items).keys(),
    "array of objects": lambda items: np.array([*items, ""], dtype=object)[:-1],
    "pandas series of objects": lambda items: pd.Series(items, dtype=object),
    "pandas series with an index": lambda items: pd.Series(
        items, dtype=object, index=range(9, 9 - len(items), -1)
    ),
    "polars series": lambda items: pl.Series("text", items),
    "arrow array": pa.array,
    "arrow chunked array": lambda items: pa.chunked_array(
        [items[:2], items[2:]], type=pa.array(items).type
    ),
    "pandas frame": lambda items: pd.DataFrame({"text": pd.Series(items, dtype=object)}),
    "pandas frame with a number for a name": lambda items: pd.DataFrame(
        {7: pd.Series(items, dtype=object)}
    ),
    "polars frame": lambda items: pl.DataFrame({"text": items}),
    "arrow table": lambda items: pa.table({"text": pa.array(items)}),
    "array of one column": lambda items: np.array([*items, ""], dtype=object)[:-1].reshape(-1, 1),
}
OF_STR_ONLY: dict[str, Callable[[list[str]], Any]] = {
    "array of U": lambda items: np.array(items, dtype=np.str_),
    "array of StringDType": lambda items: np.array(items, dtype=np.dtypes.StringDType()),
    "pandas series of str": lambda items: pd.Series(items, dtype="str"),
    "pandas series of string": lambda items: pd.Series(items, dtype="string"),
    "pandas series of categories": lambda items: pd.Series(items, dtype="category"),
    "arrow large strings": lambda items: pa.array(items, type=pa.large_string()),
    "arrow string view": lambda items: pa.array(items, type=pa.string_view()),
    "pandas frame of str": lambda items: pd.DataFrame({"text": pd.Series(items, dtype="str")}),
    "array of one column of U": lambda items: np.array(items).reshape(-1, 1),
    "polars lazy result": lambda items: pl.LazyFrame({"text": items}).collect(),
}
ALL = CONTAINERS | OF_STR_ONLY


@pytest.mark.parametrize("make", ALL.values(), ids=ALL.keys())
def test_messages_come_out_as_they_went_in(make: Callable[[list[str]], Any]) -> None:
    """Any container of one column gives its messages, in order, as plain str."""
    texts = read_texts(make(TEXTS))
    assert texts == TEXTS
    assert {type(text) for text in texts} == {str}


@pytest.mark.parametrize("make", ALL.values(), ids=ALL.keys())
def test_nothing_comes_out_of_nothing(make: Callable[[list[str]], Any]) -> None:
    """An empty container is an empty batch."""
    assert read_texts(make([])) == []


def test_subclass_of_str_becomes_str() -> None:
    """A str of NumPy or of one's own comes out as plain str."""

    class Text(str):
        __slots__ = ()

    texts = read_texts([np.str_("a"), Text("b")])
    assert texts == ["a", "b"]
    assert {type(text) for text in texts} == {str}


class Title(enum.StrEnum):
    """An enumeration whose ``str`` is its value."""

    CALL = "call me at 5"


class Name(str, enum.Enum):  # noqa: UP042 (its str is another)
    """An enumeration whose ``str`` is the name of its member."""

    CALL = "call me at 5"


class Masked(str):
    """A str that does not tell what it holds."""

    __slots__ = ()

    def __str__(self) -> str:
        return "masked"


@pytest.mark.parametrize(
    "text",
    [Title.CALL, Name.CALL, Masked("call me at 5"), np.str_("call me at 5")],
    ids=["StrEnum", "str and Enum", "own str", "NumPy"],
)
def test_other_str_counts_by_its_content(tiny_featurizer: Featurizer, text: str) -> None:
    """An enumeration or a subclass of str has the row of its text, alone and in a batch."""
    wanted = tiny_featurizer.featurize("call me at 5").tobytes()
    assert tiny_featurizer.featurize(text).tobytes() == wanted
    assert tiny_featurizer.featurize_many([text]).tobytes() == wanted
    assert tiny_featurizer.featurize_many(np.array([text], dtype=object)).tobytes() == wanted


# What is missing.

NOTHINGS = {
    "None": None,
    "NaN": float("nan"),
    "NumPy NaN": np.float64("nan"),
    "NumPy 32-bit NaN": np.float32("nan"),
    "NA": pd.NA,
    "NaT": pd.NaT,
}
HOLED: dict[str, Any] = {
    **{f"list with {name}": ["a", nothing, "b"] for name, nothing in NOTHINGS.items()},
    **{
        f"pandas objects with {name}": pd.Series(["a", NOTHINGS[name], "b"], dtype=object)
        for name in ("None", "NaN", "NA", "NaT")
    },
    "pandas str": pd.Series(["a", None, "b"], dtype="str"),
    "pandas string": pd.Series(["a", None, "b"], dtype="string"),
    "pandas frame": pd.DataFrame({"text": pd.Series(["a", None, "b"], dtype="str")}),
    "polars null": pl.Series(["a", None, "b"]),
    "polars frame": pl.DataFrame({"text": ["a", None, "b"]}),
    "arrow null": pa.array(["a", None, "b"]),
    "arrow chunks": pa.chunked_array([["a"], [None, "b"]]),
    "arrow table": pa.table({"text": ["a", None, "b"]}),
    "array of objects": np.array(["a", None, "b"], dtype=object),
    "array of one column": np.array([["a"], [None], ["b"]], dtype=object),
}


@pytest.mark.parametrize("texts", HOLED.values(), ids=HOLED.keys())
def test_missing_message_is_refused_with_its_position(texts: Iterable[Any]) -> None:
    """None, NaN, NA, NaT and nulls raise TypeError and say where, unless asked for."""
    with pytest.raises(TypeError, match=r"position 1\b.*missing='empty'"):
        read_texts(texts)


@pytest.mark.parametrize("texts", HOLED.values(), ids=HOLED.keys())
def test_missing_message_can_be_empty(texts: Iterable[Any]) -> None:
    """With ``missing="empty"`` what is missing is an empty message."""
    assert read_texts(texts, missing="empty") == ["a", "", "b"]


def test_position_counts_items_not_labels() -> None:
    """The position is that in the batch, whatever index a Series carries."""
    with pytest.raises(TypeError, match=r"position 2\b"):
        read_texts(pd.Series(["a", "b", None], index=[7, 8, 9], dtype=object))


# What is no message.

NO_TEXTS = {
    "int": 5,
    "float": 0.5,
    "infinity": float("inf"),
    "bool": True,
    "bytes": SECRET.encode(),
    "bytearray": bytearray(SECRET.encode()),
    "list": [SECRET],
    "dict": {"text": SECRET},
    "NumPy int": np.int64(5),
    "NumPy bytes": np.bytes_(SECRET.encode()),
    "object": object(),
}


@pytest.mark.parametrize("missing", ["error", "empty"])
@pytest.mark.parametrize("item", NO_TEXTS.values(), ids=NO_TEXTS.keys())
def test_no_text_is_refused_with_its_position(item: object, missing: Any) -> None:
    """A number, bytes or a container among the messages is a TypeError with type and position."""
    with pytest.raises(TypeError, match="wanted str at position 2") as caught:
        read_texts(["a", "b", item, "c"], missing=missing)
    assert type(item).__name__ in str(caught.value)


@pytest.mark.parametrize(
    "item", [b"", bytearray(b"x"), np.bytes_(b"x")], ids=["bytes", "bytearray", "NumPy bytes"]
)
def test_bytes_come_with_advice(item: object) -> None:
    """Bytes are to be decoded, which the error says."""
    with pytest.raises(TypeError, match="decode"):
        read_texts([item])


NUMBERS = {
    "array": np.array([1, 2]),
    "array of bytes": np.array([b"a"]),
    "pandas": pd.Series([1, 2]),
    "polars": pl.Series([1, 2]),
    "arrow": pa.array([1, 2]),
    "arrow binary": pa.array([b"a"]),
    "polars binary": pl.Series([b"a"]),
}


@pytest.mark.parametrize("numbers", NUMBERS.values(), ids=NUMBERS.keys())
def test_other_column_is_refused(numbers: Any) -> None:
    """A column that holds no text is refused at its first item."""
    with pytest.raises(TypeError, match="position 0"):
        read_texts(numbers)


# What is no batch.


def test_bare_str_is_refused() -> None:
    """A single message is no batch, in scikit-learn's words."""
    with pytest.raises(ValueError, match="Iterable over raw text documents expected"):
        read_texts(SECRET)


@pytest.mark.parametrize("batch", [b"secret", bytearray(b"secret")], ids=["bytes", "bytearray"])
def test_bare_bytes_are_refused(batch: Any) -> None:
    """Bytes iterate over numbers; the error says to decode them."""
    with pytest.raises(TypeError, match="decode"):
        read_texts(batch)


@pytest.mark.parametrize("batch", [None, 5, 0.5, object()], ids=["None", "int", "float", "object"])
def test_no_iterable_is_refused(batch: Any) -> None:
    """What cannot be iterated is a TypeError, as everywhere in Python."""
    with pytest.raises(TypeError):
        read_texts(batch)


UNORDERED = {
    "set": ({SECRET}, "pass a list"),
    "frozenset": (frozenset([SECRET]), "pass a list"),
    "dict": ({SECRET: SECRET}, "pass a list"),
    "empty set": (set(), "pass a list"),
    "lazy frame": (pl.LazyFrame({"text": [SECRET]}), r"call LazyFrame\.collect\(\)"),
}


@pytest.mark.parametrize(("batch", "remedy"), UNORDERED.values(), ids=UNORDERED.keys())
def test_batch_without_rows_is_refused_with_a_remedy(batch: Any, remedy: str) -> None:
    """A set or dict has no rows to give back, a lazy frame none yet; the error says what to do."""
    with pytest.raises(TypeError, match=remedy) as caught:
        read_texts(batch)
    assert SECRET not in str(caught.value)


WIDE = {
    "pandas": pd.DataFrame({"text": [SECRET], "label": ["spam"]}),
    "polars": pl.DataFrame({"text": [SECRET], "label": ["spam"]}),
    "arrow": pa.table({"text": [SECRET], "label": ["spam"]}),
    "array": np.array([[SECRET, "spam"]]),
    "pandas without columns": pd.DataFrame(index=[0, 1]),
    "array without columns": np.empty((2, 0), dtype=object),
}


@pytest.mark.parametrize("frame", WIDE.values(), ids=WIDE.keys())
def test_several_columns_are_refused(frame: Any) -> None:
    """A frame of several columns, or of none, is refused with the way to choose one."""
    with pytest.raises(ValueError, match="one column") as caught:
        read_texts(frame)
    assert "ColumnTransformer" in str(caught.value)


def test_policy_is_checked() -> None:
    """A misspelled policy is refused before anything is read."""
    with pytest.raises(ValueError, match="missing='ignore'"):
        read_texts([], missing="ignore")  # type: ignore[arg-type]


# Messages stay private.

FAULTY: dict[str, Any] = {
    "str": SECRET,
    "bytes": SECRET.encode(),
    "nested list": [SECRET, [SECRET]],
    "bytes in a list": [SECRET, SECRET.encode()],
    "dict in a list": [{SECRET: SECRET}],
    "None after text": [SECRET, None],
    "pandas": pd.Series([SECRET, 5], dtype=object),
    "array of bytes": np.array([SECRET.encode()]),
    "arrow binary": pa.array([SECRET.encode()]),
    "wide frame": pd.DataFrame({SECRET: [SECRET], "b": [SECRET]}),
    "wide array": np.array([[SECRET, SECRET]]),
}


@pytest.mark.parametrize("batch", FAULTY.values(), ids=FAULTY.keys())
def test_no_error_quotes_a_message(batch: Any) -> None:
    """Errors go to logs, messages must not."""
    with pytest.raises((TypeError, ValueError)) as caught:
        read_texts(batch)
    assert SECRET not in str(caught.value)
    assert "4111" not in repr(caught.value)


# The same everywhere.


@pytest.mark.parametrize("make", ALL.values(), ids=ALL.keys())
def test_engine_and_vectorizer_read_alike(
    tiny_featurizer: Featurizer, make: Callable[[list[str]], Any]
) -> None:
    """The same rows come out of every container, by engine and by vectorizer."""
    expected = np.array([tiny_featurizer.featurize(text) for text in TEXTS])
    vectorizer = MelaVectorizer(resources=tiny_featurizer.resources)
    assert np.array_equal(tiny_featurizer.featurize_many(make(TEXTS)), expected)
    assert np.array_equal(vectorizer.transform(make(TEXTS)), expected)


def test_single_message_of_wrong_type_is_refused(tiny_featurizer: Featurizer) -> None:
    """One message that is no str is a TypeError with advice and without its text."""
    for wrong in (None, 5, SECRET.encode(), [SECRET]):
        for function in (tiny_featurizer.featurize, tiny_featurizer.annotate):
            with pytest.raises(TypeError, match=type(wrong).__name__) as caught:
                function(wrong)  # type: ignore[arg-type]
            assert SECRET not in str(caught.value)
