"""花脸稿: accepting all gives the new file, rejecting all the old one."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from assistant.document.content import DocumentContent, Paragraph, Role, Run, Table
from assistant.document.parts import Editable, qn
from assistant.document.profile import load_profile
from assistant.document.redline import redline
from assistant.document.revisions import has_changes, resolve
from assistant.document.writer import write_docx

WHEN = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)
WORDS = st.sampled_from(
    ["加强", "组织领导", "民兵整组", "，", "。", "326人", "12.5%", "2025年", "3-5", "1 次", "\t", "【待补：年度】",
     "《条例》", "一是", "\u2011", "A4"]
)  # fmt: skip
TEXTS = st.lists(WORDS, min_size=1, max_size=12).map("".join).filter(lambda text: text.strip())
PARAGRAPHS = st.builds(
    lambda text, role: Paragraph((Run(text),), role), TEXTS, st.sampled_from([Role.BODY, Role.HEADING1, Role.RUNIN2])
)
TABLES = st.builds(
    lambda rows, caption: Table(("项目", "数量"), tuple(rows), caption),
    st.lists(st.tuples(TEXTS, TEXTS), max_size=3),
    st.sampled_from(["", "民兵分队"]),
)
BLOCKS = st.lists(st.one_of(PARAGRAPHS, PARAGRAPHS, TABLES), min_size=1, max_size=7)


def written(blocks: Any, **more: Any) -> bytes:
    content = DocumentContent(title="清河镇2025年党管武装工作情况报告", paragraphs=tuple(blocks), **more)
    return write_docx(content, load_profile(), final=False, now=WHEN)


@st.composite
def edits(draw: Any) -> tuple[list[Any], list[Any], str | None]:
    """A document, and the same after taking out, putting in, splitting, merging, moving and changing."""
    old = draw(BLOCKS)
    new = list(old)
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(new) - 1)) if new else 0
        step = draw(st.sampled_from(["out", "in", "split", "merge", "move", "change", "role"]))
        here = new[place] if new else None
        if step == "in" or here is None:
            new.insert(place, draw(PARAGRAPHS))
        elif step == "out":
            new.pop(place)
        elif step == "move":
            new.insert(draw(st.integers(0, len(new) - 1)), new.pop(place))
        elif isinstance(here, Table):
            new[place] = draw(TABLES)
        else:
            text = here.runs[0].text
            if step == "split" and len(text) > 4:
                cut = draw(st.integers(1, len(text) - 1))
                new[place : place + 1] = [Paragraph((Run(text[:cut]),), here.role), Paragraph((Run(text[cut:]),))]
            elif step == "merge" and place + 1 < len(new) and isinstance(new[place + 1], Paragraph):
                new[place : place + 2] = [Paragraph((*here.runs, *new[place + 1].runs), here.role)]
            elif step == "role":
                new[place] = Paragraph(here.runs, Role.HEADING2)
            else:
                new[place] = Paragraph((Run(text + draw(TEXTS)),), here.role)
    return old, new, draw(st.sampled_from([None, "清河镇党委"]))


def resolved(data: bytes, *, accept: bool) -> list[str]:
    body = Editable(data).body
    resolve(body, accept=accept)
    assert not has_changes(body)
    return canonical(body)


def canonical(body: Any) -> list[str]:
    """Blocks as text with their properties, runs of the same properties joined."""
    return [_block(block) for block in body if block.tag in (qn("p"), qn("tbl"))]


def _block(block: Any) -> str:
    if block.tag == qn("tbl"):
        return "\n".join(
            "|".join("¶".join(_block(p) for p in cell.findall(qn("p"))) for cell in row.findall(qn("tc")))
            for row in block.findall(qn("tr"))
        )
    properties = block.find(qn("pPr"))
    mark = "" if properties is None else _sorted(properties)
    runs: list[list[str]] = []
    for run in block.findall(qn("r")):
        found = run.find(qn("rPr"))
        shown = "" if found is None else _sorted(found)
        text = "".join(
            leaf.text if leaf.tag == qn("t") else f"<{etree.QName(leaf).localname}>"
            for leaf in run
            if leaf.tag != qn("rPr")
        )
        if runs and runs[-1][0] == shown:
            runs[-1][1] += text
        else:
            runs.append([shown, text])
    return mark + "".join(f"[{shown}]{text}" for shown, text in runs)


def _sorted(properties: Any) -> str:
    """Without an emptied ``w:rPr``: a paragraph mark that was tracked keeps one."""
    return "".join(
        etree.tostring(child, method="c14n", exclusive=True).decode()
        for child in properties
        if child.tag != qn("rPr") or len(child)
    )


@given(edits())
@settings(max_examples=150, deadline=None)
def test_accepting_all_is_the_new_text_and_rejecting_all_the_old(made_of: tuple[Any, Any, Any]) -> None:
    was, now, signature = made_of
    old = written(was, signature=signature, date=datetime.date(2025, 12, 1))
    new = written(now, signature="清河镇党委")
    made = redline(old, new, "王干事", WHEN)
    assert resolved(made, accept=True) == canonical(Editable(new).body)
    assert resolved(made, accept=False) == canonical(Editable(old).body)


# ---- what is written


def tracked(old: list[str], new: list[str]) -> Any:
    made = redline(
        written([Paragraph.of(text) for text in old]), written([Paragraph.of(text) for text in new]), "王干事", WHEN
    )
    return Editable(made).body


def told(body: Any) -> str:
    """{-gone-}, {+new+}, ¶ with its sign where a paragraph's end goes or comes."""
    out = []
    for paragraph in body.findall(qn("p"))[2:]:
        for child in paragraph:
            text = "".join(leaf.text or "" for leaf in child.iter(qn("t"), qn("delText")))
            out.append({qn("ins"): f"{{+{text}+}}", qn("del"): f"{{-{text}-}}", qn("r"): text}.get(child.tag, ""))
        mark = paragraph.find(f"{qn('pPr')}/{qn('rPr')}")
        sign = "" if mark is None else {qn("ins"): "+", qn("del"): "-"}.get(mark[0].tag, "")
        out.append(f"¶{sign}")
    return "".join(out)


def test_words_and_numbers_change_as_a_whole() -> None:
    body = tracked(["完成整组326人，增长12.5%。"], ["完成整组362人，增长13.5%。"])
    assert told(body) == "完成整组{-326-}{+362+}人，增长{-12.5%-}{+13.5%+}。¶"


def test_a_split_is_one_inserted_mark_and_a_merge_one_deleted() -> None:
    one, two = "坚持党管武装原则，压实工作责任。", "完善民兵编组结构，落实训练任务。"
    assert told(tracked([one + two, "结束。"], [one, two, "结束。"])) == f"{one}¶+{two}¶结束。¶"
    assert told(tracked([one, two, "结束。"], [one + two, "结束。"])) == f"{one}¶-{two}¶结束。¶"


def test_a_paragraph_that_comes_or_goes_takes_its_mark_along() -> None:
    assert told(tracked(["甲段文字。", "丁段结尾。"], ["甲段文字。", "新来的一句话。", "丁段结尾。"])) == (
        "甲段文字。¶{+新来的一句话。+}¶+丁段结尾。¶"
    )
    assert told(tracked(["甲段文字。", "要删去的话。", "丁段结尾。"], ["甲段文字。", "丁段结尾。"])) == (
        "甲段文字。¶{-要删去的话。-}¶-丁段结尾。¶"
    )


def test_the_last_paragraph_of_a_file_keeps_a_mark_that_stays() -> None:
    assert told(tracked(["甲段文字。"], ["甲段文字。", "新的结尾。"])) == "甲段文字。¶+{+新的结尾。+}¶"


def test_a_moved_paragraph_goes_in_one_place_and_comes_in_another() -> None:
    first, second, third = "第一段说学习教育情况。", "第二段讲民兵整组工作。", "第三段报征兵完成数字。"
    assert told(tracked([first, second, third], [second, third, first])) == (
        f"{{-{first}-}}¶-{second}¶{third}¶+{{+{first}+}}¶"
    )


def test_every_change_has_a_number_of_its_own_an_author_and_a_time() -> None:
    body = tracked(["完成整组326人。", "旧的一段。"], ["完成整组362人。", "换成新的内容。", "再加一段。"])
    marks = [node for node in body.iter() if node.get(qn("author"))]
    assert len(marks) > 4
    assert len({node.get(qn("id")) for node in marks}) == len(marks)
    assert {(node.get(qn("author")), node.get(qn("date"))) for node in marks} == {("王干事", "2026-11-22T09:00:00Z")}


#: Children in the order that the schema demands, as far as we write them (ISO/IEC 29500-1, 17.3.1.26, 17.3.2.28).
PARAGRAPH_ORDER = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "pBdr", "tabs", "autoSpaceDE"),
    *("autoSpaceDN", "snapToGrid", "spacing", "ind", "jc", "outlineLvl", "rPr", "sectPr", "pPrChange"),
)  # fmt: skip
RUN_ORDER = ("ins", "del", "rStyle", "rFonts", "color", "spacing", "sz", "szCs", "highlight", "rPrChange")


@given(edits())
@settings(max_examples=25, deadline=None)
def test_properties_stand_in_the_order_of_the_schema(made_of: tuple[Any, Any, Any]) -> None:
    was, now, signature = made_of
    body = Editable(redline(written(was, signature=signature), written(now), "王干事", WHEN)).body
    for tag, order in (("pPr", PARAGRAPH_ORDER), ("rPr", RUN_ORDER)):
        for properties in body.iter(qn(tag)):
            places = [order.index(etree.QName(child).localname) for child in properties]
            assert places == sorted(places)
    assert not [leaf for deleted in body.iter(qn("del")) for leaf in deleted.iter(qn("t"))]


def test_equal_files_have_no_change() -> None:
    same = written([Paragraph.of("没有变化的一段。"), Table(("项目", "数量"), (("分队", "3"),))])
    assert not has_changes(Editable(redline(same, same, "王干事", WHEN)).body)
