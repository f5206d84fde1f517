"""Figures as the rules need them: our numerals, and a few ways to write one that only context makes sure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from assistant.facts.fields import DerivedFact, FactField, FieldType, TableColumn
from assistant.facts.numeral_values import value_of
from assistant.facts.values import MAX_COUNT, MAX_YUAN, Approximation, measures_of
from assistant.intake.extract_figures_money import with_money
from assistant.slots.numeral import Numeral
from assistant.slots.numerals import scan

#: Measure words that stand for one another in careless writing.
_ALIKE = (
    frozenset({"人", "名", "位", "个人"}),
    frozenset({"次", "场", "期", "轮", "回", "场次", "趟"}),
    frozenset({"个", "处", "座", "所", "支", "家", "间"}),
    frozenset({"份", "张", "册", "本", "页", "封"}),
    frozenset({"块", "面", "个"}),
    frozenset({"起", "件", "例", "次"}),
    frozenset({"条", "幅", "道"}),
    frozenset({"户", "家", "户次"}),
    frozenset({"课时", "学时", "个课时"}),
    frozenset({"人次", "人次数", "名次"}),
)
_SINGLE = re.compile(
    r"(?<![第每同另某这那统唯再后一二三四五六七八九十之])一(个|处|座|间|次|场|名|位|块|户|支|期)(?!个|次|处|名|户|月|年|级|批|性|是|不[漏落少差缺留])"
)
#: 去年全年一次没开: none at all; 一户没漏 leaves none out.
_NOT_ONE = re.compile("(?:也|都)?(?:没|未)(?:开|搞|办|有|发生|召开|组织|举行)")
_TENTHS = re.compile(r"([一二三四五六七八九])成([一二三四五六七八九半])?(?![一-龥]?[立为员果功长效绩就])")
#: 党员过三成，比例为33.8%: the exact share follows.
_EXACTLY = re.compile(r"[，（](?:实际|比例|占比|具体|准?确切?|也就|[地说讲占达到为是约即在有算])*(?:百分之|[0-9.]+%)")
_COINS = re.compile(r"(?:[每一][家户人]|花了?|总共|一共|合计|慰问金|钱)[^，。；\n]{0,2}$")
_AMOUNT = re.compile(
    r"(?:经费|资金|投入|花|钱|预算|金|补助|抚恤|器材|装备|库室?|训练|宣传|保障|费|拨|安排)[^，。；、\n]{0,6}$"
)
_ENDS = re.compile(r"\s*(?:[，。；、（）\n]|$)")
_BEFORE = re.compile(r"(?:大概|差不多|将近|大致|小|约(?P<verb>[占为有]))[ ]?$")
#: 三度议军, 六赴武装部, 两上大堤: times, told by the verb.
_TIMES = re.compile(
    r"(?<![0-9第一二三四五六七八九十百])(?P<n>[两二三四五六七八九十]{1,2})(?P<u>度|赴|临|"
    r"进)(?=[一-龥]{2})"
)
_ROUNDS = re.compile(r"(?P<n>[一两二三四五六七八九十]{1,3}|[0-9]{1,3})(?P<u>趟|回)")
_PAIR = re.compile(r"(?<=[一-龥])(?P<n>俩|仨)(?![一-龥]{0,1}人?口子)")
_PAIRS = {"俩": 2, "仨": 3}
#: 扑克300副, 教材200套: measure words of goods that the reader of numerals leaves out.
_GOODS = re.compile(r"(?<![0-9])(?P<n>[0-9]+)(?P<u>副|串|提|瓶|贴|包|袋|罐|卷|筒)(?=[，。；、）\n]|$|和|及)")
#: 议军会3月、7月、11月各一次; 点验春秋各一次: as many as were named.
_EACH_TIME = re.compile(
    r"(?P<list>(?:[0-9一二三四五六七八九十]{1,2}月(?:[0-9]{1,2}日|份)?[、和及]){1,5}[0-9一二三四五六七八九十]{1,2}月(?:[0-9]{1,2}日|份)?"
    r"|春[、和]?秋(?:两?季)?|上[、和]下半年)(?:分别|各)(?P<verb>[一-龥]{0,5}?)了?(?P<one>[一1](?P<u>次|场|期|回))"
)
_MONTHS_SUMMED = re.compile(
    r"(?:[0-9一二三四五六七八九十]{1,2}月(?:[0-9]{1,2}[日号]|份)?[、，和及]){1,6}[0-9一二三四五六七八九十]{1,2}月(?:[0-9]{1,2}[日号]|份)?"
    r"[，、]?(?:一共|总共|合计|共计|共)?[ ]?[0-9一两二三四五六七八九十]{1,2}[ ]?(?:次|场|期|回)"
)
#: 退伍兵正好占一半.
_HALF = re.compile(r"(?<=占)[了到]?(?:正好|刚好|整整)?一半(?!以上|[，（][^，。；\n]{0,6}(?:百分之|[0-9.]+%))")
_WAN = re.compile(r"(?<![0-9])(?P<n>[0-9]+(?:\.[0-9]+)?)[wW](?![A-Za-z])")
#: 每户四百, 一家300: what one household is given.
_ONE_OF_EACH = ("一户", "一家", "一人", "1户")
_COIN_NEXT = re.compile(
    r"[0-9一二三四五六七八九十百千万两零.]+(?:元|块)|(?:[0-9]{2,6}|[一二三四五六七八九十百千两]{2,5})(?=[，。；、\n]|$)"
)
#: 这两个数, 上述三项: they point at what was said and count nothing.
_SHORT_YEAR, _OPENS = re.compile("2[0-9]年?$"), re.compile("[（，；]$")
_GOES_ON = re.compile("[0-9]|(?:度|同期)?[是为有][0-9]")
_POINTING = frozenset("这那述")


#: What a numeral's kind can be a fact of.
KINDS = {"count": FieldType.COUNT, "number": FieldType.COUNT, "money": FieldType.MONEY, "percent": FieldType.PERCENT}


def figures(text: str) -> list[Numeral]:
    """The figures of a cleaned text in order, none overlapping."""
    found = list(scan(text).numerals)
    taken = [(one.start, one.end) for one in found]
    more: list[Numeral] = []
    for match in _TENTHS.finditer(text):
        if _EXACTLY.match(text, match.end()):
            continue
        points = Decimal(value_of(match.group(1)) or 0) * 10
        points += 5 if match.group(2) == "半" else Decimal(value_of(match.group(2) or "") or 0)
        more.append(Numeral(match.group(), *match.span(), points, "%", "percent", low=points, high=points))
    found = _without(found, more, text)
    one_ = Decimal(1)
    told = _covered(taken, text)
    for match in _SINGLE.finditer(text):
        if not any(told[match.start() : match.end()]):
            count = Decimal(0) if _NOT_ONE.match(text, match.end()) else one_
            more.append(Numeral(match.group(), *match.span(), count, match.group(1), "count", low=count, high=count))
    for match in _HALF.finditer(text):
        half = Decimal(50)
        more.append(Numeral(match.group(), *match.span(), half, "%", "percent", low=half, high=half))
    for match in _EACH_TIME.finditer(text):
        count = Decimal(len(re.findall("月|春|秋|上|下", match["list"])))
        # 五月、十一月各点验了一次: the words in between say of what.
        start = match.start("one") if match["verb"] else match.start()
        said = text[start : match.end()]
        more = [one for one in more if one.end <= match.start() or one.start >= match.end()]
        more.append(Numeral(said, start, match.end(), count, match["u"], "count", low=count, high=count))
        found = [one for one in found if not match.start() <= one.start < match.end()]
    for match in _MONTHS_SUMMED.finditer(text):
        # 点验：5月、10月，共2次: the months are told, and how many they are.
        total = next((one for one in found if one.end == match.end()), None)
        if total is not None and total.value == len(re.findall("月", match.group())):
            found = [one for one in found if not match.start() <= one.start < match.end()]
            found.append(replace(total, start=match.start(), text=match.group()))
    taken = [(one.start, one.end) for one in [*found, *more]]
    found = [one for one in found if not (one.text.endswith("成") and _EXACTLY.match(text, one.end))]
    found = [one for one in found if not (one.unit in ("个", "项") and text[one.start - 1 : one.start] in _POINTING)]
    more += _told_times(text, [(one.start, one.end) for one in [*found, *more] if one.kind != "number"])
    found = _without(found, more, text)
    found, more = (
        [one for one in group if not (one.text in _ONE_OF_EACH and _of_each(one, text))] for group in (found, more)
    )
    found = [_spoken(_roughly(_short_year(one, text), text), text) for one in found]
    return with_money(sorted([*found, *more], key=lambda one: one.start), text)


def _covered(spans: Iterable[tuple[int, int]], text: str) -> bytearray:
    """1 for each sign of a text that stands in one of these stretches."""
    covered = bytearray(len(text))
    for start, end in spans:
        covered[start:end] = b"\1" * (end - start)
    return covered


def _without(found: list[Numeral], others: list[Numeral], text: str) -> list[Numeral]:
    """The figures that share no sign with the others."""
    covered = _covered(((one.start, one.end) for one in others), text)
    return [one for one in found if not any(covered[one.start : one.end])]


def _of_each(one: Numeral, text: str) -> bool:
    """一户600元, 600元一户: what one of them gets."""
    return _COIN_NEXT.match(text, one.end) is not None or text[one.start - 1 : one.start] in ("元", "块", "/")


def _told_times(text: str, taken: list[tuple[int, int]]) -> list[Numeral]:
    """三度, 六赴, 五回, 走了俩, 7.2w: figures that a careful text does not have."""
    found = []
    covered = _covered(taken, text)
    for pattern in (_TIMES, _ROUNDS, _PAIR, _WAN, _GOODS):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(covered[start:end]):
                continue
            if pattern is _WAN:
                value, unit = Decimal(match["n"]) * 10000, ""
            elif pattern is _GOODS:
                value, unit = Decimal(match["n"]), match["u"]
            elif pattern is _PAIR:
                value, unit = Decimal(_PAIRS[match["n"]]), "个"
            else:
                value, unit = Decimal(value_of(match["n"]) or 0), "次"
                end = match.end("u") if pattern is _ROUNDS else match.end("n")
            kind: Literal["count", "number"] = "count" if unit else "number"
            found.append(Numeral(text[start:end], start, end, value, unit, kind, low=value, high=value))
            covered[start:end] = b"\1" * (end - start)
    return found


def _roughly(one: Numeral, text: str) -> Numeral:
    if one.rough or (before := _BEFORE.search(text, max(0, one.start - 4), one.start)) is None:
        return one
    start = one.start if before["verb"] else before.start()
    return replace(one, start=start, text=text[start : one.end], rough="around")


def _spoken(one: Numeral, text: str) -> Numeral:
    """32个人 counts people; 每家500块 and 训练花了5万 are money."""
    if one.unit == "个" and re.match("人(?![员才均大民])", text[one.end : one.end + 2]):
        return replace(one, unit="个人", end=one.end + 1, text=one.text + "人")
    before = text[max(0, one.start - 18) : one.start]
    if one.kind == "number" and text[one.end : one.end + 1] == "日" and re.search("训|练", before[-6:]):
        return replace(one, unit="天", kind="count", end=one.end + 1, text=one.text + "日")
    named = re.search("[屏牌匾板][^。；\n]{0,16}$", before) or re.match("[一-龥]{0,3}[屏牌板田地]", text[one.end :][:4])
    if one.unit == "块" and _COINS.search(before) and not named:
        return replace(one, unit="元", kind="money")
    if one.kind == "number" and one.text.endswith("万") and _AMOUNT.search(before) and _ENDS.match(text, one.end):
        return replace(one, unit="元", kind="money")
    return one


def _short_year(one: Numeral, text: str) -> Numeral:
    """20万（24年17万）: a year by its last two figures, in a bracket or behind a mark."""
    if _SHORT_YEAR.match(one.text) and _OPENS.search(text, 0, one.start) and _GOES_ON.match(text, one.end):
        value = Decimal(2000) + Decimal(one.text[:2])
        return replace(one, value=value, unit="年", kind="year", low=value, high=value)
    return one


def approximation(one: Numeral) -> Approximation:
    """The word of a 概数 as a sheet keeps it."""
    if not one.rough:
        return ""
    if one.rough == "below":
        return "近"
    if one.rough == "around" or "来" in one.text:
        return "约"
    return "多" if "多" in one.text else "余"


def measures(item: FactField | DerivedFact) -> frozenset[str]:
    """All measure words in which a fact may be written."""
    words = measures_of(item) if isinstance(item, FactField) else (item.measure, *item.measures)
    return alike(words)


def alike(words: tuple[str, ...]) -> frozenset[str]:
    """The words and those that stand for them."""
    return frozenset({*words, *(other for group in _ALIKE if group & set(words) for other in group)} - {""})


def fits(one: Numeral, kind: FieldType, units: frozenset[str], *, bare: bool = False) -> bool:
    """Whether a figure can be of a fact of this type and these measure words.

    Args:
        bare: a figure without any unit will do.
    """
    if one.value is None:
        return False
    if kind is FieldType.COUNT:
        if one.kind == "number":
            return bare and one.value == one.value.to_integral_value()
        return one.kind == "count" and one.unit in units and one.value == one.value.to_integral_value()
    if kind is FieldType.MONEY:
        return one.kind == "money"
    return kind is FieldType.PERCENT and one.kind == "percent" and one.value <= 100


def value_of_figure(one: Numeral, kind: FieldType) -> int | Decimal | None:
    """The typed value; None where no sheet would take it."""
    if one.value is None:
        return None
    if kind is FieldType.COUNT:
        return int(one.value) if one.value <= MAX_COUNT else None
    if kind is FieldType.MONEY:
        yuan = one.value.quantize(Decimal("0.01"))
        if one.value != yuan or yuan > MAX_YUAN:
            return None
        return yuan.quantize(Decimal(1)) if yuan == yuan.to_integral_value() else yuan
    return one.value


def unit_of(one: Numeral) -> str:
    """The unit as written: 万元 where the source counts in 万元."""
    if one.kind == "money":
        scale = re.search(r"[千百]?[万亿](?=[余多]?元|元)", one.text)
        if scale is None and one.text.endswith("万"):
            return "万"
        return f"{scale.group()[-1]}元" if scale else "元"
    return one.unit


def column_units(column: TableColumn, hinted: tuple[str, ...]) -> frozenset[str]:
    """Measure words of a column; ``*`` is any."""
    return alike(hinted or (column.measure,))
