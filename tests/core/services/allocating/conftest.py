"""The small company with two customers who want the same valves."""

import pytest

from tests.core.services.allocating.rivals import enter
from tests.desk import Desk


@pytest.fixture
def rival(desk: Desk) -> Desk:
    """Harbor and Mesa want more valves from Houston than there are."""
    return enter(desk)
