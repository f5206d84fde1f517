"""送审稿: comments at their words, ready to be read in again; plain text and Markdown."""

from __future__ import annotations

import asyncio
import datetime
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from assistant.checks.finding import Finding
from assistant.checks.report import check_report
from assistant.copies import ReviewOptions, markdown_copy, redline_copy, review_copy, text_copy
from assistant.document.conformance import conformance_findings
from assistant.document.content import (
    Attachment,
    Cover,
    DocumentContent,
    DocumentOptions,
    Imprint,
    Paragraph,
    Role,
    Table,
)
from assistant.document.plain_copies import as_markdown, as_text
from assistant.document.profile import load_profile
from assistant.document.returned import read_returned_file
from assistant.drafting.embedded import EmbeddedEngine
from assistant.errors import DocumentInputError, InputError
from assistant.exporting import Paper
from assistant.facts.sheet import FactSheet, read_facts
from assistant.facts.yaml_form import load_sheet
from assistant.headless import blank_report, chosen_keys, draft_report
from assistant.reports.loader import Library
from assistant.reports.manuscript import manuscript
from assistant.reports.report import Report
from assistant.reports.types import Length
from assistant.returned_changes import Returned, compare
from assistant.returned_facts import fact_entry
from assistant.slots.render import join

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@lru_cache
def drafted(example: str = "qinghe-work-a") -> Report:
    library = Library()
    sheet = EXAMPLES / f"{example}.yaml"
    read = load_sheet(sheet.read_text(encoding="utf-8"), library.schema_of, sheet.name)
    report = blank_report(library, read.report_type, read.shape, read.sheet, Length.NORMAL, 0)
    made, _ = asyncio.run(draft_report(library, report, EmbeddedEngine(), chosen_keys(report, []), lambda *_: None))
    return replace(made, id="r1")


def with_text(report: Report, key: str, change: Callable[[str], str]) -> Report:
    sections = tuple(
        replace(section, text=change(section.text)) if section.key == key else section for section in report.sections
    )
    return replace(report, sections=sections)


def findings(report: Report) -> list[Finding]:
    return check_report(report, Library().get(report.report_type))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def anchored(data: bytes) -> dict[str, str]:
    """Comment text → the words that it is anchored to."""
    document = docx.Document(io.BytesIO(data))
    words: dict[str, str] = {}
    open_: set[str] = set()
    for node in document.element.body.iter():
        if node.tag == qn("w:commentRangeStart"):
            open_.add(node.get(qn("w:id")))
        elif node.tag == qn("w:commentRangeEnd"):
            open_.discard(node.get(qn("w:id")))
        elif node.tag == qn("w:t"):
            for name in open_:
                words[name] = words.get(name, "") + (node.text or "")
    return {comment.text: words[str(comment.comment_id)] for comment in document.comments}


# ---- comments


def test_a_finding_is_a_comment_at_its_words() -> None:
    report = with_text(drafted(), "conscription", lambda text: text.replace("。", "，另有99人待查。", 1))
    told = findings(report)
    number = next(finding for finding in told if finding.excerpt.startswith("99"))
    data = review_copy(report, "x", told).data
    comments = anchored(data)
    assert next(words for text, words in comments.items() if number.message in text) == number.excerpt


def test_comments_have_an_author_and_a_time_and_the_text_is_untouched() -> None:
    report = with_text(drafted(), "conscription", lambda text: text + "另有99人待查。")
    told = findings(report)
    document = docx.Document(io.BytesIO(review_copy(report, "x", told).data))
    plain = docx.Document(io.BytesIO(review_copy(report, "x", [], ReviewOptions(findings=False)).data))
    assert [p.text for p in document.paragraphs] == [p.text for p in plain.paragraphs]
    for comment in document.comments:
        assert comment.author == "拟稿"
        assert comment.timestamp is not None
    assert not list(plain.comments)


def test_hints_are_left_out_unless_asked_for() -> None:
    hint = Finding("coverage.unused", "hint", "“器材”没有写进这一节。", "conscription")
    assert not anchored(review_copy(drafted(), "x", [hint]).data)
    assert anchored(review_copy(drafted(), "x", [hint], ReviewOptions(hints=True)).data)


def test_a_finding_of_the_whole_report_stands_at_the_title() -> None:
    finding = Finding("rule.x", "error", "两项事实相互矛盾。")
    words = anchored(review_copy(drafted(), "x", [finding]).data)
    assert list(words.values()) == ["清河镇2025年党管武装工作情况报告"]


def test_each_fact_tells_its_source_once() -> None:
    report = drafted()
    label = "入伍人数"
    entry = {label: {"value": 16, "source": "区征兵办通报", "note": "含一名女兵"}}
    facts = {**report.sheet.facts, **read_facts(entry, report.sheet.schema).facts}
    report = replace(report, sheet=FactSheet(report.sheet.schema, facts))
    told = {
        text: words
        for text, words in anchored(review_copy(report, "x", [], ReviewOptions(sources=True)).data).items()
        if text.startswith(f"【来源】{label}")
    }
    assert list(told) == [f"【来源】{label}：区征兵办通报\n备注：含一名女兵"]
    assert list(told.values()) == ["16名"]


def test_the_layout_is_as_good_as_without_comments() -> None:
    data = review_copy(drafted(), "x", findings(drafted()), ReviewOptions(hints=True, sources=True)).data
    found = conformance_findings(data, load_profile(), "x.docx")
    assert [finding.sentence for finding in found if finding.severity != "hint"] == []


# ---- read in again


def back(report: Report, data: bytes, *, accept: bool = True, bases: dict[str, str] | None = None) -> Returned:
    return compare(report, read_returned_file(data, "送审稿.docx", accept=accept), bases)


def edited(data: bytes, change: Callable[[Any], None]) -> bytes:
    document = docx.Document(io.BytesIO(data))
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def replaced(before: str, after: str) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        for paragraph in document.paragraphs:
            for run in paragraph.runs:
                if before in run.text:
                    run.text = run.text.replace(before, after)

    return change


def sent(report: Report) -> bytes:
    return review_copy(report, "x", findings(report), ReviewOptions(hints=True, sources=True)).data


def test_a_file_that_nobody_changed_changes_nothing() -> None:
    found = back(drafted(), sent(drafted()))
    assert (found.changes, found.facts, found.comments, found.notes) == ((), (), (), ())


@pytest.mark.parametrize("example", ["qinghe-work-a", "liulin-duty-c"])
def test_what_stands_around_the_text_is_no_change_of_it(example: str) -> None:
    report = drafted(example)
    enclosed = Attachment("台账", (Paragraph.of("附件里的一段。"),))
    for options in (
        DocumentOptions(note="联系人：李文书"),
        DocumentOptions(cover=Cover("清河镇文件", "清党〔2026〕5号", ("张三",)), attachments=(enclosed,), sealed=True),
    ):
        data = review_copy(report, "x", findings(report), paper=Paper(options=options)).data
        assert back(report, data).changes == ()


def test_changed_words_keep_the_slots_of_their_paragraph() -> None:
    data = edited(sent(drafted()), replaced("严把兵员质量", "从严把好兵员质量关"))
    (change,) = back(drafted(), data).changes
    assert change.section_key == "conscription"
    assert change.kind == "changed"
    assert change.after.count("{{") == change.before.count("{{") > 5
    assert "从严把好兵员质量关" in change.after


def test_a_changed_figure_becomes_a_proposal_and_the_text_stays() -> None:
    found = back(drafted(), edited(sent(drafted()), replaced("16名", "18名")))
    assert found.changes == ()
    assert [(fact.label, fact.before, fact.after) for fact in found.facts] == [("入伍人数", "16名", "18名")]


THIRD = re.compile("三是(?:树牢武装观念|强化责任意识|凝聚思想共识)")


def test_new_and_gone_paragraphs() -> None:
    def change(document: Any) -> None:
        first = next(p for p in document.paragraphs if p.text.startswith("二是") and "民兵干部集中学习" in p.text)
        new = deepcopy(first._p)
        first._p.addnext(new)
        docx.text.paragraph.Paragraph(new, first._parent).text = "四是领导带头，走进课堂讲国防。"
        gone = next(p for p in document.paragraphs if THIRD.match(p.text))
        gone._p.getparent().remove(gone._p)

    found = back(drafted(), edited(sent(drafted()), change)).changes
    came = {one.kind: one for one in found}
    assert sorted(came) == ["gone", "new"]
    assert came["new"].printed_after.startswith("四是领导带头")
    assert THIRD.match(came["gone"].printed_before)
    assert "民兵干部集中学习" in came["new"].behind[1]


def test_a_fact_that_changed_here_meanwhile_is_no_change_of_the_file() -> None:
    report = drafted()
    data = sent(report)
    facts = {**report.sheet.facts, **read_facts({"入伍人数": 20}, report.sheet.schema).facts}
    assert back(replace(report, sheet=FactSheet(report.sheet.schema, facts)), data).changes == ()


def test_a_paragraph_changed_on_both_sides_is_contested() -> None:
    report = drafted()
    base = report.section("conscription")
    assert base is not None
    data = edited(sent(report), replaced("严把兵员质量", "从严把好兵员质量关"))
    here = with_text(report, "conscription", lambda text: text.replace("突出大学生群体", "面向大学生群体"))
    (change,) = back(here, data, bases={"conscription": base.text}).changes
    assert change.contested


@pytest.mark.parametrize("accept", [True, False])
def test_tracked_changes_count_as_accepted_or_rejected(accept: bool) -> None:
    report = drafted()
    new = with_text(report, "conscription", lambda text: text.replace("严把兵员质量", "从严把好兵员质量关"))
    data = redline_copy(report, new, "x", "李部长").data
    found = back(report, data, accept=accept)
    assert found.tracked
    assert bool(found.changes) is accept
    assert any("按标题" in note for note in found.notes)


def headings(report: Report) -> dict[str, str]:
    """Section key → its heading as the file has it."""
    return {block.section: join(block.heading) for block in manuscript(report).blocks if block.heading}


def retitled(before: str, after: str) -> Callable[[Any], None]:
    """Writes another heading, in its own runs, where ``before`` opens a paragraph."""

    def change(document: Any) -> None:
        paragraph = next(p for p in document.paragraphs if p.text.startswith(before))
        left = len(before)
        for number, run in enumerate([run for run in paragraph.runs if run.text]):
            if left > 0:
                left -= len(run.text)
                run.text = "" if number else after

    return change


NEW = "政治站位更高、担当更重"


@pytest.mark.parametrize("number", ["", "一、", "二、", "（一）"])
@pytest.mark.parametrize("key", ["awareness", "conscription", "duty-system"])
def test_a_changed_heading_is_a_proposal_and_its_number_stays_the_outlines(key: str, number: str) -> None:
    heading, section = headings(drafted())[key], drafted().section(key)
    assert section is not None
    end = "。" if heading.endswith("。") else ""
    if key == "duty-system":
        number = ""
    (change,) = back(drafted(), edited(sent(drafted()), retitled(heading, f"{number}{NEW}{end}"))).changes
    assert (change.kind, change.section_key, change.before) == ("heading", key, section.heading)
    assert change.after == NEW
    assert not change.contested


def test_a_heading_changed_here_meanwhile_is_contested_and_an_old_file_changes_nothing() -> None:
    heading = headings(drafted())["awareness"]
    sections = tuple(
        replace(section, heading="另起的标题") if section.key == "awareness" else section
        for section in drafted().sections
    )
    here = replace(drafted(), sections=sections)
    assert back(here, sent(drafted())).changes == ()
    (change,) = back(here, edited(sent(drafted()), retitled(heading, f"一、{NEW}"))).changes
    assert change.contested


def test_a_heading_that_is_gone_is_told() -> None:
    heading = headings(drafted())["problems"]

    def change(document: Any) -> None:
        gone = next(p for p in document.paragraphs if p.text == heading)
        behind = gone._p.getnext()
        for mark in list(gone._p.iter(qn("w:bookmarkStart"))):
            behind.insert(1, mark)
        gone._p.getparent().remove(gone._p)

    found = back(drafted(), edited(sent(drafted()), change))
    assert found.changes == ()
    assert any("没有了" in note for note in found.notes)


# ---- tables

TABLE = "民兵分队"


def tabled() -> bytes:
    section = next(section for section in drafted().written if TABLE in section.facts)
    paper = Paper(options=DocumentOptions(tables=((section.key, TABLE),), imprint=Imprint(("县人武部",))))
    return review_copy(drafted(), "x", findings(drafted()), paper=paper).data


def cell(document: Any, row: int, column: str) -> Any:
    table = document.tables[0]
    heads = [each.text for each in table.rows[0].cells]
    return table.rows[row].cells[next(number for number, head in enumerate(heads) if head.startswith(column))]


def test_a_table_that_nobody_changed_changes_nothing() -> None:
    found = back(drafted(), tabled())
    assert (found.changes, found.facts, found.notes) == ((), (), ())


def test_a_changed_cell_is_a_proposal_for_its_fact() -> None:
    def change(document: Any) -> None:
        cell(document, 1, "实有人数").paragraphs[0].runs[0].text = "77"

    report = drafted()
    (fact,) = back(report, edited(tabled(), change)).facts
    row = report.sheet.value(TABLE)[0]
    assert (fact.label, fact.row, fact.column, fact.after) == (TABLE, row["名称"], "实有人数", "77")
    assert fact.before == str(row["实有人数"])
    entry = fact_entry(report, fact)
    assert entry[0]["实有人数"] == 77  # type: ignore[index]
    assert entry[1:] == [dict(other) for other in report.sheet.value(TABLE)[1:]]  # type: ignore[index]


@pytest.mark.pdf
def test_a_file_saved_again_by_libreoffice_changes_nothing_and_its_cells_are_read(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")

    def change(document: Any) -> None:
        cell(document, 1, "实有人数").paragraphs[0].runs[0].text = "77"

    for number, data in enumerate((tabled(), edited(tabled(), change))):
        (tmp_path / f"{number}.docx").write_bytes(data)
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}", "--headless", "--convert-to", "docx"]
    files = [str(tmp_path / f"{number}.docx") for number in range(2)]
    subprocess.run([*command, "--outdir", str(tmp_path / "out"), *files], check=True, timeout=180, capture_output=True)
    same, changed = (back(drafted(), (tmp_path / "out" / f"{number}.docx").read_bytes()) for number in range(2))
    assert (same.changes, same.facts) == ((), ())
    assert [(fact.column, fact.after) for fact in changed.facts] == [("实有人数", "77")]


def test_a_cell_that_the_text_prints_is_a_proposal_too() -> None:
    row = drafted().sheet.value(TABLE)[0]
    slot = f"{{{{{TABLE}.{row['名称']}.实有人数}}}}"
    report = with_text(drafted(), "problems", lambda text: f"{text}\n全年在岗的有{slot}。")
    found = back(report, edited(sent(report), replaced(f"{row['实有人数']}人", "77人")))
    assert [change.kind for change in found.changes if change.section_key == "problems"] == []
    assert (TABLE, row["名称"], "实有人数", "77人") in [
        (one.label, one.row, one.column, one.after) for one in found.facts
    ]
    fact = next(one for one in found.facts if one.label == TABLE)
    assert fact_entry(report, fact)[0]["实有人数"] == 77  # type: ignore[index]


def test_new_renamed_and_gone_rows_are_proposals() -> None:
    report = drafted()
    rows = report.sheet.value(TABLE)

    def add(document: Any) -> None:
        last = document.tables[0].rows[-1]._tr
        new = deepcopy(last)
        last.addnext(new)
        cell(document, -1, "名称").paragraphs[0].runs[0].text = "民政排"

    (fact,) = back(report, edited(tabled(), add)).facts
    assert (fact.row, fact.column, fact.before) == ("民政排", "", "")
    assert len(fact_entry(report, fact)) == len(rows) + 1  # type: ignore[arg-type]

    def remove(document: Any) -> None:
        gone = document.tables[0].rows[1]._tr
        gone.getparent().remove(gone)

    (fact,) = back(report, edited(tabled(), remove)).facts
    assert (fact.row, fact.after) == (rows[0]["名称"], "")
    assert fact_entry(report, fact) == [dict(row) for row in rows[1:]]

    def rename(document: Any) -> None:
        cell(document, 1, "名称").paragraphs[0].runs[0].text = "应急连"

    (fact,) = back(report, edited(tabled(), rename)).facts
    assert (fact.row, fact.column, fact.after) == (rows[0]["名称"], "名称", "应急连")
    assert fact_entry(report, fact)[0]["名称"] == "应急连"  # type: ignore[index]


def test_a_cell_that_is_no_figure_and_a_table_taken_apart_are_told() -> None:
    def words(document: Any) -> None:
        cell(document, 1, "实有人数").paragraphs[0].runs[0].text = "二十来个"

    found = back(drafted(), edited(tabled(), words))
    assert found.facts == ()
    assert any("二十来个" in note and "实有人数" in note for note in found.notes)

    def apart(document: Any) -> None:
        row = document.tables[0].rows[1]._tr
        row.remove(row.tc_lst[-1])

    found = back(drafted(), edited(tabled(), apart))
    assert found.facts == ()
    assert any("单元格" in note for note in found.notes)


def test_a_table_changed_here_meanwhile_is_no_change_of_the_file() -> None:
    report, data = drafted(), tabled()
    rows = [dict(row) for row in report.sheet.value(TABLE)]
    rows[0]["实有人数"] = 99
    facts = {**report.sheet.facts, **read_facts({TABLE: rows}, report.sheet.schema).facts}
    assert back(replace(report, sheet=FactSheet(report.sheet.schema, facts)), data).facts == ()


def test_comments_of_people_are_shown_with_their_words_and_ours_are_not() -> None:
    def change(document: Any) -> None:
        paragraph = next(p for p in document.paragraphs if "严把兵员质量" in p.text)
        run = next(run for run in paragraph.runs if "严把兵员质量" in run.text)
        document.add_comment(run, text="此处请核实。", author="李部长")

    (comment,) = back(drafted(), edited(sent(drafted()), change)).comments
    assert (comment.author, comment.text) == ("李部长", "此处请核实。")
    assert "严把兵员质量" in comment.about


def test_a_file_of_something_else_is_refused() -> None:
    document = docx.Document()
    document.add_paragraph("会议通知")
    out = io.BytesIO()
    document.save(out)
    with pytest.raises(InputError, match="没有找到"):
        back(drafted(), out.getvalue())


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts(sent(drafted())).items():
            archive.writestr(name, data if name != "word/document.xml" else data + b" " * 300_000_000)
    return out.getvalue()


def with_entity() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts(sent(drafted())).items():
            evil = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><w:document/>'
            archive.writestr(name, evil if name == "word/document.xml" else data)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        bomb,
        with_entity,
        lambda: sent(drafted())[:4000],
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        bytes,
    ],
    ids=["bomb", "entity", "truncated", "doc", "empty"],
)
def test_unsound_files_are_refused_before_they_are_read(data: Callable[[], bytes]) -> None:
    with pytest.raises(DocumentInputError):
        read_returned_file(data(), "送审稿.docx")


# ---- other kinds


def test_plain_text_and_markdown_say_what_the_word_file_says() -> None:
    report = drafted()
    word = [p.text for p in docx.Document(io.BytesIO(sent(report))).paragraphs if p.text]
    text = text_copy(report, "报告")
    lines = [line.strip("　") for line in text.data.decode("utf-8-sig").split("\r\n") if line]
    assert lines == word
    markdown = markdown_copy(report, "报告").data.decode()
    assert markdown.startswith("# 清河镇2025年党管武装工作情况报告\n\n区委、区人武部：\n\n")
    assert "\n## 一、" in markdown
    assert markdown.replace("#", "").replace("**", "").replace("\\", "").split() == "\n".join(word).split()


AROUND = DocumentOptions(
    cover=Cover("中共清河镇委员会文件", "清党〔2026〕5号", ("张三", "李建国"), "加急", "000012"),
    note="联系人：李文书",
    attachments=(
        Attachment("征兵工作台账", (Paragraph.of("一、来由", Role.HEADING1), Paragraph.of("台账如下。"))),
        Attachment("民兵编组情况表", facts=("民兵分队",)),
        Attachment("另附的图"),
    ),
    imprint=Imprint(("县人武部", "县委办公室"), "清河镇党政综合办公室", datetime.date(2026, 1, 5)),
    tables=(("organisation", "民兵分队"),),
)


def test_plain_text_and_markdown_have_tables_attachments_head_and_imprint() -> None:
    report = drafted()
    keys = [section.key for section in report.sections if "民兵分队" in section.facts]
    paper = Paper(options=replace(AROUND, tables=((keys[0], "民兵分队"),)))
    document = docx.Document(io.BytesIO(review_copy(report, "x", [], paper=paper).data))
    lines = text_copy(report, "x", paper).data.decode("utf-8-sig").split("\r\n")
    markdown = markdown_copy(report, "x", paper).data.decode()
    # Every paragraph and every cell of the Word file, in its order, stands in both.
    word = [
        "".join(paragraph.text.split())
        for block in document.element.body.iter(qn("w:p"))
        if (paragraph := docx.text.paragraph.Paragraph(block, document)).text.strip()
    ]
    for copy in ("".join(lines), markdown.replace("**", "").replace("\\", "").replace("| --- ", "")):
        joined, at = "".join(copy.split()).replace("|", "").replace("#", ""), 0
        for words in word:
            at = joined.find(words.replace("张　三", "张三"), at)
            assert at >= 0, words
    rows = report.sheet.value("民兵分队")
    at = lines.index("名称\t数量（个）\t编制人数（人）\t实有人数（人）\t民兵干部（人）")
    assert all(line.count("\t") == 4 for line in lines[at : at + len(rows) + 1])  # type: ignore[arg-type]
    assert lines[lines.index("附件2") - 1] == ""
    assert lines[-4:-1] == ["", "抄送：县人武部，县委办公室。", "清河镇党政综合办公室　2026年1月5日印发"]
    assert "附件3" not in lines, "it holds nothing and is only named"
    assert "　　　　　3.另附的图" in lines
    assert markdown.count("| --- | --- | --- | --- | --- |") == 2
    assert "\n\n**附件1**\n\n# 征兵工作台账\n\n## 一、来由\n\n台账如下。\n" in markdown


def test_a_stroke_in_a_cell_does_not_part_it_in_markdown() -> None:
    table = Table(("项目", "数量"), (("甲|乙", "3"), ("丙\t丁",)), "一览")
    content = DocumentContent("标题", (table,))
    assert (
        as_markdown(content) == "# 标题\n\n**一览**\n\n| 项目 | 数量 |\n| --- | --- |\n| 甲\\|乙 | 3 |\n| 丙 丁 |  |\n"
    )
    assert as_text(content).split("\n")[-3:] == ["甲|乙\t3", "丙 丁\t", ""]


def test_markdown_marks_in_a_text_are_shown_as_they_stand() -> None:
    report = with_text(drafted(), "conscription", lambda _: "首段。\n1. 用*星号*和<尖括号>。")
    assert "1\\. 用\\*星号\\*和\\<尖括号\\>。" in markdown_copy(report, "x").data.decode()
