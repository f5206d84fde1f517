"""版头、附件和版记: what a person adds around a report's text, as it is kept and as the writer takes it."""

from __future__ import annotations

import datetime
import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.document.content import Attachment, Cover, DocumentOptions, Imprint
from assistant.errors import InputError

MAX_MARK, MAX_LINE, MAX_LINES, MAX_NOTE = 40, 100, 30, 200

_NUMBER = re.compile(r"[一-鿿]{1,15}〔(?P<year>\d{4})〕(?P<order>\d{1,5})号")
_BRACKETS = str.maketrans("[]【】［］（）()０１２３４５６７８９", "〔〕〔〕〔〕〔〕〔〕0123456789")
_ENUMERATION = re.compile(r"^\s*(?:附件\s*\d*\s*[:：]\s*)?(?:\d{1,2}\s*[.．、]\s*(?!\d))?")
_END = " 。；，、.;,"


class Fittings(BaseModel):
    """What is kept with a report; every text as a person typed it, trimmed. The defaults are the plain paper.

    Attributes:
        head: whether there is a 版头 (发文机关标志 ``mark``, 发文字号 ``number``, 签发人, 紧急程度).
        attachments: titles without numbers; they are named in 附件说明.
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
    note: str = ""
    attachments: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    printer: str = ""
    printed: datetime.date | None = None
    tables: tuple[tuple[str, str], ...] = ()

    @property
    def options(self) -> DocumentOptions:
        """As the writer takes them."""
        cover = Cover(self.mark, self.number, self.signers, self.urgency) if self.head else None
        imprint = Imprint(self.copies, self.printer, self.printed)
        return DocumentOptions(
            cover=cover,
            sealed=self.sealed,
            note=self.note,
            attachments=tuple(Attachment(title) for title in self.attachments),
            imprint=imprint if imprint != Imprint() else None,
            tables=self.tables,
        )

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that would be printed."""
        head = (self.mark, self.number, *self.signers) if self.head else ()
        return (*head, self.note, *self.attachments, *self.copies, self.printer)

    def next_year(self) -> Fittings:
        """For next year's report: what belongs to one paper only (发文字号, 附件, 印发日期) is left out."""
        return self.model_copy(update={"number": "", "attachments": (), "printed": None})


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
            "signers": _lines(fittings.signers, "签发人", 10),
            "note": _line(fittings.note, "附注", MAX_NOTE).strip("（）()"),
            "attachments": tuple(_titles(fittings.attachments)),
            "copies": tuple(name.rstrip(_END) for name in _lines(fittings.copies, "抄送机关", MAX_LINE)),
            "printer": _line(fittings.printer, "印发机关", MAX_MARK),
        }
    )
    if made.head and not made.mark:
        raise InputError("版头里没有填发文机关标志。", "请填写，如“中共××镇委员会文件”；不要版头的，去掉“使用版头”。")
    if made.printed and not made.printer:
        raise InputError("填了印发日期，没有填印发机关。", "请先填印发机关，如“××镇党政综合办公室”。")
    return made


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


def _titles(typed: tuple[str, ...]) -> list[str]:
    titles = [_ENUMERATION.sub("", title, count=1).rstrip(_END) for title in _lines(typed, "附件名称", MAX_LINE)]
    return [title for title in titles if title]


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
