"""Words around the slots of a slot text: measure words, 概数 and digits glued to them, and words that compare."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from assistant.checks.bare_numbers import without_slots
from assistant.checks.binding import Binder
from assistant.checks.denials import denial_findings
from assistant.checks.directions import COMPARING, Mention, direction_findings
from assistant.checks.finding import Finding, Fix, Part
from assistant.facts.fields import DerivedFact, FactField, FieldType, Severity
from assistant.facts.sheet import FactSheet
from assistant.slots.forms import MONEY_FORMS, SAME_MEASURES, allowed_forms
from assistant.slots.grammar import Placed, Slot, parse_placed, print_slot, slots_in
from assistant.slots.vocabulary import HANZI_DIGITS, alternatives, vocabulary

_SENTENCE_FORMS = ("同比", "方向")
#: A measure word's character that begins another word: 个人, 名列, 起到.
_NO_MEASURE = re.compile(
    "个人|个别|个体|人[均民武选员才力物心群事大家防]|名[列为单称誉义次录]|位[于列居置次]|次[日年月要序]|条[件例线]|份[额内]|起[到来草步点因]"
    "|处[于理置所]|场[地所面]|面[向对临貌]|块状|户[均外籍口]|天然|所[需有属在以]|家[属庭中里人]|队[伍员列]|组[织建成]|站[位点在]|连[续接队同]|班[子次长]"
    "|排[查长除涝]|营[造区]|门[类槛]|村|镇|节[约日点]|期[间内末]|间[接隔]|项目|分[别为布工队]|本[着级地次年]|年[度内底]|座谈|支[持援部]|对[象口于全未]|双[拥方]"
    "|场次|道路|头[脑雁]|笔试|类[型别]|种[类植]|把[握关]|车辆|届[时满]|批[次准]|则|顶[住]|张贴|步|字|屏|方面|台账|周[边密]|级|片区|段"
)
_ROUGH_BEFORE = re.compile(r"(?:大约|约|将近|接近|不足|不到|(?<![最附邻靠就临])近|超过|突破|逾|不少于|至少)[ ]?$")
_ROUGH_AFTER = re.compile(r"[ ]?(?:余|多(?=[名人个份条块户次场件元万，。、；]|$)|左右|上下|以上|以下|以内)")
_NUMERAL_BEFORE = re.compile(rf"[0-9０-９.．{HANZI_DIGITS}]$")
_NUMERAL_AFTER = re.compile(r"[0-9０-９十百千万亿半]")


def wording_findings(
    text: str, binder: Binder, section_key: str = "", part: Part = "text", numbers: Sequence[Finding] = ()
) -> list[Finding]:
    """What a slot text says around its slots that the facts do not bear out.

    ``wording.measure`` a second or wrong measure word; ``wording.glued`` digits that make another number of a slot;
    ``wording.rough`` a 概数 word at an exact fact; ``wording.contradiction`` and ``wording.unsupported`` of words
    that compare.

    Args:
        numbers: what ``bare_number_findings`` says of the text: a word may speak of a figure that is not yet linked.
    """
    prose = without_slots(text)
    found: list[Finding] = []
    mentions: list[Mention] = []
    for placed in parse_placed(text):
        if not isinstance(placed.node, Slot):
            continue
        item = binder.sheet.schema.find(placed.node.label)
        if item is None:
            continue
        dated = item.type in (FieldType.YEAR, FieldType.DATE)
        numeric = item.type.numeric or (len(placed.node.path) == 3 and isinstance(item, FactField))
        if (dated or numeric) and not _is_text_cell(placed.node, item):
            glued = _glued(placed, item.label, prose, section_key, part)
            found += glued
            if glued or dated:
                continue
            mentions.append(Mention(placed.start, placed.end, item.label, placed.node.form in COMPARING))
            if placed.node.form not in _SENTENCE_FORMS:
                found += _around(placed, placed.node, item, binder.sheet, text, prose, section_key, part)
    mentions = sorted([*mentions, *_typed(numbers, binder.sheet)], key=lambda mention: mention.start)
    found += direction_findings(prose, mentions, binder.sheet, section_key, part)
    found += denial_findings(binder.denials.find(prose), section_key, part)
    return sorted(found, key=lambda finding: finding.start)


def _typed(numbers: Sequence[Finding], sheet: FactSheet) -> Iterator[Mention]:
    """Typed figures that say a fact, rightly or not."""
    for one in numbers:
        item = sheet.schema.find(one.facts[0]) if len(one.facts) == 1 else None
        if item is not None and item.type.numeric:
            form = next((slot.form for slot in slots_in(one.fix.after)), "") if one.fix else ""
            yield Mention(one.start, one.end, item.label, form in COMPARING)


def _is_text_cell(slot: Slot, item: FactField | DerivedFact) -> bool:
    column = item.column(slot.path[2]) if isinstance(item, FactField) and len(slot.path) == 3 else None
    return len(slot.path) == 3 and (column is None or column.type is FieldType.TEXT)


def _around(
    placed: Placed,
    slot: Slot,
    item: FactField | DerivedFact,
    sheet: FactSheet,
    text: str,
    prose: str,
    key: str,
    part: Part,
) -> list[Finding]:
    found = []

    def tell(rule: str, severity: Severity, message: str, start: int, end: int, fix: Fix | None = None) -> None:
        fixed = fix if part == "text" else None
        found.append(
            Finding(f"wording.{rule}", severity, message, key, start, end, text[start:end], fixed, (item.label,), part)
        )

    if measure := _measure_behind(prose, placed.end):
        start, end = placed.end, placed.end + len(measure)
        known = _measures(slot, item)
        if slot.form == "数":
            if known and measure not in known:
                message = f"“{slot.name}”的量词是“{'、'.join(sorted(known))}”，正文写的是“{measure}”。"
                tell("measure", "error", message, start, end)
        else:
            same = measure in known
            message = (
                f"“{slot.name}”自带量词，后面又写了“{measure}”，请{'删去' if same else '核对引用的是不是这项事实'}。"
            )
            tell(
                "measure", "warning" if same else "error", message, start, end, _fix(placed, slot, item, measure, text)
            )
    rough = _ROUGH_BEFORE.search(prose, max(0, placed.start - 4), placed.start)
    rough = rough or _ROUGH_AFTER.match(prose, placed.end)
    if rough and slot.form not in COMPARING:
        word = rough.group().strip()
        if sheet.fact(item.label).approximate:
            tell("rough", "error", f"“{slot.name}”自带概数，“{word}”重复了，请删去。", *rough.span())
        else:
            tell("rough", "warning", f"“{slot.name}”填的是准数，正文说成“{word}”，请核对。", *rough.span())
    return found


def _glued(placed: Placed, label: str, prose: str, key: str, part: Part) -> list[Finding]:
    """1{{入伍人数}} prints another number than the fact's."""
    before, after = _numeral_before(prose, placed.start), _numeral_after(prose, placed.end)
    if before is None and after is None:
        return []
    start, end = (placed.end, after or 0) if before is None else (before, placed.start)
    message = f"“{prose[start:end]}”紧贴着事实“{label}”，印出来会变成另一个数。"
    return [Finding("wording.glued", "error", message, key, start, end, prose[start:end], None, (label,), part)]


def _numeral_before(prose: str, start: int) -> int | None:
    """Where a numeral begins that runs into a slot."""
    if not _NUMERAL_BEFORE.search(prose, max(0, start - 1), start):
        return None
    begin = max(0, start - 12)
    for known in vocabulary().ignored_pattern.finditer(prose, begin, start):
        if known.end() == start:
            return None
    while start > begin and _NUMERAL_BEFORE.search(prose, start - 1, start):
        start -= 1
    return start


def _numeral_after(prose: str, end: int) -> int | None:
    if not _NUMERAL_AFTER.match(prose, end) or vocabulary().ignored_pattern.match(prose, end):
        return None
    return end + 1


@cache
def _measure_pattern() -> re.Pattern[str]:
    return re.compile(f"[%％‰]|元|万元|亿元|个?百分点|{alternatives(vocabulary().measures)}")


def _measure_behind(prose: str, end: int) -> str:
    if _NO_MEASURE.match(prose, end):
        return ""
    found = _measure_pattern().match(prose, end)
    return found.group() if found else ""


def _measures(slot: Slot, item: FactField | DerivedFact) -> frozenset[str]:
    """Every measure word that this figure may have."""
    if len(slot.path) == 3 and isinstance(item, FactField):
        column = item.column(slot.path[2])
        if column is None or column.measure_from:
            return frozenset()
        money = MONEY_FORMS if column.type is FieldType.MONEY else ()
        return frozenset({column.measure, *SAME_MEASURES.get(column.measure, ()), *money} - {""})
    forms = {form for form in allowed_forms(item) if form not in ("同比", "增幅", "增减", "方向", "去年", "汉字", "数")}
    percent = {"%", "％"} if item.type is FieldType.PERCENT else set()
    return frozenset(forms | percent | {other for form in forms for other in SAME_MEASURES.get(form, ())})


def _fix(placed: Placed, slot: Slot, item: FactField | DerivedFact, measure: str, text: str) -> Fix | None:
    """入伍{{入伍人数}}名 → 入伍{{入伍人数|名}}, where the fact has that measure word."""
    if measure not in _measures(slot, item):
        return None
    end = placed.end + len(measure)
    form = measure if measure in allowed_forms(item) and slot.form in ("", *allowed_forms(item)) else slot.form
    form = "" if len(slot.path) == 1 and form == item.measure else form
    after = print_slot(Slot(slot.path, form if slot.form not in COMPARING else slot.form))
    return Fix(placed.start, end, text[placed.start : end], after, "去掉多余的量词")
