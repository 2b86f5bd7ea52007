"""Reference populations, and crosswalks from their groups to ancestry groups."""

from everygenome.vocabulary.references.crosswalk_files import read_crosswalk
from everygenome.vocabulary.references.crosswalk_model import Crosswalk, CrosswalkRow
from everygenome.vocabulary.references.crosswalks import (
    ExpectedShare,
    crosswalk,
    crosswalks,
    expected_shares,
)
from everygenome.vocabulary.references.model import Descriptor, Reference, comparable
from everygenome.vocabulary.references.registry import (
    reference,
    reference_for_year,
    references,
)
from everygenome.vocabulary.references.user_files import read_reference

__all__ = [
    "Crosswalk",
    "CrosswalkRow",
    "Descriptor",
    "ExpectedShare",
    "Reference",
    "comparable",
    "crosswalk",
    "crosswalks",
    "expected_shares",
    "read_crosswalk",
    "read_reference",
    "reference",
    "reference_for_year",
    "references",
]
