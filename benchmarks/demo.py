"""Show what mela does, in a few seconds: rows, one explained message, a cross-validated Pipeline.

The messages beside this file were written for the project. They show how things are done, not how
well: for that, run the other benchmarks on real data.
"""

import csv
from pathlib import Path

from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline

from mela import MelaVectorizer, annotate, featurize_many
from mela.cli import main as mela

MESSAGES = Path(__file__).with_name("demo_messages.tsv")


def main() -> None:
    """Run the demonstration."""
    with MESSAGES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    texts = [row["text"] for row in rows]
    labels = [row["label"] for row in rows]

    matrix = featurize_many(texts)
    print(f"{len(texts)} messages -> {len(matrix)} rows x {matrix.shape[1]} columns")

    example = next(text for text in texts if "0ld car" in text)
    print("\nOne message, explained\n")
    mela(["show", example])
    print("\nIts entities:", [(span.kind, span.text) for span in annotate(example).spans])

    pipeline = make_pipeline(MelaVectorizer(), RandomForestClassifier(100, random_state=0))
    scores = cross_val_score(
        pipeline, texts, [label == "spam" for label in labels], cv=5, scoring="f1"
    )
    print(f"\nSpam F1 in five folds: {scores.mean():.2f} (made-up messages: it proves nothing)")


if __name__ == "__main__":
    main()
