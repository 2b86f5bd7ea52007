"""The frequencies that this site may ask: folders named in the settings, called by their names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django import conf
from django.utils.text import slugify

from everygenome.errors import EverygenomeError
from everygenome.variants.bars import Bars
from everygenome.variants.result import FrequencySource
from everygenome.web.variants import asking
from everygenome.web.variants.genes import gene_bars


@dataclass(frozen=True, slots=True)
class Store:
    """Frequencies that can be asked.

    Attributes:
        name: in addresses: the source's own, in small letters. The folder is told to nobody.
        folder: where they are.
        source: what they are of.
        sampled: whom it samples under the code of each group, in a sentence, where it is known.
    """

    name: str
    folder: Path
    source: FrequencySource
    sampled: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that is named in the settings.

    Attributes:
        stores: those that can be read, by name.
        closed: how many cannot.
        genes: bars of genes, by their symbol in capitals.
    """

    stores: Mapping[str, Store] = field(default_factory=dict)
    closed: int = 0
    genes: Mapping[str, Bars] = field(default_factory=dict)

    def chosen(self, name: str) -> Store:
        """The store of a name; the first where there is none of that name."""
        return self.stores.get(name) or next(iter(self.stores.values()))


def shelf() -> Shelf:
    """What can be asked now: a folder may be prepared anew while the site runs."""
    stores: dict[str, Store] = {}
    closed = 0
    for folder in conf.settings.FREQUENCIES:
        try:
            source = asking.source_of(folder)
        except EverygenomeError as error:
            asking.note("Frequencies", error)
            closed += 1
            continue
        name = _free(slugify(source.name) or "frequencies", stores)
        stores[name] = Store(name, folder, source, asking.sampled_by(source))
    return Shelf(stores, closed, gene_bars())


def _free(name: str, taken: Mapping[str, Store]) -> str:
    """A name that no other store has: the second of a name is called `NAME-2`."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
