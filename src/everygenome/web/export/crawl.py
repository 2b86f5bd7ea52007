"""Follow the site's own links from its first page, and write down what they lead to."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from everygenome.errors import UsageError
from everygenome.web.export.fetch import Fetch, Fetched
from everygenome.web.export.options import Bounds
from everygenome.web.export.places import Address, read
from everygenome.web.export.rewrite import links

HTML = "text/html"
_CSS = "text/css"
_CSS_LINK = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
OnFile = Callable[[int, int], None]


@dataclass(slots=True)
class Crawled:
    """What was found.

    Attributes:
        pages: place in the copy of each page, and its address.
        files: places of everything else.
        failed: addresses that the site links to and cannot show, with the status.
        beyond: pages that were left out because there were too many.
        size_bytes: of all files together.
    """

    pages: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    failed: dict[str, int] = field(default_factory=dict)
    beyond: int = 0
    size_bytes: int = 0

    def holds(self, place: str | None) -> bool:
        """Whether the copy has a file at this place."""
        return place in self.pages or place in self.files


def crawl(
    fetch: Fetch,
    folder: Path,
    *,
    release: str,
    bounds: Bounds,
    hosts: tuple[str, ...] = (),
    progress: OnFile = lambda *_: None,
) -> Crawled:
    """Write everything that can be reached from the first page into a folder, as it is.

    Each place is fetched once, so links in a circle end.

    Args:
        fetch: asks the site.
        folder: where the files go; it exists and is empty.
        release: the release of the copy.
        bounds: how much the copy may hold.
        hosts: names of the site.
        progress: called with how many files are written and how many are known.

    Raises:
        UsageError: the first page cannot be shown, or the bytes pass the bound.
        OSError: a file cannot be written.
    """
    found = Crawled()
    start = Address("/", ())
    waiting = deque([start])
    known = {start.place}
    while waiting:
        address = waiting.popleft()
        place = str(address.place)
        answer = fetch(_spelt(address, release))
        if answer.status != 200:
            if address == start:
                raise UsageError(
                    f"The first page of the site cannot be shown (status {answer.status}).",
                    remedy="Look at the site with `everygenome serve` first.",
                )
            found.failed[address.path] = answer.status
            continue
        is_page = answer.kind == HTML
        if is_page and len(found.pages) >= bounds.pages:
            found.beyond += 1
            continue
        found.size_bytes += len(answer.body)
        if found.size_bytes > bounds.size_bytes:
            raise UsageError(
                f"The copy would be larger than {bounds.size_bytes / 1e6:,.0f} MB.",
                remedy="Allow more with --max-megabytes, or fewer pages with --max-pages.",
            )
        _write(folder / place, answer.body)
        if is_page:
            found.pages[place] = address.path
        else:
            found.files.add(place)
        for link in _links(answer):
            led = read(link, base=address.path, release=release, hosts=hosts)
            if led is None or led.place is None or led.place in known:
                continue
            known.add(led.place)
            if led.place.rpartition(".")[2] in bounds.without:
                continue
            # What a page shows is needed before further pages are.
            waiting.appendleft(led) if led.is_file else waiting.append(led)
        progress(len(found.pages) + len(found.files), len(known))
    return found


def _spelt(address: Address, release: str) -> str:
    """The address to ask; files name the release, so that what is fetched cannot change."""
    choices = [*address.choices, *([("release", release)] if _is_chosen(address) else [])]
    return address.path + (f"?{urlencode(choices)}" if choices else "")


def _is_chosen(address: Address) -> bool:
    return address.is_file and not address.path.startswith("/static/")


def _links(answer: Fetched) -> Iterator[str]:
    if answer.kind == HTML:
        yield from (link for link, _ in links(answer.body.decode()))
    elif answer.kind == _CSS:
        yield from _CSS_LINK.findall(answer.body.decode())


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
