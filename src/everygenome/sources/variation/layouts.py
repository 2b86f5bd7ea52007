"""Which INFO fields of a sites file hold the counts of which group."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from everygenome.errors import InputError
from everygenome.sources.variation.header import Header

# Groups as gnomAD names them, in the order in which we show them, with versions that have them.
GNOMAD_GROUPS = ("afr", "ami", "amr", "asj", "eas", "fin", "mid", "nfe", "oth", "remaining", "sas")
SEXES = ("xx", "xy")
_SEX_NAMES = {"xx": ("XX", "female"), "xy": ("XY", "male")}
_ALL = "all"


@dataclass(frozen=True, slots=True)
class Counts:
    """INFO fields of one group, or of everybody; None: the file does not have it."""

    ac: str
    an: str
    nhomalt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where a sites file keeps its counts.

    Attributes:
        name: of the source, such as `gnomAD`; version: such as `4.0`; data: exomes, genomes,
            joint, or empty.
        groups: code of the group -> fields; `all` is everybody together.
        sexes: (code, `xx` or `xy`) -> fields; empty where the file does not divide.
        published: (code, 95 or 99) -> field with the file's own filtering frequency.
        labels, sampled, counting, continental: what a mapping file says of its groups.
        build: what a mapping file says; None otherwise.
        with_reference: fields whose first value is of the reference allele (Number=R).
    """

    name: str
    version: str
    data: str
    groups: Mapping[str, Counts]
    sexes: Mapping[tuple[str, str], Counts] = field(default_factory=dict)
    published: Mapping[tuple[str, int], str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    sampled: Mapping[str, str] = field(default_factory=dict)
    counting: tuple[str, ...] = ()
    continental: tuple[str, ...] = ()
    build: str | None = None
    with_reference: frozenset[str] = frozenset()

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the groups, without everybody."""
        return tuple(code for code in self.groups if code != _ALL)

    @property
    def title(self) -> str:
        """The source, as a reader names it."""
        version = f"v{self.version}" if self.name == "gnomAD" else self.version
        return " ".join(part for part in (self.name, version, self.data) if part)


def gnomad_layout(header: Header, *, joint: bool = False) -> Layout:
    """The layout of a gnomAD file, v2, v3 or v4, told by its fields and not by its name.

    Args:
        header: of the file.
        joint: take the counts of exomes and genomes together, which v4 files hold too.

    Raises:
        InputError: no gnomAD layout is seen, or the joint counts are not there.
    """
    info = header.info
    middle = "_joint" if joint else ""
    if joint and "AC_joint" not in info:
        raise InputError(
            f"{header.name} has no joint counts (INFO/AC_joint).",
            remedy="Leave out --joint, or give a v4 file, which holds them.",
        )
    if not joint and "AC_afr" not in info and "AC_joint_afr" in info:
        middle, joint = "_joint", True
    codes = [code for code in GNOMAD_GROUPS if f"AC{middle}_{code}" in info]
    if not codes or "AC" not in info or "AN" not in info:
        raise _unknown(header)
    groups = {
        _ALL: _counts(header, f"{middle}"),
        **{c: _counts(header, f"{middle}_{c}") for c in codes},
    }
    version = _version(header, codes)
    return Layout(
        name="gnomAD",
        version=version,
        data="joint" if joint else _data(version, codes),
        groups=groups,
        sexes=dict(_divided(header, middle, codes)),
        published={
            (code, level): name
            for code in (_ALL, *codes)
            for level in (95, 99)
            if (name := f"faf{level}{middle}{'' if code == _ALL else '_' + code}") in info
        },
        with_reference=with_reference(header),
    )


def with_reference(header: Header) -> frozenset[str]:
    """Fields that state a value for the reference allele before those of the others."""
    return frozenset(name for name, one in header.info.items() if one.number == "R")


def _counts(header: Header, ending: str) -> Counts:
    for field_name in (f"AC{ending}", f"AN{ending}"):
        if field_name not in header.info:
            raise InputError(
                f"{header.name}: its header declares no INFO/{field_name} beside others like it.",
                remedy="Name the fields in a mapping file: see `variants prepare --help`.",
            )
    nhomalt = f"nhomalt{ending}"
    return Counts(f"AC{ending}", f"AN{ending}", nhomalt if nhomalt in header.info else None)


def _divided(
    header: Header, middle: str, codes: list[str]
) -> Iterator[tuple[tuple[str, str], Counts]]:
    for code in (_ALL, *codes):
        for sex in SEXES:
            for name in _SEX_NAMES[sex]:
                ending = f"{middle}{'' if code == _ALL else '_' + code}_{name}"
                if f"AC{ending}" in header.info and f"AN{ending}" in header.info:
                    yield (code, sex), _counts(header, ending)
                    break


def _version(header: Header, codes: list[str]) -> str:
    if "remaining" in codes:
        # v4.1 counts "mid" in exomes and joint, so only its files have that field.
        return "4.1" if {"faf95_mid", "faf95_joint_mid"} & set(header.info) else "4.0"
    if "ami" in codes or "mid" in codes:
        return "3.1"
    return "2.1"


def _data(version: str, codes: list[str]) -> str:
    # Amish people were sampled for genomes only; South Asian ones of v2 for exomes only.
    if version == "2.1":
        return "exomes" if "sas" in codes else "genomes"
    return "genomes" if "ami" in codes else "exomes"


def _unknown(header: Header) -> InputError:
    if {"AC_hom", "AC_het"} <= set(header.info):
        raise InputError(
            f"{header.name} is of the mitochondrion: it counts people with all copies changed "
            "(AC_hom) and with some (AC_het), which are no chromosomes of a person.",
            remedy="Such counts cannot be held against a bar as others are: leave the file out.",
        )
    held = [name for name in header.info if name.startswith(("AC", "AN"))][:8]
    seen = (
        f"of INFO fields that begin with AC or AN it has: {', '.join(held)}"
        if held
        else ("it has no INFO fields that begin with AC or AN")
    )
    return InputError(
        f"{header.name} has no layout of gnomAD that we know; {seen}.",
        remedy="Say in a mapping file which fields hold the counts of which group: --map FILE; "
        "`everygenome variants prepare --template` prints one.",
    )
