from pathlib import Path

import pytest
from fresh import run_fresh

WATCH = """
import os, sys

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.link", "os.truncate",
           "shutil.", "tempfile.", "sqlite3.connect", "subprocess.Popen", "os.system", "os.exec")
seen = []

def watch(event, arguments):
    # tldextract imports urllib3, which asks at its import whether the machine has IPv6: it binds a
    # socket to the loopback address and closes it. Nothing is sent and nothing asked.
    if event == "socket.__new__" or event == "socket.bind" and arguments[1] == ("::1", 0):
        return
    # Some versions of scikit-learn ask at their import how many cores the machine has.
    if event == "subprocess.Popen" and arguments[0] == "lscpu":
        return
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.")):
        seen.append((event, arguments))
    elif event == "open":
        path, mode, flags = arguments
        if isinstance(mode, str) and set(mode) & set("wax+") or flags and flags & WRITING:
            if path != os.devnull:
                seen.append((event, path, mode))
    elif event.startswith(CHANGES):
        seen.append((event, arguments))

sys.dont_write_bytecode = True
sys.addaudithook(watch)
"""

USES = {
    "import": "import mela",
    "plain message": "import mela; mela.featurize('see you at home')",
    "url": "import mela; mela.featurize('see http://www.free-prize.co.uk/a or evil.nosuchsuffix')",
    "phone": "import mela; mela.featurize('call +44 20 7946 0018 or 0800 123 4567')",
    "host": "import mela; mela.featurize_domain('xn--80ak6aa92e.com')",
    "vectorizer": (
        "from mela import MelaVectorizer; "
        "MelaVectorizer().fit_transform(['call 0800 123 4567', 'www.example.com'])"
    ),
    "classifier": (
        "from mela import DomainClassifier; "
        "DomainClassifier().fit(['a.com', 'b1.top'], [0, 1]).predict(['c.org'])"
    ),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES.keys())
def test_no_network_and_no_writing(use: str, tmp_path: Path) -> None:
    """Nothing is sent, asked or written, even with a home that is empty and read-only."""
    home = tmp_path / "home"
    home.mkdir(mode=0o500)
    home_variables = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "USERPROFILE"), str(home))
    assert run_fresh(f"{WATCH}\n{use}\nprint(seen)", home_variables).strip() == "[]"
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    "deed",
    [
        "import socket; socket.socket(type=socket.SOCK_DGRAM).connect(('127.0.0.1', 9))",
        "open(os.path.join(os.environ['SCRATCH'], 'a'), 'w').close()",
        "os.mkdir(os.path.join(os.environ['SCRATCH'], 'b'))",
    ],
    ids=["connection", "file", "folder"],
)
def test_the_watch_sees(deed: str, tmp_path: Path) -> None:
    """The audit hook notices a connection, a written file and a new folder."""
    printed = run_fresh(f"{WATCH}\n{deed}\nprint(seen)", {"SCRATCH": str(tmp_path)})
    assert printed.strip() != "[]"
