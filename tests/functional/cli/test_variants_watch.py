"""`everygenome variants watch`: what is said is kept, and what changes is told."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from everygenome.errors import StoreError
from everygenome.variants.watching.file import read_watch, write_watch
from tests.functional.cli.conftest import Run

# In both; in the exomes alone; in none. Counts below are those of the two files.
BOTH, EXOMES, NONE = "1-55039931-G-A", "1-55039893-T-G", "1-55039900-A-C"


@pytest.fixture(scope="module")
def kept(gnomad: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A list that was begun on the exomes."""
    from everygenome.__main__ import main

    path = tmp_path_factory.mktemp("watch") / "watch.jsonl"
    with pytest.raises(SystemExit) as end:
        main(
            [
                *("variants", "watch", "init", f"chr{BOTH}", EXOMES, NONE, BOTH, "1-9-A-N"),
                *("--frequencies", str(gnomad), "--threshold", "0.0001", "--out", str(path)),
                *("--gene", "PCSK9", "--note", "case 12"),
            ]
        )
    assert end.value.code == 0
    return path.read_text("utf-8")


@pytest.fixture
def watch(kept: str, tmp_path: Path) -> Path:
    path = tmp_path / "watch.jsonl"
    path.write_text(kept, encoding="utf-8")
    return path


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_the_file_can_be_read_by_people(watch: Path) -> None:
    told = lines(watch)
    assert told[0] == {"format": "everygenome/variants/watch/1", "asked": []}
    assert told[1]["rare"] == 0.0001
    assert told[1]["source"] == "a threshold that was typed"
    assert told[2]["frequencies"] == "gnomAD v4.0 exomes"
    assert [len(one["sha256"]) for one in told[2]["files"]] == [64, 64]
    assert told[3] == {
        "variant": BOTH,
        "name": f"chr{BOTH}",
        "gene": "PCSK9",
        "hgvs_c": "",
        "note": "case 12",
    }
    assert [one["variant"] for one in told[3:6]] == [BOTH, EXOMES, NONE]
    assert len(told) == 6 + 3 * 10
    sas = next(one for one in told if one.get("said") == EXOMES and one["group"] == "sas")
    assert set(sas) == {"said", "group", "verdict", "criterion", "ac", "an", "faf95"}


def test_nothing_changes_against_the_same_store(run: Run, gnomad: Path, watch: Path) -> None:
    before = watch.read_bytes()
    code, out, err = run("variants", "watch", "check", watch, "--frequencies", gnomad, "--update")
    assert (code, err) == (0, "")
    assert out.startswith("Nothing changed: of 3 variants, the same is said.")
    assert watch.read_bytes() == before


def test_what_changed_and_why(
    run: Run, gnomad_genomes: Path, watch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    asked = ("variants", "watch", "check", watch, "--frequencies", gnomad_genomes)
    code, out, err = run(*asked, "--format", "json")
    assert (code, err) == (10, "")
    told = json.loads(out)
    assert told["format"] == "everygenome/variants/changes/1"
    assert (told["changed"], told["compared"], told["groups_new"]) == (True, 3, ["ami"])
    whole = {one["variant"]: one for one in told["changes"] if one["group"] is None}
    assert whole[EXOMES]["reasons"][0] == "no record any more"
    assert (whole[EXOMES]["after"]["ac"], whole[EXOMES]["before"]["ac"]) == (None, 1)
    assert whole[EXOMES]["after"]["verdict"] == "coverage unknown"
    sas = next(one for one in told["changes"] if (one["variant"], one["group"]) == (BOTH, "sas"))
    assert sas["reasons"][-1] == "fewer chromosomes were looked at"
    assert sas["no_longer_evaluable"]
    code, out, _ = run(*asked)
    assert code == 10
    assert max(map(len, out.splitlines())) <= 60
    assert "Note: case 12" in out
    assert "No record any more" in out
    code, out, _ = run(*asked, "--format", "md")
    assert (code, out.splitlines()[0]) == (10, "# What changed for variants that are watched")
    assert "| Variant | Group | Before | Now |" in out


@pytest.mark.slow
def test_an_update_is_the_new_state(run: Run, gnomad_genomes: Path, watch: Path) -> None:
    asked = ("variants", "watch", "check", watch, "--frequencies", gnomad_genomes)
    watch.chmod(0o640)
    code, _, err = run(*asked, "--update", "--format", "json")
    assert code == 10
    assert "holds now what is said on" in err
    assert lines(watch)[2]["frequencies"] == "gnomAD v4.0 genomes"
    assert watch.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in watch.parent.iterdir()] == ["watch.jsonl"]
    code, out, _ = run(*asked, "--format", "json")
    assert (code, json.loads(out)["changes"]) == (0, [])


@pytest.mark.slow
def test_variants_are_added_and_taken_off(run: Run, gnomad: Path, watch: Path) -> None:
    code, out, err = run("variants", "watch", "add", watch, "1:55039894:G:C", BOTH)
    assert (code, err) == (0, "1 variant is on the list already.\n")
    assert out.splitlines()[0] == "1 variant is added; 4 on the list."
    asked = ("variants", "watch", "check", watch, "--frequencies", gnomad, "--format", "json")
    code, out, _ = run(*asked, "--update")
    assert (code, json.loads(out)["new"]) == (10, ["1-55039894-G-C"])
    code, _, _ = run(*asked)
    assert code == 0
    before = watch.read_bytes()
    code, out, err = run("variants", "watch", "remove", watch, BOTH, "1-1-A-C")
    assert (code, out) == (7, "")
    assert "'1-1-A-C' is not on the list" in err
    assert watch.read_bytes() == before
    code, out, _ = run("variants", "watch", "remove", watch, f"chr{BOTH}", NONE)
    assert (code, out) == (0, "2 variants are taken off; 2 on the list.\n")
    assert not any(one.get("said") == BOTH for one in lines(watch))


def test_another_build_cannot_be_compared(run: Run, gnomad_37: Path, watch: Path) -> None:
    code, out, err = run("variants", "watch", "check", watch, "--frequencies", gnomad_37)
    assert (code, out) == (3, "")
    assert "The list is on GRCh38, and gnomAD v2.1 exomes on GRCh37" in err


def test_groups_that_are_gone(run: Run, gnomad: Path, watch: Path) -> None:
    text = watch.read_text("utf-8")
    watch.write_text(text.replace('"asked": []', '"asked": ["sas", "oth"]'), "utf-8")
    asked = ("variants", "watch", "check", watch, "--frequencies", gnomad, "--format", "json")
    code, out, _ = run(*asked)
    assert code == 10
    assert "sas" not in json.loads(out)["groups_gone"]
    # Fewer groups are no other counts.
    assert json.loads(out)["recounted"] == 0
    watch.write_text(text.replace('"asked": []', '"asked": ["oth"]'), "utf-8")
    code, out, err = run(*asked)
    assert (code, out) == (2, "")
    assert "has none of the groups that are watched (oth)" in err


def _other(**of: object) -> str:
    return json.dumps(of) + "\n"


HOSTILE = {
    "is no watch list": lambda text: "",
    "line 1 is no JSON object": lambda text: "hello\n",
    "reads “everygenome/variants/watch/1”": lambda text: text.replace("watch/1", "watch/2"),
    "line 6 names the variant 1-55039931-G-A a second time": lambda text: text.replace(
        f'"variant": "{NONE}"', f'"variant": "{BOTH}"'
    ),
    "names bars of all a second time": lambda text: text + text.splitlines()[1] + "\n",
    "beside one for all variants": lambda text: (
        text.replace('"bars": ""', '"bars": "X"', 1) + text.splitlines()[1] + "\n"
    ),
    "is a second one of “frequencies”": lambda text: text + text.splitlines()[2] + "\n",
    "names 1-55039931-G-A, what was said of sas a second time": lambda text: (
        text + _other(said=BOTH, group="sas", verdict="rare")
    ),
    "does not say which frequencies": lambda text: "\n".join(
        line for line in text.splitlines() if '"frequencies"' not in line
    ),
    "has an unknown field": lambda text: text.replace('"note"', '"Note"', 1),
    "has \"note\" twice": lambda text: text.replace('"hgvs_c": ""', '"note": "x"', 1),
    "has note \"\\u001b[31m\"": lambda text: text.replace("case 12", "\\u001b[31m", 1),
    "names a variant '=1+1'": lambda text: text.replace(f't": "{BOTH}"', 't": "=1+1"', 1),
    "names a variant '1-55039931-g-a'": lambda text: text.replace(
        f't": "{BOTH}"', 't": "1-55039931-g-a"', 1
    ),
    "names a variant 'chr1-55039931-G-A'": lambda text: text.replace(
        f't": "{BOTH}"', 't": "chr1-55039931-G-A"', 1
    ),
    "names a variant '1-55039930-GG-GA'": lambda text: text.replace(
        f't": "{BOTH}"', 't": "1-55039930-GG-GA"', 1
    ),
    "has verdict \"fine\"": lambda text: text.replace('"verdict": "rare"', '"verdict": "fine"', 1),
    "has ac -1": lambda text: text.replace('"ac": 0', '"ac": -1', 1),
    "has ac true": lambda text: text.replace('"ac": 0', '"ac": true', 1),
    "has faf95 2": lambda text: text.replace('"faf95": 0.0', '"faf95": 2', 1),
    "has the number NaN": lambda text: text.replace('"faf95": 0.0', '"faf95": NaN', 1),
    "has rare 7": lambda text: text.replace('"rare": 0.0001', '"rare": 7', 1),
    "is no bar": lambda text: text.replace('"rare": 0.0001', '"rare": 0', 1),
    "has build \"hg38\"": lambda text: text.replace('"build": "GRCh38"', '"build": "hg38"'),
    "is both": lambda text: text.replace('"variant"', '"said": "", "variant"', 1),
    "is of no kind": lambda text: text + _other(verdict="rare"),
    "[[[[": lambda text: text + "[" * 100_000 + "\n",
    "is not UTF-8": lambda text: None,
    "tells of a group, and no line": lambda text: (
        text + _other(said="1-7-A-C", group="sas", verdict="rare")
    ),
}  # fmt: skip


@pytest.mark.parametrize("said", HOSTILE)
def test_files_that_were_edited_by_hand(run: Run, watch: Path, said: str, kept: str) -> None:
    text = HOSTILE[said](kept)
    data = b"\xff\xfe\x00" if text is None else text.encode()
    watch.write_bytes(data)
    code, out, err = run("variants", "watch", "check", watch, "--frequencies", watch.parent)
    assert (code, out) == (3, "")
    if said == "[[[[":
        said = "is no JSON object"
    assert said in err
    assert str(watch) in err
    assert "\x1b" not in err
    assert watch.read_bytes() == data


def test_lists_that_cannot_be_begun(run: Run, gnomad: Path, watch: Path, tmp_path: Path) -> None:
    asked = ("--frequencies", gnomad, "--out")
    code, out, err = run("variants", "watch", "init", BOTH, *asked, watch)
    assert (code, out) == (6, "")
    assert "is there already" in err
    code, out, err = run("variants", "watch", "init", BOTH, *asked, tmp_path / "no" / "list")
    assert (code, out) == (6, "")
    code, out, err = run("variants", "watch", "init", "1-9-A-N", *asked, tmp_path / "list")
    assert (code, out) == (2, "")
    assert "There is no variant to watch: letters for several bases (IUPAC, N)." in err
    long = tmp_path / "long.txt"
    long.write_text("".join(f"1-{55039000 + n}-A-C\n" for n in range(10_001)))
    code, out, err = run("variants", "watch", "init", long, *asked, tmp_path / "list")
    assert (code, out) == (3, "")
    assert "holds 10,001 variants, and a list that is watched holds 10,000" in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["long.txt", "watch.jsonl"]
    code, _, err = run("variants", "watch", "check", tmp_path / "none", "--frequencies", gnomad)
    assert code == 3
    assert "watch init" in err


def test_texts_that_a_list_cannot_hold(run: Run, gnomad: Path, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("chrom,pos,ref,alt,gene\n1,55039931,G,A,PCSK9\n1,55039893,T,G,\x1b[31m\n")
    asked = ("--frequencies", gnomad, "--out", tmp_path / "list")
    code, out, err = run("variants", "watch", "init", path, *asked)
    assert (code, out) == (3, "")
    assert "odd.csv, line 3: gene '?[31m'" in err
    code, out, err = run("variants", "watch", "init", BOTH, *asked, "--note", "two\nlines")
    assert (code, out) == (2, "")
    assert "note" in err
    assert not (tmp_path / "list").exists()


def test_a_link_stays_a_link(run: Run, watch: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.jsonl"
    link.symlink_to(watch)
    code, _, _ = run("variants", "watch", "remove", link, NONE)
    assert code == 0
    assert link.is_symlink()
    assert len([one for one in lines(watch) if "variant" in one]) == 2


def test_a_list_that_somebody_changed_meanwhile_is_not_written_over(watch: Path) -> None:
    """Two commands at once: the later one would undo what the first one wrote."""
    held = read_watch(watch)
    first = replace(held, variants=held.variants[:2])
    write_watch(first, watch, before=held)
    with pytest.raises(StoreError, match="was changed by somebody else meanwhile"):
        write_watch(replace(held, variants=held.variants[1:]), watch, before=held)
    assert read_watch(watch).variants == first.variants
