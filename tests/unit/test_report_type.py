"""Report types: the first one against reports.md, and what the loader says about broken ones."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from assistant.errors import ReportTypeError, UnknownNameError
from assistant.facts.fields import FieldType
from assistant.facts.yaml_form import load_sheet
from assistant.reports.loader import PROMPTS, Library, load_report_type
from assistant.slots.grammar import slots_in
from assistant.slots.render import render_text

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TYPE = "armed-forces-work"

#: reports.md, word for word: label (type or unit).
ASKED = """
单位全称 (text) · 单位简称 (text) · 自称 (choice) · 单位类别 (choice) · 年度 (year) · 文种 (choice) · 述职人 (text)
· 述职人职务 (text) · 上级党委政府 (text) · 上级军事机关 (text) · 主送机关 (text) · 落款单位 (text) · 成文日期 (date)
· 年度主题 (text) · 主题教育活动 (text)
· 党委议军会议 (次) · 专题会议 (次) · 现场办公 (次) · 专武干部 (名) · 其他履职举措 (list)
· 村社区个数 (个) · 民兵器材库 (个) · 民兵之家 (个) · 挂牌民兵之家 (个) · 武装经费预算 (money) · 器材装备投入 (money)
· 库室建设投入 (money) · 训练保障投入 (money) · 征兵宣传投入 (money) · 经费明细 (table)
· 普通民兵连 (个) · 普通民兵 (人) · 基干民兵 (人) · 村级民兵连 (个) · 村级民兵 (人) · 民兵分队 (table)
· 预备储备队伍 (人) · 退伍军人比例 (percent) · 党员比例 (percent) · 点验次数 (次) · 点验人次 (人次)
· 民兵干部学习 (次) · 业务培训 (次) · 国防教育课时 (课时) · 训练天数 (天) · 参训人次 (人次)
· 适龄青年 (人) · 兵役登记 (人) · 兵役登记率 (percent) · 报名应征 (人) · 上站体检 (人) · 体检合格 (人) · 政治考核 (人)
· 役前训练 (人) · 入伍人数 (人) · 大学生入伍 (人) · 大学生比例 (percent) · 预备役登记 (人) · 信访举报 (起)
· 征兵荣誉 (list)
· 宣传资料 (份) · 宣传横幅 (条) · 宣传点 (个) · 电子屏 (块) · 宣传品明细 (table)
· 走访慰问户数 (户) · 慰问人数 (人) · 慰问金总额 (money) · 每户慰问金 (money) · 优抚资金 (table) · 立功受奖 (table)
· 光荣牌 (块) · 安置退役军人 (人) · 退役军人服务站 (个)
· 应急处置次数 (次) · 出动民兵 (人次) · 入户排查 (人次) · 急难险重任务 (list)
· 专项任务名称 (text) · 专项参与民兵 (人) · 值守卡口 (个) · 先进典型 (table)
· 存在问题 (list) · 原因分析 (list) · 下步打算 (list)
"""
LABELS = re.findall(r"(\w+) \((\w+)\)", ASKED)

TEMPLATES = {
    "work-a": "opening duty-system duty-stance duty-action bases conscription defence-education double-support"
    " militia-role problems next-steps",
    "duty-b": "opening agenda militia-reorganisation conscription-support special-task funding problems-plan closing",
    "duty-c": "opening principle defence-education militia-reorganisation conscription special-task double-support"
    " problems causes next-steps",
    "duty-d": "opening militia-reorganisation training conscription special-task liaison-equipment double-support"
    " problems causes next-steps",
}


@pytest.mark.parametrize(("label", "kind"), LABELS)
def test_every_fact_is_there_with_its_type_and_measure(label: str, kind: str) -> None:
    schema = Library().get(TYPE).facts
    item = schema.by_label.get(label) or schema.derived_by_label[label]
    if kind in {str(known) for known in FieldType}:
        assert item.type == kind
    else:
        assert (item.type, item.measure) == (FieldType.COUNT, kind)
    assert item.meaning


def test_table_columns() -> None:
    tables = {field.label: field for field in Library().get(TYPE).facts.fields if field.type is FieldType.TABLE}
    columns = {label: " ".join(column.label for column in table.columns) for label, table in tables.items()}
    assert columns == {
        "经费明细": "项目 金额",
        "民兵分队": "名称 数量 编制人数 实有人数 民兵干部",
        "宣传品明细": "名称 数量 量词",
        "优抚资金": "项目 人数 金额",
        "立功受奖": "等次 人数",
        "先进典型": "姓名 身份 事迹",
    }


@pytest.mark.parametrize("key", Library().keys())
def test_an_alias_names_one_fact(key: str) -> None:
    schema = Library().get(key).facts
    items = [*schema.fields, *schema.derived]
    claimed = Counter(alias for item in items for alias in set(item.aliases))
    labels = {item.label for item in items}
    assert [alias for alias, count in claimed.items() if count > 1 or alias in labels] == []


@pytest.mark.parametrize("shape", list(TEMPLATES))
def test_sections_of_each_shape(shape: str) -> None:
    found = Library().shape(TYPE, shape)[1]
    assert " ".join(section.template for section, _ in found.walk() if section.template) == TEMPLATES[shape]


@pytest.mark.parametrize("shape", list(TEMPLATES))
def test_a_fact_has_one_home_in_a_shape(shape: str) -> None:
    schema = Library().get(TYPE).facts
    found = Library().shape(TYPE, shape)[1]
    homes = Counter(label for section, _ in found.walk() for label in section.facts)
    assert [label for label, count in homes.items() if count > 1] == []
    for item in schema.fields:
        if item.type.numeric or item.type is FieldType.TABLE:
            assert homes[item.label] == 1, f"“{item.label}”在 {shape} 里没有归属"


@pytest.mark.parametrize("key", Library().keys())
def test_headings_are_parallel_and_the_default_needs_no_fact(key: str) -> None:
    for shape in Library().get(key).shapes:
        for section, _ in shape.walk():
            if section.style == "plain":
                continue
            assert len(section.headings) >= 3
            assert len(set(section.headings)) == len(section.headings)
            assert not slots_in(section.headings[0])


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.yaml")), ids=lambda file: file.stem)
def test_examples_load_with_every_required_fact(file: Path) -> None:
    read = load_sheet(file.read_text(encoding="utf-8"), Library().schema_of, file.name)
    shape = Library().shape(read.report_type, read.shape)[1]
    lacking = [item.label for item in read.sheet.schema.required(shape.key) if read.sheet.fact(item.label).empty]
    assert lacking == []
    for text in (shape.title, shape.byline, shape.file_name):
        assert "待补" not in render_text(text, read.sheet)


def test_title_and_file_name() -> None:
    text = (EXAMPLES / "liulin-duty-c.yaml").read_text(encoding="utf-8").replace("柳林街道", "清河镇")
    sheet = load_sheet(text, Library().schema_of).sheet
    shape = Library().shape(TYPE, "duty-c")[1]
    assert render_text(shape.file_name, sheet) == "清河镇2025年党管武装工作述职报告"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PROMPTS / "work-safety", tmp_path / "work-safety"))


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("report.yaml", "type: year", "type: jahr", "“type”的值不在许可之列"),
        ("report.yaml", "label: 培训人次, type: count", "label: 安全会议, type: count", "事实“安全会议”写了两次"),
        ("report.yaml", "整改隐患 / 发现隐患 * 100", "整改隐患 / 隐患总数 * 100", "表达式里没有这项事实：隐患总数"),
        ("report.yaml", "整改隐患 / 发现隐患 * 100", "整改隐患 / * 100", "写法有误"),
        (
            "report.yaml",
            "expr: '整改隐患 <= 发现隐患'",
            "each: 台账, expr: '整改隐患 <= 发现隐患'",
            "没有“台账”这个表格",
        ),
        (
            "report.yaml",
            "多于发现隐患（{{发现隐患}}）",
            "多于发现隐患（{{发现隐患数字}}）",
            "没有“发现隐患数字”这项事实",
        ),
        ("report.yaml", "facts: [培训人次]", "facts: [培训人数]", "没有“培训人数”这项事实，最接近的是“培训人次”"),
        (
            "report.yaml",
            "weight: 18",
            "weight: 18\n        claims: {抓好培训: [培训人次]}",
            "headings 里没有“抓好培训”",
        ),
        (
            "report.yaml",
            "weight: 18",
            "weight: 18\n        claims: {'抓实安全培训，提升应急能力': [培训人数]}",
            "没有“培训人数”这项事实",
        ),
        ("report.yaml", "template: education", "template: training", "找不到 sections/training.j2"),
        ("report.yaml", "key: duty\n", "key: hazards\n", "章节“hazards”写了两次"),
        ("report.yaml", "presets: {自称: 我镇}", "presets: {称呼: 我镇}", "没有“称呼”这项事实"),
        ("report.yaml", "voice: unit", "voice: unit\n    colour: red", "没有“colour”这一项"),
        ("report.yaml", "derived:", "derived: [", "不是正确的 YAML"),
        (
            "phrases/hazards.j2",
            "整改率为{{整改率}}",
            "整改率为{{整改比率}}",
            "没有“整改比率”这项事实，最接近的是“整改率”",
        ),
        ("phrases/hazards.j2", "{% endif %}", "", "模板写法有误"),
        ("phrases/duty.j2", "{{安全投入|同比}}", "{{安全投入|名}}", "“安全投入”不能写成“名”"),
        ("sections/duty.j2", "{% endblock %}", "{{会议}}{% endblock %}", "没有“会议”这项事实"),
    ],
)
def test_a_fault_is_told_with_file_and_line(copied: Path, file: str, old: str, new: str, fault: str) -> None:
    text = (copied / file).read_text(encoding="utf-8")
    assert old in text
    (copied / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ReportTypeError) as told:
        load_report_type(copied)
    assert told.value.file == f"work-safety/{file}"
    assert fault in told.value.fault
    assert told.value.line is not None
    assert f"第{told.value.line}行" in told.value.message


def test_the_line_is_the_line(copied: Path) -> None:
    text = (copied / "report.yaml").read_text(encoding="utf-8")
    line = text[: text.index("template: education")].count("\n") + 1
    (copied / "report.yaml").write_text(text.replace("template: education", "template: nothing"), encoding="utf-8")
    with pytest.raises(ReportTypeError) as told:
        load_report_type(copied)
    assert told.value.line == line


def test_a_new_folder_is_a_new_type(copied: Path) -> None:
    made = copied.parent / "fire-drills"
    shutil.copytree(copied, made)
    text = (made / "report.yaml").read_text(encoding="utf-8").replace("name: 安全生产工作总结", "name: 消防工作总结")
    (made / "report.yaml").write_text(text, encoding="utf-8")
    library = Library(copied.parent)
    assert library.keys() == ["fire-drills", "work-safety"]
    assert library.get("fire-drills").name == "消防工作总结"
    # An edited file counts at once.
    (made / "report.yaml").write_text(text.replace("消防工作总结", "防火工作总结"), encoding="utf-8")
    assert library.get("fire-drills").name == "防火工作总结"


def test_an_unknown_type_or_shape_offers_the_nearest() -> None:
    with pytest.raises(UnknownNameError) as unknown:
        Library().get("armed-force-work")
    assert "armed-forces-work" in unknown.value.way_out
    with pytest.raises(UnknownNameError) as told:
        Library().shape(TYPE, "dutyc")
    assert "duty-c" in told.value.way_out
