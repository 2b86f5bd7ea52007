"""A shelf of invented tools that is gone afterwards."""

import pytest

from tests.functional.web.collections import shelf


@pytest.fixture
def tools(web):
    """The invented tools; nothing else is in any collection."""
    return shelf.fill()
