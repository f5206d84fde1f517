"""What the Word writer is given: plain text with roles, no facts and no reports.

::

    DocumentContent
    ├── title, byline, addressee          plain strings
    ├── paragraphs: (Paragraph, …)
    │   └── runs: (Run, …)                text, or an open placeholder
    └── signature, date, sealed           the closing (落款)

All strings are plain text: markup in them is shown, never interpreted. A string field may hold
``【待补：…】`` too; the writer treats it as a placeholder run.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

RunKind = Literal["text", "placeholder"]


class Role(StrEnum):
    """What a paragraph is (GB/T 9704 7.3.3).

    ``heading1`` … ``heading4`` stand on their own line (一、黑体; （一）楷体; 1. and （1）仿宋).
    ``runin1`` and ``runin2`` open a body paragraph with a sentence in 黑体 or 楷体: it goes up to
    the first 。 outside quotes and brackets, and the rest is body text.
    """

    BODY = "body"
    HEADING1 = "heading1"
    HEADING2 = "heading2"
    HEADING3 = "heading3"
    HEADING4 = "heading4"
    RUNIN1 = "runin1"
    RUNIN2 = "runin2"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; ``placeholder`` marks an open fact, text such as ``【待补：入伍人数】``."""

    text: str
    kind: RunKind = "text"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. A line feed inside it starts a new body paragraph in the file."""

    runs: tuple[Run, ...]
    role: Role = Role.BODY

    @classmethod
    def of(cls, text: str, role: Role = Role.BODY) -> Paragraph:
        """A paragraph of one text run."""
        return cls((Run(text),), role)


@dataclass(frozen=True, slots=True)
class DocumentContent:
    """A whole document.

    Attributes:
        title: a line feed in it is the writer's own line break and is kept.
        byline: name and post under the title of a 述职报告.
        addressee: 主送机关; a colon at its end is optional, the writer sees to it.
        signature: 落款单位 or a person; one issuer per line.
        date: 成文日期.
        sealed: leave room for a seal (7.3.5.1) rather than sign without one (7.3.5.2).
        author: core property; also ``subject``.
        protected_terms: names that the title is never broken inside of.
    """

    title: str
    paragraphs: tuple[Paragraph, ...]
    byline: str | None = None
    addressee: str | None = None
    signature: str | None = None
    date: datetime.date | None = None
    sealed: bool = False
    author: str = ""
    subject: str = ""
    protected_terms: tuple[str, ...] = ()
