"""What holds for every page, whatever it says."""

import itertools
import json

import pytest

from tests.functional.web.page import read

PAGES = {
    "/": 200,
    "/?unit=studies&stage=all&from_year=2015&view=1": 200,
    "/composition/": 200,
    "/trend/?show=count": 200,
    "/history/": 200,
    "/representation/": 200,
    "/representation/?reference=census_england_wales_2021_5": 200,
    "/subjects/": 200,
    "/subjects/?trait_parent=Cancer": 200,
    "/map/?show=per_1000&country_rule=split": 200,
    "/people/": 200,
    "/concentration/": 200,
    "/traits/": 200,
    "/traits/?search=a": 200,
    "/studies/?search=the&order=largest&group=European": 200,
    "/studies/?unit=associations": 200,
    "/gaps/?reference=un_wpp2024_subregions&order=shortfall": 200,
    "/gaps/?at_least_studies=x&order=sideways&state=odd&group=Martian&after=%00": 200,
    "/studies/?order=sideways&group=Martian&after=%00&search=%00": 200,
    "/compare/": 200,
    "/compare/?trait_parent=Cancer&b_stage=replication": 200,
    "/compare/?funder=demonstration-trust&b_funder=demonstration-health-agency": 200,
    "/portfolios/": 200,
    "/funders/": 200,
    "/funders/?order=publications&group=African&search=demo&few=hidden&level=agency&page=2": 200,
    "/funders/?order=sideways&group=Martian&search=%00&page=-1&level=odd&few=x": 200,
    "/cohorts/": 200,
    "/journals/?min_publications=200&from_year=2015": 200,
    "/countries/?country_rule=any&trait_parent=Cancer": 200,
    "/funders/demonstration-trust/": 200,
    "/funders/demonstration-fund-for-neglected-questions/?unit=studies&stage=all": 200,
    "/cohorts/demonstration-cohort-a/": 200,
    "/journals/demonstration-letters/": 200,
    "/countries/DEU/": 200,
    "/countries/VAT/": 200,
    "/funders/demonstration-trust/?from_year=1991&to_year=1992": 200,
    "/funders/martian-fund/": 404,
    "/countries/%3Cscript%3E/": 404,
    "/composition/?funder=demonstration-health-agency%3Bdemonstration-trust": 200,
    "/composition/?funder=%3Cscript%3E%3B%00&cohort=x&journal=y": 200,
    "/simulate/": 200,
    "/simulate/?plan=group%2Cparticipants%0AAfrican%2C2000&funder=demonstration-trust": 200,
    "/simulate/?reference=un_wpp2024_subregions&group_1=African&participants_1=20": 200,
    "/simulate/?plan=%3Cscript%3E%00&group_1=Martian&participants_2=x&unit=studies": 200,
    "/award/": 200,
    "/audit/": 200,
    "/audit/?counts=A%2C3&kind=sex": 200,
    "/variants/": 200,
    "/variants/?variants=1-55051215-G-GA&groups=afr&bar=x": 200,
    "/award/?title=%3Cb%3Ex&publications=DEMO586%2C1&plan=group%2Cparticipants%0AAfrican%2C9": 200,
    "/award/?title=%3Cscript%3E&plan=%00": 200,
    "/award/report.pdf?title=x": 400,
    "/charts/simulate.svg": 400,
    "/about/reply/": 200,
    "/reports/funder/martian-fund.pdf": 404,
    "/reports/funder/demonstration-trust.pdf?stage=all": 400,
    "/charts/like-for-like.svg": 400,
    "/groups/African/": 200,
    "/groups/Martian/": 404,
    "/traits/EFO_9999999/": 404,
    "/studies/GCST999999/": 404,
    "/about/counting/": 200,
    "/about/questions/": 200,
    "/about/privacy/": 200,
    "/about/citation/": 200,
    "/about/method/": 200,
    "/about/method/composition/": 200,
    "/about/method/magic/": 404,
    "/map/?unit=associations": 200,
    "/?unit=bananas&trait=%00&b_unit=x&from_year=2020&to_year=2010&nonsense=1": 200,
    "/?release=2025-06-30": 200,
    "/?release=1999-01-01": 404,
    "/no/such/page": 404,
    "/charts/trend.svg?theme=pink": 400,
    "/data/composition.csv?unit=bananas": 400,
}


@pytest.fixture(scope="module")
def answers():
    """What the site answered, by address: the tests only look at it."""
    return {}


@pytest.fixture(params=PAGES, ids=str)
def answer(request, get, answers):
    if request.param not in answers:
        answers[request.param] = get(request.param)
    response = answers[request.param]
    assert response.status_code == PAGES[request.param]
    return response


def test_carries_every_security_header(answer):
    policy = {
        part.split()[0]: part.split()[1:] for part in answer["Content-Security-Policy"].split("; ")
    }
    assert policy["default-src"] == ["'self'"]
    assert policy["script-src"] == policy["style-src"] == policy["img-src"] == ["'self'"]
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert "Set-Cookie" not in answer


def test_has_no_inline_script_no_inline_style_and_nothing_from_elsewhere(answer):
    page = read(answer)
    assert page.all("style", "iframe", "object", "embed") == []
    for script in page.all("script"):
        if script["attrs"].get("type") == "application/ld+json":
            assert json.loads(script["text"])["@type"] == "Dataset"
        else:
            assert script["attrs"]["type"] == "module"
            assert script["attrs"]["src"].startswith("/static/")
            assert not script["text"].strip()
    for item in page.elements:
        for name, value in item["attrs"].items():
            assert name != "style"
            assert not name.startswith("on")
            if name in ("src", "srcset", "action") or (name == "href" and item["tag"] == "link"):
                assert value.startswith("/"), value
                assert not value.startswith("//")


def test_is_well_formed_and_can_be_read_without_seeing_it(answer):
    page = read(answer)
    assert page.unclosed == []
    assert page.one("html")["attrs"]["lang"] == "en"
    assert page.one("title")["text"].strip()
    assert len(page.all("main", "h1")) == 2
    levels = [int(item["tag"][1]) for item in page.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(next_ - level <= 1 for level, next_ in itertools.pairwise(levels))
    for item in page.all("h1", "h2", "h3", "a", "button", "label", "summary", "option", "legend"):
        assert item["text"].strip(), item
    for image in page.all("img"):
        assert len(image["attrs"]["alt"]) > 40
    for head in page.all("th"):
        assert head["attrs"]["scope"] in ("col", "row")
    assert len(page.all("caption")) == len(page.all("table"))
    names = [item["attrs"]["id"] for item in page.elements if "id" in item["attrs"]]
    assert len(names) == len(set(names))
    for item in page.elements:
        attrs = item["attrs"]
        assert attrs.get("aria-labelledby", names[0]) in names
        assert attrs.get("for", names[0]) in names
        assert attrs.get("list", names[0]) in names
    named = {item["attrs"].get("for") for item in page.all("label")}
    for field in page.all("input", "select", "textarea"):
        if field["attrs"].get("type") != "hidden":
            assert field["attrs"]["id"] in named
    skip = page.all("a")[0]
    assert skip["attrs"]["href"] == "#main"
    assert skip["attrs"]["class"] == "skip"


def test_says_that_demonstration_data_are_not_real(answer):
    page = read(answer)
    banner = page.one("aside")
    assert "Demonstration data, not real." in banner["text"]
    assert "demonstration data, not real" in page.one("footer")["text"]


def test_a_real_release_has_no_such_banner(site, real):
    page = read(site(real)("/"))
    assert page.all("aside") == []
    assert "emonstration" not in page.one("footer")["text"]
    assert "EMBL-EBI terms of use" in page.one("footer")["text"]


def test_an_empty_store_says_what_to_run(site, tmp_path):
    get = site(tmp_path / "nothing")
    response = get("/")
    assert response.status_code == 503
    page = read(response)
    assert "everygenome sync" in page.text
    assert str(tmp_path) not in response.content.decode()
    assert get("/health").status_code == 503
    assert get("/health").json() == {"status": "empty", "release": None}
    assert get("/data/trend.csv").status_code == 503


def test_a_fault_of_ours_is_told_plainly_and_tells_nothing_else(get, monkeypatch):
    from everygenome.web.dashboard.pages import page

    def broken(*_args, **_named):
        raise RuntimeError("secret/path")

    monkeypatch.setattr(page, "base_context", broken)
    response = get("/about/privacy/?from_year=1999")
    assert response.status_code == 500
    assert "Something broke on our side." in response.content.decode()
    assert "secret/path" not in response.content.decode()
    assert response["Content-Security-Policy"]


def test_an_unknown_name_of_the_site_is_refused_with_what_to_do(get):
    response = get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "EVERYGENOME_ALLOWED_HOSTS" in response.content.decode()
    assert "evil.example" not in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "release=../../etc/passwd",
        "release=%00",
        "release=%ff%fe",
        "release='%3B--",
        "release=<script>alert(1)</script>",
        "release=" + "9" * 4000,
        "release=2025",
        "release=%F0%9F%A7%AC",
        "release=a&release=b",
        "release=current.new",
    ],
)
def test_hostile_releases_are_no_releases(get, query):
    response = get("/?" + query)
    assert response.status_code == 404
    body = response.content.decode()
    assert "<script>" not in body
    assert len(body) < 8000
    assert "There is no such release." in body


@pytest.mark.parametrize("query", ["utm_source=x&fbclid=7", "release=current", "view=1", "&&="])
def test_what_is_not_ours_in_the_address_changes_nothing(get, query):
    assert get("/?" + query).content == get("/").content


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("unit=bananas", "“bananas” is no unit that is known here"),
        ("foo=1", "“foo” is no choice of this page"),
        ("unit=studies&unit=publications", "“unit” was given more than once; the last one counts"),
        ("trait=%00", "“�” is no trait that is known here"),
        ("trait=" + "x" * 5000, "“" + "x" * 60 + "…” is no trait"),
        ("from_year=2020&to_year=2010", "The years 2020 to 2010 hold no year."),
        ("from_year=٢٠١٥", "is no from year that is known here"),
        ("country=ZZZ", "“ZZZ” is no country that is known here"),
        ("reference=/etc/passwd", "“/etc/passwd” is no reference that is known here"),
        ("reference=x.csv", "“x.csv” is no reference that is known here"),
        ("rule=monitor2020", "“rule” is no choice of this page"),
        ("view=7", "version “7” of this page; it is read as version 1"),
        ("<b>=1", "“<b>” is no choice"),
        ("unit=studies&country=GBR&country_rule=split", "studies cannot be divided"),
    ],
)
def test_what_is_not_understood_is_told_and_the_usual_shown(get, query, told):
    response = get("/?" + query)
    assert response.status_code == 200
    page = read(response)
    assert told in page.text
    assert "Of every 100" in page.one("h1")["text"]
    assert "<b>" not in response.content.decode()


def test_an_address_with_empty_fields_becomes_the_short_one(get):
    sent = "/trend/?unit=studies&stage=discovery&from_year=&trait=&country=&release="
    response = get(sent)
    assert (response.status_code, response["Location"]) == (302, "/trend/?view=1&unit=studies")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(method, get):
    from django.test import Client

    assert get.__self__.generic(method, "/").status_code == 405
    strict = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    refused = strict.generic(method, "/")
    assert refused.status_code == 403
    assert "not sent from a form of this site" in refused.content.decode()
