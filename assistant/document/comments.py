"""Word comments: who, when, what, anchored to the words that they are about."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from assistant.document.flow import pieces_of
from assistant.document.parts import Editable, element, qn, text_leaf

AUTHOR = "拟稿"
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


@dataclass(frozen=True)
class Comment:
    """What is said of characters [start, end) of a paragraph (``w:p``); of the whole paragraph where they are equal."""

    paragraph: Any
    start: int
    end: int
    text: str


def add_comments(file: Editable, comments: Sequence[Comment], when: datetime.datetime, author: str = AUTHOR) -> None:
    """Puts the comments into the file, those of one paragraph from its end to its beginning.

    Args:
        when: aware.
    """
    if not comments:
        return
    stamp = when.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    root = element("comments")
    for number, comment in enumerate(comments):
        root.append(
            element(
                "comment",
                *(_said(line) for line in comment.text.split("\n")),
                id=number,
                author=author,
                date=stamp,
                initials=author[:1],
            )
        )
        _anchor(comment, number)
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    file.add("word/comments.xml", data, "comments", _PART)


def _said(line: str) -> Any:
    # Without a size of its own the comment would be set in 三号.
    properties = element("rPr", element("rFonts", hint="eastAsia"), element("sz", val=20), element("szCs", val=20))
    return element("p", element("r", properties, text_leaf("t", line)))


def _anchor(comment: Comment, number: int) -> None:
    paragraph = comment.paragraph
    runs = paragraph.findall(qn("r"))
    total = sum(_length(run) for run in runs)
    start, end = (comment.start, min(comment.end, total)) if comment.start < comment.end else (0, total)
    opening, closing = element("commentRangeStart", id=number), element("commentRangeEnd", id=number)
    mark = element("r", element("commentReference", id=number))
    first, last = _cut(paragraph, start), _cut(paragraph, end)
    if last is None:
        paragraph.append(closing)
    else:
        last.addprevious(closing)
    closing.addnext(mark)
    if first is None or first is last:
        closing.addprevious(opening)
    else:
        first.addprevious(opening)


def _cut(paragraph: Any, at: int) -> Any:
    """The run that begins at a character, cut off the one before it where needed; None at the end."""
    for run in paragraph.findall(qn("r")):
        length = _length(run)
        if not length:
            continue
        if at <= 0:
            return run
        if at < length:
            return _split(run, at)
        at -= length
    return None


def _split(run: Any, at: int) -> Any:
    characters = "".join(_text(leaf) for leaf in run)
    properties = run.find(qn("rPr"))
    behind = element("r")
    for part, text in ((run, characters[:at]), (behind, characters[at:])):
        for leaf in list(part):
            if leaf.tag != qn("rPr"):
                part.remove(leaf)
        if part is behind and properties is not None:
            part.append(deepcopy(properties))
        part.extend(pieces_of(text))
    run.addnext(behind)
    return behind


def _length(run: Any) -> int:
    return sum(len(_text(leaf)) for leaf in run)


def _text(leaf: Any) -> str:
    if leaf.tag == qn("t"):
        return str(leaf.text or "")
    return {qn("br"): "\n", qn("tab"): "\t", qn("noBreakHyphen"): "\ue0fe"}.get(leaf.tag, "")
