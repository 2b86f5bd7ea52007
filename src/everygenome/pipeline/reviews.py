"""Names that were reviewed here: a file in the store, beside those that come with the software."""

from pathlib import Path

from everygenome.store.folder import told
from everygenome.vocabulary.entities.model import Alias
from everygenome.vocabulary.entities.resolve import Names
from everygenome.vocabulary.entities.review import read_decisions


def review_file(store_root: Path, kind: str) -> Path:
    """Where the store keeps the decisions about the names of a kind."""
    return store_root / "reviews" / f"{kind}s.csv"


def reviewed(store_root: Path | None, kind: str) -> list[Alias]:
    """The decisions that were made in this store; none where there is no file.

    Raises:
        InputError: the file is not as a review writes it; it names the line.
        StoreError: it cannot be read.
    """
    if store_root is None:
        return []
    path = review_file(store_root, kind)
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise told(error, path) from error
    return read_decisions(text, file_name=str(path), names=Names(kind))
