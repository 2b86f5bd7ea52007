"""The quick list: every term in one simple sentence, on one page that prints."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from everygenome.web.collections.models import SHOWN, Item
from everygenome.web.definitions.shown import by_letter, from_toolkit
from everygenome.web.definitions.words import SHAPES, STATUSES
from everygenome.web.site.pages import page


@require_safe
def quick(request: HttpRequest) -> HttpResponse:
    """Every term, with the advice that is given about it."""
    items = list(
        Item.objects.filter(collection="definitions", standing__in=SHOWN).order_by("sort", "pk")
    )
    context = {
        "here": "definitions",
        "count": len(items),
        "letters": by_letter(items),
        "from_toolkit": any(from_toolkit(item.data) for item in items),
        "shapes": [(SHAPES[word], label) for word, label in STATUSES.items()],
    }
    return page(request, "definitions/quick", context)
