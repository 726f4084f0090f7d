"""Compare MELA with bags of words as spam filters: beside one another, on the same folds.

    python -m benchmarks.detection --data ../shared/data
    python -m benchmarks.detection --data ../shared/data --only sms

On the messages of ``benchmarks/corpora.py``, with the arms of ``arms.py``:

- SMS in ten folds, comments one video at a time; near-duplicates never stand on both sides
- shift: trained on the SMS of 2003-2011, tested on messages of later years; and comments in order
  of time, the later third as a test
- disguise: the spam of the test folds of SMS rewritten by the tricks of ``mela.testing``
- ablation: the forest without one group of columns, and without the exception dictionaries
- a threshold tuned so that it holds one false alarm in a thousand
- what the forest loses when a column is shuffled

``--only WORD`` measures the parts of the results that have the word in their names, and writes them
into the results of a whole run of the same commit, if there are any; otherwise it only shows them.

It writes ``results/detection.json`` and three pictures; ``make docs`` puts the tables into README
and ``DETECTION.md``. The domain classifier is trained anew, without any domain that a message of
these sets names.
"""
