"""The one error tree of 拟稿.

Every error carries two Chinese sentences: what happened (``str(error)``) and what to do
next (``error.way_out``). A face prints both; nothing else needs to be translated.

::

    NigaoError
    ├── InputError                what a person gave cannot be used (exit code 2)
    │   ├── SheetError            a fact sheet: carries every problem at once
    │   ├── ReportTypeError       report.yaml or a template: file, line, fault
    │   ├── UnknownNameError      a report type, shape, section or label that does not exist
    │   ├── DocumentInputError    a .docx/.txt that cannot be read
    │   └── WorkbookInputError    an .xlsx/.csv that cannot be read, or that is refused unopened
    ├── EndpointError             the model service
    │   ├── EndpointUnreachable   down, refused, DNS
    │   │   └── EndpointInterrupted   the connection broke after text had come
    │   ├── EndpointTimeout       nothing came for too long
    │   ├── EndpointRejected      400/401/403/404/422: our request or the key
    │   ├── EndpointBusy          429, 503: asked to wait
    │   ├── EndpointBroken        500, HTML instead of JSON, an error inside the stream
    │   └── EmptyDraft            the model answered nothing that could stand in a report
    ├── SendingError              what may not leave this machine
    │   ├── ConsentNeeded         nobody has agreed to this host and model yet
    │   └── SecrecyMarked         a 密级 mark: no endpoint elsewhere, no export
    ├── StorageError              the database
    │   ├── NotFound              a report or section that is gone
    │   └── EditConflict          somebody saved first; both texts are kept
    ├── ExportError               the Word file could not be written
    │   └── OpenPlaceholders      a final file was asked for while facts are missing
    ├── ConfigurationError        an environment variable or secret that makes no sense
    └── ProgramFault              the program itself failed, where nobody foresaw it: the log has the rest
"""

from __future__ import annotations

import errno
from dataclasses import dataclass


class NigaoError(Exception):
    """Base of all errors that a user may see.

    Args:
        message: what happened, one Chinese sentence that names the place.
        way_out: what to do next, one Chinese sentence.
    """

    def __init__(self, message: str, way_out: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.way_out = way_out

    def for_user(self) -> str:
        """Both sentences as one paragraph."""
        return f"{self.message}{self.way_out}"


class InputError(NigaoError):
    """What a person gave cannot be used."""


@dataclass(frozen=True)
class SheetProblem:
    """One thing wrong with a fact sheet.

    Attributes:
        label: the fact's label, with a table's row and column (``民兵分队.第2行.数量``); "" for the file.
        message: what was found, in Chinese.
        expected: what was expected, in Chinese.
        line: 1-based line in the YAML file, where known.
        place: the cell of a workbook (``征兵工作!C7``), where it was read from one.
    """

    label: str
    message: str
    expected: str = ""
    line: int | None = None
    place: str = ""

    def __str__(self) -> str:
        where = f"{self.place} " if self.place else f"第{self.line}行 " if self.line else ""
        label = f"“{self.label}”" if self.label else ""
        expected = f"，应为{self.expected}" if self.expected else ""
        return f"{where}{label}{self.message}{expected}。"


class SheetError(InputError):
    """A fact sheet with problems: all of them, each with its label and what was expected."""

    def __init__(self, problems: list[SheetProblem], source: str = "") -> None:
        self.problems = problems
        self.source = source
        head = f"事实表{f'（{source}）' if source else ''}有{len(problems)}处问题："
        super().__init__(
            "\n".join([head, *(f"  · {problem}" for problem in problems)]),
            "\n请按提示改正后重新载入；已有内容没有改动。",
        )


class ReportTypeError(InputError):
    """A broken report.yaml or template. Names the file, the line and the fault."""

    def __init__(self, file: str, line: int | None, fault: str) -> None:
        self.file = file
        self.line = line
        self.fault = fault
        place = f"{file} 第{line}行" if line else file
        super().__init__(f"{place}：{fault}。", "请改正该文件后重试。")


class UnknownNameError(InputError):
    """A name that does not exist; the sentence offers the nearest known ones."""


class DocumentInputError(InputError):
    """A document or text file that cannot be read."""


class WorkbookInputError(InputError):
    """A workbook or a table as text that cannot be read, or is refused before it is opened."""


class EndpointError(NigaoError):
    """The model service failed. ``kept`` is the slot text that had come before it did."""

    def __init__(self, message: str, way_out: str = "", kept: str = "") -> None:
        super().__init__(message, way_out)
        self.kept = kept


class EndpointUnreachable(EndpointError):
    """No connection."""


class EndpointInterrupted(EndpointUnreachable):
    """The connection broke while text was coming: going on from ``kept`` may work."""


class EndpointTimeout(EndpointError):
    """Nothing came for longer than the read timeout."""


class EndpointRejected(EndpointError):
    """The service refused the request (400, 401, 403, 404, 422)."""

    def __init__(self, message: str, way_out: str = "", kept: str = "", status: int = 0) -> None:
        super().__init__(message, way_out, kept)
        self.status = status


class EndpointBusy(EndpointError):
    """The service asked us to wait (429, 503). ``retry_after`` in seconds where it said so."""

    def __init__(self, message: str, way_out: str = "", kept: str = "", retry_after: float | None = None) -> None:
        super().__init__(message, way_out, kept)
        self.retry_after = retry_after


class EndpointBroken(EndpointError):
    """The service failed inside (5xx: ``status``), or what it sent is not a chat completion."""

    def __init__(self, message: str, way_out: str = "", kept: str = "", status: int = 0) -> None:
        super().__init__(message, way_out, kept)
        self.status = status


class EmptyDraft(EndpointError):
    """The model answered nothing that could stand in a report."""


class SendingError(NigaoError):
    """What may not leave this machine."""


class ConsentNeeded(SendingError):
    """The endpoint is elsewhere, and nobody has agreed to what it would be sent. Nothing was sent."""

    def __init__(self, message: str, way_out: str, host: str, model: str) -> None:
        super().__init__(message, way_out)
        self.host = host
        self.model = model


class SecrecyMarked(SendingError):
    """A sheet or text carries a 密级 mark: it goes to no endpoint elsewhere and into no file. Names the place."""


class StorageError(NigaoError):
    """The database could not do what was asked."""


class NotFound(StorageError):
    """A report or section that does not exist (any more)."""


class EditConflict(StorageError):
    """Somebody saved this section first. Nothing was overwritten: ``mine`` was not saved, ``theirs`` is in place."""

    def __init__(self, message: str, way_out: str, mine: str, theirs: str, revision: int) -> None:
        super().__init__(message, way_out)
        self.mine = mine
        self.theirs = theirs
        self.revision = revision


class ExportError(NigaoError):
    """The Word file could not be written."""


class OpenPlaceholders(ExportError):
    """A final file was asked for while facts that the text needs are empty."""


class ConfigurationError(NigaoError):
    """A setting that makes no sense."""


class ProgramFault(NigaoError):
    """An error that nobody foresaw, told at the boundary of a thread whose end nobody waits for. It is in the log.

    Args:
        what: what did not come of it, a Chinese clause: 没有问成.
    """

    def __init__(self, what: str) -> None:
        super().__init__(f"程序自己出了错，{what}。", "请再试一次；仍不行时，把运行日志交给维护人员。")


_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "这个位置只能读",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EEXIST: "已经有同名的",
    errno.ENOSPC: "磁盘满了",
    errno.ENAMETOOLONG: "名称太长",
    errno.EBUSY: "正被别的程序使用",
    errno.EIO: "磁盘读写出错",
}


def reason(error: OSError) -> str:
    """Why the system could not, in Chinese; in its own words where we have none."""
    return _REASONS.get(error.errno or 0) or error.strerror or "系统没有说明原因"
