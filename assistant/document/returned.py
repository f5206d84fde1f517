"""What a .docx that came back says: its paragraphs section by section as far as it tells, its comments."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from assistant.document.comments import AUTHOR
from assistant.document.opening import damaged, open_bytes
from assistant.document.parts import qn
from assistant.document.reading import paragraph_text
from assistant.document.revisions import has_changes, resolve
from assistant.document.styles import RUNIN_IDS, STYLE_IDS
from assistant.document.travel import MARK, Travelling, unpack_travel

_EXCERPT = 40
_RUNIN = frozenset(RUNIN_IDS.values())
_CLOSING = frozenset(STYLE_IDS[key] for key in ("attachment_note", "signature", "date", "note", "attachment_label"))
_HEADINGS = frozenset(STYLE_IDS[f"heading{level}"] for level in range(1, 5))
#: What the caption's style is called where its id was changed.
CAPTION = "表格标题"


@dataclass(frozen=True)
class ReturnedParagraph:
    """A paragraph that has text.

    Attributes:
        mark: the bookmark that begins in it or just before it, "" where none does.
        opening: its 段首句, the words at its beginning that are set as one; "" for none.
        heading: it is set as a heading on a line of its own.
        closing: it is set as 附件说明, 落款, 附注 or 附件: the text is over.
    """

    text: str
    mark: str = ""
    opening: str = ""
    heading: bool = False
    closing: bool = False


@dataclass(frozen=True)
class ReturnedComment:
    """What somebody said in the margin. ``about``: the words that it is anchored to, in ``paragraph``."""

    author: str
    text: str
    about: str
    paragraph: str


@dataclass(frozen=True)
class ReturnedTable:
    """A table of the text; ``rows`` with the heads first. ``caption``: the line above it, "" where there is none."""

    caption: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ReturnedFile:
    """Attributes:
    tracked: whether the file had tracked changes.
    tables: with their cells' text, which is not among the paragraphs.
    """

    paragraphs: tuple[ReturnedParagraph, ...]
    comments: tuple[ReturnedComment, ...]
    travelling: Travelling | None
    tracked: bool
    tables: tuple[ReturnedTable, ...]


def read_returned_file(data: bytes, name: str, *, accept: bool = True) -> ReturnedFile:
    """Reads a file that came back.

    Args:
        accept: whether tracked changes count as accepted; else as rejected.

    Raises:
        DocumentInputError: no sound .docx, encrypted, with macros or entities, or too large.
    """
    package = open_bytes(data, name)
    body = package.document().find(qn("body"))
    if body is None:
        raise damaged(name)
    body = deepcopy(body)
    tracked = has_changes(body)
    resolve(body, accept=accept)
    captions = _captions(package.related("styles"))
    travelling = unpack_travel(package)
    return ReturnedFile(
        tuple(_paragraphs(body, captions)),
        tuple(_comments(package.related("comments"), body)),
        travelling,
        tracked,
        tuple(_tables(body, captions)),
    )


def _paragraphs(body: Any, captions: frozenset[str]) -> Iterator[ReturnedParagraph]:
    waiting = ""
    for block in _blocks(body):
        for start in block.iter(qn("bookmarkStart")):
            if (name := start.get(qn("name"), "")).startswith(MARK):
                waiting = name
        # The line above a table is the table's.
        if block.tag != qn("p") or _style(block) in captions:
            continue
        opening, style = _opening(block), _style(block)
        for line in paragraph_text(block).split("\n"):
            if text := line.strip(" \t\u00a0\u3000").replace("\u00a0", " "):
                first = opening if text.startswith(opening) else ""
                yield ReturnedParagraph(text, waiting, first, style in _HEADINGS, style in _CLOSING)
                waiting = opening = ""


def _tables(body: Any, captions: frozenset[str]) -> Iterator[ReturnedTable]:
    caption = ""
    for block in _blocks(body, qn("tbl")):
        if block.tag == qn("p"):
            caption = paragraph_text(block).strip() if _style(block) in captions else ""
        elif block.tag == qn("tbl"):
            rows = (tuple(_cell(cell) for cell in row.findall(qn("tc"))) for row in block.findall(qn("tr")))
            yield ReturnedTable(caption, tuple(rows))
            caption = ""


def _cell(cell: Any) -> str:
    return " ".join(filter(None, (paragraph_text(paragraph).strip() for paragraph in cell.iter(qn("p")))))


def _opening(paragraph: Any) -> str:
    """The text of the first runs that have a 段首句's style; runs without text (marks of comments) do not count."""
    texts: list[str] = []
    for run in paragraph.iter(qn("r")):
        text = "".join(leaf.text or "" for leaf in run.iter(qn("t")))
        style = run.find(f"{qn('rPr')}/{qn('rStyle')}")
        if text and (style is None or style.get(qn("val")) not in _RUNIN):
            break
        texts.append(text)
    return "".join(texts).strip(" \t\u00a0\u3000").replace("\u00a0", " ")


def _style(paragraph: Any) -> str:
    found = paragraph.find(f"{qn('pPr')}/{qn('pStyle')}")
    return "" if found is None else str(found.get(qn("val")))


def _captions(styles: Any) -> frozenset[str]:
    """Ids of the caption's style: ours, and what another office program made of it by its name."""
    ours = STYLE_IDS["table_caption"]
    if styles is None:
        return frozenset({ours})
    named = {
        style.get(qn("styleId"), ""): style.find(qn("name")).get(qn("val"), "")
        for style in styles.iter(qn("style"))
        if style.find(qn("name")) is not None
    }
    return frozenset({ours, *(key for key, name in named.items() if name == named.get(ours, CAPTION))})


def _blocks(body: Any, *also: str) -> Iterator[Any]:
    """Paragraphs outside tables, bookmarks between them, and blocks of the tags ``also``; content controls opened."""
    stack = list(reversed(body))
    while stack:
        node = stack.pop()
        if node.tag in (qn("p"), qn("bookmarkStart"), *also):
            yield node
        elif node.tag in (qn("sdt"), qn("sdtContent"), qn("customXml"), qn("smartTag")):
            stack.extend(reversed(node))


def _comments(root: Any, body: Any) -> Iterator[ReturnedComment]:
    if root is None:
        return
    places = _anchors(body)
    for comment in root.iter(qn("comment")):
        text = "\n".join(filter(None, (paragraph_text(paragraph) for paragraph in comment.iter(qn("p")))))
        author = comment.get(qn("author"), "")
        if text and author != AUTHOR:
            about, paragraph = places.get(comment.get(qn("id"), ""), ("", ""))
            yield ReturnedComment(author, text, about[:_EXCERPT], paragraph)


def _anchors(body: Any) -> dict[str, tuple[str, str]]:
    """Comment id → the words that it spans, and the paragraph in which it begins."""
    words: dict[str, list[str]] = {}
    where: dict[str, str] = {}
    open_: list[str] = []
    for node in body.iter():
        identity = node.get(qn("id"), "") if isinstance(node.tag, str) else ""
        if node.tag == qn("commentRangeStart"):
            open_.append(identity)
            words[identity] = []
            paragraph = next(node.iterancestors(qn("p")), None)
            where[identity] = "" if paragraph is None else paragraph_text(paragraph).strip()
        elif node.tag == qn("commentRangeEnd") and identity in open_:
            open_.remove(identity)
        elif node.tag == qn("t"):
            for name in open_:
                words[name].append(node.text or "")
    return {name: ("".join(texts), where[name]) for name, texts in words.items()}
