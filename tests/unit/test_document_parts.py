"""版头, tables, 附件, 附注, 版记, what the writer does with odd input, and facts set as tables."""

from __future__ import annotations

import datetime
import io
import os
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from format_samples import FULL, PLAIN, made, part

from assistant.cli_files import write_whole
from assistant.document.compose import content_of, table_of
from assistant.document.conformance import conformance_findings
from assistant.document.content import (
    Attachment,
    Cover,
    DocumentContent,
    DocumentOptions,
    Imprint,
    Paragraph,
    Role,
    Run,
    Table,
)
from assistant.document.plain_copies import as_text
from assistant.document.profile import load_profile
from assistant.document.text import width
from assistant.document.writer import open_placeholders, write_docx
from assistant.errors import ExportError, OpenPlaceholders
from assistant.facts.sheet import read_facts
from assistant.facts.yaml_form import load_sheet
from assistant.reports.loader import Library
from assistant.reports.manuscript import Block, Manuscript
from assistant.slots.render import Piece

ROOT = Path(__file__).resolve().parents[2]


def export(content: DocumentContent, *, final: bool = True):
    return docx.Document(io.BytesIO(write_docx(content, load_profile(), final=final)))


def texts(document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def find(document, start: str):
    return next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith(start))


def colours(paragraph) -> set[str]:
    return {element.get(qn("w:color")) for element in paragraph._p.iter(qn("w:bottom"))}


# ---- 版头


def test_red_head() -> None:
    document = export(FULL)
    assert texts(document)[:10] == [
        *("000012", "加急", "中共清河镇委员会文件", "", "", "\t清党〔2026〕5号\t签发人：张　三　李建国", "", ""),
        *("中共清河镇委员会关于\n2025年度党管武装工作情况的报告", ""),
    ]
    assert colours(find(document, "\t清党")) == {"FF0000"}
    name = find(document, "\t清党").runs[-1]
    assert (name.text, name.style.name) == ("张　三　李建国", "签发人姓名")


def test_head_without_signers_has_its_number_in_the_middle() -> None:
    document = export(replace(PLAIN, cover=Cover("清河镇人民政府文件", "清政发〔2026〕12号")))
    number = find(document, "清政发")
    assert number.text == "清政发〔2026〕12号"
    assert document.styles["发文字号"].paragraph_format.alignment == 1
    assert colours(number) == {"FF0000"}


def test_many_signers_two_a_row_number_on_the_last() -> None:
    cover = Cover("三镇联合文件", "清党〔2026〕5号", ("张三", "李建国", "王五", "赵六六", "钱七"))
    rows = [text for text in texts(export(replace(PLAIN, cover=cover))) if "\t" in text]
    assert rows == ["\t签发人：张　三　李建国", "\t王　五　赵六六", "\t清党〔2026〕5号\t钱　七"]


def test_long_mark_stays_on_one_line() -> None:
    mark = "中国共产党江口区清河街道工作委员会江口区清河街道办事处文件"
    run = find(export(replace(PLAIN, cover=Cover(mark))), mark).runs[0]
    assert width(mark) * run.font.size.pt <= 442.3
    with pytest.raises(ExportError, match="发文机关标志"):
        export(replace(PLAIN, cover=Cover("")))


# ---- 附件, 附注, 版记


def test_attachments_are_named_and_follow_on_new_pages() -> None:
    document = export(FULL)
    assert [text for text in texts(document) if "民兵组织编组情况统计表" in text] == [
        *("附件：1.民兵组织编组情况统计表", "民兵组织编组情况统计表"),
    ]
    first = find(document, "附件1")
    assert first.paragraph_format.page_break_before
    after = texts(document)[texts(document).index("附件1") :]
    assert after[:3] == ["附件1", "", "民兵组织编组情况统计表"]
    second = find(document, "2.武装")
    indent = second._p.pPr.find(qn("w:ind"))
    # Number under number, name under name.
    assert (indent.get(qn("w:leftChars")), indent.get(qn("w:hangingChars"))) == ("600", "100")


def test_single_attachment_has_no_number() -> None:
    document = export(replace(PLAIN, attachments=(Attachment("民兵名册；", (Paragraph.of("略"),)),)))
    assert "附件：民兵名册" in texts(document)
    assert "附件" in texts(document)
    named_only = export(replace(PLAIN, attachments=(Attachment("民兵名册"),)))
    assert "附件" not in texts(named_only)
    without_closing = replace(PLAIN, signature=None, date=None, attachments=(Attachment("民兵名册"),))
    assert texts(export(without_closing))[-1] == "附件：民兵名册"


def test_note_and_imprint() -> None:
    document = export(FULL)
    assert "（联系人：李文书，电话：12345678）" in texts(document)
    cells = [[cell.text for cell in row.cells] for row in document.tables[-1].rows]
    assert cells == [["抄送：区人大常委会办公室，区政协办公室。"], ["清河镇党政办公室\t2026年1月6日印发"]]
    assert document.element.body[-2].tag == qn("w:p")
    assert not export(replace(PLAIN, imprint=Imprint())).tables


# ---- tables


def test_three_line_table() -> None:
    table = export(FULL).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["分队", "数量（个）", "编制（人）", "实有（人）"]
    assert [cell.text for cell in table.rows[3].cells] == ["交通保障分队", "2", "24", "22"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    borders = {child.tag.split("}")[1]: child.get(qn("w:sz")) for child in table._tbl.tblPr.find(qn("w:tblBorders"))}
    assert borders == {"top": "12", "bottom": "12"}
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    assert sum(widths) == load_profile().page.text_width
    assert widths[0] > widths[1]


@pytest.mark.parametrize(
    "table",
    [
        Table(("序号", "姓名"), tuple((str(n), f"𬱖䶮{n}") for n in range(200)), "花名册"),
        Table(("一列",), ()),
        Table((), (("多余",),)),
        Table(("甲", "乙"), (("少",), ("一", "二", "三"), ("换\n行", "")), ""),
        Table(("项目", "说明"), (("一", "很长的说明文字" * 60),)),
        Table(tuple(f"列{n}" for n in range(20)), (tuple("值" for _ in range(20)),)),
    ],
)
def test_odd_tables(table: Table) -> None:
    content = replace(PLAIN, paragraphs=(*PLAIN.paragraphs, table))
    data = made(content)
    document = docx.Document(io.BytesIO(data))
    assert [one for one in conformance_findings(data) if one.severity != "hint"] == []
    if table.columns:
        assert len(document.tables[0].rows) == len(table.rows) + 1
        assert {len(row.cells) for row in document.tables[0].rows} == {len(table.columns)}
    else:
        assert not document.tables


def test_paper_that_ends_with_a_table() -> None:
    content = DocumentContent("报告", (Paragraph.of("正文。"), Table(("甲",), (("一",),))))
    # LibreOffice drops a table that is the last thing in a file.
    assert export(content).element.body[-2].tag == qn("w:p")


def test_the_imprint_is_no_part_of_a_table_above_it() -> None:
    content = replace(FULL, attachments=(Attachment("附表", (Table(("项目", "数量"), (("分队", "3"),)),)),))
    *_, table, line, imprint, _, _ = export(content, final=False).element.body
    assert [block.tag for block in (table, line, imprint)] == [qn("w:tbl"), qn("w:p"), qn("w:tbl")]
    assert imprint.find(f".//{qn('w:tblpPr')}") is not None
    assert line.find(f".//{qn('w:spacing')}") is None, "a line of the text's own height"


def test_two_tables_are_never_one() -> None:
    # Word makes one table of two that follow each other.
    table = Table(("甲",), (("一",),))
    content = replace(
        PLAIN,
        paragraphs=(Paragraph.of("正文。"), table, table),
        attachments=(Attachment("表", (table,)),),
        imprint=Imprint(("县人武部",)),
    )
    data = made(content)
    body = docx.Document(io.BytesIO(data)).element.body
    tables = list(body.iterchildren(qn("w:tbl")))
    assert len(tables) == 4
    assert all(one.getnext().tag == qn("w:p") for one in tables)
    assert [one.sentence for one in conformance_findings(data) if one.severity != "hint"] == []


def test_a_column_has_room_for_its_widest_cell() -> None:
    heads = ("名称", "数量（个）", "编制人数（人）", "实有人数（人）", "民兵干部（人）")
    rows = (("防汛抢险分队", "2", "40", "40", "4"), ("一类重点民兵应急排", "12", "130", "128", "13"))
    table = docx.Document(io.BytesIO(made(replace(PLAIN, paragraphs=(Table(heads, rows),))))).tables[0]
    widths = [column.width.pt for column in table.columns]
    assert sum(widths) == pytest.approx(442.2, abs=0.1)
    for row in rows:
        for wide, cell in zip(widths, row, strict=True):
            assert wide - 8.5 >= width(cell) * 14
    for wide, head in zip(widths, heads, strict=True):
        assert wide - 8.5 >= width(head.partition("（")[0]) * 14


def test_prose_leaves_narrow_columns_their_room() -> None:
    rows = tuple(
        (str(n), f"张三{n}", "参加防汛抢险、森林防火和征兵宣传，连续三昼夜巡堤查险。", str(n * 13)) for n in range(200)
    )
    table = docx.Document(
        io.BytesIO(made(replace(PLAIN, paragraphs=(Table(("序号", "姓名", "表现", "得分"), rows),))))
    ).tables[0]
    widths = [column.width.pt for column in table.columns]
    assert sum(widths) == pytest.approx(442.2, abs=0.1)
    for place in (0, 1, 3):
        assert widths[place] - 8.5 >= max(width(row[place]) for row in rows) * 14


def test_placeholder_in_a_table_or_an_attachment_stops_a_final_file() -> None:
    for open_content in (
        replace(PLAIN, paragraphs=(Table(("甲",), (("【待补：人数】",),)),)),
        replace(PLAIN, attachments=(Attachment("表", (Paragraph((Run("【待补：人数】", "placeholder"),)),)),)),
        replace(PLAIN, cover=Cover("文件", "【待补：人数】")),
        replace(PLAIN, imprint=Imprint(("【待补：人数】",))),
    ):
        assert open_placeholders(open_content) == ("【待补：人数】",)
        with pytest.raises(OpenPlaceholders):
            export(open_content)
        assert export(open_content, final=False)


def test_facts_as_a_table() -> None:
    example = ROOT / "examples" / "qinghe-work-a.yaml"
    read = load_sheet(example.read_text(encoding="utf-8"), Library().schema_of, example.name)
    label = next(item.label for item in read.sheet.schema.fields if item.columns and read.sheet.fact(item.label).value)
    blocks = tuple(
        Block(section, 1, (), (Piece("text", text, 0, 0),))
        for section, text in (("a", "甲。"), ("a", "乙。"), ("b", "丙。"))
    )
    whole = Manuscript((Piece("text", "报告", 0, 0),), (), (), blocks, (), None)
    options = DocumentOptions(tables=(("a", label), ("a", "没有这一项")), sealed=True)
    content = content_of(whole, options=options, sheet=read.sheet)
    table = content.paragraphs[2]
    assert [type(block).__name__ for block in content.paragraphs] == ["Paragraph", "Paragraph", "Table", "Paragraph"]
    assert isinstance(table, Table)
    assert table.caption == label
    assert len(table.rows) == len(read.sheet.fact(label).value)
    assert all(cell for row in table.rows for cell in row)
    assert content.sealed


@pytest.mark.parametrize(
    ("label", "rows", "total"),
    [
        (
            "民兵分队",
            [
                {"名称": "应急排", "数量": 1, "编制人数": 30, "实有人数": 28, "民兵干部": 3},
                {"名称": "通信班", "数量": 2, "编制人数": 10, "实有人数": 9},
            ],
            ("合计", "3", "40", "37", ""),
        ),
        ("经费明细", [{"项目": "器材", "金额": "7.5万元"}, {"项目": "训练", "金额": "8200元"}], ("合计", "8.32万元")),
        ("民兵分队", [{"名称": "应急排", "数量": 1}], ()),
        ("宣传品明细", [{"名称": "扇", "数量": 9, "量词": "把"}, {"名称": "袋", "数量": 5, "量词": "个"}], ()),
        ("先进典型", [{"姓名": "甲", "事迹": "值守"}, {"姓名": "乙", "事迹": "巡堤"}], ()),
    ],
)
def test_the_sums_of_a_table_stand_below_it_where_every_row_has_a_figure(
    label: str, rows: list[dict[str, object]], total: tuple[str, ...]
) -> None:
    sheet = read_facts({label: rows}, Library().get("armed-forces-work").facts)
    table = table_of(label, sheet)
    assert table is not None
    assert table.total == total
    told = as_text(replace(PLAIN, paragraphs=(table,)))
    printed = export(replace(PLAIN, paragraphs=(table,))).tables[0]
    assert len(printed.rows) == 1 + len(rows) + bool(total)
    assert ("\t".join(total) in told) if total else "合计" not in told


# ---- numbers, odd input


def test_numbers_do_not_break() -> None:
    document = export(replace(PLAIN, paragraphs=(Paragraph.of("电话0515-8888，共3 000 km，甲-乙，7 人。"),)))
    paragraph = find(document, "电话")
    assert len(list(paragraph._p.iter(qn("w:noBreakHyphen")))) == 1
    assert paragraph.text == "电话0515-8888，共3\u00a0000\u00a0km，甲-乙，7 人。"
    after = document.settings.element.find(qn("w:noLineBreaksAfter"))
    before = document.settings.element.find(qn("w:noLineBreaksBefore"))
    for sign in "—～":
        assert sign in after.get(qn("w:val"))
        assert sign in before.get(qn("w:val"))


@pytest.mark.parametrize(
    "title",
    [
        "关于加强党管武装工作推进国防动员建设实施情况" * 5 + "的报告",
        "《" + "学" * 60 + "》贯彻情况的报告",
        "关于" + "𬱖" * 30 + "同志先进事迹的报告",
        "A" * 90,
    ],
)
def test_long_titles_make_a_sound_file(title: str) -> None:
    data = made(replace(PLAIN, title=title[:120]))
    lines = docx.Document(io.BytesIO(data)).paragraphs[0].text.split("\n")
    assert "".join(lines) == title[:120]
    assert all(width(line, 0.64) <= 20 for line in lines)
    conformance_findings(data)


def test_rare_hanzi_are_kept_and_set_in_the_chinese_font() -> None:
    name = "𬱖䶮㛃"
    document = export(replace(PLAIN, byline=f"镇党委书记　{name}", signature=name))
    assert document.paragraphs[-2].text == name
    assert document.paragraphs[-2].runs[0]._r.rPr.rFonts.get(qn("w:hint")) == "eastAsia"


def test_section_with_no_text_and_headings_only() -> None:
    content = replace(
        PLAIN,
        paragraphs=(Paragraph.of("一、空", Role.HEADING1), Paragraph.of(""), Paragraph.of("二、空", Role.HEADING1)),
    )
    data = made(content)
    assert [one for one in conformance_findings(data) if one.severity != "hint"] == []


def test_unknown_font_is_named_and_nothing_else_changes(tmp_path: Path) -> None:
    (tmp_path / "county.yaml").write_text(
        "based_on: gbt9704-2012\nname: 某县\ntypefaces:\n  仿宋: {name: 没有这种字体}\n", encoding="utf-8"
    )
    profile = load_profile("county", tmp_path)
    data = write_docx(PLAIN, profile, final=True)
    assert "没有这种字体" in part(data, "word/fontTable.xml")
    assert conformance_findings(data, profile) == []
    assert "body.font" in {one.rule for one in conformance_findings(data)}


def test_unwritable_folder_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("不是文件夹")
    with pytest.raises(ExportError, match="写不了"):
        write_whole(tmp_path / "文件" / "a.docx", made(PLAIN))
    with pytest.raises(ExportError, match="写不了"):
        write_whole(tmp_path / "没有的文件夹" / "a.docx", made(PLAIN))
    assert os.listdir(tmp_path) == ["文件"]


def test_page_numbers_in_the_middle_for_a_county_that_wants_them(tmp_path: Path) -> None:
    (tmp_path / "county.yaml").write_text(
        "based_on: gbt9704-2012\nname: 某县\npage_number:\n  odd_even: {value: false}\n"
        "styles:\n  page_number:\n    align: {value: center}\ntitle:\n  blank_after: {value: 2}\n",
        encoding="utf-8",
    )
    profile = load_profile("county", tmp_path)
    data = write_docx(PLAIN, profile, final=True)
    document = docx.Document(io.BytesIO(data))
    assert document.settings.odd_and_even_pages_header_footer is False
    assert 'w:jc w:val="center"' in part(data, "word/footer1.xml")
    assert texts(document)[1:3] == ["", ""]
    assert conformance_findings(data, profile) == []
    assert {one.rule for one in conformance_findings(data)} >= {"page_number.odd_even", "addressee.place"}


def test_dates_of_january_have_no_leading_zero() -> None:
    document = export(replace(PLAIN, date=datetime.date(2026, 1, 5)))
    assert document.paragraphs[-1].text == "2026年1月5日"


ORDERS = {
    "pPr": (
        *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "pBdr", "tabs", "autoSpaceDE"),
        *("autoSpaceDN", "snapToGrid", "spacing", "ind", "jc", "outlineLvl", "rPr"),
    ),
    "rPr": ("rStyle", "rFonts", "color", "spacing", "sz", "szCs", "highlight", "lang"),
    "tblPr": ("tblpPr", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar"),
    "tcPr": ("tcW", "tcBorders", "vAlign"),
    "tblBorders": ("top", "bottom", "insideH"),
}


@pytest.mark.parametrize("mark", ["中共清河镇委员会文件", "【待补：单位全称】江口区清河街道办事处文件"])
def test_children_stand_in_the_order_of_the_schema(mark: str) -> None:
    # Word refuses a file whose properties stand in another order.
    content = replace(FULL, cover=replace(FULL.cover, mark=mark))
    root = export(content, final=False).element
    seen = set()
    for tag, order in ORDERS.items():
        for properties in root.iter(qn(f"w:{tag}")):
            names = [child.tag.split("}")[1] for child in properties]
            seen |= {f"{tag}.{name}" for name in names}
            assert names == sorted(names, key=order.index)
            assert len(names) == len(set(names))
    assert {"pPr.pBdr", "pPr.tabs", "pPr.pageBreakBefore", "tblPr.tblpPr", "tcPr.tcBorders"} <= seen
