"""A report as JSON: what ``draft --save`` writes and ``audit`` reads."""

from __future__ import annotations

import datetime
import json
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import DocumentInputError
from assistant.facts.sheet import plain_fact, read_facts
from assistant.reports.loader import Library
from assistant.reports.report import Origin, Report, Section
from assistant.reports.types import HeadingStyle, Length

FORMAT = 1


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid")

    key: str
    depth: int = 1
    title: str
    heading: str = ""
    style: HeadingStyle
    template: str = ""
    facts: tuple[str, ...] = ()
    weight: int = 10
    instruction: str = ""
    text: str = ""
    engine: str = ""
    model: str = ""
    complete: bool = True


class _Report(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: int = Field(default=FORMAT, le=FORMAT)
    report_type: str
    shape: str
    length: Length = Length.NORMAL
    facts: dict[str, Any]
    sections: tuple[_Section, ...]


def dump_report(report: Report) -> str:
    """The report with its facts and slot texts, indented, in Chinese as it stands."""
    body = _Report(
        report_type=report.report_type,
        shape=report.shape.key,
        length=report.length,
        facts={label: plain_fact(fact) for label, fact in report.sheet.facts.items()},
        sections=tuple(
            _Section(**{name: getattr(section, name) for name in _Section.model_fields}) for section in report.sections
        ),
    )
    return json.dumps(body.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def load_report(text: str, library: Library, source: str = "") -> Report:
    """Reads what ``dump_report`` wrote.

    Raises:
        DocumentInputError: no JSON, or not a report's. SheetError: its facts. UnknownNameError: its type or shape.
    """
    try:
        body = _Report.model_validate_json(text)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"]) or "开头"
        raise DocumentInputError(
            f"“{source or '文件'}”不是本程序保存的报告（{place} 处不对）。", "请选用 draft --save 存出的 JSON 文件。"
        ) from error
    found, shape = library.shape(body.report_type, body.shape)
    now = datetime.datetime.now(datetime.UTC)
    sections = tuple(
        Section(**item.model_dump(), revision=1 if item.text else 0, origin=Origin.DRAFT if item.text else None)
        for item in body.sections
    )
    return Report("", found.key, shape, body.length, read_facts(body.facts, found.facts), sections, now, now)
