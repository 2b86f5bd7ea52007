"""A plan as if it were done: its samples are rows of the world, and everything is counted anew."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tests.factories.reference.groups import Figures, composition
from tests.factories.reference.others import select
from tests.factories.reference.world import GROUPS_OF, Seen, World
from tests.factories.release import Study


@dataclass(frozen=True)
class Sample:
    """A planned sample: a group of a scheme or "Multiple", and terms of its study."""

    study: str | None
    group: str
    people: int
    uris: tuple[str, ...]
    stage: str


def done(world: World, plan: Sequence[Sample], *, scheme: str) -> World:
    """The world in which a plan was done."""
    rows, studies = list(world.rows), list(world.studies)
    uris: dict[str, set[str]] = {}
    for number, sample in enumerate(plan):
        name = sample.study or f"alone {number}"
        uris.setdefault(name, set()).update(sample.uris)
        labels = GROUPS_OF[scheme].get(sample.group, ["European", "East Asian"])
        named = frozenset(labels if sample.group == "Multiple" else labels[:1])
        rows.append(
            Seen(
                1000 + number,
                f"PLAN {name}",
                "999",
                2030,
                sample.stage,
                sample.people,
                ", ".join(sorted(named)),
                named,
                (),
                False,
            )
        )
    for name, terms in uris.items():
        # Words that no mapping knows: the study's own terms count.
        studies.append(Study(f"PLAN {name}", "999", 2030, None, "planned", ", ".join(terms)))
    return replace(world, rows=tuple(rows), studies=tuple(studies))


def after(
    world: World, plan: Sequence[Sample], *, scheme: str, stage: str, denominator: str
) -> Figures:
    """Value and shares of the field with the plan."""
    chosen = select(done(world, plan, scheme=scheme), stage=stage)
    return composition(chosen, unit="participations", scheme=scheme, denominator=denominator)
