"""Claiming an entry: "I maintain this". A curator looks at the proof before anything follows."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from everygenome.web.moderation.actions import offering
from everygenome.web.moderation.actions.offering import Offer
from everygenome.web.moderation.fields import Choice, Schema, Web
from everygenome.web.moderation.keys import new_receipt
from everygenome.web.moderation.kinds import Kind
from everygenome.web.moderation.models import Proof, Purpose
from everygenome.web.moderation.posted import ADDRESS, CREDIT, NOTE, Errors
from everygenome.web.moderation.views import forms
from everygenome.web.moderation.views.offer import to_sent
from everygenome.web.people import gate, limits
from everygenome.web.people.gate import Refusal
from everygenome.web.site import absolute
from everygenome.web.site.pages import page
from everygenome.web.site.readable import readable

# Whoever has an address here is the host's staff, or anybody: it proves nothing of an entry.
_SHARED = ("github.com", "github.io", "gitlab.com", "gitlab.io", "bitbucket.org", "google.com",
           "doi.org", "zenodo.org", "figshare.com", "osf.io", "readthedocs.io", "huggingface.co",
           "wordpress.com", "medium.com", "youtube.com", "arxiv.org", "nih.gov")  # fmt: skip
_FORM = Schema(
    (
        Choice(
            name="proof",
            label="How can you show it?",
            choices=dict(Proof.choices),
            required=True,
        ),
        Web(
            name="where",
            label="Where the file can be seen",
            help="Only for the second and third way.",
        ),
        replace(ADDRESS, help="Needed for the first way. It is never published."),
        replace(NOTE, longest=1200, help="Anything that you would like to change. Not published."),
        CREDIT,
    )
)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@readable
def claim(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """The form that claims an entry, with a proof that a curator can look at."""
    found = forms.known_kind(kind)
    now = found.current(slug) if Purpose.CLAIM in found.purposes else None
    if now is None:
        raise Http404
    if request.method != "POST":
        return _show(request, found, slug, now)
    form = request.POST
    refused = gate.refusal(request, counted=False)
    if refused == Refusal.PROGRAM:
        return to_sent(new_receipt(), found, draft=False, mailed=False)
    data, errors = _FORM.clean(_FORM.read(form))
    proof, where = data.get("proof"), data.get("where", "")
    mail = data.get(ADDRESS.name, "")
    if proof == Proof.MAIL and ADDRESS.name not in errors:
        if not any(_same_site(mail.rpartition("@")[2], host) for host in hosts(now)):
            errors[ADDRESS.name] = [_not_at(hosts(now))]
    elif proof in (Proof.FILE, Proof.LINE) and not where and "where" not in errors:
        errors["where"] = ["Please say where the file can be seen."]
    if not errors and not refused and not limits.client_allowed(request):
        refused = Refusal.TOO_MANY
    if errors or refused:
        return _show(request, found, slug, now, errors={} if refused else errors, refused=refused)
    shown = mail.rpartition("@")[2] if proof == Proof.MAIL else where
    said = f"Proof: {Proof(proof).label} ({shown})."
    offered = Offer(
        kind=found.name,
        purpose=Purpose.CLAIM,
        subject=slug,
        values=now,
        note=f"{said}\n{data.get(NOTE.name, '')}".strip(),
        credit=data.get(CREDIT.name, ""),
        address=mail,
        proof=proof,
    )
    made = offering.offer(offered=offered, send=True)
    return to_sent(made.receipt, found, draft=False, mailed=bool(mail))


def hosts(data: Mapping[str, Any]) -> list[str]:
    """The domains of an entry's own pages that say something of who looks after it."""
    found = []
    for name in ("url", "repository"):
        try:
            host = urlsplit(str(data.get(name) or "")).hostname or ""
        except ValueError:
            continue
        host = host.removeprefix("www.")
        if host and not any(host == one or host.endswith(f".{one}") for one in _SHARED):
            found.append(host)
    return list(dict.fromkeys(found))


def _same_site(domain: str, host: str) -> bool:
    """One is the other, or a part of it."""
    return domain == host or host.endswith(f".{domain}") or domain.endswith(f".{host}")


def _not_at(known: list[str]) -> str:
    if not known:
        return "Its pages are on a site that many people share. Please choose another proof."
    return (
        f"Please give an address at {' or '.join(known)}, or choose another proof: your address "
        "alone does not show it."
    )


def _show(
    request: HttpRequest,
    kind: Kind,
    slug: str,
    now: Mapping[str, Any],
    *,
    errors: Errors | None = None,
    refused: Refusal | None = None,
) -> HttpResponse:
    errors = errors or {}
    status, told = forms.answer(refused, errors)
    bounds = _FORM.bound(_FORM.read(request.POST) if request.method == "POST" else {}, errors)
    entry = kind.address(slug)
    context = forms.stored() | {
        "kind": kind,
        "title": kind.title(now),
        "entry": entry,
        "line": f"We look after {absolute.base(request)}{entry}",
        "hosts": hosts(now),
        "bounds": bounds,
        "wrong": forms.summary(errors, bounds),
        "told": told,
        "token": forms.shown_token(request, refused),
    }
    return page(request, "moderation/claim", context, status=status, private=True)
