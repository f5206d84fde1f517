"""What was found beside what the sheet has: nothing is taken by itself, and last year stays last year."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.facts.sheet import Fact, FactSheet, read_fact, read_facts
from assistant.facts.values import Approximation
from assistant.intake.chat_facts import told_facts
from assistant.intake.extract import extract_text
from assistant.intake.found import Extraction, FoundFact
from assistant.intake.proposals import Proposal, accept, accept_all, proposals
from assistant.reports.fact_entry import Change, enter
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts


def sheet(**facts: object) -> FactSheet:
    return read_facts(facts, SCHEMA)


def proposed(text: str, on: FactSheet, keep: tuple[str, ...] = ()) -> dict[str, Proposal]:
    return {one.label: one for one in proposals(extract_text(text, SCHEMA, "旧报告.docx"), on, keep)}


def test_states() -> None:
    on = sheet(年度=2025, 入伍人数=12, 宣传横幅=30)
    got = proposed("2025年，输送新兵12名，悬挂横幅40条，设立宣传点6个。", on)
    assert [(name, got[name].state) for name in ("入伍人数", "宣传横幅", "宣传点")] == [
        ("入伍人数", "same"),
        ("宣传横幅", "conflict"),
        ("宣传点", "new"),
    ]
    assert (got["宣传横幅"].here, got["宣传横幅"].found_text) == ("30条", "40条")


def test_accepting_keeps_the_note_and_names_the_source() -> None:
    on = read_facts({"年度": 2025, "宣传横幅": {"value": 30, "last_year": 28, "note": "按台账"}}, SCHEMA)
    taken = accept(on, proposed("2025年，悬挂横幅40条。", on)["宣传横幅"]).fact("宣传横幅")
    assert (taken.value, taken.last_year, taken.note) == (40, 28, "按台账")
    assert "旧报告.docx" in taken.source
    assert "横幅40条" in taken.source


def test_a_report_of_last_year_fills_last_year_only() -> None:
    on = sheet(年度=2025, 入伍人数=12)
    text = "清河镇2024年党管武装工作情况报告\n\n我镇全年输送新兵10名。\n"
    text += "二、存在问题\n一是年轻民兵外出较多；二是阵地利用率不高。"
    got = proposed(text, on, keep=("单位简称",))
    assert "存在问题" not in got
    assert "年度" not in got
    assert got["入伍人数"].target == "last_year"
    assert got["单位简称"].state == "new"
    assert "去年" in got["单位简称"].doubt, "who reports may have changed"
    taken = accept(on, got["入伍人数"]).fact("入伍人数")
    assert (taken.value, taken.last_year, taken.note) == (12, 10, "去年数取自旧报告.docx，第 2 段")


def test_last_years_figure_keeps_its_word_and_its_source_in_the_note() -> None:
    text = "清河镇2024年党管武装工作情况报告\n印发宣传资料近3000份，悬挂横幅40条。\n"
    on = read_facts({"年度": 2025, "宣传横幅": {"note": "按台账"}}, SCHEMA)
    got = proposed(text, on)
    taken = accept_all(on, [got["宣传资料"], got["宣传横幅"]])
    leaflets = taken.fact("宣传资料")
    assert (leaflets.last_told, leaflets.note) == ((3000, "近"), "去年数取自旧报告.docx，第 2 段")
    assert {one.label: one.state for one in proposals(extract_text(text, SCHEMA), taken)}["宣传资料"] == "same"
    assert (taken.fact("宣传横幅").last_year, taken.fact("宣传横幅").note) == (40, "按台账")


def last_told(on: FactSheet, value: int, word: Approximation, source: str) -> FactSheet:
    found = FoundFact("宣传资料", Fact(value, word, source=source), "")
    return accept_all(on, proposals(Extraction(source, "", (found,), year=2024), on))


def test_the_sentence_on_last_years_figure_goes_with_the_figure() -> None:
    on = last_told(sheet(年度=2025, 宣传资料=4000), 3000, "近", "旧稿A.txt")
    again = last_told(on, 2500, "", "旧稿B.txt").fact("宣传资料")
    assert (again.last_year, again.note) == (2500, "去年数取自旧稿B.txt")
    item, had = SCHEMA.by_label["宣传资料"], on.fact("宣传资料")
    typed = enter(item, had, {"last_year": Change("近3000", "2500")}).fact
    assert (typed.last_year, typed.note) == (2500, "")
    assert enter(item, had, {"last_year": Change("近3000", "近3000份")}).fact.note == "去年数取自旧稿A.txt"
    before = replace(had, note="去年数是近3000份，取自旧稿A.txt")
    assert enter(item, before, {"last_year": Change("近3000", "2500")}).fact.note == ""
    own = replace(had, note="去年数取自旧稿A.txt；待核")
    assert enter(item, own, {"last_year": Change("近3000", "2500")}).fact.note == own.note


def test_a_source_of_several_columns_is_known_again_when_its_figure_goes() -> None:
    on = last_told(sheet(年度=2025), 3000, "", "上半年：台账.xlsx：柳林村 1000；下半年：台账.xlsx：柳林村 2000")
    assert last_told(on, 2500, "", "").fact("宣传资料").note == ""


def test_a_figure_beside_last_years_rough_one_has_no_rate() -> None:
    on = sheet(年度=2025)
    found = proposed("2025年，印发宣传资料3000份，去年为近2500份。", on)
    leaflets = accept(on, found["宣传资料"]).fact("宣传资料")
    assert (leaflets.value, leaflets.last_told) == (3000, (2500, "近"))


@pytest.mark.parametrize("said", ["去年宣传资料改成2500份", "宣传资料今年4000份，比去年多1500份"])
def test_the_sentence_on_last_years_figure_goes_when_another_is_told(said: str) -> None:
    on = last_told(sheet(年度=2025, 宣传资料=4000), 3000, "近", "旧稿A.txt")
    (offer,) = told_facts(said, on, []).offers
    made = read_fact(offer.after, SCHEMA.by_label["宣传资料"])
    assert (made.last_year, made.note) == (2500, "")


def test_a_source_of_another_year_is_doubted() -> None:
    got = proposed("2022年，我镇输送新兵10名。", sheet(年度=2025))
    assert "2022年" in got["入伍人数"].doubt


def test_rows_join_and_conflict_by_their_names() -> None:
    on = sheet(年度=2025, 民兵分队=[{"名称": "应急排", "实有人数": 28, "民兵干部": 3}])
    found = proposals(extract_text("2025年编组应急排30人、医疗救护分队12人两支民兵分队。", SCHEMA), on)
    teams = [one for one in found if one.label == "民兵分队"]
    assert [one.state for one in teams] == ["conflict", "row"]
    for one in teams:
        on = accept(on, one)
    assert on.value("民兵分队") == (
        {"名称": "应急排", "实有人数": 30, "民兵干部": 3},
        {"名称": "医疗救护分队", "实有人数": 12},
    )


def test_items_grow_a_list_once() -> None:
    on = sheet(年度=2025, 存在问题=["阵地利用率不高"])
    text = "2025年工作总结\n一、工作\n召开议军会议2次。\n二、存在问题\n一是年轻民兵外出较多；二是阵地利用率不高。"
    for one in proposals(extract_text(text, SCHEMA), on):
        if one.label == "存在问题":
            on = accept(on, one)
    assert on.value("存在问题") == ("阵地利用率不高", "年轻民兵外出较多")


def test_many_rows_at_once_are_as_one_after_the_other() -> None:
    rows = [{"名称": name, "实有人数": count} for name, count in (("应急排", 30), ("通信班", 9), ("应急排", 31))]
    on = sheet(年度=2025, 民兵分队=[{"名称": "应急排", "民兵干部": 3}, {"名称": "侦察班", "实有人数": 8}])
    found = Extraction(
        "台账.xlsx",
        "",
        tuple(FoundFact("民兵分队", Fact(source=f"第{n}行"), "", row=row) for n, row in enumerate(rows)),
    )
    taken = proposals(found, on)
    assert [one.state for one in taken] == ["conflict", "row", "conflict"]
    together, singly = accept_all(on, taken), on
    for one in taken:
        singly = accept(singly, one)
    assert together.fact("民兵分队") == singly.fact("民兵分队")
    assert together.value("民兵分队") == (
        {"名称": "应急排", "民兵干部": 3, "实有人数": 31},
        {"名称": "侦察班", "实有人数": 8},
        {"名称": "通信班", "实有人数": 9},
    )
    assert together.fact("民兵分队").source == "第2行"
