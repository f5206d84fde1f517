"""What the Word writer is given: plain text with roles, no facts and no reports.

::

    DocumentContent
    ├── cover: Cover                      版头, for a paper with a red head
    ├── title, byline, addressee          plain strings
    ├── paragraphs: (Paragraph | Table, …)
    │   └── runs: (Run, …)                text, or an open placeholder
    ├── signature, date, sealed, note     the closing (落款), 附注
    ├── attachments: (Attachment, …)      附件说明 and 附件
    └── imprint: Imprint                  版记

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
class Table:
    """A three-line table. Each row has a text for each column; a short row is filled up, a long one is cut.

    Attributes:
        columns: heads of the columns, with the unit where there is one (``实有（人）``).
        caption: the line above the table; "" for none.
        total: the row of sums below the others; () for none.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    total: tuple[str, ...] = ()

    @property
    def body(self) -> tuple[tuple[str, ...], ...]:
        """What stands below the head."""
        return (*self.rows, self.total) if self.total else self.rows


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Cover:
    """版头 (7.2). Without a ``number`` no red line is drawn; this product takes no 密级: it is not for secrets.

    Attributes:
        mark: 发文机关标志, such as ``中共清河镇委员会文件``; required.
        number: 发文字号, such as ``清党〔2026〕5号``.
        signers: 签发人, for a paper sent up (上行文).
        urgency: 特急 or 加急.
        copy_number: 份号, six digits.
    """

    mark: str
    number: str = ""
    signers: tuple[str, ...] = ()
    urgency: Literal["", "特急", "加急"] = ""
    copy_number: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One 附件: its title and what it holds. Without blocks it is named in 附件说明 only.

    Attributes:
        facts: labels of table facts; composing a document sets them as tables behind the blocks.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记 (7.4): 抄送机关, 印发机关 and 印发日期; what is empty is left out."""

    copies: tuple[str, ...] = ()
    printer: str = ""
    printed: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class DocumentOptions:
    """What a person may ask for besides the text. The defaults are the plain paper.

    Attributes:
        note: 附注, without its brackets, such as ``联系人：李文书，电话：……``.
        tables: labels of table facts to set as tables, by the key of the section that they follow.
    """

    cover: Cover | None = None
    sealed: bool = False
    note: str = ""
    attachments: tuple[Attachment, ...] = ()
    imprint: Imprint | None = None
    tables: tuple[tuple[str, str], ...] = ()


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
        cover, note, attachments, imprint: see DocumentOptions.
    """

    title: str
    paragraphs: tuple[Block, ...]
    byline: str | None = None
    addressee: str | None = None
    signature: str | None = None
    date: datetime.date | None = None
    sealed: bool = False
    author: str = ""
    subject: str = ""
    protected_terms: tuple[str, ...] = ()
    cover: Cover | None = None
    note: str = ""
    attachments: tuple[Attachment, ...] = ()
    imprint: Imprint | None = None
