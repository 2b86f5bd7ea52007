"""What every answer about variants says of itself."""

from typing import Final

SUPPORTS: Final = "This supports a decision and never makes one. It is not a medical device."
NO_IDENTITY: Final = (
    "Groups are genetic similarity to reference panels. They are no person's identity, and a "
    "patient may be like none of them."
)
NEVER_RARE: Final = '"Not evaluable" is never "rare": too few were sampled to tell.'
LIMITS: Final = (SUPPORTS, NO_IDENTITY, NEVER_RARE)
