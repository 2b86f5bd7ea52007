"""`{% terms text %}`: text in which defined terms are links, each once on a page."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from everygenome.web.collections.models import Item
from everygenome.web.collections.terms import COLLECTION, known

register = template.Library()
_LINKED = "terms linked on this page"


@register.simple_tag(takes_context=True)
def terms(context: template.Context, text: Any) -> SafeString:
    """Text as HTML; a term that was linked further up the page is not linked again.

    Lines stay as they are, so that `{% terms text as linked %}{{ linked|linebreaks }}` works.
    """
    # The lowest layer lives as long as the page is drawn, and is seen from within includes.
    linked: set[str] = context.dicts[0].setdefault(_LINKED, set())
    item = context.get("item")
    if isinstance(item, Item) and item.collection == COLLECTION:
        linked.add(item.address)
    return known().linked(text, already=linked)
