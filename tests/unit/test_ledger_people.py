"""Lists of people in ledgers: counted as what their title names, never taken for a table of a few of them."""

from __future__ import annotations

import io

import openpyxl
import pytest

from assistant.intake.found import Extraction
from assistant.intake.ledger import LedgerMapping, open_ledger, propose
from assistant.ledger_review import read_all
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts
HEAD = ["序号", "姓名", "分队", "职务"]
PEOPLE = [[1, "赵一", "应急排", "排长"], [2, "钱二", "应急排", "战士"], [3, "孙 三", "侦察班", "战士"]]


def opened(*rows: list[object], name: str = "名册.xlsx") -> tuple[LedgerMapping | None, Extraction | None]:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    ledger = open_ledger(out.getvalue(), name)
    found = propose(ledger, SCHEMA)
    if not found:
        return None, None
    return found[0], read_all(ledger, [mapping.confirm() for mapping in found], SCHEMA, ())


def test_a_list_is_counted_as_what_its_title_names_and_stays_in_doubt() -> None:
    mapping, found = opened(["2025年基干民兵花名册"], HEAD, *PEOPLE, ["合计", "3人"])
    assert mapping is not None
    assert found is not None
    assert mapping.form == "people"
    assert "按“基干民兵”数，请核对" in mapping.choices[0].doubt
    (one,) = found.facts
    assert (one.label, one.fact.value, one.place) == ("基干民兵", 3, "Sheet!B3:B5")
    assert one.doubt == "这是从名单里数出来的，一行算一人"


def test_a_total_with_the_towns_name_is_nobody() -> None:
    _, found = opened(["2025年基干民兵花名册"], HEAD, *PEOPLE, [None, "清河镇合计", None, "3人"])
    assert found is not None
    assert [one.fact.value for one in found.facts] == [3]


def test_the_title_may_be_the_files_name() -> None:
    mapping, found = opened(HEAD, *PEOPLE, name="基干民兵花名册.xlsx")
    assert mapping is not None
    assert found is not None
    assert [(one.label, one.fact.value) for one in found.facts] == [("基干民兵", 3)]


def test_some_of_a_list_are_counted_by_a_column() -> None:
    head = ["姓名", "文化程度", "入伍时间"]
    rows = [
        ["赵一", "大学", "2025年3月"],
        ["钱二", "高中", "2025年9月"],
        ["孙三", "大专", "2025年9月"],
        ["赵一", "大学", "2025年9月"],
    ]
    _, found = opened(["2025年入伍新兵花名册"], head, *rows)
    assert found is not None
    assert {one.label: one.fact.value for one in found.facts} == {"入伍人数": 4, "大学生入伍": 3}
    assert all("名单里有重名" in one.doubt for one in found.facts)


@pytest.mark.parametrize("title", ["退役军人名册", "拟入伍新兵花名册", "文艺骨干名单"])
def test_a_list_of_others_is_offered_without_a_fact(title: str) -> None:
    mapping, found = opened([title], HEAD, *PEOPLE)
    assert mapping is not None
    assert found is not None
    assert (mapping.form, mapping.taken, found.facts) == ("people", (), ())


def test_a_list_that_its_title_calls_the_table_is_the_table() -> None:
    mapping, found = opened(
        ["2025年先进个人名单"], ["姓名", "身份", "事迹"], ["赵一", "排长", "抢险"], ["钱二", "战士", "防汛"]
    )
    assert mapping is not None
    assert found is not None
    assert (mapping.form, mapping.table, len(found.facts)) == ("rows", "先进典型", 2)


def test_a_list_without_a_title_is_looked_at_first() -> None:
    rows: list[list[object]] = [["姓名", "身份", "事迹"], ["赵一", "排长", "抢险"], ["钱二", "战士", "防汛"]]
    mapping, _ = opened(*rows, name="表.xlsx")
    assert mapping is not None
    assert mapping.form == "rows"
    assert all("标题没有说是“先进典型”" in choice.doubt for choice in mapping.taken)


def test_what_a_person_said_of_one_list_does_not_hold_for_another() -> None:
    one, _ = opened(["2025年基干民兵花名册"], HEAD, *PEOPLE)
    again, _ = opened(["2026年基干民兵花名册"], HEAD, *PEOPLE)
    other, _ = opened(["退役军人名册"], HEAD, *PEOPLE)
    assert one is not None
    assert again is not None
    assert other is not None
    assert one.fingerprint == again.fingerprint != other.fingerprint
