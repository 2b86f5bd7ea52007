"""Addresses of stories, in place of those that every collection has."""

from django.urls import path

from everygenome.web.collections.views import feeds, files, lists
from everygenome.web.stories import desk, views
from everygenome.web.stories.offering import beginning
from everygenome.web.stories.offering import views as offering

urlpatterns = [
    path("desk/stories/", desk.stories, name="desk-stories"),
    path("desk/stories/<int:number>/", desk.look, name="desk-story"),
    path("desk/stories/<int:number>/media/<slug:name>", desk.medium),
    path("desk/stories/<slug:slug>/<slug:action>/", desk.change, name="desk-story-change"),
    path("stories/", views.of_stories(lists.entries), name="stories"),
    path("stories/safety/", views.safety, name="stories-safety"),
    path("stories/restricted/", views.restricted, name="stories-restricted"),
    path("stories/podcast.rss", views.podcasts, name="stories-podcast"),
    path("stories/feed.atom", views.of_stories(feeds.atom)),
    path("stories/feed.rss", views.of_stories(feeds.rss)),
    path("stories/export/", views.of_stories(lists.everything)),
    path("stories/export.csv", views.of_stories(files.as_csv)),
    path("stories/export.json", views.of_stories(files.as_json)),
    path("stories/offer/", beginning.begin, name="stories-offer"),
    path("stories/offer/started/<str:token>/", beginning.started),
    path("stories/offer/<str:secret>/", offering.resume),
    path("stories/offer/<str:secret>/media/<slug:name>", offering.medium),
    path("stories/offer/<str:secret>/again/", offering.again),
    path("stories/offer/<str:secret>/<slug:name>/", offering.step),
    path("stories/<slug:slug>/", views.story, name="story"),
    path("stories/<slug:slug>/media/<slug:name>", views.medium, name="story-medium"),
    # Nothing is kept of what a story was before.
    path("stories/<slug:slug>/history/", views.no_history),
    path("stories/<slug:slug>/<str:name>", views.file),
]
