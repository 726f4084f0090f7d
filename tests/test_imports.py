import json

import pytest
from fresh import run_fresh

HEAVY = (
    "sklearn", "scipy", "tldextract", "phonenumbers", "pandas", "polars", "pyarrow", "requests",
    "tqdm", "joblib",
)  # fmt: skip

REPORT = f"""
import json, sys
print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))
"""


def loaded(code: str) -> list[str]:
    """Return the heavy modules that a fresh interpreter holds after some code."""
    names: list[str] = json.loads(run_fresh(code + REPORT))
    return names


def test_import_is_light() -> None:
    """The import loads no scikit-learn, no phone metadata, no suffix list, no frame library."""
    assert loaded("import mela") == []


def test_plain_ascii_needs_no_unicode_patterns() -> None:
    """The regex library is loaded for the first message beyond ASCII."""
    code = "import mela, sys; mela.featurize({!r}); print('regex' in sys.modules)"
    assert run_fresh(code.format("see you at home, ok?")).strip() == "False"
    assert run_fresh(code.format("see you at the café?")).strip() == "True"


@pytest.mark.parametrize(
    "text",
    ["", "see you at home, ok?", "Soooo good! luv u", "hola, q tal", "it's 👍🏽", "a. b: c/d - #e"],
    ids=["empty", "plain", "textese", "spanish", "emoji", "punctuation"],
)
def test_plain_message_is_light(text: str) -> None:
    """A message without address and number needs neither suffix list nor phone metadata."""
    assert loaded(f"import mela; mela.featurize({text!r})") == []


def test_phone_and_host_need_no_scikit_learn() -> None:
    """A number loads the phone metadata, a host the suffix list; neither loads scikit-learn."""
    names = loaded("import mela; mela.featurize('call +442079460018 or visit www.example.com')")
    assert {"phonenumbers", "tldextract"} <= set(names)
    assert not {"sklearn", "scipy", "joblib", "pandas", "polars", "pyarrow"} & set(names)


def test_dir_loads_nothing() -> None:
    """Completion shows the lazy names without loading what they need."""
    assert loaded("import mela; assert 'MelaVectorizer' in dir(mela)") == []


def test_lazy_name_loads_scikit_learn() -> None:
    """Only naming a vectorizer brings scikit-learn, and it brings no more than that does."""
    brought = loaded("import sklearn.base")
    assert loaded("from mela import MelaVectorizer") == brought
    assert "sklearn" in brought


WARM = """
import re, sys, traceback
import regex
from mela import {name}

warm = {name}({arguments}).warm_up()
known = set(sys.modules)
compiled = []
# Within re, so that what it has cached does not count; what phonenumbers compiles stands in that
# cache alone, where others may push it out.
for owner in (re._compiler, regex):
    def count(*given, compile=owner.compile):
        if not any("phonenumbers" in frame.filename for frame in traceback.extract_stack()):
            compiled.append(given)
        return compile(*given)
    owner.compile = count
print(warm.{method}("Dear J\u00f6e, call 020 7946 0018 or +1 212 736 5000 b4 5pm, win \u00a350: "
      "http://www.example.com/x or bob@example.org #win @bob"))
print(len(compiled), sorted(name for name in set(sys.modules) - known if "." not in name))
"""


@pytest.mark.parametrize(
    ("name", "arguments", "method"),
    [("Featurizer", "", "annotate"), ("MelaVectorizer", "", "_get_engine().annotate")],
)
def test_warm_engine_loads_nothing_at_its_first_message(
    name: str, arguments: str, method: str
) -> None:
    """After warming up, a message that needs everything compiles and imports nothing more."""
    code = WARM.format(name=name, arguments=arguments, method=method)
    shown, last = run_fresh(code).strip().rsplit("\n", 1)
    assert all(f"kind='{kind}'" in shown for kind in ("url", "phone", "email", "timex", "currency"))
    assert last == "0 []"
