"""A plan as it stands in an address: a table as text, and a few rows for who writes no tables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from everygenome.errors import UsageError
from everygenome.queries.measures.gap_matrix import gap_groups
from everygenome.queries.plan_cells import planned
from everygenome.queries.plans import Plan, read_table
from everygenome.queries.release import Release
from everygenome.vocabulary.governance import Extent, extent
from everygenome.vocabulary.schemes import MULTIPLE_GROUP, Scheme
from everygenome.web.dashboard.controls import Option
from everygenome.web.site.state import TEXT, View

# The server, and proxies before it, take addresses of 8,190 bytes; signs take three each.
MOST_LETTERS = 4_000
ROWS = 4
COLUMNS = ("group", "participants", "trait")
EXTRA: Mapping[str, tuple[str, ...]] = {
    "plan": TEXT,
    **{f"{column}_{number}": () for number in range(1, ROWS + 1) for column in COLUMNS},
}
_TABLE = "The table"
_PLACE = re.compile(r"Row (\d+), column (\w+)")
_WELL_KNOWN = ("asthma", "type II diabetes mellitus", "type 2 diabetes mellitus")
_THOUSANDS = re.compile("[0-9]{1,3}(?:[, \u00a0\u202f][0-9]{3})+")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the form.

    Attributes:
        number: from 1.
        group, participants, trait: as somebody wrote them.
        options: the groups that can be chosen.
        wrong: the column that cannot be used; empty where there is none.
    """

    number: int
    group: str
    participants: str
    trait: str
    options: tuple[Option, ...] = field(default=(), repr=False)
    wrong: str = ""

    @property
    def filled(self) -> bool:
        """Somebody wrote something."""
        return bool(self.group or self.participants or self.trait)


def rows_of(view: View, *, wrong: str = "") -> list[Row]:
    """The rows of the form, as the address holds them.

    Args:
        view: the state.
        wrong: the field that cannot be used, such as `participants_2`.
    """
    made = []
    for number in range(1, ROWS + 1):
        group, participants, trait = (seen(view.get(f"{name}_{number}")) for name in COLUMNS)
        bad = next((name for name in COLUMNS if wrong == f"{name}_{number}"), "")
        options = _groups(view.question.grouping, group)
        made.append(Row(number, group, participants, trait, options, bad))
    return made


def has_plan(view: View) -> bool:
    """Whether the address holds a plan, readable or not."""
    return bool(view.get("plan")) or any(row.filled for row in rows_of(view))


def plan_in(view: View) -> Plan:
    """The samples of the table, and after them those of the rows.

    Raises:
        InputError: something cannot be read; the message begins with its place.
        UsageError: there is no plan, or the table is too long for an address.
    """
    text = view.get("plan")
    if len(text) > MOST_LETTERS:
        raise UsageError(
            f"The table has {len(text):,} letters, and an address holds {MOST_LETTERS:,}.",
            remedy="Save it as plan.csv and use the command line: everygenome simulate plan.csv",
        )
    samples = list(read_table(text, source=_TABLE)) if text else []
    for row in rows_of(view):
        if row.filled:
            cells = {
                "group": row.group,
                "trait": row.trait,
                "participants": plain(row.participants),
            }
            samples.append(planned(cells, place=f"Row {row.number}"))
    if not samples:
        raise UsageError(
            "The plan has no sample." if text else "There is no plan yet.",
            remedy="Fill in a row, or write a table.",
        )
    return tuple(samples)


def place_of(message: str) -> str:
    """The field of the form that a message is about.

    Example:
        >>> place_of("Row 2, column participants: found 'x'."), place_of("The table is empty.")
        ('participants_2', 'plan')
    """
    found = _PLACE.match(message)
    return f"{found[2]}_{found[1]}" if found and found[2] in COLUMNS else "plan"


def plain(number: str) -> str:
    """A number without what parts its thousands, where nothing else can be meant.

    Example:
        >>> plain("12,000"), plain("1 200 000"), plain("12,00"), plain("12.000")
        ('12000', '1200000', '12,00', '12.000')
    """
    return re.sub(r"\D", "", number) if _THOUSANDS.fullmatch(number) else number


def seen(text: str) -> str:
    """Text as a field may hold it: letters that cannot be seen are marked."""
    return _UNSEEN.sub("�", text)


def example(release: Release, scheme: Scheme) -> str:
    """A table that works with the release: two studies, two groups and two traits."""
    free = [one for one in gap_groups(scheme) if extent(scheme, one) is Extent.NONE]
    liked = [one for one in ("African", "South Asian") if one in free]
    first, second = [*liked, *(one for one in free if one not in liked)][:2]
    known = [name for name in _WELL_KNOWN if release.tables.trait_named(name)]
    # A release that has none of them has others.
    known += [label for label in release.tables.traits.values() if label and "," not in label][:2]
    one, other = (known * 2)[:2] or ("", "")
    return (
        "study,group,participants,trait\n"
        f"Hospital study,{first},12000,{one}\n"
        f"Hospital study,{second},3000,{one}\n"
        f"Town study,{second},8000,{other}"
    )


def _groups(scheme: Scheme, chosen: str) -> tuple[Option, ...]:
    listed = [("", "choose"), *((name, name) for name in (*scheme.groups, MULTIPLE_GROUP))]
    if chosen not in dict(listed):
        listed.append((chosen, f"{chosen[:60]} (not a group here)"))
    return tuple(Option(value, label, value == chosen) for value, label in listed)
