"""A cohort file (one row per participant, or counts) as a table of text in the engine.

No text of a cell leaves this room in an error: where something is wrong, the line is named.
"""

from everygenome.sources.cohort.answers import answer, answers
from everygenome.sources.cohort.encodings import ENCODINGS
from everygenome.sources.cohort.loading import loaded, scanned
from everygenome.sources.cohort.opening import Cohort

__all__ = ["ENCODINGS", "Cohort", "answer", "answers", "loaded", "scanned"]
