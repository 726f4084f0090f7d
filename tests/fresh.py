"""Run code in a fresh interpreter, to see what an import or a first call does to a process."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import mela


def run_fresh(code: str, environment: Mapping[str, str] | None = None) -> str:
    """Return what the code prints; its warnings are errors, and its error is the test's."""
    found_in = str(Path(mela.__file__).parent.parent)
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={**os.environ, "PYTHONPATH": found_in, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout
