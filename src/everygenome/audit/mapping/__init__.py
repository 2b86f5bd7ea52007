"""The map of a cohort: what each column of its file means."""

from everygenome.audit.mapping.kinds import Kind
from everygenome.audit.mapping.model import GROUP, CohortMap, ColumnMap, FileMap
from everygenome.audit.mapping.reading import parse_map, read_map

__all__ = ["GROUP", "CohortMap", "ColumnMap", "FileMap", "Kind", "parse_map", "read_map"]
