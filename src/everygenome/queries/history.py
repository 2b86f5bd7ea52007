"""History as released: one question, asked of every release there is.

The catalogue back-fills and mends, so what a release showed on its day differs from what
today's release says of the same years. The measure `trend` reconstructs the years from one
release; this reads the releases themselves.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from everygenome.errors import EverygenomeError, NotFoundError, UsageError
from everygenome.queries.answer import Answer, Note
from everygenome.queries.kept import Kept
from everygenome.queries.notes import note
from everygenome.queries.question import Question
from everygenome.queries.release import (
    Release,
    all_folders,
    folder_of,
    open_release,
)
from everygenome.store.manifest import Manifest, read_manifest, superseded
from everygenome.vocabulary.caveats import CAVEATS
from everygenome.vocabulary.terms import Denominator, Rule

SCHEMA = pa.schema(
    [
        ("release", pa.string()),
        ("release_date", pa.date32()),
        ("date_inferred", pa.bool_()),
        ("group", pa.string()),
        ("is_class", pa.bool_()),
        ("value", pa.int64()),
        ("share", pa.float64()),
        ("share_with_others", pa.float64()),
        ("share_min", pa.float64()),
        ("share_max", pa.float64()),
        ("rows", pa.int64()),
        ("all_value", pa.int64()),
    ]
)
# A release never changes: its answer to a question is a few kilobytes, and good for ever.
_kept = Kept(newest=1024)


@dataclass(frozen=True, slots=True)
class _LeftOut:
    """A release that could not be used, and why."""

    release: str
    reason: str


def as_released(
    question: Question,
    *,
    releases: Sequence[str] | None = None,
    store: Path | str | None = None,
    opener: Callable[[str], Release] | None = None,
) -> Answer:
    """Ask a question of every release, oldest first.

    Args:
        question: the choices, as for `composition`.
        releases: identifiers or dates; None takes every release in the store.
        store: the store's folder; None takes it from the settings.
        opener: opens a release by its identifier, and keeps it open for others; without it
            one release at a time is opened here, and closed again. A release that has
            answered the question before is not opened.

    Returns:
        An answer of the measure `history`, whose head names the newest release used. Rows as
        in `SCHEMA`: the figures of `composition` with `release`, `release_date` and
        `date_inferred`, and `all_value` (of the unit). The coverage is that of the newest
        release, with `releases` (used, oldest first) and `left_out` (each with its reason).
        Releases of the demonstration are left out where there is a real one.

    Raises:
        UsageError: a choice that history does not have.
        NotFoundError: no such release, or none that can answer.
        StoreError: no release can be read.
    """
    if question.rule is Rule.MONITOR2020 or question.reference is not None:
        raise UsageError(
            "History as released is counted under the standard rule and without a reference "
            "population.",
            remedy="Leave rule and reference out.",
        )
    question = question.but(denominator=question.denominator or Denominator.RECORDED)
    usable, left_out = _usable(_folders(releases, store))
    answers: list[Answer] = []
    failed: EverygenomeError | None = None
    for folder, manifest in usable:
        try:
            answers.append(_answer(folder, manifest, question, opener))
        except UsageError:
            raise
        except EverygenomeError as error:
            failed = error
            left_out.append(_LeftOut(manifest.id, error.what))
    if not answers:
        raise failed or NotFoundError(
            f"None of {len(left_out)} releases can be used.",
            remedy="`everygenome releases` lists them; `everygenome sync` gets the newest one.",
        )
    return _put_together(question, answers, left_out)


def _folders(releases: Sequence[str] | None, store: Path | str | None) -> list[Path]:
    if releases is None:
        return all_folders(store=store)
    return list(dict.fromkeys(folder_of(name, store=store) for name in releases))


def _usable(folders: list[Path]) -> tuple[list[tuple[Path, Manifest]], list[_LeftOut]]:
    """The releases of one kind, oldest first, and what is left out before any is opened."""
    found: list[tuple[Path, Manifest]] = []
    left_out = []
    for folder in folders:
        try:
            found.append((folder, read_manifest(folder)))
        except EverygenomeError as error:
            left_out.append(_LeftOut(folder.name, error.what))
    old = superseded(manifest for _, manifest in found)
    found = [(folder, manifest) for folder, manifest in found if manifest.id not in old]
    real = [(folder, manifest) for folder, manifest in found if not manifest.demonstration]
    if real:
        left_out += [
            _LeftOut(manifest.id, "It is a demonstration, made by this software.")
            for _, manifest in found
            if manifest.demonstration
        ]
        found = real
    return sorted(found, key=lambda item: (item[1].date, item[1].built_at)), left_out


def _answer(
    folder: Path,
    manifest: Manifest,
    question: Question,
    opener: Callable[[str], Release] | None,
) -> Answer:
    def ask() -> Answer:
        if opener is not None:
            return opener(manifest.id).ask("composition", question)
        release = open_release(manifest.id, store=folder.parent.parent)
        try:
            return release.ask("composition", question)
        finally:
            release.tables.opened.close()

    return _kept.newest((str(folder), manifest.content_hash, question), ask)


def _put_together(question: Question, answers: list[Answer], left_out: list[_LeftOut]) -> Answer:
    newest = answers[-1]
    rows = [
        {
            **{name: row[name] for name in SCHEMA.names if name in row},
            "release": answer.release.id,
            "release_date": date.fromisoformat(answer.release.date),
            "date_inferred": answer.release.inferred,
            "all_value": answer.coverage["all_value"],
        }
        for answer in answers
        for row in answer.rows
    ]
    said = [_of_newest(item) for item in newest.caveats]
    said.append(note("history_as_released"))
    if any(answer.release.inferred for answer in answers):
        said.append(note("inferred_date"))
    if left_out:
        counts = {"left_out": len(left_out), "releases": len(left_out) + len(answers)}
        said.append(note("releases_left_out", **counts))
    used = [
        {"release": a.release.id, "date": a.release.date, "inferred": a.release.inferred}
        for a in answers
    ]
    return Answer(
        measure="history",
        release=newest.release,
        unit=question.unit.value,
        stage=question.stage.value,
        scheme=question.scheme,
        denominator=newest.denominator,
        rule=question.rule.value,
        filters=question.filters(),
        caveats=tuple({item.id: item for item in said}.values()),
        coverage={
            **newest.coverage,
            "releases": used,
            "left_out": [asdict(item) for item in left_out],
        },
        table=pa.Table.from_pylist(rows, SCHEMA),
    )


def _of_newest(item: Note) -> Note:
    """A caveat with figures speaks of the newest release alone, and says so."""
    if "{" not in CAVEATS[item.id].text or item.id == "shares_do_not_add_up":
        return item
    return Note(item.id, f"In the newest release: {item.text}")
