"""Fixtures: an engine over a few words per list, so that logic tests survive every list update."""

from pathlib import Path

import pytest

from mela import Featurizer, Resources

TINY = Path(__file__).parent / "resources"


@pytest.fixture(scope="session")
def tiny() -> Resources:
    """Return the frozen resources of ``tests/resources``."""
    return Resources.load(TINY)


@pytest.fixture(scope="session")
def tiny_featurizer(tiny: Resources) -> Featurizer:
    """Return an engine over the frozen resources, with the default parameters."""
    return Featurizer(resources=tiny)
