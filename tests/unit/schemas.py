"""A small schema with one fact of every type, for tests of facts, slots and checks."""

from __future__ import annotations

from assistant.facts.fields import DerivedFact, FactField, FactSchema, FieldType, SheetRule, TableColumn
from assistant.facts.sheet import FactSheet, read_facts

TEXT, COUNT, MONEY = FieldType.TEXT, FieldType.COUNT, FieldType.MONEY


def _count(label: str, measure: str, *measures: str, aliases: tuple[str, ...] = ()) -> FactField:
    return FactField(label=label, type=COUNT, group="数量", measure=measure, measures=measures, aliases=aliases)


def _money(label: str, *aliases: str) -> FactField:
    return FactField(label=label, type=MONEY, group="经费", aliases=aliases)


SCHEMA = FactSchema(
    fields=(
        FactField(label="单位简称", type=TEXT, group="基本", aliases=("简称",)),
        FactField(label="自称", type=FieldType.CHOICE, group="基本", choices=("我镇", "我街道")),
        FactField(label="年度", type=FieldType.YEAR, group="基本", aliases=("年份",)),
        FactField(label="成文日期", type=FieldType.DATE, group="基本"),
        _count("议军会议", "次", aliases=("党委议军会",)),
        _count("专题会议", "次", aliases=("专题会",)),
        _count("村社区个数", "个"),
        _count("适龄青年", "人", "名"),
        _count("兵役登记", "人", "名", aliases=("兵役登记人数",)),
        _count("入伍人数", "人", "名", "位", aliases=("入伍", "入伍新兵", "输送新兵")),
        _count("大学生入伍", "人", "名", aliases=("大学生新兵", "大学生")),
        _count("信访举报", "起", "件"),
        _count("宣传资料", "份", "张", aliases=("明白纸",)),
        _count("参训人次", "人次"),
        _money("器材装备投入", "器材投入", "装备投入"),
        _money("慰问金总额", "慰问金"),
        _money("每户慰问金", "慰问标准"),
        FactField(label="党员比例", type=FieldType.PERCENT, group="数量", aliases=("党员占比",)),
        FactField(label="存在问题", type=FieldType.LIST, group="文字"),
        FactField(
            label="民兵分队",
            type=FieldType.TABLE,
            group="民兵",
            columns=(
                TableColumn(label="名称", type=TEXT),
                TableColumn(label="数量", type=COUNT, measure="个"),
                TableColumn(label="编制人数", type=COUNT, measure="人", aliases=("编制",)),
                TableColumn(label="实有人数", type=COUNT, measure="人", aliases=("实有",)),
            ),
            row=("名称", "实有人数"),
        ),
        FactField(
            label="经费明细",
            type=FieldType.TABLE,
            group="经费",
            columns=(TableColumn(label="项目", type=TEXT), TableColumn(label="金额", type=MONEY)),
            row=("项目", "金额"),
        ),
        FactField(
            label="宣传品明细",
            type=FieldType.TABLE,
            group="数量",
            columns=(
                TableColumn(label="名称", type=TEXT),
                TableColumn(label="数量", type=COUNT, measure_from="量词"),
                TableColumn(label="量词", type=TEXT),
            ),
            row=("名称", "数量"),
        ),
    ),
    derived=(
        DerivedFact(
            label="兵役登记率", type=FieldType.PERCENT, expr="兵役登记 / 适龄青年 * 100", places=1, aliases=("登记率",)
        ),
        DerivedFact(label="分队合计", type=COUNT, measure="人", expr='合计(民兵分队, "实有人数")'),
    ),
    rules=(
        SheetRule(
            id="students",
            expr="大学生入伍 <= 入伍人数",
            message="大学生入伍（{{大学生入伍}}）多于入伍人数（{{入伍人数}}）",
            facts=("大学生入伍", "入伍人数"),
        ),
    ),
)

FACTS: dict[str, object] = {
    "单位简称": "清河镇",
    "自称": "我镇",
    "年度": 2025,
    "成文日期": "2025年12月1日",
    "议军会议": 2,
    "专题会议": {"value": 4, "last_year": 4},
    "村社区个数": 23,
    "适龄青年": 326,
    "兵役登记": {"value": 320, "last_year": 400},
    "入伍人数": {"value": 12, "last_year": 10},
    "大学生入伍": {"value": 8, "last_year": 0},
    "信访举报": 0,
    "宣传资料": {"value": 2000, "approximate": True},
    "器材装备投入": {"value": "7.5万元", "last_year": "5万元"},
    "慰问金总额": "3.9万元",
    "每户慰问金": 600,
    "党员比例": {"value": "35%", "last_year": "30.5%"},
    "存在问题": ["训练场地不足。", "台账不规范；"],
    "民兵分队": [
        {"名称": "应急排", "数量": 1, "编制人数": 30, "实有人数": 28},
        {"名称": "医疗救护班", "数量": 2, "编制人数": 20},
    ],
    "经费明细": [{"项目": "器材装备", "金额": "7.5万元"}, {"项目": "训练", "金额": "4万元"}],
    "宣传品明细": [{"名称": "宣传围裙", "数量": 300, "量词": "条"}],
}


def sheet(**changes: object) -> FactSheet:
    """The sheet of FACTS with some facts changed; None empties one."""
    return read_facts({**FACTS, **changes}, SCHEMA)
