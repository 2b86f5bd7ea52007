"""Read a page as a browser's accessibility tree would, as far as HTML alone tells."""

from html.parser import HTMLParser


class Element(dict):
    """`tag`, `attrs` and `text`: all that stands between its beginning and its end."""

    def __init__(self, page, tag, attrs, begins, ends):
        super().__init__(tag=tag, attrs=attrs)
        self.page, self.begins, self.ends = page, begins, ends

    def __missing__(self, key):
        if key != "text":
            raise KeyError(key)
        self["text"] = "".join(self.page.pieces[self.begins : self.ends])
        return self["text"]


class Page(HTMLParser):
    """Elements in order, each as (tag, attributes, text directly and deeply inside)."""

    VOID = {"meta", "link", "img", "source", "br", "input", "hr"}  # noqa: RUF012

    INLINE = {"strong", "code", "a", "span"}  # noqa: RUF012

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[dict] = []
        self.pieces: list[str] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        self.unclosed = [item["tag"] for item in self._open]

    def handle_starttag(self, tag, attrs):
        here = len(self.pieces)
        if tag in self.VOID:
            self.elements.append(Element(self, tag, dict(attrs), here, here))
            return
        # Where nothing closes it, it ends with the page.
        item = Element(self, tag, dict(attrs), here, None)
        self.elements.append(item)
        self._open.append(item)

    def handle_endtag(self, tag):
        found = self._open.pop()
        found.ends = len(self.pieces)
        if tag not in self.INLINE:
            self.pieces.append(" ")
        if found["tag"] != tag:
            raise ValueError(f"</{tag}> closes <{found['tag']}>")

    def handle_data(self, data):
        self.pieces.append(data)

    def all(self, *tags):
        return [item for item in self.elements if item["tag"] in tags]

    def one(self, tag):
        (found,) = self.all(tag)
        return found

    @property
    def text(self):
        return " ".join(self.one("main")["text"].split())


def read(response) -> Page:
    """The page of a response; the same response is read once."""
    if not hasattr(response, "page_read"):
        response.page_read = Page(response.content.decode())
    return response.page_read
