"""Crosswalks: explicit weights, checked, with bounds that are true."""

from importlib import resources
from pathlib import Path

import pytest

from everygenome.errors import InputError, NotFoundError, UsageError
from everygenome.vocabulary.references import (
    Crosswalk,
    CrosswalkRow,
    Descriptor,
    ExpectedShare,
    Reference,
    crosswalk,
    crosswalks,
    expected_shares,
    read_crosswalk,
    reference,
)
from everygenome.vocabulary.schemes import BROAD, CLASS_GROUPS, MONITOR, SCHEMES, Scheme

HEAD = "# descriptor: world region\nfrom_group,to_group,weight_low,weight,weight_high,why\n"
REFERENCES = {
    "un_subregions_to_broad": ["un_wpp2024_subregions"],
    "un_subregions_to_monitor": ["un_wpp2024_subregions"],
    "census_england_wales_5_to_broad": [
        f"census_{area}_2021_5" for area in ("england_wales", "england", "wales")
    ],
    "census_england_wales_19_to_broad": [
        f"census_{area}_2021_19" for area in ("england_wales", "england", "wales")
    ],
}


def people(**groups: float) -> Reference:
    return Reference(
        name="example",
        title="Example",
        descriptor=Descriptor.WORLD_REGION,
        citation="Example",
        date="2021",
        licence="CC0",
        source_url="",
        groups=groups,
    )


def walk(*rows: tuple[str, str, float, float, float]) -> Crosswalk:
    return Crosswalk(
        name="example",
        title="Example",
        descriptor=Descriptor.WORLD_REGION,
        scheme="broad",
        rows=tuple(CrosswalkRow(*row, "Because.") for row in rows),
    )


def rounded(share: ExpectedShare) -> tuple[float, float, float]:
    return round(share.low, 9), round(share.central, 9), round(share.high, 9)


def test_bounds_are_the_least_and_most_that_can_be_reached() -> None:
    # North is 75% of people. European may be 0.2-0.9, but the others hold at most 0.5,
    # so at least 0.5 must be European; they hold at least 0.2, so at most 0.8 may be.
    shares = expected_shares(
        people(North=75, South=25),
        walk(
            ("North", "European", 0.2, 0.6, 0.9),
            ("North", "African", 0.1, 0.2, 0.2),
            ("North", "Other", 0.1, 0.2, 0.3),
            ("South", "African", 0.4, 1.0, 1.0),
            ("South", "European", 0.0, 0.0, 0.6),
        ),
        BROAD,
    )
    assert rounded(shares["European"]) == (0.375, 0.45, 0.75)
    assert rounded(shares["African"]) == (0.175, 0.4, 0.4)
    assert rounded(shares["Other"]) == (0.075, 0.15, 0.225)
    assert rounded(shares["South Asian"]) == (0, 0, 0)
    assert tuple(shares) == BROAD.groups


@pytest.mark.parametrize(
    ("name", "source"), [(name, source) for name, all_ in REFERENCES.items() for source in all_]
)
def test_built_in_central_shares_sum_to_one_within_their_bounds(name: str, source: str) -> None:
    built_in = crosswalk(name)
    shares = expected_shares(reference(source), built_in, SCHEMES[built_in.scheme])
    assert sum(share.central for share in shares.values()) == pytest.approx(1, abs=1e-9)
    assert sum(share.low for share in shares.values()) < 1
    assert sum(share.high for share in shares.values()) > 1
    assert all(0 <= share.low <= share.central <= share.high <= 1 for share in shares.values())


def test_all_built_in_crosswalks_are_covered_by_these_tests() -> None:
    assert [one.name for one in crosswalks()] == list(REFERENCES)


def test_built_in_crosswalks_say_that_they_are_assumptions_and_give_reasons() -> None:
    for one in crosswalks():
        assert "assumption" in one.title
        assert "not a fact" in one.notes[0]
        assert all(row.why.endswith(".") for row in one.rows)
        assert not {row.to_group for row in one.rows} & set(CLASS_GROUPS)


def test_built_in_weights_can_all_be_reached() -> None:
    for one in crosswalks():
        for rows in one.by_from_group.values():
            for row in rows:
                others = [other for other in rows if other is not row]
                assert row.low >= 1 - sum(other.high for other in others) - 1e-9
                assert row.high <= 1 - sum(other.low for other in others) + 1e-9


def test_the_monitor_crosswalk_is_the_broad_one_added_up() -> None:
    merged: dict[tuple[str, str], float] = {}
    monitor_group = {BROAD.group_of[label]: MONITOR.group_of[label] for label in BROAD.group_of}
    for row in crosswalk("un_subregions_to_broad").rows:
        pair = (row.from_group, monitor_group[row.to_group])
        merged[pair] = merged.get(pair, 0) + row.weight
    assert merged == pytest.approx(
        {
            (row.from_group, row.to_group): row.weight
            for row in crosswalk("un_subregions_to_monitor").rows
        }
    )


def test_ranges_are_wide_where_labels_disagree() -> None:
    rows = {
        (row.from_group, row.to_group): row.high - row.low
        for row in crosswalk("un_subregions_to_broad").rows
    }
    assert rows["South America", "Hispanic or Latin American"] == pytest.approx(0.57)
    assert rows["Western Africa", "African"] == pytest.approx(0.04)


def test_people_of_mixed_heritage_may_go_to_other_with_wide_weights() -> None:
    rows = crosswalk("census_england_wales_5_to_broad").by_from_group
    (other,) = [r for r in rows["Mixed or Multiple ethnic groups"] if r.to_group == "Other"]
    assert (other.low, other.high) == (0.3, 1)


def test_a_built_in_file_can_be_copied_and_read_back(tmp_path: Path) -> None:
    data = resources.files("everygenome.vocabulary.references").joinpath("data")
    path = tmp_path / "mine.csv"
    path.write_bytes(data.joinpath("un_subregions_to_broad.csv").read_bytes())
    mine = read_crosswalk(path, BROAD, reference=reference("un_wpp2024_subregions"))
    assert mine.rows == crosswalk("un_subregions_to_broad").rows
    assert mine.name == "mine"


@pytest.mark.parametrize(
    ("text", "scheme", "message"),
    [
        (HEAD + "A,European,0,1.5,2,x\n", BROAD, "line 3: weight is '1.5'"),
        (HEAD + "A,European,-0.1,1,1,x\n", BROAD, "weight_low is '-0.1'"),
        (HEAD + "A,European,0,nan,1,x\n", BROAD, "weight is 'nan'"),
        (HEAD + "A,European,0,,1,x\n", BROAD, "weight is ''"),
        (HEAD + "A,European,0.9,0.5,1,x\n", BROAD, "weights 0.9, 0.5, 1 are not in order"),
        (HEAD + "A,European,0,1,0.9,x\n", BROAD, "weights 0, 1, 0.9 are not in order"),
        (HEAD + "A,European,0,0.9,1,x\n", BROAD, "the weights of 'A' sum to 0.9, not to 1"),
        (HEAD + "A,Multiple,1,1,1,x\n", BROAD, "'Multiple' is no group of the scheme 'broad'"),
        (HEAD + "A,Not reported,1,1,1,x\n", BROAD, "'Not reported' is no group"),
        (HEAD + "A,East Asian,1,1,1,x\n", MONITOR, "'East Asian' is no group of the scheme 'mon"),
        (HEAD + "A,European,1,1,1,\n", BROAD, "from_group or why is empty"),
        (HEAD + ",European,1,1,1,x\n", BROAD, "from_group or why is empty"),
        (HEAD + "A,Other,0,0.5,1,x\n" * 2, BROAD, "line 4: the pair 'A' to 'Other' is given twice"),
        (HEAD, BROAD, "holds no rows"),
        (HEAD.replace("world region", "place") + "A,Other,1,1,1,x\n", BROAD, "descriptor 'place'"),
        (HEAD.partition("\n")[2] + "A,Other,1,1,1,x\n", BROAD, "does not say its descriptor"),
        ("# scheme: monitor\n" + HEAD + "A,Other,1,1,1,x\n", BROAD, "leads to the scheme 'monit"),
    ],
    ids=lambda value: value[-30:] if isinstance(value, str) else value.name,
)
def test_a_crosswalk_that_cannot_be_used_is_refused(
    tmp_path: Path, text: str, scheme: Scheme, message: str
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=message) as caught:
        read_crosswalk(path, scheme)
    assert str(path) in caught.value.what
    assert caught.value.remedy


def test_a_crosswalk_must_fit_the_reference_and_the_scheme(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(HEAD + "North,European,1,1,1,x\nWest,European,1,1,1,x\n")
    with pytest.raises(UsageError, match=r"without a row: South; .* does not have: West"):
        read_crosswalk(path, BROAD, reference=people(North=1, South=1))
    world = crosswalk("un_subregions_to_broad")
    with pytest.raises(UsageError, match="leads to the scheme 'broad', not to 'monitor'"):
        expected_shares(reference("un_wpp2024_subregions"), world, MONITOR)
    with pytest.raises(UsageError, match="starts from world region"):
        expected_shares(reference("census_england_wales_2021_5"), world, BROAD)


def test_an_unknown_crosswalk_is_met_with_close_names() -> None:
    with pytest.raises(NotFoundError) as caught:
        crosswalk("un_subregion_broad")
    assert "un_subregions_to_broad" in caught.value.remedy
