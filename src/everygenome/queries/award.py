"""What a release says of the studies of an award, for a report at its end."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from everygenome.errors import UsageError
from everygenome.queries.answer import Answer, Note, ReleaseLabel
from everygenome.queries.measures.award_compared import LikeForLike, like_for_like
from everygenome.queries.measures.award_studies import Given, filters, look_up
from everygenome.queries.measures.compared_portfolios import MINIMUM
from everygenome.queries.measures.composition import composition
from everygenome.queries.measures.countries import countries
from everygenome.queries.measures.grant_coverage import grant_coverage, grant_notes
from everygenome.queries.measures.simulated_plan import Sample, sums, understood
from everygenome.queries.notes import note
from everygenome.queries.plans import Given as GivenPlan
from everygenome.queries.plans import plan_of
from everygenome.queries.question import Question
from everygenome.store.manifest import Manifest
from everygenome.vocabulary.terms import CountryRule, Denominator, Rule, Stage, Unit

if TYPE_CHECKING:
    from everygenome.queries.release import Release

STAGES = (Stage.DISCOVERY, Stage.REPLICATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """The studies of an award, as a release has them.

    Attributes:
        release: which release.
        manifest: the release's own record.
        question: how is counted, without stage.
        given: each number that was given, with what it leads to.
        studies: the accessions found, each once.
        publications: of those found `number`, `name` (first author, year, journal) and `studies`
            (of the award), by number.
        own: composition by stage; none where no study was found.
        field: the same of the whole field.
        compared: discovery, like for like.
        countries: of recruitment, both stages together; None where no study was found.
        planned: see `planned_and_achieved`; None without a plan.
        caveats: what to know.
    """

    release: ReleaseLabel
    manifest: Manifest
    question: Question
    given: tuple[Given, ...]
    studies: tuple[str, ...] = ()
    publications: tuple[dict[str, Any], ...] = ()
    own: dict[Stage, Answer] = dataclasses.field(default_factory=dict)
    field: dict[Stage, Answer] = dataclasses.field(default_factory=dict)
    compared: LikeForLike = dataclasses.field(default_factory=LikeForLike)
    countries: Answer | None = None
    planned: tuple[dict[str, Any], ...] | None = None
    caveats: tuple[Note, ...] = ()

    @property
    def not_found(self) -> tuple[Given, ...]:
        """The numbers that the release has no study of."""
        return tuple(one for one in self.given if not one.found)


def award(
    release: "Release",
    question: Question,
    *,
    publications: Sequence[str] = (),
    studies: Sequence[str] = (),
    grants: Sequence[str] = (),
    plan: GivenPlan | None = None,
    min_publications: int = MINIMUM,
) -> Award:
    """The studies that numbers of an award lead to: who took part, and beside what.

    Args:
        release: the release.
        question: scheme and denominator; the filters are those of the field that the award is
            compared with, and no study of the award is left out by them.
        publications: PubMed numbers.
        studies: accessions.
        grants: grant numbers; see `grant_numbers` for when two are the same.
        plan: what was planned, to be set beside it; see `simulate`.
        min_publications: with fewer, nothing is compared like for like.

    Raises:
        UsageError: no number was given, or a choice that the report does not have.
        InputError: the plan cannot be read.
        NotFoundError: a grant was given, and the release was made without grants.
    """
    _check(question, min_publications)
    tables = release.tables
    asked = question.but(denominator=question.denominator or Denominator.RECORDED)
    given = look_up(tables, publications=publications, studies=studies, grants=grants)
    samples = None if plan is None else understood(tables, asked, plan_of(plan))
    found = filters(given, tables)
    fields = {stage: composition(tables, asked.but(stage=stage)) for stage in STAGES}
    caveats = [note("award_by_numbers")]
    if grants:
        known = grant_coverage(tables, Question(stage=Stage.ALL))
        caveats += grant_notes(known)
    if samples is not None:
        caveats.append(note("planned_not_achieved"))
    if found is None:
        return Award(
            release=release.label,
            manifest=release.manifest,
            question=asked,
            given=given,
            field=fields,
            planned=None if samples is None else planned_and_achieved(samples, {}),
            caveats=tuple(caveats),
        )
    selected = asked.but(**found)
    own = {stage: composition(tables, selected.but(stage=stage)) for stage in STAGES}
    accessions = tuple(sorted({name for one in given for name in one.studies}))
    listed = _publications(release, accessions)
    compared = like_for_like(tables, selected.but(stage=Stage.DISCOVERY), minimum=min_publications)
    places = countries(
        tables,
        selected.but(stage=Stage.ALL, denominator=Denominator.ALL, country_rule=CountryRule.SINGLE),
    )
    said = [
        *(item for stage in STAGES if own[stage].coverage["rows"] for item in own[stage].caveats),
        *places.caveats,
        *compared.notes,
        *caveats,
    ]
    return Award(
        release=release.label,
        manifest=release.manifest,
        question=asked,
        given=given,
        studies=accessions,
        publications=tuple(listed),
        own=own,
        field=fields,
        compared=compared,
        countries=places,
        planned=None if samples is None else planned_and_achieved(samples, own),
        caveats=tuple({item.id: item for item in said}.values()),
    )


def planned_and_achieved(
    samples: Sequence[Sample], own: dict[Stage, Answer]
) -> tuple[dict[str, Any], ...]:
    """What was planned beside what is recorded, by stage and group.

    Returns:
        `stage`, `group`, `is_class`, `planned` and `achieved` (participations; achieved is missing
        where records name the group and state no number, or where no study was found),
        `planned_share` and `achieved_share` (0-1, of the plan of that stage and of what is
        recorded). Stages and groups in which nothing was planned or recorded have no row.
    """
    rows = []
    for stage in STAGES:
        wanted = sums([sample for sample in samples if sample.stage is stage])
        found = {row["group"]: row for row in own[stage].rows} if stage in own else {}
        total = wanted.total()
        for group in [*found, *(name for name in wanted if name not in found)]:
            row = found.get(group, {})
            if not wanted[group] and not row.get("rows"):
                continue
            rows.append(
                {
                    "stage": stage.value,
                    "group": group,
                    "is_class": bool(row.get("is_class")),
                    "planned": wanted[group],
                    "achieved": row.get("value"),
                    "planned_share": wanted[group] / total if total else None,
                    "achieved_share": row.get("share"),
                }
            )
    return tuple(rows)


def _check(question: Question, minimum: int) -> None:
    if question.unit is not Unit.PARTICIPATIONS or question.rule is Rule.MONITOR2020:
        raise UsageError(
            "An award is reported in participations, by our standard rule.",
            remedy="Leave unit and rule out.",
        )
    if question.filters() or question.reference is not None or question.stage is Stage.REPLICATION:
        raise UsageError(
            "An award is reported whole, both stages apart, beside the whole field.",
            remedy="Leave out filters, stage and reference population.",
        )
    if not 1 <= minimum <= 100_000:
        raise UsageError(
            f"A minimum of {minimum} publications cannot be used.",
            remedy="Use a number from 1 to 100000.",
        )


def _publications(release: "Release", accessions: Sequence[str]) -> list[dict[str, Any]]:
    names = dict(release.tables.publications.values())
    every = release.tables.accessions
    paper_of = dict(
        zip(every["study_accession"].to_pylist(), every["pubmed_id"].to_pylist(), strict=True)
    )
    listed: dict[str, list[str]] = {}
    for name in accessions:
        listed.setdefault(paper_of[name] or "", []).append(name)
    return [
        {
            "number": number,
            "name": names.get(number, "no PubMed number"),
            "studies": tuple(listed[number]),
        }
        for number in sorted(listed)
    ]
