"""Seeds: the project's own first entries, loaded as often as one likes."""

import pytest
import yaml

from everygenome.errors import InputError
from tests.functional.web.collections.shelf import put, tool
from tests.functional.web.database import account

pytestmark = [pytest.mark.usefixtures("django")]


@pytest.fixture
def seed_file(web, tmp_path):
    """Write a file of seeds, and load it into an empty toolbox as often as asked."""
    from everygenome.web.collections import seeds
    from everygenome.web.collections.models import Item
    from everygenome.web.collections.registry import collection_of

    Item.objects.all().delete()
    toolbox = collection_of("toolbox")
    path = tmp_path / "toolbox" / "seeds.yaml"
    path.parent.mkdir()

    def load(text):
        if not isinstance(text, str):
            rows = [{"id": slug, **row} for slug, row in text.items()]
            text = yaml.safe_dump({"licence": "CC0-1.0", "items": rows}, allow_unicode=True)
        path.write_text(text)
        return seeds.load(seeds.read(path, toolbox), toolbox)

    return load


def summary(loaded):
    return loaded.new, loaded.changed, loaded.same


def test_loading_twice_changes_nothing(seed_file):
    from everygenome.web.collections.models import Fact, Item, Speaker

    rows = {"one": tool(1), "two": tool(2)}
    assert summary(seed_file(rows)) == (2, 0, 0)
    before = list(Item.history.order_by("pk").values())
    assert summary(seed_file(rows)) == (0, 0, 2)
    assert list(Item.history.order_by("pk").values()) == before
    facts = Fact.objects.filter(item__slug="one")
    assert {fact.said_by for fact in facts} == {Speaker.SEED}
    assert {fact.source for fact in facts} == {"https://doi.org/10.5555/1"}
    assert {fact.field for fact in facts} == set(Item.objects.get(slug="one").data)


def test_a_change_in_the_file_is_a_new_version_of_that_entry_only(seed_file):
    from everygenome.web.collections.models import Item

    seed_file({"one": tool(1), "two": tool(2)})
    done = seed_file({"one": tool(1), "two": tool(2, purpose="It helps more.")})
    assert summary(done) == (0, 1, 1)
    assert [i.version for i in Item.objects.order_by("slug")] == [1, 2]


def test_what_somebody_else_said_since_stays_and_is_told(seed_file):
    from everygenome.web.collections.models import Item

    seed_file({"one": tool(1)})
    put("one", tool(1, purpose="Said by Ada.", cost="Free"), speaker="contributor")
    done = seed_file({"one": tool(1, purpose="Said by the seeds.", region="Africa")})
    assert done.kept == ["one: cost", "one: purpose"] or done.kept == ["one: purpose", "one: cost"]
    data = Item.objects.get(slug="one").data
    assert (data["purpose"], data["cost"], data["region"]) == ("Said by Ada.", "Free", "Africa")


def test_a_locked_fact_stays_and_is_told(seed_file):
    from everygenome.web.collections.models import Item
    from everygenome.web.collections.standing import lock

    seed_file({"one": tool(1)})
    item = Item.objects.get(slug="one")
    lock(item=item, field="purpose", by=account("editor"), locked=True, reason="It is right.")
    done = seed_file({"one": tool(1, purpose="Something else.")})
    assert done.kept == ["one: purpose"]
    assert Item.objects.get(slug="one").data == item.data
    assert summary(done) == (0, 0, 1)


def test_a_withdrawn_entry_stays_withdrawn_and_untouched(seed_file):
    from everygenome.web.collections.models import Item, Standing
    from everygenome.web.collections.standing import change

    seed_file({"one": tool(1)})
    item = Item.objects.get(slug="one")
    change(item=item, action="withdraw_item", by=account("editor"), reason="Asked for.")
    done = seed_file({"one": tool(1, purpose="Something else.")})
    assert done.withdrawn == ["one"]
    now = Item.objects.get(slug="one")
    assert (now.standing, now.data, now.version) == (Standing.WITHDRAWN, item.data, 2)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("licence: CC0-1.0\nitems: 3", "toolbox/seeds.yaml is no list of entries"),
        ("licence: MIT\nitems: []", "the licence of the entries is to be CC0-1.0"),
        ("licence: CC0-1.0\nitems: [{name: x}]", "entry 1 has no `id`"),
        ("licence: CC0-1.0\nitems: [x]", "entry 1 has no `id`"),
        ("a: [", "This is not YAML"),
        ("a: &a [x]\nb: *a", r"Line 2 refers to another part of the YAML \(\*a\)"),
        ("[" * 60 + "]" * 60, "nested too deeply"),
    ],
)
def test_a_file_that_is_none_is_refused_with_what_is_wrong(seed_file, text, told):
    with pytest.raises(InputError, match=told):
        seed_file(text)


def test_a_wrong_value_names_file_entry_and_field_and_stores_nothing(seed_file):
    from everygenome.web.collections.models import Item

    with pytest.raises(InputError) as caught:
        seed_file({"good": tool(1), "bad": tool(2, kind="spoon", colour="red")})
    told = str(caught.value)
    assert "toolbox/seeds.yaml, entry bad, kind: Please choose one of the list." in told
    assert "toolbox/seeds.yaml, entry bad, colour: There is no such field." in told
    assert Item.objects.count() == 0


def test_two_entries_of_one_name_are_refused(seed_file):
    twice = "licence: CC0-1.0\nitems: [{id: one, name: a}, {id: one, name: b}]"
    with pytest.raises(InputError, match="one"):
        seed_file(twice)


def test_the_projects_own_seeds_load_and_loading_them_again_changes_nothing(web, seeded):
    from everygenome.web.collections.models import Item
    from everygenome.web.collections.seeds import seed

    def entries():
        return [
            row
            for database in ("default", "apart")
            for row in Item.objects.using(database)
            .order_by("pk")
            .values_list("pk", "version", "changed_at")
        ]

    before = entries()
    done = seed()
    assert done
    assert sum(loaded.new + loaded.changed for loaded in done) == 0
    assert sum(loaded.same for loaded in done) == len(before)
    assert [loaded.kept for loaded in done] == [[]] * len(done)
    assert entries() == before


def test_progress_goes_to_stderr_and_the_result_to_stdout(web, capsys, monkeypatch):
    from django.core.management import call_command

    from everygenome.web.collections import seeds
    from everygenome.web.collections.management.commands import seed as command

    def loaded(report):
        report("toolbox", 1, 1)
        return [seeds.Loaded("toolbox", new=3, kept=["one: cost"], withdrawn=["two"])]

    monkeypatch.setattr(command, "seed", loaded)
    call_command("seed")
    out, err = capsys.readouterr()
    assert "toolbox" in err
    assert out.splitlines() == [
        "toolbox: 3 new, 0 changed, 0 as before.",
        "  Left alone, because somebody else said it: one: cost.",
        "  Left alone, because withdrawn: two.",
    ]
