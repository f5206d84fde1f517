"""A Word file as it looks: paragraphs with effective formats, tables, sections, page numbers. Lengths in twips."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TextFormat:
    """What a stretch of text looks like after styles, defaults and theme. ``size`` in points; fonts "" where unset."""

    east_asia: str = ""
    ascii: str = ""
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    color: str = "auto"
    spacing: int = 0
    themed: bool = False
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """What a paragraph looks like. Indents are (hundredths of a 字 or 0, twips); the first counts where it is not 0."""

    align: str = "left"
    left: tuple[int, int] = (0, 0)
    right: tuple[int, int] = (0, 0)
    first: tuple[int, int] = (0, 0)
    before: int = 0
    after: int = 0
    line: int = 240
    line_rule: str = "auto"
    snap: bool = True
    page_break_before: bool = False
    rule_below: str = ""
    frame: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Text of one format."""

    text: str
    format: TextFormat


@dataclass(slots=True)
class Para:
    """A paragraph. ``number`` counts all paragraphs of the body from 1, those in tables too; 0 in a footer.

    Attributes:
        label: what automatic numbering prints in front of the text.
        mark: the format of the paragraph mark: the height of an empty paragraph.
        breaks: a page break before the text / inside or after it.
        drawing: holds a picture, a line or a text box.
        page_field: index in ``text`` where a PAGE field prints, -1 without one.
        page_format: the format of that field.
    """

    number: int
    spans: list[Span]
    layout: Layout
    mark: TextFormat
    label: str = ""
    starts_page: bool = False
    ends_page: bool = False
    drawing: bool = False
    section: int = 0
    in_table: bool = False
    page_field: int = -1
    page_format: TextFormat | None = None
    box_align: str = ""

    @property
    def raw(self) -> str:
        return "".join(span.text for span in self.spans)

    @property
    def text(self) -> str:
        """With the automatic number, without blanks around."""
        return (self.label + self.raw).strip(" \t\u00a0\u3000\n")

    @property
    def size(self) -> float:
        """Of most of the text, in points; of the mark where there is none."""
        weight: dict[float, int] = {}
        for span in self.spans:
            if span.text.strip():
                weight[span.format.size] = weight.get(span.format.size, 0) + len(span.text)
        return max(weight, key=lambda size: weight[size]) if weight else self.mark.size

    @property
    def leading(self) -> float:
        """Width in 字 of the blanks that the text begins with."""
        raw = self.raw
        return 0.0 if self.label else width(raw[: len(raw) - len(raw.lstrip(" \u00a0\u3000"))])

    def chars(self, indent: tuple[int, int]) -> float:
        """An indent in 字 of this paragraph."""
        return indent[0] / 100 if indent[0] else indent[1] / (max(self.size, 1) * 20)


@dataclass(slots=True)
class TableBlock:
    """A table: cells as lists of paragraphs. ``width`` in twips, 0 where it is automatic."""

    rows: list[list[list[Para]]]
    width: int
    repeats_head: bool
    edge: int
    inner: int

    @property
    def paras(self) -> list[Para]:
        return [para for row in self.rows for cell in row for para in cell]


@dataclass(slots=True)
class Footer:
    """One footer of a section; the paragraph that prints the page number, None without one."""

    number: Para | None
    text: str


@dataclass(slots=True)
class Section:
    """Paper, margins and grid. Missing values are -1."""

    width: int = -1
    height: int = -1
    top: int = -1
    bottom: int = -1
    left: int = -1
    right: int = -1
    footer: int = -1
    grid: str = ""
    pitch: int = 0
    char_space: int = 0
    title_page: bool = False
    number_format: str = ""
    footers: dict[str, Footer] = field(default_factory=dict)

    @property
    def landscape(self) -> bool:
        return self.width > self.height


@dataclass(slots=True)
class Document:
    """Everything that the rules look at."""

    blocks: list[Para | TableBlock]
    sections: list[Section]
    odd_even: bool
    language: str
    revisions: int
    comments: int

    @property
    def paras(self) -> list[Para]:
        """Paragraphs outside tables."""
        return [block for block in self.blocks if isinstance(block, Para)]


def width(text: str) -> float:
    """In 字: a full-width character is one, a half-width one a half."""
    return sum(
        0.0 if unicodedata.combining(char) else 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5
        for char in text
    )


def is_hanzi(char: str) -> bool:
    """Whether a character is set in the East Asian font for certain."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or "\U00020000" <= char <= "\U0003ffff"
