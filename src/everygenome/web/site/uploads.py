"""Files that come with a form: of most forms small ones, kept in memory, and none on the disk.

A form that takes large files says so itself, and how large (`stories/offering`).
"""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler

LARGEST = 2_500_000  # bytes, of all files of a form together


class Small(MemoryFileUploadHandler):
    """A file in memory; whoever sends more is not listened to any longer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Count, and stop."""
        self.received += len(raw_data)
        if self.received > LARGEST:
            raise RequestDataTooBig(f"more than {LARGEST} bytes")
        super().receive_data_chunk(raw_data, start)
        # Nobody else wants it: what is too large for memory is not written to the disk instead.
        return None
