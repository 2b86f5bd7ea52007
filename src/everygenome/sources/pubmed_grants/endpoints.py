"""Where grant lists are asked for, how many at once, and how often: read from endpoints.toml."""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Self

EDIT_HINT = "sources/pubmed_grants/endpoints.toml"


@dataclass(frozen=True, kw_only=True)
class Endpoints:
    """The addresses of both sources and the limits that they ask for.

    Attributes:
        ncbi: address of EFetch.
        ncbi_batch: publications in one question.
        ncbi_per_second, ncbi_per_second_with_key: most questions in a second.
        europe_pmc: address of the search.
        europe_pmc_batch, europe_pmc_per_second: the same for Europe PMC.
        largest_answer_bytes: a longer answer is refused.
        licence: the terms under which the lists are published.
    """

    ncbi: str
    ncbi_batch: int
    ncbi_per_second: int
    ncbi_per_second_with_key: int
    europe_pmc: str
    europe_pmc_batch: int
    europe_pmc_per_second: int
    largest_answer_bytes: int
    licence: str

    @classmethod
    def live(cls) -> Self:
        """The real ones.

        Example:
            >>> Endpoints.live().ncbi_batch
            200
        """
        read = _read()
        ncbi, europe_pmc = read["ncbi"], read["europe_pmc"]
        return cls(
            ncbi=ncbi["address"],
            ncbi_batch=ncbi["batch"],
            ncbi_per_second=ncbi["per_second"],
            ncbi_per_second_with_key=ncbi["per_second_with_key"],
            europe_pmc=europe_pmc["address"],
            europe_pmc_batch=europe_pmc["batch"],
            europe_pmc_per_second=europe_pmc["per_second"],
            largest_answer_bytes=read["limits"]["largest_answer_bytes"],
            licence=read["licence"],
        )

    @classmethod
    def below(cls, base: str) -> Self:
        """Both sources under one address, as a mirror or a test serves them.

        Example:
            >>> Endpoints.below("http://127.0.0.1:8000/").ncbi
            'http://127.0.0.1:8000/efetch.fcgi'
        """
        root, names = base.rstrip("/"), _read()
        return replace(
            cls.live(),
            ncbi=f"{root}/{names['ncbi']['below']}",
            europe_pmc=f"{root}/{names['europe_pmc']['below']}",
        )


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("endpoints.toml").read_text("utf-8"))
