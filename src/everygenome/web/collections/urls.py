"""Addresses that every collection has; each collection's own come before them."""

from django.urls import include, path, register_converter

from everygenome.web.collections.registry import Collection, collection_of
from everygenome.web.collections.views import feeds, files, history, item, lists


class _Registered:
    """The name of a collection; other names are no address of ours."""

    regex = "[a-z][a-z-]*"

    def to_python(self, name: str) -> Collection:
        try:
            return collection_of(name)
        except KeyError:
            raise ValueError(name) from None

    def to_url(self, collection: Collection) -> str:
        return collection.name


register_converter(_Registered, "collection")

urlpatterns = [
    path("desk/items/", include("everygenome.web.collections.desk")),
    path("<collection:collection>/", lists.entries, name="collection"),
    path("<collection:collection>/feed.atom", feeds.atom, name="collection-atom"),
    path("<collection:collection>/feed.rss", feeds.rss, name="collection-rss"),
    path("<collection:collection>/export/", lists.everything, name="collection-export"),
    path("<collection:collection>/export.csv", files.as_csv, name="collection-csv"),
    path("<collection:collection>/export.json", files.as_json, name="collection-json"),
    path("<collection:collection>/<slug:slug>/", item.entry, name="item"),
    path("<collection:collection>/<slug:slug>/history/", history.versions, name="item-history"),
    path("<collection:collection>/<slug:slug>/<str:name>", item.file, name="item-file"),
]
