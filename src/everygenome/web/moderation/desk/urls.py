"""Addresses of the desk; `/desk/items/` belongs to the collections."""

from django.urls import path

from everygenome.web.moderation.desk import amending, answers, bulk, holds, people, views

urlpatterns = [
    path("", views.queue, name="desk"),
    path("bulk/", bulk.bulk, name="desk-bulk"),
    path("appeals/", answers.appeals, name="desk-appeals"),
    path("appeals/<int:number>/", answers.decide_appeal, name="desk-appeal"),
    path("reports/", answers.reports, name="desk-reports"),
    path("reports/<int:number>/", answers.answer_report, name="desk-report"),
    path("holds/", holds.holds, name="desk-holds"),
    path("holds/<int:number>/lift/", holds.lift, name="desk-lift"),
    path("people/", people.people, name="desk-people"),
    path("people/invite/", people.invite, name="desk-invite"),
    path("people/<int:number>/give/", people.give, name="desk-give"),
    path("people/<int:number>/end/", people.end, name="desk-end"),
    path("people/<int:number>/erase/", people.erase, name="desk-erase"),
    path("<int:number>/", views.contribution, name="desk-contribution"),
    path("<int:number>/contact/", views.contact, name="desk-contact"),
    path("<int:number>/amend/", amending.amend, name="desk-amend"),
    path("<int:number>/<slug:name>/", views.act, name="desk-act"),
]
