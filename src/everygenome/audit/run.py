"""Audit a dataset: from counts to everything that a report says."""

from collections.abc import Collection, Sequence

from everygenome.audit.capability import Assumed, capabilities, capability
from everygenome.audit.comparing import compare
from everygenome.audit.composition import composition, crossed
from everygenome.audit.counts import Class, Counts
from everygenome.audit.documentation import answered
from everygenome.audit.earlier import Earlier
from everygenome.audit.notes import notes
from everygenome.audit.publishing import Published, publish
from everygenome.audit.result import Audit
from everygenome.audit.standing import expect
from everygenome.errors import UsageError
from everygenome.vocabulary.governance import governing
from everygenome.vocabulary.references import Reference

_CLASSES = frozenset(one.value for one in Class)


def audit(
    counts: Counts,
    *,
    reference: Reference | None = None,
    crosswalk: str | None = None,
    suppress: int = 10,
    round_to: int = 1,
    crossed_wholly: bool | None = None,
    earlier: Sequence[Earlier] = (),
    assumed: Assumed | None = None,
    governed: Collection[str] = (),
    level: float = 0.95,
) -> Audit:
    """Audit a dataset.

    Args:
        counts: people by group, and by what else they are described; see `counted`.
        reference: the population to compare with; None compares with none.
        crosswalk: how its groups are taken to stand for those of the dataset.
        suppress: counts from 1 to one less than this are hidden.
        round_to: 1, or shown counts are rounded to multiples of this.
        crossed_wholly: with a table of all dimensions together; None: where it is short.
        earlier: what was published before of the same data.
        assumed: what power rests on.
        governed: groups of peoples who decide themselves about research; those that
            `vocabulary/governance` knows are among them anyway.
        level: of intervals.

    Raises:
        UsageError: choices that do not go together.
        NotFoundError: no such crosswalk.
        InputError: a crosswalk that cannot be used, or documentation that is not asked for.

    Example:
        >>> from everygenome.audit.counts import from_counts
        >>> from everygenome.audit.mapping.kinds import Kind
        >>> people = [("A", 600), ("B", 390), ("C", 60), ("D", 4)]
        >>> made = audit(from_counts(people, kind=Kind.OTHER))
        >>> [(row.values["group"], row.count) for row in made.groups.rows]
        [('A', 600), ('B', None), ('C', None), ('D', None)]
    """
    assumed = assumed or Assumed()
    group = counts.dimensions[0]
    expected = None if reference is None else expect(reference, group, through=crosswalk)
    if reference is None and crosswalk is not None:
        raise UsageError(
            "A crosswalk is given, but no reference.", remedy="Add --reference, or leave it out."
        )
    groups = tuple(dict.fromkeys((*group.groups, *(expected.shares if expected else ()))))
    if strange := sorted(set(governed) - set(groups)):
        raise UsageError(
            f"“{strange[0]}” is said to be governed by a people, but is no group of the map.",
            remedy=f"Use one of: {'; '.join(groups)}.",
        )
    left_alone = {*governed, *governing(groups)}
    published = publish(
        counts, suppress=suppress, round_to=round_to, crossed=crossed_wholly, earlier=earlier
    )
    by_group = composition(published, group.name, level=level)
    shown = {
        value: published.of((group.name, value))
        for value in published.values[group.name]
        if value not in _CLASSES
    }
    return Audit(
        source=counts.source,
        dimensions=counts.dimensions,
        sets=_named_sets(counts, published),
        composition=(
            by_group,
            *(composition(published, one.name, level=level) for one in counts.dimensions[1:]),
        ),
        crossings=tuple(
            crossed(published, view, level=level) for view in published.views if len(view) > 1
        ),
        expected=expected,
        comparison=None
        if expected is None
        else compare(
            by_group,
            expected,
            dimension=group,
            governed=left_alone,
        ),
        capabilities=capabilities(shown, assumed),
        everybody=capability("Everybody", published.total, assumed),
        assumed=assumed,
        repeated=counts.repeated,
        threshold=published.threshold,
        rounded_to=published.rounded_to,
        hidden=published.hidden,
        all_said=published.all_said,
        earlier=tuple(one.digest for one in earlier),
        governed=tuple(sorted(left_alone)),
        documentation=answered(counts.documentation),
        notes=notes(
            published,
            expected,
            group=group.name,
            repeated=counts.repeated,
            earlier=bool(earlier),
            r2_given=bool(assumed.imputation_r2),
        ),
        level=level,
    )


def _named_sets(counts: Counts, published: Published) -> tuple[str, ...]:
    """The sets of groups that can be named: each is of enough people, and so can the rest be."""
    several = published.of((counts.dimensions[0].name, Class.SEVERAL.value)).count or 0
    least = published.threshold
    # By name: in the order of their counts, one would be known to be the largest.
    enough = sorted(name for name, people in counts.sets.items() if people >= least)
    return tuple(enough) if several - least * len(enough) >= least - 1 else ()
