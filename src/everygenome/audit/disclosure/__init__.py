"""Disclosure control: which cells of a set of tables may be shown, so that no small one is told.

`protected` decides; `protecting` says how, and what is promised.
"""

from everygenome.audit.disclosure.protecting import Protected, parts_of, protected
from everygenome.audit.disclosure.searching import KnownTooWellError
from everygenome.audit.disclosure.tables import Cell, Tables, tabulated

__all__ = ["Cell", "KnownTooWellError", "Protected", "Tables", "parts_of", "protected", "tabulated"]
