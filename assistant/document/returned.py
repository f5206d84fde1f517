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
from assistant.document.styles import STYLE_IDS
from assistant.document.travel import MARK, Travelling, unpack_travel

_EXCERPT = 40


@dataclass(frozen=True)
class ReturnedParagraph:
    """A paragraph that has text. ``mark``: the bookmark that begins in it or just before it, "" where none does."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class ReturnedComment:
    """What somebody said in the margin. ``about``: the words that it is anchored to, in ``paragraph``."""

    author: str
    text: str
    about: str
    paragraph: str


@dataclass(frozen=True)
class ReturnedFile:
    """Attributes:
    tracked: whether the file had tracked changes.
    tables: how many tables it has; their text is not among the paragraphs.
    """

    paragraphs: tuple[ReturnedParagraph, ...]
    comments: tuple[ReturnedComment, ...]
    travelling: Travelling | None
    tracked: bool
    tables: int


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
    travelling = unpack_travel(package)
    return ReturnedFile(
        tuple(_paragraphs(body)),
        tuple(_comments(package.related("comments"), body)),
        travelling,
        tracked,
        sum(1 for _ in body.iter(qn("tbl"))),
    )


def _paragraphs(body: Any) -> Iterator[ReturnedParagraph]:
    waiting = ""
    for block in _blocks(body):
        for start in block.iter(qn("bookmarkStart")):
            if (name := start.get(qn("name"), "")).startswith(MARK):
                waiting = name
        if block.tag != qn("p") or _is_caption(block):
            continue
        for line in paragraph_text(block).split("\n"):
            if text := line.strip(" \t\u00a0\u3000"):
                yield ReturnedParagraph(text.replace("\u00a0", " "), waiting)
                waiting = ""


def _is_caption(paragraph: Any) -> bool:
    """The line above a table is the table's, whose text is not read either."""
    style = paragraph.find(f"{qn('pPr')}/{qn('pStyle')}")
    return style is not None and style.get(qn("val")) == STYLE_IDS["table_caption"]


def _blocks(body: Any) -> Iterator[Any]:
    """Paragraphs outside tables, and bookmarks between them; content controls opened."""
    stack = list(reversed(body))
    while stack:
        node = stack.pop()
        if node.tag in (qn("p"), qn("bookmarkStart")):
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
