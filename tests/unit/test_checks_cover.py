"""Title, byline and signature: what a final file needs is asked for in 核校, not only when it is too late."""

from __future__ import annotations

from assistant.checks.report import check_report
from assistant.facts.sheet import Fact
from assistant.facts.yaml_form import load_sheet
from assistant.headless import blank_report
from assistant.reports.loader import PROMPTS, Library
from assistant.reports.report import Report
from assistant.reports.types import Length


def report(**facts: Fact) -> Report:
    library = Library()
    example = next((PROMPTS.parent / "examples").glob("*duty-c*.yaml"))
    read = load_sheet(example.read_text(encoding="utf-8"), library.schema_of)
    sheet = read.sheet
    for label, fact in facts.items():
        sheet = sheet.with_fact(label, fact)
    return blank_report(library, read.report_type, read.shape, sheet, Length.NORMAL, 0)


def messages(made: Report) -> list[str]:
    found = check_report(made, Library().get(made.report_type))
    return [finding.message for finding in found if finding.kind == "placeholder" and finding.severity == "error"]


def test_a_full_sheet_has_a_full_cover() -> None:
    assert messages(report()) == []


def test_an_empty_fact_in_the_title_is_named() -> None:
    assert messages(report(单位简称=Fact())) == ["标题里的“单位简称”还没有填。"]


def test_a_missing_person_is_missed_where_the_shape_requires_one() -> None:
    assert messages(report(述职人=Fact(), 述职人职务=Fact())) == [
        "题下署名里的“述职人职务”还没有填。",
        "题下署名里的“述职人”还没有填。",
    ]
