"""A page of the site as a page of the copy: links made relative, live parts replaced."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

Resolve = Callable[[str], str | None]
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'"
_LINKS = ("href", "src", "data", "poster", "xlink:href")
_LISTS = ("srcset", "imagesrcset")
_CONTROLS = ("form", "button", "select", "textarea")
_VOID_CONTROLS = ("input",)
# The script that asks the server for more; one that needs only files stays.
_LIVE_SCRIPT = re.compile(r"/site/site\.[^/]*js$")
FORM_INSTEAD = "This is a fixed copy: what stands here on the live site needs its server."


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of the copy gets.

    Attributes:
        notice: HTML that says what this copy is; it goes before the content.
        style: the way to the style sheet of the copy.
    keep_controls: leave forms; for the page that reckons by itself.
    """

    notice: str = ""
    style: str = ""
    keep_controls: bool = False
    has_live: bool = False


def links(html: str) -> list[tuple[str, bool]]:
    """The links of a page in order, and whether it shows or loads what is there by itself."""
    found: list[tuple[str, bool]] = []

    def note(link: str, shown: bool) -> str | None:
        found.append((link, shown))
        return link

    _Page(note, Frame()).read(html)
    return found


def rewritten(html: str, resolve: Resolve, frame: Frame) -> str:
    """A page as it stands in the copy.

    Args:
        html: the page.
        resolve: the way to what a link means, or None where the copy does not hold it.
        frame: what every page gets.
    """
    return _Page(lambda link, _shown: resolve(link), frame).read(html)


class _Page(HTMLParser):
    """Passes a page through, letter by letter, but for what has to change."""

    def __init__(self, resolve: Callable[[str, bool], str | None], frame: Frame) -> None:
        super().__init__(convert_charrefs=False)
        self._resolve = resolve
        self._frame = frame
        self._made: list[str] = []
        self._dropping: list[str] = []

    def read(self, html: str) -> str:
        self.feed(html)
        self.close()
        return "".join(self._made)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        drop = self._is_live(tag, dict(attrs))
        if self._dropping:
            if tag == self._dropping[-1]:
                self._dropping.append(tag)
            return
        if drop:
            if tag == "form":
                self._put(f'<p class="quiet">{FORM_INSTEAD}</p>')
            if tag not in _VOID_CONTROLS:
                self._dropping.append(tag)
            return
        if tag == "main":
            self._put(self._frame.notice)
        self._put(self._opened(tag, attrs))
        if tag == "meta" and dict(attrs).get("charset"):
            policy = escape(POLICY, quote=False)
            self._put(f'\n<meta http-equiv="Content-Security-Policy" content="{policy}">')

    def _is_live(self, tag: str, attrs: dict[str, str | None]) -> bool:
        """Whether it does nothing without a server."""
        if tag == "script":
            if attrs.get("type") == "application/ld+json":
                return not self._frame.has_live
            return "data-live" in attrs or bool(_LIVE_SCRIPT.search(attrs.get("src") or ""))
        return not self._frame.keep_controls and tag in (*_CONTROLS, *_VOID_CONTROLS)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._dropping and not self._is_live(tag, dict(attrs)):
            self._put(self._opened(tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        if self._dropping:
            if tag == self._dropping[-1]:
                self._dropping.pop()
            return
        if tag == "head" and self._frame.style:
            self._put(f'<link rel="stylesheet" href="{escape(self._frame.style)}">\n')
        self._put(f"</{tag}>")

    def _opened(self, tag: str, attrs: list[tuple[str, str | None]]) -> str:
        made: list[tuple[str, str | None]] = []
        changed = False
        if ("rel", "canonical") in attrs:
            # Says where the living page is, also on its copy.
            return (self.get_starttag_text() or "") if self._frame.has_live else ""
        for name, value in attrs:
            if value is None or name not in (*_LINKS, *_LISTS) or value.startswith("#"):
                made.append((name, value))
                continue
            shown = tag != "a"
            if name in _LISTS:
                found = ", ".join(self._each(value))
            else:
                answer = self._resolve(value, shown)
                if answer is None:
                    return self._gone(tag, attrs)
                found = answer
            changed = changed or found != value
            made.append((name, found))
        if not changed:
            return self.get_starttag_text() or ""
        text = "".join(
            f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in made
        )
        close = " /" if (self.get_starttag_text() or "").endswith("/>") else ""
        return f"<{tag}{text}{close}>"

    def _gone(self, tag: str, attrs: list[tuple[str, str | None]]) -> str:
        """A link to what the copy does not hold keeps its words; anything else is left out."""
        if tag != "a":
            return ""
        kept = [(name, value) for name, value in attrs if name in ("class", "id") and value]
        # A link without an address is one that leads nowhere here, and is read as plain text.
        return "<a" + "".join(f' {name}="{escape(value or "")}"' for name, value in kept) + ">"

    def _each(self, value: str) -> Iterator[str]:
        for item in value.split(","):
            address, _, rest = item.strip().partition(" ")
            found = self._resolve(address, True)
            if found is not None:
                yield f"{found} {rest}".strip()

    def _put(self, text: str) -> None:
        if not self._dropping:
            self._made.append(text)

    def handle_data(self, data: str) -> None:
        self._put(data)

    def handle_entityref(self, name: str) -> None:
        self._put(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._put(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self._put(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._put(f"<!{decl}>")
