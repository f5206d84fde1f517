"""What clerks say to the assistant and what it may make of it: a wrong proposal is worse than a question."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.facts.fields import FactSchema
from assistant.facts.sheet import FactSheet, read_fact, read_facts
from assistant.intake.chat_facts import told_facts
from assistant.intake.chat_making import ToldFacts
from assistant.intake.chat_turned import Offered
from assistant.reports.loader import Library

SCHEMA: FactSchema = Library().get("armed-forces-work").facts
FACTS: dict[str, Any] = {
    "年度": 2025,
    "入伍人数": {"value": 18, "last_year": 15},
    "大学生入伍": {"value": 16, "last_year": 12},
    "役前训练": 21,
    "报名应征": {"value": 67, "last_year": 59},
    "党委议军会议": {"value": 2, "last_year": 2},
    "走访慰问户数": 63,
    "每户慰问金": "800元",
    "专武干部": 2,
    "村社区个数": 13,
    "民兵之家": 10,
    "训练天数": 10,
    "民兵分队": [
        {"名称": "应急排", "数量": 1, "编制人数": 30, "实有人数": 30, "民兵干部": 3},
        {"名称": "城市治安分队", "数量": 1, "编制人数": 40, "实有人数": 40, "民兵干部": 4},
    ],
    "优抚资金": [{"项目": "义务兵家庭优待金", "人数": 34, "金额": "68万元"}],
}
SHEET: FactSheet = read_facts(FACTS, SCHEMA)


def told(text: str, offered: tuple[Offered, ...] = ()) -> ToldFacts:
    return told_facts(text, SHEET, [one.label for one in offered], offered)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("去年宣传资料近2500份", "近2500份"),
        ("今年宣传资料3000份，去年近2500份", "3000份（去年近2500份）"),
    ],
)
def test_last_years_rough_figure_keeps_its_word(text: str, shown: str) -> None:
    (offer,) = told(text).offers
    assert offer.new == shown
    assert read_fact(offer.after, SHEET.schema.by_label["宣传资料"]).last_told == (2500, "近")


def offers(text: str) -> dict[str, str]:
    return {f"{one.label}{'（去年）' if one.last_year else ''}": one.new for one in told(text).offers}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今年比去年多征了2人", {"入伍人数（去年）": "16人"}),
        ("今年比去年多征到2人", {"入伍人数（去年）": "16人"}),
        ("今年比去年多走了2个兵", {"入伍人数（去年）": "16人"}),
        ("今年比去年多慰问5户", {"走访慰问户数（去年）": "58户"}),
        ("我们今年比去年多报名了7人", {"报名应征（去年）": "60人"}),
        ("报名的比上年少来了3个", {"报名应征（去年）": "70人"}),
        ("议军会比去年多开1次", {"党委议军会议（去年）": "1次"}),
        ("今年议军会较去年多召开了1次", {"党委议军会议（去年）": "1次"}),
        ("今年比去年少征了3人，去年15人", {"入伍人数": "12人"}),
        ("今年征兵比去年多3人，去年是10人", {"入伍人数": "13人（去年10人）"}),
        ("入伍人数比去年增加到20人", {"入伍人数": "20人"}),
    ],
)
def test_a_difference_is_never_last_years_figure(text: str, expected: dict[str, str]) -> None:
    assert offers(text) == expected


@pytest.mark.parametrize("text", ["今年比去年多征了3人", "我们今年比去年多报名了8人"])
def test_a_difference_that_the_sheet_has_is_no_change(text: str) -> None:
    assert not told(text).offers
    assert told(text).same


def test_a_difference_of_nothing_named_is_told() -> None:
    assert told("比去年多送了2个").notes == ("“比去年多送了2个”没有说是哪一项，没有记。",)


@pytest.mark.parametrize(
    "text",
    [
        "征兵那节标题换一个", "把征兵标题换一个", "征兵标题改一个好听的", "征兵那节加一个例子",
        "征兵那一节加一个小标题", "入伍那句话改一下，前面加一个“共”字", "民兵之家那里加一个数", "征兵一节多一个“的”字",
        "训练那一段加3行",
        "征兵那节前3句合成一句", "议军会在3楼会议室开的", "专武干部那句有两个错别字", "民兵训练那里少了一个字",
        "征兵那部分补两个案例", "议军会那段删掉一句", "专武干部那里插一个新的小标题", "征兵那节多写一个方面",
        "训练那节换一个说法", "走访慰问在5号楼", "应急排写了两遍",
    ],
)  # fmt: skip
def test_words_about_the_text_are_no_figures(text: str) -> None:
    found = told(text)
    assert not found.offers
    assert not found.same
    assert not found.asks


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("议军会那句重复了两次", "党委议军会议"),
        ("训练那块搞了15天", "训练天数"),
        ("走访慰问了5个村每村12户", "村社区个数"),
    ],
)
def test_what_may_be_about_something_else_is_asked(text: str, label: str) -> None:
    found = told(text)
    assert not found.offers
    assert not found.same
    (ask,) = found.asks
    assert list(ask.says) == [label]
    assert [one.label for one in (*told(ask.says[label]).offers,)] in ([label], []), "the button settles it"


@pytest.mark.parametrize(
    ("text", "label", "whole"),
    [
        ("清河村入伍3人，柳林村入伍2人", "入伍人数", "合计5人"),
        ("议军会上半年1次下半年2次", "党委议军会议", "合计3次"),
        ("我们镇有11个村6个社区", "村社区个数", "合计17个"),
        ("上半年议军会1次下半年召开2次", "党委议军会议", "合计3次"),
        ("上半年1次，下半年召开2次议军会", "党委议军会议", "合计3次"),
        ("第一季度训练5天第二季度6天", "训练天数", "合计11天"),
        ("点验头一次到了95人第二次到了92人", "点验人次", "合计187人次"),
        ("清河村走了3个兵，大坪村2个", "入伍人数", "合计5人"),
        ("训练头伏天搞了七天，秋后又搞了七天", "训练天数", "合计14天"),
    ],
)
def test_several_figures_of_one_fact_are_asked(text: str, label: str, whole: str) -> None:
    found = told(text)
    assert not found.offers
    (ask,) = found.asks
    assert next(iter(ask.says)) == whole
    assert [one.label for one in told(ask.says[whole]).offers] == [label]


@pytest.mark.parametrize(
    ("text", "label", "says"),
    [
        ("李家湾村走了2个兵", "入伍人数", ["就记2个", "加在现在的18人上"]),
        ("李家湾村慰问8户", "走访慰问户数", ["就记8户", "加在现在的63户上"]),
        ("上半年议军会1次", "党委议军会议", ["就记1次", "加在现在的2次上"]),
        ("又搞了一次业务培训，训练15天", "训练天数", ["就记15天", "加在现在的10天上"]),
    ],
)
def test_a_part_of_what_a_fact_counts_is_asked_about(text: str, label: str, says: list[str]) -> None:
    found = told(text)
    assert not [one for one in found.offers if one.label == label]
    (ask,) = [one for one in found.asks if list(one.says) == says]
    assert [told(say).offers[0].label for say in ask.says.values()] == [label, label], "the button settles it"


def test_all_figures_of_a_part_are_parts() -> None:
    found = told("上半年点验1次92人")
    assert not found.offers
    assert sorted(say for ask in found.asks for say in ask.says.values()) == ["点验人次改成92人", "点验次数改成1次"]


def test_what_is_counted_otherwise_is_another_fact() -> None:
    (ask,) = told("把慰问的钱改成4万8，户数跟着改成80").asks
    assert list(ask.says) == ["走访慰问户数"]
    assert told("预算28万，实际用了24.3万").unread == ("24.3万",), "what was used is no budget"


@pytest.mark.parametrize("text", ["全镇今年走了16个兵，其中清河村3个", "清河村走了10个兵，大坪村6个，一共16个"])
def test_the_whole_counts_beside_its_villages(text: str) -> None:
    assert offers(text) == {"入伍人数": "16人"}
    assert not told(text).asks


def test_villages_that_do_not_add_up_are_to_be_looked_over() -> None:
    assert "加起来不是" in told("清河村走了10个兵，大坪村6个，一共17个").offers[0].doubt


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("征兵荣誉改成2个", "“征兵荣誉”要一条一条写"),
        ("征兵荣誉2个", "“征兵荣誉”要一条一条写"),
        ("存在问题有3个", "“存在问题”要一条一条写"),
        ("优抚资金70万", "“优抚资金”是一张表"),
    ],
)
def test_a_list_or_a_table_is_no_number(text: str, part: str) -> None:
    found = told(text)
    assert not found.offers
    assert part in "".join(found.notes)


@pytest.mark.parametrize(
    ("text", "row", "own"),
    [
        ("城市分队38人", "城市治安分队", "城市分队"),
        ("城市治安38人", "城市治安分队", "城市治安"),
        ("优待金涨了，一共72万元", "义务兵家庭优待金", "优待金"),
    ],
)
def test_a_name_that_comes_near_a_rows_name_is_asked_about(text: str, row: str, own: str) -> None:
    found = told(text)
    assert not found.offers
    (ask,) = found.asks
    assert list(ask.says) == [row, f"另加“{own}”"]
    (offer,) = told(ask.says[row]).offers
    assert offer.new.startswith(row)


@pytest.mark.parametrize(
    ("text", "label", "new"),
    [
        ("优抚资金里义务兵家庭优待金改成70万", "优抚资金", "义务兵家庭优待金34人70万元"),
        ("宣传品里环保袋发了1000个", "宣传品明细", "环保袋（数量1000个、量词个）"),
        ("优抚资金里加一项临时补助2万", "优抚资金", "临时补助2万元"),
        ("新添了一支医疗救护分队，编制15人实有14人", "民兵分队", "医疗救护分队（编制人数15人、实有人数14人）"),
        ("先进典型再加一个：李建国，民兵营长，救了两个人", "先进典型", "李建国（身份民兵营长、事迹救了两个人）"),
        ("成文日期改成12月20号", "成文日期", "2025年12月20日"),
        ("民兵之家又挂了2个牌子", "挂牌民兵之家", "9个"),
    ],
)
def test_a_row_a_day_and_a_sign_are_taken_as_they_are_meant(text: str, label: str, new: str) -> None:
    found = told_facts(text, read_facts({**FACTS, "挂牌民兵之家": 7}, SCHEMA))
    assert [(one.label, one.new) for one in found.offers] == [(label, new)]
    assert (found.notes, found.unread, found.unknown) == ((), (), ())


def test_a_part_of_an_item_of_the_accounts_is_to_be_looked_over() -> None:
    (offer,) = told("器材装备投入7.5万，其中对讲机1.36万").offers[-1:]
    assert "其中" in offer.doubt


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每户900一共63户", {"每户慰问金": "900元"}),
        ("专武干部原来3个现在4个", {"专武干部": "4名"}),
        ("专武干部原来是2名，现在有3名", {"专武干部": "3名"}),
        ("我们镇有15个村", {"村社区个数": "15个"}),
        ("年度改成2024", {"年度": "2024年"}),
        ("征兵那节入伍人数改成20", {"入伍人数": "20人"}),
        ("新建了3个民兵之家", {"民兵之家": "3个"}),
    ],
)
def test_what_is_sure_is_proposed(text: str, expected: dict[str, str]) -> None:
    assert offers(text) == expected
    assert not told(text).unread or "户" in told(text).unread[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("原来民兵之家10个现在12个", {"民兵之家": "12个"}),
        ("原来10个民兵之家，现在12个", {"民兵之家": "12个"}),
        ("以前我们镇民兵之家有10个，现在有12个", {"民兵之家": "12个"}),
        ("原来入伍15人，现在20人", {"入伍人数": "20人"}),
        ("之前说入伍18人，现在核实是20人", {"入伍人数": "20人"}),
        ("入伍18人，现在看来应该是20人", {"入伍人数": "20人"}),
        ("走访慰问户数：63户改成：65户", {"走访慰问户数": "65户"}),
        ("入伍18人改成了20人", {"入伍人数": "20人"}),
        ("入伍人数：18人→20人", {"入伍人数": "20人"}),
        ("应急排原来30人，现在28人", {"民兵分队": "应急排28人"}),
        ("应急排30人，现在28人", {"民兵分队": "应急排28人"}),
        ("原来入伍18人，现在大学生20人", {"大学生入伍": "20人"}),
    ],
)
def test_what_it_has_become_counts(text: str, expected: dict[str, str]) -> None:
    found = told(text)
    assert {one.label: one.new for one in found.offers} == expected
    assert not found.unread


@pytest.mark.parametrize(
    "text", ["入伍18人，我们看了台账现在20人", "入伍人数18人那是旧的，现在报20人", "入伍人数18人，实际有20人"]
)
def test_what_it_may_have_become_is_asked(text: str) -> None:
    found = told(text)
    assert not found.offers
    assert not found.same
    (ask,) = found.asks
    assert list(ask.says) == ["入伍人数"]


def test_what_it_was_before_is_not_what_it_is() -> None:
    assert told("专武干部原来3个现在2个").same == ("专武干部",)


@pytest.mark.parametrize(
    "text",
    ["入伍人数改成-5", "入伍人数改成负5", "入伍人数是－5人", "入伍人数 -5", "入伍人数改成 -5人", "入伍人数改成12.5"],
)
def test_no_count_is_negative_or_broken(text: str) -> None:
    found = told(text)
    assert not found.offers
    assert not found.unread
    assert "没有记" in found.notes[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("入伍人数 - 15", {"入伍人数": "15人"}),
        ("入伍人数 – 15人", {"入伍人数": "15人"}),
        ("- 12人入伍", {"入伍人数": "12人"}),
        ("-12人入伍", {"入伍人数": "12人"}),
        ("- 入伍15人\n- 训练12天\n - 9个民兵之家", {"入伍人数": "15人", "训练天数": "12天", "民兵之家": "9个"}),
    ],
)
def test_a_dash_that_parts_is_no_minus(text: str, expected: dict[str, str]) -> None:
    assert offers(text) == expected


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("应急排编制32人", "应急排（编制人数30人）", "应急排（编制人数32人）"),
        ("民兵分队应急排干部改成5", "应急排（民兵干部3人）", "应急排（民兵干部5人）"),
        ("应急排民兵干部2人", "应急排（民兵干部3人）", "应急排（民兵干部2人）"),
        ("应急排28人", "应急排30人", "应急排28人"),
        (
            "应急排编制30，实有28，干部2",
            "应急排（实有人数30人、民兵干部3人）",
            "应急排（实有人数28人、民兵干部2人）",
        ),
        (
            "应急排：编制30人、实有28人、民兵干部2人",
            "应急排（实有人数30人、民兵干部3人）",
            "应急排（实有人数28人、民兵干部2人）",
        ),
    ],
)
def test_the_card_shows_every_cell_that_changes(text: str, old: str, new: str) -> None:
    (offer,) = told(text).offers
    assert (offer.now, offer.new) == (old, new)


def test_a_row_that_may_be_another_one_is_asked() -> None:
    found = told("发放优待金72万元")
    assert not found.offers
    (ask,) = found.asks
    (offer,) = told(ask.says["义务兵家庭优待金"]).offers
    assert offer.new == "义务兵家庭优待金34人72万元"


@pytest.mark.parametrize(
    ("text", "row", "cells", "new"),
    [
        ("应急排二排编制25人", "应急排", "编制人数25人", "应急排二排（编制人数25人）"),
        ("防汛应急排编制20人", "应急排", "编制人数20人", "防汛应急排（编制人数20人）"),
        ("女子应急排10人", "应急排", "实有人数10人", "女子应急排10人"),
        (
            "柳林村应急排：编制20人，实有18人", "应急排", "编制人数20人、实有人数18人",
            "柳林村应急排（编制人数20人、实有人数18人）",
        ),
        ("进藏义务兵家庭优待金3人，6万元", "义务兵家庭优待金", "3人6万元", "进藏义务兵家庭优待金3人6万元"),
    ],
)  # fmt: skip
def test_a_name_that_only_holds_a_rows_name_is_asked_and_may_be_a_row_of_its_own(
    text: str, row: str, cells: str, new: str
) -> None:
    found = told(text)
    assert not found.offers
    assert not found.unread
    (ask,) = found.asks
    same, other = ask.says.values()
    (offer,) = told(same).offers
    assert offer.new in (f"{row}（{cells}）", f"{row}{cells}", f"{row}{cells.removeprefix('实有人数')}")
    (offer,) = told(other).offers
    assert (offer.now, offer.new) == ("", new)


@pytest.mark.parametrize(
    "text",
    [
        "我们镇应急排编制25人", "今年应急排的编制是25人", "把应急排编制改成25人", "组建了应急排，编制25人",
        "其中应急排现在编制25人", "民兵分队应急排编制25人", "城市治安分队实有40人，应急排编制25人",
    ],
)  # fmt: skip
def test_a_row_that_stands_alone_is_meant(text: str) -> None:
    assert offers(text) == {"民兵分队": "应急排（编制人数25人）"}


def test_the_longer_of_two_rows_is_meant() -> None:
    rows = [{"名称": name, "编制人数": 30} for name in ("应急排", "防汛应急排")]
    sheet = read_facts({"年度": 2025, "民兵分队": rows}, SCHEMA)
    (offer,) = told_facts("防汛应急排编制20人", sheet).offers
    assert offer.new == "防汛应急排（编制人数20人）"


def test_of_which_column_a_later_figure_is_is_not_guessed() -> None:
    found = told("应急排编制30人，现在28人")
    assert not found.offers
    assert found.unread == ("28人",)


def test_a_platoon_leader_is_none_of_the_platoons_figures() -> None:
    assert not told("应急排排长1人").offers


def test_a_total_is_no_row_to_add() -> None:
    found = told("民兵分队加一行：合计，编制50人，实有46人")
    assert not found.offers
    assert any("“合计”由程序算" in note for note in found.notes)


def test_what_a_new_rows_words_do_not_say_is_told() -> None:
    found = told("民兵分队加一行：女子排，编制20人，每年两训，实有若干人")
    (offer,) = found.offers
    assert offer.new == "女子排（编制人数20人）"
    assert len(found.notes) == 2


@pytest.mark.parametrize("written", ["1,200人", "1，200人", "1200人"])
def test_a_comma_in_a_new_rows_figure_parts_no_cells(written: str) -> None:
    (offer,) = told(f"民兵分队加一行：女子排，编制{written},实有18人").offers
    assert offer.new == "女子排（编制人数1200人、实有人数18人）"


OPEN = (Offered("入伍人数", 25), Offered("大学生入伍", 21), Offered("报名应征", 60, last=True))


@pytest.mark.parametrize(
    ("text", "label", "new", "last"),
    [
        ("不是21人，是20人", "大学生入伍", "20人", False),
        ("不是25是26", "入伍人数", "26人", False),
        ("25改成26", "入伍人数", "26人", False),
        ("25改26", "入伍人数", "26人", False),
        ("不是60，是61", "报名应征", "61人", True),
        ("大学生不是21，是22", "大学生入伍", "22人", False),
    ],
)
def test_what_was_proposed_is_corrected_first(text: str, label: str, new: str, last: bool) -> None:
    (offer,) = told(text, OPEN).offers
    assert (offer.label, offer.new, offer.last_year) == (label, new, last)


def test_a_fact_found_by_its_figure_alone_is_to_be_looked_over() -> None:
    (offer,) = told("不是21人，是20人").offers
    assert (offer.label, bool(offer.doubt)) == ("役前训练", True)


LISTS = read_facts({"年度": 2025, "存在问题": ["底数不清", "场地不足", "结合不紧"], "武装经费预算": "25万元"}, SCHEMA)
THREE = ["重视不够", "经费不足", "训练不实"]


def items(found: ToldFacts) -> list[str]:
    (offer,) = found.offers
    return list(offer.after["value"] if isinstance(offer.after, dict) else offer.after)


@pytest.mark.parametrize(
    "text",
    [
        "存在问题改成：一是重视不够；二是经费不足；三是训练不实",
        "把存在问题改成一是重视不够、二是经费不足、三是训练不实。",
        "存在问题改为\n重视不够\n经费不足\n训练不实",
        "存在问题换成：（1）重视不够（2）经费不足。（3）训练不实",
        "存在问题写成：①重视不够②经费不足③训练不实",
    ],
)
def test_a_list_is_replaced_as_a_whole(text: str) -> None:
    assert items(told_facts(text, LISTS)) == THREE


@pytest.mark.parametrize(
    "text",
    [
        "存在问题：1.重视不够 2.经费不足 3.训练不实",
        "存在问题：\n1.重视不够\n2.经费不足\n3.训练不实",
        "存在问题：\n一、重视不够\n二、经费不足\n三、训练不实",
        "存在问题：重视不够；经费不足；训练不实",
        "存在问题有三个：重视不够、经费不足、训练不实",
        "存在问题主要有：一是重视不够，二是经费不足，三是训练不实",
    ],
)
def test_a_list_beside_another_one_is_asked_about(text: str) -> None:
    found = told_facts(text, LISTS)
    assert not found.offers
    (ask,) = found.asks
    add, instead = ask.says.values()
    assert items(told_facts(add, LISTS)) == ["底数不清", "场地不足", "结合不紧", *THREE]
    assert items(told_facts(instead, LISTS)) == THREE
    assert items(told_facts(text, SHEET)) == THREE, "an empty list takes them at once"


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("存在问题：1.训练场地不足2.经费紧张", ["训练场地不足", "经费紧张"]),
        (
            "存在问题：1、场地不足2、经费紧张3、人员外出（较多）4、底数不清",
            ["场地不足", "经费紧张", "人员外出（较多）", "底数不清"],
        ),
        ("存在问题加一条：1号仓库漏水2处", ["1号仓库漏水2处"]),
        ("存在问题：1.场地有2.5亩闲置2.经费紧张", ["场地有2.5亩闲置", "经费紧张"]),
    ],
)
def test_items_on_one_line_are_parted_by_their_numbers(text: str, listed: list[str]) -> None:
    assert items(told_facts(text, SHEET)) == listed


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("存在问题加一条：入伍人数只有12人，偏少", "入伍人数只有12人，偏少"),
        ("存在问题里再加一条，训练只有10天", "训练只有10天"),
        ("存在问题加上：村级民兵连只有5个，力量弱。", "村级民兵连只有5个，力量弱"),
        ("存在问题补充一点：武装经费25万元花不完", "武装经费25万元花不完"),
    ],
)
def test_what_an_item_says_is_no_fact(text: str, item: str) -> None:
    (offer,) = told_facts(text, LISTS).offers
    assert (offer.label, offer.new) == ("存在问题", f"加：{item}")


def test_behind_a_list_other_facts_may_be_told() -> None:
    for text in ("存在问题加一条：经费不足；入伍人数改成15", "存在问题加一条：经费不足。入伍15人"):
        assert {one.label for one in told_facts(text, LISTS).offers} == {"存在问题", "入伍人数"}


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("存在问题加一条：内容不具体", "内容不具体"),
        ("存在问题里加一条措施不够具体", "措施不够具体"),
        ("存在问题加上台账不详细", "台账不详细"),
        ("存在问题改成：更具体的措施不多", "更具体的措施不多"),
        ("存在问题改成“分条写的台账少”", "分条写的台账少"),
    ],
)
def test_an_item_may_speak_of_what_a_text_is_like(text: str, item: str) -> None:
    assert items(told_facts(text, LISTS))[-1] == item


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("存在问题第二条删掉", ["底数不清", "结合不紧"]),
        ("删掉存在问题的第二条", ["底数不清", "结合不紧"]),
        ("存在问题去掉最后一条", ["底数不清", "场地不足"]),
        ("把存在问题第一条改成：重视不够", ["重视不够", "场地不足", "结合不紧"]),
        ("存在问题里第一条改成 重视不够，第三条不要了", ["重视不够", "场地不足"]),
    ],
)
def test_one_item_is_deleted_or_changed(text: str, left: list[str]) -> None:
    assert items(told_facts(text, LISTS)) == left


def test_an_item_that_is_not_there_is_told() -> None:
    found = told_facts("存在问题第九条删掉", LISTS)
    assert not found.offers
    assert "没有第 9 条" in found.notes[0]


@pytest.mark.parametrize(
    "text",
    [
        "存在问题写得具体一点", "存在问题：写短一点", "问题是这个数不对", "存在问题有哪些", "存在问题是不是写少了",
        "存在问题是空的", "存在问题加一条具体的", "存在问题换成别的写法",
        "存在问题是去年的", "存在问题有些少", "存在问题为什么这么少",
        "存在问题有重复", "征兵荣誉有问题", "存在问题再加一条好不好", "下步打算换成领导讲话的风格",
    ],
)  # fmt: skip
def test_talk_of_a_list_is_no_item(text: str) -> None:
    assert not told_facts(text, LISTS)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("议军会开了3次，书记讲了话", "“书记讲了话”"),
        ("征兵12人，专武干部换了", "“专武干部换了”"),
        ("演练还没来得及搞，征兵12人", "“演练还没来得及搞”"),
        ("民兵整组搞完了 征兵12人", "“民兵整组搞完了”"),
        ("征兵12人。甲事办了。乙事也办了。丙事也办了。丁事也办了。", "“甲事办了”、“乙事也办了”、“丙事也办了”等 4 句"),
    ],
)
def test_nothing_that_was_said_is_dropped_without_a_word(text: str, left: str) -> None:
    read = told(text)
    assert read.offers
    assert any(left in note and "没有记" in note for note in read.notes), read.notes


@pytest.mark.parametrize(
    "text",
    [
        "你好，麻烦记一下，征兵12人，谢谢",
        "征兵呢，今年是12人",
        "入伍15人，其他的等会儿再说",
        "今年征兵12人，去年10人",
        "报几个数：征兵12人，其中大学生9人",
        "好的，征兵12人，别记错了",
        "议军会、专题会都是3次",
        "征兵12人！！！",
    ],
)
def test_words_that_only_lead_on_are_not_told(text: str) -> None:
    read = told(text)
    assert read.offers
    assert not any("没有听出" in note for note in read.notes), read.notes


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("点验没搞，征兵12人", "点验次数改成0次"),
        ("点验没搞、征兵12人", "点验次数改成0次"),
        ("征兵12人 点验没有开展", "点验次数改成0次"),
        ("议军会没开", "党委议军会议改成0次"),
        ("没有组织集中点验", "点验次数改成0次"),
        ("点验没搞征兵12人", "点验次数改成0次"),
        ("没搞点验征兵12人", "点验次数改成0次"),
        ("今年征兵12人议军会开了3次点验没整", "点验次数改成0次"),
        ("信访一件都没得", "信访举报改成0起"),
    ],
)
def test_what_was_not_done_may_be_a_zero(text: str, asked: str) -> None:
    assert [say for ask in told(text).asks for say in ask.says.values()] == [asked]


def test_what_is_said_to_stand_stands() -> None:
    found = told("征兵12人，训练天数没变")
    assert found.same == ("训练天数",)
    assert not found.notes


@pytest.mark.parametrize("text", ["征兵没搞好", "存在问题没有了", "入伍的没有退回来的"])
def test_other_denials_are_no_zero(text: str) -> None:
    assert not told(text).asks
    assert not told(text).offers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("议军会和专题会都是3次", {"党委议军会议": "3次", "专题会议": "3次"}),
        ("议军会、专题会各3次", {"党委议军会议": "3次", "专题会议": "3次"}),
        ("征兵人数和大学生人数都加1", {"入伍人数": "19人", "大学生入伍": "17人"}),
        ("刚才说的征兵不对，应该是14", {"入伍人数": "14人"}),
        ("议军会2次不对，是3次", {"党委议军会议": "3次"}),
    ],
)
def test_one_figure_may_be_told_for_several_and_a_wrong_one_is_put_right(text: str, expected: dict[str, str]) -> None:
    assert offers(text) == expected


def test_a_figure_behind_a_name_in_another_clause_is_asked_about() -> None:
    read = told("征兵的事没弄好，只有12个")
    assert not read.offers
    assert [say for ask in read.asks for say in ask.says.values()] == ["入伍人数改成12个"]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("入伍的里面女兵1个", "1个"),
        ("报名的里头女青年3人", "3人"),
        ("入伍人员里女兵1个", "1个"),
        ("入伍的大学生里女生2个", "2个"),
        ("入伍的人里头，女兵1个", "1个"),
    ],
)
def test_a_part_of_those_who_are_named_is_told_as_unread(text: str, figure: str) -> None:
    found = told(text)
    assert (found.offers, found.asks, found.same, found.unread) == ((), (), (), (figure,))


@pytest.mark.parametrize(
    ("text", "label"),
    [("大学生里入伍17人", "大学生入伍"), ("入伍的大学生17个", "大学生入伍"), ("征兵走了17人", "入伍人数")],
)
def test_the_whole_of_those_who_are_named_is_taken(text: str, label: str) -> None:
    assert list(offers(text)) == [label]


def test_where_something_happened_counts_no_places() -> None:
    assert offers("三个村走了3个兵") == {"入伍人数": "3人"}
    assert offers("全镇12个村都建了民兵之家") == {"村社区个数": "12个"}


def test_a_part_behind_a_whole_leaves_the_whole() -> None:
    found = told("慰问的65户里有5户是烈属")
    assert [(one.label, one.new) for one in found.offers] == [("走访慰问户数", "65户")]
    assert found.unread == ("5户",)


def test_each_of_what_was_not_understood_is_asked_about() -> None:
    found = told("优待金31户，每户1.8万")
    assert not found.offers
    assert [list(one.says) for one in found.asks] == [["每户慰问金"]]
    assert offers("慰问65户，每户900元") == {"走访慰问户数": "65户", "每户慰问金": "900元"}


def test_a_target_beside_what_was_reached_is_told() -> None:
    found = told("征兵任务15，完成19")
    assert [(one.label, one.new) for one in found.offers] == [("入伍人数", "19人")]
    assert any("15" in note for note in (*found.notes, *found.unread))
