"""The first page: the answer in plain words, then the figures behind it."""

import json
from typing import Any

from everygenome.charts import figures, findings
from everygenome.queries.answer import Answer
from everygenome.vocabulary import meanings
from everygenome.vocabulary.schemes import MULTIPLE_GROUP
from everygenome.vocabulary.terms import Unit
from everygenome.web.dashboard.figures.composition import COMPOSITION
from everygenome.web.dashboard.figures.figure import choices
from everygenome.web.dashboard.figures.trend import TREND
from everygenome.web.dashboard.pages.page import Asked, Page, unless_refused
from everygenome.web.dashboard.pages.release import release_context
from everygenome.web.dashboard.shown import notes

TOP = 10
# From this share on, records of several groups at once are told beside the headline.
_MANY = 0.05
_THINGS = {
    "participations": "times a person’s data were counted in a published genetic study",
    "studies": "published genetic studies",
    "publications": "scientific papers with a genetic study",
    "associations": "reported links between a place in the genome and a trait",
}


def _more(asked: Asked) -> dict[str, Any]:
    release = asked.release
    chosen = choices(asked.view) | {"reference": None}
    composition = release.composition(**chosen)
    alone = {name: value for name, value in chosen.items() if name not in ("unit", "denominator")}
    people = unless_refused(release.people, alone)
    top = release.concentration(top=TOP, **alone)
    places = unless_refused(release.countries, chosen | {"denominator": None})
    answers = [item for item in (composition, people, top, places) if item is not None]
    return {
        "things": _THINGS[composition.unit],
        "additive": Unit(composition.unit).additive,
        "headline": _headline(composition),
        "excluded_share": composition.coverage.get("excluded_share"),
        "largest_publications": _largest_publications(top),
        "amounts": _amounts(release.amounts(**chosen)),
        "people": people.rows[0] if people and people.rows else None,
        "countries": [row for row in places.rows if row["iso3"]][:3] if places else [],
        "country_rule": meanings.COUNTRY_RULES[asked.view.question.country_rule],
        "said": {note.id: note.text for answer in answers for note in answer.caveats},
        "page_notes": notes(*answers),
        "dataset": _dataset(asked),
    } | release_context(release)


def _dataset(asked: Asked) -> str:
    """What search engines read (schema.org), as JSON that cannot end its element."""
    manifest = asked.release.manifest
    told = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": "Who takes part in published genetic studies",
        "description": "Shares and counts of ancestry groups, countries and subjects in "
        "genome-wide association studies, from the GWAS Catalog, release by release.",
        "url": f"{asked.origin}/",
        "version": manifest.id,
        "dateModified": str(manifest.date),
        "isAccessibleForFree": True,
        "license": sorted({item.licence for item in manifest.inputs}),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": kind,
                "contentUrl": f"{asked.origin}/data/composition.{ending}?release={manifest.id}",
            }
            for kind, ending in (("text/csv", "csv"), ("application/json", "json"))
        ],
    }
    return json.dumps(told, ensure_ascii=True).replace("<", "\\u003c")


def _amounts(amounts: Answer) -> list[tuple[str, float | None]]:
    """How much is counted, in each unit."""
    return [
        (
            "Associations found" if row["unit"] == "associations" else row["unit"].capitalize(),
            row["value"],
        )
        for row in amounts.rows
    ]


def _headline(composition: Answer) -> dict[str, Any] | None:
    """The largest named group, or None where no record names one."""
    named = [row for row in composition.rows if row["share"] and not row["is_class"]]
    if not named:
        return None
    row = max(named, key=lambda item: item["share"])
    return {
        "group": row["group"],
        "described": findings.described(row["group"]),
        "of_hundred": figures.of_hundred(row["share"]),
        "share_min": row["share_min"],
        "share_max": row["share_max"],
        "several": _several(composition),
    }


def _several(composition: Answer) -> str | None:
    """How many of 100 stand in records of several groups at once, where that is many."""
    share = next((r["share"] for r in composition.rows if r["group"] == MULTIPLE_GROUP), None)
    return figures.of_hundred(share) if share and share >= _MANY else None


def _largest_publications(concentration: Answer) -> dict[str, str] | None:
    rows = [row for row in concentration.rows if row["kind"] == "publication"]
    if not rows or rows[-1]["cumulative_share"] is None:
        return None
    one = len(rows) == 1
    return {
        "count": f"{figures.counting_word(len(rows))} publication{'' if one else 's'} alone "
        f"{'makes' if one else 'make'}",
        "of_hundred": figures.of_hundred(rows[-1]["cumulative_share"]),
    }


OVERVIEW = Page(
    name="first",
    path="/",
    link="Overview",
    title="Who takes part in genetic studies?",
    figures=(TREND, COMPOSITION),
    more=_more,
    template="dashboard/first",
)
