"""残留检查 on plain text and on the sections of a report: what it finds, what it leaves alone, what it says."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.checks import leftovers_words
from assistant.checks.acceptance import acceptance_of
from assistant.checks.finding import Finding
from assistant.checks.leftovers import leftovers_in_text, with_leftovers
from assistant.checks.leftovers_words import begin_user_file, leftover_words
from assistant.checks.plain_audit import audit_text
from assistant.checks.report import check_report
from assistant.errors import InputError
from assistant.facts.sheet import Fact, FactSheet, read_facts
from assistant.facts.yaml_form import load_sheet
from assistant.headless import blank_report
from assistant.reports.loader import Library
from assistant.reports.report import Origin, Report
from assistant.reports.types import Length
from assistant.slots.render import render_text

LIBRARY = Library()
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TYPE = "armed-forces-work"


def example(name: str = "liulin-duty-c") -> FactSheet:
    return load_sheet((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8"), LIBRARY.schema_of, name).sheet


@pytest.fixture(scope="module")
def sheet() -> FactSheet:
    return example()


def rules(text: str, sheet: FactSheet) -> list[tuple[str, str]]:
    """(rule without its kind, excerpt) of each finding in order."""
    return [(one.rule.removeprefix("leftover."), one.excerpt) for one in leftovers_in_text(text, sheet)]


def only(text: str, sheet: FactSheet) -> Finding:
    (found,) = leftovers_in_text(text, sheet)
    assert text[found.start : found.end] == found.excerpt
    return found


# ---- years


@pytest.mark.parametrize("said", ["2024年", "二〇二四年", "２０２４年"])
def test_last_years_number_is_told_with_this_years(sheet: FactSheet, said: str) -> None:
    found = only(f"{said}，街道党工委召开会议。", sheet)
    assert found.rule == "leftover.year"
    assert found.severity == "warning"
    assert "本报告是2025年" in found.message
    assert found.excerpt == said


@pytest.mark.parametrize(
    "text", ["较2024年增加。", "自2023年以来坚持议军。", "2008年修建了阵地。", "他是2021年入伍的老兵。"]
)
def test_a_year_that_compares_or_tells_history_is_a_hint(sheet: FactSheet, text: str) -> None:
    assert only(text, sheet).severity == "hint"


@pytest.mark.parametrize(
    "text",
    [
        "2025年，按计划推进。",
        "落实《民兵工作规定（2020年修订）》和《2024年民兵整组方案》。",
        "按照《征兵工作条例》（2023年修订）办理。",
        "2025年12月20日",
        "下一步，到2026年建成示范阵地。",
        "四、下步打算\n2026年，实现全覆盖。",
        "“十四五”以来，2021年至2025年累计投入。",
        "编号为2024号的文件。",
    ],
)
def test_years_that_are_right(sheet: FactSheet, text: str) -> None:
    assert rules(text, sheet) == []


def test_the_year_of_a_fact_is_right(sheet: FactSheet) -> None:
    with_name = sheet.with_fact("主题教育活动", Fact(value="2024年国防教育月"))
    assert rules("结合2024年国防教育月开展宣传。", with_name) == []


def test_next_year_said_of_the_past_is_told(sheet: FactSheet) -> None:
    assert "在本报告年度（2025年）之后" in only("2026年共输送兵员。", sheet).message


def test_an_anniversary_is_counted(sheet: FactSheet) -> None:
    found = only("庆祝建军97周年。", sheet)
    assert found.excerpt == "97"
    assert "98周年" in found.message
    assert found.fix is not None
    assert found.fix.after == "98"
    assert rules("庆祝建军98周年，纪念抗战胜利80周年。", sheet) == []


@pytest.mark.parametrize(
    "text",
    [
        "庆祝建军98周年、新中国成立76周年，纪念中国人民抗日战争暨世界反法西斯战争胜利80周年。",
        "庆祝八一建军节九十八周年，庆祝中国共产党成立104周年。",
        "四、下步打算\n2026年，结合庆祝建军99周年办展。",
        "向实现建军一百年奋斗目标迈进。",
    ],
)
def test_the_years_own_anniversary_is_no_number_without_a_fact(sheet: FactSheet, text: str) -> None:
    found = [*with_leftovers(audit_text(text, sheet), text, sheet).findings, *of_section(report_with(text, sheet))]
    assert [one.excerpt for one in found if one.excerpt != "2026年"] == []


@pytest.mark.parametrize("text", ["建军99周年前完成整组。", "庆祝建军九十九周年，庆祝中国共产党成立一百零五周年。"])
def test_the_next_years_anniversary_is_right_in_a_plan(sheet: FactSheet, text: str) -> None:
    blank = blank_report(LIBRARY, TYPE, "duty-c", sheet, Length.NORMAL, seed=1)
    key = next(one.key for one in blank.sections if one.holds_text and "打算" in one.title)
    assert of_section(report_with(text, sheet, key), key) == []
    assert of_section(report_with(text, sheet)) != []
    plain = f"四、下步打算\n{text}"
    assert not with_leftovers(audit_text(plain, sheet), plain, sheet).findings


def test_an_anniversary_is_mended_in_the_writing_that_stands_there(sheet: FactSheet) -> None:
    fix = only("庆祝建军九十七周年。", sheet).fix
    assert fix is not None
    assert fix.after == "九十八"


def test_an_anniversary_that_nobody_can_count_is_told_whole(sheet: FactSheet) -> None:
    (found,) = audit_text("武装部成立三周年。", sheet).findings
    assert (found.rule, found.excerpt) == ("number.unknown", "三周年")


def test_without_a_year_no_year_is_wrong(sheet: FactSheet) -> None:
    assert rules("2019年，街道召开会议。", sheet.with_fact("年度", Fact())) == []


# ---- names


def test_another_places_name_is_told_and_the_own_is_not(sheet: FactSheet) -> None:
    assert rules("柳林街道和临江区人武部联合演练。", sheet) == []
    found = only("组织白石镇民兵演练。", sheet)
    assert (found.rule, found.excerpt, found.severity) == ("leftover.place", "白石镇", "warning")
    assert "柳林街道" in found.message


@pytest.mark.parametrize(
    "text",
    [
        "进社区、进企业，服务全街道各村。",
        "在责任区、任务区和灾区值守。",
        "争当百强镇，走访两个街道。",
        "返乡青年、外乡人员和城乡居民踊跃报名。",
        "获评区征兵工作先进街道。",
        "组织重点村、薄弱村民兵连轮训。",
        "驻街道单位参加，乡镇之间互学。",
        "区别对待，县级统筹，镇村联动。",
    ],
)
def test_ordinary_words_are_no_names(sheet: FactSheet, text: str) -> None:
    assert rules(text, sheet) == []


def test_a_village_is_only_asked_about(sheet: FactSheet) -> None:
    assert only("到大石村民兵连调研。", sheet).severity == "hint"


def test_the_unit_speaks_of_itself_in_its_own_way(sheet: FactSheet) -> None:
    found = only("我镇坚持议军制度。", sheet)
    assert (found.rule, found.severity) == ("leftover.voice", "error")
    assert "我街道" in found.message
    assert rules("我街道坚持议军，我办公室随时接听。", sheet) == []


def test_a_person_who_is_in_no_fact(sheet: FactSheet) -> None:
    found = only("武装部长张建国带队检查。", sheet)
    assert found.excerpt == "张建国"
    assert "沈国安" in found.message
    assert rules("党工委书记　沈国安\n书记高度重视，部长任组长带队，民兵何振海冒雨转移群众。", sheet) == []


def test_a_sheet_that_names_no_unit_tells_no_names() -> None:
    empty = FactSheet(LIBRARY.get(TYPE).facts)
    assert rules("组织白石镇民兵，武装部长张建国带队，设卡口。", empty) == []


# ---- figures


def test_last_years_figure_is_told_as_that(sheet: FactSheet) -> None:
    found = only("全年输送新兵15人。", sheet)
    assert found.rule == "leftover.last_year_figure"
    assert found.facts == ("入伍人数",)
    assert "今年是18人" in found.message


def test_this_years_figure_and_a_comparison_are_right(sheet: FactSheet) -> None:
    assert rules("全年入伍18人，去年入伍15人。党委议军会议2次。", sheet) == []


def test_a_copied_sheet_knows_last_years_figures(sheet: FactSheet) -> None:
    copied = sheet.next_year(LIBRARY.get(TYPE).keep_next_year)
    found = [one for one in leftovers_in_text("全年输送新兵18人。", copied) if one.rule == "leftover.last_year_figure"]
    assert [one.excerpt for one in found] == ["18人"]
    assert "还没有填" in found[0].message
    cells = [one for one in leftovers_in_text("应急排实有30人。", copied) if one.rule == "leftover.last_year_figure"]
    assert len(cells) <= 1


FIGURES = {"入伍人数": (13, 16), "报名应征": (48, 53), "兵役登记": (300, 286), "走访慰问户数": (66, 59)}


@pytest.fixture(scope="module")
def changed(sheet: FactSheet) -> FactSheet:
    """A sheet whose figures are known of both years."""
    for label, (now, last) in FIGURES.items():
        sheet = sheet.with_fact(label, Fact(value=now, last_year=last))
    return sheet


@pytest.mark.parametrize(
    "text",
    [
        "入伍13人，较去年减少3人。报名应征53人。",
        "去年街道获评先进。今年报名应征53人。",
        "与去年相比有所减少\n报名应征53人",
        "去年入伍16人；报名应征53人。",
        "在去年基础上报名应征53人。",
        "去年工作的基础上，报名应征53人。",
        "针对去年短板报名应征53人。",
        "巩固去年征兵工作成果报名应征53人。",
        "自去年以来报名应征53人。",
        "对照去年今年报名应征53人。",
    ],
)
def test_last_year_in_another_clause_makes_no_old_figure_right(changed: FactSheet, text: str) -> None:
    audit = audit_text(text, changed)
    assert [one.status for one in audit.numbers if one.text == "53人"] == ["mismatch"]
    assert ("last_year_figure", "53人") in rules(text, changed)


@pytest.mark.parametrize(
    "text",
    [
        "去年报名应征53人，今年报名应征48人。",
        "报名应征48人（去年53人）。",
        "在去年报名应征53人的基础上，今年48人。",
        "去年我街道征兵工作报名应征53人、入伍16人。",
        "针对去年报名应征53人的实际，今年早部署。",
        "报名应征由去年的53人减至48人。",
    ],
)
def test_last_years_figure_said_as_such_is_right(changed: FactSheet, text: str) -> None:
    assert [one for one in rules(text, changed) if one[0] == "last_year_figure"] == []
    assert [one.status for one in audit_text(text, changed).numbers if one.text == "53人"] == ["grounded"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("力争2026年入伍人数达到15人以上，走访慰问70户以上。", "70户以上"),
        ("目标：入伍15人。", "15人"),
        ("下一步，抓好宣传，入伍15人。", "15人"),
        ("计划走访慰问70户。", "70户"),
        ("一、征兵工作\n入伍13人。\n二、下步打算\n入伍15人。", "15人"),
        ("大石、小石两个村民小组率先完成登记。", "两个"),
        ("48个村报名应征。", "48个"),
    ],
)
def test_an_aim_and_what_counts_something_else_contradict_no_fact(changed: FactSheet, text: str, number: str) -> None:
    (found,) = [one for one in audit_text(text, changed).findings if one.excerpt == number]
    assert found.rule == "number.unknown"
    key = "next-steps" if "打算" in text else "opening"
    told = [one.rule for one in of_section(report_with(text, changed, key), key) if one.excerpt == number]
    assert told == ["number.unknown"]


@pytest.mark.parametrize(
    "text",
    [
        "今年入伍15人，明年再多走几人。",
        "明年再接再厉，今年入伍15人。",
        "为下一步打牢基础，入伍15人。",
        "报名的5个。",
        "四、存在问题和下步打算\n只入伍15人，还有差距。",
    ],
)
def test_this_years_figure_beside_an_aim_is_held_against_its_fact(changed: FactSheet, text: str) -> None:
    assert [one.rule for one in audit_text(text, changed).findings] == ["number.conflicting"]


@pytest.mark.parametrize(
    "text",
    [
        "坚持24小时值班，7×24小时待命。",
        "落实二十四小时领导带班制度。",
        "全天候24小时专人值守。",
        "值班电话24小时畅通。",
    ],
)
def test_round_the_clock_counts_no_hours(sheet: FactSheet, text: str) -> None:
    assert audit_text(text, sheet).findings == ()
    assert [one.excerpt for one in audit_text("连续奋战24小时。", sheet).findings] == ["24小时"]


def test_a_word_that_compares_is_judged_by_a_figure_that_is_typed(changed: FactSheet) -> None:
    found = check_report(report_with("入伍13人，较去年减少3人。", changed), LIBRARY.get(TYPE))
    assert [one.rule for one in found if one.section_key == "opening" and one.kind == "wording"] == []
    found = check_report(report_with("入伍13人，较去年增加3人。", changed), LIBRARY.get(TYPE))
    assert [one.rule for one in found if one.section_key == "opening" and one.kind == "wording"] == [
        "wording.contradiction"
    ]


# ---- words


def test_words_of_the_epidemic(sheet: FactSheet) -> None:
    assert rules("协助核酸检测，做好疫情防控。", sheet) == [("epidemic", "核酸检测"), ("epidemic", "疫情防控")]
    assert rules("做好动物疫情和非洲猪瘟疫情排查，开展动物防疫。", sheet) == []
    assert rules("在卡口值守。", sheet) == [], "the sheet has 值守卡口"
    assert rules("在卡口值守。", sheet.with_fact("值守卡口", Fact())) == [("epidemic", "卡口")]
    told = sheet.with_fact("专项任务名称", Fact(value="疫情处置"))
    assert rules("协助核酸检测。", told) == []
    then = sheet.with_fact("年度", Fact(value=2021))
    assert rules("协助核酸检测。", then) == []


def test_old_names_from_the_year_on(sheet: FactSheet) -> None:
    found = only("动员青年报考士官。", sheet)
    assert found.fix is not None
    assert (found.rule, found.fix.after) == ("leftover.title", "军士")
    assert rules("动员青年报考士官。", sheet.with_fact("年度", Fact(value=2020))) == []
    assert rules("原济南军区老战士讲课，《国土资源局工作规则》已废止。", sheet) == []
    assert only("开展党纪学习教育。", sheet).rule == "leftover.campaign"


@pytest.mark.parametrize(
    "blank",
    [
        "XX",
        "××",
        "XXX",
        "____",
        "【】",
        "（ ）",
        "（此处填写人数）",
        "TODO",
        "某某",
        "20XX",
        "【请填写单位名称】",
        "【待补：入伍人数】",
    ],
)
def test_blanks(sheet: FactSheet, blank: str) -> None:
    found = only(f"组织民兵{blank}年参加。", sheet)
    assert (found.rule, found.severity) == ("leftover.blank", "error")
    assert found.excerpt.startswith(blank[:2])


def test_what_is_no_blank(sheet: FactSheet) -> None:
    assert rules("某部官兵参加，【政治建设】抓得实，规格为3×4，“两不怕”，（详见附件），LED屏。", sheet) == []


def test_a_scrap_of_a_web_page_goes_with_its_line(sheet: FactSheet) -> None:
    text = "柳林街道总结。\n本文来自公文网，版权所有。\n召开会议。"
    found = only(text, sheet)
    assert found.rule == "leftover.scrap"
    assert found.fix is not None
    assert text[: found.fix.start] + found.fix.after + text[found.fix.end :] == "柳林街道总结。\n召开会议。"
    assert rules("通过微信公众号推送，下载安装应用，为征兵提供参考，线索来源清楚。", sheet) == []


# ---- the user's own words


def test_a_users_file_adds_and_takes_nothing_away(tmp_path: Path) -> None:
    file = tmp_path / "leftovers.yaml"
    file.write_text("known: [大石村]\nepidemic: {words: [封村]}\nblanks: ['〇〇〇']\n", encoding="utf-8")
    words = leftover_words(file)
    assert "大石村" in words.known
    assert {"封村", "核酸检测"} <= set(words.epidemic.words)
    assert len(words.titles) == len(leftover_words().titles)


@pytest.mark.parametrize("text", ["- 大石村", "unknown: [a]", "blanks: ['(']", "scraps: ['a*']", "a: b: c"])
def test_a_users_file_that_is_wrong_says_so(tmp_path: Path, text: str) -> None:
    file = tmp_path / "leftovers.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="leftovers"):
        leftover_words(file)


# ---- in a report


def report_with(text: str, sheet: FactSheet, key: str = "opening") -> Report:
    blank = blank_report(LIBRARY, TYPE, "duty-c", sheet, Length.NORMAL, seed=1)
    sections = [
        replace(one, text=text, origin=Origin.EDIT, revision=1) if one.key == key else one for one in blank.sections
    ]
    return replace(blank, sections=tuple(sections))


def of_section(report: Report, key: str = "opening", **more: object) -> list[Finding]:
    found = check_report(report, LIBRARY.get(TYPE), **more)  # type: ignore[arg-type]
    return [one for one in found if one.section_key == key and one.kind in ("leftover", "number")]


def test_last_years_figure_is_told_once_and_as_grave_as_the_number(sheet: FactSheet) -> None:
    (found,) = of_section(report_with("全年输送新兵15人，{{入伍人数}}。", sheet))
    assert (found.rule, found.severity) == ("leftover.last_year_figure", "error")


def test_a_year_that_a_person_keeps_is_told_no_more(sheet: FactSheet) -> None:
    report = report_with("2024年，街道承办现场会。", sheet)
    (found,) = of_section(report)
    assert (found.rule, found.severity) == ("leftover.year", "error")
    section = report.section("opening")
    assert section is not None
    assert of_section(report, accepted=[acceptance_of(found, section)]) == []


def test_a_fix_writes_the_slot(sheet: FactSheet) -> None:
    text = "我镇坚持议军。\n2024年，扎实推进。"
    for found in reversed(of_section(report_with(text, sheet))):
        assert found.fix is not None
        assert text[found.fix.start : found.fix.end] == found.fix.before
        text = text[: found.fix.start] + found.fix.after + text[found.fix.end :]
    assert render_text(text, sheet) == "我街道坚持议军。\n2025年，扎实推进。"


def test_slots_and_plans_are_left_alone(sheet: FactSheet) -> None:
    assert of_section(report_with("{{年度}}，{{单位简称}}{{述职人}}，{{专项任务名称}}。", sheet)) == []
    plans = report_with("2026年底前完成挂牌。", sheet, "next-steps")
    assert [one.rule for one in of_section(plans, "next-steps") if one.kind == "leftover"] == []


def test_a_heading_is_looked_at_and_has_no_fix(sheet: FactSheet) -> None:
    report = report_with("文字。", sheet)
    sections = [replace(one, heading="我镇双拥工作") if one.key == "double-support" else one for one in report.sections]
    (found,) = of_section(replace(report, sections=tuple(sections)), "double-support")
    assert (found.rule, found.part, found.fix) == ("leftover.voice", "heading", None)


def test_the_audit_lists_leftovers(sheet: FactSheet) -> None:
    text = "我镇全年入伍18人，协助核酸检测。"
    audit = with_leftovers(audit_text(text, sheet), text, sheet)
    assert [one.rule for one in audit.findings] == ["leftover.voice", "leftover.epidemic"]
    assert [number.status for number in audit.numbers if number.text == "18人"] == ["grounded"]


def test_the_audit_tells_each_place_once(sheet: FactSheet) -> None:
    text = "2024年，扎实推进。全年输送新兵15人。庆祝建军97周年，1949年全境解放。"
    found = with_leftovers(audit_text(text, sheet), text, sheet).findings
    assert [(one.rule, one.severity, one.excerpt) for one in found] == [
        ("leftover.year", "error", "2024年"),
        ("leftover.last_year_figure", "error", "15人"),
        ("leftover.year", "error", "97"),
        ("number.unknown", "error", "1949年"),
    ]
    assert "18人" in found[1].message


@pytest.mark.parametrize(
    "text",
    ["走访慰问超过50户。", "开展活动，突破80人。", "四、下步打算\n力争走访慰问57户。", "全年发放宣传资料3500余份。"],
)
def test_a_limit_and_a_goal_are_not_last_years_figure(sheet: FactSheet, text: str) -> None:
    with_figures = sheet.with_fact("走访慰问户数", Fact(value=63, last_year=57))
    with_figures = with_figures.with_fact("基干民兵", Fact(value=88, last_year=86))
    assert [one for one in rules(text, with_figures) if one[0] == "last_year_figure"] == []


def test_last_years_figure_said_with_a_word_of_about_is_told(sheet: FactSheet) -> None:
    found = only("走访慰问50余户。", sheet.with_fact("走访慰问户数", Fact(value=63, last_year=57)))
    assert (found.rule, found.excerpt) == ("leftover.last_year_figure", "50余户")


@pytest.mark.parametrize(("word", "said"), [("余", "3000余份"), ("约", "约3000份")])
def test_last_years_round_figure_is_told_though_this_years_is_as_true(sheet: FactSheet, word: str, said: str) -> None:
    about = sheet.with_fact("宣传资料", Fact(value=3500, approximate=word, last_year=3000))  # type: ignore[arg-type]
    text = f"全年发放宣传资料{said}。"
    assert rules(text, about) == [("last_year_figure", said)]
    (found,) = of_section(report_with(text, about))
    assert (found.rule, found.severity) == ("leftover.last_year_figure", "warning")
    assert found.fix is not None
    assert found.fix.after == "{{宣传资料}}"


def test_a_bracket_that_names_what_is_to_stand_there_is_a_blank(sheet: FactSheet) -> None:
    text = "在【地点】开展活动，投入【金额】，【民兵连长姓名】带队，与【单位】联合，时间【时间】\n【单位名称】述职报告"
    blanks = ["【地点】", "【金额】", "【民兵连长姓名】", "【单位】", "【时间】", "【单位名称】"]
    assert rules(text, sheet) == [("blank", blank) for blank in blanks]


@pytest.mark.parametrize(
    "text",
    ["【经验做法】\n开展整组。", "【时间】2025年3月5日", "　　【地点】 会议室", "【案例】民兵事迹", "文件〔2025〕3号"],
)
def test_a_bracket_that_heads_a_line_is_no_blank(sheet: FactSheet, text: str) -> None:
    assert rules(text, sheet) == []


@pytest.mark.parametrize("text", ["联系人：张某某", "在书记李某同志带领下。"])
def test_a_name_left_blank_is_told_once(sheet: FactSheet, text: str) -> None:
    assert [rule for rule, _ in rules(text, sheet)] == ["blank"]


def test_a_hidden_model_is_no_blank(sheet: FactSheet) -> None:
    assert rules("××式冲锋枪教练模型已交回。", sheet) == []
    assert rules("购置器材××套。", sheet) == [("blank", "××")]


def test_masks_of_a_first_aid_kit_are_only_asked_about(sheet: FactSheet) -> None:
    assert only("配备急救箱、口罩、手套。", sheet).severity == "hint"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("逐人扫码亮码。", "epidemic"),
        ("进村测体温。", "epidemic"),
        ("点击展开全文", "scrap"),
        ("到军转办对接。", "title"),
    ],
)
def test_more_words_of_old_papers(sheet: FactSheet, text: str, rule: str) -> None:
    assert {one for one, _ in rules(text, sheet)} == {rule}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("专武干部李强全程跟班作业。", "李强"),
        ("本人自孙志刚书记离任后主持工作。", "孙志刚"),
        ("孙志刚书记亲自部署。", "孙志刚"),
        ("在王磊同志带领下巡堤。", "王磊"),
        ("武装干事王磊、陈刚两名同志在岗。", "王磊"),
    ],
)
def test_a_name_in_more_ways_of_saying_it(sheet: FactSheet, text: str, name: str) -> None:
    assert rules(text, sheet) == [("person", name)]


@pytest.mark.parametrize(
    "text",
    [
        "由党委书记带队。",
        "向党工委书记汇报。",
        "由何部长同志们组织。",
        "与广大同志一道。",
        "请许多同志参加，和全体同志座谈。",
    ],
)
def test_posts_and_comrades_without_a_name(sheet: FactSheet, text: str) -> None:
    assert rules(text, sheet) == []


def test_another_units_word_for_itself_is_told_with_either_pronoun() -> None:
    town = example().with_fact("自称", Fact(value="我镇"))
    assert rules("本街道专武干部配齐配强。", town) == [("voice", "本街道")]
    assert rules("本办公室、本乡本土的民兵。", town) == []


def test_another_report_type_is_checked_too() -> None:
    safety = example("pingan-work-safety")
    assert ("voice", "我街道") not in rules("我街道开展检查。", read_facts({"年度": 2025}, safety.schema))
    assert ("year", "2024年") in rules("2024年，检查单位。", safety)


def test_a_users_file_is_begun_with_examples_that_change_nothing_and_read_when_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leftovers_words, "user_file", lambda: tmp_path / "own" / "leftovers.yaml")
    before = leftover_words()
    file = begin_user_file()
    assert leftover_words() == before
    file.write_text(file.read_text(encoding="utf-8").replace("# known:", "known:"), encoding="utf-8")
    assert "张家村" in leftover_words().known
    begin_user_file()
    assert "张家村" in leftover_words().known, "what is there stays"
    examples = file.read_text(encoding="utf-8")
    for line in ("scraps", "epidemic", "titles", "  - {old"):
        examples = examples.replace(f"# {line}", line)
    file.write_text(examples, encoding="utf-8")
    os.utime(file, ns=(1, 1))
    assert "某某文库" in leftover_words().scraps, "every example can be switched on as it stands"
    assert leftover_words().title("旧名称").new == "新名称"


# ---- ranks, campaigns and signs of other hands


@pytest.mark.parametrize("text", ["在县人武部指导下开展。", "经县委批准，成立专班。", "县政府、县人武部联合检查。"])
def test_a_rank_that_is_not_the_superiors_is_anothers(sheet: FactSheet, text: str) -> None:
    found = leftovers_in_text(text, sheet)
    assert {(one.rule, one.severity) for one in found} == {("leftover.place", "warning")}
    assert "本报告的上级是区委、区政府" in found[0].message


@pytest.mark.parametrize(
    "text", ["区委、区政府高度重视。", "市委、市政府统一部署。", "县委员会", "各县委托办理。", "按区人武部要求落实。"]
)
def test_the_own_rank_and_the_one_above_are_right(sheet: FactSheet, text: str) -> None:
    assert rules(text, sheet) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("喜迎党的二十大胜利召开。", "campaign"),
        ("推进“两学一做”学习教育常态化制度化。", "campaign"),
        ("在“十三五”规划收官之年。", "campaign"),
        ("协调民政局做好优抚对象认定。", "title"),
        ("民兵在小区门口测温验码。", "epidemic"),
        ("共投入〇〇万元。", "blank"),
        ("召开议军会议*次。", "blank"),
        ("[1][2][3] 下一页", "scrap"),
    ],
)
def test_words_of_other_years_and_other_hands(sheet: FactSheet, text: str, rule: str) -> None:
    assert {found for found, _ in rules(text, sheet)} == {rule}


@pytest.mark.parametrize(
    "text",
    [
        "贯彻党的二十大精神。",
        "“十四五”规划实施以来。",
        "民政办协助发放救灾物资。",
        "森林防火联防联控。",
        "一〇〇人参加。",
        "二〇〇八年建成。",
    ],
)
def test_ordinary_words_near_them_are_right(sheet: FactSheet, text: str) -> None:
    assert [found for found in leftovers_in_text(text, sheet) if found.rule != "leftover.year"] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("在街道党工委书记高翔的带领下，民兵上堤。", "高翔"),
        ("民兵李大勇、王小虎荣立三等功。", "李大勇"),
        ("由政法委员罗建平具体负责。", "罗建平"),
        ("武装部长于长河带队检查。", "于长河"),
        ("欧阳建军连长带队。", "欧阳建军"),
        ("报告人　宋长林", "宋长林"),
    ],
)
def test_people_are_known_by_their_posts_and_by_what_they_did(sheet: FactSheet, text: str, name: str) -> None:
    assert rules(text, sheet) == [("person", name)]


@pytest.mark.parametrize(
    "text",
    [
        "武装部长于汛期带队检查。",
        "书记于年初带队走访。",
        "部长于现场带头清淤。",
        "主要领导亲自部署，分管领导具体负责。",
        "民兵连长期带队值守。",
        "新兵代表发言，军属代表讲话。",
        "党工委书记于8月1日主持会议。",
        "专武干部具体负责，民兵骨干主动作为。",
        "政法委员具体负责，宣传委员主持。",
        "每季度到社区民兵连调研两次。",
        "按照学习教育的要求，和班子同志们一道把武装工作抓实。",
    ],
)
def test_posts_with_ordinary_words_behind_them_are_no_people(sheet: FactSheet, text: str) -> None:
    assert rules(text, sheet) == []


# ---- names of a 镇 and its own words


@pytest.fixture(scope="module")
def town(sheet: FactSheet) -> FactSheet:
    said = {
        "单位全称": "中共松溪县青石镇委员会",
        "单位简称": "青石镇",
        "自称": "我镇",
        "述职人职务": "青石镇党委书记",
        "上级党委政府": "县委、县政府",
        "上级军事机关": "县人武部",
        "先进典型": ({"姓名": "蓝志强", "身份": "村民兵连长", "事迹": "连夜转移群众"},),
    }
    for label, value in said.items():
        sheet = sheet.with_fact(label, Fact(value=value))
    return sheet


@pytest.mark.parametrize(
    "text",
    [
        "在龙津县委、县政府的正确领导下，稳步推进。",
        "在龙津县人武部的关心指导下。",
        "龙津县人武部领导到我镇检查。",
        "按照龙津县征兵办要求，严把体检关。",
        "配合龙津县政府做好保障。",
        "我镇位于龙津县西北部。",
    ],
)
def test_another_county_is_told_where_the_own_superiors_words_follow(town: FactSheet, text: str) -> None:
    assert rules(text, town) == [("place", "龙津县")]
    assert [found for found in of_section(report_with(text, town)) if found.excerpt == "龙津县"]


def test_another_city_is_asked_about(town: FactSheet) -> None:
    found = only("临江市委、市政府高度重视。", town)
    assert (found.rule, found.excerpt, found.severity) == ("leftover.place", "临江市", "hint")


@pytest.mark.parametrize(
    "text",
    [
        "在县委、县政府领导和县人武部指导下，松溪县人武部领导到场，市委、市政府重视。",
        "协助县人武部开展检查，配合县征兵办，报请县委批准，邀请县政府领导。",
        "发挥镇武装部作用，提升镇武装部能力，紧扣镇党委中心工作，立足镇情实际。",
        "压实镇武装部责任，激活镇级力量，调动街道积极性，建强镇武装部。",
        "我任青石镇党委书记，任青石镇党管武装第一责任人。",
        "今年镇党委议军，目前镇武装部有专干，年初乡镇比武，兼任镇人武部政委。",
        "县委并县人武部，议定事项交镇纪委督办。",
        "安全乡道，平安健康全镇静默，乡长期盼，城镇长者，各社区居委会成立民兵连。",
        "蓝部长带队，蓝志强同志连夜转移群众，学习雷锋同志，毛泽东同志题词。",
    ],
)
def test_the_own_offices_behind_any_verb_are_no_places(town: FactSheet, text: str) -> None:
    assert rules(text, town) == []


def test_an_unknown_verb_before_the_own_office_is_only_asked_about(town: FactSheet) -> None:
    assert only("激荡镇党委活力。", town).severity == "hint"
    assert only("云溪镇党委高度重视。", town).severity == "warning"
    office = town.with_fact("单位简称", Fact(value="柳林办事处")).with_fact("自称", Fact(value="我办"))
    assert only("青山办事处党工委高度重视。", office).severity == "warning"


def test_a_neighbour_whose_name_holds_the_own_one_is_told(town: FactSheet) -> None:
    assert rules("大青石镇党委高度重视。", town) == [("place", "大青石镇")]
    assert rules("建设新青石镇，建强青石镇武装部。", town) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("全乡武装工作取得新成效。", "全乡"),
        ("召开乡党委会议。", "乡党委"),
        ("乡长亲自抓。", "乡长"),
        ("街道党工委每季度研究。", "街道党工委"),
        ("办事处主任任组长。", "办事处主任"),
        ("我办事处辖14个村。", "我办事处"),
    ],
)
def test_words_of_another_kind_of_unit_are_told(town: FactSheet, sheet: FactSheet, text: str, word: str) -> None:
    assert rules(text, town) == [("voice", word)]
    assert ("voice", word) not in rules(text, sheet) or "乡" in word


def test_another_units_office_is_told_as_a_place_alone(town: FactSheet) -> None:
    assert rules("岩口乡党委与白石街道党工委结对。", town) == [("place", "岩口乡"), ("place", "白石街道")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("武装部谭卫东部长带队训练。", "谭卫东"),
        ("在谭卫东的组织下，训练有序。", "谭卫东"),
        ("退役军人钟大海创业带富群众。", "钟大海"),
        ("蓝志刚同志到场。", "蓝志刚"),
        ("民兵蓝志刚连夜转移群众。", "蓝志刚"),
        ("我叫谭卫东，主持工作。", "谭卫东"),
        ("谭书记多次深入训练场。", "谭书记"),
        ("在谭书记的带领下，分片包干。", "谭书记"),
    ],
)
def test_people_of_another_unit_are_told(town: FactSheet, text: str, name: str) -> None:
    found = only(text, town)
    assert (found.rule, found.excerpt) == ("leftover.person", name)
    assert found.severity == ("hint" if name == "谭书记" else "warning")


# ---- times, blanks, scraps, old names


@pytest.mark.parametrize(
    ("year", "text", "told"),
    [
        (2026, "今年是“十四五”规划收官之年。", ["campaign"]),
        (2025, "今年是“十四五”规划收官之年，也是“十五五”谋篇布局之年。", []),
        (2026, "“十五五”谋篇布局之年。", ["campaign"]),
        (2025, "“十五五”开局之年。", ["campaign"]),
        (2025, "下一步，迎接“十五五”开局之年。", []),
        (2028, "为实现建军一百年奋斗目标。", ["campaign"]),
        (2026, "学习贯彻党的二十届三中全会精神。", ["title"]),
        (2025, "学习贯彻党的二十届三中全会精神。", []),
        (2025, "今年是龙年。", ["year"]),
        (2025, "甲辰年岁末。", ["year"]),
        (2025, "甲辰龙年岁末。", ["year"]),
        (2025, "今年是蛇年，乙巳年岁末，喜迎马年。", []),
        (2025, "养猪年产值，喂马年头长，一年一度，少年牛年轻。", []),
    ],
)
def test_what_belongs_to_other_years(sheet: FactSheet, year: int, text: str, told: list[str]) -> None:
    assert [rule for rule, _ in rules(text, sheet.with_fact("年度", Fact(value=year)))] == told


@pytest.mark.parametrize(
    ("text", "blanks"),
    [
        ("慰问军属 户，发放慰问金 元。", 2),
        ("全年入伍 人，其中大学生 人。", 2),
        ("组织训练  天，参训   人次。", 2),
        ("悬挂光荣牌　块。", 1),
        ("2025年 月 日", 1),
        ("入伍N名。", 1),
        ("入伍?名。", 1),
        ("入伍ⅩⅩ名。", 1),
        ("入伍00名。", 1),
        ("（此处略）", 1),
        ("负 责 人：待定的人，述 职 人，第 三 次。", 0),
        ("入伍 12 人，投入 3 万 元，单位： 元，各 户。", 0),
        ("2025 年 12 月 20 日，是什么?人们都问。", 0),
        ("入伍100名，投入3.00万元。", 0),
    ],
)
def test_a_figure_that_was_never_filled_in(sheet: FactSheet, text: str, blanks: int) -> None:
    assert [rule for rule, _ in rules(text, sheet) if rule == "blank"] == ["blank"] * blanks


@pytest.mark.parametrize(
    "text",
    [
        "好的，以下是为您生成的报告：",
        "&nbsp;&nbsp;",
        "[page]",
        "收藏 点赞 评论",
        "阅读更多>>",
        "述职报告（精选5篇）",
        "（全文共2300字）",
        "本文档由会员上传",
        "如需调整请告诉我",
    ],
)
def test_scraps_of_sites_and_assistants(sheet: FactSheet, text: str) -> None:
    assert {rule for rule, _ in rules(text, sheet)} == {"scrap"}


def test_a_heading_with_a_scrap_in_it_is_not_thrown_away(sheet: FactSheet) -> None:
    found = leftovers_in_text("&nbsp;一、提高认识", sheet)
    assert [(one.excerpt, one.fix) for one in found] == [("&nbsp;", None)]


def test_ordinary_words_are_no_scraps(sheet: FactSheet) -> None:
    assert rules("刊发信息5篇，收藏红色文物，好的做法有三条，共有1200字的倡议书。", sheet) == []


@pytest.mark.parametrize("text", ["人防办组织演练。", "国动委综合办公室指导。", "综治办、经管站配合。", "计生站协助。"])
def test_offices_that_were_merged_are_asked_about(sheet: FactSheet, text: str) -> None:
    found = leftovers_in_text(text, sheet)
    assert found
    assert {(one.rule, one.severity) for one in found} == {("leftover.title", "hint")}
