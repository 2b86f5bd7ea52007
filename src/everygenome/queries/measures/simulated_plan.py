"""A plan that is understood: its groups are those of a scheme, its traits those of a release."""

import difflib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from everygenome.errors import InputError
from everygenome.queries.plan_cells import Planned
from everygenome.queries.question import MOST, Question
from everygenome.queries.tables import Tables
from everygenome.vocabulary.schemes import MULTIPLE_GROUP, Scheme
from everygenome.vocabulary.terms import Stage

_NEAR = 3


@dataclass(frozen=True, slots=True)
class Sample:
    """A planned sample.

    Attributes:
        study: names its study within the plan.
        group: a group of the scheme, or "Multiple".
        participations: 1 or more.
        traits: identifiers of the traits of its study.
        stage: discovery or replication.
    """

    study: str
    group: str
    participations: int
    traits: frozenset[str]
    stage: Stage


def understood(tables: Tables, question: Question, plan: Sequence[Planned]) -> list[Sample]:
    """The samples of a plan.

    Samples with one label are of one study, which has the traits of all of them: in the
    catalogue too, a trait belongs to a study and not to a sample.

    Raises:
        InputError: a group that the scheme lacks or a trait that the release lacks, with the
            place in the plan and the nearest names; or more than `MOST` traits.
    """
    traits: dict[str, set[str]] = {}
    read = []
    for number, sample in enumerate(plan):
        # A label cannot hold this sign, so a sample without one is a study of its own.
        study = sample.study if sample.study is not None else f"\x00{number}"
        named = {_trait(tables, text, sample.place) for text in sample.traits}
        traits.setdefault(study, set()).update(named)
        read.append((study, _group(question.grouping, sample), sample))
    every = set().union(*traits.values()) if traits else set()
    if len(every) > MOST:
        raise InputError(
            f"The plan names {len(every)} traits.", remedy=f"Name at most {MOST} in one plan."
        )
    return [
        Sample(study, group, sample.participants, frozenset(traits[study]), sample.stage)
        for study, group, sample in read
    ]


def sums(samples: Sequence[Sample]) -> Counter[str]:
    """Participations of each group.

    Example:
        >>> sample = Sample("a", "African", 20, frozenset(), Stage.DISCOVERY)
        >>> sums([sample, sample])["African"]
        40
    """
    found: Counter[str] = Counter()
    for sample in samples:
        found[sample.group] += sample.participations
    return found


def _group(scheme: Scheme, sample: Planned) -> str:
    known = {name.casefold(): name for name in (*scheme.groups, MULTIPLE_GROUP)}
    wanted = sample.group.casefold()
    if wanted in known:
        return known[wanted]
    labels = {label.casefold(): group for label, group in scheme.group_of.items()}
    what = f"{sample.place}, column group: the scheme {scheme.name} has no group {sample.group!r}."
    if wanted in labels:
        raise InputError(what, remedy=f"Under this scheme it counts as {labels[wanted]!r}.")
    near = difflib.get_close_matches(wanted, known, n=_NEAR, cutoff=0.5)
    told = f"Did you mean {' or '.join(repr(known[name]) for name in near)}? " if near else ""
    raise InputError(what, remedy=f"{told}It has {', '.join(known.values())}.")


def _trait(tables: Tables, text: str, place: str) -> str:
    found = tables.trait_named(text)
    if found is not None:
        return found
    labels = {label.casefold(): (label, name) for name, label in tables.traits.items() if label}
    near = difflib.get_close_matches(text.casefold(), labels, n=_NEAR, cutoff=0.6)
    named = " or ".join(f"{labels[name][0]} ({labels[name][1]})" for name in near)
    raise InputError(
        f"{place}, column trait: the release {tables.label.id} has no trait {text!r}.",
        remedy=f"Did you mean {named}?"
        if named
        else "Give its identifier, such as EFO_0000249, or leave it out: of a trait that no study "
        "in the release has, nothing is known before.",
    )
