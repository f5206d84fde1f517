"""Last year's figure beside this year's: by the year's number, in brackets of another kind, by an arrow, unnamed."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts
YEAR = "柳河镇2025年党管武装工作情况\n"


def facts(text: str, head: str = YEAR) -> dict[str, tuple[object, object]]:
    """label → value and last year's value."""
    return {
        one.label: (one.fact.value, one.fact.last_year)
        for one in extract_text(head + text, SCHEMA).facts
        if one.row is None
    }


@pytest.mark.parametrize(
    "last", ["2024年为48人", "2024年48人", "而2024年仅为48人", "2024年同期是48人", "同期为48人", "基数是48人"]
)
def test_last_years_figure_leaves_the_rest_of_the_sentence_alone(last: str) -> None:
    told = facts(f"今年55人报名应征，{last}，34人上站体检，19人体检合格，14人批准入伍。")
    assert told["报名应征"] == (55, 48)
    assert (told["上站体检"], told["体检合格"], told["入伍人数"]) == ((34, None), (19, None), (14, None))


def test_another_year_is_not_last_year() -> None:
    assert facts("今年55人报名应征，2021年为48人，34人上站体检。")["报名应征"] == (55, None)


@pytest.mark.parametrize("mark", ["→", "⇒"])
def test_an_arrow_in_brackets_behind_its_figure(mark: str) -> None:
    told = facts(f"议军会3次（2{mark}3）；武装经费预算19.8万元（16.4{mark}19.8），党员占44.6%（41.2{mark}44.6）。")
    assert (told["党委议军会议"], told["武装经费预算"]) == ((3, 2), (198000, 164000))


def test_an_arrow_to_another_figure_tells_nothing_of_this_one() -> None:
    assert facts("议军会3次（5→6），专题会4次。")["党委议军会议"] == (3, None)


@pytest.mark.parametrize("legend", ["方括号里是2024年的数", "中括号内为上年数", "去年的数写在方括号里"])
def test_brackets_of_another_kind_that_the_text_explains(legend: str) -> None:
    text = f"（{legend}）召开党委议军会议3次[2次]，基干民兵84人[80人]，走访慰问58户[52户]，武装经费预算15万元[12万元]。"
    told = facts(text)
    assert (told["党委议军会议"], told["基干民兵"]) == ((3, 2), (84, 80))
    assert (told["走访慰问户数"], told["武装经费预算"]) == ((58, 52), (150000, 120000))
    assert "慰问人数" not in told


def test_a_remark_above_the_head_is_no_head() -> None:
    head = "【底稿说明：正文照2024年的稿子改，方括号里是2024年的数，定稿时删】\n\n柳河镇2025年党管武装工作情况报告\n"
    told = facts("召开党委议军会议3次[2次]。", head)
    assert (told["年度"], told["党委议军会议"]) == ((2025, None), (3, 2))


def test_two_years_without_a_mark_between() -> None:
    told = facts("报名去年204人今年219人，参训去年82人次今年88人次；慰问金去年12万今年15.5万元。")
    assert (told["报名应征"], told["参训人次"], told["慰问金总额"]) == ((219, 204), (88, 82), (155000, 120000))


@pytest.mark.parametrize("then", ["一年前还只有6个", "去年还只有6个", "去年才6个"])
@pytest.mark.parametrize("now", ["如今已有11个", "眼下有11个", "今年有了11个"])
def test_then_and_now(then: str, now: str) -> None:
    assert facts(f"“民兵之家”{then}，{now}，其中9个挂了牌。")["民兵之家"] == (11, 6)


def test_from_a_year_ago() -> None:
    assert facts("专武干部从一年前的2名增加到4名，今年参加业务培训2次。")["专武干部"] == (4, 2)


@pytest.mark.parametrize("same", ["与2024年持平", "和2024年一样"])
def test_as_many_as_in_a_year_by_its_number(same: str) -> None:
    assert facts(f"议军会议今年召开3次，{same}。")["党委议军会议"] == (3, 3)
