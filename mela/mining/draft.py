"""A draft of clusters, and how it is written down for pruning."""

import json
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from mela.mining.evidence import Evidence

Place = tuple[float, float]

_FRIENDS_SHOWN: Final = 5

_HEADER: Final = """\
# A draft: prune it. Delete substrings and groups, move lines from one group to another, give groups
# names of their own; numbers and the list of exceptions follow. Each line says which share of the
# spam and of the ham a substring hits, how much likelier spam is to be hit (lift), and which
# innocent words hold it. `mela clusters check` says what to look at.
"""


@dataclass(frozen=True, slots=True)
class Group:
    """Substrings that lie together.

    Attributes
    ----------
    name
        Its weightiest substring.
    members
        The substrings with their evidence, sorted.
    places
        Where they lie on the map.
    cohesion
        Mean similarity of its substrings to one another, from 0 to 1; 1 for a single one.
    separation
        Mean similarity of its substrings to all others.
    """

    name: str
    members: tuple[Evidence, ...]
    places: tuple[Place, ...]
    cohesion: float
    separation: float


@dataclass(frozen=True, slots=True)
class Draft:
    """Groups of substrings that were mined from a corpus.

    Attributes
    ----------
    groups
        The groups, the weightiest first.
    spam_texts, ham_texts
        Distinct texts that were read.
    seed
        Seed of the map.
    reason
        Why there is no group; empty where there is.
    """

    groups: tuple[Group, ...]
    spam_texts: int
    ham_texts: int
    seed: int
    reason: str = ""

    @property
    def members(self) -> tuple[Evidence, ...]:
        """All substrings, by group."""
        return tuple(chain.from_iterable(group.members for group in self.groups))

    def to_toml(self) -> str:
        """Return the draft in the format of ``resources/clusters.toml``, evidence as comments."""
        parts = [_HEADER, self._meta(), *map(_cluster, range(len(self.groups)), self.groups)]
        if self.reason:
            parts.insert(1, f"# No cluster: {self.reason}\n")
        return "\n".join([*parts, _exceptions(self.members)])

    def save(self, path: str | Path) -> None:
        """Write the draft to a file that ``Featurizer(clusters=path)`` reads."""
        Path(path).write_text(self.to_toml(), encoding="utf-8")

    def _meta(self) -> str:
        values = {
            "title": "Substring clusters, mined",
            "version": "draft",
            "source": f"mined from {self.spam_texts} spam and {self.ham_texts} ham texts, "
            f"seed {self.seed}",
            "license": "that of the corpus",
            "used-by": "message.substring_clust_0, domain.substring_clust_0",
            "format": "one [[cluster]] per number; sorted substrings; [except] lists innocent "
            "words by substring",
            "refresh": "mela mine",
        }
        return "\n".join(["[meta]", *(f"{k} = {_quote(v)}" for k, v in values.items()), ""])


def _cluster(number: int, group: Group) -> str:
    lines = [
        f"# Cohesion {group.cohesion:.2f}, and {group.separation:.2f} to the others.",
        "[[cluster]]",
        f"number = {number}",
        f"name = {_quote(group.name)}",
        "paper = []",
        "mela = [",
        *(
            f"    {_quote(member.substring) + ',':18s} # {_record(member)}"
            for member in group.members
        ),
        "]",
    ]
    return "\n".join(lines) + "\n"


def _record(member: Evidence) -> str:
    record = f"spam {member.spam_rate:.2%}, ham {member.ham_rate:.2%}, lift {member.lift:.0f}"
    friends = member.false_friends[:_FRIENDS_SHOWN]
    shown = ", ".join(f"{friend.word} {friend.ham_texts}" for friend in friends)
    return f"{record}; in ham: {shown}" if shown else record


def _exceptions(members: tuple[Evidence, ...]) -> str:
    lines = [
        f"{_quote(member.substring)} = ["
        + ", ".join(_quote(word) for word in sorted(friend.word for friend in member.false_friends))
        + "]"
        for member in sorted(members, key=lambda member: member.substring)
        if member.false_friends
    ]
    return "\n".join(["[except]", *lines, ""])


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
