"""Build the wheel, install it in an empty environment outside the checkout, and use it there."""

import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

USE = """
import pathlib, mela
assert "site-packages" in mela.__file__, mela.__file__
row = mela.featurize("Txt WIN to 80085 now or visit www.example.com")
assert row.shape == (91,) and row.any()
print(f"the wheel, alone, featurizes: {int((row != 0).sum())} of {row.size} columns are not zero")
"""


def run(*command: str | Path, cwd: Path) -> None:
    """Run a command and stop at its failure."""
    subprocess.run(list(map(str, command)), cwd=cwd, check=True)


def main() -> None:
    """Build, compare the contents, install, use."""
    with tempfile.TemporaryDirectory() as folder:
        outside = Path(folder)
        pip_wheel = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps")
        run(*pip_wheel, "--wheel-dir", outside, ROOT, cwd=outside)
        (wheel,) = outside.glob("*.whl")
        shipped = {
            name.removeprefix("mela/resources/")
            for name in zipfile.ZipFile(wheel).namelist()
            if name.startswith("mela/resources/")
        }
        tracked = {path.name for path in (ROOT / "resources").iterdir()}
        if shipped != tracked:
            sys.exit(f"the wheel's resources differ from the checkout's: {shipped ^ tracked}")
        environment = outside / "environment"
        venv.create(environment, with_pip=True)
        python = environment / "bin" / "python"
        run(python, "-m", "pip", "install", "--quiet", wheel, cwd=outside)
        run(python, "-I", "-c", USE, cwd=outside)
        run(environment / "bin" / "mela", "show", "Txt WIN to 80085 now", cwd=outside)


if __name__ == "__main__":
    main()
