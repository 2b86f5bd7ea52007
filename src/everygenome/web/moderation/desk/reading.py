"""All that a reviewer needs to judge a contribution, gathered for its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from everygenome.web.moderation.actions.reviewing import accepted_by, holds_over, reviewers_of
from everygenome.web.moderation.actions.step import subject_of
from everygenome.web.moderation.desk import doing, reporting, rows
from everygenome.web.moderation.desk.addresses import Link, links_in
from everygenome.web.moderation.desk.history import Moment, moments
from everygenome.web.moderation.fields import Change, Schema
from everygenome.web.moderation.kinds import Kind, kind_of
from everygenome.web.moderation.models import Contribution, Hold, Purpose, Report
from everygenome.web.moderation.states import State
from everygenome.web.people.models import Account


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field of the entry that changed since the contributor began; each as text."""

    label: str
    begun: str
    now: str
    proposed: str

    @property
    def is_left(self) -> bool:
        """The contributor left it as it was, so publishing leaves it as it is."""
        return self.proposed == self.begun


@dataclass(frozen=True)
class Reading:
    """A contribution as its reviewer sees it."""

    contribution: Contribution
    me: Account

    @cached_property
    def kind(self) -> Kind:
        """Its kind."""
        return kind_of(self.contribution.kind)

    @cached_property
    def schema(self) -> Schema:
        """The fields that a contributor can set: of all others nothing was said."""
        return Schema(self.kind.schema.offered)

    @cached_property
    def is_open_to_read(self) -> bool:
        """What a contributor took back is not for us to read, nor what is not yet sent again."""
        return self.contribution.state != State.WITHDRAWN and not rows.is_unsent(self.contribution)

    @cached_property
    def is_told(self) -> bool:
        """Whether what is told to reviewers alone is told to this one."""
        return self.is_open_to_read and self.me.may("review")

    @cached_property
    def note(self) -> str:
        """What the contributor wrote to the reviewers; of what is sealed they alone read it."""
        return self.contribution.note if self.is_told or not self.kind.sealed else ""

    @cached_property
    def is_new(self) -> bool:
        """There is no entry yet."""
        return self.contribution.purpose == Purpose.NEW

    @cached_property
    def fields(self) -> list[tuple[str, str]]:
        """What a new entry would hold: label and text."""
        words = self.schema.words(self.contribution.proposed)
        return [(self.schema[name].label, text) for name, text in words.items()]

    @cached_property
    def changes(self) -> list[Change]:
        """What a correction changes."""
        return self.schema.changes(self.contribution.before, self.contribution.proposed)

    @cached_property
    def amendments(self) -> list[Change]:
        """What a curator suggests instead."""
        if self.contribution.amended is None:
            return []
        return self.schema.changes(self.contribution.proposed, self.contribution.amended)

    @cached_property
    def current(self) -> Mapping[str, Any] | None:
        """What the entry holds now; None where it is not shown any more."""
        return {} if self.is_new else self.kind.current(self.contribution.subject)

    @cached_property
    def conflicts(self) -> list[Conflict]:
        """Where the entry changed since the contributor began, while it is not yet published."""
        now = self.current
        if self.is_new or now is None or self.contribution.state == State.PUBLISHED:
            return []
        proposed = self.schema.words(self.contribution.proposed)
        return [
            Conflict(change.label, change.before, change.after, proposed.get(change.name, ""))
            for change in self.schema.changes(self.contribution.before, now)
        ]

    @cached_property
    def links(self) -> list[Link]:
        """The addresses in it, in the order of the fields."""
        proposed = self.contribution.proposed
        ordered = {f.name: proposed[f.name] for f in self.schema if f.name in proposed}
        return links_in(ordered, self.note)

    @cached_property
    def same(self) -> list[tuple[str, str]]:
        """Entries that may be the same: address and title."""
        own = self.address
        return [one for one in self.kind.same(self.contribution.proposed) if one[0] != own]

    @cached_property
    def address(self) -> str:
        """Of the entry, if there is one."""
        subject = self.contribution.subject
        return self.kind.address(subject) if subject else ""

    @cached_property
    def subject(self) -> str:
        """How holds and reports name the entry."""
        return subject_of(self.contribution)

    @cached_property
    def history(self) -> list[Moment]:
        """What happened to it, from the beginning."""
        return moments(self.contribution.events.select_related("by").order_by("at", "pk"))

    @cached_property
    def reports(self) -> QuerySet[Report]:
        """What readers said of the same entry, as far as this reviewer may read it."""
        return reporting.visible_to(self.me).filter(subject=self.subject or "-")

    @cached_property
    def holds(self) -> list[Hold]:
        """What keeps it from being published, and holds on it that were lifted."""
        standing = holds_over([self.contribution])[self.contribution.pk]
        lifted = self.contribution.holds.exclude(lifted_at=None).order_by("placed_at", "pk")
        return [*standing, *lifted]

    @cached_property
    def row(self) -> rows.Row:
        """As it stands in the queue."""
        return rows.rows([self.contribution])[0]

    @cached_property
    def possible(self) -> list[doing.Doing]:
        """What this reviewer can do now."""
        return doing.possible(self.contribution, self.me) if self.is_open_to_read else []

    @cached_property
    def can_amend(self) -> bool:
        """Whether this reviewer can suggest other wording."""
        return not doing.refused(self.contribution, self.me, "amend")

    @cached_property
    def reviewers(self) -> int:
        """How many must accept it."""
        return reviewers_of(self.contribution)

    @cached_property
    def accepted_by(self) -> int:
        """How many accepted it in this round, and may still review."""
        return len(accepted_by(self.contribution))
