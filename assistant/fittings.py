"""版头、附件和版记: what a person adds around a report's text, as it is kept and as the writer takes it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from assistant.document.content import Attachment, Cover, DocumentOptions, Imprint
from assistant.document.plain import paragraphs_of
from assistant.drafting.secrecy import Mark, mark_in, marked
from assistant.errors import InputError
from assistant.facts.fields import FactField, FieldType
from assistant.reports.report import Report, Section

MAX_MARK, MAX_LINE, MAX_LINES, MAX_NOTE, MAX_TEXT = 40, 100, 30, 200, 20_000

_NUMBER = re.compile(r"[一-鿿]{1,15}〔(?P<year>\d{4})〕(?P<order>\d{1,5})号")
_BRACKETS = str.maketrans("[]【】［］（）()０１２３４５６７８９", "〔〕〔〕〔〕〔〕〔〕0123456789")
_ENUMERATION = re.compile(r"^\s*(?:附件\s*\d*\s*[:：]\s*)?(?:\d{1,2}\s*[.．、]\s*(?!\d))?")
_END = " 。；，、.;,"


class Enclosure(BaseModel):
    """One 附件.

    Attributes:
        title: without its number.
        text: what it says, a paragraph a line; 一、 and （一） open headings. "" with no table: 正文另附.
        table: label of a table fact that stands in it; "" for none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    text: str = ""
    table: str = ""

    @model_validator(mode="before")
    @classmethod
    def _only_a_title(cls, given: Any) -> Any:
        return {"title": given} if isinstance(given, str) else given


class Fittings(BaseModel):
    """What is kept with a report; every text as a person typed it, trimmed. The defaults are the plain paper.

    Attributes:
        head: whether there is a 版头 (发文机关标志 ``mark``, 发文字号 ``number``, 签发人, 紧急程度).
        copy_number: 份号, six digits, with a 版头 only.
        attachments: named in 附件说明 in this order; those that hold something follow the text on pages of their own.
        copies: 抄送机关. printer, printed: 印发机关 and 印发日期.
        tables: (section key, label of a table fact) to set as tables.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sealed: bool = False
    head: bool = False
    mark: str = ""
    number: str = ""
    signers: tuple[str, ...] = ()
    urgency: Literal["", "特急", "加急"] = ""
    copy_number: str = ""
    note: str = ""
    attachments: tuple[Enclosure, ...] = ()
    copies: tuple[str, ...] = ()
    printer: str = ""
    printed: datetime.date | None = None
    tables: tuple[tuple[str, str], ...] = ()

    @property
    def options(self) -> DocumentOptions:
        """As the writer takes them."""
        cover = self._cover if self.head else None
        imprint = Imprint(self.copies, self.printer, self.printed)
        return DocumentOptions(
            cover=cover,
            sealed=self.sealed,
            note=self.note,
            attachments=tuple(
                Attachment(item.title, paragraphs_of(item.text), (item.table,) if item.table else ())
                for item in self.attachments
            ),
            imprint=imprint if imprint != Imprint() else None,
            tables=self.tables,
        )

    @property
    def _cover(self) -> Cover:
        return Cover(self.mark, self.number, self.signers, self.urgency, self.copy_number)

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that would be printed."""
        head = (self.mark, self.number, *self.signers) if self.head else ()
        enclosed = (text for item in self.attachments for text in (item.title, *item.text.split("\n")))
        return (*head, self.note, *enclosed, *self.copies, self.printer)

    def next_year(self) -> Fittings:
        """For next year's report: what belongs to one paper only (发文字号, 份号, 附件, 印发日期) is left out."""
        return self.model_copy(update={"number": "", "copy_number": "", "attachments": (), "printed": None})


def read_fittings(kept: str) -> Fittings:
    """From the JSON that is kept; "" is the plain paper. Raises InputError."""
    if not kept:
        return Fittings()
    try:
        return Fittings.model_validate_json(kept)
    except ValidationError as error:
        raise InputError(
            "这份报告存下的版头、附件和版记读不出来。", "请在“导出”页的“版头、附件和版记”里按“全部清空”，再重新填写。"
        ) from error


def checked(fittings: Fittings) -> Fittings:
    """The same in the form that is printed: brackets of a 发文字号, numbers before 附件, ends of lines.

    Raises:
        InputError: what cannot be printed so.
    """
    made = fittings.model_copy(
        update={
            "mark": _line(fittings.mark, "发文机关标志", MAX_MARK),
            "number": _number(fittings.number),
            "copy_number": _copy_number(fittings.copy_number),
            "signers": _lines(fittings.signers, "签发人", 10),
            "note": _line(fittings.note, "附注", MAX_NOTE).strip("（）()"),
            "attachments": _enclosures(fittings.attachments),
            "copies": tuple(name.rstrip(_END) for name in _lines(fittings.copies, "抄送机关", MAX_LINE)),
            "printer": _line(fittings.printer, "印发机关", MAX_MARK),
        }
    )
    if made.head and not made.mark:
        raise InputError("版头里没有填发文机关标志。", "请填写，如“中共××镇委员会文件”；不要版头的，去掉“使用版头”。")
    if made.printed and not made.printer:
        raise InputError("填了印发日期，没有填印发机关。", "请先填印发机关，如“××镇党政综合办公室”。")
    return made


def refuse_marked_fittings(fittings: Fittings, deed: str) -> None:
    """Raises SecrecyMarked where a text carries a 密级 mark; ``deed`` is what is refused."""
    for text in fittings.texts:
        if excerpt := mark_in(text):
            raise marked(Mark("版头、附件和版记", excerpt), deed)


def table_facts(report: Report) -> list[tuple[Section, str]]:
    """The table facts that have rows, with the section that tells each."""
    found = []
    for section in report.written:
        for label in section.facts:
            item = report.sheet.schema.find(label)
            if isinstance(item, FactField) and item.type is FieldType.TABLE and report.sheet.value(label):
                found.append((section, label))
    return found


def _number(typed: str) -> str:
    number = "".join(typed.split()).translate(_BRACKETS)
    if not number:
        return ""
    found = _NUMBER.fullmatch(number)
    if found is None:
        raise InputError(
            f"“{typed.strip()}”不像发文字号。", "请写成“清党〔2026〕5号”的样子：机关代字、年份、序号；不加“第”字。"
        )
    if found["order"].startswith("0"):
        raise InputError(f"发文字号“{number}”的序号前面有 0。", "序号不编虚位，请写“5号”，不写“05号”。")
    return number


def _copy_number(typed: str) -> str:
    """12 → 000012. 份号 has six digits (GB/T 9704 7.2.1)."""
    number = "".join(typed.split()).translate(_BRACKETS)
    if not number:
        return ""
    if not (number.isascii() and number.isdigit() and len(number) <= 6 and int(number)):
        raise InputError(f"“{typed.strip()}”不能作份号。", "份号用 6 位阿拉伯数字，如 000012；不编份号的不填。")
    return number.zfill(6)


def _enclosures(typed: tuple[Enclosure, ...]) -> tuple[Enclosure, ...]:
    if len(typed) > MAX_LINES:
        raise InputError(f"附件有 {len(typed)} 个，太多了。", f"最多 {MAX_LINES} 个。")
    made = []
    for item in typed:
        title = _ENUMERATION.sub("", _line(item.title, "附件名称", MAX_LINE), count=1).rstrip(_END)
        text = "\n".join(line for given in item.text.splitlines() if (line := _line(given, "附件正文的一段", MAX_TEXT)))
        if len(text) > MAX_TEXT:
            raise InputError(f"“{title}”的正文有 {len(text)} 个字，太长了。", f"最多 {MAX_TEXT} 个字。")
        if title:
            made.append(Enclosure(title=title, text=text, table=item.table.strip()))
        elif text or item.table:
            raise InputError("有一个附件没有名称。", "请先填写附件名称。")
    return tuple(made)


def renamed(kept: tuple[Enclosure, ...], titles: Iterable[str]) -> tuple[Enclosure, ...]:
    """The 附件 with new titles: one that keeps its title keeps what it holds, wherever it stands now; so does one that
    is called otherwise in its place."""
    titles = [_ENUMERATION.sub("", title.strip(), count=1).rstrip(_END) for title in titles]
    titles = [title for title in titles if title]
    by_title = {item.title: item for item in kept}
    left = {number: item for number, item in enumerate(kept) if item.title not in titles}
    found = []
    for number, title in enumerate(titles):
        item = by_title.pop(title, None) or left.pop(number, None) or Enclosure(title=title)
        found.append(item.model_copy(update={"title": title}))
    return tuple(found)


def _lines(typed: tuple[str, ...], what: str, limit: int) -> tuple[str, ...]:
    lines = tuple(line for text in typed if (line := _line(text, what, limit)))
    if len(lines) > MAX_LINES:
        raise InputError(f"{what}有 {len(lines)} 个，太多了。", f"最多 {MAX_LINES} 个。")
    return lines


def _line(typed: str, what: str, limit: int) -> str:
    line = "".join(each if each.isprintable() or each == "\u3000" else " " for each in typed).strip()
    if len(line) > limit:
        raise InputError(f"{what}有 {len(line)} 个字，太长了。", f"最多 {limit} 个字。")
    return line
