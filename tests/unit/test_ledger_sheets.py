"""One fact on several sheets of a ledger."""

from __future__ import annotations

import io

import openpyxl
from schemas import SCHEMA

from assistant.intake.found import Extraction, FoundFact
from assistant.intake.ledger import open_ledger, propose
from assistant.ledger_review import read_all


def of_tabs(**tabs: dict[str, object]) -> Extraction:
    """A label and its value a row, a tab each."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, values in tabs.items():
        tab = book.create_sheet(name)
        tab.append(["项目", "数值"])
        for pair in values.items():
            tab.append(list(pair))
    book.save(out)
    opened = open_ledger(out.getvalue(), "全镇.xlsx")
    return read_all(opened, propose(opened, SCHEMA), SCHEMA, ())


def of(found: Extraction, label: str) -> list[FoundFact]:
    return [one for one in found.facts if one.label == label]


def test_a_tab_for_each_village_is_offered_as_a_sum_and_one_by_one() -> None:
    found = of_tabs(
        柳庄村={"适龄青年": 30, "入伍人数": 2, "器材装备投入": "0.3万元"},
        石桥村={"适龄青年": 28, "入伍人数": 1, "器材装备投入": "2000元"},
    )
    both, *single = of(found, "适龄青年")
    assert (both.fact.value, both.fact.source) == (58, "柳庄村 30人、石桥村 28人")
    assert "2 张工作表相加的数" in both.doubt
    assert [(one.fact.value, one.doubt) for one in single] == [
        (30, "“石桥村”里也有这一项，请选一个"),
        (28, "“柳庄村”里也有这一项，请选一个"),
    ]
    assert of(found, "器材装备投入")[0].fact.value == 5000


def test_a_tab_that_adds_up_the_others_is_not_added_once_more() -> None:
    found = of_tabs(
        柳庄村={"适龄青年": 30, "入伍人数": 2},
        石桥村={"适龄青年": 28, "入伍人数": 1},
        全镇={"适龄青年": 58, "入伍人数": 3},
    )
    assert sorted(one.fact.value for one in of(found, "适龄青年") if isinstance(one.fact.value, int)) == [28, 30, 58]
    assert all(one.doubt for one in of(found, "适龄青年"))


def test_what_only_one_tab_tells_is_no_doubt() -> None:
    found = of_tabs(征兵={"适龄青年": 30, "入伍人数": 2}, 信访={"信访举报": 0, "专题会议": 1, "适龄青年": 30})
    assert [one.doubt for one in of(found, "入伍人数")] == [""]
