"""A rendered page taken apart with the standard library: elements with their attributes and texts."""

import gzip
import re
from base64 import b64decode
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "wbr", "link", "img", "input", "hr"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    text: str = ""
    inside: list["Element"] = field(default_factory=list)

    def all(self, tag: str = "", **attributes: str) -> list["Element"]:
        """The elements inside, at any depth, with this tag and these attributes (`class_` for class)."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        found = []
        for element in self.inside:
            if tag in {"", element.tag} and wanted.items() <= element.attributes.items():
                found.append(element)
            found += element.all(tag, **attributes)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("page", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open[-1].tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def parse(html: str) -> Element:
    """The page. Fails if an element is not closed where it should be."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert ["page"] == [element.tag for element in reader.open]
    return reader.open[0]


PACKED = re.compile(r'<script type="application/gzip" class="packed">([A-Za-z0-9+/=]*)</script>')


def unpack(html: str) -> str:
    """The page as it is once report.js has unpacked all of it."""
    return PACKED.sub(lambda found: gzip.decompress(b64decode(found[1])).decode(), html)
