"""Addresses of moderation: what contributors and readers send, and the curators' desk."""

from django.urls import include, path

from everygenome.web.moderation.views import claim, editing, finding, offer, own, public, reporting

urlpatterns = [
    path("desk/", include("everygenome.web.moderation.desk.urls")),
    path("contribute/<str:kind>/", offer.new, name="contribute-new"),
    path("contribute/<str:kind>/<slug:slug>/", offer.edit, name="contribute-edit"),
    path("contribute/<str:kind>/<slug:slug>/claim/", claim.claim, name="contribute-claim"),
    path("contributions/", finding.find, name="contribution-find"),
    path("contributions/mailed/", finding.mailed, name="contribution-mailed"),
    path("contributions/erased/", own.erased, name="contribution-erased"),
    path("contributions/sent/<str:token>/", offer.sent, name="contribution-sent"),
    path("contributions/<str:secret>/", own.show, name="contribution"),
    path("contributions/<str:secret>/edit/", editing.edit, name="contribution-edit"),
    path("contributions/<str:secret>/withdraw/", own.withdraw, name="contribution-withdraw"),
    path("contributions/<str:secret>/erase/", own.erase, name="contribution-erase"),
    path("report/", reporting.report, name="report"),
    path("report/sent/", reporting.sent, name="report-sent"),
    path("moderation/", public.how, name="how-we-review"),
    path("moderation/panel/", public.panel, name="panel-decisions"),
]
