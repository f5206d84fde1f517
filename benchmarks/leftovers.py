"""Leftovers planted into sample reports: how many does 残留检查 find, and how often does it cry wolf?

Run: ``python benchmarks/leftovers.py [--misses] [--times]``. Deterministic but for the times. The texts that are
planted are ours, and none of them is in ``leftovers.yaml`` word for word but the words that a list is made of.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from number_reports import EXAMPLES, LIBRARY, Sample, samples  # noqa: E402

from assistant.checks.finding import Finding  # noqa: E402
from assistant.checks.leftovers import Comparison, leftovers_in_text  # noqa: E402
from assistant.checks.leftovers_others import Other, other_of  # noqa: E402
from assistant.checks.report import check_report  # noqa: E402
from assistant.drafting.embedded import EmbeddedEngine  # noqa: E402
from assistant.facts.yaml_form import load_sheet  # noqa: E402
from assistant.headless import blank_report, draft_report  # noqa: E402
from assistant.reports.report import Origin, Report  # noqa: E402
from assistant.reports.types import Length  # noqa: E402

#: Plants of one kind a report.
EACH = 2
PLACES = ("云溪镇", "白石街道", "松岗乡", "三河街道", "望江镇", "金沙办事处", "永丰乡", "梅岭镇")
PEOPLE = ("张建国", "李卫东", "王志强", "刘海波", "陈永明", "赵立军", "孙国平", "马晓峰", "于长河", "高文清")
OWN_PASSAGE = (
    "立足山高路远、村组分散的实际，推行武装部长包片、专武干部包村、民兵骨干包户的做法，把兵役登记送到田间地头和务工车间，"
    "做到一户一册、一人一卡。",
    "利用赶集日和农闲夜校设置流动讲台，请老战士讲过去的故事，用方言把国防法规说得明白，群众愿意听、听得懂、记得住。",
    "针对汛期山洪来得急的特点，在沿河村组建立鸣锣示警、民兵先到、干部后续的联动办法，经过几次实战检验，群众转移时间明显缩短。",
    "与驻地企业共用仓库和车辆，签订物资代储协议，平时企业使用、急时民兵调用，既省了经费，又保证了器材随时拉得出、用得上。",
)

Plant = Callable[[Sample, random.Random], str]


def _year(sample: Sample) -> int:
    value = sample.sheet.value("年度")
    assert isinstance(value, int)
    return value


def _last_figure(sample: Sample, chance: random.Random) -> str:
    phrases = {
        "入伍人数": "全年输送新兵{}人",
        "报名应征": "报名应征{}人",
        "适龄青年": "适龄青年共{}人",
        "大学生入伍": "大学生入伍{}名",
        "党委议军会议": "召开议军会议{}次",
        "武装经费预算": "武装工作经费预算{}万元",
        "国防教育课时": "国防教育课开设{}课时",
        "挂牌民兵之家": "挂牌民兵之家{}个",
    }
    possible = []
    for label, words in phrases.items():
        fact = sample.sheet.fact(label)
        if fact.last_year is not None and fact.last_year != fact.value:
            number = fact.last_year if "万元" not in words else fact.last_year / 10_000  # type: ignore[operator]
            possible.append(words.format(f"{number:g}" if not isinstance(number, int) else number))
    return chance.choice(possible)


def _voice(sample: Sample, chance: random.Random) -> str:
    return chance.choice([name for name in ("我镇", "我街道", "我乡") if name != sample.sheet.text("自称")])


# ruff: noqa: ARG005
PLANTS: dict[str, tuple[str, Plant]] = {
    "year": ("year", lambda s, c: f"{_year(s) - c.choice((1, 1, 2))}年共组织演练，"),
    "year in hanzi": ("year", lambda s, c: "二〇二" + "零一二三四五六七八九"[(_year(s) - 1) % 10] + "年度任务完成，"),
    "year, short": ("year", lambda s, c: f"完成{(_year(s) - 1) % 100}年度整组任务，"),
    "anniversary": ("year", lambda s, c: f"结合庆祝建军{_year(s) - 1927 - 1}周年开展活动，"),
    "place": (
        "place",
        lambda s, c: c.choice(("组织{}民兵巡查，", "在{}召开现场会，", "{}党委高度重视，")).format(c.choice(PLACES)),
    ),
    "voice": ("voice", lambda s, c: f"{_voice(s, c)}坚持统筹推进，"),
    "person": (
        "person",
        lambda s, c: c.choice(("武装部长{}带队检查，", "党委书记{}同志到场指导，", "民兵连长{}带头值守，")).format(
            c.choice(PEOPLE)
        ),
    ),
    "last year's figure": ("last_year_figure", lambda s, c: f"{_last_figure(s, c)}，"),
    "epidemic": (
        "epidemic",
        lambda s, c: c.choice(
            (
                "配合做好疫情防控，",
                "协助核酸检测现场维持秩序，",
                "在防疫检查点昼夜值守，",
                "落实外防输入要求，",
                "排查中高风险地区返乡人员，",
            )
        ),
    ),
    "old name": (
        "title",
        lambda s, c: c.choice(
            (
                "会同民政优抚部门走访，",
                "动员青年报考士官，",
                "与国土资源局协调场地，",
                "配合公安消防大队演练，",
                "做好冬季征兵准备，",
                "邀请济南军区老战士授课，",
            )
        ),
    ),
    "blank": (
        "blank",
        lambda s, c: c.choice(
            (
                "组织民兵XX人参加，",
                "投入经费____万元，",
                "于×月×日集中点验，",
                "由【】负责，",
                "（此处填写人数），",
                "到××村走访，",
                "某某同志带队，",
            )
        ),
    ),
    "scrap": (
        "scrap",
        lambda s, c: c.choice(
            (
                "（来源：第一范文网）",
                "更多内容请点击下载，",
                "转载请注明出处。",
                "版权归原作者所有，",
                "扫码关注公众号，",
                "www.gongwen88.com",
                "【篇三】",
            )
        ),
    ),
}


@dataclass
class Tally:
    planted: Counter[str]
    found: Counter[str]
    misses: dict[str, list[str]]

    def add(self, kind: str, hit: bool, context: str) -> None:
        self.planted[kind] += 1
        self.found[kind] += hit
        if not hit:
            self.misses[kind].append(context)


def told(findings: list[Finding], rule: str, start: int, end: int) -> bool:
    return any(one.rule == f"leftover.{rule}" and one.start < end and one.end > start for one in findings)


def places_of(text: str) -> list[int]:
    """Behind commas and stops of paragraphs that do not speak of plans."""
    end = text.find("下步打算")
    end = text.find("下一步") if end < 0 else end
    body = text[: end if end > 0 else len(text)]
    return [match.end() for match in re.finditer("[，。]", body)]


def plain(sample: Sample, chance: random.Random, tally: Tally) -> None:
    for kind, (rule, make) in PLANTS.items():
        for at in chance.sample(places_of(sample.text), EACH):
            words = make(sample, chance)
            text = sample.text[:at] + words + sample.text[at:]
            hit = told(leftovers_in_text(text, sample.sheet), rule, at, at + len(words))
            tally.add(kind, hit, f"{text[max(0, at - 16) : at]}[{words}]{text[at + len(words) :][:10]}")


def slots(sample: Sample, chance: random.Random, tally: Tally) -> None:
    """The same plants in the slot text of a section, through the checks of the whole report."""
    report_type = LIBRARY.get(sample.report.report_type)
    sections = [one for one in sample.report.written if one.text and "打算" not in one.title and "，" in one.text]
    for kind, (rule, make) in PLANTS.items():
        section = chance.choice(sections)
        at = chance.choice([match.end() for match in re.finditer("[，。]", section.text)])
        words = make(sample, chance)
        text = section.text[:at] + words + section.text[at:]
        changed = [replace(one, text=text) if one.key == section.key else one for one in sample.report.sections]
        findings = check_report(replace(sample.report, sections=tuple(changed)), report_type)
        mine = [one for one in findings if one.section_key == section.key and one.part == "text"]
        hit = told(mine, rule, at, at + len(words))
        tally.add(kind, hit, f"{text[max(0, at - 16) : at]}[{words}]{text[at + len(words) :][:10]}")


# ---- other reports


def edited(report: Report, key: str, passage: str) -> Report:
    """A section whose text a person wrote."""
    sections = [
        replace(one, text=f"{one.text}\n{passage}", origin=Origin.EDIT) if one.key == key else one
        for one in report.sections
    ]
    return replace(report, sections=tuple(sections))


def light_edit(passage: str, chance: random.Random) -> str:
    """A word here and there, as one edits a copied sentence."""
    at = chance.randrange(8, len(passage) - 8)
    return passage[:at] + chance.choice(("进一步", "切实", "扎实")) + passage[at + chance.choice((0, 2)) :]


def compared(made: list[Sample], chance: random.Random, tally: Tally) -> list[Finding]:
    """Passages copied from another report of the list, and its unit's and its person's name; returns false alarms."""
    alarms: list[Finding] = []
    for sample in made:
        others = [other_of(replace(one.report, id=str(n))) for n, one in enumerate(made) if unit(one) != unit(sample)]
        report_type = LIBRARY.get(sample.report.report_type)
        alarms += Comparison(others).findings(sample.report, report_type)
        section = chance.choice([one for one in sample.report.written if one.text])
        for passage in OWN_PASSAGE:
            donor = next(one for one in made if unit(one) != unit(sample))
            key = donor.report.written[1].key
            list_ = [*others[1:], other_of(replace(edited(donor.report, key, passage), id="donor"))]
            for kind, words in (("same passage", passage), ("same passage, edited", light_edit(passage, chance))):
                findings = Comparison(list_).findings(edited(sample.report, section.key, words), report_type)
                at = len(section.text) + 1
                mine = [one for one in findings if one.section_key == section.key and one.severity == "warning"]
                tally.add(kind, told(mine, "same_passage", at, at + len(words)), words)
        named(sample, others, chance, tally)
    return alarms


def unit(sample: Sample) -> str:
    return sample.sheet.text("单位简称")


def named(sample: Sample, others: list[Other], chance: random.Random, tally: Tally) -> None:
    other = chance.choice([one for one in others if one.people])
    for kind, rule, word in (
        ("unit of the list", "place", other.units[0]),
        ("person of the list", "person", other.people[0]),
    ):
        section = chance.choice([one for one in sample.report.written if "，" in one.text])
        at = section.text.index("，") + 1
        text = f"{section.text[:at]}请{word}介绍经验，{section.text[at:]}"
        sections = tuple(replace(one, text=text) if one.key == section.key else one for one in sample.report.sections)
        found = Comparison(others).findings(
            replace(sample.report, sections=sections), LIBRARY.get(sample.report.report_type)
        )
        mine = [one for one in found if one.section_key == section.key]
        tally.add(kind, told(mine, rule, at, at + len(word) + 1), word)


def clean() -> Iterator[tuple[str, Finding]]:
    """Findings on reports that hold no leftover: all examples, drafted in three lengths with ten seeds each."""
    for file in sorted(EXAMPLES.glob("*.yaml")):
        read = load_sheet(file.read_text(encoding="utf-8"), LIBRARY.schema_of, file.name)
        for length in Length:
            for seed in range(10):
                blank = blank_report(LIBRARY, read.report_type, read.shape, read.sheet, length, seed)
                keys = [section.key for section in blank.written]
                report, _ = asyncio.run(draft_report(LIBRARY, blank, EmbeddedEngine(), keys, lambda *_: None))
                for one in check_report(report, LIBRARY.get(read.report_type)):
                    if one.kind == "leftover":
                        yield f"{file.stem} {length.value} {seed}", one


def times(sample: Sample) -> None:
    others = [replace(other_of(sample.report), id=str(number)) for number in range(200)]
    for characters in (250_000, 500_000, 1_000_000):
        text = (sample.text * (characters // len(sample.text) + 1))[:characters]
        begun = time.perf_counter()
        leftovers_in_text(text, sample.sheet, others)
        print(f"{characters:>9} characters against 200 reports: {time.perf_counter() - begun:6.2f} s")
    begun = time.perf_counter()
    made = Comparison(others)
    between = time.perf_counter()
    made.findings(sample.report, LIBRARY.get(sample.report.report_type))
    print(f"a report against 200: {between - begun:.3f} s once a list, {time.perf_counter() - between:.3f} s a state")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--times", action="store_true")
    options = parser.parse_args()
    made = [*samples(held_out=False)]
    chance = random.Random(4)
    for name, sweep in (("plain text", plain), ("slot text", slots)):
        tally = Tally(Counter(), Counter(), defaultdict(list))
        for sample in made:
            sweep(sample, chance, tally)
        show(name, tally, options.misses)
    tally = Tally(Counter(), Counter(), defaultdict(list))
    # Four units, each with a seed of its own.
    by_seed = {(unit(sample), sample.name[-1]): sample for sample in made}
    units = sorted({unit(sample) for sample in made})
    one_a_unit = [by_seed[name, str(seed)] for name, seed in zip(units, (1, 2, 3), strict=False)]
    alarms = compared(one_a_unit, chance, tally)
    show("against the list", tally, options.misses)
    print(
        f"\nfalse alarms against the list, {len(one_a_unit)} clean reports: {Counter(one.severity for one in alarms)}"
    )
    false = [*clean()]
    print(f"false alarms, 150 clean drafts: {Counter((one.rule, one.severity) for _, one in false)}")
    for name, one in [*false, *(("list", one) for one in alarms)][:12]:
        print(f"  {name}: {one.message}")
    if options.times:
        times(made[0])


def show(name: str, tally: Tally, misses: bool) -> None:
    print(f"\n{name:24} planted  found")
    for kind, planted in tally.planted.items():
        print(f"  {kind:22} {planted:7} {tally.found[kind]:6}  {tally.found[kind] / planted:6.1%}")
        for context in tally.misses[kind][:8] if misses else ():
            print(f"      {context!r}")
    planted, found = sum(tally.planted.values()), sum(tally.found.values())
    print(f"  {'all':22} {planted:7} {found:6}  {found / planted:6.1%}")


if __name__ == "__main__":
    main()
