"""Time mela beside what else reads messages.

    python -m benchmarks.latency --data ../shared/data
    python -m benchmarks.latency --data ../shared/data --quick

Writes ``benchmarks/results/latency.json``, from which the README's tables are made, and a histogram
beside it. One run: everybody reads the same messages, taking turns, in CPU time of the thread. A
message has the median of its rounds, the table percentiles of messages. The processor's speed
moves from run to run: compare ratios, and only within a run.

Data: ``sms_spam_collection.tsv``, the SMS Spam Collection (Almeida et al. 2011).
"""
