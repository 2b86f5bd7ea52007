"""Which groups count in which version, and whom they sample."""

import pytest

from everygenome.errors import NotFoundError
from everygenome.variants.groups import plain_settings, settings_for

FIVE = ("afr", "amr", "eas", "nfe", "sas")


@pytest.mark.parametrize(
    ("version", "data", "groups", "counting"),
    [
        ("2.1.1", "exomes", 8, FIVE),
        ("2.1", "genomes", 7, ("afr", "amr", "eas", "nfe")),
        ("2.1", "joint", 8, FIVE),
        ("v3.1.2", "genomes", 10, FIVE),
        ("4.0", "exomes", 9, FIVE),
        ("4.0", "genomes", 10, FIVE),
        ("4.0", "joint", 10, FIVE),
        ("4.1", "exomes", 9, ("afr", "amr", "eas", "mid", "nfe", "sas")),
        ("4.1.1", "genomes", 10, FIVE),
        ("4.1", "joint", 10, ("afr", "amr", "eas", "mid", "nfe", "sas")),
    ],
)
def test_settings(version: str, data: str, groups: int, counting: tuple[str, ...]) -> None:
    found = settings_for("GnomAD", version, data)
    assert len(found.groups) == groups
    assert tuple(sorted(found.counting)) == counting
    continental = {code for code, one in found.groups.items() if one.continental}
    assert continental == set(FIVE) & set(found.groups)
    assert all(one.sampled and one.label for one in found.groups.values())
    assert found.version == 1


def test_a_version_has_its_people() -> None:
    joint = settings_for("gnomAD", "4.1", "joint")
    people = [one.people.all for one in joint.groups.values() if one.people]
    assert sum(people) == 807_162
    exomes, genomes = (settings_for("gnomAD", "4.0", data) for data in ("exomes", "genomes"))
    assert sum(one.people.all for one in exomes.groups.values() if one.people) == 730_947
    assert sum(one.people.all for one in genomes.groups.values() if one.people) == 76_215
    assert settings_for("gnomAD", "2.1", "exomes").groups["afr"].people is None
    assert "Of 556,006 people, 380,952 are from UK Biobank." in exomes.groups["nfe"].sampled
    assert "UK Biobank" not in genomes.groups["nfe"].sampled
    assert "It does not stand for Africa." in joint.groups["afr"].sampled


def test_what_is_not_known_says_what_is() -> None:
    with pytest.raises(NotFoundError) as stopped:
        settings_for("gnomAD", "4", "exomes")
    assert stopped.value.what == "Groups of 'gnomAD 4 exomes' are not known."
    assert "gnomAD 4.1 joint" in stopped.value.remedy


def test_groups_of_another_source_all_count() -> None:
    found = plain_settings(["GBR", "KEN"], {"KEN": "Kenya"})
    assert [one.label for one in found.groups.values()] == ["GBR", "Kenya"]
    assert found.counting == ("GBR", "KEN")
    assert not any(one.continental for one in found.groups.values())
