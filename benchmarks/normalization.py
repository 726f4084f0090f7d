"""Score the normalization of textese on tweets, token by token.

    python -m benchmarks.normalization --data ../shared/data

Data: ``wnut2015_train_data.jsonl``, the training part of the W-NUT 2015 shared task on lexical
normalization (Baldwin et al. 2015; noisy-text.github.io/2015): 2,950 English tweets whose tokens
are aligned with what annotators made of them. Both sides are compared in lower case. A token counts
as changed where it differs from the written one; precision and recall are over changed tokens.

The task's terms forbid to pass its pairs on, so the second figure watches that the dictionary is
not made of them: of the pairs that the tweets hold once only, a copy would have all, and common
textese has few.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks import provenance
from mela import Resources, normalize

FILE: Final = "wnut2015_train_data.jsonl"
RESULTS: Final = provenance.RESULTS / "normalization.json"


class Token(NamedTuple):
    """One token of a tweet, in lower case: as written, as annotators and as mela changed it."""

    written: str
    wanted: str
    made: str


def read_tokens(path: Path) -> Iterator[Token]:
    """Yield the tokens of all tweets."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            tweet = json.loads(line)
            # A line feed is a blank that no rewrite puts in or takes out: it keeps tokens apart.
            written = [token.lower() for token in tweet["input"]]
            made = normalize("\n".join(written)).split("\n")
            wanted = [token.lower() for token in tweet["output"]]
            yield from map(Token._make, zip(written, wanted, made, strict=True))


def score(tokens: list[Token]) -> dict[str, float]:
    """Return how many tokens were changed as annotators changed them."""
    changed = sum(token.made != token.written for token in tokens)
    wanted = sum(token.wanted != token.written for token in tokens)
    right = sum(token.made == token.wanted != token.written for token in tokens)
    precision, recall = right / changed, right / wanted
    return {
        "tokens": len(tokens),
        "changed by annotators": wanted,
        "changed by mela": changed,
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "F1": round(2 * precision * recall / (precision + recall), 3),
    }


def overlap(tokens: list[Token]) -> dict[str, str]:
    """Return how much of the data's own pairs the dictionary holds, by how often they occur."""
    rewrites = Resources.load().rewrites
    pairs = Counter((t.written, t.wanted) for t in tokens if t.written != t.wanted)
    held = {
        pair for pair in pairs if pair[0] in rewrites and rewrites[pair[0]].canonical == pair[1]
    }
    shares = {}
    for name, low, high in (
        ("once", 1, 1),
        ("2 to 9 times", 2, 9),
        ("10 times and more", 10, 9999),
    ):
        group = {pair for pair, count in pairs.items() if low <= count <= high}
        shares[f"pairs seen {name}"] = f"{len(group & held)} of {len(group)}"
    elsewhere = len(rewrites) - len({written for written, _ in held})
    return {**shares, "entries that are none of the pairs": f"{elsewhere} of {len(rewrites)}"}


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description="Score normalization on the tweets of W-NUT 2015.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=RESULTS, help="where the results go")
    parser.add_argument("--misses", type=int, metavar="N", help="show the N commonest mistakes")
    arguments = parser.parse_args()

    tokens = list(read_tokens(arguments.data / FILE))
    if arguments.misses:
        wrong = Counter(token for token in tokens if token.made != token.wanted)
        for token, count in wrong.most_common(arguments.misses):
            print(f"{count:5d}  {token.written!r} -> {token.made!r}, wanted {token.wanted!r}")
        return
    results: dict[str, dict[str, Any]] = {"score": score(tokens), "overlap": overlap(tokens)}
    for figures in results.values():
        for name, figure in figures.items():
            print(f"{name:36s} {figure}")
    provenance.write(results, arguments.out)


if __name__ == "__main__":
    main()
