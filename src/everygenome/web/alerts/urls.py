"""Addresses of the alerts."""

from django.urls import path

from everygenome.web.alerts import views

urlpatterns = [
    path("alerts/", views.form, name="alert-form"),
    path("alerts/sent/", views.sent, name="alert-sent"),
    path("alerts/confirm/<str:token>/", views.confirm, name="alert-confirm"),
    path("alerts/stop/<slug:key>/", views.stop, name="alert-stop"),
]
