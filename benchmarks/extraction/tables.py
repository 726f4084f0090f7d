"""Put the scores of an extraction run into the README's table."""

import json
from pathlib import Path
from typing import Any, Final

from benchmarks import provenance

RESULTS: Final = provenance.RESULTS / "extraction.json"


def table(path: Path = RESULTS) -> str:
    """Return results as a Markdown table: F1, and milliseconds a text in brackets."""
    results = json.loads(path.read_text(encoding="utf-8"))
    lines = [
        provenance.heading(results["about"]),
        "",
        "| suite | kind | texts | mela | others |",
        "|---|---|--:|--:|---|",
    ]
    for row in results["rows"]:
        ours, *_ = cells(row, "mela-features")
        others = sorted(
            (name for name in row["scores"] if name != "mela-features"),
            key=lambda name: -row["scores"][name][row["measure"]],
        )
        suite = row["suite"] + (" (overlap)" if row["measure"] == "overlap" else "")
        beside = zip(others, cells(row, *others), strict=True)
        theirs = ", ".join(f"{name} {cell}" for name, cell in beside)
        kind = row["kind"].replace("_", " ")
        lines.append(f"| {suite} | {kind} | {row['texts']} | {ours} | {theirs} |")
    return "\n".join(lines)


def cells(row: dict[str, Any], *names: str) -> list[str]:
    """Return what libraries score on a suite; a star marks the one whose own it is."""
    return [
        f"{scores[row['measure']]:.2f} ({scores['ms']:.2f})" + "*" * (name == row["own"])
        for name in names
        for scores in [row["scores"][name]]
    ]
