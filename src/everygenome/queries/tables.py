"""What the measures need of an open release: selected rows, groups, and labels."""

import difflib
from collections.abc import Callable
from functools import cached_property
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from everygenome.errors import NotFoundError
from everygenome.measures.selection import Links, Selection, select
from everygenome.queries.answer import ReleaseLabel
from everygenome.queries.entities import Entities
from everygenome.queries.kept import Kept
from everygenome.queries.places import placed, without_values
from everygenome.queries.question import Question
from everygenome.store.manifest import Manifest
from everygenome.store.release import OpenRelease
from everygenome.vocabulary.countries import country
from everygenome.vocabulary.schemes import (
    CLASS_GROUPS,
    MULTIPLE_GROUP,
    UNREVIEWED_GROUP,
    Scheme,
    members,
)

_SEPARATOR = ";"
_NAMED = 5
_GROUPS_SCHEMA = pa.schema(
    [
        ("category_set", pa.string()),
        ("group", pa.string()),
        ("position", pa.int64()),
        ("is_class", pa.bool_()),
        ("in_recorded", pa.bool_()),
        ("standing", pa.string()),
        ("set_class", pa.string()),
    ]
)


class Tables:
    """An open release, with what its vocabulary makes of its cells."""

    def __init__(self, opened: OpenRelease) -> None:
        self.opened = opened
        self.kept = Kept()
        # A field in portions is tens of megabytes at today's size.
        self.large = Kept(newest=2)
        self._groups: dict[str, ir.Table] = {}
        self._selected: dict[Selection, ir.Table] = {}
        self.entities = Entities(self)
        self.manifest: Manifest = opened.manifest
        self.label = ReleaseLabel(
            opened.manifest.id,
            str(opened.manifest.date),
            opened.manifest.demonstration,
            opened.manifest.date_inferred,
        )

    def __getitem__(self, name: str) -> ir.Table:
        return self.opened.table(name)

    def whole(self, name: str) -> pa.Table:
        """A whole core table.

        Raises:
            NotFoundError: no such table.
        """
        if name not in self.manifest.tables:
            raise NotFoundError(
                f"A release has no table {name!r}.",
                remedy=f"It has {', '.join(self.manifest.tables)}.",
            )
        return pq.read_table(self.opened.file(name))

    def need(self, kind: str) -> None:
        """Refuse a measure whose file the release lacks.

        Raises:
            NotFoundError: the release was published without that file.
        """
        if kind in self.manifest.missing:
            raise NotFoundError(
                f"The release {self.label.id} was made without its {kind.replace('_', ' ')} file, "
                "so this cannot be said.",
                remedy="Choose another release with --release, or sync the whole set of files.",
            )

    @cached_property
    def _category_sets(self) -> list[str]:
        found = self.run(
            "category sets", lambda: self["ancestry"].select("category_set").distinct()
        )
        return sorted(found["category_set"].to_pylist())

    def groups(self, scheme: Scheme) -> ir.Table:
        """What each set of categories in the release counts for under a scheme."""
        if scheme.name in self._groups:
            return self._groups[scheme.name]
        position = {group: index for index, group in enumerate((*scheme.groups, *CLASS_GROUPS))}
        rows: list[dict[str, Any]] = []

        def row(group: str, **rest: Any) -> dict[str, Any]:
            return {
                "group": group,
                "position": position[group],
                "is_class": group in CLASS_GROUPS,
                "in_recorded": group not in CLASS_GROUPS or group == MULTIPLE_GROUP,
                **rest,
            }

        for text in self._category_sets:
            for member in members(scheme, frozenset(text.split(_SEPARATOR))):
                rows.append(
                    row(
                        member.group,
                        category_set=text,
                        standing=member.standing.value,
                        set_class=member.set_class.value,
                    )
                )
        seen = {item["group"] for item in rows}
        # Groups that no record names are shown too; "Unreviewed" only where there is some.
        rows += [row(group) for group in position if group not in seen | {UNREVIEWED_GROUP}]
        table = pa.Table.from_pylist(rows, _GROUPS_SCHEMA)
        self._groups[scheme.name] = self.opened.add(f"groups_{scheme.name}", table)
        return self._groups[scheme.name]

    def selected(self, question: Question, *, side: str = "") -> ir.Table:
        """The ancestry rows that a question is about.

        Values have places, so run it under a key that holds the question's selection.

        Args:
            question: the choices.
            side: "b" for the second of two selections in one expression.

        Raises:
            NotFoundError: no such trait or trait parent in the release.
        """
        self.need("ancestry")
        self.check(question)
        selection = self.placed(question, side=side)
        # Building an expression takes longer than running it, so it is kept.
        if selection not in self._selected:
            self._selected[selection] = select(self["ancestry"], selection, links=self.links)
        return self._selected[selection]

    def placed(self, question: Question, *, side: str = "") -> Selection:
        """The filters of a question with places for their values; see `queries.places`."""
        return placed(question.selection, side=side)

    @cached_property
    def links(self) -> Links:
        """What filters look things up in."""
        traits = self["trait_parent"]
        return Links(
            study_trait=self["study_trait"],
            study_parent=self.study_parent,
            traits=self.opened.keep("every_trait", lambda: traits.select("trait_id").distinct()),
            parents=self.opened.keep(
                "every_parent",
                lambda: (
                    traits.filter(traits.trait_parent.notnull()).select("trait_parent").distinct()
                ),
            ),
            country_sets=self.opened.keep(
                "country_sets",
                lambda: (
                    self["ancestry"]
                    .filter(lambda rows: rows.country_set.notnull())
                    .select("country_set")
                    .distinct()
                ),
            ),
            publication_funder=self["publication_funder"],
            publication_journal=self["publication_journal"],
            study_cohort=self["study_cohort"],
            publications=self["publications"],
            accessions=self._accessions,
        )

    @cached_property
    def _accessions(self) -> ir.Table:
        """Each study as questions call it, and as it is written: not held, for few ask for it."""
        ancestry, whole = self["ancestry"], self.opened.whole("ancestry")
        written = whole.select("ancestry_row", accession=whole.study_accession)
        held = ancestry.select("ancestry_row", "study_accession")
        return held.join(written, "ancestry_row").select("study_accession", "accession").distinct()

    @cached_property
    def accessions(self) -> pa.Table:
        """Every study with an ancestry row as it is written: `study_accession`, `pubmed_id`."""
        whole = self.opened.whole("ancestry")
        return self.run(
            "accessions", lambda: whole.select("study_accession", "pubmed_id").distinct()
        )

    @property
    def cohorts(self) -> ir.Table:
        """What studies say of cohorts: `study_accession`, `cohort`, `cohort_status`.

        Two spellings of one cohort are one; in releases of version 1 they are as stated.
        """
        stated = self["cohorts"]
        if "study_cohort" not in self.manifest.tables:
            return stated
        named = self["study_cohort"]
        rest = stated.filter(stated.cohort_status != "named")
        return named.select(
            "study_accession", cohort=named.cohort_id, cohort_status=ibis.literal("named")
        ).union(rest)

    @cached_property
    def study_parent(self) -> ir.Table:
        """Each study's trait parents, each once: `study_accession`, `trait_parent`."""

        def build() -> ir.Table:
            parents = self["trait_parent"]
            named = parents.filter(parents.trait_parent.notnull())
            pairs = self["study_trait"].join(named.select("trait_uri", "trait_parent"), "trait_uri")
            return pairs.select("study_accession", "trait_parent").distinct()

        return self.opened.keep("study_parent", build)

    @cached_property
    def field(self) -> dict[Any, tuple[int, int]]:
        """Every publication, whatever is selected, with its place in a fixed order and its year.

        A study without a PubMed number stands for a publication of its own; no year is 0.
        """
        ancestry = self["ancestry"]
        found = self.run(
            "field",
            lambda: (
                ancestry.group_by(cluster=ancestry.pubmed_id.fill_null(ancestry.study_accession))
                .agg(year=ancestry.publication_year.min())
                .order_by("cluster")
            ),
        )
        pairs = zip(found["cluster"].to_pylist(), found["year"].to_pylist(), strict=True)
        return {cluster: (place, year or 0) for place, (cluster, year) in enumerate(pairs)}

    @cached_property
    def publications(self) -> dict[Any, tuple[str, str]]:
        """PubMed number, and first author, year and journal, by the value of `pubmed_id`."""
        found = self.run("publication names", lambda: self["publications"]).to_pylist()
        return {
            row["pubmed_id"]: (
                row["pubmed_number"],
                f"{row['first_author']} {row['publication_year']}, {row['journal']}",
            )
            for row in found
        }

    def run(self, key: Any, build: Callable[[], ir.Table]) -> pa.Table:
        """Run an expression under a key that names it wholly.

        Raises:
            ValueError: the expression holds a selection that the key does not.
        """
        shape, values = without_values(key)
        return self.opened.run(key, build, shape=shape, values=values)

    @cached_property
    def parents(self) -> list[str]:
        """The names of the trait parents in the release."""
        parents = self["trait_parent"].trait_parent
        found = self.run("parents", lambda: parents.name("p").as_table().distinct())
        return sorted(name for name in found["p"].to_pylist() if name is not None)

    @cached_property
    def traits(self) -> dict[str, str | None]:
        """Identifier to label of every trait that a study of the release names."""
        table = self["trait_parent"].semi_join(self["study_trait"], "trait_uri")
        found = self.run("traits", lambda: table.select("trait_id", "trait_label").distinct())
        return dict(
            zip(found["trait_id"].to_pylist(), found["trait_label"].to_pylist(), strict=True)
        )

    def trait_named(self, text: str) -> str | None:
        """The identifier of the trait that a text names, or None."""
        wanted = text.strip().rsplit("/", 1)[-1]
        bracketed = wanted.removesuffix(")").rsplit("(", 1)[-1]
        for name in (wanted, bracketed):
            if name in self.traits:
                return name
        return self._trait_labels.get(text.strip().casefold())

    @cached_property
    def _trait_labels(self) -> dict[str, str]:
        return {label.casefold(): name for name, label in self.traits.items() if label}

    def names_of(self, *questions: Question) -> dict[str, str]:
        """What readers call the traits and countries that questions name."""
        names: dict[str, str] = {}
        for asked in questions:
            names |= self.entities.labels(asked)
            if asked.trait:
                labels = (self.traits.get(one) or one for one in asked.chosen("trait"))
                names[asked.trait] = " or ".join(labels)
            if asked.country:
                names[asked.country] = " or ".join(country(one).name for one in asked.countries)
        return {value: name for value, name in names.items() if name != value}

    def parents_of(self, trait: str) -> list[str]:
        """The parents of a trait, by its identifier."""
        return self._parents_of.get(trait, [])

    @cached_property
    def _parents_of(self) -> dict[str, list[str]]:
        table = self["trait_parent"]
        found = self.run(
            "parents of traits",
            lambda: (
                table.filter(table.trait_parent.notnull())
                .select("trait_id", "trait_parent")
                .distinct()
                .order_by("trait_id", "trait_parent")
            ),
        )
        parents: dict[str, list[str]] = {}
        for row in found.to_pylist():
            parents.setdefault(row["trait_id"], []).append(row["trait_parent"])
        return parents

    def check(self, question: Question) -> None:
        """Refuse a question that names a trait, parent or reference that there is not.

        Raises:
            NotFoundError: the message names those there are, or the nearest.
        """
        parents = [item for item in question.chosen("trait_parent") if item not in self.parents]
        if parents:
            raise NotFoundError(
                f"The release {self.label.id} has no trait parent "
                f"{' or '.join(map(repr, parents))}.",
                remedy=f"It has {', '.join(self.parents) or 'none: it lacks the trait mapping'}.",
            )
        for kind in ("funder", "cohort", "journal"):
            for name in question.chosen(kind):
                self.entities.named(kind, name)
        self._check_numbers(question)
        for trait in question.chosen("trait"):
            if trait in self.traits:
                continue
            labels = {str(label): name for name, label in self.traits.items()}
            near = difflib.get_close_matches(trait, [*self.traits, *labels], n=4)
            named = [
                f"{labels.get(item, item)} ({self.traits[labels.get(item, item)]})" for item in near
            ]
            raise NotFoundError(
                f"The release {self.label.id} has no trait {trait!r}.",
                remedy=f"Did you mean {' or '.join(named)}?"
                if named
                else "Give its ontology identifier, such as EFO_0000249.",
            )

    def _check_numbers(self, question: Question) -> None:
        """Refuse publications and studies that the release has no ancestry row of."""
        for kind, column, what in (
            ("publication", "pubmed_id", "publication with the PubMed number"),
            ("study", "study_accession", "study"),
        ):
            said = question.chosen(kind)
            if not said:
                continue
            known = pc.is_in(pa.array(said), value_set=self.accessions[column].combine_chunks())
            told = zip(said, known.to_pylist(), strict=True)
            lacking = [name for name, found in told if not found]
            if lacking:
                raise NotFoundError(
                    f"The release {self.label.id} has no {what} "
                    f"{' or '.join(map(repr, lacking[:_NAMED]))}"
                    + (f" or {len(lacking) - _NAMED} more." if len(lacking) > _NAMED else "."),
                    remedy="Look for it with `everygenome show studies --search`; it may also be "
                    "in a newer release only.",
                )
