"""A card's figures in templates."""

from django import template

from everygenome.web.collections.models import Item
from everygenome.web.evidence import card, today
from everygenome.web.evidence.live import Figure

register = template.Library()


@register.filter
def first_number(item: Item) -> str:
    """A card's first figure in short."""
    return card.first_number(item.data)


@register.filter
def told_numbers(item: Item) -> list[tuple[str, str]]:
    """A card's first figures, each with what it is."""
    return card.told_numbers(item.data)


@register.filter
def beside(item: Item) -> today.Beside | None:
    """What stands beside a card's published figure."""
    return today.beside(item.data.get("live"))


@register.filter
def counted(figure: Figure) -> str:
    """What a figure counts."""
    return today.counted(figure.question)


@register.filter
def base(figure: Figure) -> str:
    """What a share is of."""
    return today.base(figure.question)


@register.filter
def groups(figure: Figure) -> str:
    """How groups are made."""
    return today.groups(figure.question)


@register.filter
def interval(figure: Figure) -> str:
    """The least and the most that it could be."""
    return today.interval(figure)


@register.filter
def view_address(figure: Figure) -> str:
    """The monitor's view of it, over whatever release is current."""
    return today.address(figure.question)


@register.filter
def permalink(figure: Figure) -> str:
    """The view of it in its release, for good."""
    return today.address(figure.question, release=figure.release.id)
