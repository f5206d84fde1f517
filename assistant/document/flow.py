"""A paragraph as characters, each with the properties of its run, and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.document.parts import element, qn, text_leaf

PARAGRAPH_MARK = "\u2029"
_MARKS = {"\n": "br", "\t": "tab", "\ue0fe": "noBreakHyphen"}
_CHARACTERS = {qn(tag): character for character, tag in _MARKS.items()}


@dataclass
class Flow:
    """Attributes:
    text: line breaks, tabs and bound hyphens as one character each.
    properties: the ``w:rPr`` of each character, the same object for those of one run.
    mark: the paragraph's ``w:pPr``.
    """

    text: str
    properties: list[Any]
    mark: Any

    def runs(self) -> Iterator[tuple[str, Any]]:
        """Stretches of one run."""
        start = 0
        for end in range(1, len(self.text) + 1):
            if end == len(self.text) or self.properties[end] is not self.properties[start]:
                yield self.text[start:end], self.properties[start]
                start = end


def flow_of(paragraph: Any) -> Flow:
    """A paragraph as our writer makes it: runs of text, breaks, tabs and bound hyphens."""
    texts: list[str] = []
    properties: list[Any] = []
    for run in paragraph.findall(qn("r")):
        found = run.find(qn("rPr"))
        shared = element("rPr") if found is None else found
        for leaf in run:
            text = (leaf.text or "") if leaf.tag == qn("t") else _CHARACTERS.get(leaf.tag, "")
            texts.append(text)
            properties += [shared] * len(text)
    mark = paragraph.find(qn("pPr"))
    return Flow("".join(texts), properties, element("pPr") if mark is None else mark)


def pieces_of(text: str, tag: str = "t") -> Iterator[Any]:
    """The children of a ``w:r`` that print ``text``; ``tag``: ``t``, or ``delText`` inside a deletion."""
    start = 0
    for place, character in enumerate(text):
        if character in _MARKS:
            if start < place:
                yield text_leaf(tag, text[start:place])
            yield element(_MARKS[character])
            start = place + 1
    if start < len(text):
        yield text_leaf(tag, text[start:])
