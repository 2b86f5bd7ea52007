"""SHA-256 of files of any size."""

import hashlib
from pathlib import Path

from everygenome.errors import InputError


def sha256_file(path: Path) -> str:
    """SHA-256 of a file's bytes, as 64 lower-case hexadecimal digits, in constant memory.

    Raises:
        InputError: the file is not there or cannot be read.

    Source: FIPS 180-4.

    Example:
        >>> import tempfile
        >>> file = Path(tempfile.mkdtemp()) / "abc.txt"
        >>> _ = file.write_bytes(b"abc")
        >>> sha256_file(file)
        'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    """
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as fault:
        raise InputError(
            f"Cannot read {path}: {fault.strerror or fault}.",
            remedy="Check that the file is there and that you may read it.",
        ) from fault
