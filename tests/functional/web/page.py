"""Read a page as a browser's accessibility tree would, as far as HTML alone tells."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """Elements in order, each as (tag, attributes, text directly and deeply inside)."""

    VOID = {"meta", "link", "img", "source", "br", "input", "hr"}  # noqa: RUF012

    INLINE = {"strong", "code", "a", "span"}  # noqa: RUF012

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[dict] = []
        self._open: list[dict] = []
        self.feed(html)
        self.close()
        self.unclosed = [item["tag"] for item in self._open]

    def handle_starttag(self, tag, attrs):
        item = {"tag": tag, "attrs": dict(attrs), "text": ""}
        self.elements.append(item)
        if tag not in self.VOID:
            self._open.append(item)

    def handle_endtag(self, tag):
        found = self._open.pop()
        if tag not in self.INLINE:
            self.handle_data(" ")
        if found["tag"] != tag:
            raise ValueError(f"</{tag}> closes <{found['tag']}>")

    def handle_data(self, data):
        for item in self._open:
            item["text"] += data

    def all(self, *tags):
        return [item for item in self.elements if item["tag"] in tags]

    def one(self, tag):
        (found,) = self.all(tag)
        return found

    @property
    def text(self):
        return " ".join(self.one("main")["text"].split())


def read(response) -> Page:
    return Page(response.content.decode())
