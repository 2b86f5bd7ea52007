"""An operation of the API, described once: for routing, for reading, and for the reader."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from everygenome.web.api.answers import Told
from everygenome.web.api.chosen import RELEASE, Chosen
from everygenome.web.api.formats import FORMAT
from everygenome.web.api.parameters import Parameter


@dataclass(frozen=True, slots=True)
class Work:
    """A request that is understood; what remains is to reckon.

    Attributes:
        make: reckons the answer.
        state: what the answer depends on, beside the release and the parameters.
        named: the releases that it is about, where these are several.
        pinned: the address names everything that it depends on.
    """

    make: Callable[[], Told]
    state: Any = None
    named: tuple[str, ...] = ()
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation.

    Attributes:
        name: its identifier.
        path: its address below `/api/v1`, with path parameters in braces.
        summary: a few words.
        description: what it answers.
        begin: understands a request: the release (None where it is of none), and the values.
        own: parameters besides `release` and `format`.
        in_path: parameters in the path.
        tables: the answer is a table, which comes in every form.
        of_release: the answer is of one release, which `release=` chooses.
        example: values of an example request, for path and query.
        tag: the chapter that it is in.
        answer: the JSON Schema of an answer that is no table.
        defines: schemas that `answer` points to, by name.
        problems: what can go wrong here and not everywhere, by status.
    """

    name: str
    path: str
    summary: str
    description: str
    begin: Callable[[Chosen | None, Mapping[str, Any]], Work]
    own: tuple[Parameter, ...] = ()
    in_path: tuple[Parameter, ...] = ()
    tables: bool = True
    of_release: bool = True
    example: Mapping[str, Any] = field(default_factory=dict)
    tag: str = "Measures"
    answer: Mapping[str, Any] = field(default_factory=lambda: {"type": "object"})
    defines: Mapping[str, Any] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def query(self) -> tuple[Parameter, ...]:
        """All parameters of its query."""
        release = (RELEASE,) if self.of_release else ()
        return (*release, *self.own, *((FORMAT,) if self.tables else ()))
