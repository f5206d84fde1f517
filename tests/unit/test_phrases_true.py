"""What the embedded engine says of facts that are zero, single, odd, or not there: no claim against them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

import pytest
from test_embedded import SHAPES, UNTIDY, draft, drafted, example, report_of

from assistant.drafting.brief import brief_for
from assistant.facts.sheet import Fact, FactSheet, read_facts
from assistant.reports.types import Length
from assistant.slots.grammar import slots_in
from assistant.slots.render import render_text

SEEDS = range(6)


def changed(shape: str, facts: Mapping[str, object]) -> FactSheet:
    sheet = example(shape)
    read = read_facts({label: fact for label, fact in facts.items() if fact is not None}, sheet.schema)
    for label in facts:
        sheet = sheet.with_fact(label, read.facts.get(label, Fact()))
    return sheet


def printed(shape: str, facts: Mapping[str, object], length: Length = Length.FULL) -> list[str]:
    """The whole report in some wordings."""
    sheet = changed(shape, facts)
    wholes = []
    for seed in SEEDS:
        texts = drafted(shape, sheet, length, seed)
        wholes.append("\n".join(render_text(text, sheet) for text in texts.values()))
        assert not UNTIDY.search(wholes[-1]), wholes[-1]
    return wholes


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("length", list(Length))
def test_special_meetings_are_told_without_the_others(shape: str, length: Length) -> None:
    sheet = changed(shape, {"党委议军会议": 0, "专题会议": 4})
    for seed in SEEDS:
        texts = drafted(shape, sheet, length, seed)
        assert "专题会议" in {slot.label for text in texts.values() for slot in slots_in(text)}
        whole = "\n".join(render_text(text, sheet) for text in texts.values())
        rest, denied = re.subn("未召开党工?委议军会议|没有专门召开(?:党工?委)?议军会议", "", whole)
        assert denied, whole
        assert not re.search("议军会议|议军制度|定期议军", rest), whole


@pytest.mark.parametrize("shape", SHAPES)
def test_meetings_that_were_not_held_decided_nothing(shape: str) -> None:
    for whole in printed(shape, {"党委议军会议": 0, "专题会议": 0}):
        assert not re.search("集体研究|逐项研究|议定事项|听取武装工作汇报", whole), whole


def test_one_meeting_is_no_regular_one() -> None:
    for shape in SHAPES:
        assert not any("定期议军" in whole for whole in printed(shape, {"党委议军会议": 1}))


NO_FIGURES = {
    "民兵分队": [{"名称": "防汛班", "实有人数": 0}],
    "宣传品明细": [{"名称": "围裙", "数量": 0, "量词": "条"}],
    "优抚资金": [{"项目": "优待金", "人数": 0, "金额": "0元"}],
    "立功受奖": [{"等次": "三等功", "人数": 0}],
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("length", list(Length))
def test_rows_that_come_to_nothing_are_not_told(shape: str, length: Length) -> None:
    for whole in printed(shape, NO_FIGURES, length):
        assert not re.search("防汛班|围裙|优待金|三等功|喜报|等宣传品|等宣传用品", whole), whole
        assert not re.search(r"(?<![0-9])0[人条元]", whole), whole


def test_of_a_table_the_rows_that_tell_something_stand() -> None:
    rows = [{"名称": "应急排", "实有人数": 28}, {"名称": "防汛班", "实有人数": 0}, {"名称": "通信班", "实有人数": 9}]
    for whole in printed("duty-c", {"民兵分队": rows}):
        assert "应急排28人、通信班9人" in whole
        assert "防汛班" not in whole


@pytest.mark.parametrize("shape", SHAPES)
def test_money_that_was_not_given_is_not_claimed(shape: str) -> None:
    labels = ("武装经费预算", "器材装备投入", "库室建设投入", "训练保障投入", "征兵宣传投入", "经费明细")
    for whole in printed(shape, dict.fromkeys(labels)):
        assert not re.search("优先安排|舍得花|专款专用|每笔支出|资金使用|加大", whole), whole


def test_a_budget_that_fell_is_not_called_more() -> None:
    fell = {"武装经费预算": {"value": "20万元", "last_year": "30万元"}}
    for shape in SHAPES:
        assert not any(re.search("加大", whole) for whole in printed(shape, fell))


@pytest.mark.parametrize(
    ("facts", "untold"),
    [
        ({"民兵器材库": 0}, "器材(?:分类|摆放|存得好)|装备器材定期"),
        ({"民兵之家": 0, "挂牌民兵之家": 0}, "有了固定场所|为民兵开展活动"),
        ({"退伍军人比例": None}, "军事素质有了保证|结构较为合理|骨干力量相对集中"),
    ],
)
def test_no_praise_without_its_ground(facts: dict[str, object], untold: str) -> None:
    for shape in ("duty-c", "duty-d"):
        none = {"器材装备投入": None, "经费明细": None, **facts}
        assert not any(re.search(untold, whole) for whole in printed(shape, none))


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"优抚资金": [{"项目": "义务兵优待金", "人数": 5}]}, "义务兵优待金惠及5人"),
        ({"立功受奖": [{"等次": "优秀士兵"}]}, "中，有官兵获评优秀士兵"),
        ({"立功受奖": [{"等次": "嘉奖", "人数": 2}]}, "2人受到嘉奖"),
        ({"入伍人数": 18, "大学生入伍": 18}, "18名新兵均为大学生"),
        ({"入伍人数": 1, "大学生入伍": 1}, "为大学生1名"),
        ({"入伍人数": {"value": 18, "approximate": "近"}, "大学生入伍": 13}, "其中大学生13名"),
        ({"征兵荣誉": ["区征兵工作三等奖"]}, "(?:获得|荣获)区征兵工作三等奖"),
        ({"征兵荣誉": ["全区征兵工作先进单位", "市征兵工作三等奖"]}, "被评为全区征兵工作先进单位，(?:获得|荣获)市"),
        ({"存在问题": ["训练场地不足"]}, "^(?!.*这些问题)"),
        ({"原因分析": ["主要是经费不足"]}, "^(?!.*主要(?:是|原因是)：主要是)"),
        ({"下步打算": ["争取资金建设训练场地"]}, "：争取资金建设训练场地。"),
        ({"专项任务名称": "重大活动安保任务"}, "^(?!.*任务任务)"),
        ({"急难险重任务": ["开展了防汛抢险", "森林灭火"]}, "民兵先后开展了防汛抢险、森林灭火"),
        (
            {"先进典型": [{"姓名": "张三", "事迹": "表现突出。"}, {"姓名": "李四", "身份": "无"}]},
            "张三表现突出；李四表现突出",
        ),
        ({"上级党委政府": "县委、县政府和州委国动委"}, "州委国动委的?(?:坚强|正确)?领导、"),
    ],
)
def test_single_and_odd_facts_read_well(facts: dict[str, object], told: str) -> None:
    for shape in ("duty-b", "duty-c"):
        for whole in printed(shape, facts):
            assert re.search(told, whole, re.DOTALL), whole


def of_section(shape: str, key: str, facts: Mapping[str, object], length: Length = Length.NORMAL) -> Iterator[str]:
    """One section in some wordings."""
    sheet = changed(shape, facts)
    report_type, report = report_of(shape, sheet, length)
    section = report.section(key)
    assert section is not None
    for seed in SEEDS:
        yield render_text(draft(brief_for(report_type, report, section, seed))[-1], sheet)


C, D = "duty-c", "duty-d"
LAST = {"value": 20, "last_year": 45}


@pytest.mark.parametrize(
    ("shape", "key", "facts", "told", "untold"),
    [
        (
            C,
            "conscription",
            {"入伍人数": 0, "大学生入伍": 0},
            "没有青年批准入伍|未向部队输送|无新兵入伍",
            "定兵",
        ),
        (
            C,
            "conscription",
            {"适龄青年": 60, "兵役登记": 0},
            "适龄青年60人，(?:尚无人|兵役登记尚未)",
            "登记造册",
        ),
        (C, "principle", {"党委议军会议": 0}, "(?:未召开|没有专门召开)党工委议军会议", "定期议军"),
        (C, "principle", {"专武干部": 0}, "专武干部", "配备专武干部[0-9]|选优配强"),
        (C, "militia-reorganisation", {"基干民兵": 0}, "未编组|没有编组|尚未编组", "编实基干民兵"),
        (C, "conscription", {"报名应征": LAST}, "", "积极性|参军热情|打下了基础"),
        (D, "training", {"训练天数": {"value": 7, "last_year": 14}}, "7天", "提高了|得到锻炼|更加紧密"),
        ("work-a", "opening", {"入伍人数": 0}, "", "较好"),
        ("work-a", "opening", {"报名应征": LAST}, "", "较好"),
        (C, "causes", {"原因分析": "无"}, "。", "主要是|根子在于"),
        (C, "next-steps", {"存在问题": "无"}, "", "针对存在的问题|对照问题"),
        (
            C,
            "special-task",
            {"急难险重任务": ["抗旱送水"], "先进典型": None},
            "抗旱送水任务",
            "先后|等任务|等急难",
        ),
        (C, "special-task", {}, "入户排查", "出动[^，]*，(?:组织|依托)民兵"),
        (
            C,
            "defence-education",
            {"宣传品明细": [{"名称": "毛巾", "数量": 9, "量词": "条"}]},
            "毛巾9条",
            "等宣传",
        ),
        (
            C,
            "militia-reorganisation",
            {"退伍军人比例": {"value": "40%", "approximate": "约"}},
            "约40%",
            "的约40",
        ),
        (D, "conscription", {"信访举报": 1}, "。(?:对收到的1起|依规受理)", "，依规受理"),
        ("duty-b", "problems-plan", {}, "下一步|今后", "(?:方面努力|以下工作)。一是"),
    ],
)
def test_a_section_says_what_its_facts_bear(
    shape: str, key: str, facts: dict[str, object], told: str, untold: str
) -> None:
    for text in of_section(shape, key, facts):
        assert re.search(told, text), text
        assert not re.search(untold, text), text


def test_courses_that_became_fewer_raised_no_level() -> None:
    for text in of_section(D, "training", {"业务培训": {"value": 4, "last_year": 9}}, Length.FULL):
        assert "业务培训4次" in text
        assert "业务水平" not in text, text


COMPARED = ("党委议军会议", "基干民兵", "挂牌民兵之家", "参训人次", "慰问金总额", "宣传资料", "报名应征", "入伍人数")


@pytest.mark.parametrize(("shape", "length"), [("work-a", Length.NORMAL), ("duty-b", Length.BRIEF)])
def test_what_offices_compare_is_compared_once_a_paragraph(shape: str, length: Length) -> None:
    sheet = example(shape)
    for label in COMPARED:
        value = sheet.value(label)
        assert isinstance(value, int | Decimal)
        sheet = sheet.with_fact(label, Fact(value=value, last_year=value - 2))
    told = set()
    for seed in SEEDS:
        for text in drafted(shape, sheet, length, seed).values():
            for paragraph in text.split("\n"):
                compared = [slot.label for slot in slots_in(paragraph) if slot.form in ("同比", "增减")]
                assert len(compared) <= 1, paragraph
                told.update(compared)
    # In these shapes they may stand in one paragraph with a required figure, which is compared first.
    assert set(COMPARED) - {"报名应征", "参训人次"} <= told


ACCOUNT = {
    "器材装备投入": "3.86万元",
    "库室建设投入": None,
    "训练保障投入": "9800元",
    "征兵宣传投入": "4500元",
    "经费明细": [
        {"项目": "器材装备", "金额": "3.86万元"},
        {"项目": "民兵训练补助", "金额": "9800元"},
        {"项目": "征兵宣传", "金额": "4500元"},
    ],
}


@pytest.mark.parametrize("shape", ["work-a", "duty-d"])
def test_money_of_the_account_is_told_once_and_in_one_unit(shape: str) -> None:
    for whole in printed(shape, ACCOUNT, Length.NORMAL)[:3]:
        assert re.search("器材装备3.86万元、民兵训练补助0.98万元、征兵宣传0.45万元", whole), whole
        assert len(re.findall("0.98万元|9800元", whole)) == len(re.findall("0.45万元|4500元", whole)) == 1, whole


def test_of_a_long_account_the_largest_are_told() -> None:
    rows = [{"项目": f"支出{name}", "金额": f"{size}万元"} for size, name in enumerate("甲乙丙丁戊己庚辛", 1)]
    alone = dict.fromkeys(("器材装备投入", "库室建设投入", "训练保障投入", "征兵宣传投入"))
    for text in of_section("duty-b", "funding", {**alone, "经费明细": rows}):
        assert re.search("36万元，(?:其中|包括|用于)支出辛8万元、支出庚7万元、支出己6万元等支出", text), text
        assert "支出甲" not in text


def test_an_item_without_a_name_is_none_of_the_largest() -> None:
    rows = [{"项目": f"优待{name}", "金额": f"{size}万元"} for size, name in enumerate("甲乙丙丁戊己", 1)]
    for text in of_section(C, "double-support", {"优抚资金": [*rows, {"项目": "无", "金额": "9万元"}]}):
        assert "优待己6万元、优待戊5万元、优待丁4万元等" in text, text


@pytest.mark.parametrize("length", list(Length))
@pytest.mark.parametrize("said", [None, "无", ["经费不足"], ["经费不足", "人员少", "场地旧"]])
def test_no_list_leaves_its_opening_alone(length: Length, said: object) -> None:
    sections = {
        "duty-c": ("problems", "causes", "next-steps", "special-task", "conscription", "principle"),
        "duty-b": ("problems-plan",),
        "work-a": ("duty-action",),
    }
    lists = ("存在问题", "原因分析", "下步打算", "急难险重任务", "征兵荣誉", "其他履职举措")
    for shape, keys in sections.items():
        for key in keys:
            for text in of_section(shape, key, dict.fromkeys(lists, said), length):
                assert text
                assert not UNTIDY.search(text), text
                assert not re.search(r"(?:主要是|表现在|以下工作|以下问题|方面努力|存在差距|做好|[：:])。", text), text


def test_all_recruits_students_is_no_hundred_percent() -> None:
    facts = {"入伍人数": 18, "大学生入伍": 18}
    assert not any(re.search("大学生18名，占100", whole) for whole in printed("duty-c", facts))
