"""Say when, where and with what a run was made, and write its results down."""

import json
import platform
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

_HERE: Final = Path(__file__).parent

RESULTS: Final = _HERE / "results"
"""Where results go unless one says otherwise."""

_DIRTY: Final = "-dirty"


def about(distributions: Iterable[str]) -> dict[str, Any]:
    """Return date, commit, processor, Python, and the versions of some distributions."""
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "commit": _commit(),
        "processor": _processor(),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in distributions},
    }


def heading(about: dict[str, Any]) -> str:
    """Return the line that stands above a table of results."""
    return (
        f"Run of {about['date']}, commit {about['commit']}, Python {about['python']}, "
        f"{about['processor']}."
    )


def write(results: dict[str, Any], path: Path) -> None:
    """Write results as JSON, making their folder."""
    path.parent.mkdir(exist_ok=True)
    text = json.dumps(results, indent=1, ensure_ascii=False)
    path.write_text(f"{text}\n", encoding="utf-8")
    print(f"wrote {path}")


def of_same_code(path: Path, about: dict[str, Any]) -> dict[str, Any] | None:
    """Return the results of a run by the same code on the same machine, if that is what there is.

    A part of them may be measured anew. Of changes that no commit holds nobody knows whether they
    are the same.
    """
    if not path.exists() or about["commit"].endswith(_DIRTY):
        return None
    results: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return results if {**results["about"], "date": about["date"]} == about else None


def _commit() -> str:
    commit = _git("describe", "--always")
    # The results of the benchmark that ran before do not make this one's code another.
    changed = _git("status", "--porcelain", "--untracked-files=no", "--", ":/", f":!{RESULTS.name}")
    return f"{commit}{_DIRTY}" if changed else commit


def _git(*arguments: str) -> str:
    command = ["git", *arguments]
    result = subprocess.run(command, cwd=_HERE, capture_output=True, text=True, check=True)
    return result.stdout.strip()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").split("\n")
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if "model name" in line), "")
