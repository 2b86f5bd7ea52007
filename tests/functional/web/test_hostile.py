"""A catalogue whose cells are hostile, a release that comes in between, and a damaged one."""

import shutil
from xml.etree import ElementTree

import pytest

from everygenome.pipeline.build import build
from everygenome.sources.gwas_catalog.demonstration.write import write_demonstration
from everygenome.store.folder import Store
from tests.functional.web.page import read

pytestmark = [pytest.mark.usefixtures("django")]
SUBJECT = "Cancer"
# A line of its own, the other direction, a control letter, no letter at all, and a tag.
NAME = "Can\u2028cer \u202ekcab\u202c \x01\uffff </noscript><script>alert(1)</script>"
CLEAN = "Can cer kcab </noscript><script>alert(1)</script>"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The demonstration catalogue with one subject renamed."""
    folder = tmp_path_factory.mktemp("hostile")
    write_demonstration(folder / "files")
    found = 0
    for path in (folder / "files").glob("*mapping*"):
        text = path.read_text("utf-8")
        found += text.count(f"\t{SUBJECT}\t")
        path.write_text(text.replace(f"\t{SUBJECT}\t", f"\t{NAME}\t"), "utf-8")
    assert found
    build(Store(folder / "store"), folder / "files")
    return folder / "store"


@pytest.fixture
def over(site, hostile):
    from everygenome.web.site.releases import SHELF

    # The demonstration of other tests has the same name, and may be open.
    SHELF._open.clear()
    yield site(hostile)
    SHELF._open.clear()


def test_a_feed_of_a_subject_of_any_name_is_xml(over):
    response = over("/changes/view.atom", {"view": "1", "trait_parent": NAME})
    root = ElementTree.fromstring(response.content)
    title = root.find("{http://www.w3.org/2005/Atom}title").text
    assert title.endswith(f"on the subject “{CLEAN}”")


def test_a_page_of_a_subject_of_any_name_holds_no_script_of_it(over):
    for path in ("/composition/", "/embed/composition/", "/compare/", "/alerts/", "/subjects/"):
        text = over(path, {"view": "1", "trait_parent": NAME}).content.decode()
        assert "kcab" in text or path.startswith("/embed/")
        assert "<script>" not in text
        assert "</noscript><script" not in text


def test_a_mail_tells_a_name_on_one_line(over, hostile):
    from everygenome.queries.release import open_release
    from everygenome.web.site.findings import described, question_of

    with_name = question_of("").but(trait_parent=NAME)
    told = described(with_name, open_release(store=hostile))
    assert told == f"Participations in the discovery stage, on the subject “{CLEAN}”"


def test_a_page_is_of_one_list_of_releases(site, real, monkeypatch):
    """Between two looks at the store another release may have become the current one."""
    from everygenome.web.site.releases import SHELF, Listed

    get = site(real)
    now = SHELF.listed()
    early = now.releases[1:]
    before = Listed(early, early[0]["id"])
    looks = iter([before])
    monkeypatch.setattr(SHELF, "listed", lambda: next(looks, now))
    page = read(get("/composition/"))
    assert "12 July 2019" in page.one("footer")["text"]
    assert page.all("aside") == []


@pytest.fixture
def damaged(site, real, tmp_path):
    """A site whose older release is damaged, with the names of both."""
    from everygenome.web.site.releases import SHELF

    SHELF._open.clear()
    shutil.copytree(real / "releases", tmp_path / "releases")
    old, new = Store(tmp_path).ids()
    (tmp_path / "releases" / old / "ancestry.parquet").write_bytes(b"PAR1 and no more")
    yield site(tmp_path), old, new
    SHELF._open.clear()


@pytest.mark.parametrize(
    "address",
    [
        "/badge/share.svg?release={old}",
        "/badge/studies.svg?release={old}",
        "/traits/suggest.json?release={old}&search=dia",
        "/changes/{old}/{new}/",
        "/changes/{new}/{old}/",
    ],
)
def test_every_room_says_that_a_release_cannot_be_read(damaged, address):
    get, old, new = damaged
    response = get(address.format(old=old, new=new))
    text = response.content.decode()
    assert response.status_code == 503
    assert "Something went wrong" not in text
    assert "No fault of yours" not in text
    if address.startswith("/changes/"):
        assert f"The release {old} cannot be read." in read(response).one("h1")["text"]
    if address.startswith("/badge/"):
        assert "cannot be read" in text
