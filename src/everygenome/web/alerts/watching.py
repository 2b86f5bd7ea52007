"""Whether an alert has something to tell: two findings in, sentences out."""

from decimal import Decimal

from everygenome.web.alerts.models import Watch
from everygenome.web.site.findings import Finding, moved, moves, total_moved


def news(
    before: Finding, after: Finding, *, watch: str, group: str, threshold: Decimal, unit: str
) -> list[str]:
    """What is to be told; empty where what the alert waits for has not happened.

    Args:
        before: what the reader was told last.
        after: what the view shows now.
        watch: what the alert waits for.
        group: the group that it is about; none where any number counts.
        threshold: in percent, or percentage points.
        unit: what the view counts.
    """
    if watch == Watch.CHANGED:
        total = total_moved(unit, before.total, after.total)
        return [*([total] if total else []), *moves(before, after)]
    was, now = before.shares.get(group), after.shares.get(group)
    happened = {
        Watch.ABOVE: _above(now, threshold) and not _above(was, threshold),
        Watch.BELOW: _below(now, threshold) and not _below(was, threshold),
        Watch.MOVED: was is not None
        and now is not None
        and abs(_percent(now) - _percent(was)) > threshold,
    }[Watch(watch)]
    return [moved(group, was, now)] if happened else []


def keeps_step(watch: str) -> bool:
    """Whether an alert compares with the release before, told or not.

    Crossing a line is seen from one release to the next. Drift adds up from the release last
    told, so that many small steps are told as one.
    """
    return watch in (Watch.ABOVE, Watch.BELOW)


def wish(watch: str, group: str, threshold: Decimal) -> str:
    """What an alert waits for, as the end of a sentence.

    Example:
        >>> wish("above", "East Asian", Decimal("5.0"))
        'the share of East Asian rises above 5%'
    """
    number = f"{threshold.normalize():f}"
    return {
        Watch.CHANGED: "any number in this view changes",
        Watch.ABOVE: f"the share of {group} rises above {number}%",
        Watch.BELOW: f"the share of {group} falls below {number}%",
        Watch.MOVED: f"the share of {group} moves by more than {number} percentage points",
    }[Watch(watch)]


def _above(share: float | None, threshold: Decimal) -> bool:
    return share is not None and _percent(share) > threshold


def _below(share: float | None, threshold: Decimal) -> bool:
    return share is not None and _percent(share) < threshold


def _percent(share: float) -> Decimal:
    # Nine digits: beyond them a float holds noise, which must not carry a share over a line.
    return round(Decimal(share) * 100, 9)
