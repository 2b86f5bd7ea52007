"""The file of what stands apart, where a crash broke it: thrown away, because it can be made again.

No journal of it is on the disk: one would hold what is withdrawn once more. So a process that is
killed in the middle of a write can leave a file that does not hang together.
"""

from contextlib import suppress
from pathlib import Path

from django.db import DatabaseError, OperationalError, connections

from everygenome.web.collections.shelf import APART

_INDEX = "collections_fts"
_CHECK = "INSERT INTO collections_fts (collections_fts) VALUES ('integrity-check')"


def thrown_away() -> bool:
    """Throw the file away if it is broken; whether it was.

    Whoever called makes its tables again (`migrate`), and then what stood in it.
    """
    path = Path(connections[APART].settings_dict["NAME"])
    try:
        if not path.exists() or _is_whole():
            return False
    except OperationalError:
        # Another process is at work with it, or the disk cannot be read: it may be whole.
        return False
    except DatabaseError:
        pass
    finally:
        connections[APART].close()
    # What is left in it was read by everybody or withdrawn: it is written over.
    with suppress(OSError), path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
    path.unlink(missing_ok=True)
    return True


def _is_whole() -> bool:
    with connections[APART].cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        if cursor.fetchone() != ("ok",):
            return False
        if _INDEX in connections[APART].introspection.table_names(cursor):
            cursor.execute(_CHECK)
    return True
