"""Addresses of the monitor; each takes `?release=` to look at another release."""

from django.urls import path, re_path

from everygenome.web.dashboard import views

urlpatterns = [
    path("", views.first, name="first"),
    path("about/counting/", views.counting, name="counting"),
    re_path(r"^charts/(?P<name>trend|composition)\.(?P<kind>svg|png)$", views.chart, name="chart"),
    re_path(
        r"^data/(?P<name>summary|composition|trend|people|concentration)\.(?P<kind>csv|json)$",
        views.data,
        name="data",
    ),
    path("health", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
]
