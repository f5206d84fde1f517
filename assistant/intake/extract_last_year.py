"""Last year's figures beside this year's: 12人（去年10人）, 由10人增至12人, 去年这个数是10人."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.facts.numeral_values import value_of
from assistant.intake.extract_cells import OF_THIS_YEAR
from assistant.intake.extract_change import changed
from assistant.intake.extract_context import Reader
from assistant.intake.extract_last_told import told_apart
from assistant.intake.extract_series import Series
from assistant.slots.numeral import Numeral

_SAME = re.compile(r"(?:去年|上年)(?:同期)?这(?:个数|项|一数)(?:字|据)?(?:是|为)?$")
#: 超额完成任务2人: no figure that last year's is told of.
_OVER = re.compile(r"(?:超额|超出|任务|指标|净增)[^，。；]{0,4}$")
_BRACKET = re.compile(r"（(?:去年|上年|上一年)(?:同期)?(?:是|为|：|的)?")
_BRACKETED, _MANY = 60, 6
_NOUN = re.compile("(?!其中)[一-龥]{2,8}$")
#: 已列入预算30万元。去年是27万元。: a sentence that says nothing else.
_ALONE = re.compile("[。；](?:而)?(?:去年|上年|上一年)(?:同期)?(?:是|为|有|则[是为])?")
_BOUNDARY = re.compile(r"[。！？\n；|｜]")
_CLOSED = re.compile(r"[^（）]*）")
#: 去年送走新兵八人: what is said of last year by itself, and the words in front of a figure; how long they may be.
_OWN_NOUN = re.compile(
    r"(?:(?:去年|上年|上一年)(?:同期)?|[、，])(?P<noun>(?!去年|上年|其中)[一-龥]{2,8}?)(?:为|是|有|共|仅|达)?$"
)
#: 去年累计3个: no noun at all.
_NOTHING = re.compile(
    "(?:累计|共计|合计|总共|一共|完成|实际|达到|只有|仅有|同期|全年|总数|总计|兑现|仅仅|不过|这项|数字|数据|大约|差不多)+了?"
)
_THEN = re.compile(rf"[，、；]?(?:到|而|可|但)?(?:今年|本年|现在){OF_THIS_YEAR}")
_AHEAD = re.compile(
    "(?:^|[，、；。：（])(?P<noun>(?!比|较|与|和|而|但|连|至于|其中|今年|现在)[一-龥]{2,8}?)的?(?:去年|上年)"
    "(?:同期|这会儿?|这时候?|这个时候|此时)?(?:才|只|就|是|为|有|共|报|编|走|挂出?|建|开|办|了|到){0,4}$"
)
_PEOPLE = ("人", "名", "个", "位", "个人")
_BARE_LAST = re.compile("[，、；（](?:去年|上年)(?:同期)?(?:是|为|有|才|只有)?")
_AFTER_NOUGHT = re.compile(
    r"[一-龥]{0,8}[，（](?:去年|上年|上一年)(?:同期)?(?:(?:也|同样|一样)(?:没有?|无|为零|是零|未发生)"
    r"|(?:有|是|为)?(?P<count>[0-9]{1,3}|[一二三四五六七八九十两]{1,2})[件起例次])"
)
_WORDS, _NOUNS = re.compile(r"[一-龥]{2,8}?(?=(?:为|是|有|共|达到?)?$)"), 60


def last_years(reader: Reader, series: Series, figures: Sequence[Numeral], text: str) -> dict[int, Numeral]:
    """Place of a this-year figure → the last year's figure that stands beside it."""
    found: dict[int, Numeral] = dict(series.last_years)
    apart = {one: mine for one, mine in told_apart(reader, figures, text).items() if one not in series.used}
    for one_place, mine in apart.items():
        found.setdefault(mine, figures[one_place])
    told = set(apart)
    for place, one in enumerate(figures):
        if place in series.used or place in apart:
            continue
        for number, mine in enumerate(_in_order(figures, text, place)):
            found.setdefault(mine, figures[place + number])
            told.add(place + number)
        if place in told:
            continue
        if reader.judge(place).role != "last-year" or one.value is None:
            continue
        if place and _SAME.search(text, max(0, one.start - 14), one.start):
            # 武装经费二十八万元。去年这个数是二十五万元: over the end of the sentence.
            found.setdefault(place - 1, one)
            continue
        if place and _alone(figures, text, place) and reader.judge(place - 1).role == "value":
            found.setdefault(place - 1, one)
            continue
        its = place + 1 if _then(reader, figures, text, place) else owner(reader, figures, text, place)
        if its is not None:
            found.setdefault(its, one)
            # 经费报了十六万，财政核了十六万，比上年十一万多; 入伍18人，由去年的15人升至18人
            before = its - 1 if its < place else place - 1
            if before >= 0 and _said_twice(figures[before], figures[its], text):
                found.setdefault(before, one)
    # What the text states goes before what arithmetic gives.
    return changed(reader, figures, text) | found


def _alone(figures: Sequence[Numeral], text: str, place: int) -> bool:
    """Whether a sentence says nothing but what the figure before it was last year."""
    before, one = figures[place - 1], figures[place]
    ends = text[one.end : one.end + 1] in ("。", "；", "\n", "")
    alike = (before.kind, before.unit) == (one.kind, one.unit)
    return ends and alike and _ALONE.fullmatch(text, before.end, one.start) is not None


def _in_order(figures: Sequence[Numeral], text: str, place: int) -> range:
    """入伍8人、大学生6人（去年7人、大学生4人）: whose the figures of the bracket are, where both have as many."""
    one = figures[place]
    if not place or not _BRACKET.fullmatch(text, figures[place - 1].end, one.start):
        return range(0)
    close = text.find("）", one.end, one.end + _BRACKETED)
    count = sum(1 for other in figures[place : place + _MANY] if other.end <= close) if close > 0 else 0
    first = place - count
    if count < 2 or first < 0 or _BOUNDARY.search(text, figures[first].start, one.start):
        return range(0)
    for number in range(count):
        now, before = figures[first + number], figures[place + number]
        noun = _NOUN.search(text, figures[place + number - 1].end, before.start) if number else None
        told = noun is not None and noun.group() in text[figures[first + number - 1].end : now.start]
        # 入伍8人（去年7人，其中大学生5人）: the second is none of what stands in front.
        # 9次312人次（上年6次205人次）: the measure words tell them apart.
        told = told or (noun is None and before.unit != figures[place + number - 1].unit)
        if (now.kind, now.unit) != (before.kind, before.unit) or (number and not told):
            return range(0)
    return range(first, place)


def _then(reader: Reader, figures: Sequence[Numeral], text: str, place: int) -> bool:
    """挂牌的去年7个、今年9个: whether the next figure is this year's, with no noun of its own."""
    if place + 1 == len(figures) or not _THEN.fullmatch(text, figures[place].end, figures[place + 1].start):
        return False
    one, after = figures[place], figures[place + 1]
    return (one.kind, one.unit) == (after.kind, after.unit) and reader.judge(place + 1).role == "value"


def last_of_nought(text: str, end: int) -> int | None:
    """没有信访举报，去年也没有; 信访一件也没有，去年一件."""
    told = _AFTER_NOUGHT.match(text, end)
    if told is None or not told["count"]:
        return 0 if told else None
    value = value_of(told["count"])
    return int(value) if value is not None else None


def beside(reader: Reader, figures: Sequence[Numeral], text: str, place: int) -> bool:
    return not _then(reader, figures, text, place) and owner(reader, figures, text, place) is not None


def owner(reader: Reader, figures: Sequence[Numeral], text: str, place: int) -> int | None:
    """The figure beside which last year's stands: 12人（去年10人）, 由10人增至12人."""
    one = figures[place]
    if reader.bracketed(place):
        return place - 1
    for number in range(place + 1, min(place + 3, len(figures))):
        after = figures[number]
        if after.kind == "year":
            # 由2024年的26万元增至2025年的31万元
            continue
        context = reader.judge(number)
        alike = after.kind == one.kind or (one.kind, after.kind) == ("number", "count")
        if context.role == "value" and context.left < one.start and alike:
            return number
        break
    exact = _before(reader, figures, text, place, careless=False)
    return exact if exact is not None else _before(reader, figures, text, place, careless=True)


def _before(reader: Reader, figures: Sequence[Numeral], text: str, place: int, *, careless: bool) -> int | None:
    """The figure in front of last year's that it is told of; ``careless``: of another measure word of its kind."""
    one = figures[place]
    ahead = _AHEAD.search(text, max(0, one.start - _NOUNS), one.start)
    noun = ahead or _OWN_NOUN.search(text, max(0, one.start - _NOUNS), one.start)
    if noun and _NOTHING.fullmatch(noun["noun"]):
        noun = ahead = None
    nearest: int | None = None
    for other in range(place - 1, max(-1, place - 6), -1):
        before = figures[other]
        between = text[before.end : one.start]
        bare = before.kind == one.kind or (before.kind, one.kind) == ("count", "number")
        if _BRACKET.fullmatch(between) and bare and reader.judge(other).role in ("value", "partial"):
            # 32个人（去年30个）: right beside, whatever its measure word.
            return other
        if len(between) > (30 if nearest is None else _NOUNS) or _BOUNDARY.search(between):
            break
        same = _one_kind(before, one, text) if careless else (before.kind, before.unit) == (one.kind, one.unit)
        alike = same and reader.judge(other).role == "value"
        # 入伍11人（大学生9人），上年10人: what stands in a closed bracket is told apart.
        aside = _CLOSED.match(between) is not None
        if alike and not aside and not _OVER.search(text, max(0, before.start - 6), before.start):
            if noun is None or _again(noun["noun"], text, figures, other) or _counts(noun["noun"], between):
                return _whole_of(reader, figures, text, other)
            # 民兵之家12个，均已挂牌（上年挂牌6个）: of what stands between; 大学生去年8人: of what stands in front.
            if not ahead and noun["noun"][-2:] not in between[: noun.start("noun") - before.end]:
                nearest = other if nearest is None else nearest
    return nearest


def _counts(noun: str, between: str) -> bool:
    """其中41名是大学生，去年的大学生是35名: what a figure counts stands behind it."""
    return between.removeprefix("是").removeprefix("为").removeprefix("的").startswith(noun.removeprefix("的"))


def _said_twice(one: Numeral, two: Numeral, text: str) -> bool:
    same = (one.kind, one.unit, one.value) == (two.kind, two.unit, two.value)
    return same and _BOUNDARY.search(text, one.end, two.start) is None


def _one_kind(before: Numeral, one: Numeral, text: str) -> bool:
    """17人，去年12个; 基干96人，去年92: careless measure words."""
    if (before.kind, before.unit) == (one.kind, one.unit):
        return True
    if before.kind != "count":
        return False
    bare = one.kind == "number" and _BARE_LAST.fullmatch(text, before.end, one.start) is not None
    return bare or (one.unit in _PEOPLE and before.unit in _PEOPLE)


def _whole_of(reader: Reader, figures: Sequence[Numeral], text: str, place: int) -> int:
    """议军会3次，书记主持2次、乡长主持1次，去年2次: last year's is told of the whole, not of its last part."""
    total = figures[place].value or 0
    for other in range(place - 1, max(-1, place - 5), -1):
        one = figures[other]
        alike = (one.kind, one.unit) == (figures[place].kind, figures[place].unit) and one.value is not None
        if not alike or reader.judge(other).role != "value" or _BOUNDARY.search(text, one.end, figures[place].start):
            return place
        if one.value == total and other < place - 1:
            return other
        total += one.value or 0
    return place


def _again(noun: str, text: str, figures: Sequence[Numeral], place: int) -> bool:
    """新兵九人，其中大学生七人，去年新兵八人: whether the words in front of a figure are said of last year's too."""
    begin = max(figures[place - 1].end if place else 0, figures[place].start - _NOUNS)
    said = _WORDS.search(text, begin, figures[place].start)
    # 大学生入伍 is what was said of 大学生, not what was said of 入伍.
    return said is not None and (
        said.group()[-2:] == noun[-2:] or noun.startswith(said.group().removeprefix("其中").removeprefix("含"))
    )
