"""Faults planted into a printed number, and rewritings that say the same, for ``number_audit.py``."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from assistant.facts.sheet import FactSheet
from assistant.slots.grammar import Slot
from assistant.slots.numeral import Numeral
from assistant.slots.numerals import find_numerals
from assistant.slots.render import TOTAL, print_reference

_WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
_DIGITS = re.compile(r"[0-9.]+")
_ONES, _SCALES = "零一二三四五六七八九", ("", "十", "百", "千")


@dataclass(frozen=True)
class Printed:
    """What a slot printed: one number, or 同比增长20%."""

    slot: Slot
    text: str
    numeral: Numeral
    sheet: FactSheet
    chance: random.Random

    @property
    def digits(self) -> str:
        found = _DIGITS.search(self.text)
        return found.group() if found else ""

    @property
    def count(self) -> int:
        return int(self.numeral.value or 0)

    @property
    def plain_count(self) -> bool:
        """18人: nothing but digits and a measure word."""
        return self.numeral.kind == "count" and bool(re.fullmatch(r"[0-9]+[^0-9余多近约]+", self.text))

    def put(self, digits: str) -> str:
        return _DIGITS.sub(digits, self.text, count=1)

    def other(self) -> str:
        """Other digits, the same number of them."""
        digits = self.digits
        places = [place for place, character in enumerate(digits) if character.isdigit()]
        while digits in (self.digits,) or (digits.startswith("0") and not digits.startswith("0.")):
            place = self.chance.choice(places)
            digits = f"{self.digits[:place]}{self.chance.randint(0, 9)}{self.digits[place + 1 :]}"
        return digits


def printed(slot: Slot, text: str, sheet: FactSheet, chance: random.Random) -> Printed | None:
    found = find_numerals(text)
    whole = len(found) == 1 and (found[0].text == text or slot.form == "同比") and _DIGITS.search(text)
    return Printed(slot, text, found[0], sheet, chance) if whole else None


def hanzi(value: int) -> str:
    if not 0 < value < 10_000:
        return ""
    out, gap = "", False
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if not digit:
            gap = bool(out)
            continue
        out += ("零" if gap else "") + _ONES[digit] + _SCALES[place]
        gap = False
    return out.removeprefix("一") if out.startswith("一十") else out


def _separated(digits: str) -> str:
    return f"{int(digits):,}" if digits.isdigit() and int(digits) >= 1000 else ""


def _if(condition: object, text: str) -> str:
    return text if condition else ""


def _scale(one: Printed) -> str:
    if one.numeral.kind != "money":
        return ""
    return one.text.replace("万", "") if "万" in one.text else one.text.replace("元", "万元")


def _direction(one: Printed) -> str:
    for word, other in (("增长", "下降"), ("下降", "增长"), ("提高", "下降"), ("增加", "减少"), ("持平", "")):
        if word in one.text:
            return one.text.replace(word, other)
    return ""


def _neighbour(one: Printed) -> str:
    """The same column of another row."""
    if len(one.slot.path) != 3:
        return ""
    rows = one.sheet.value(one.slot.path[0])
    keys = (
        [str(next(iter(row.values()))) for row in rows if not isinstance(row, str)] if isinstance(rows, tuple) else []
    )
    cells = [
        print_reference(Slot((one.slot.path[0], key, one.slot.path[2])), one.sheet)
        for key in keys
        if key not in (one.slot.path[1], TOTAL)
    ]
    other = [cell for cell in cells if find_numerals(cell)[0].value != one.numeral.value]
    return one.chance.choice(other) if other else ""


def _last_year(one: Printed) -> str:
    item = one.sheet.schema.find(one.slot.label)
    if len(one.slot.path) > 1 or one.slot.form or item is None or one.sheet.fact(item.label).last_year is None:
        return ""
    text = print_reference(Slot(one.slot.path, "去年"), one.sheet)
    return _if(find_numerals(text)[0].value != one.numeral.value and not one.numeral.rough, text)


def _year(one: Printed) -> str:
    return _if(one.numeral.kind == "year", one.put(str(one.count - one.chance.choice([1, 2, -1]))))


def _money_in_yuan(one: Printed) -> str:
    exact = one.numeral.kind == "money" and "万" in one.text and not one.numeral.rough and one.numeral.value
    return f"{int(one.numeral.value or 0)}元" if exact else ""


#: One printed number → the same place with a fault in it; "" where this fault cannot be planted there.
FAULTS: dict[str, Callable[[Printed], str]] = {
    "digit changed": lambda one: one.put(one.other()),
    "zero added": lambda one: _if(
        "." not in one.digits and one.numeral.kind in ("count", "money"), one.put(f"{one.digits}0")
    ),
    "decimal point lost": lambda one: _if("." in one.digits, one.put(one.digits.replace(".", ""))),
    "unit scale": _scale,
    "hanzi, wrong value": lambda one: _if(one.plain_count, one.put(hanzi(one.count + 1))),
    "full-width, wrong": lambda one: one.put(one.other()).translate(_WIDE),
    "separator, wrong": lambda one: _if(_separated(one.digits), one.put(_separated(str(one.count + 100)))),
    "space, wrong": lambda one: _if(one.plain_count, one.put(f"{one.other()} ")),
    "zero width, wrong": lambda one: _if(len(one.digits) > 1, one.put("\u200b".join(one.other()))),
    "measure word changed": lambda one: _if(one.plain_count, f"{one.digits}{_other_measure(one)}"),
    "percent changed": lambda one: _if(one.numeral.kind == "percent", one.put(one.other())),
    "year": _year,
    "date": lambda one: _if(
        one.numeral.kind == "date", re.sub(r"(\d+)日", lambda m: f"{int(m[1]) % 28 + 1}日", one.text)
    ),
    "direction flipped": _direction,
    "概数 added": lambda one: _if(one.plain_count, one.put(f"{one.digits}余")),
    "概数 removed": lambda one: _if(re.search("[余多近约]", one.text), re.sub("[余多近约]", "", one.text)),
    "range": lambda one: _if(one.plain_count, one.put(f"{one.count + 2}—{one.count + 9}")),
    "another row's figure": _neighbour,
    "last year's figure": _last_year,
}
#: Rewritings that say the same: they must stay grounded.
SAME: dict[str, Callable[[Printed], str]] = {
    "full-width": lambda one: one.text.translate(_WIDE),
    "separator": lambda one: _if(
        one.numeral.kind != "year" and _separated(one.digits), one.put(_separated(one.digits))
    ),
    "space": lambda one: _if(one.plain_count, one.put(f"{one.digits} ")),
    "hanzi": lambda one: _if(one.plain_count and hanzi(one.count), one.put(hanzi(one.count))),
    "zero width": lambda one: _if(len(one.digits) > 1, one.put("\u200b".join(one.digits))),
    "元 for 万元": _money_in_yuan,
    "名 for 人": lambda one: _if(re.fullmatch("[0-9]+人", one.text), f"{one.digits}名"),
    "百分之": lambda one: _if(re.fullmatch("[0-9]{1,2}%", one.text), f"百分之{hanzi(one.count)}"),
}
#: Figures that no fact has, with a noun that one believes.
INVENTED = (
    "组织应急演练{}次",
    "出动车辆{}辆",
    "培训骨干{}人",
    "化解矛盾纠纷{}起",
    "新建训练场地{}处",
    "群众满意度达{}%",
    "节约经费{}万元",
    "覆盖群众{}人次",
)


def _other_measure(one: Printed) -> str:
    measure = one.numeral.unit
    choices = {
        "人": ["人次", "户"],
        "名": ["人次", "户"],
        "次": ["人", "天"],
        "天": ["人次", "次"],
        "人次": ["人", "户"],
    }
    return one.chance.choice(choices.get(measure, ["人", "次"]))


def invented(chance: random.Random, sheet: FactSheet) -> str:
    """A clause with a figure that is no value of the sheet."""
    taken = {Decimal(str(fact.value)) for fact in sheet.facts.values() if isinstance(fact.value, int | Decimal)}
    while True:
        clause = chance.choice(INVENTED)
        value = chance.randint(11, 99)
        if Decimal(value) not in taken and Decimal(value * 10_000) not in taken:
            return clause.format(value)
