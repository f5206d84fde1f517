"""Values as people write them."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.facts import formatting
from assistant.facts.values import (
    clean_text,
    read_count,
    read_date,
    read_list,
    read_money,
    read_percent,
    read_text,
    read_year,
)


@pytest.mark.parametrize(
    ("raw", "value", "approximate"),
    [
        (12, 12, ""),
        (0, 0, ""),
        (12.0, 12, ""),
        ("12", 12, ""),
        ("012", 12, ""),
        (" 12 人 ", 12, ""),
        ("１２人", 12, ""),
        ("1,200人", 1200, ""),
        ("2000余人", 2000, "余"),
        ("2000多", 2000, "多"),
        ("近500人", 500, "近"),
        ("约 500", 500, "约"),
        ("500人左右", 500, "约"),
        ("超过500人", 500, "余"),
        ("接近500人", 500, "近"),
        ("1.2万人", 12000, ""),
        ("3千", 3000, ""),
        ("1\u200b2", 12, ""),
        ("55\u2009235\u00a0367", 55235367, ""),
        ("约 2000 余 人", 2000, "约"),
        ("三十", 30, ""),
        ("二百六十一人", 261, ""),
        ("一百零五", 105, ""),
        ("一〇五", 105, ""),
        ("一百五", 150, ""),
        ("三万五", 35000, ""),
        ("廿五人", 25, ""),
        ("零", 0, ""),
        ("两千余", 2000, "余"),
        ("约三十人", 30, "约"),
        ("百余人", 100, "余"),
        ("近千人", 1000, "近"),
        ("叁拾", 30, ""),
    ],
)
def test_counts(raw: object, value: int, approximate: str) -> None:
    assert read_count(raw, ("人",)) == (value, approximate)


@pytest.mark.parametrize("raw", ["12 9", "1 234", "１２　９人", "12\n9", "7. 5", "约 12 9"])
def test_two_numbers_are_not_read_as_one(raw: str) -> None:
    for read in (read_count, read_money, read_percent, read_year):
        with pytest.raises(ValueError, match="空格"):
            read(raw)


@pytest.mark.parametrize(
    "raw",
    [
        -1,
        "-1",
        1.5,
        "1.5人",
        "12户",
        "人",
        "",
        None,
        True,
        [],
        {},
        "1,20",
        "十二人啊",
        "三五人",
        "二三十人",
        "几十",
        "百",
        "三到五",
        float("nan"),
        "1e3",
        10**10,
    ],
)
def test_no_counts(raw: object) -> None:
    with pytest.raises(ValueError, match="整数"):
        read_count(raw, ("人",))


@pytest.mark.parametrize(
    ("raw", "yuan", "approximate"),
    [
        (800, "800", ""),
        ("800", "800", ""),
        ("800元", "800", ""),
        ("7.5万元", "75000", ""),
        ("7.5 万", "75000", ""),
        ("７．５万元", "75000", ""),
        ("7万余元", "70000", "余"),
        ("7余万元", "70000", "余"),
        ("约7万元", "70000", "约"),
        ("1.2亿元", "120000000", ""),
        ("0.01元", "0.01", ""),
        ("12,345.67元", "12345.67", ""),
        ("¥1,500.00", "1500", ""),
        ("￥2万", "20000", ""),
        ("人民币300元", "300", ""),
        ("三万八千元", "38000", ""),
        ("七万", "70000", ""),
        ("二十余万元", "200000", "余"),
        ("肆萬伍仟圓整", "45000", ""),
        ("人民币叁万元整", "30000", ""),
        ("3万5千元", "35000", ""),
        (0, "0", ""),
    ],
)
def test_money(raw: object, yuan: str, approximate: str) -> None:
    assert read_money(raw) == (Decimal(yuan), approximate)


@pytest.mark.parametrize("raw", [-1, "七八万", "百元", "7万美元", "0.001元", "10000000000万元", True, None, "9" * 50])
def test_no_money(raw: object) -> None:
    with pytest.raises(ValueError, match="金额"):
        read_money(raw)


def test_percents() -> None:
    assert read_percent("98.5%") == (Decimal("98.5"), "")
    assert read_percent("98％") == (Decimal(98), "")
    assert read_percent("约35%") == (Decimal(35), "约")
    assert read_percent(0) == (Decimal(0), "")
    assert read_percent("百分之九十八点五") == (Decimal("98.5"), "")
    assert read_percent("约百分之十") == (Decimal(10), "约")
    for wrong in (101, -1, "百分之几", "5‰"):
        with pytest.raises(ValueError, match="百分数"):
            read_percent(wrong)


def test_years() -> None:
    assert [read_year(raw) for raw in (2025, "2025", "2025年", "2025年度", "二〇二五年")] == [2025] * 5
    for wrong in (25, "25年", 1900, 2025.5, "今年"):
        with pytest.raises(ValueError, match="年份"):
            read_year(wrong)


@pytest.mark.parametrize(
    "raw",
    [
        "2025年12月1日",
        "二〇二五年十二月一日",
        "2025-12-01",
        "2025.12.1",
        "2025/12/1",
        "20251201",
        "２０２５年１２月１日",
        "2025 年 12 月 1 号",
        datetime.date(2025, 12, 1),
        datetime.datetime(2025, 12, 1, 8, 30),
    ],
)
def test_dates(raw: object) -> None:
    assert read_date(raw) == datetime.date(2025, 12, 1)


@pytest.mark.parametrize("raw", ["2025年2月30日", "12月1日", "2025", 20251201, None, "明天"])
def test_no_dates(raw: object) -> None:
    with pytest.raises(ValueError, match="日期"):
        read_date(raw)


def test_texts() -> None:
    assert read_text(" 清河\u200b镇\r\n") == "清河镇"
    assert read_text(12) == "12"
    for wrong in (True, None, [], {}):
        with pytest.raises(ValueError, match="文字"):
            read_text(wrong)


def test_lists() -> None:
    assert read_list("一\n\n 二 ") == ("一", "二")
    assert read_list(["一", None, "", 3]) == ("一", "3")
    with pytest.raises(ValueError, match="一条一行"):
        read_list(3)


def test_astral_hanzi_and_emoji_stay() -> None:
    assert clean_text("𠮷祥😀\ud800") == "𠮷祥😀"


@given(st.integers(0, 10**9))
def test_counts_read_back(value: int) -> None:
    assert read_count(formatting.counted(value, "人"), ("人",)) == (value, "")


@given(st.integers(0, 10**11).map(lambda cents: Decimal(cents) / 100), st.sampled_from(["", "元", "万元", "亿元"]))
def test_money_reads_back(yuan: Decimal, unit: str) -> None:
    assert read_money(formatting.money(yuan, unit))[0] == yuan


@given(st.dates(datetime.date(1000, 1, 1)))
def test_dates_read_back(value: datetime.date) -> None:
    assert read_date(formatting.date(value)) == value


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (2, "两"),
        (12, "十二"),
        (22, "二十二"),
        (105, "一百零五"),
        (2000, "两千"),
        (120000, "十二万"),
        (1020000, "一百零二万"),
    ],
)
def test_hanzi(value: int, printed: str) -> None:
    assert formatting.hanzi(value) == printed


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("一是抓好训练；", "抓好训练"),
        ("1.训练不够；", "训练不够"),
        ("2、 训练不够", "训练不够"),
        ("（二）存在人员流动大的问题。", "存在人员流动大的问题"),
        ("一、训练不够经常", "训练不够经常"),
        ("一是一、训练不够经常", "训练不够经常"),
        ("（一）1.训练不够", "训练不够"),
        ("第三，训练不够", "训练不够"),
        ("③训练不够", "训练不够"),
        ("- 训练不够", "训练不够"),
        ("1.5万元缺口未补", "1.5万元缺口未补"),
        ("12个村尚未挂牌", "12个村尚未挂牌"),
        ("二、三类人员底数不清", "二、三类人员底数不清"),
        ("第一书记作用不够", "第一书记作用不够"),
        ("一线力量不足", "一线力量不足"),
        ("三是", "三是"),
        ("三是一季度抓训练", "一季度抓训练"),
        ("（一）八一、国庆期间走访慰问", "八一、国庆期间走访慰问"),
        ("1.2025年征兵任务", "2025年征兵任务"),
        *(
            (kept, kept)
            for kept in (
                "八一、国庆期间走访慰问军属32户",
                "十一、春节期间战备值班",
                "七一、元旦慰问",
                "八一是建军节",
                "五四、三八活动",
                "8、9月份开展征兵宣传",
                "1、2季度点验",
                "5、6两个村建站",
                "9. 18防空警报试鸣",
                "9.18防空警报试鸣",
                "第一、二季度完成训练",
                "第三、第四季度点验",
                "一、二季度训练",
                "七、八月征兵",
                "-5℃条件下拉练",
                "三要素管理不严",
                "一是一，二是二",
                "2.5万元缺口未补",
            )
        ),
    ],
)
def test_an_item_is_told_without_the_number_that_it_was_given(written: str, told: str) -> None:
    assert formatting.listed((written,)) == told


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (["1、2个村未建站", "2、训练不够"], ["2个村未建站", "训练不够"]),
        (["一、二类人员底数不清", "二、经费不足"], ["二类人员底数不清", "经费不足"]),
        (["1、2个村未建站", "2、3人未到位", "3、5户未走访"], ["2个村未建站", "3人未到位", "5户未走访"]),
        (["第一条", "1. 5万元缺口未补", "2. 训练不够"], ["第一条", "5万元缺口未补", "训练不够"]),
        ([f"{n}、抓训练" for n in "一二三四五六七八九十"] + ["十一、国庆战备"], ["抓训练"] * 10 + ["国庆战备"]),
        # Not counted from one, or as likely no numbers at all.
        (["1、2季度点验", "3、4季度拉练"], ["1、2季度点验", "3、4季度拉练"]),
        (["1、2月份慰问", "2、3月份整组"], ["1、2月份慰问", "2、3月份整组"]),
        (["八一、国庆慰问", "8、9月份征兵"], ["八一、国庆慰问", "8、9月份征兵"]),
    ],
)
def test_items_say_together_whether_they_are_numbered(written: list[str], told: list[str]) -> None:
    assert formatting.items_told(written) == told
