"""Derive substring clusters from a corpus, as section 3.1 of the paper describes.

Offline work, for a market of one's own: words that are frequent in spam share substrings, which are
placed by likeness and by company, grouped, and written as a draft in the format of
``resources/clusters.toml``. Pruning is editing that file.
"""

from mela.mining.check import Finding, check_clusters
from mela.mining.draft import Draft, Group
from mela.mining.evidence import Evidence
from mela.mining.miner import mine

__all__ = ["Draft", "Evidence", "Finding", "Group", "check_clusters", "mine"]
