"""Last year by other names, told apart from this year's figures, and figures that only were promised."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts
YEAR = "柳河镇2025年党管武装工作情况\n"


def facts(text: str) -> dict[str, tuple[object, object]]:
    """label → value and last year's value."""
    return {
        one.label: (one.fact.value, one.fact.last_year)
        for one in extract_text(YEAR + text, SCHEMA).facts
        if one.row is None
    }


def rows(text: str) -> list[object]:
    return [one.row for one in extract_text(YEAR + text, SCHEMA).facts if one.row is not None]


# ---- its names


@pytest.mark.parametrize(
    "year", ["头一年", "前一年", "上一年", "上一年度", "上年度", "上一个年头", "上个年度", "前一年度", "头年"]
)
@pytest.mark.parametrize("verb", ["是", "为", "只有"])
def test_whatever_last_year_is_called(year: str, verb: str) -> None:
    told = facts(f"议军会开了4次，{year}{verb}3次；批准入伍19人，{year}{verb}17人。基干民兵75人，{year}{verb}71人。")
    assert (told["党委议军会议"], told["入伍人数"], told["基干民兵"]) == ((4, 3), (19, 17), (75, 71))


@pytest.mark.parametrize("year", ["头一年是", "前一年为", "上一个年头只有", "上一年为"])
def test_last_years_money_is_no_expense(year: str) -> None:
    text = f"武装经费预算19.4万元，{year}16万元。器材购置8万元、民兵集训保障6.2万元，征兵宣传2.1万元，都已花完。"
    assert facts(text)["武装经费预算"] == (194000, 160000)
    assert not any("年" in str(row["项目"]) for row in rows(text) if isinstance(row, dict) and "项目" in row)


def test_a_change_of_money_is_no_expense() -> None:
    text = "全年武装经费预算19.6万元，比前一年涨了2.6万元。器材购置5.5万元，民兵集训7.9万元。"
    assert facts(text)["武装经费预算"] == (196000, 170000)
    assert not any("涨" in str(row) for row in rows(text))


@pytest.mark.parametrize(
    "text",
    [
        "到任的头一年，我召开党委议军会议3次。",
        "头一年跟武装工作打交道，心里没底。今年召开党委议军会议3次。",
    ],
)
def test_somebodys_first_year_is_not_last_year(text: str) -> None:
    assert facts(text)["党委议军会议"] == (3, None)


@pytest.mark.parametrize(
    "text",
    [
        "参训306人次，再往前推一年，参训的只有240人次。",
        "参训306人次，比起前一年的240人次多了66人次。",
        "参训306人次，相较于上一年度的240人次有所增加。",
        "参训人次由去年同期（240人次）基础上增加到306人次。",
        "参训人次在上年240人次的基础上增加到306人次。",
        "参训306人次，由去年的240人次升至306人次。",
    ],
)
def test_what_it_is_compared_with(text: str) -> None:
    assert facts(text)["参训人次"] == (306, 240)


# ---- told apart


@pytest.mark.parametrize("look", ["回看上一年，", "回头看去年，", "反观上年，"])
def test_at_the_end_of_a_paragraph(look: str) -> None:
    told = facts(f"全年议军3次，召开专题会议4次，现场办公5次。{look}议军、专题会、现场办公分别为2次、4次和3次。")
    assert (told["党委议军会议"], told["专题会议"], told["现场办公"]) == ((3, 2), (4, 4), (5, 3))
    told = facts(f"报名136人，批准入伍32人。{look}报名121人，入伍28人。")
    assert (told["报名应征"], told["入伍人数"]) == ((136, 121), (32, 28))


def test_under_the_name_of_its_measure() -> None:
    told = facts("全年应急处置11次，出动民兵640人次；回看上一年，次数是8次，人次是520。")
    assert (told["应急处置次数"], told["出动民兵"]) == ((11, 8), (640, 520))
    told = facts("退伍军人占43.2%，党员占40.9%；上一年，这两个比例是39.8%和37.5%。")
    assert (float(str(told["退伍军人比例"][1])), float(str(told["党员比例"][1]))) == (39.8, 37.5)


def test_in_the_same_order() -> None:
    told = facts("全年召开4次党委议军会议、6次专题会议，比上一年度的3次和5次都有所增加。")
    assert (told["党委议军会议"], told["专题会议"]) == ((4, 3), (6, 5))


@pytest.mark.parametrize("lead", ["上年数另附：", "附：去年完成情况：", "去年同期数据如下："])
def test_collected_in_one_sentence(lead: str) -> None:
    told = facts(
        f"议军会3次，预算9.8万元。报名34人，走了8人。\n{lead}议军会2次；预算8万元；基干民兵45人；报名25人、走了七人。"
    )
    assert (told["党委议军会议"], told["武装经费预算"]) == ((3, 2), (98000, 80000))
    assert (told["报名应征"], told["入伍人数"]) == ((34, 25), (8, 7))
    assert "基干民兵" not in told


def test_of_what_stands_nearest() -> None:
    told = facts("建有民兵之家4个，挂牌4个，上年为2个。光荣入伍11人，其中大学生9人，上年度大学生入伍为8人。")
    assert (told["民兵之家"], told["挂牌民兵之家"]) == ((4, None), (4, 2))
    assert (told["入伍人数"], told["大学生入伍"]) == ((11, None), (9, 8))


def test_behind_a_change() -> None:
    assert facts("武装经费预算同比增加4万元（上年21万元），达到25万元。")["武装经费预算"] == (250000, 210000)


@pytest.mark.parametrize(
    "text",
    [
        "民兵之家比上年增加3个，达到9个。",
        "民兵之家较去年新增3个，总数达到9个。",
        "民兵之家同比增加3个，共9个。",
        "民兵之家9个，比上年多建3个。",
        "民兵之家9个，这个数去年是6个。",
        "民兵之家9个，一年前只有6个。",
    ],
)
def test_a_change_in_front_of_what_it_came_to(text: str) -> None:
    assert facts(text)["民兵之家"] == (9, 6)


def test_a_change_without_last_year_is_no_arithmetic() -> None:
    assert facts("民兵之家新增3个，达到9个。")["民兵之家"] == (9, None)


def test_a_year_by_its_number_that_is_compared_with() -> None:
    assert facts("现场办公5次，较2024年增加2次。")["现场办公"] == (5, 3)
    assert facts("现场办公5次，较2023年增加2次。")["现场办公"] == (5, None)


def test_a_sentence_of_its_own_in_the_same_order() -> None:
    told = facts("报名52人，走兵13人。前一年分别是43人和11人。")
    assert (told["报名应征"], told["入伍人数"]) == ((52, 43), (13, 11))


# ---- promised and kept, others' figures


@pytest.mark.parametrize("promise", ["承诺", "年初承诺", "当初答应"])
def test_what_was_promised_is_no_fact(promise: str) -> None:
    told = facts(
        f"{promise}议军2次，兑现3次，上年兑现2次。专题会{promise}3次，兑现4次。第二条，现场办公。{promise}3次，最后做到5次。"
        f"{promise}预算不低于5万元，兑现武装经费预算5.8万元，上年兑现5万元。{promise}集训10天，兑现12天，参训91人次。"
    )
    assert (told["党委议军会议"], told["专题会议"], told["现场办公"]) == ((3, 2), (4, None), (5, None))
    assert (told["武装经费预算"], told["训练天数"], told["参训人次"]) == ((58000, 50000), (12, None), (91, None))


def test_a_promise_that_nothing_kept_follows_is_a_plan() -> None:
    told = facts("承诺挂牌民兵之家6个。签下承诺书后，召开党委议军会议3次。")
    assert "挂牌民兵之家" not in told
    assert told["党委议军会议"][0] == 3


@pytest.mark.parametrize(
    "text",
    [
        "目前全区累计输送新兵412人。",
        "县里今年一共走了286个新兵。",
        "截至目前全市共入伍2100人。",
        "本年度全县入伍531人。",
    ],
)
def test_what_all_of_the_district_has_is_not_ones_own(text: str) -> None:
    assert "入伍人数" not in facts(text)
    assert facts(text + "我镇入伍27人。")["入伍人数"][0] == 27
