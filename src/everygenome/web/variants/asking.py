"""The door to the engine: everything that this room asks of it, and what its errors mean here."""

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

from everygenome.errors import EverygenomeError, NotFoundError, StoreError, TooLongError
from everygenome.variants.bars import Bars
from everygenome.variants.groups import settings_for
from everygenome.variants.result import Evidence, FrequencySource

_LONGEST = 400


class MistakeError(Exception):
    """What was asked cannot be answered; the message is for whoever asked."""


class UnreadableError(Exception):
    """The frequencies cannot be read: nothing that a reader could mend."""


class SlowError(Exception):
    """It takes longer than a page may."""


class FaultError(Exception):
    """A fault of ours, told without the words of the first one, which could name a variant."""


def note(what: str, error: Exception) -> None:
    """Tell whoever runs the site that something cannot be read; readers are not told its place."""
    logging.getLogger("django").error("%s cannot be read: %s", what, error)


def source_of(frequencies: Path) -> FrequencySource:
    """What a folder of frequencies holds.

    Raises:
        EverygenomeError: it cannot be read, or is no such folder.
    """
    # Heavy, and needed only where somebody asks.
    from everygenome.variants.sources import source_of as of

    return of(frequencies)


def sampled_by(source: FrequencySource) -> Mapping[str, str]:
    """Whom a source samples under the code of each group, in a sentence, where it is known."""
    try:
        name, version, data = source.settings.rsplit(" ", 2)
        settings = settings_for(name, version, data)
    except (ValueError, NotFoundError):
        return {}
    return {code: group.sampled for code, group in settings.groups.items() if group.sampled}


def evidence(
    names: Sequence[str],
    *,
    frequencies: Path,
    groups: Sequence[str] = (),
    bars: Bars | None = None,
    gene: str = "",
) -> Evidence:
    """What the frequencies say of some variants.

    Raises:
        MistakeError: a name is none, or does not fit the frequencies.
        UnreadableError: the frequencies cannot be read.
        SlowError: it took too long.
        FaultError: a fault of ours.
    """
    from everygenome.variants.asking import ask

    try:
        return ask(names, frequencies=frequencies, groups=groups, bars=bars, gene=gene)
    except TooLongError:
        raise SlowError from None
    except EverygenomeError as error:
        if isinstance(error, StoreError) or _names(frequencies, error):
            note("Frequencies", error)
            raise UnreadableError from None
        raise MistakeError(_told(error)) from None
    except Exception as error:
        # Whatever reads the log may not read what was asked: the place is enough.
        raise FaultError(f"{type(error).__name__} at {_place(error)}") from None


def _names(frequencies: Path, error: EverygenomeError) -> bool:
    """Whether an error is about the folder itself, whose place is nobody's business."""
    return any(str(path) in str(error) for path in (frequencies, frequencies.resolve()))


def _told(error: EverygenomeError) -> str:
    """Its words; a remedy that names options is for the command line."""
    remedy = "" if "--" in error.remedy else error.remedy
    said = f"{error.what} {remedy}".strip()
    shown = "".join(letter if letter.isprintable() else "�" for letter in said[:_LONGEST])
    return shown + ("…" if len(said) > _LONGEST else "")


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "an unknown place"
    return f"{trace.tb_frame.f_globals.get('__name__')}, line {trace.tb_lineno}"
