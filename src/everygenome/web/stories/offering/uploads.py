"""What is sent with a form is not taken in when it is too large: it is not even written down."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

# The largest file that is cleaned, and a little for the form around it.
LARGEST = 61_000_000


class Bounded(TemporaryFileUploadHandler):
    """A file on the disk, as long as it is not too large."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Count, and stop."""
        self.received += len(raw_data)
        if self.received > LARGEST:
            self.upload_interrupted()
            raise RequestDataTooBig(f"more than {LARGEST} bytes")
        super().receive_data_chunk(raw_data, start)
