"""How many pages reports have on paper, and that their letters can be read there."""

import json
import re

import pytest
import typst

from everygenome.queries.plans import read_plan
from everygenome.reports.award.report import award_document
from everygenome.reports.award.statements import Statements
from everygenome.reports.documents.model import Picture, flat
from everygenome.reports.documents.paper import paper_sources
from everygenome.reports.documents.write import to_pdf
from everygenome.reports.portfolio.document import portfolio_document
from tests.factories.release import engine_warning
from tests.integration.documents.test_pdf import accessible, pages

pytestmark = [engine_warning, pytest.mark.slow]
HEART = "demonstration-heart-institute"
PLAN = "group,participants\nAfrican,5000\nEuropean,5000\nEast Asian,300\n"
SAID = Statements(
    {"recruitment": "At three hospitals. " * 20, "hindered": "Cost. " * 40, "shared": "All. " * 10},
    by="A. Awardee",
    date="2020-01-01",
)
# Where a page of A4 ends, its head and its foot apart, in points.
_TOP, _FOOT = 51, 794


def end_of(document):
    """The page on which a document ends, and how much of that page it fills (0-1)."""
    sources = paper_sources(document)
    mark = b"\n#context [#metadata((here().page(), here().position().y.pt())) <end>]"
    sources["main.typ"] += mark
    (found,) = json.loads(typst.query(sources, "<end>", ignore_system_fonts=True))
    page, y = found["value"]
    return page, (y - _TOP) / (_FOOT - _TOP)


def report(release, kind, name, **more):
    return portfolio_document(release, kind, name, **({"choices": {}} | more))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("funder", HEART),
        ("funder", "Demonstration Trust"),
        ("cohort", "Demonstration cohort A"),
        ("journal", "Demonstration Reports"),
        ("country", "United Kingdom"),
    ],
)
def test_a_demonstration_portfolio_has_two_to_four_pages(demonstration, kind, name):
    made = report(demonstration, kind, name)
    pdf = to_pdf(made)
    assert 2 <= pages(pdf) <= 4
    assert accessible(pdf)
    assert pdf == to_pdf(made)
    assert end_of(made)[1] > 0.3


def test_a_small_portfolio_has_one_to_three_pages(demonstration):
    assert 1 <= pages(to_pdf(report(demonstration, "funder", HEART, minimum=136))) <= 3


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("funder", "NIH"),
        ("funder", "Wellcome Trust"),
        (
            "funder",
            "Eunice Kennedy Shriver National Institute of Child Health and Human Development",
        ),
        ("journal", "Nat Genet"),
        ("journal", "PLoS One"),
        # Little more than the minimum, where the annex just does not fit on the second page.
        ("journal", "N Engl J Med"),
        ("country", "United Kingdom"),
    ],
)
@pytest.mark.parametrize("scheme", ["broad", "detailed"])
def test_a_real_portfolio_has_two_to_four_pages(funded, kind, name, scheme):
    made = report(funded, kind, name, choices={"scheme": scheme})
    pdf = to_pdf(made)
    assert 2 <= pages(pdf) <= 4
    assert accessible(pdf)
    page, full = end_of(made)
    assert page == pages(pdf)
    # No page that is nearly empty.
    assert full > 0.3


def test_a_real_one_under_the_minimum_has_one_to_three_pages(funded):
    assert 1 <= pages(to_pdf(report(funded, "country", "Kenya"))) <= 3


def test_letters_in_charts_have_six_and_a_half_points_or_more(demonstration):
    made = report(demonstration, "funder", HEART)
    drawn = json.loads(typst.query(paper_sources(made), "image", ignore_system_fonts=True))
    pictures = [block.specification for block in flat(made.blocks) if isinstance(block, Picture)]
    assert len(drawn) == len(pictures) == 3
    for image, specification in zip(drawn, pictures, strict=True):
        wide = float(re.search(r"([\d.]+)pt", image["width"])[1])
        least = min(row["size"] for row in specification["datasets"]["letters"])
        assert least * wide / specification["width"] >= 6.5


# Of 1, 4, 30, and 243 publications: all that PubMed lists under the number.
@pytest.mark.parametrize("grant", ["NS33978", "082604/2/07/Z", "R01 HL117078", "P30 DK063491"])
@pytest.mark.parametrize("planned", [False, True])
def test_an_award_has_one_or_two_pages(funded, tmp_path, grant, planned):
    (tmp_path / "plan.csv").write_text(PLAN, "utf-8")
    plan = read_plan(tmp_path / "plan.csv") if planned else None
    made = award_document(
        funded.award(grants=[grant], plan=plan),
        title=f"Award {grant}",
        statements=SAID if planned else None,
    )
    pdf = to_pdf(made)
    assert 1 <= pages(pdf) <= 2
    assert accessible(pdf)


def test_a_demonstration_award_has_one_or_two_pages(demonstration):
    papers = [row["pubmed_id"] for row in demonstration.studies(limit=40).rows]
    found = demonstration.award(publications=sorted({paper for paper in papers if paper}))
    assert len(found.studies) >= 40
    assert 1 <= pages(to_pdf(award_document(found, title="A"))) <= 2
