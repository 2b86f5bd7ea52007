"""What the seed files of all collections have in common, checked without our own vocabulary."""

import re
from importlib import resources

import yaml

DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-([0-2]\d|3[01]))?)?")
ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+")
WORD_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# The catalogue's categories, written out: a file must not follow a mistake in our own list.
GROUPS = [
    "European",
    "East Asian",
    "South Asian",
    "South East Asian",
    "Central Asian",
    "Asian unspecified",
    "Sub-Saharan African",
    "African unspecified",
    "African American or Afro-Caribbean",
    "Hispanic or Latin American",
    "Greater Middle Eastern (Middle Eastern, North African or Persian)",
    "Native American",
    "Oceanian",
    "Aboriginal Australian",
    "Other",
    "Other admixed ancestry",
]


def seeds_of(collection: str) -> tuple[str, dict]:
    """The text of a collection's seed file, and what it holds."""
    file = resources.files(f"everygenome.web.{collection}") / "seeds.yaml"
    text = file.read_text(encoding="utf-8")
    # Each worker reads the files while it collects tests: libyaml's way of doing so is ten times as
    # quick, and gives the same.
    return text, yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def texts_of(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts_of(one)]
    if isinstance(value, list):
        return [text for one in value for text in texts_of(one)]
    return [value] if isinstance(value, str) else []


def check_keys(entry: dict, *, required: set[str], optional: set[str] = frozenset()) -> None:
    assert required <= set(entry) <= required | optional


def check_texts(entry: dict, limits: dict[str, int]) -> None:
    for name, limit in limits.items():
        if name in entry:
            assert isinstance(entry[name], str), name
            assert 0 < len(entry[name]) <= limit, (name, len(entry[name]))
