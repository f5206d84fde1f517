"""Years that are not this report's, and anniversaries of another year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.checks.anniversaries import anniversaries
from assistant.checks.finding import Finding
from assistant.checks.leftovers_ground import Ground, Prose
from assistant.facts.formatting import hanzi
from assistant.facts.numeral_values import DIGITS
from assistant.slots.grammar import Slot, print_slot

_YEAR = re.compile(
    r"(?<![0-9０-９〇○零一二三四五六七八九十])"
    r"((?:19|20)[0-9]{2}|(?:１９|２０)[０-９]{2}|[一二][九〇○零][〇○零一二三四五六七八九]{2})[ \u3000]?年"
)
#: 24年度, 24年征兵: the short form of a year, where nothing can last so long.
_SHORT = re.compile(r"(?<![0-9０-９年月])([0-9]{2})年(?=度|全年|上半年|下半年|春季|秋季|征兵|整组|民兵整组)")
_COMPARED = re.compile(r"(?:较|比|同比|对比|相对于|自|从|继|对照)[^，。；0-9]{0,4}$")
_COMPARES = re.compile(
    r"(?:底|末|度|全年|同期|年底|[0-9]{1,2}月)?(?:以来|起|开始|至今|同期|相比|的?基础上|持平|年底相比)"
)
_HISTORY = re.compile(
    r"[^，。；]{0,8}(?:入伍|参军|退役|退伍|出生|入党|毕业|服役|成立|建成|组建|设立|修订|修正|颁布|施行|实施|印发|公布|发布|启用|命名)"
)
_RANGE = re.compile(r"度?[ \u3000]{0,2}(?:[—–－~～\-]{1,2}|至|到)[ \u3000]{0,2}([0-9]{4})")
_BRACKETED = re.compile(r"[（(][^（）()]{0,10}$")
_OPENING = re.compile(r"度?以来|度|[，,]|全年")
_STEMS, _BRANCHES, _ANIMALS = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥", "鼠牛虎兔龙蛇马羊猴鸡狗猪"
#: 甲辰年, 甲辰龙年, 今年是龙年; 养猪年产值 is no year of an animal.
_TRADITIONAL = re.compile(
    rf"(?:[{_STEMS}][{_BRANCHES}][{_ANIMALS}]?|(?:(?<![一-龥])|(?<=[是逢迎的在即]))[{_ANIMALS}])年(?![产均出末龄轻收度底内猪马])"
)
#: Years before this many are told of as history; those nearer are what a copied report leaves.
_NEAR = 5


def year_findings(prose: Prose, ground: Ground) -> Iterator[Finding]:
    """Years that are neither this report's nor said as a comparison, as history or in a plan."""
    if ground.year is None:
        return
    text = prose.untitled
    for match in _YEAR.finditer(text):
        year = int(_digits(match.group(1)))
        yield from _judged(prose, ground, ground.year, year, match)
    for match in _SHORT.finditer(text):
        year = ground.year // 100 * 100 + int(match.group(1))
        if ground.year - _NEAR <= year < ground.year:
            yield from _judged(prose, ground, ground.year, year, match)
    yield from _anniversaries(prose, ground, ground.year)
    yield from _traditional(prose, ground, ground.year)


def _digits(text: str) -> str:
    return "".join(str(DIGITS.get(character, character)) for character in text)


def _judged(prose: Prose, ground: Ground, now: int, year: int, match: re.Match[str]) -> Iterator[Finding]:
    start, end, text = match.start(), match.end(), prose.untitled
    if year == now:
        return
    said = prose.text[start:end]
    sentence = prose.around(start, end)
    if year > now:
        if not prose.is_plan(start) and not ground.words.plan_pattern.search(sentence) and "将" not in sentence:
            message = f"“{said}”在本报告年度（{now}年）之后，又不是在说打算，请核对。"
            yield prose.finding("year", "warning", message, start, end, facts=(ground.year_label,))
        return
    before = text[max(0, start - 10) : start]
    spanned = _RANGE.match(text, end)
    if (spanned and int(spanned.group(1)) >= now) or _in_force(text, start, end):
        return
    if _COMPARED.search(before) or _COMPARES.match(text, end):
        message = f"“{said}”不是本报告的年度（{now}年），这里像是用来比较或说起点，请核对。"
        yield prose.finding("year", "hint", message, start, end, facts=(ground.year_label,))
        return
    if year < now - _NEAR or (year < now - 1 and _HISTORY.match(text, end)):
        message = f"“{said}”不是本报告的年度（{now}年），像是在说往事，请核对。"
        yield prose.finding("year", "hint", message, start, end, facts=(ground.year_label,))
        return
    certain = year == now - 1 and prose.opens_sentence(start) and _OPENING.match(text, end) is not None
    fix = (print_slot(Slot((ground.year_label,))), "改为本年度") if certain else None
    message = f"“{said}”不是本报告的年度，本报告是{now}年，可能是旧稿里留下的。"
    yield prose.finding("year", "warning", message, start, end, facts=(ground.year_label,), fix=fix)


def _in_force(text: str, start: int, end: int) -> bool:
    """（2020年修订）: the year of a law behind its title."""
    return bool(_BRACKETED.search(text, max(0, start - 11), start)) and bool(
        re.match(r"[^（）()。]{0,8}(?:修订|修正|施行|印发|发布|公布|通过|版)[）)]", text[end : end + 14])
    )


def _anniversaries(prose: Prose, ground: Ground, now: int) -> Iterator[Finding]:
    for one in anniversaries(prose.untitled, now, ground.words, prose.plans):
        if one.true:
            continue
        said, right = prose.text[one.start : one.end], str(one.right)
        message = f"“{said}”：{now}年是{right}周年，可能是旧稿里留下的。"
        if not prose.text[one.at].isascii():
            right = hanzi(one.right, before_measure=False)
        yield prose.finding("year", "warning", message, one.at, one.to, fix=(right, f"改为{right}"))


def _traditional(prose: Prose, ground: Ground, now: int) -> Iterator[Finding]:
    """龙年, 甲辰年: the report's own, or the next at the year's end, is right."""
    right = tuple((_STEMS[year % 10 - 4], _BRANCHES[year % 12 - 4], _ANIMALS[year % 12 - 4]) for year in (now, now + 1))
    for match in _TRADITIONAL.finditer(prose.untitled):
        said = match.group().removesuffix("年")
        if not any(said in (animal, stem + branch, stem + branch + animal) for stem, branch, animal in right):
            own = "".join(right[0])
            message = f"“{match.group()}”不是本报告的年度，{now}年是{own}年，可能是旧稿里留下的。"
            yield prose.finding("year", "hint", message, *match.span(), facts=(ground.year_label,))
