"""Read every suite with every library, write the scores, show what mela misses."""

import argparse
from pathlib import Path
from time import thread_time
from typing import Any, Final

from benchmarks import provenance
from benchmarks.extraction.peers import Find, Peer, installed
from benchmarks.extraction.peers import mela as mela_peer
from benchmarks.extraction.suites import Place, Suite, read_suites, score
from benchmarks.extraction.tables import RESULTS, cells

SUITES: Final = Path("../shared/suites")


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
        print(f"{suite.name:24s} {suite.kind:17s}", *cells(rows[-1], *scores), sep="  ")
    return rows


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
