"""The forms behind the bar of a slot: ``{{入伍人数|名}}``, ``{{入伍人数|同比}}``."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assistant.facts import formatting
from assistant.facts.fields import DerivedFact, FactField, FieldType
from assistant.facts.sheet import Fact
from assistant.facts.values import measures_of

#: Form → what it prints. The single list for the prompt, the check and the page.
FORMS: dict[str, str] = {
    "同比": "与去年比的一句话，如“同比增长20%”“与上年持平”",
    "增幅": "与去年比的百分比，不带方向，如“20%”",
    "增减": "与去年比的差数，不带方向，如“2人”",
    "方向": "“增长”“下降”或“持平”",
    "去年": "去年的数，如“10人”",
    "汉字": "用汉字写的数，如“十二人”",
    "数": "不带量词的数，如“12”",
}
MONEY_FORMS = ("元", "万元", "亿元")
#: Measure words that say the same of the same thing, for the cells of tables.
SAME_MEASURES: dict[str, tuple[str, ...]] = {"人": ("名", "位"), "名": ("人", "位"), "个": ("支",)}
_BEFORE = tuple(f"{year}{part}" for year in ("去年", "上年", "上年度", "上一年", "上一年度") for part in ("", "同期"))
#: Words after which 同比 is not said again.
COMPARED = (
    "同比",
    *(f"{word}{before}" for word in ("较", "比", "较之") for before in _BEFORE),
    *(f"{word}{before}{end}" for word in "与同和" for before in _BEFORE for end in ("相比", "相比，", "比", "相比较")),
)


class Unknown(ValueError):
    """A form that this fact does not have. The text says which it has."""


class Missing(ValueError):
    """The form needs a value that is not filled in. The text names it."""


@dataclass(frozen=True)
class Change:
    """This year against last year."""

    difference: Decimal
    ratio: Decimal | None

    @property
    def direction(self) -> str:
        if not self.difference:
            return "持平"
        return "增长" if self.difference > 0 else "下降"


def change(fact: Fact) -> Change | None:
    """The change against last year, None while either figure is empty or last year's is a 概数.

    ``ratio`` is None when last year was zero.
    """
    now, before = fact.value, fact.last_year
    if fact.last_approximate:
        return None
    if isinstance(now, str | tuple) or isinstance(before, str | tuple):
        return None
    if not isinstance(now, int | Decimal) or not isinstance(before, int | Decimal):
        return None
    difference = Decimal(now) - Decimal(before)
    ratio = abs(difference) / Decimal(before) * 100 if before else None
    return Change(difference, ratio)


def comparable(fact: Fact) -> bool:
    """Whether a difference to last year can be printed: both figures are there, and neither is a 概数."""
    return change(fact) is not None and not fact.approximate


def allowed_forms(item: FactField | DerivedFact) -> tuple[str, ...]:
    """Every form that a slot of this fact may ask for."""
    if not item.type.numeric:
        return ("数",) if item.type is FieldType.YEAR else ()
    general = tuple(FORMS)
    if item.type is FieldType.MONEY:
        return (*MONEY_FORMS, *(form for form in general if form not in ("汉字", "数")))
    if item.type is FieldType.PERCENT:
        return tuple(form for form in general if form != "汉字")
    measures = measures_of(item) if isinstance(item, FactField) else (item.measure, *item.measures)
    return (*(measure for measure in measures if measure), *general)


def print_fact(fact: Fact, item: FactField | DerivedFact, form: str = "", before: str = "") -> str:
    """A fact in a form.

    Args:
        before: the prose in front of the slot; a comparison word there is not said twice.

    Raises:
        Missing: the value, or last year's where the form needs it, is empty.
        Unknown: this fact has no such form.
    """
    if form and form not in allowed_forms(item):
        choices = "、".join(allowed_forms(item)) or "没有别的形式"
        raise Unknown(f"“{item.label}”不能写成“{form}”（可用：{choices}）")
    if form in ("同比", "增幅", "增减", "方向"):
        return _compared(fact, item, form, before)
    if form == "去年":
        if fact.last_year is None:
            raise Missing(f"{item.label}的去年数")
        fact, form = Fact(value=fact.last_year, approximate=fact.last_approximate), ""
    if not fact.told:
        raise Missing(item.label)
    return _value(fact, item, form)


def _value(fact: Fact, item: FactField | DerivedFact, form: str) -> str:
    value = fact.value
    if form == "数" and isinstance(value, int | Decimal):
        return formatting.digits(value)
    if item.type is FieldType.MONEY and isinstance(value, int | Decimal):
        return formatting.money(Decimal(value), form, fact.approximate)
    if item.type is FieldType.PERCENT and isinstance(value, int | Decimal):
        return formatting.percent(value, fact.approximate)
    if item.type is FieldType.COUNT and isinstance(value, int):
        measure = item.measure if form in ("", "汉字") else form
        return formatting.counted(value, measure, fact.approximate, in_hanzi=form == "汉字")
    assert isinstance(item, FactField)
    return formatting.plain_text(value, item, fact.approximate)


def _compared(fact: Fact, item: FactField | DerivedFact, form: str, before: str) -> str:
    if fact.empty:
        raise Missing(item.label)
    changed = change(fact)
    if changed is None:
        raise Missing(f"{item.label}{'去年的准数' if fact.last_approximate else '的去年数'}")
    if fact.approximate:
        # 10余名 against nine is no 11.1 %, and 近20人 against 20 is not 持平.
        raise Missing(f"{item.label}的准数")
    if form == "方向":
        return changed.direction
    gap = _gap(changed, item)
    if form == "增减":
        return gap
    if item.type is FieldType.PERCENT:
        amount = gap
    else:
        ratio = _share(changed)
        # From nothing there is no percentage, and no change is 0 %: say the difference.
        amount = gap if ratio is None else formatting.percent(ratio)
    if form == "增幅":
        return amount
    said = before.rstrip().endswith(COMPARED)
    if changed.direction == "持平":
        return "持平" if said else "与上年持平"
    word = {"增长": "提高", "下降": "下降"}[changed.direction] if item.type is FieldType.PERCENT else changed.direction
    if item.type is not FieldType.PERCENT and amount == gap:
        word = {"增长": "增加", "下降": "减少"}[changed.direction]
    return f"{'' if said else '同比'}{word}{amount}"


def _share(changed: Change) -> Decimal | None:
    """The change in per cent as it is printed; None where there is none to print."""
    ratio = changed.ratio.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP) if changed.ratio is not None else None
    return ratio if ratio or not changed.difference else None


def _gap(changed: Change, item: FactField | DerivedFact) -> str:
    size = abs(changed.difference)
    if item.type is FieldType.MONEY:
        return formatting.money(size)
    if item.type is FieldType.PERCENT:
        return f"{formatting.digits(size)}个百分点"
    return formatting.counted(int(size), item.measure)
