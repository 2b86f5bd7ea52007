"""How to cite a figure: the data, the software, and the catalogue's own paper."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from everygenome.store.manifest import Manifest

CATALOGUE = "NHGRI-EBI GWAS Catalog"
CATALOGUE_ADDRESS = "https://www.ebi.ac.uk/gwas/"
NOT_REAL = "Demonstration data, not real"
_BIBTEX = {
    "\\": r"\textbackslash{}",
    # BibTeX counts escaped braces too: one without its other half would end the field.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_RIS_KINDS = {"article": "JOUR", "dataset": "DATA", "software": "COMP"}
_BIBTEX_KINDS = {"article": "article", "dataset": "misc", "software": "misc"}


@dataclass(frozen=True, slots=True)
class Work:
    """Something that can be cited.

    Attributes:
        key: its name in a bibliography.
        kind: article, dataset or software.
        title: its title.
        authors: "Family, Given" for a person; any other name is that of an organisation.
        year: of publication.
        more: further fields under their BibTeX names (journal, volume, number, pages, doi,
            url, urldate, version, note).
    """

    key: str
    kind: str
    title: str
    authors: tuple[str, ...]
    year: int
    more: dict[str, str] = field(default_factory=dict)


# The catalogue's own paper: Nucleic Acids Research 53(D1), 6 January 2025, D998-D1005.
_PAPER = Work(
    "cerezo2025",
    "article",
    "The NHGRI-EBI GWAS Catalog: standards for reusability, sustainability and diversity",
    (
        "Cerezo, M",
        "Sollis, E",
        "Ji, Y",
        "Lewis, E",
        "Abid, A",
        "Bircan, K O",
        "Hall, P",
        "Hayhurst, J",
        "John, S",
        "Mosaku, A",
        "Ramachandran, S",
        "Foreman, A",
        "Ibrahim, A",
        "McLaughlin, J",
        "Pendlington, Z",
        "Stefancsik, R",
        "Lambert, S A",
        "McMahon, A",
        "Morales, J",
        "Keane, T",
        "Inouye, M",
        "Parkinson, H",
        "Harris, L W",
    ),
    2025,
    {
        "journal": "Nucleic Acids Research",
        "volume": "53",
        "number": "D1",
        "pages": "D998--D1005",
        "doi": "10.1093/nar/gkae1070",
        "url": "https://doi.org/10.1093/nar/gkae1070",
    },
)


def works(manifest: Manifest, *, address: str) -> list[Work]:
    """What a figure from a release rests on.

    Args:
        manifest: the release's own record.
        address: of the view that is cited.

    Returns:
        The data, the software, and the catalogue's paper; a demonstration has no paper behind it.
    """
    made_up = manifest.demonstration
    fetched = [item.retrieved_at for item in manifest.inputs if item.retrieved_at]
    data = Work(
        f"gwascatalog{manifest.date:%Y%m%d}" if not made_up else "demonstration",
        "dataset",
        f"{NOT_REAL}: made up by everygenome"
        if made_up
        else f"{CATALOGUE}, release of {manifest.date}",
        ("everygenome",) if made_up else (CATALOGUE,),
        manifest.date.year,
        {
            **({} if made_up else {"url": CATALOGUE_ADDRESS}),
            **({"urldate": f"{max(fetched):%Y-%m-%d}"} if fetched else {}),
            "version": manifest.id,
        },
    )
    software = Work(
        "everygenome",
        "software",
        "everygenome: who takes part in genetic studies",
        ("everygenome contributors",),
        manifest.built_at.year,
        {"version": manifest.software, "url": address}
        | ({"note": f"{NOT_REAL}."} if made_up else {}),
    )
    return [data, software] if made_up else [data, software, _PAPER]


def bibtex(listed: Iterable[Work]) -> str:
    """Entries for BibTeX and BibLaTeX, as UTF-8 text.

    Example:
        >>> print(bibtex([Work("a", "dataset", "50% {of} A_B", ("Doe, J", "A & B"), 2020)]), end="")
        @misc{a,
          title = {{50\\% \\textbraceleft{}of\\textbraceright{} A\\_B}},
          author = {Doe, J and {A \\& B}},
          year = {2020},
        }
    """
    return "\n".join(_entry(work) for work in listed)


def ris(listed: Iterable[Work]) -> str:
    """Records for reference managers, as UTF-8 text with the line ends that RIS asks for.

    Example:
        >>> ris([Work("a", "dataset", "A\\nTY  - JOUR", ("Doe, J",), 2020)]).splitlines()[:2]
        ['TY  - DATA', 'TI  - A TY - JOUR']
    """
    return "".join(f"{tag}  - {text}\r\n" for work in listed for tag, text in _record(work))


def _entry(work: Work) -> str:
    lines = [
        # Two pairs of braces keep capitals as they are.
        f"  title = {{{{{_tex(work.title)}}}}},",
        f"  author = {{{' and '.join(_author(name) for name in work.authors)}}},",
        f"  year = {{{work.year}}},",
    ]
    for name, value in work.more.items():
        # An address and an identifier are copied letter by letter; only braces could break out.
        plain = name in ("url", "doi")
        lines.append(f"  {name} = {{{_address(value) if plain else _tex(value)}}},")
    key = re.sub(r"[^A-Za-z0-9]", "", work.key) or "work"
    return "\n".join([f"@{_BIBTEX_KINDS[work.kind]}{{{key},", *lines, "}", ""])


def _author(name: str) -> str:
    if "," not in name:
        return f"{{{_tex(name)}}}"
    # "and" between names is the separator; within one, braces keep it a name.
    return " ".join(f"{{{word}}}" if word == "and" else word for word in _tex(name).split(" "))


def _record(work: Work) -> Iterable[tuple[str, str]]:
    more = work.more
    yield "TY", _RIS_KINDS[work.kind]
    yield "TI", _line(work.title)
    for name in work.authors:
        yield "AU", _line(name)
    yield "PY", str(work.year)
    tags = {"journal": "JO", "volume": "VL", "number": "IS", "doi": "DO", "url": "UR"}
    for name, tag in tags.items():
        if name in more:
            yield tag, _line(more[name])
    if "pages" in more:
        first, _, last = more["pages"].partition("--")
        yield "SP", _line(first)
        yield "EP", _line(last or first)
    if "urldate" in more:
        yield "Y2", _line(more["urldate"]).replace("-", "/")
    if "version" in more:
        yield "ET", _line(more["version"])
    if "note" in more:
        yield "N1", _line(more["note"])
    yield "ER", ""


def _tex(text: str) -> str:
    return "".join(_BIBTEX.get(letter, letter) for letter in _line(text))


def _address(text: str) -> str:
    marks = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}
    return "".join(marks.get(letter, letter) for letter in _line(text))


def _line(text: str) -> str:
    """Text on one line, without control letters: nothing can begin a field of its own."""
    kept = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    return " ".join(kept.split())
