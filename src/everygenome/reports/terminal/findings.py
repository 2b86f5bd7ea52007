"""Say in one plain sentence what an answer shows."""

from everygenome.charts.findings.portfolios import (
    directory_finding,
    like_for_like_finding,
    peers_finding,
)
from everygenome.queries.answer import Answer
from everygenome.reports.balanced import balanced

_ONE = {
    "participations": "times a person's data were counted in a published genetic study",
    "studies": "published genetic studies",
    "publications": "publications",
    "associations": "reported associations",
}


def finding(answer: Answer) -> str:
    """The sentence for an answer; a plain name where there is nothing to say."""
    say = {
        "composition": _composition,
        "countries": _countries,
        "people": _people,
        "concentration": _concentration,
        "portfolio": _portfolio,
        "standardised": _standardised,
        "peers": _peers,
        "gaps": _gaps,
    }.get(answer.measure)
    said = say(answer) if say else None
    return said or f"{answer.measure.capitalize()}, release {answer.release.date}"


def _composition(answer: Answer) -> str | None:
    groups = [row for row in answer.rows if not row.get("is_class") and row["share"]]
    if not groups:
        return "No record in this release fits these choices."
    top = max(groups, key=lambda row: row["share"])
    hundred = round(100 * top["share"])
    if answer.unit == "participations":
        opening = f"Of every 100 {_ONE[answer.unit]}"
    else:
        opening = f"Of every 100 {_ONE[answer.unit]} that say who took part"
        if answer.denominator == "all":
            opening = f"Of every 100 {_ONE[answer.unit]}"
    stage = "" if answer.stage == "all" else f" ({answer.stage})"
    verb = "were of" if answer.unit == "participations" else "had a sample of"
    name = top["group"]
    return f"{opening}{stage}, {hundred} {verb} {name} ancestry."


def _countries(answer: Answer) -> str | None:
    rows = [row for row in answer.rows if row["iso3"]]
    if len(rows) < 3:
        return None
    names = [row["name"] for row in rows[:3]]
    total = sum(row["share"] or 0 for row in rows[:3])
    if answer.filters.get("country_rule") == "any" or answer.unit != "participations":
        return f"Most often recruited in: {names[0]}, {names[1]} and {names[2]}."
    return (
        f"{names[0]}, {names[1]} and {names[2]} hold {100 * total:.0f} of every 100 "
        "participations whose country is counted here."
    )


def _people(answer: Answer) -> str | None:
    if not answer.rows:
        return None
    row = answer.rows[0]
    if row["floor"] is None:
        return None
    return (
        f"At least {row['floor']:,} people, and at most {row['ceiling']:,}; nobody knows the "
        "number between."
    )


def _concentration(answer: Answer) -> str | None:
    rows = [row for row in answer.rows if row["kind"] == "publication"]
    if not rows:
        return None
    return (
        f"{len(rows)} publications hold {100 * rows[-1]['cumulative_share']:.0f} of every 100 "
        "participations."
    )


def _portfolio(answer: Answer) -> str | None:
    kind, minimum = answer.filters["kind"], answer.filters["min_publications"]
    if "balanced_ratio" in answer.table.column_names:
        return _standardised(answer) if kind != "trait" else _composition(answer)
    group = answer.filters["group"]
    return f"{directory_finding(answer.rows, kind=kind, group=group, minimum=minimum)}."


def _standardised(answer: Answer) -> str | None:
    names = list(dict.fromkeys(row["name"] for row in answer.rows if row["name"]))
    if len(names) == 1:
        # Classes without a share of their own stand in the list, and are not compared.
        rows = balanced(row for row in answer.rows if row["publications"] is not None)
        minimum = answer.filters["min_publications"]
        return f"{like_for_like_finding(rows, name=names[0], minimum=minimum)}."
    if not names:
        return None
    return f"{len(names)} portfolios, each beside the rest of the field, in the order of names."


def _peers(answer: Answer) -> str:
    owners = [answer.filters.get(kind) for kind in ("funder", "cohort", "journal", "country")]
    ids = [str(owner) for owner in owners if owner]
    name = ", ".join(answer.names.get(one, one) for one in ids) or "this"
    return f"{peers_finding(answer.rows, name=name, denominator=answer.denominator)}."


def _gaps(answer: Answer) -> str:
    states, subjects = answer.coverage["states"], answer.coverage["traits"]
    if not subjects:
        return "No subject has enough discovery studies to look for gaps in."
    group = answer.filters.get("group")
    what = f"{group} with {subjects:,} subjects" if group else f"{subjects:,} subjects with groups"
    return (
        f"Of all pairs of {what}, {states['none']:,} have no discovery study that names the "
        f"group, and {states['few']:,} have few; {states['governed']:,} are no gap for others to "
        "fill."
    )
