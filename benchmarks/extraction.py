"""Score mela's extraction beside other libraries, on the suites that those libraries wrote.

    python -m benchmarks.extraction --suites ../shared/suites

Writes ``benchmarks/results/extraction.json``, from which the README's table is made. One run, one
process: each library reads each suite twice, and the second time is measured, in milliseconds of
CPU time a text. Compare the times of one run only. ``--misses NAME`` shows, for one suite, what
mela missed or found too much.

Suites (see ``benchmarks/suites.py`` for their form), from the tests of other projects:

twitter_text_*         conformance tests of twitter-text (Apache-2.0)
linkify_it_*           fixtures of linkify-it (MIT)
urlextract_urls        tests of URLExtract (MIT)
msrec_*                specifications of Microsoft Recognizers-Text (MIT)
duckling_*             corpora of Duckling (BSD-3-Clause); their spans hold more or less than ours,
                       by habit, so that they are judged by overlap
libphonenumber_valid   tests of libphonenumber's matcher (Apache-2.0)
psl_vectors            test vectors of the Public Suffix List (CC0-1.0)
sms_*                  messages of the SMS Spam Collection, labelled by hand
"""

import argparse
import json
from pathlib import Path
from time import thread_time
from typing import Any, Final

from benchmarks import provenance
from benchmarks.peers import Find, Peer, installed
from benchmarks.peers import mela as mela_peer
from benchmarks.suites import Place, Suite, read_suites, score

SUITES: Final = Path("../shared/suites")
RESULTS: Final = provenance.RESULTS / "extraction.json"


def measure(suite: Suite, peer: Peer) -> dict[str, float]:
    """Return what a library scores on a suite, and its milliseconds a text."""
    find = peer.kinds[suite.kind]
    found = _find(find, suite)
    started = thread_time()
    _find(find, suite)
    seconds = thread_time() - started
    figures = score(suite.cases, found, suite.kind)._asdict()
    figures["ms"] = 1000 * seconds / len(suite.cases)
    return {name: round(figure, 3) for name, figure in figures.items()}


def _find(find: Find, suite: Suite) -> list[list[Place]]:
    return [find(case.text, case.region) for case in suite.cases]


def run(suites: list[Suite], peers: list[Peer]) -> list[dict[str, Any]]:
    """Measure every library on every suite of a kind that it finds."""
    rows = []
    for suite in suites:
        scores = {peer.name: measure(suite, peer) for peer in peers if suite.kind in peer.kinds}
        own = next((peer.name for peer in peers if suite.name.startswith(peer.suites)), "")
        rows.append(
            {
                "suite": suite.name,
                "kind": suite.kind,
                "texts": len(suite.cases),
                "spans": sum(len(case.wanted) for case in suite.cases),
                "own": own,
                "measure": "overlap" if suite.name.startswith("duckling") else "exact",
                "scores": scores,
            }
        )
        print(f"{suite.name:24s} {suite.kind:17s}", *_cells(rows[-1], *scores), sep="  ")
    return rows


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
        ours, *_ = _cells(row, "mela-features")
        others = sorted(
            (name for name in row["scores"] if name != "mela-features"),
            key=lambda name: -row["scores"][name][row["measure"]],
        )
        suite = row["suite"] + (" (overlap)" if row["measure"] == "overlap" else "")
        cells = zip(others, _cells(row, *others), strict=True)
        theirs = ", ".join(f"{name} {cell}" for name, cell in cells)
        kind = row["kind"].replace("_", " ")
        lines.append(f"| {suite} | {kind} | {row['texts']} | {ours} | {theirs} |")
    return "\n".join(lines)


def _cells(row: dict[str, Any], *names: str) -> list[str]:
    return [
        f"{scores[row['measure']]:.2f} ({scores['ms']:.2f})" + "*" * (name == row["own"])
        for name in names
        for scores in [row["scores"][name]]
    ]


def show_misses(suite: Suite, peer: Peer) -> None:
    """Print the texts of a suite in which a library finds something else than is wanted."""
    for case, found in zip(suite.cases, _find(peer.kinds[suite.kind], suite), strict=True):
        if set(found) != set(case.wanted):
            print(repr(case.text))
            for name, places in ("wanted", case.wanted), ("found", sorted(found)):
                print(f"    {name:7s}", [case.text[start:end] for start, end in places])


def main() -> None:
    """Run the benchmark, or show what mela gets wrong."""
    parser = argparse.ArgumentParser(description="Score mela's extraction beside its peers.")
    parser.add_argument("--suites", type=Path, default=SUITES, help="folder of the suites")
    parser.add_argument("--out", type=Path, default=RESULTS, help="where the results go")
    parser.add_argument("--misses", metavar="SUITE", help="show what mela gets wrong in one suite")
    arguments = parser.parse_args()

    suites = read_suites(arguments.suites)
    if arguments.misses:
        for suite in suites:
            if suite.name == arguments.misses:
                show_misses(suite, mela_peer())
        return
    peers, missing = installed()
    if missing:
        print(f"not installed, left out: {', '.join(missing)} (pip install --group peers)")
    peers = [mela_peer(), *peers]
    rows = run(suites, peers)
    about = provenance.about(peer.name for peer in peers)
    provenance.write({"about": about, "rows": rows}, arguments.out)


if __name__ == "__main__":
    main()
