"""A publisher on loopback, and how it is reached."""

import pytest

from concerted.crime.lake.publisher import Publisher
from concerted.crime.lake.tests.served import serving


@pytest.fixture
def site():
    """An invented publisher with one archive, of November 2025."""
    with serving("2025-10", "2025-11") as site:
        yield site


@pytest.fixture
def waits():
    """The seconds that were waited, in order; nobody really waits."""
    return []


@pytest.fixture
def publisher(site, waits):
    with Publisher(site.address, (), wait=waits.append) as publisher:
        yield publisher
