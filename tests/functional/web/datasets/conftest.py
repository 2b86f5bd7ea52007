"""A register without anything in it."""

import pytest


@pytest.fixture
def register(web):
    """A reader's program over a register that is empty, whatever was seeded."""
    from everygenome.web.collections.models import Item

    Item.objects.all().delete()
    return web
