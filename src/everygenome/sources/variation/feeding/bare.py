"""Counts that are named and have no value, for which bcftools would write 1."""

import re
from collections.abc import Collection

_EQUALS, _SEMICOLON, _TAB, _LINE = b"=;\t\n"


class Bare:
    """Finds counts that are named and have no value, as in `AC=;AN=5` and `AC;AN=5`.

    Args:
        names: of the fields that hold counts.

    Example:
        >>> Bare(["AC"]).marked(b"1\\t5\\t.\\tAC\\tA\\t.\\t.\\tAC;AN=5\\n")
        b'1\\t5\\t.\\tAC\\tA\\t.\\t.\\tAC=?;AN=5\\n'
    """

    def __init__(self, names: Collection[str]) -> None:
        self._names = frozenset(name.encode() for name in names)
        any_of = b"|".join(map(re.escape, sorted(self._names)))
        self._form = re.compile(rb"[;\t](?:" + any_of + rb")(?=[;\t\n]|\Z)")
        self._lengths = frozenset(map(len, self._names))

    def seen(self, text: bytes, *, many: bool) -> tuple[int, bool, bool]:
        """How often a line ends; whether there may be an `AC=`, and an `AC`, without a value."""
        if not many:
            equals = re.search(rb"=(?=[;\t\n]|\Z)", text) is not None
            named = bool(self._names) and self._form.search(text) is not None
            return text.count(b"\n"), equals, named
        import numpy as np

        letters = np.frombuffer(text, np.uint8)
        lines, between, signs = (letters == one for one in (_LINE, _SEMICOLON, _EQUALS))
        ends = lines | between | (letters == _TAB)
        equals = bool((signs[:-1] & ends[1:]).any()) or text.endswith(b"=")
        number = int(np.count_nonzero(lines))
        # A field more than there are between-signs in each line, and a sign in each: then none is
        # bare. (Or another value holds a sign, which is against the rules of a VCF.)
        if text.endswith(b"\n") and np.count_nonzero(signs) >= np.count_nonzero(between) + number:
            return number, equals, False
        # What stands between two ends and has no sign in it; of so many letters as a name.
        places = np.flatnonzero(ends | signs)
        sign = signs[places]
        bare = np.flatnonzero(~(sign[:-1] | sign[1:]))
        starts, stops = places[bare] + 1, places[bare + 1]
        fits = np.isin(stops - starts, list(self._lengths))
        found = zip(starts[fits].tolist(), stops[fits].tolist(), strict=True)
        named = any(text[start:stop] in self._names for start, stop in found)
        if not named and not text.endswith(b"\n"):
            named = bool(self._names) and self._form.search(text) is not None
        return number, equals, named

    def marked(self, text: bytes) -> bytes:
        """The text with a "=?" behind each; alleles can look like a name, and stay."""
        return b"".join(self._line(line) for line in text.splitlines(keepends=True))

    def _line(self, line: bytes) -> bytes:
        cells = line.split(b"\t", 8)
        if len(cells) < 8 or line.startswith(b"#") or not self._form.search(line):
            return line
        info = cells[7].rstrip(b"\n")
        fields = (one + b"=?" if one in self._names else one for one in info.split(b";"))
        cells[7] = b";".join(fields) + cells[7][len(info) :]
        return b"\t".join(cells)
