"""How large and how long a file of a story may be, and what cleaning one may cost."""

from dataclasses import dataclass

PICTURE_BYTES = 15_000_000
PICTURE_PIXELS = 60_000_000
RECORDING_BYTES = 60_000_000
RECORDING_SECONDS = 2 * 3600

# The longer side of the two pictures that are made of each, in pixels.
WHOLE, SMALL = 2000, 480


@dataclass(frozen=True, slots=True)
class Cost:
    """What the process that cleans one file may use before it is ended.

    Args:
        memory: bytes of address space. A picture of 60 megapixels needs a few copies of 240 MB.
        cpu: seconds of computing.
        written: bytes of the largest file that it may write.
        wall: seconds on the clock, however busy the machine is.
    """

    memory: int = 2 * 1024**3
    cpu: int = 120
    written: int = 100_000_000
    wall: float = 180
