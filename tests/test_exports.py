import inspect
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

import mela

PACKAGE = Path(mela.__file__).parent


def kind_and_name(name: str) -> tuple[bool, bool, str]:
    """Sort constants first, then classes, then functions, each by name."""
    return not name.isupper(), not name[0].isupper(), name


def test_all_is_sorted() -> None:
    """The public names are sorted and stand once."""
    assert sorted(set(mela.__all__), key=kind_and_name) == mela.__all__


def test_all_equals_what_dir_offers() -> None:
    """What completion offers is what is promised, lazy names included."""
    assert sorted(mela.__all__) == dir(mela)


def test_no_public_name_is_left_out() -> None:
    """A public name that the package holds is in ``__all__`` or is one of its modules."""
    held = {name for name in vars(mela) if not name.startswith("_")}
    foreign = {"TYPE_CHECKING", "import_module", "version"}
    own_modules = {path.stem for path in PACKAGE.iterdir()}
    assert held - foreign - own_modules <= set(mela.__all__)


@pytest.mark.parametrize("name", mela.__all__)
def test_public_name_resolves(name: str) -> None:
    """Each public name, lazy ones too, leads to an object of the package."""
    thing = getattr(mela, name)
    owner = thing if inspect.isclass(thing) or inspect.isfunction(thing) else type(thing)
    assert owner.__module__.startswith("mela.")


@pytest.mark.parametrize("name", [name for name in mela.__all__ if not name.isupper()])
def test_public_name_has_a_docstring(name: str) -> None:
    """The first line is one sentence, and an empty line follows it."""
    lines = (getattr(mela, name).__doc__ or "").split("\n")
    assert lines[0]
    assert lines[0].endswith(".")
    assert len(lines) == 1 or not lines[1].strip()


@pytest.mark.parametrize(
    "name", [name for name in mela.__all__ if inspect.isclass(getattr(mela, name))]
)
def test_public_method_has_a_docstring(name: str) -> None:
    """So does every public method and property that mela defines."""
    owner = getattr(mela, name)
    members = {k: v for k, v in vars(owner).items() if not k.startswith("_")}
    functions = [
        member
        for member in members.values()
        if inspect.isfunction(member) or isinstance(member, (classmethod, property))
    ]
    assert all(inspect.getdoc(function) for function in functions)


@pytest.mark.parametrize("table", [mela.MESSAGE, mela.DOMAIN], ids=lambda table: table.name)
def test_every_column_is_documented(table: mela.MESSAGE.__class__) -> None:
    """Each column says in one sentence what it means."""
    assert all(feature.doc.endswith(".") for feature in table)
    assert all(table[name].name == name for name in table.names)


def test_lazy_names_are_public() -> None:
    """What is loaded at first need is promised like the rest."""
    assert set(mela._LAZY) <= set(mela.__all__)


def test_unknown_name_is_refused() -> None:
    """A name that does not exist raises AttributeError, so that ``hasattr`` works."""
    with pytest.raises(AttributeError, match="'SenderVectorizer'"):
        _ = mela.SenderVectorizer
    assert not hasattr(mela, "__wrapped__")


def test_types_ship() -> None:
    """Type checkers find the marker of PEP 561 in the package."""
    assert (files("mela") / "py.typed").is_file()


def test_user_code_type_checks() -> None:
    """User code that touches every public name passes mypy in strict mode."""
    user_code = Path(__file__).parent / "typing" / "api.py"
    root = user_code.parent.parent.parent
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(user_code)]
    checked = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert not checked.stderr
    # mela's own modules are checked by themselves.
    errors = [line for line in checked.stdout.splitlines() if not line.startswith("mela/")]
    assert errors == []


def test_user_code_touches_every_public_name() -> None:
    """A new public name is used in ``typing/api.py``, the way a user would."""
    text = (Path(__file__).parent / "typing" / "api.py").read_text(encoding="utf-8")
    assert [name for name in mela.__all__ if f"{name}" not in text] == []


def test_user_code_runs() -> None:
    """The same user code runs, so that its types are those of the values."""
    code = (Path(__file__).parent / "typing" / "api.py").read_text(encoding="utf-8")
    space: dict[str, object] = {"__name__": "api"}
    exec(compile(code, "api.py", "exec"), space)
    use = space["use"]
    assert callable(use)
    use()
