"""Pasted sheets: the same facts laid out in many ways by code, and what is read of them.

Run: ``python benchmarks/pasted_sheets.py [--show LAYOUT] [--every N]``. A layout is a head (which columns, in which
order, under which names), what parts the cells, and where the unit stands; three sets of facts are laid out in each.
Printed per kind of layout: facts read right, right but kept for a person (doubtful), read wrong, wrong but doubtful,
not read. A wrong value that nobody is asked about is the only one that harms; the aim is none.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from gold_facts import schema  # noqa: E402

from assistant.intake.extract import extract_text  # noqa: E402

SCHEMA = schema()


@dataclass(frozen=True)
class Line:
    """One fact of a sheet: its name there, its label, unit, this year's figure, last year's, and the plan's."""

    name: str
    label: str
    unit: str
    now: str
    last: str
    plan: str
    group: str

    def value(self, figure: str) -> Decimal:
        return Decimal(figure) * (10000 if self.unit == "万元" else 1)


def _lines(*rows: str) -> tuple[Line, ...]:
    return tuple(Line(*row.split()) for row in rows)


SETS = (
    _lines(
        "普通民兵 普通民兵 人 498 510 500 民兵", "基干民兵 基干民兵 人 88 90 90 民兵",
        "报名人数 报名应征 人 61 58 60 征兵", "入伍人数 入伍人数 人 18 17 18 征兵",
        "武装经费预算 武装经费预算 万元 30 26 28 保障",
    ),
    _lines(
        "党委议军会议 党委议军会议 次 3 2 2 组织", "现场办公 现场办公 次 5 6 4 组织",
        "挂牌民兵之家 挂牌民兵之家 个 11 9 12 阵地", "训练天数 训练天数 天 12 10 12 训练",
        "宣传资料 宣传资料 份 2600 2400 2500 宣传", "走访慰问户数 走访慰问户数 户 65 60 60 双拥",
    ),
    _lines(
        "适龄青年 适龄青年 人 326 340 330 征兵", "兵役登记 兵役登记 人 325 338 330 征兵",
        "上站体检 上站体检 人 44 39 40 征兵", "体检合格 体检合格 人 27 25 26 征兵",
        "器材装备投入 器材装备投入 万元 7.5 6 7 保障", "光荣牌 光荣牌 块 58 63 60 双拥",
        "出动民兵 出动民兵 人次 260 240 250 应急",
    ),
)  # fmt: skip

TITLE = "清河镇2025年党管武装工作情况\n"
SEPARATORS = {
    "制表符": "\t", "英文逗号": ",", "中文逗号": "，", "顿号": "、", "一个空格": " ", "几个空格": "     ", "竖线": "|",
    "竖线空格": " | ", "分号": "；", "斜线": "/", "逗号空格": ", ",
}  # fmt: skip
#: A head: columns by kind, with their names. ``nt``: so that last year's value can not be known.
HEADS: dict[str, tuple[tuple[str, str], ...]] = {
    "今年去年": (("name", "指标"), ("now", "今年"), ("last", "去年")),
    "去年今年": (("name", "项目"), ("last", "去年"), ("now", "今年")),
    "年份正序": (("name", "项目"), ("last", "2024年"), ("now", "2025年")),
    "年份倒序": (("name", "指标名称"), ("now", "2025年"), ("last", "2024年")),
    "光年份": (("name", "项目"), ("last", "2024"), ("now", "2025")),
    "年度增减": (("name", "内容"), ("now", "2025年度"), ("last", "2024年度"), ("change", "增减")),
    "本年上年": (("number", "序号"), ("name", "项目"), ("now", "本年"), ("last", "上年"), ("change", "增减")),
    "上年同期": (("name", "指标"), ("now", "本期"), ("last", "上年同期"), ("rate", "同比增长（%）")),
    "任务完成": (("name", "项目"), ("plan", "任务数"), ("now", "完成数"), ("share", "完成率")),
    "计划实际": (("name", "事项"), ("plan", "计划"), ("now", "实际"), ("remark", "备注")),
    "目标完成上年": (("name", "指标"), ("plan", "年初目标"), ("now", "完成情况"), ("last", "上年完成")),
    "数量备注": (("name", "项目"), ("now", "数量"), ("remark", "备注")),
    "序号数量": (("number", "序号"), ("name", "内容"), ("now", "数据")),
    "分组": (("group", "类别"), ("name", "指标"), ("now", "今年"), ("last", "去年")),
    "三年": (("name", "指标"), ("older", "2023年"), ("last", "2024年"), ("now", "2025年")),
    "明年计划": (("name", "指标"), ("last", "2024年"), ("now", "2025年"), ("plan", "2026年计划")),
    "占比": (("name", "项目"), ("now", "数量"), ("share", "占比%")),
    "实绩": (("name", "工作项目"), ("now", "今年实绩"), ("last", "去年实绩"), ("change", "增减数")),
    "全年": (("name", "主要指标"), ("last", "2024年全年"), ("now", "2025年全年")),
    "生名": (("name", "工作事项"), ("now", "本年度完成"), ("last", "上年度完成")),
}
#: No head at all: what a reader can still tell.
BARE: dict[str, tuple[str, ...]] = {
    "无表头一列": ("name", "now"),
    "无表头增减": ("name", "now", "last", "change"),
    "无表头去今增减": ("name", "last", "now", "change"),
    "无表头两列": ("name", "now", "last"),
}
UNITS = ("列", "名", "数", "无")


@dataclass(frozen=True)
class Sheet:
    """A pasted text with what it says: label → (this year's value, last year's or None).

    Attributes:
        kind: what it is counted under; ``layout``: its full name.
        unsure: nobody can read it for sure: a value that waits for a person is right, one taken is wrong.
    """

    kind: str
    layout: str
    text: str
    gold: Mapping[str, tuple[Decimal, Decimal | None]]
    unsure: bool = False


def _cell(kind: str, line: Line, number: int, units: str, previous: str) -> str:
    unit = line.unit if units == "数" else ""
    change = Decimal(line.now) - Decimal(line.last)
    return {
        "name": f"{line.name}（{line.unit}）" if units == "名" else line.name,
        "now": line.now + unit,
        "last": line.last + unit,
        "plan": line.plan + unit,
        "older": str(Decimal(line.last) - 1) + unit,
        "change": f"{change}",
        "rate": f"{100 * change / Decimal(line.last):.1f}",
        "share": f"{100 * Decimal(line.now) / Decimal(line.plan):.1f}%",
        "number": str(number),
        "remark": "",
        "unit": line.unit,
        "group": line.group if line.group != previous else "",
    }[kind]


def laid(kinds: Sequence[str], lines: Sequence[Line], mark: str, units: str) -> list[str]:
    """The lines of a sheet. Without a unit a person knows it by the name; money always says its unit."""
    out, previous = [], ""
    for number, line in enumerate(lines, 1):
        own = units if units != "无" or line.unit != "万元" else "名"
        cells = [_cell(kind, line, number, own, previous if mark in "\t|" else "") for kind in kinds]
        previous = line.group
        out.append(mark.join(cells))
    return out


def gold(lines: Sequence[Line], *, last: bool) -> dict[str, tuple[Decimal, Decimal | None]]:
    return {line.label: (line.value(line.now), line.value(line.last) if last else None) for line in lines}


def headed() -> Iterator[Sheet]:
    for (head, columns), (mark_name, mark), units in (
        (head, mark, units) for head in HEADS.items() for mark in SEPARATORS.items() for units in UNITS
    ):
        kinds, names = [kind for kind, _ in columns], [name for _, name in columns]
        if units == "列":
            at = kinds.index("name") + 1
            kinds.insert(at, "unit")
            names.insert(at, "单位")
        if ("remark" in kinds or "group" in kinds) and mark.strip() == "" and mark != "\t":
            continue
        for number, lines in enumerate(SETS):
            rows = [mark.join(names), *laid(kinds, lines, mark, units)]
            text = TITLE + "\n".join(rows) + "\n"
            yield Sheet(
                f"分隔 {mark_name}", f"{head}/{mark_name}/{units}/{number}", text, gold(lines, last="last" in kinds)
            )


def bare() -> Iterator[Sheet]:
    for name, kinds in BARE.items():
        for mark_name, mark in SEPARATORS.items():
            for units in UNITS[1:]:
                for number, lines in enumerate(SETS):
                    text = TITLE + "\n".join(laid(kinds, lines, mark, units)) + "\n"
                    yield Sheet(
                        name, f"{name}/{mark_name}/{units}/{number}", text, gold(lines, last="last" in kinds),
                        unsure=name == "无表头两列",
                    )  # fmt: skip


def odd() -> Iterator[Sheet]:
    """Shapes of their own."""
    for number, lines in enumerate(SETS):

        def sheet(
            kind: str, text: str, *, last: bool = True, unsure: bool = False,
            lines: Sequence[Line] = lines, number: int = number,
        ) -> Sheet:  # fmt: skip
            return Sheet(kind, f"{kind}/{number}", TITLE + text, gold(lines, last=last), unsure)

        names = [f"{line.name}（{line.unit}）" for line in lines]
        now, last = [line.now for line in lines], [line.last for line in lines]
        for mark_name, mark in (("制表符", "\t"), ("逗号", ","), ("空格", " "), ("竖线", " | ")):
            yield sheet(
                "横表年在行 " + mark_name,
                "\n".join([mark.join(["年度", *names]), mark.join(["2024年", *last]), mark.join(["2025年", *now])])
                + "\n",
            )
            yield sheet(
                "横表今去 " + mark_name,
                "\n".join([mark.join(["", *names]), mark.join(["今年", *now]), mark.join(["去年", *last])]) + "\n",
            )
            yield sheet("横表一行 " + mark_name, "\n".join([mark.join(names), mark.join(now)]) + "\n", last=False)
            third = [int(Decimal(each) // 3) for each in now]
            rest = [str(Decimal(each) - 2 * part) for each, part in zip(now, third, strict=True)]
            villages = ["东河村", "西岭村", "南坪社区"]
            parts = [list(map(str, third)), list(map(str, third)), rest]
            body = [mark.join([village, *part]) for village, part in zip(villages, parts, strict=True)]
            head = mark.join(["村名", *names])
            yield sheet(
                "村为行有合计 " + mark_name, "\n".join([head, *body, mark.join(["合计", *now])]) + "\n", last=False
            )
            yield sheet("村为行无合计 " + mark_name, "\n".join([head, *body]) + "\n", last=False, unsure=True)
        for mark_name, mark in (("制表符", "\t"), ("逗号", ","), ("竖线", "|")):
            rows = laid(("name", "unit", "last", "plan", "now"), lines, mark, "列")
            top = [mark.join(["指标", "单位", "2024年", "2025年", ""]), mark.join(["", "", "实际", "计划", "实际"])]
            yield sheet("两行表头 " + mark_name, "\n".join([*top, *rows]) + "\n")
            half = len(lines) // 2
            heads = [mark.join(["项目", "单位", "今年", "去年"]), mark.join(["指标", "上年", "本年"])]
            one = laid(("name", "unit", "now", "last"), lines[:half], mark, "列")
            two = laid(("name", "last", "now"), lines[half:], mark, "名")
            yield sheet("两张表 " + mark_name, "\n".join([heads[0], *one, "", heads[1], *two]) + "\n")
            yield sheet("两张表连着 " + mark_name, "\n".join([heads[0], *one, heads[1], *two]) + "\n")
            money = [line for line in lines if line.unit != "万元"]
            sums = [sum(Decimal(line.now) for line in money), sum(Decimal(line.last) for line in money)]
            rows = [mark.join(["项目", "今年", "去年"]), *laid(("name", "now", "last"), money, mark, "名")]
            rows.append(mark.join(["合计", *map(str, sums)]))
            kind = f"合计行 {mark_name}"
            yield Sheet(kind, f"{kind}/{number}", TITLE + "\n".join(rows) + "\n", gold(money, last=True))
            people = [line for line in lines if line.unit == "人"]
            rows = [mark.join(["指标", "今年（人）", "去年（人）"]), *laid(("name", "now", "last"), people, mark, "无")]
            kind = f"表头带单位 {mark_name}"
            if people:
                yield Sheet(kind, f"{kind}/{number}", TITLE + "\n".join(rows) + "\n", gold(people, last=True))
        yield sheet(
            "标签串 分号", "；".join(f"{line.name}：{line.now}{line.unit}" for line in lines) + "。\n", last=False
        )
        yield sheet("标签串 逗号", ", ".join(f"{line.name}:{line.now}{line.unit}" for line in lines) + "\n", last=False)
        yield sheet(
            "标签串 去年括号",
            "；".join(f"{line.name}：{line.now}{line.unit}（去年{line.last}）" for line in lines) + "\n",
        )
        yield sheet(
            "标签行 无单位",
            "\n".join(f"{a}：{line.now}" for a, line in zip(names, lines, strict=True)) + "\n",
            last=False,
        )
        yield sheet("标签串 空格", "  ".join(f"{line.name}{line.now}{line.unit}" for line in lines) + "\n", last=False)
        for told in ("前为今年、后为去年", "今年/去年", "斜线前是今年数，斜线后是去年数", "前面是今年的，后面是去年的"):
            text = f"（{told}）\n" + "\n".join(
                f"{line.name}：{line.now}{line.unit}/{line.last}{line.unit}" for line in lines
            )
            yield sheet("斜线今去 数带单位", text + "\n")
            text = f"（{told}）\n" + "\n".join(f"{line.name}{line.now}/{line.last}{line.unit}" for line in lines)
            yield sheet("斜线今去 单位在后", text + "\n")
            text = f"以下各数{told}：\n" + "；".join(f"{line.name}{line.now}/{line.last}{line.unit}" for line in lines)
            yield sheet("斜线今去 一行", text + "。\n")
        for told in ("前为去年、后为今年", "去年/今年", "前是去年数，后是今年数"):
            text = f"（{told}）\n" + "\n".join(
                f"{line.name}：{line.last}{line.unit}/{line.now}{line.unit}" for line in lines
            )
            yield sheet("斜线去今 数带单位", text + "\n")
            text = f"（{told}）\n" + "\n".join(f"{line.name}{line.last}/{line.now}{line.unit}" for line in lines)
            yield sheet("斜线去今 单位在后", text + "\n")
        text = "\n".join(f"{line.name}：{line.now}{line.unit}/{line.last}{line.unit}" for line in lines)
        yield sheet("斜线无图例", text + "\n", unsure=True)
        for word in ("去年", "上年", "2024年"):
            head = {"去年": "今年", "上年": "本年", "2024年": "2025年"}[word]
            a = "，".join(f"{line.name}{line.now}{line.unit}" for line in lines)
            b = "，".join(f"{line.name}{line.last}{line.unit}" for line in lines)
            yield sheet("去年另起一行", f"{head}：{a}。\n{word}：{b}。\n")
            a = "\n".join(f"{line.name}：{line.now}{line.unit}" for line in lines)
            b = "\n".join(f"{line.name}：{line.last}{line.unit}" for line in lines)
            yield sheet("去年另起一段", f"{head}\n{a}\n{word}\n{b}\n")
            yield sheet(
                "去年逐条跟着",
                "\n".join(f"{line.name}：{line.now}{line.unit}\n（{word}：{line.last}{line.unit}）" for line in lines)
                + "\n",
            )


def sheets() -> Iterator[Sheet]:
    yield from headed()
    yield from bare()
    yield from odd()


def judged(sheet: Sheet) -> Counter[str]:
    """How many facts are right, right-asked, wrong, wrong-asked, not read, and how many last years are missing."""
    said: Counter[str] = Counter()
    got: dict[str, Any] = {}
    for one in extract_text(sheet.text, SCHEMA).facts:
        item = SCHEMA.by_label[one.label]
        if one.row is not None:
            said["wrong, asked" if one.doubt else "wrong"] += one.label not in ("经费明细",)
        elif item.type.numeric and one.label != "年度":
            got[one.label] = one
    for label, (now, last) in sheet.gold.items():
        one = got.pop(label, None)
        if one is None:
            said["not read"] += 1
            continue
        right = (
            one.fact.value == now
            and (last is None or one.fact.last_year in (None, last))
            and (last is not None or one.fact.last_year is None)
        )
        if sheet.unsure and not one.doubt:
            right = False
        key = ("right" if right else "wrong") + (", asked" if one.doubt else "")
        said[key] += 1
        if right and last is not None and one.fact.last_year is None:
            said["no last year"] += 1
    for one in got.values():
        said["wrong, asked" if one.doubt else "wrong"] += 1
    return said


COLUMNS = ("right", "right, asked", "wrong", "wrong, asked", "not read", "no last year")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", help="print the texts whose layout begins with this, and what is read of them")
    parser.add_argument("--every", type=int, default=1, help="only each Nth sheet with a head")
    parser.add_argument("--bad", action="store_true", help="name the layouts that are not read whole")
    told = parser.parse_args()
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    begun, count, characters, seen = time.process_time(), 0, 0, 0
    for sheet in sheets():
        seen += 1
        if told.show and not sheet.layout.startswith(told.show):
            continue
        if told.every > 1 and sheet.kind.startswith("分隔") and seen % told.every:
            continue
        said = judged(sheet)
        count, characters = count + 1, characters + len(sheet.text)
        by_kind[sheet.kind] += said
        by_kind["全部"] += said
        if told.show:
            print(f"\n## {sheet.layout} {dict(said)}\n{sheet.text}")
            for one in extract_text(sheet.text, SCHEMA).facts:
                print(
                    "  ", one.label, one.fact.value, one.fact.last_year, one.row or "", one.doubt, repr(one.quote)[:70]
                )
        elif told.bad and (said["wrong"] or said["not read"] or said["wrong, asked"]):
            print(sheet.layout, dict(said))
    if told.show:
        return
    took = time.process_time() - begun
    every = by_kind.pop("全部")
    print(f"{'':<24}" + "".join(f"{name:>14}" for name in COLUMNS))
    for kind, said in [*by_kind.items(), ("全部", every)]:
        whole = sum(said[name] for name in COLUMNS[:5]) or 1
        print(f"{kind:<20}" + "".join(f"{said[name] / whole:>14.1%}" for name in COLUMNS))
    facts = sum(every[name] for name in COLUMNS[:5])
    print(f"{count} sheets, {facts} facts, {took * 2.5e6 / max(1, characters):.0f} ms for 2,500 characters")


if __name__ == "__main__":
    main()
