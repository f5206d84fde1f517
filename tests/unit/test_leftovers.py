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
