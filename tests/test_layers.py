import ast
from pathlib import Path
from types import ModuleType

import pytest

import benchmarks
import mela

# Each module imports from the layers above its own line only.
LAYERS = (
    {"mela.errors", "mela.text.memo"},
    {
        "mela.resource_files",
        "mela.tabular.formats",
        "mela.tabular.texts",
        "mela.estimators.scoring",
        "mela.testing",
    },
    {"mela.resources", "mela.hosts.score", "mela.tabular.reading", "mela.tabular.writing"},
    {"mela.text.span", "mela.text.late", "mela.text.entropy"},
    {"mela.text.words", "mela.text.plain"},
    {
        "mela.text.segment",
        "mela.hosts.parser",
        "mela.text.cleaning",
        "mela.clusters",
        "mela.text.phrases",
    },
    {"mela.text.normalize"},
    {"mela.text.phonemes", "mela.text.reading"},
    {"mela.entities.urls.grammar", "mela.entities.urls.speech"},
    {"mela.entities.urls.labels", "mela.entities.urls.tail"},
    {"mela.entities.urls.host_end", "mela.entities.urls.prose"},
    {"mela.entities.urls.finder", "mela.entities.phones.metadata", "mela.entities.phones.shapes"},
    {"mela.entities.phones.finder"},
    {
        "mela.entities.numbers",
        "mela.entities.lexicon",
    },
    {
        "mela.entities.currency",
        "mela.entities.emails",
        "mela.entities.shortcodes",
        "mela.entities.tags",
        "mela.entities.timex",
        "mela.entities.phones",
        "mela.entities.urls",
    },
    {"mela.annotate"},
    {"mela.features.table"},
    {"mela.features.message", "mela.features.domain"},
    {"mela.settings"},
    {"mela.featurizer"},
    {"mela.estimators.vectorizers", "mela.estimators.baselines"},
    {"mela.estimators.domain_classifier", "mela.mining.substrings", "mela.mining.corpus"},
    {"mela.mining.evidence", "mela.mining.embedding", "mela.mining.check"},
    {"mela.mining.draft", "mela.mining.selection"},
    {"mela.mining.report", "mela.mining.miner"},
    {"mela.cli.options", "mela.cli.printing"},
    {
        "mela.cli.clusters",
        "mela.cli.features",
        "mela.cli.featurize",
        "mela.cli.mine",
        "mela.cli.show",
    },
    {"mela.cli.command"},
    {"mela.cli"},
    {"mela.__main__"},
    # The shop windows see everything, and nothing inside looks back at them.
    {
        "mela",
        "mela.entities",
        "mela.estimators",
        "mela.features",
        "mela.hosts",
        "mela.mining",
        "mela.tabular",
        "mela.text",
    },
    # The benchmarks: what all of them share, then a command after the other.
    {
        "benchmarks",
        "benchmarks.charts",
        "benchmarks.corpora",
        "benchmarks.demo",
        "benchmarks.detection",
        "benchmarks.domain_data",
        "benchmarks.extraction",
        "benchmarks.latency",
        "benchmarks.metrics",
        "benchmarks.provenance",
    },
    {"benchmarks.normalization", "benchmarks.train_domain_classifier"},
    {"benchmarks.extraction.suites", "benchmarks.extraction.tables"},
    {"benchmarks.extraction.peers"},
    {"benchmarks.extraction.__main__"},
    {"benchmarks.detection.arms"},
    {"benchmarks.detection.splits", "benchmarks.detection.tables"},
    {"benchmarks.detection.comparison"},
    {"benchmarks.detection.dissection", "benchmarks.clusters"},
    {"benchmarks.detection.__main__"},
    {
        "benchmarks.latency.cold_start",
        "benchmarks.latency.contestants",
        "benchmarks.latency.fresh",
        "benchmarks.latency.stages",
        "benchmarks.latency.streams",
        "benchmarks.latency.timing",
    },
    {
        "benchmarks.latency.memory",
        "benchmarks.latency.processes",
        "benchmarks.latency.tables",
        "benchmarks.latency.unseen",
    },
    {"benchmarks.latency.measures"},
    {"benchmarks.latency.__main__"},
)
LEVEL = {module: level for level, modules in enumerate(LAYERS) for module in modules}


def modules(package: ModuleType) -> dict[str, Path]:
    """Return every module of a package by its dotted name."""
    folder = Path(package.__path__[0])
    return {
        ".".join(path.relative_to(folder.parent).with_suffix("").parts).removesuffix(
            ".__init__"
        ): path
        for path in sorted(folder.rglob("*.py"))
    }


MELA = modules(mela)
MODULES = MELA | modules(benchmarks)


def tree(module: str) -> ast.Module:
    """Parse a module."""
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imports(module: str) -> set[str]:
    """Return what a module imports anywhere in it, relative imports refused."""
    found = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            assert node.module is not None
            submodules = {f"{node.module}.{alias.name}" for alias in node.names} & set(MODULES)
            found |= submodules or {node.module}
    return found


def own(names: set[str]) -> set[str]:
    """Return the imports that are of this project."""
    return {name for name in names if name.partition(".")[0] in ("mela", "benchmarks")}


def test_every_module_has_a_layer() -> None:
    """A new module is placed in a layer before it is used."""
    assert set(MODULES) == set(LEVEL)


@pytest.mark.parametrize("module", sorted(LEVEL))
def test_imports_go_down(module: str) -> None:
    """A module imports from lower layers only, wherever in it the import stands."""
    if module not in MODULES:
        pytest.fail(f"{module} is in no file")
    # The command opens the window of a part that nothing else needs.
    names = own(imports(module)) - {"mela.mining"}
    wrong = {name for name in names if LEVEL.get(name, 99) >= LEVEL[module]}
    assert not wrong


@pytest.mark.parametrize("module", ["mela.features.message", "mela.features.domain"])
def test_features_read_the_annotated_subject_only(module: str) -> None:
    """Feature modules know what was annotated, how a feature is declared, and nothing else."""
    allowed = {"mela.annotate", "mela.text.span", "mela.features.table", "mela.resources"}
    assert own(imports(module)) <= allowed
    assert imports(module) - allowed <= {"collections.abc", "typing"}
    from_resources = {
        alias.name
        for node in ast.walk(tree(module))
        if isinstance(node, ast.ImportFrom) and node.module == "mela.resources"
        for alias in node.names
    }
    assert all(name.isupper() for name in from_resources), "constants only"


@pytest.mark.parametrize("module", ["mela.features.message", "mela.features.domain"])
def test_features_do_not_look_at_text_themselves(module: str) -> None:
    """No pattern, file or change of case: what is missing belongs into the annotate pass."""
    calls = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call)
    }
    text_work = {"lower", "upper", "casefold", "split", "find", "findall", "finditer", "search"}
    assert not calls & (text_work | {"match", "fullmatch", "compile", "open", "read_text"})


@pytest.mark.parametrize(
    "module", sorted(module for module in MELA if not module.startswith("mela.cli."))
)
def test_nothing_prints(module: str) -> None:
    """Only the command line writes to the terminal."""
    names = {node.id for node in ast.walk(tree(module)) if isinstance(node, ast.Name)}
    assert "print" not in names
