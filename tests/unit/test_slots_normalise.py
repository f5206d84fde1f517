"""What models write for slots is mended where it is certain, told where it is not, and prose stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from schemas import SCHEMA, sheet

from assistant.slots.grammar import slots_in
from assistant.slots.normalise import normalise
from assistant.slots.render import render_text


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("{{ 入伍人数 }}", "{{入伍人数}}"),
        ("{{入伍人数}}人", "{{入伍人数}}"),
        ("{{入伍人数}} 人", "{{入伍人数}}"),
        ("{{入伍人数}}名新兵", "{{入伍人数|名}}新兵"),
        ("{{入伍人数|名}}人", "{{入伍人数|人}}"),
        ("{{入伍人数|名}}名", "{{入伍人数|名}}"),
        ("{{入伍人数}}人员", "{{入伍人数}}人员"),
        ("{{入伍人数|数}}人", "{{入伍人数|数}}人"),
        ("{{入伍人数|去年}}人", "{{入伍人数|去年}}"),
        ("{{入伍人数|增减}}人", "{{入伍人数|增减}}"),
        ("{{入伍人数|增幅}}%", "{{入伍人数|增幅}}"),
        ("{{村社区个数}}个村", "{{村社区个数}}村"),
        ("{{宣传资料}}余份", "{{宣传资料}}"),
        ("{{器材装备投入}}万元", "{{器材装备投入}}"),
        ("{{器材装备投入}}万余元", "{{器材装备投入}}"),
        ("{{每户慰问金}}元", "{{每户慰问金}}"),
        ("{{每户慰问金}}元旦", "{{每户慰问金}}元旦"),
        ("{{年度}}年", "{{年度}}"),
        ("{{年度}}年度", "{{年度}}度"),
        ("{{年度|数}}年", "{{年度|数}}年"),
        ("{{成文日期}}日", "{{成文日期}}"),
        ("{{兵役登记率}}%", "{{兵役登记率}}"),
        ("{{兵役登记率}}％", "{{兵役登记率}}"),
        ("百分之{{兵役登记率}}", "{{兵役登记率}}"),
        ("{{党员比例|增减}}个百分点", "{{党员比例|增减}}"),
        ("{{党员比例}}个百分点", "{{党员比例}}个百分点"),
        ("｛｛入伍人数｝｝", "{{入伍人数}}"),
        ("{{入伍人数｜名}}", "{{入伍人数|名}}"),
        ("{入伍人数}", "{{入伍人数}}"),
        ("{{入伍人数}", "{{入伍人数}}"),
        ("{{{{入伍人数}}}}", "{{入伍人数}}"),
        ("{{{入伍人数}}}", "{{入伍人数}}"),
        ("【入伍人数】", "{{入伍人数}}"),
        ("[入伍人数]", "{{入伍人数}}"),
        ("[入伍人数|名]", "{{入伍人数|名}}"),
        ("【待补：入伍人数】", "{{入伍人数}}"),
        ("{{入伍人数：12人}}", "{{入伍人数}}"),
        ("{{入伍人数=12}}", "{{入伍人数}}"),
        ("{{器材装备投入=7.5万元}}", "{{器材装备投入}}"),
        ("{{入伍人数（12人）}}", "{{入伍人数}}"),
        ("{{入伍人数:名}}", "{{入伍人数|名}}"),
        ("{{入伍人数|人数}}", "{{入伍人数}}"),
        ("{{入伍人数|12人}}", "{{入伍人数}}"),
        ("{{入伍人数|增长率}}", "{{入伍人数|增幅}}"),
        ("{{入伍人数.名}}", "{{入伍人数|名}}"),
        ("{{数量.入伍人数}}", "{{入伍人数}}"),
        ("{{输送新兵}}", "{{入伍人数}}"),
        ("{{入伍人}}", "{{入伍人数}}"),
        ("{{器材装备投人}}", "{{器材装备投入}}"),
        ("{{入伍人数", "{{入伍人数}}"),
        ("输送{{入伍人数，其中", "输送{{入伍人数}}，其中"),
        ("{{入伍人数|名，其中", "{{入伍人数|名}}，其中"),
        ("{{入伍人数】，其中", "{{入伍人数}}，其中"),
        ("{{入伍人数和其他", "{{入伍人数}}和其他"),
        (r"\{\{入伍人数\}\}", "{{入伍人数}}"),
        ("&#123;&#123;入伍人数&#125;&#125;", "{{入伍人数}}"),
        ("&lbrace;&lbrace;入伍人数&rbrace;&rbrace;", "{{入伍人数}}"),
        ("{{民兵分队.应急排.人数}}", "{{民兵分队.应急排.实有人数}}"),
        ("{{民兵分队.应急排.编制}}", "{{民兵分队.应急排.编制人数}}"),
        ("{{民兵分队.应急}}", "{{民兵分队.应急排}}"),
        ("{{民兵分队.应急排}}人", "{{民兵分队.应急排}}"),
        ("{{民兵分队.应急排.实有人数}}名", "{{民兵分队.应急排.实有人数|名}}"),
        ("{{民兵分队.合计}}人", "{{民兵分队.合计}}"),
        ("{{经费明细.训练.金额}}万元", "{{经费明细.训练.金额}}"),
        ("{{宣传品明细.宣传围裙.数量}}条", "{{宣传品明细.宣传围裙.数量}}"),
        ("12人{{入伍人数}}", "{{入伍人数}}"),
        ("12名{{入伍人数}}", "{{入伍人数}}"),
        ("{{入伍人数}}12人", "{{入伍人数}}"),
        ("{{入伍人数}}（12人）", "{{入伍人数}}"),
        ("112人{{入伍人数}}", "112人{{入伍人数}}"),
        ("13人{{入伍人数}}", "13人{{入伍人数}}"),
    ],
)
def test_mended(written: str, mended: str) -> None:
    found = normalise(written, SCHEMA, sheet())
    assert found.text == mended
    assert bool(found.mends) == (written != mended)
    assert not found.doubts


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{{火箭}}", "没有“火箭”这项事实"),
        ("{{会议}}", "没有“会议”这项事实，最接近的是"),
        ("{{入伍人数|万元}}", "“入伍人数”不能写成“万元”"),
        ("{{入伍人数.应急排.人数}}", "没有下一级"),
        ("{{民兵分队.通信班}}", "没有“通信班”这一行（有：应急排、医疗救护班）"),
        ("{{民兵分队.应急排.年龄}}", "没有“年龄”这一列"),
        ("{{存在问题.一}}", "按序号取"),
        ("{{火箭，其中", "大括号没有合上"),
        ("{火箭}", "没有“火箭”这项事实"),
    ],
)
def test_doubts(text: str, why: str) -> None:
    found = normalise(text, SCHEMA, sheet())
    assert found.text == text
    (doubt,) = found.doubts
    assert why in doubt.why
    assert text[doubt.start : doubt.end].startswith(doubt.text)


@pytest.mark.parametrize(
    "prose",
    [
        "《入伍人数》",
        "“入伍人数”",
        "（入伍人数）",
        "【2025年】",
        "[链接](https://example.com)",
        "[入伍人数](#a)",
        "〔2025〕12号",
        "f(x) = {",
        "}}",
        r"\{{入伍人数}}",
        "年度入伍12人，同比增长20%。",
        "一是抓征兵；\n二是抓训练。",
        "",
    ],
)
def test_prose_stays(prose: str) -> None:
    found = normalise(prose, SCHEMA, sheet())
    assert (found.text, found.mends) == (prose, ())


def test_without_a_sheet() -> None:
    assert normalise("12人{{入伍人数}}人，{{民兵分队.应急}}", SCHEMA).text == "12人{{入伍人数}}，{{民兵分队.应急}}"


def test_a_whole_sentence() -> None:
    written = (
        "全年完成兵役登记【兵役登记】人，登记率{{ 兵役登记率 }}%，输送{入伍人数}名优质兵员，同比{{入伍人数|同比}}。"
    )
    found = normalise(written, SCHEMA, sheet())
    assert render_text(found.text, sheet()) == ("全年完成兵役登记320人，登记率98.2%，输送12名优质兵员，同比增长20%。")
    assert [mend.why for mend in found.mends]
    assert "“{ 入伍人数 }”" not in str(found.mends[0])


PARTS = st.sampled_from(
    [
        "{{",
        "}}",
        "{",
        "}",
        "｛",
        "\\",
        "|",
        ".",
        "入伍人数",
        "入伍人",
        "民兵分队",
        "应急",
        "人",
        "名",
        "12人",
        "12",
        "年度",
        "年",
        "%",
        "万元",
        "余",
        "【",
        "】",
        "[",
        "]",
        "：",
        "，",
        "\n",
        "&#123;",
        "百分之",
        "兵役登记率",
        "火箭",
        " ",
        "（",
        "）",
    ]
)


@given(st.lists(PARTS, max_size=14).map("".join))
def test_idempotent(text: str) -> None:
    once = normalise(text, SCHEMA, sheet()).text
    again = normalise(once, SCHEMA, sheet())
    assert again.text == once
    assert not again.mends


@given(st.text(alphabet=st.characters(exclude_characters="{}｛｝[]【】［］&\\"), max_size=40))
def test_text_without_brackets_is_never_touched(text: str) -> None:
    assert normalise(text, SCHEMA, sheet()).text == text


@given(st.lists(PARTS, max_size=10).map("".join))
def test_slots_that_exist_are_kept(text: str) -> None:
    found = normalise(text, SCHEMA, sheet())
    if not found.doubts:
        assert all(SCHEMA.find(slot.label) for slot in slots_in(found.text))


@pytest.mark.parametrize(
    "unit",
    [
        "{{",
        "{",
        "\\",
        "\\{",
        "{{a",
        "{{ ",
        "【",
        "【入伍",
        "&#123;",
        "{{入伍人数}}人",
        "12人{{入伍人数}}",
        "{{火箭}}",
        " ",
        "{{x{",
        "人",
    ],
)
@pytest.mark.parametrize("opening", ["", "{{入伍人数}}"])
def test_a_hundred_thousand_characters_come_to_an_end(unit: str, opening: str) -> None:
    """Quadratic time would not end; ``benchmarks/audit_scaling.py`` prints how the time grows."""
    normalise(opening + unit * (100_000 // len(unit)), SCHEMA, sheet())
