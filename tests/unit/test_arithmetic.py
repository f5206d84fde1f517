"""Sums in inputs: what a clerk types, what comes out, and what is said of a slip."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.facts.arithmetic import is_sum, work_out
from assistant.facts.fields import FactField, FieldType
from assistant.facts.values import read_value

COUNT = FactField(label="人数", type=FieldType.COUNT, group="g", measure="人", measures=("名",))
MONEY = FactField(label="投入", type=FieldType.MONEY, group="g")
PERCENT = FactField(label="比例", type=FieldType.PERCENT, group="g")
TEXT = FactField(label="名称", type=FieldType.TEXT, group="g")


@pytest.mark.parametrize(
    ("item", "typed", "value", "written"),
    [
        (COUNT, "12+9+3", 24, "12+9+3"),
        (COUNT, "（３＋4）×2", 14, "(3+4)*2"),
        (COUNT, "=12+9", 21, "12+9"),
        (COUNT, "12+9=", 21, "12+9"),
        (COUNT, "12人+9名", 21, "12人+9名"),
        (COUNT, "1.2万+300", 12300, "1.2万+300"),
        (COUNT, "1,200＋300", 1500, "1,200+300"),
        (COUNT, "3x4", 12, "3*4"),
        (COUNT, "20－3－2", 15, "20-3-2"),
        (COUNT, "2+3×4", 14, "2+3*4"),
        (COUNT, "24÷2÷3", 4, "24/2/3"),
        (COUNT, "-(3-8)", 5, "-(3-8)"),
        (MONEY, "7.5万+2万", 95000, "7.5万+2万"),
        (MONEY, "7.5万元+2000元", 77000, "7.5万元+2000元"),
        (MONEY, "65×600元", 39000, "65*600元"),
        (MONEY, "(3+2)万", 50000, "(3+2)万"),
        (MONEY, "12000+3000.5", Decimal("15000.5"), "12000+3000.5"),
        (PERCENT, "45/52*100", Decimal("86.54"), "45/52*100"),
    ],
)
def test_sum(item: FactField, typed: str, value: object, written: str) -> None:
    worked = work_out(typed, item)
    assert worked is not None
    assert read_value(worked.value, item) == (value, "")
    assert worked.written == written


@pytest.mark.parametrize(
    "typed", ["12", "-3", "约300", "1,200人", "2000余份", "十几个吧", "二+三", "", "12人（其中女2人）"]
)
def test_what_is_no_sum_is_left_to_be_read_as_it_is(typed: str) -> None:
    assert work_out(typed, COUNT) is None


def test_sums_are_for_figures_only() -> None:
    assert work_out("3+4", TEXT) is None
    assert work_out(7, COUNT) is None


@pytest.mark.parametrize(
    ("item", "typed", "said"),
    [
        (COUNT, "12+", "没有写完"),
        (COUNT, "(12+3", "少一个右括号"),
        (COUNT, "12+3)", "多了一个右括号"),
        (COUNT, "12/0", "除以了 0"),
        (COUNT, "12/(3-3)", "除以了 0"),
        (COUNT, "12 9+3", "缺加减乘除号"),
        (COUNT, "2+12(3)", "缺加减乘除号"),
        (COUNT, "12+甲", "“甲”"),
        (COUNT, "12+9块", "“块”"),
        (COUNT, "2**3", "“*”"),
        (COUNT, "1..2+3", "“.”"),
        (MONEY, "7.5万+2000", "单位"),
        (MONEY, "2万*3万", "金额不能乘金额"),
        (MONEY, "12/4万", "除以金额"),
        (PERCENT, "45/52", "乘以 100"),
        (COUNT, "(" * 40 + "1" + ")" * 40, "括号太多"),
        (COUNT, "1+" * 200 + "1", "算式太长"),
    ],
)
def test_slip_is_named(item: FactField, typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=r"算|金额|单位") as caught:
        work_out(typed, item)
    assert said in str(caught.value)


def test_result_that_the_fact_cannot_be_is_refused_by_the_reading() -> None:
    for typed in ("12-15", "100/3", "9" * 60 + "*" + "9" * 60):
        worked = work_out(typed, COUNT)
        assert worked is not None
        with pytest.raises(ValueError, match="整数"):
            read_value(worked.value, COUNT)


_numbers = st.decimals(min_value=0, max_value=10**6, places=2)


@st.composite
def sums(draw: st.DrawFn, depth: int = 3) -> tuple[str, Decimal]:
    """A sum as text, and its value by Python's own decimals."""
    if depth == 0 or draw(st.booleans()):
        number = draw(_numbers)
        return f"{number:f}", number
    left, right = draw(sums(depth=depth - 1)), draw(sums(depth=depth - 1))
    sign = draw(st.sampled_from(["+", "-", "*", "＋", "－", "×"]))
    with localcontext(prec=60):
        plain = {"＋": "+", "－": "-", "×": "*"}.get(sign, sign)
        value = {"+": left[1] + right[1], "-": left[1] - right[1], "*": left[1] * right[1]}[plain]
    opening, closing = draw(st.sampled_from([("(", ")"), ("（", "）")]))
    return f"{opening}{left[0]}{sign}{right[0]}{closing}", value


@given(sums())
def test_any_sum_comes_to_what_decimals_make_of_it(made: tuple[str, Decimal]) -> None:
    text, value = made
    if not is_sum(text):
        return
    worked = work_out(text, COUNT)
    assert worked is not None
    assert abs(worked.value - value) <= abs(value) * Decimal("1e-30")


@given(st.text(alphabet="0123456789+-*/().万元人%x×÷（）=, 九", max_size=40))
def test_whatever_is_typed_ends_in_a_value_or_a_sentence(typed: str) -> None:
    for item in (COUNT, MONEY, PERCENT):
        said, worked = "", None
        try:
            worked = work_out(typed, item)
        except ValueError as error:
            said = str(error)
        assert said or worked is None or worked.value.is_finite()
