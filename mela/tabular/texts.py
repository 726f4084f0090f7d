"""Take a batch of messages out of whatever holds it, with one policy for what is not a message."""

import math
from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

import numpy as np

from mela.errors import NotAMessageError

Missing = Literal["error", "empty"]


def read_texts(texts: Iterable[Any], missing: Missing = "error") -> list[str]:
    """Return the messages of a batch as a list of str.

    Parameters
    ----------
    texts
        A list, tuple, generator, NumPy array, pandas or polars Series, Arrow array, or a frame or
        2-D array of one column.
    missing
        What None, NaN, NA and nulls are: ``"error"`` or ``"empty"``, an empty message.

    Raises
    ------
    ValueError
        A single str, or several columns.
    NotAMessageError
        An item is no str; a TypeError that names its position and type, never its content.
    TypeError
        What is no batch: bytes, a set, nothing to iterate over.
    """
    if missing not in get_args(Missing):
        raise ValueError(f"missing={missing!r}; wanted one of {get_args(Missing)}")
    if isinstance(texts, str):
        # scikit-learn's own words, which its users know.
        raise ValueError("Iterable over raw text documents expected, string object received.")
    if isinstance(texts, (bytes, bytearray)):
        raise TypeError("wanted an iterable of str, got bytes; decode it: data.decode('utf-8')")
    if isinstance(texts, (set, frozenset, Mapping)):
        raise TypeError(f"wanted messages in an order, got {type(texts).__name__}; pass a list")
    if hasattr(texts, "collect"):
        raise TypeError(
            f"wanted messages, got a plan for them; call {type(texts).__name__}.collect()"
        )
    column = _column(texts)
    if not isinstance(column, Iterable):
        raise TypeError(f"wanted an iterable of str, got {type(texts).__name__}")
    return [
        text if type(text) is str else _read_text(text, position, missing)
        for position, text in enumerate(column)
    ]


def _column(texts: Any) -> Iterable[Any]:
    """Return the only column of a two-dimensional container, or the container itself.

    A polars frame iterates over its columns and a pandas frame over their names, so the shape is
    asked and not the items.
    """
    shape = getattr(texts, "shape", None)
    if shape is not None and len(shape) == 2:
        if shape[1] != 1:
            raise ValueError(
                f"wanted one column of messages, got {shape[1]}; choose one: "
                "X['text'], or ColumnTransformer([('mela', MelaVectorizer(), 'text')])"
            )
        if hasattr(texts, "columns"):
            name = getattr(texts, "column_names", texts.columns)[0]
            # pandas selects by position, whatever the label is.
            texts = texts.iloc[:, 0] if hasattr(texts, "iloc") else texts[name]
        else:
            texts = texts[:, 0]
    # Arrow iterates over scalars of its own, which are no str.
    column: Iterable[Any] = texts.to_pylist() if hasattr(texts, "to_pylist") else texts
    return column


def _read_text(text: object, position: int, missing: Missing) -> str:
    if isinstance(text, str):
        # Not str(text), which an enumeration answers with the name of its member.
        return str.__str__(text)
    if is_missing(text):
        if missing == "empty":
            return ""
        raise NotAMessageError(
            f"no message at position {position}: {type(text).__name__}; "
            "drop it, or ask for missing='empty' to get the row of an empty message",
            position,
        )
    remedy = "decode it first" if isinstance(text, (bytes, bytearray)) else "convert it with str"
    problem = f"wanted str at position {position}, got {type(text).__name__}; {remedy}"
    raise NotAMessageError(problem, position)


def is_missing(value: object) -> bool:
    """Whether a value stands for none: None, NaN, NaT, NA."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, (float, np.floating)) and math.isnan(value)
