"""The operations as a django-ninja API: addresses, and the description of all of them."""

import inspect
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import NinjaAPI

from everygenome.web.api import collections, lists, measures
from everygenome.web.api.answers import Asked, respond
from everygenome.web.api.chosen import choose
from everygenome.web.api.formats import wanted
from everygenome.web.api.openapi import INFO, described, parameters_of
from everygenome.web.api.operation import Operation
from everygenome.web.api.parameters import read
from everygenome.web.api.problems import ProblemError, problem_of

OPERATIONS: tuple[Operation, ...] = (
    *lists.OPERATIONS,
    *measures.operations(),
    *collections.operations(),
)


class Api(NinjaAPI):
    """Django-ninja's API, with a description that says what it leaves out."""

    def get_openapi_schema(self, **choices: Any) -> Any:
        """The OpenAPI 3.1 description, with media types, problems and examples."""
        return described(super().get_openapi_schema(**choices), OPERATIONS)


api = Api(
    title=INFO["title"],
    version=INFO["version"],
    description=INFO["description"],
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
)


def _view(operation: Operation) -> Callable[..., HttpResponseBase]:
    def view(request: HttpRequest, **in_path: str) -> HttpResponseBase:
        values = read(request.GET, operation.query)
        for item in operation.in_path:
            values[item.name] = _of_path(item, in_path[item.name])
        form = wanted(request, values.get("format"), tables=operation.tables)
        chosen = choose(values["release"]) if operation.of_release else None
        work = operation.begin(chosen, values)
        asked = Asked(
            request,
            values,
            form,
            releases=(chosen.id,) if chosen else work.named,
            pinned=chosen.pinned if chosen else work.pinned,
            state=work.state,
            keeps_release=chosen is not None,
        )
        return respond(asked, work.make)

    # Ninja reads the parameters of a path from the signature.
    named = [
        inspect.Parameter(item.name, inspect.Parameter.KEYWORD_ONLY, annotation=str)
        for item in operation.in_path
    ]
    first = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    view.__signature__ = inspect.Signature([first, *named])  # type: ignore[attr-defined]
    view.__doc__ = operation.description
    return view


def _of_path(item: Any, text: str) -> Any:
    try:
        return item.read(text)
    except ProblemError as problem:
        # What is in the path is a thing, and there is none of that name.
        raise ProblemError(
            404, str(problem), parameter=problem.parameter, valid=problem.valid
        ) from problem


for _operation in OPERATIONS:
    api.api_operation(
        ["GET", "HEAD"],
        _operation.path,
        operation_id=_operation.name,
        summary=_operation.summary,
        description=_operation.description,
        tags=[_operation.tag],
        openapi_extra={"parameters": parameters_of(_operation)},
    )(_view(_operation))


@api.exception_handler(Exception)
def _problem(request: HttpRequest, error: Exception) -> HttpResponseBase:
    return problem_of(error).respond(request)
