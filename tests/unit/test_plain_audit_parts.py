"""What the audit of plain text reads out of a text's grammar: lists, sums, times, denials, headings, slips, hints."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from schemas import sheet

from assistant.checks.binding import Binder
from assistant.checks.headed import with_headed_units
from assistant.checks.plain_audit import AuditedNumber, audit_text
from assistant.facts.sheet import FactSheet
from assistant.facts.yaml_form import load_sheet
from assistant.reports.loader import Library
from assistant.slots.legible import legible, mended, simplified
from assistant.slots.numerals import scan

TEAMS = [
    {"名称": "应急排", "数量": 1, "编制人数": 30, "实有人数": 28},
    {"名称": "通信班", "数量": 1, "编制人数": 12, "实有人数": 11},
]
RISEN = {"value": 12, "last_year": 10}
REAL = Path(__file__).resolve().parents[2] / "examples" / "liulin-duty-c.yaml"


@pytest.fixture(scope="module")
def real() -> FactSheet:
    """A sheet whose report type has hints: 18 went to the army, 16 of them students."""
    return load_sheet(REAL.read_text(encoding="utf-8"), Library().schema_of).sheet


def told(text: str, sheet_: FactSheet | None = None, **facts: object) -> list[tuple[str, str, str]]:
    numbers = audit_text(text, sheet_ or sheet(**facts)).numbers
    return [(one.text, one.status, one.fact) for one in numbers]


def statuses(text: str, sheet_: FactSheet | None = None, **facts: object) -> list[str]:
    return [status for _, status, _ in told(text, sheet_, **facts)]


# ---- legible


@given(st.text(alphabet="入伍拾贰O1l8I人萬兵歷經濟 ,:;()?《》12０９，\u200b\u202e\n", max_size=60))
def test_a_legible_text_keeps_every_place(text: str) -> None:
    assert len(legible(text)) == len(text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("输送2O8人", "输送208人"),
        ("投入l8万元", "投入18万元"),
        ("入伍拾贰人", "入伍十二人"),
        ("叁万伍仟元整", "三万五千元整"),
        ("共1,200人,已落实(详见附件)", "共1,200人，已落实（详见附件）"),
    ],
)
def test_slips_of_a_scanner_and_formal_numerals(written: str, read: str) -> None:
    assert mended(written) == read


@pytest.mark.parametrize(
    "text", ["退伍军人", "大陆人员", "拾金不昧", "LOL人", "HTTP 1.0, see IO(2)", "9:30开会", "A4纸"]
)
def test_what_is_no_slip_stays(text: str) -> None:
    assert mended(text) == text


def test_a_name_in_traditional_characters_does_not_change_a_text() -> None:
    assert simplified("陳國樑同志入伍") == "陳國樑同志入伍"
    assert simplified("全鎮輸送新兵，組織民兵訓練，經費落實。") == "全镇输送新兵，组织民兵训练，经费落实。"


def test_the_audit_shows_what_stands_in_the_text() -> None:
    report = audit_text("入伍2O人。", sheet(入伍人数=12))
    assert [(one.text, one.value, one.status) for one in report.numbers] == [("2O人", "20", "mismatch")]
    assert report.findings[0].excerpt == "2O人"
    assert "“2O人”" in report.findings[0].message


def test_formal_numerals_are_compared() -> None:
    assert told("慰问金叁万玖仟元。", 慰问金总额="3.9万元") == [("叁万玖仟元", "grounded", "慰问金总额")]
    assert statuses("慰问金叁万捌仟元。", 慰问金总额="3.9万元") == ["mismatch"]


# ---- headed


def money(text: str) -> list[str]:
    return [f"{one.value:f}{one.unit}" for one in with_headed_units(text, scan(text).numerals)]


def test_a_heading_gives_its_unit_until_an_empty_line_or_the_next_heading() -> None:
    assert money("【经费】（万元）\n器材 | 6.3\n训练 | 2") == ["63000.0元", "20000元"]
    assert money("经费（单位：元）\n器材 | 800\n\n其他 | 5") == ["800元", "5"]
    assert money("经费（万元）\n二、人员\n应急排 | 28") == ["28"]
    assert money("经费（万元）\n民兵 28人 3") == ["28人", "30000元"]


def test_a_headed_figure_is_compared_as_money() -> None:
    text = "【经费】（万元）\n器材装备投入 | {}\n"
    assert statuses(text.format("7.5"), 器材装备投入="7.5万元")[-1] == "grounded"
    assert statuses(text.format("7.8"), 器材装备投入="7.5万元")[-1] == "mismatch"


# ---- lists, changes, sums


def test_apart_gives_each_its_own() -> None:
    facts = {"民兵分队": TEAMS}
    assert statuses("应急排、通信班实有人数分别为28人、11人。", **facts) == ["grounded", "grounded"]
    assert statuses("应急排、通信班实有人数分别为11人、28人。", **facts) == ["mismatch", "mismatch"]
    assert statuses("应急排和通信班编制依次为30人和12人。", **facts) == ["grounded", "grounded"]


def test_a_second_list_is_that_of_the_first() -> None:
    text = "应急排、通信班编制分别为30人、12人，实有分别为{}人、{}人。"
    assert statuses(text.format(28, 11), 民兵分队=TEAMS) == ["grounded"] * 4
    assert statuses(text.format(11, 28), 民兵分队=TEAMS) == ["grounded"] * 2 + ["mismatch"] * 2


def test_from_last_years_figure_to_this_years() -> None:
    assert statuses("入伍人数由10人增至12人。", 入伍人数=RISEN) == ["grounded", "grounded"]
    assert statuses("入伍人数由12人增至14人。", 入伍人数=RISEN) == ["mismatch", "mismatch"]


def test_this_years_figure_is_wrong_for_last_year() -> None:
    assert statuses("去年入伍10人，今年12人。", 入伍人数=RISEN) == ["grounded", "grounded"]
    assert statuses("去年入伍12人，今年10人。", 入伍人数=RISEN) == ["mismatch", "mismatch"]


def test_a_difference_is_that_of_the_figure_before() -> None:
    assert statuses("入伍12人，同比增长20%。", 入伍人数=RISEN) == ["grounded", "grounded"]
    assert statuses("入伍12人，同比增长25%。", 入伍人数=RISEN) == ["grounded", "mismatch"]


def test_a_total_bears_its_parts_out_only_where_it_is_one() -> None:
    text = "议军会议上半年3次，下半年{}次，全年共5次。"
    assert statuses(text.format(2), 议军会议=5)[-1] == "grounded"
    right, wrong = (statuses(text.format(second), 议军会议=5) for second in (2, 4))
    assert right != wrong


# ---- times


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("2025年，全镇上下齐心。", "grounded"),
        ("2024年度工作报告", "mismatch"),
        ("2023年，全镇上下齐心。", "unknown"),
        ("较2024年有所提高。", "grounded"),
        ("2026年，力争再上台阶。", "ignored"),
        ("到2026年底全面建成。", "ignored"),
        ("9月20日召开部署会。", "ignored"),
    ],
)
def test_years_beside_the_reports_own(text: str, status: str) -> None:
    assert statuses(text, 年度=2025)[0] == status


def test_the_date_of_a_line_by_itself_is_the_reports() -> None:
    assert statuses("2025年12月3日", 年度=2025, 成文日期="2025-12-08") == ["mismatch"]
    assert statuses("2025年12月3日召开会议。", 年度=2025, 成文日期="2025-12-08") == ["grounded"]


def test_an_ordinal_is_a_hint_and_no_error() -> None:
    report = audit_text("综合考评全县第一，连续三年获奖。", sheet())
    assert [(one.rule, one.severity) for one in report.findings] == [("number.unproven", "hint")] * 2


# ---- denials


@pytest.mark.parametrize("text", ["全年零举报。", "未发生一起信访举报。", "没有收到任何信访举报。"])
def test_a_denial_is_an_error_where_the_fact_is_not_nought(text: str) -> None:
    assert not audit_text(text, sheet(信访举报=0)).findings
    errors = [one for one in audit_text(text, sheet(信访举报=2)).findings if one.severity == "error"]
    assert [one.facts for one in errors] == [("信访举报",)]


def test_a_telephone_for_complaints_denies_none() -> None:
    assert not audit_text("没有举报电话的村已全部公布。", sheet(信访举报=2)).findings


# ---- hints, the second look


def test_other_words_tell_a_fact_whose_value_is_right(real: FactSheet) -> None:
    assert told("全年共有18名青年走进军营。", real) == [("18名", "grounded", "入伍人数")]
    assert statuses("全年共有19名青年走进军营。", real) != ["grounded"]


def test_a_plan_contradicts_no_fact(real: FactSheet) -> None:
    assert statuses("明年力争入伍25人。", real) == ["unknown"]
    assert statuses("全年入伍25人。", real) == ["mismatch"]


def test_repeated_sentences_are_judged_alike(real: FactSheet) -> None:
    sentence = "全年入伍18人，其中大学生16人，送走17人。"
    once, more = statuses(sentence, real), statuses(sentence * 30, real)
    assert more[len(once) :] == more[-len(once) :] * 29


# ---- whatever is thrown at it

_WORDS = """入伍 应急排 通信班 大学生 年度 12 1,200 十二 拾贰 廿 〇 ０ 人 名 万元 % 分别 依次 由 增至 共 去年 今年
同比增长 零举报 （万元） 第 连续 余 几 《 》 （ ） {{ }} 【 】 、 ， 。 | → 2025年 12月8日 三分之一 O l"""
_PIECES = st.sampled_from([*_WORDS.split(), " ", "\n", "\u200b", "\u202e", "\u200f", "\ufeff"])


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_any_text_is_audited_and_every_place_lies_in_it(text: str) -> None:
    report = audit_text(text, sheet(入伍人数=RISEN, 民兵分队=TEAMS, 信访举报=0))
    numbers: tuple[AuditedNumber, ...] = report.numbers
    reached = 0
    for one in numbers:
        assert reached <= one.start < one.end <= len(text)
        assert one.text == text[one.start : one.end]
        reached = one.end
    assert [one.start for one in report.findings] == sorted(one.start for one in report.findings)
    for finding in report.findings:
        assert finding.excerpt == text[finding.start : finding.end]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**40), st.sampled_from(["入伍{}人。", "入伍 {} 人。", "入伍\u200b{}人。", "入伍\u202e{}人。"]))
def test_a_figure_is_grounded_only_where_it_is_the_facts(number: int, pattern: str) -> None:
    found = [one for one in statuses(pattern.format(number), 入伍人数=12) if one != "ignored"]
    assert found == ["grounded" if number == 12 else "mismatch"]


def test_names_find_no_place_inside_another_name() -> None:
    naming = Binder(sheet(民兵分队=TEAMS)).naming
    found = naming.find("大学生入伍和入伍新兵")
    assert [one.text for one in found] == ["大学生入伍", "入伍新兵"]
