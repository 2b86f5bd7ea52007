"""When two grant numbers are the same: a rule that is written down, and no search for parts.

Numbers are written in many ways: "R01 HL123456", "R01-HL-123456", "5R01HL123456-03". Two rules:

1. **Any number.** Two are the same if they have the same letters and digits in the same order;
   case, blanks and punctuation do not count. "MR/L01341X/1" is "mrl01341x1", and is not
   "MR/L01341X/2"; "090532" is not "090532/Z/09/Z".
2. **Numbers of the US National Institutes of Health**: an activity code (R01, U19, K99), two
   letters for the institute, and a serial number of four to six digits, to which leading zeros are
   added. What may stand before it, the type of application (one digit), and after a hyphen, the
   year of support and its amendments (-03, -01A1, -02S1), does not count.
   "5R01HL123456-03S1" is "R01 HL123456", and "R01MH44292" is "R01 MH044292". Another activity code
   is another grant, and a number without one ("HL123456") is the same as none with one: such
   numbers are named as near, for somebody to decide.

Source: NIH eRA, Understanding Grant Numbers,
https://era.nih.gov/erahelp/commons/Commons/understandGrantNums.htm
"""

import re
import unicodedata
from dataclasses import dataclass

_CORE = (
    r"(?P<institute>[A-Z]{2})[ -]*(?P<serial>[0-9]{4,6})"
    r"(?: *- *[0-9]{1,2} *(?:[A-Z][0-9]{1,2} *){0,2})?"
)
_NIH = re.compile(r"(?:[1-9][ -]*)?(?P<activity>[A-Z][A-Z0-9][0-9])[ -]*" + _CORE)
_NIH_BARE = re.compile(_CORE)


@dataclass(frozen=True, slots=True)
class GrantNumber:
    """A grant number, read.

    Attributes:
        same: equal for two numbers that are the same grant.
        family: institute and serial number, of one that may be the NIH's; equal for numbers that
            are near each other.
    """

    same: str
    family: str | None = None


def grant_number(text: str) -> GrantNumber | None:
    """Read a grant number; None where it has neither letters nor digits.

    Example:
        >>> grant_number("5R01HL123456-03") == grant_number("r01 hl123456")
        True
        >>> grant_number("R01MH44292").same, grant_number("MR/L01341X/1").same
        ('R01MH044292', 'MRL01341X1')
        >>> grant_number("HL123456").same == grant_number("R01HL123456").same
        False
        >>> grant_number("HL123456").family == grant_number("R01HL123456").family
        True
    """
    written = " ".join(unicodedata.normalize("NFKC", text).upper().split())
    written = "".join("-" if unicodedata.category(sign) == "Pd" else sign for sign in written)
    plain = "".join(sign for sign in written if sign.isalnum())
    if not plain:
        return None
    for form in (_NIH, _NIH_BARE):
        found = form.fullmatch(written)
        if found is not None:
            family = f"{found['institute']}{int(found['serial']):06d}"
            activity = found["activity"] if form is _NIH else ""
            return GrantNumber(f"{activity}{family}", family)
    return GrantNumber(plain)
