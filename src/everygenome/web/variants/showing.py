"""The pages: the form, the answer, and what is said where there are no frequencies."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from everygenome.reports.variants import amounts, words
from everygenome.variants.result import Evidence
from everygenome.web.moderation.fields.records import Errors
from everygenome.web.moderation.views.forms import summary
from everygenome.web.site import absolute
from everygenome.web.site.pages import page
from everygenome.web.variants import fields
from everygenome.web.variants.cards import PICTURES, cards, sampled
from everygenome.web.variants.files import FILES
from everygenome.web.variants.form import Filled, told_of
from everygenome.web.variants.limits import MOST_NAMES
from everygenome.web.variants.stores import Shelf

# Longer addresses are cut by some programs on the way, and the server takes 8,190 bytes.
_LONGEST_LINK = 2_000
_PARTS = {
    "asked": fields.ASKED,
    "typing": fields.TYPING,
    "diseases": fields.DISEASES,
    "whose": fields.WHOSE,
}


def nothing_page(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """There are no frequencies here, or none that can be read."""
    context = {"here": "toolbox", "closed": shelf.closed}
    return page(request, "variants/none", context, status=503 if shelf.closed else 200)


def form_page(
    request: HttpRequest,
    values: Mapping[str, Any],
    shelf: Shelf,
    errors: Errors | None = None,
    *,
    told: str = "",
    status: int = 200,
) -> HttpResponse:
    """The form with some values, and what is wrong with them."""
    context = {"here": "toolbox", "told": told, **_form(values, shelf, errors or {})}
    begun = request.method == "POST" or bool(request.GET)
    return page(request, "variants/form", context, status=400 if errors else status, private=begun)


def answer_page(
    request: HttpRequest,
    found: Filled,
    evidence: Evidence,
    shelf: Shelf,
    *,
    told: str = "",
    status: int = 200,
) -> HttpResponse:
    """The answer: a card for each variant, then where the numbers come from, then the form."""
    said = told_of(found)
    made = [
        replace(card, alone=_alone(found, name)) if card.numbers and not card.picture else card
        for card, name in zip(cards(evidence), [one.name for one in evidence.variants], strict=True)
    ]
    link = f"{absolute.base(request)}/variants/?{urlencode(said)}"
    context = {
        "here": "toolbox",
        "told": told,
        "evidence": evidence,
        "source": evidence.source,
        "cards": made,
        "several": len(made) > 1,
        "pictures": PICTURES if len(made) > PICTURES else 0,
        "repeated": found.repeated,
        "people": sampled(evidence),
        "background": words.background(evidence),
        "bar": found.bars,
        "rare": amounts.bar(found.bars.rare) if found.bars else "",
        "link": link if len(link) <= _LONGEST_LINK else "",
        "said": said,
        "files": FILES.items(),
        **_form(found.values, shelf, {}),
    }
    return page(request, "variants/answer", context, status=status, private=True)


def _alone(found: Filled, name: str) -> str:
    """The address of one variant of a list by itself; empty where it would be too long."""
    link = f"/variants/?{urlencode(told_of(replace(found, names=(name,))))}"
    return link if len(link) <= _LONGEST_LINK else ""


def _form(values: Mapping[str, Any], shelf: Shelf, errors: Errors) -> dict[str, Any]:
    store = shelf.chosen(values.get(fields.STORE, ""))
    # A letter that a page cannot hold is shown as one that it can.
    shown = {name: _visible(value) for name, value in values.items()}
    shown[fields.STORE] = store.name
    bounds = {one.field.name: one for one in fields.schema(shelf, store).bound(shown, errors)}
    parts = {name: [bounds[one.name] for one in some] for name, some in _PARTS.items()}
    groups = bounds[fields.GROUPS]
    return {
        **parts,
        "which": bounds[fields.STORE] if len(shelf.stores) > 1 else None,
        "background_field": bounds[fields.BACKGROUND],
        "groups": groups,
        "bar_field": bounds[fields.BAR],
        "sampled": [(*option, store.sampled.get(option[0], "")) for option in groups.options],
        "source": store.source,
        "closed": shelf.closed,
        "most": MOST_NAMES,
        "model_open": any(one.value or one.errors for one in parts["diseases"]),
        "wrong": summary(errors, bounds.values()),
    }


def _visible(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return "".join(
        letter if letter.isprintable() or letter in "\r\n\t" else "�" for letter in value
    )
