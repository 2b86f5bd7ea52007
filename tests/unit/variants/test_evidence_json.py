"""Evidence as JSON: versioned, whole, finite, and the same each time."""

import json
from dataclasses import fields, replace

import numpy as np

from everygenome.variants.as_json import FORMAT, evidence_json, evidence_text
from everygenome.variants.bars import Bars
from everygenome.variants.result import GroupEvidence, VariantEvidence
from everygenome.variants.verdict import Verdict
from tests.factories import evidence as made


def told(*variants, **more):
    return json.loads(evidence_text(made.evidence(*variants, **more)))


def test_it_is_the_data_as_text_and_the_same_each_time():
    given = made.evidence(made.tnni3(), made.unknown(), summary=made.summary(), asked=("afr",))
    assert json.loads(evidence_text(given)) == evidence_json(given)
    assert evidence_text(given) == evidence_text(given)
    assert evidence_json(given)["format"] == FORMAT == "everygenome/variants/evidence/1"


def test_every_number_of_a_group_is_there_and_unknown_is_null():
    one = told(made.tnni3())["variants"][0]
    assert set(one["groups"][0]) == {field.name for field in fields(GroupEvidence)}
    assert set(one) == {field.name for field in fields(VariantEvidence)}
    assert set(one["bars"]) == {field.name for field in fields(Bars)}
    afr = next(group for group in one["groups"] if group["group"] == "afr")
    assert (afr["ac"], afr["an"], afr["nhomalt"], afr["verdict"]) == (518, 22562, 8, "common")
    assert round(afr["faf95"], 5) == 0.02133
    group = told(made.unknown())["variants"][0]["groups"][0]
    assert (group["ac"], group["an"], group["af"]) == (None, None, None)
    assert group["verdict"] == "coverage unknown"


def test_units_and_verdicts_are_told_once():
    given = told(made.tnni3(), summary=made.summary())
    assert set(given["verdicts"]) == {verdict.value for verdict in Verdict}
    assert {"ac", "an", "nhomalt", "nhemi", "faf95", "faf99", "p_seen", "needed"} <= set(
        given["units"]
    )
    assert given["caveats"] == list(made.CAVEATS)
    assert given["summary"]["groups"][2]["undersampled"] == 8950
    assert given["summary"]["statuses"] == {
        "coverage unknown": 100,
        "found": 6000,
        "not seen": 3900,
    }


def test_what_is_not_finite_is_null_and_numbers_of_numpy_are_plain():
    odd = GroupEvidence(
        group="afr",
        ac=np.int64(3),
        an=np.int64(10),
        af=np.float64(0.3),
        faf95=float("nan"),
        faf99=float("inf"),
    )
    group = told(replace(made.tnni3(), groups=(odd,)))["variants"][0]["groups"][0]
    assert (group["ac"], group["af"], group["faf95"], group["faf99"]) == (3, 0.3, None, None)


def test_a_name_that_is_not_utf_8_is_still_json():
    assert told(name="a\udcff.vcf")["input"] == "a\udcff.vcf"
