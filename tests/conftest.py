"""Fixtures: an engine over a few words per list, so that logic tests survive every list update."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from mela import Featurizer, Resources

TINY = Path(__file__).parent / "resources"

# No law is one of time: the growth tests count, and a busy machine is as good as another.
settings.register_profile(
    "laws", deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("laws")


@pytest.fixture(scope="session")
def tiny() -> Resources:
    """Return the frozen resources of ``tests/resources``."""
    return Resources.load(TINY)


@pytest.fixture(scope="session")
def tiny_featurizer(tiny: Resources) -> Featurizer:
    """Return an engine over the frozen resources, with the default parameters."""
    return Featurizer(resources=tiny)
