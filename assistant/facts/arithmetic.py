"""Sums typed into an input for a figure: 12+9+3, 7.5万+2万, （3＋4）×2. Decimals throughout, and nothing is run.

::

    sum     = product (("+" | "-") product)*
    product = signed (("*" | "/") signed)*
    signed  = ("+" | "-")* atom
    atom    = number [unit] | "(" sum ")" [unit]
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, DecimalException, localcontext

from assistant.facts.fields import FactField, FieldType, TableColumn
from assistant.facts.values import MONEY_UNITS, clean_text, measures_of

#: Nobody types longer ones; a pasted page must not be taken for a sum.
MAX_CHARACTERS = 300
_MAX_DEPTH = 30
_SIGNS = str.maketrans({"×": "*", "✕": "*", "╳": "*", "÷": "/", "−": "-", "﹣": "-", "∗": "*", "[": "(", "]": ")"})
_TIMES = re.compile(r"(?<=[\d)万亿千百元])[xX](?=[\d(.])")
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_TOKEN = re.compile(rf"(?P<number>{_NUMBER})|(?P<sign>[-+*/()])|(?P<unit>[^-+*/()\d.,]+)")
_RANGE = re.compile(r"\d+\D{0,3}?\s*(?:-|－|—|–|−|~|～|至|到)+\s*\d+\D{0,3}")
_GAP = re.compile(r"[\d.]\s+[\d.]")
_SCALES = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100}


@dataclass(frozen=True)
class Worked:
    """What a sum comes to. ``written``: the sum as it was typed, without spaces, signs in their plain form.

    ``value`` is in the type's own unit: yuan for money, percentage points for percent.
    """

    value: Decimal
    written: str


@dataclass(frozen=True)
class _Amount:
    """A number on the way. ``measured``: it carries the unit of money; two such are not multiplied."""

    value: Decimal
    measured: bool = False


def is_sum(raw: object) -> bool:
    """Whether a typed text is meant as a sum: figures with a sign between or behind them, or an = before them."""
    if not isinstance(raw, str):
        return False
    text = _plain(raw)
    if not re.search(r"\d", text):
        return False
    return text.startswith("=") or bool(re.search(r"[-+*/]", text.lstrip("+-("))) or text.startswith("(")


def is_range(raw: object) -> bool:
    """Whether a text stands for something between two figures: 45-50, 3～5次. A difference is written with = there."""
    return isinstance(raw, str) and _RANGE.fullmatch(unicodedata.normalize("NFKC", raw).strip()) is not None


def work_out(raw: object, item: FactField | TableColumn) -> Worked | None:
    """The value of a sum typed for a count, an amount of money or a percentage; None where it is no sum.

    Raises:
        ValueError: what is wrong with the sum, in Chinese.
    """
    if not isinstance(raw, str) or item.type not in (FieldType.COUNT, FieldType.MONEY, FieldType.PERCENT):
        return None
    if not is_sum(raw):
        return None
    if _GAP.search(unicodedata.normalize("NFKC", clean_text(raw))):
        # 12 9+3 is not 129+3.
        raise ValueError("算式里两个数之间缺加减乘除号")
    text = _plain(raw).strip("=")
    if len(text) > MAX_CHARACTERS:
        raise ValueError(f"算式太长（最多 {MAX_CHARACTERS} 个字符），请分几步算")
    reader = _Reader(text, _units(item), item.type is FieldType.MONEY)
    with localcontext(Context(prec=40)):
        try:
            amount = reader.whole()
        except DecimalException as error:
            raise ValueError("算式里的数太大，算不出来") from error
    value = _rounded(amount.value, text, item)
    return Worked(value, text)


def _plain(raw: str) -> str:
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", clean_text(raw)).translate(_SIGNS))
    return _TIMES.sub("*", text)


def _units(item: FactField | TableColumn) -> dict[str, int]:
    """What may stand behind a number, and what it multiplies it with."""
    if item.type is FieldType.MONEY:
        return {**{unit: scale for unit, scale in MONEY_UNITS.items() if unit}, "千元": 1000, "百元": 100}
    if item.type is FieldType.PERCENT:
        return {"%": 1}
    return {
        f"{scale}{measure}": size
        for scale, size in {**_SCALES, "": 1}.items()
        for measure in ("", *measures_of(item))
        if scale or measure
    }


def _rounded(value: Decimal, text: str, item: FactField | TableColumn) -> Decimal:
    # A percentage worked out of two counts has no end; two decimals are more than any report prints.
    if item.type is not FieldType.PERCENT:
        return value
    if 0 < value <= 1 and "/" in text and "100" not in text:
        raise ValueError(f"算得 {value:.4g}，像是比值；要百分数，请再乘以 100")
    rounded = value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return rounded.normalize() if rounded % 1 else rounded.quantize(Decimal(1))


class _Reader:
    """Recursive descent over the tokens of one sum."""

    def __init__(self, text: str, units: dict[str, int], money: bool) -> None:
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None:
                raise ValueError(f"算式里的“{text[at]}”看不懂")
            self.tokens.append((str(found.lastgroup), found.group()))
            at = found.end()
        self.units = units
        self.money = money
        self.at = 0
        self.depth = 0

    def whole(self) -> _Amount:
        amount = self._sum()
        if self.at < len(self.tokens):
            left = self.tokens[self.at][1]
            raise ValueError("算式里多了一个右括号" if left == ")" else f"算式里“{left}”前面缺加减乘除号")
        return amount

    def _next(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def _take(self, *signs: str) -> str:
        found = self._next()
        if found and self.tokens[self.at][0] == "sign" and found in signs:
            self.at += 1
            return found
        return ""

    def _sum(self) -> _Amount:
        amount = self._product()
        while sign := self._take("+", "-"):
            other = self._product()
            if self.money and amount.measured != other.measured and amount.value and other.value:
                raise ValueError("算式里有的数带单位、有的不带，请都写上元或万元")
            value = amount.value + other.value if sign == "+" else amount.value - other.value
            amount = _Amount(value, amount.measured or other.measured)
        return amount

    def _product(self) -> _Amount:
        amount = self._signed()
        while sign := self._take("*", "/"):
            other = self._signed()
            if sign == "*":
                if amount.measured and other.measured:
                    raise ValueError("金额不能乘金额")
                amount = _Amount(amount.value * other.value, amount.measured or other.measured)
                continue
            if not other.value:
                raise ValueError("算式里除以了 0")
            if other.measured:
                raise ValueError("除以金额得到的不是金额")
            amount = _Amount(amount.value / other.value, amount.measured)
        return amount

    def _signed(self) -> _Amount:
        negative = False
        while sign := self._take("+", "-"):
            negative ^= sign == "-"
        amount = self._atom()
        return _Amount(-amount.value, amount.measured) if negative else amount

    def _atom(self) -> _Amount:
        if self._take("("):
            self.depth += 1
            if self.depth > _MAX_DEPTH:
                raise ValueError("算式里的括号太多")
            amount = self._sum()
            if not self._take(")"):
                raise ValueError("算式里少一个右括号")
            self.depth -= 1
            return self._unit(amount)
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")
        if kind != "number":
            raise ValueError(f"算式里“{text}”的位置应当是一个数" if text else "算式没有写完")
        self.at += 1
        return self._unit(_Amount(Decimal(text.replace(",", ""))))

    def _unit(self, amount: _Amount) -> _Amount:
        if self.at >= len(self.tokens) or self.tokens[self.at][0] != "unit":
            return amount
        unit = self.tokens[self.at][1]
        if unit not in self.units or amount.measured:
            raise ValueError(f"算式里的“{unit}”看不懂")
        self.at += 1
        return _Amount(amount.value * self.units[unit], self.money)
