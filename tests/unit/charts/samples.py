"""Small rows for every chart, as the queries give them."""

import itertools

from everygenome.charts.bars import concentration_chart, countries_chart
from everygenome.charts.comparison import comparison_chart
from everygenome.charts.composition import composition_chart
from everygenome.charts.heat import heat_chart
from everygenome.charts.history import history_chart
from everygenome.charts.map import map_chart
from everygenome.charts.people import people_chart
from everygenome.charts.ratio import ratio_chart
from everygenome.charts.studies import studies_chart
from everygenome.charts.trend import trend_chart

GROUPS = ("European", "African American or Afro-Caribbean", "Indigenous and Oceanian")
CLASSES = ("Multiple", "Not reported")
SHARES = {"European": 0.9, "African American or Afro-Caribbean": 0.07}


def composition_rows():
    return [
        {
            "group": group,
            "is_class": group in CLASSES,
            "share": None if group == "Not reported" else SHARES.get(group, 0.0),
            "share_min": None if group in CLASSES else SHARES.get(group, 0.0) * 0.9,
            "share_max": None if group in CLASSES else SHARES.get(group, 0.0) * 0.9 + 0.08,
            "rows": 0 if group == "Indigenous and Oceanian" else 4,
            "rows_with_others": 0 if group == "Indigenous and Oceanian" else 5,
        }
        for group in (*GROUPS, *CLASSES)
    ]


def ratio_rows():
    found = {
        "European": (7.4, 5.3, 8.8),
        "African American or Afro-Caribbean": (0.2, 0.1, 0.4),
        "Indigenous and Oceanian": (0.0, 0.0, 0.3),
    }
    return [
        row
        | {"reference_share": 0.1 if row["group"] in found else None}
        | dict(
            zip(
                ("ratio", "ratio_low", "ratio_high"),
                found.get(row["group"], (None, None, None)),
                strict=True,
            )
        )
        for row in composition_rows()
    ]


def trend_rows():
    rows = []
    for year in (2001, 2002, 2003, 2005, 2006):
        for row in composition_rows():
            share = row["share"]
            rows.append(
                row
                | {
                    "year": year,
                    "value": None if share is None else round(share * 1_000_000),
                    "share_low": None if share is None else share * 0.8,
                    "share_high": None if share is None else min(1.0, share * 1.1),
                }
            )
    return rows


def traits_rows():
    return [
        row | {"trait": trait, "value": None if row["share"] is None else row["share"] * 12_345}
        for trait in ("All traits", "Body measurement", "Lipid or lipoprotein measurement")
        for row in composition_rows()
    ]


def countries_rows():
    values = {"GBR": 75e6, "USA": 16e6, "KEN": 1200.0, "SGP": 50e3, "BES": 3.0, "XKX": 7.0}
    names = ("United Kingdom", "United States", "Kenya", "Singapore", "Bonaire", "Kosovo")
    total = sum(values.values())
    rows = [
        {
            "iso3": iso3,
            "name": name,
            "value": value,
            "share": value / total,
            "per_1000": value / 1e5,
        }
        for (iso3, value), name in zip(values.items(), names, strict=True)
    ]
    return [*rows, {"iso3": None, "name": "Not reported", "value": 9e6, "share": None}]


def people_rows():
    rows = [
        {
            "group": group,
            "floor": floor,
            "publication_estimate": floor * 20,
            "cohort_estimate": None,
            "ceiling": floor * 100,
        }
        for group, floor in (("Everyone", 2_083_151), ("European", 2_083_151), (GROUPS[1], 4_586))
    ]
    return [*rows, rows[0] | {"group": GROUPS[2], "floor": 0, "ceiling": 0}]


def concentration_rows():
    rows = []
    for kind, name in (("publication", "Kichaev G 2018, Am J Hum Genet"), ("country", "Kenya")):
        for rank, share in enumerate((0.3, 0.1, 0.02), start=1):
            rows.append(
                {
                    "kind": kind,
                    "rank": rank,
                    "id": f"{kind}{rank}",
                    "name": f"{name} {rank}",
                    "value": share * 1e6,
                    "share": share,
                    "cumulative_share": (0.3, 0.4, 0.42)[rank - 1],
                }
            )
    return rows


def studies_rows():
    rows = [
        {
            "group": group,
            "is_class": False,
            "period_start": f"{year}-01-01",
            "size_low": 10.0**power,
            "size_high": 10.0 ** (power + 1),
            "studies": year - 2000,
        }
        for group, year, power in itertools.product(GROUPS[:2], (2001, 2002, 2004), (2, 3, 5))
    ]
    return [*rows, rows[0] | {"group": GROUPS[2], "size_low": None, "studies": 0}]


def comparison_rows():
    return [
        {
            "group": row["group"],
            "share_a": row["share"],
            "share_b": None if row["share"] is None else row["share"] / 2,
            "difference": None if row["share"] is None else -row["share"] / 2,
            "difference_low": None if row["share"] is None else -row["share"] / 2 - 0.01,
            "difference_high": None if row["share"] is None else -row["share"] / 2 + 0.01,
        }
        for row in composition_rows()
    ]


def released_rows():
    return [
        {"release_date": day, "group": row["group"], "share": row["share"]}
        for day in ("2019-07-12", "2019-10-25", "2019-12-06")
        for row in composition_rows()
    ]


CHARTS = {
    "composition": (composition_chart, (composition_rows(),), {}),
    "trend": (trend_chart, (trend_rows(),), {}),
    "trend of counts": (trend_chart, (trend_rows(),), {"measure": "value"}),
    "ratio": (ratio_chart, (ratio_rows(),), {}),
    "heat": (heat_chart, (traits_rows(),), {}),
    "heat of counts": (heat_chart, (traits_rows(),), {"measure": "value"}),
    "map": (map_chart, (countries_rows(),), {"coverage": 0.34}),
    "map of counts": (map_chart, (countries_rows(),), {"measure": "value"}),
    "map by head": (map_chart, (countries_rows(),), {"measure": "per_1000"}),
    "countries": (countries_chart, (countries_rows(),), {"coverage": 0.34}),
    "concentration": (concentration_chart, (concentration_rows(),), {}),
    "people": (people_chart, (people_rows(),), {}),
    "studies": (studies_chart, (studies_rows(),), {}),
    "comparison": (comparison_chart, (comparison_rows(),), {}),
    "history": (history_chart, (released_rows(), trend_rows()), {}),
}
