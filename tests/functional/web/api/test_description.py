"""The description for machines and the page for people are complete, and true."""

import json
import re

import pytest

from tests.functional.web.api.conftest import BASE
from tests.functional.web.api.examples import made, put_a_term
from tests.functional.web.page import read


@pytest.fixture
def described(api, seeded, rolled_back):
    put_a_term()
    return api.json("/openapi.json")


def test_it_is_openapi_3_1(described):
    assert described["openapi"] == "3.1.0"
    assert described["info"]["version"]
    names = [of["get"]["operationId"] for of in described["paths"].values()]
    assert len(names) == len(set(names)) > 20
    assert all(list(of) == ["get"] for of in described["paths"].values())


def test_every_measure_has_an_address(described):
    from everygenome.queries.measures import MEASURES, OTHERS

    for name in MEASURES | OTHERS:
        assert f"{BASE}/measures/{name}" in described["paths"]


def test_every_operation_is_described_wholly(described):
    for path, of in described["paths"].items():
        told = of["get"]
        assert told["summary"], path
        assert len(told["description"]) > 20, path
        assert "example" in told["responses"]["200"]["content"]["application/json"], path
        assert {"404", "406", "422", "429", "503"} <= set(told["responses"])
        for parameter in told["parameters"]:
            assert parameter["description"], (path, parameter)
        in_path = {p["name"] for p in told["parameters"] if p["in"] == "path"}
        assert in_path == set(re.findall(r"{(\w+)}", path))


def test_choices_list_their_values(described):
    told = described["paths"][f"{BASE}/measures/composition"]["get"]["parameters"]
    schemas = {item["name"]: item["schema"] for item in told}
    values = {name: one.get("items", one).get("enum") for name, one in schemas.items()}
    assert values["unit"] == ["participations", "studies", "publications", "associations"]
    assert values["format"] == ["json", "csv", "parquet", "arrow"]
    assert len(values["country"]) > 240
    assert "un_wpp2024_regions" in values["reference"]
    assert schemas["country"]["type"] == schemas["funder"]["type"] == "array"


@pytest.mark.slow
def test_the_examples_are_what_the_api_answers(api, described):
    """`python -m tests.functional.web.api.examples` writes them anew."""
    found = json.loads(json.dumps(made(api.get)))
    kept = {
        of["get"]["operationId"]: of["get"]["responses"]["200"]["content"]["application/json"][
            "example"
        ]
        for of in described["paths"].values()
    }
    assert kept == found


def test_the_examples_say_that_they_are_made_up(described):
    for of in described["paths"].values():
        example = of["get"]["responses"]["200"]["content"]["application/json"]["example"]
        if "measure" in example:
            assert example["release"]["demonstration"] is True


def test_the_page_for_people(api, described):
    response = api("/docs")
    assert response.status_code == 200
    page = read(response)
    assert page.unclosed == []
    assert not page.all("iframe", "style")
    assert all(item["attrs"]["src"].startswith("/static/") for item in page.all("script"))
    assert not [e for e in page.elements if "style" in e["attrs"]]
    ids = [e["attrs"]["id"] for e in page.elements if "id" in e["attrs"]]
    assert len(ids) == len(set(ids))
    text = page.text
    for path, of in described["paths"].items():
        assert path in text
        assert of["get"]["operationId"] in ids
    assert 'curl "http://localhost/api/v1/releases"' in text
    assert "import httpx" in text
    linked = {e["attrs"]["href"] for e in page.all("a") if "/api/v1/" in e["attrs"]["href"]}
    assert len(linked) > 20
    for address in linked:
        assert api.get(address).status_code == 200, address


def test_it_lists_the_collections_beside_the_measures(described):
    operations = {of["get"]["operationId"]: of["get"] for of in described["paths"].values()}
    for name in ("toolbox", "definitions", "evidence", "datasets"):
        for operation in (name, f"{name}_entry", f"{name}_history"):
            told = operations[operation]
            assert told["tags"] == ["Collections"]
            assert ("410" in told["responses"]) is (operation != name)
            schema = told["responses"]["200"]["content"]["application/json"]["schema"]
            assert schema["$ref"].split("/")[-1] in described["components"]["schemas"]


def test_the_page_explains_each_problem(api):
    ids = {e["attrs"].get("id") for e in read(api("/docs")).elements}
    for path, query in (("/nowhere", {}), ("/releases", {"x": "y"})):
        told = api.problem(path, **query)
        assert told["type"].split("#")[1] in ids
