"""Import and export of tools as others describe them."""

import json

import pytest
import yaml

from everygenome.errors import InputError, UsageError
from tests.functional.web.collections.shelf import put, tool
from tests.functional.web.database import account

pytestmark = [pytest.mark.usefixtures("django")]
CFF = """cff-version: 1.2.0
message: Please cite it.
title: Tractor
abstract: Runs association studies in admixed people. It has more to say.
authors:
  - given-names: Ada
    family-names: Example
  - name: A laboratory
repository-code: https://github.com/Example/Tractor.git
license: MIT
version: 1.10
date-released: 2024-05-06
doi: 10.5555/Tractor
"""
CODEMETA = {
    "@context": "https://doi.org/10.5063/schema/codemeta-2.0",
    "@type": "SoftwareSourceCode",
    "name": "Tractor",
    "description": "Runs association studies in admixed people.",
    "codeRepository": "git+https://github.com/example/tractor",
    "license": "https://spdx.org/licenses/MIT.html",
    "version": "1.10",
    "dateModified": "2024-05-06",
    "identifier": "https://doi.org/10.5555/tractor",
    "author": [{"givenName": "Ada", "familyName": "Example"}],
}
BIOTOOLS = {
    "name": "Tractor",
    "description": "Runs association studies in admixed people.",
    "homepage": "https://tractor.example.org",
    "link": [{"url": "https://github.com/example/tractor", "type": ["Repository"]}],
    "license": "MIT",
    "version": ["1.9", "1.10"],
    "publication": [{"doi": "10.5555/tractor"}],
    "credit": [{"name": "Ada Example", "typeRole": ["Maintainer"]}],
}
NEW = {"kind": "software", "stages": "analysis", "audiences": "researcher", "tasks": "teaching"}


@pytest.fixture
def bring(web, tmp_path):
    """Import a file of a name into an empty toolbox; its entries by slug."""
    from django.core.management import call_command

    from everygenome.web.collections.models import Item

    Item.objects.all().delete()

    def run(name, content, *, also=NEW, **options):
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content))
        given = [f"{field}={value}" for field, value in (also or {}).items()]
        call_command(
            "import",
            str(path),
            **{"collection": "toolbox", "set": given, "verbosity": 0} | options,
        )
        return {item.slug: item for item in Item.objects.all()}

    return run


@pytest.mark.parametrize(
    ("name", "content", "maintainer"),
    [
        ("CITATION.cff", CFF, "Ada Example, A laboratory"),
        ("codemeta.json", CODEMETA, "Ada Example"),
        ("biotools.json", BIOTOOLS, "Ada Example"),
    ],
)
def test_a_new_entry_holds_what_the_file_says(bring, name, content, maintainer):
    from everygenome.web.collections.models import Fact

    item = bring(name, content)["tractor"]
    data = item.data
    assert data["name"] == "Tractor"
    assert data["purpose"].startswith("Runs association studies in admixed people.")
    assert data["repository"].lower().removesuffix(".git") == "https://github.com/example/tractor"
    assert data["licence"] == {"id": "MIT"}
    assert data["doi"].lower() == "10.5555/tractor"
    assert data["latest_release"]["version"] == "1.10"
    assert data["maintainer"] == maintainer
    assert data["stages"] == ["analysis"]
    assert {fact.said_by for fact in Fact.objects.all()} == {"import"}


@pytest.mark.parametrize(
    "known",
    [
        {"repository": "http://www.github.com/EXAMPLE/tractor/"},
        {"url": "https://tractor.example.org/"},
        {"doi": "https://doi.org/10.5555/TRACTOR"},
        {"name": "TRACTOR"},
    ],
)
def test_a_known_entry_is_found_by_repository_address_doi_or_name(bring, known):
    put("known", tool(1, **{"name": "Other", "url": None} | known))
    put("another", tool(2))
    found = bring("biotools.json", BIOTOOLS, also=None)
    assert set(found) == {"known", "another"}
    item = found["known"]
    assert item.version == 2
    assert item.data["name"] == "Tractor"
    # What the file does not say stays.
    assert item.data["tasks"] == tool(1)["tasks"]


def test_importing_twice_changes_nothing(bring):
    before = bring("CITATION.cff", CFF)["tractor"]
    after = bring("CITATION.cff", CFF)["tractor"]
    assert (after.version, after.changed_at) == (before.version, before.changed_at)


def test_locked_fields_are_kept_and_told(bring, capsys):
    from everygenome.web.collections.standing import lock

    item = put("tractor", tool(1, name="Tractor"))
    lock(item=item, field="purpose", by=account("editor"), locked=True, reason="It is right.")
    now = bring("CITATION.cff", CFF, verbosity=1)["tractor"]
    assert now.data["purpose"] == item.data["purpose"]
    assert now.data["licence"] == {"id": "MIT"}
    assert "Left alone, because somebody else said it: tractor: purpose." in capsys.readouterr().out


def test_a_withdrawn_entry_is_left_alone(bring, capsys):
    from everygenome.web.collections.standing import change

    item = put("tractor", tool(1, name="Tractor"))
    change(item=item, action="withdraw_item", by=account("editor"), reason="Asked for.")
    now = bring("CITATION.cff", CFF, verbosity=1)["tractor"]
    assert (now.standing, now.data) == ("withdrawn", item.data)
    assert "because withdrawn: tractor" in capsys.readouterr().out


def test_an_entry_that_could_be_several_is_refused(bring):
    put("one", tool(1, repository="https://github.com/example/tractor"))
    put("two", tool(2, repository="https://github.com/example/tractor/"))
    with pytest.raises(InputError, match="could be any of these entries: one, two"):
        bring("CITATION.cff", CFF)


def test_a_new_entry_that_lacks_a_field_is_refused_with_the_way_to_give_it(bring):
    with pytest.raises(InputError, match=r"CITATION.cff, entry 1 \(Tractor\): kind: .*--set"):
        bring("CITATION.cff", CFF, also=None)


def test_a_list_is_stored_whole_or_not_at_all(bring):
    from everygenome.web.collections.models import Item

    rows = {"list": [BIOTOOLS, BIOTOOLS | {"name": "<b>x</b>", "homepage": "ftp://x", "link": []}]}
    with pytest.raises(InputError, match="entry 2"):
        bring("biotools.json", rows)
    assert Item.objects.count() == 0


def test_our_own_files_can_be_imported_again(bring, web, tools):
    text = web.get("/toolbox/export.json").content
    again = bring("export.json", text, also=None)
    assert {item.version for item in again.values()} == {1}
    said = json.loads(text)
    said["items"] = said["items"][:1]
    said["items"][0]["fields"]["purpose"] = "Put otherwise."
    now = bring("export.json", json.dumps(said), also=None)
    assert now["tool-00"].data["purpose"] == "Put otherwise."
    assert [item.version for item in now.values()].count(2) == 1


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b]"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("CITATION.cff", BOMB, "refers to another part"),
        ("CITATION.cff", "title: x", "no cff-version"),
        ("CITATION.cff", "- x", "no CITATION.cff"),
        ("CITATION.cff", "a: !!python/object/apply:os.system [id]", "no CITATION.cff|not YAML"),
        ("CITATION.cff", "[" * 5000, "nested too deeply"),
        ("CITATION.cff", b"\xff\xfe\x00", "not UTF-8"),
        ("CITATION.cff", b"PK\x03\x04rest", "is a ZIP file"),
        ("CITATION.cff", b"x" * 5_000_001, "at most 5 MB"),
        ("CITATION.cff", b"", "no CITATION.cff"),
        ("CITATION.cff", "a: \x00", "not YAML"),
        ("codemeta.json", "[" * 100_000, "nested too deeply"),
        ("codemeta.json", "{", "not JSON"),
        ("codemeta.json", '{"a": NaN}', "NaN is no number"),
        ("codemeta.json", '{"a": ' + "9" * 5000 + "}", "not JSON"),
        ("codemeta.json", "{}", "no codemeta.json"),
        ("biotools.json", "[]x", "not JSON"),
        ("biotools.json", '{"list": [3]}', "no JSON of bio.tools"),
        ("tools.json", "3", "no list of entries"),
        ("tools.json", '{"items": [3]}', "no list of entries"),
        ("tools.json", '{"items": [{"spoon": 1}]}', "spoon: There is no such field."),
        ("tools.json", '{"items": [{"name": {"a": 1}}]}', "name: Please give a text."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_words(bring, name, content, told):
    with pytest.raises(InputError, match=told) as caught:
        bring(name, content)
    assert name in str(caught.value)


def test_odd_values_in_a_good_file_say_nothing(bring):
    odd = {key: [[{"x": {}}]] for key in CODEMETA} | {
        "@context": CODEMETA["@context"],
        "name": "Odd\x00 one",
        "description": "x" * 10_000,
        "codeRepository": "javascript:alert(1)",
        "license": "Do what you want, really; see https://example.org",
    }
    item = bring("codemeta.json", odd)["odd-one"]
    assert item.data["name"] == "Odd one"
    assert len(item.data["purpose"]) == 300
    assert set(item.data) == {"name", "purpose", *NEW}


def test_what_is_not_there_is_told(bring, tmp_path):
    with pytest.raises(UsageError, match="no collection 'spoons'"):
        bring("x.json", "[]", collection="spoons")
    with pytest.raises(UsageError, match="cannot be imported as xml"):
        bring("x.json", "[]", format="xml")
    with pytest.raises(UsageError, match="names no field"):
        bring("x.json", "[]", also={"spoon": "x"})
    with pytest.raises(UsageError, match="Datasets cannot be imported as codemeta"):
        bring("codemeta.json", "[]", collection="datasets")
    from django.core.management import call_command

    with pytest.raises(InputError, match="cannot be read"):
        call_command("import", str(tmp_path / "none.json"), collection="toolbox")


def test_what_is_written_is_read_back_the_same(bring, web):
    item = bring("CITATION.cff", CFF)["tractor"]
    kept = ("name", "purpose", "licence", "doi", "latest_release", "repository")
    for name, form in (
        ("CITATION.cff", "citation-cff"),
        ("codemeta.json", "codemeta"),
        ("biotools.json", "biotools"),
    ):
        answer = web.get(f"/toolbox/tractor/{name}")
        assert answer.status_code == 200
        again = bring(f"again-{name}", answer.content, also=None, format=form)["tractor"]
        for field in kept:
            if field != "latest_release" or name != "biotools.json":
                assert again.data[field] == item.data[field], (name, field)


def test_a_citation_file_has_what_the_format_asks_for(bring, web):
    put("bare", tool(1, name="Bare: & <odd> #1"[:10]))
    said = yaml.safe_load(web.get("/toolbox/bare/CITATION.cff").content)
    assert said["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= set(said)
    assert said["authors"] == [{"name": "authors not stated"}]
    assert "license" not in said
    put("both", tool(2, licence={"id": "conflict"}))
    assert "license" not in yaml.safe_load(web.get("/toolbox/both/CITATION.cff").content)


def test_examples_in_the_text_hold():
    import doctest

    from everygenome.web.collections.search import words

    assert doctest.testmod(words).failed == 0
