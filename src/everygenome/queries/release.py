"""The door: open a release and ask it questions."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from everygenome.errors import StoreError, UsageError
from everygenome.queries import measures
from everygenome.queries.answer import Answer, ReleaseLabel
from everygenome.queries.award import Award, award
from everygenome.queries.compare import compare
from everygenome.queries.plans import Given
from everygenome.queries.question import Question
from everygenome.queries.simulate import simulate
from everygenome.queries.tables import Tables
from everygenome.store.folder import Store
from everygenome.store.manifest import Manifest, read_manifest, superseded
from everygenome.store.release import OpenRelease


class Release:
    """An open release. Each method is a measure, and returns an `Answer`.

    Each takes the choices of `Question` as keywords, in words or as our types:

        release.composition(unit="studies", stage="replication", from_year=2020)

    Raises (each method):
        UsageError: choices that contradict each other, or that the measure lacks.
        NotFoundError: no such country, trait or reference; or the release lacks the file.
    """

    def __init__(self, opened: OpenRelease) -> None:
        self.tables = Tables(opened)

    @property
    def manifest(self) -> Manifest:
        """What the release says of itself."""
        return self.tables.manifest

    @cached_property
    def label(self) -> ReleaseLabel:
        """Its identifier and date."""
        return self.tables.label

    def check(self, question: Question) -> None:
        """Refuse a question that names what the release lacks.

        Raises:
            NotFoundError: no such trait or trait parent; no such reference population.
        """
        self.tables.check(question)

    def trait_named(self, text: str) -> str | None:
        """The identifier of the trait that a text names: an identifier, an address of a term,
        a label, or a label with its identifier in brackets; None where none fits exactly.
        """
        return self.tables.trait_named(text)

    def ask(self, measure: str, question: Question, **options: Any) -> Answer:
        """Answer a question by the measure's name."""
        return measures.answer(
            self.tables, measure, self.tables.entities.settled(question), **options
        )

    def summary(self, **choices: Any) -> Answer:
        """The headline figures."""
        return self._asked("summary", choices)

    def amounts(self, **choices: Any) -> Answer:
        """How much is selected, in every unit at once."""
        return self._asked("amounts", choices)

    def composition(self, *, bands: bool = False, **choices: Any) -> Answer:
        """Shares by ancestry group; `bands` adds bootstrap intervals."""
        return self._asked("composition", choices, bands=bands)

    def trend(self, *, bands: bool = False, **choices: Any) -> Answer:
        """Shares by year of publication and group; `bands` adds bootstrap intervals."""
        return self._asked("trend", choices, bands=bands)

    def countries(self, **choices: Any) -> Answer:
        """Countries of recruitment, under one of three counting rules."""
        return self._asked("countries", choices)

    def traits(self, **choices: Any) -> Answer:
        """Shares by trait parent, or by trait within one parent."""
        return self._asked("traits", choices)

    def people(self, **choices: Any) -> Answer:
        """How many people: floor, estimates and ceiling."""
        return self._asked("people", choices)

    def concentration(self, *, top: int = 10, **choices: Any) -> Answer:
        """What share the largest publications, cohorts and countries hold."""
        return self._asked("concentration", choices, top=top)

    def gaps(
        self,
        *,
        group: str | None = None,
        state: str = "gaps",
        at_most: int = 2,
        at_least_studies: int = 5,
        order: str = "studies_of_trait",
        limit: int = 50,
        after: str | None = None,
        **choices: Any,
    ) -> Answer:
        """Subjects and groups that no discovery study names, or few; see `measures.gaps`."""
        return self._asked(
            "gaps",
            choices,
            group=group,
            state=state,
            at_most=at_most,
            at_least_studies=at_least_studies,
            order=order,
            limit=limit,
            after=after,
        )

    def compare(
        self, choices_a: Mapping[str, Any], choices_b: Mapping[str, Any], *, bands: bool = True
    ) -> Answer:
        """Two selections of this release side by side; see `queries.compare`.

            release.compare({"to_year": 2014}, {"from_year": 2015})

        Either may name its release too, as an address does; it must be this one.
        """
        asked = [
            self.tables.entities.settled(measures.question(**self._of_this(item)))
            for item in (choices_a, choices_b)
        ]
        return compare(self, *asked, bands=bands)

    def _of_this(self, choices: Mapping[str, Any]) -> dict[str, Any]:
        """The choices without the release, which must be this one."""
        rest = dict(choices)
        named = rest.pop("release", None)
        if named not in (None, self.label.id, self.label.date):
            raise UsageError(
                f"A selection of the release {named} cannot be compared with one of "
                f"{self.label.id}: the same study may be recorded differently in each.",
                remedy="Choose one release for both; `everygenome diff BEFORE AFTER` shows what "
                "changed between two releases.",
            )
        return rest

    def studies(
        self,
        *,
        group: str | None = None,
        with_others: bool = False,
        search: str | None = None,
        order: str = "newest",
        limit: int = 50,
        after: str | None = None,
        **choices: Any,
    ) -> Answer:
        """Every study selected, page by page."""
        return self._asked(
            "studies",
            choices,
            group=group,
            with_others=with_others,
            search=search,
            order=order,
            limit=limit,
            after=after,
        )

    def study(self, accession: str, **choices: Any) -> Answer:
        """All that the release holds of one study."""
        return self._asked("study", choices, accession=accession)

    def beneath(self, group: str, **choices: Any) -> Answer:
        """Categories, stated populations and countries beneath one group."""
        return self._asked("beneath", choices, group=group)

    def points(self, **choices: Any) -> Answer:
        """Every study and group as a point: day, participations, group."""
        return self._asked("points", choices)

    def points_binary(self, **choices: Any) -> bytes:
        """The points in few bytes; `queries.measures.point_bytes` says how they are laid out."""
        return measures.points_binary(self.tables, measures.question(**choices))

    def densities(self, *, period: str = "quarter", bins: int = 4, **choices: Any) -> Answer:
        """Studies by group, period of publication and size."""
        return self._asked("densities", choices, period=period, bins=bins)

    def portfolio(
        self,
        kind: str,
        *,
        name: str | None = None,
        group: str | None = None,
        min_publications: int = 20,
        order: str = "name",
        **choices: Any,
    ) -> Answer:
        """Every funder, cohort, journal, country or trait, each once; with `name`, that one."""
        return self._asked(
            "portfolio",
            choices,
            kind=kind,
            name=name,
            group=group,
            min_publications=min_publications,
            order=order,
        )

    def standardised(
        self,
        kind: str | None = None,
        *,
        name: str | None = None,
        min_publications: int = 20,
        inclusive: bool = False,
        bands: bool = True,
        **choices: Any,
    ) -> Answer:
        """Portfolios against the rest of the field, like for like."""
        return self._asked(
            "standardised",
            choices,
            kind=kind,
            name=name,
            min_publications=min_publications,
            inclusive=inclusive,
            bands=bands,
        )

    def peers(
        self,
        kind: str | None = None,
        *,
        name: str | None = None,
        bands: bool = True,
        **choices: Any,
    ) -> Answer:
        """One portfolio by year, beside the rest of the field in the same subjects."""
        return self._asked("peers", choices, kind=kind, name=name, bands=bands)

    def simulate(self, plan: Given, **choices: Any) -> Answer:
        """What a plan would change if it were done: in a portfolio, and in the field.

            release.simulate("group,participants\\nAfrican,2000", funder="wellcome-trust")

        The plan is the text of a table, or samples; see `queries.plans` and `queries.simulate`.
        """
        return simulate(self, plan, measures.question(**choices))

    def award(
        self,
        *,
        publications: Sequence[str] = (),
        studies: Sequence[str] = (),
        grants: Sequence[str] = (),
        plan: Given | None = None,
        min_publications: int = 20,
        **choices: Any,
    ) -> Award:
        """Who took part in the studies of an award, named by their numbers; see `queries.award`."""
        return award(
            self,
            measures.question(**choices),
            publications=publications,
            studies=studies,
            grants=grants,
            plan=plan,
            min_publications=min_publications,
        )

    def trait_search(self, text: str, *, limit: int = 20) -> Answer:
        """Traits by label, identifier or reported name, the best first."""
        return self._asked("trait_search", {}, text=text, limit=limit)

    def table(self, name: str) -> pa.Table:
        """A whole core table, as the release's file holds it."""
        return self.tables.whole(name)

    def _asked(self, measure: str, choices: dict[str, Any], **options: Any) -> Answer:
        return self.ask(measure, measures.question(**choices), **options)


def open_release(
    release: str | None = None,
    *,
    store: Path | str | None = None,
    budget_seconds: float | None = None,
    threads: int | None = None,
) -> Release:
    """Open a release.

    Args:
        release: its identifier or date; None takes the current one.
        store: the store's folder; None takes it from the settings.
        budget_seconds: how long one statement of a question may run, after which the
            question raises `TooLongError`; None bounds nothing.
        threads: how many threads of the engine answer one question; None takes one for each
            core.

    Raises:
        NotFoundError: there is no such release.
        StoreError: the store cannot be read.
    """
    opened = OpenRelease(_store(store).resolve(release), threads=threads)
    opened.budget_seconds = budget_seconds
    return Release(opened)


def list_releases(*, store: Path | str | None = None, damaged: bool = True) -> list[dict[str, Any]]:
    """All releases, oldest first, with what became of each file's rows.

    Args:
        store: the store's folder; None takes it from the settings.
        damaged: a release whose manifest cannot be read is an error; False leaves it out.

    Raises:
        StoreError: the store, or a release in it, cannot be read.
    """
    place = _store(store)
    current = place.current()
    manifests = place.manifests() if damaged else _readable(place)
    old = superseded(manifests)
    return [
        {
            "id": manifest.id,
            "date": str(manifest.date),
            "inferred": manifest.date_inferred,
            "current": manifest.id == current,
            "demonstration": manifest.demonstration,
            "missing": list(manifest.missing),
            "superseded": manifest.id in old,
            "grants": manifest.has_grants,
            "files": [
                {
                    "name": item.name,
                    "kind": item.kind,
                    "sha256": item.sha256,
                    "rows_in": item.rows_in,
                    "rows_core": item.rows_core,
                    "rows_quarantined": item.rows_quarantined,
                }
                for item in manifest.inputs
            ],
        }
        for manifest in manifests
    ]


def current_release(*, store: Path | str | None = None) -> str | None:
    """The identifier of the release that is to be shown, readable or not; None where none is."""
    return _store(store).current()


def _readable(place: Store) -> list[Manifest]:
    found = []
    for name in place.ids():
        try:
            found.append(read_manifest(place.releases_folder / name))
        except StoreError:
            continue
    return sorted(found, key=lambda manifest: (manifest.date, manifest.built_at))


def folder_of(release: str | None = None, *, store: Path | str | None = None) -> Path:
    """The folder of a release, which need not be open; see `open_release`."""
    return _store(store).resolve(release)


def all_folders(*, store: Path | str | None = None) -> list[Path]:
    """The folders of all releases, by name, also of those that cannot be read."""
    place = _store(store)
    return [place.releases_folder / name for name in place.ids()]


def label_of(manifest: Manifest) -> ReleaseLabel:
    """Which release a manifest is of."""
    return ReleaseLabel(
        manifest.id, str(manifest.date), manifest.demonstration, manifest.date_inferred
    )


def _store(store: Path | str | None) -> Store:
    if store is None:
        from everygenome.settings import settings

        store = settings().store
    return Store(Path(store))
