"""Terms as their pages show them: advice as a word, a shape and a colour."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from everygenome.web.definitions.words import CONTEXTS, SHAPES, STATUSES

if TYPE_CHECKING:
    from everygenome.web.collections.models import Item

TOOLKIT = "https://doi.org/10.5281/zenodo.10013320"


def context(item: "Item") -> Mapping[str, Any]:
    """What the page of a term needs besides."""
    # Models can be imported only when all apps are there.
    from everygenome.web.collections.models import SHOWN, Item
    from everygenome.web.collections.registry import collection_of
    from everygenome.web.collections.shown import cells

    related = Item.objects.filter(
        collection="definitions", slug__in=item.data.get("related", ()), standing__in=SHOWN
    )
    return {
        "known": {cell.field.name: cell for cell in cells(item, collection_of("definitions"))},
        "related": list(related.order_by("sort", "pk")),
        "senses": [_sense(sense) for sense in item.data.get("senses", ())],
        "differs": len({one["word"] for one in advice(item.data)} - {"not-assessed"}) > 1,
        "from_toolkit": from_toolkit(item.data),
    }


def _sense(sense: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **sense,
        "advice": STATUSES.get(sense["status"], sense["status"]),
        "shape": SHAPES.get(sense["status"], ""),
        "setting": CONTEXTS.get(sense["context"], sense["context"]),
        "of_toolkit": sense.get("source") == TOOLKIT,
    }


def from_toolkit(data: Mapping[str, Any]) -> bool:
    """Whether some of the advice on a term is that of the toolkit, which is to be named then."""
    return any(sense.get("source") == TOOLKIT for sense in data.get("senses", ()))


def advice(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The different advice that is given about a term, each with by how many, most first.

    Example:
        >>> advice({"senses": [{"status": "avoid"}, {"status": "avoid"}]})
        [{'word': 'avoid', 'label': 'Avoid', 'shape': '■', 'count': 2}]
    """
    found = Counter(sense["status"] for sense in data.get("senses", ()))
    order = list(STATUSES)
    return [
        {"word": word, "label": STATUSES[word], "shape": SHAPES[word], "count": count}
        for word, count in sorted(found.items(), key=lambda one: (-one[1], order.index(one[0])))
    ]


def letter_of(item: "Item") -> str:
    """Under which letter of the alphabet a term stands."""
    return item.sort[:1].upper() if item.sort[:1].isalpha() else "#"
