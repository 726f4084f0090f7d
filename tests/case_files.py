"""Cases as data: ``cases/<kind>.toml`` as parameters of a test."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "cases"


def cases(kind: str) -> list[Any]:
    """Return the cases of a kind as ``pytest.param``, with their names as ids.

    A case that is expected to fail runs as a strict xfail, so that an improvement has to move it.
    """
    tables = tomllib.loads((FOLDER / f"{kind}.toml").read_text(encoding="utf-8"))["case"]
    names = [table["name"] for table in tables]
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise ValueError(f"{kind}.toml: names stand twice: {repeated}")
    return [pytest.param(table, id=table["name"], marks=_marks(table, kind)) for table in tables]


def _marks(table: dict[str, Any], kind: str) -> tuple[Any, ...]:
    expect = table.get("expect", "pass")
    if expect not in ("pass", "fail"):
        raise ValueError(f"{kind}.toml: {table['name']}: expect = {expect!r}")
    if expect == "pass":
        return ()
    return (pytest.mark.xfail(strict=True, reason=table.get("note", "known failure")),)
