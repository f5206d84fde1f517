"""Gifts in lists that are told to be of gifts, by a word before a colon or by a gift in the same list."""

from __future__ import annotations

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts.model_copy(update={"learned": None})


def gifts(text: str) -> list[tuple[object, ...]]:
    rows = (one.row for one in extract_text(text, SCHEMA).facts if one.label == "宣传品明细" and one.row is not None)
    return [(row["名称"], row["数量"], row["量词"]) for row in rows]


def test_every_item_behind_the_word_and_a_colon() -> None:
    said = "今年的宣传品：海报70张，折页900份，政策问答本300册，胸针200枚。"
    assert gifts(said) == [("海报", 70, "张"), ("折页", 900, "份"), ("政策问答本", 300, "册"), ("胸针", 200, "枚")]


def test_items_line_by_line_keep_their_words() -> None:
    said = "发放宣传品明细：\n（1）国防法口袋书200本\n（2）定制雨伞60把\n（3）购物袋300个\n全年授课12课时。\n"
    assert gifts(said) == [("国防法口袋书", 200, "本"), ("定制雨伞", 60, "把"), ("购物袋", 300, "个")]


def test_an_item_beside_a_gift() -> None:
    said = "征兵期间发放宣传册3000册、手提袋800个、扇子400把，悬挂横幅30条。"
    assert gifts(said)[0] == ("宣传册", 3000, "册")
    assert "横幅" not in [name for name, *_ in gifts(said)]


def test_a_row_leaves_its_figure_to_the_fact_that_has_it() -> None:
    said = "征兵期间发放宣传册3000册、手提袋800个、扇子400把。"
    facts = {one.label: one.fact.value for one in extract_text(said, SCHEMA).facts if one.row is None}
    assert facts["宣传资料"] == 3000


def test_the_verb_is_no_part_of_a_gift() -> None:
    assert gifts("征兵宣传中送出毛巾300条、发出纸杯900个。") == [("毛巾", 300, "条"), ("纸杯", 900, "个")]
    assert gifts("征兵宣传中制作作训水壶90个、雨衣60件。") == [("作训水壶", 90, "个"), ("雨衣", 60, "件")]


def test_equipment_beside_a_gift_is_none() -> None:
    assert [name for name, *_ in gifts("民兵器材购置对讲机20台、雨衣30件、手电筒40支。")] != ["对讲机"]
    assert gifts("宣传到位：设宣传点4个，电子屏8块。") == []


def test_the_parts_of_what_was_given_out() -> None:
    said = "宣传资料发放约6000份，其中征兵折页4500份、政策读本1200册。"
    assert gifts(said) == [("征兵折页", 4500, "份"), ("政策读本", 1200, "册")]
    assert {one.label: one.fact.value for one in extract_text(said, SCHEMA).facts if one.row is None}[
        "宣传资料"
    ] == 6000
    assert gifts("全镇村级民兵连19个，其中达标连15个、示范连4个。") == []
