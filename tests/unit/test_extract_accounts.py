"""What money went for: items line by line or in one sentence, with the amount behind or in front of their words."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts.model_copy(update={"learned": None})


def items(text: str) -> list[tuple[str, int]]:
    rows = (one.row for one in extract_text(text, SCHEMA).facts if one.label == "经费明细" and one.row is not None)
    return [(str(row["项目"]), int(str(row["金额"]))) for row in rows]


def facts(text: str) -> dict[str, int]:
    return {
        one.label: int(str(one.fact.value))
        for one in extract_text(text, SCHEMA).facts
        if one.row is None and one.label.endswith(("投入", "预算"))
    }


@pytest.mark.parametrize("mark", ["：", "　", "，", "花了"])
def test_lines_below_words_of_spending(mark: str) -> None:
    said = "开支明细如下：\n①喊话器、雨靴=2.1万元；\n②库房换锁=0.4万元；\n③集训早餐和车费=3万元。\n".replace("=", mark)
    assert items(said) == [("喊话器、雨靴", 21000), ("库房换锁", 4000), ("集训早餐和车费", 30000)]


def test_a_total_is_no_item() -> None:
    said = "实际使用：\n器材：4万元\n训练补助：3万元\n库房：1万元\n合计：8万元\n"
    assert items(said) == [("器材", 40000), ("训练补助", 30000), ("库房", 10000)]


def test_a_rough_amount_is_no_certain_item() -> None:
    said = "全年投入经费：购置对讲机约1.36万元，训练伙食0.9万元，库室维修近2万元，合计4万余元。\n"
    rows = {str(one.row["项目"]): one.doubt for one in extract_text(said, SCHEMA).facts if one.row is not None}
    assert rows == {"对讲机": "原文是概数“约1.36万元”", "训练伙食": "", "库室维修": "原文是概数“近2万元”"}


def test_a_name_between_commas_may_hold_marks_of_its_own() -> None:
    said = "今年花出9万元：买水泵、头灯花了4万元，集训伙食、误工花了3.5万元，征兵发动花了1.5万元。"
    assert [name for name, _ in items(said)] == ["买水泵、头灯", "集训伙食、误工", "征兵发动"]


def test_amounts_in_front_of_their_words() -> None:
    said = "全年武装经费预算21万元，其中拨付9万元训练保障、6万元器材购置、4万元库室建设、2万元征兵宣传。"
    found = {"训练保障投入": 90000, "器材装备投入": 60000, "库室建设投入": 40000, "征兵宣传投入": 20000}
    assert facts(said) == {"武装经费预算": 210000, **found}
    assert items(said) == [("训练保障", 90000), ("器材购置", 60000), ("库室建设", 40000), ("征兵宣传", 20000)]


def test_what_was_bought_with_an_amount_in_front() -> None:
    said = "今年武装经费8万元，3万元用于购买水枪、担架，2万元用于修缮器材库，2.4万元用于集训伙食，6000元用于征兵宣传。"
    assert items(said)[0] == ("购买水枪、担架", 30000)
    assert facts(said)["器材装备投入"] == 30000


def test_an_aside_of_the_year_before_does_not_make_the_items_its_own() -> None:
    said = "武装工作经费预算30万元，而上年仅为26万元，主要用于：①器材添置9万元；②训练伙食8万元；③库室改造5万元。"
    assert facts(said)["器材装备投入"] == 90000
    assert facts(said)["训练保障投入"] == 80000


def test_what_was_spent_the_year_before_stays_there() -> None:
    said = "今年经费预算30万元。去年的开支明细：器材添置9万元；训练伙食8万元；库室改造5万元。"
    assert items(said) == []


def test_benefits_and_plans_are_no_expenses() -> None:
    said = "双拥资金使用情况：义务兵优待金8万元；烈属抚恤金3万元；困难慰问1万元。"
    assert items(said) == []
    plan = "四、下一步打算\n计划安排经费用于：器材购置5万元；训练补助4万元；征兵宣传1万元。"
    assert items(plan) == []


def test_changes_and_totals_are_no_rows() -> None:
    said = "武装经费预算20万元，比前年涨了3万元，到年底花了19万元，器材5万元，训练8万元，库室4万元，征兵2万元。"
    assert not {"比前年涨", "到年底"} & {name for name, _ in items(said)}


def test_one_item_may_be_for_others_in_part() -> None:
    said = "支出情况为：\n1.民兵训练9万元；\n2.器材购置6万元；\n3.库房维修4万元；\n4.军事日及慰问2万元。\n"
    told = [name for name, _ in items(f"武装经费预算21万元。{said}")]
    assert told == ["民兵训练", "器材购置", "库房维修", "军事日及慰问"]
