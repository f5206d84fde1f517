"""Bad text, placeholders, final files, and the corners of the content model."""

from __future__ import annotations

import datetime
import io

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.document.body import split_runin
from assistant.document.content import DocumentContent, Paragraph, Role, Run
from assistant.document.profile import load_profile
from assistant.document.text import clean_text, width
from assistant.document.writer import open_placeholders, write_docx
from assistant.errors import ExportError, OpenPlaceholders

OPEN = Run("【待补：入伍人数】", "placeholder")


def export(*paragraphs: Paragraph, title: str = "报告", final: bool = False, **rest):
    content = DocumentContent(title=title, paragraphs=paragraphs, **rest)
    return docx.Document(io.BytesIO(write_docx(content, load_profile(), final=final)))


def body(document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs[2:]]


def highlights(document) -> list[str]:
    return [
        run.text
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run._r.find(f"{qn('w:rPr')}/{qn('w:highlight')}") is not None
    ]


def test_placeholders_are_marked_in_a_draft() -> None:
    document = export(Paragraph((Run("输送"), OPEN, Run("人，见【待核：年度】。"))), title="【待补：年度】年报告")
    assert highlights(document) == ["【待补：年度】", "【待补：入伍人数】", "【待核：年度】"]
    assert document.paragraphs[2].text == "输送【待补：入伍人数】人，见【待核：年度】。"


@pytest.mark.parametrize(
    "content",
    [
        DocumentContent("报告", (Paragraph((Run("输送"), OPEN)),)),
        DocumentContent("报告", (Paragraph.of("输送【待补：入伍人数】人"),)),
        DocumentContent("报告", (Paragraph.of("一、【待补：入伍人数】", Role.HEADING1),)),
        DocumentContent("报告【待补：入伍人数】", (Paragraph.of("正文"),)),
        DocumentContent("报告", (Paragraph.of("正文"),), signature="【待补：入伍人数】"),
        DocumentContent("报告", (Paragraph.of("正文"),), byline="【待补：入伍人数】"),
    ],
)
def test_a_final_file_has_none(content: DocumentContent) -> None:
    assert open_placeholders(content) == ("【待补：入伍人数】",)
    with pytest.raises(OpenPlaceholders, match="还有事实没有填写：【待补：入伍人数】") as caught:
        write_docx(content, load_profile(), final=True)
    assert caught.value.way_out
    assert write_docx(content, load_profile(), final=False)


def test_many_open_facts_are_counted() -> None:
    runs = tuple(Run(f"【待补：{index}】", "placeholder") for index in range(9))
    with pytest.raises(OpenPlaceholders, match="等9处"):
        export(Paragraph(runs), final=True)


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("控\x00制\x08字\x1b符\x7f", "控制字符"),
        ("单\ud83d个", "单\ufffd个"),
        ("成对\ud83d\ude00", "成对😀"),
        ("𠮷野\U00020bb7", "𠮷野𠮷"),
        ("零\u200b宽\ufeff", "零宽"),
        ("\ufffe\uffff非字符", "非字符"),
        ("<b>标记</b>&amp;<w:p/>]]>", "<b>标记</b>&amp;<w:p/>]]>"),
        ("家👨‍👩‍👧旗🇨🇳", "家👨‍👩‍👧旗🇨🇳"),
    ],
)
def test_bad_text_is_written_as_far_as_it_can_be(bad: str, good: str) -> None:
    assert body(export(Paragraph.of(bad))) == [good]
    document = export(title=bad, signature=bad, byline=bad, addressee=bad, author=bad, subject=bad)
    assert document.paragraphs[0].text == good
    assert document.core_properties.author == good
    assert document.paragraphs[-1].text == good


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_line_ends_make_paragraphs(end: str) -> None:
    document = export(Paragraph.of(f"一、标题{end}　　正文一{end}{end}正文二", Role.HEADING1))
    assert body(document) == ["一、标题", "正文一", "正文二"]
    assert [p.style.style_id for p in document.paragraphs[2:]] == ["GwHeading1", "GwBody", "GwBody"]


def test_blank_paragraphs_and_layout_spaces_are_dropped() -> None:
    empty = (Paragraph(()), Paragraph.of(""), Paragraph.of("　　 \t"), Paragraph((Run(" "), Run("\n"))))
    assert body(export(*empty, Paragraph.of("　　正文 "), Paragraph((Run("　"), Run("　续"), Run(" "))))) == [
        "正文",
        "续",
    ]


def test_spaces_and_tabs_inside_are_kept() -> None:
    assert body(export(Paragraph((Run("甲 "), Run(" 乙\t丙"))))) == ["甲  乙\t丙"]


def test_section_without_text() -> None:
    document = export(Paragraph.of("一、空", Role.HEADING1), Paragraph.of("二、也空", Role.HEADING1), final=True)
    assert body(document) == ["一、空", "二、也空"]


def test_nothing_but_a_title() -> None:
    assert body(export()) == []
    with pytest.raises(ExportError, match="正文是空的"):
        export(final=True)


@pytest.mark.parametrize("title", ["", "  ", "\x00", "\n"])
def test_no_title(title: str) -> None:
    with pytest.raises(ExportError, match="没有标题"):
        export(Paragraph.of("正文"), title=title)


def test_signature_or_date_alone() -> None:
    assert body(export(Paragraph.of("正文"), signature="清河镇", addressee=" "))[-2:] == ["", "清河镇"]
    assert body(export(Paragraph.of("正文"), date=datetime.date(2026, 1, 9)))[-2:] == ["", "2026年1月9日"]
    assert body(export(Paragraph.of("正文"), date=datetime.date(2026, 1, 9), sealed=True))[-3:] == [
        "",
        "",
        "2026年1月9日",
    ]
    assert body(export(Paragraph.of("正文"), signature="甲镇\n乙镇"))[-2:] == ["甲镇", "乙镇"]


@pytest.mark.parametrize(
    ("runs", "opening", "rest"),
    [
        (("（一）抓组织。正文。",), "（一）抓组织。", "正文。"),
        (("（一）抓", "组织。正", "文。"), "（一）抓组织。", "正文。"),
        (("（一）落实“听党指挥。能打胜仗。”要求。正文。",), "（一）落实“听党指挥。能打胜仗。”要求。", "正文。"),
        (("（一）只有标题",), "（一）只有标题", ""),
        (("（一）完。",), "（一）完。", ""),
        (("）。反括号。",), "）。", "反括号。"),
    ],
)
def test_runin(runs: tuple[str, ...], opening: str, rest: str) -> None:
    first, second = split_runin(tuple(Run(text) for text in runs))
    assert "".join(run.text for run in first) == opening
    assert "".join(run.text for run in second) == rest


def test_placeholder_in_a_runin_keeps_its_mark() -> None:
    document = export(Paragraph((Run("（一）输送"), OPEN, Run("人。正文")), Role.RUNIN2))
    assert highlights(document) == ["【待补：入伍人数】"]


def test_width() -> None:
    assert width("2025年12月25日") == 7
    assert width("“武装”——……") == 8
    assert width("👨‍👩") == 2


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec=None), max_size=80))
def test_any_text_makes_a_file_that_opens(text: str) -> None:
    document = export(Paragraph.of(text), Paragraph((Run(text, "placeholder"),), Role.RUNIN1), title="题" + text)
    lines = [line.strip("\t \u3000\u00a0") for line in clean_text(text).split("\n")]
    assert body(document) == [line for line in lines if line] * 2
