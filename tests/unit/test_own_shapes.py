"""An old report as the model for structure: its headings and their order, never its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.desk import Desk, open_desk
from assistant.errors import InputError, NotFound
from assistant.facts.formatting import plain_text
from assistant.intake.outline import headings
from assistant.intaking import Choice
from assistant.pending import Pending
from assistant.reports.report import Report
from assistant.shaping import LEAVE_OUT
from assistant.slots.render import render_text

OLD = """白鹭镇2024年党管武装工作情况报告
区委、区人武部：
2024年，白鹭镇党委认真落实党管武装各项要求，现将全年的工作情况向区委和区人武部一并报告如下。
一、把军属的事当自家的事
全年上门慰问军属和优抚对象七十二户，每户送去慰问金500元，家家户户的门牌旁都挂上了光荣牌41块。
二、年轻人踊跃参军报国
今年全镇适龄青年412人，完成兵役登记410人，报名应征63人，最终批准入伍15名，其中大学生13名。
（一）征兵宣传走进校园。我们带着政策折页走进了镇里两所中学的教室，分给学生和家长的宣传资料有4500余份，沿街悬挂横幅56条。
三、钱花在刀刃上
镇财政安排武装工作经费26万元，投入器材装备经费8.6万元，训练保障支出6.2万元。
四、2024年新设的民兵夜校
夜校的桌椅板凳都是镇里几家企业凑起来的，灯光也换成了新的。
五、还有哪些不足
一是个别村对武装工作重视不够，民兵之家利用率一直不高；二是外出务工的民兵较多，集中训练的组织难度比较大。
中共云川区白鹭镇委员会
2024年12月8日
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk({"NIGAO_DATABASE_URL": f"sqlite:///{tmp_path / 'nigao.db'}"})
    yield opened
    opened.close()


@pytest.fixture
def old(desk: Desk) -> tuple[Report, Pending]:
    report = desk.create("armed-forces-work", "work-a")
    made = desk.begin_text(report.id, OLD, "旧稿.docx")
    return report, desk.pending(report, made)


def test_headings_are_read_with_their_depth_and_what_stands_under_them() -> None:
    found = headings(OLD)
    assert [(one.depth, one.text, one.runin, one.leaf) for one in found] == [
        (1, "把军属的事当自家的事", False, True),
        (1, "年轻人踊跃参军报国", False, False),
        (2, "征兵宣传走进校园", True, True),
        (1, "钱花在刀刃上", False, True),
        (1, "2024年新设的民兵夜校", False, True),
        (1, "还有哪些不足", False, True),
    ]
    assert OLD[found[2].body : found[2].end].startswith("我们带着政策折页")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "没有编号的一段话。",
        "1.专武干部3名\n2.民兵96人\n",
        "2024.12.8\n",
        "一、" + "很长的一句话" * 9 + "，没有完\n",
    ],
)
def test_what_is_no_heading_is_none(text: str) -> None:
    assert headings(text) == ()


def test_headings_find_their_sections_by_facts_where_their_words_say_nothing(
    desk: Desk, old: tuple[Report, Pending]
) -> None:
    outline = desk.outline_of(*old)
    assert outline is not None
    found = {one.heading: one.template for one in outline.planned}
    assert found["把军属的事当自家的事"] == "double-support"
    assert found["征兵宣传走进校园"] == "defence-education"
    assert found["钱花在刀刃上"] == "funding"
    assert found["还有哪些不足"].startswith("problems")
    assert found["{{年度}}新设的民兵夜校"] == LEAVE_OUT, "the old year is this report's, and no section is made up"


@pytest.mark.parametrize(
    ("title", "base"), [("关于2024年武装工作情况的汇报", "work-a"), ("2024年度党管武装工作述职报告", "duty-")]
)
def test_the_kind_of_paper_says_who_speaks(desk: Desk, title: str, base: str) -> None:
    for shape in ("work-a", "duty-c"):
        report = desk.create("armed-forces-work", shape)
        made = desk.begin_text(
            report.id, OLD.replace("白鹭镇2024年党管武装工作情况报告", f"白鹭镇{title}"), "旧稿.docx"
        )
        outline = desk.outline_of(report, desk.pending(report, made))
        assert outline is not None
        assert outline.base.startswith(base)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2024年度新设的民兵夜校", "{{年度}}度新设的民兵夜校"),
        ("二〇二四年新设的民兵夜校", "{{年度}}新设的民兵夜校"),
        ("2025年工作思路", "下一年工作思路"),
        ("2025年度工作思路", "下一年度工作思路"),
        ("对照2023年看变化", "对照上一年看变化"),
        ("2018年起的老传统", "2018年起的老传统"),
    ],
)
def test_no_old_year_is_left_in_a_heading(desk: Desk, old: str, new: str) -> None:
    report = desk.create("armed-forces-work", "work-a")
    made = desk.begin_text(report.id, OLD.replace("2024年新设的民兵夜校", old), "旧稿.docx")
    outline = desk.outline_of(report, desk.pending(report, made))
    assert outline is not None
    assert new in {one.heading for one in outline.planned}


def test_a_shape_keeps_the_headings_and_their_order_and_is_drafted_in_it(
    desk: Desk, old: tuple[Report, Pending]
) -> None:
    outline = desk.outline_of(*old)
    assert outline is not None
    made = desk.add_own_shape("armed-forces-work", "白鹭镇的写法", outline)
    (own,) = desk.own_shapes("armed-forces-work")
    assert (own.id, own.shape.name) == (made, "白鹭镇的写法")
    report = desk.create_own(made)
    assert [section.heading for section in report.sections if section.heading][:4] == [
        "把军属的事当自家的事",
        "年轻人踊跃参军报国",
        "征兵宣传走进校园",
        "钱花在刀刃上",
    ]
    assert report.sheet.schema.required(report.shape.key), "what the preset requires is required still"
    labels = [label for section in report.sections for label in section.facts]
    assert len(labels) == len(set(labels)), "a fact has one home"


def sentences(text: str) -> set[str]:
    return {part for part in re.split(r"[。！？；;：:，\n]", text) if len(part) >= 12}


def test_no_sentence_of_the_old_report_gets_into_a_draft(desk: Desk, old: tuple[Report, Pending]) -> None:
    report, pending = old
    outline = desk.outline_of(report, pending)
    assert outline is not None
    made = desk.create_own(desk.add_own_shape("armed-forces-work", "旧写法", outline)).id
    desk.set_fact(made, "年度", "2025")
    mine = desk.begin_text(made, OLD)
    desk.aim(mine, "value")
    found = desk.report(made)
    texts = set()
    figures = [
        offer
        for offer in desk.offers(found, desk.pending(found, mine))
        if found.sheet.schema.by_label[offer.proposal.label].type.numeric
    ]
    desk.accept(made, mine, [Choice(one.number, one.proposal.here) for one in figures])
    desk.draft_all(made)
    assert desk.wait(made, 90)
    drafted = desk.report(made)
    for label, fact in drafted.sheet.facts.items():
        texts.add(plain_text(fact.value, drafted.sheet.schema.by_label[label]))
    whole = "\n".join(render_text(section.text, drafted.sheet) for section in drafted.sections)
    assert len(whole) > 500
    copied = {one for one in sentences(OLD) if one in whole and one not in texts}
    assert copied == set()


def test_a_person_has_the_last_word_on_every_heading(desk: Desk, old: tuple[Report, Pending]) -> None:
    outline = desk.outline_of(*old)
    assert outline is not None
    planned = [
        replace(one, template="training", heading="办好民兵夜校") if "夜校" in one.heading else one
        for one in outline.planned
    ]
    made = desk.add_own_shape("armed-forces-work", "改过的", replace(outline, planned=tuple(planned)))
    section = next(one for one in desk.create_own(made).sections if one.heading == "办好民兵夜校")
    assert section.template == "training"


def test_a_shape_without_a_name_or_a_section_is_refused(desk: Desk, old: tuple[Report, Pending]) -> None:
    outline = desk.outline_of(*old)
    assert outline is not None
    with pytest.raises(InputError):
        desk.add_own_shape("armed-forces-work", "  ", outline)
    nothing = replace(outline, planned=tuple(replace(one, template=LEAVE_OUT) for one in outline.planned))
    with pytest.raises(InputError):
        desk.add_own_shape("armed-forces-work", "空的", nothing)


def test_a_report_outlives_its_shape(desk: Desk, old: tuple[Report, Pending]) -> None:
    outline = desk.outline_of(*old)
    assert outline is not None
    made = desk.add_own_shape("armed-forces-work", "旧写法", outline)
    report = desk.create_own(made)
    desk.drop_own_shape(made)
    assert desk.own_shapes("armed-forces-work") == []
    assert desk.report(report.id).sections == report.sections
    with pytest.raises(NotFound):
        desk.create_own(made)


def test_a_note_without_headings_offers_no_shape(desk: Desk) -> None:
    report = desk.create("armed-forces-work", "work-a")
    made = desk.begin_text(report.id, "今年入伍15名，慰问军属72户。")
    assert desk.outline_of(report, desk.pending(report, made)) is None
