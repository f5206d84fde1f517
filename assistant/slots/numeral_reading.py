"""The one pattern of everything that may be a number, and the judgement on each find."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from functools import lru_cache

from assistant.facts.numeral_values import pair_of, step, value_of
from assistant.slots.numeral import Kind, Numeral, Rough
from assistant.slots.vocabulary import HANZI_DIGITS, Vocabulary

_HANZI = f"[{HANZI_DIGITS}]"
_ARABIC = r"(?:[0-9]{1,3}(?:[,\u2009\u00a0\u202f ][0-9]{3}(?![0-9]))++|[0-9]++)(?:\.[0-9]++)?"
_RUN = rf"(?:{_ARABIC}(?:[ ](?=[万亿]))?|{_HANZI})++"
_SHORT = "(?:[0-9]{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_DATE = (
    rf"(?<![0-9])(?P<year>[0-9]{{4}}|[零〇○一二三四五六七八九]{{4}})[ ]?年(?:度|[ ]?(?P<month>{_SHORT})[ ]?月"
    rf"(?:[ ]?(?P<day>{_SHORT})[ ]?[日号])?)?"
    r"|(?<![0-9])(?P<iso>[0-9]{4}[-./][0-9]{1,2}[-./][0-9]{1,2})(?![0-9])"
    rf"|(?<![0-9])(?P<when>{_SHORT}[ ]?月(?:[ ]?{_SHORT}[ ]?[日号])?|[0-9]{{1,2}}[日号]"
    r"|[0-9]{1,2}[:：][0-9]{2}(?![0-9])|(?:19|20)[0-9]{2}[./](?:0[1-9]|1[0-2])(?![0-9.]|[ ]?[万亿元%]))"
)
_PART = rf"(?P<whole>{_RUN})分之(?P<part>{_RUN}(?:点[零〇一二三四五六七八九]++)?)|(?P<full>百分百)"
#: 四成二, 三成半: only where nothing else goes on, for 三成一线 is none.
_TENTH = "[一二三四五六七八九半](?=[，。、；：）！\n的多左以]|$)"
_VAGUE = r"(?P<vague>几[十百千万亿]{1,3}|(?<![人次户件个岁基倍总函指多少无台代系])数[十百千万亿]{1,3})"
_ROUGH_BEFORE = re.compile(
    r"(?:(?P<around>大约|约|大概|大致|差不多)|(?P<below>将近|接近|不足|不到|(?<![最附邻靠就临])近)"
    r"|(?P<above>超过|突破|逾|超|不少于|不低于|不下|至少))[ ]?$"
)
#: 不少于12 and 12以上 hold for 12 itself; 12余, 近12 and 超过12 do not.
_INCLUSIVE = re.compile("不少于|不低于|不下|至少|以上|以下|以内|突破")
_ABOVE = ("多", "余", "有余", "出头", "+", "＋", "以上")
_BIT = Decimal("0.01")
_SCALE_ONLY = re.compile("[百千万亿]+")
_POSITIONAL = re.compile("[零〇○一二三四五六七八九]{3,}")
_TO_ANOTHER = re.compile(f"[至—–～-]{_HANZI}")
_ENDS_CLAUSE = re.compile("[，、；。）！\n]|$")
_NO_COUNT_BEFORE = re.compile(
    "(?:[这那每某同另前后上下有是第逐月周度年季日天户村人队组又再任哪唯独单统合于成了为在，。；、：（]|^|\ue001)$"
)
_SMALL = re.compile("[一二三四五六七八九十两]")


@lru_cache(maxsize=8)
def pattern(words: Vocabulary) -> re.Pattern[str]:
    """Finds everything that may be a number, each find beginning where the last ended."""
    unit = (
        rf"[%‰]|个?百分点|倍|成{_TENTH}|成(?![立为员果功长效绩就])|元(?![旦首宵])|块钱|个人(?![武大民员才均代口事])|"
        rf"{words.measure_pattern}"
    )
    main = (
        rf"(?P<prefix>第|连续)?(?:{_VAGUE}|(?P<run>{_RUN}))"
        r"(?P<more>[ ]?[余多几来](?![种样元方](?!素)))?(?P<more_yuan>[余多](?=元))?"
        r"(?P<scale>[十百千万亿]{0,3})(?P<more_after>[余多](?![种样方]))?"
        rf"(?:[ \u3000]{{0,2}}(?P<unit>{unit}))?"
        r"(?P<after>多(?![种样元方次个了出于少])|余|有余|出头|[+＋]|左右|上下|以上|以下|以内)?"
    )
    return re.compile(f"{_DATE}|{_PART}|{main}")


def read(match: re.Match[str], text: str, words: Vocabulary) -> Numeral | None:
    """The numeral of a find, None where it counts nothing."""
    if match["year"]:
        return _dated(match)
    if match["iso"] or match["when"]:
        return Numeral(match.group(), match.start(), match.end(), None, "", "date", date=_iso(match["iso"] or ""))
    before = _ROUGH_BEFORE.search(text, max(0, match.start() - 4), match.start())
    rough = _rough(match, before)
    start = before.start() if before else match.start()
    if match["whole"]:
        return _part(match, start, rough)
    if match["full"]:
        return _bounded(_whole(match, start), start, match.end(), Decimal(100), "%", "percent", rough)
    if match["vague"]:
        return _vague(match)
    if not _counts(match, text, words):
        return None
    return _counted(match, start, rough)


def _dated(match: re.Match[str]) -> Numeral:
    year = value_of(match["year"]) or Decimal(0)
    if match["month"] is None:
        plausible = 1900 <= year <= 2100
        kind: Kind = "year" if plausible else "count"
        return Numeral(match.group(), match.start(), match.end(), year, "年", kind, low=year, high=year)
    day = None
    if match["day"] is not None:
        day = _date(int(year), int(value_of(match["month"]) or 0), int(value_of(match["day"]) or 0))
    return Numeral(match.group(), match.start(), match.end(), None, "", "date", date=day)


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _iso(text: str) -> datetime.date | None:
    return _date(*(int(part) for part in re.split(r"[-./]", text))) if text else None


def _rough(match: re.Match[str], before: re.Match[str] | None) -> Rough:
    after = match["after"] or ""
    if match["more"] and match["more"][-1] == "来":
        return "around"
    if match["more"] or match["more_yuan"] or match["more_after"] or after in _ABOVE:
        return "above"
    if after in ("左右", "上下") or (before and before["around"]):
        return "around"
    if after in ("以下", "以内") or (before and before["below"]):
        return "below"
    return "above" if before else ""


def _part(match: re.Match[str], start: int, rough: Rough) -> Numeral | None:
    """百分之九十八, 三分之一: percent."""
    whole = value_of(match["whole"])
    part_text, _, decimals = match["part"].partition("点")
    part = value_of(part_text)
    if whole is None or part is None or not whole:
        return None
    if decimals:
        part += Decimal("0." + "".join(str(value_of(digit) or 0) for digit in decimals))
    points = part / whole * 100
    if points != points.quantize(Decimal("0.0001")):
        points = points.quantize(Decimal("0.1"))
        rough = rough or "around"
    return _bounded(_whole(match, start), start, match.end(), points, "%", "percent", rough)


def _vague(match: re.Match[str]) -> Numeral:
    scale = value_of(match["vague"][1:]) or Decimal(1)
    if match["scale"]:
        scale *= value_of(match["scale"]) or 1
    unit, kind = _kind(match["unit"] or "")
    return Numeral(
        match.group(), match.start(), match.end(), None, unit, kind, "around", low=2 * scale, high=10 * scale - 1
    )


def _counts(match: re.Match[str], text: str, words: Vocabulary) -> bool:
    """Whether a find counts something. Every Arabic number does; most single hanzi do not."""
    run, unit = match["run"], match["unit"] or ""
    if any("0" <= character <= "9" for character in run):
        return True
    more = bool(match["more"] or match["more_after"] or match["more_yuan"])
    if match["prefix"] == "第":
        return True
    if _SCALE_ONLY.fullmatch(run):
        return bool(unit and unit != "元" and run in "百千") or (more and (match["more"] or "").strip() != "几")
    if unit:
        if run == "一":
            return unit not in words.indefinite or _tells_how_many(match, text)
        announced = unit == "个" and _SMALL.fullmatch(run) and words.structural_pattern.match(text, match.end("unit"))
        return not announced
    if _POSITIONAL.fullmatch(run):
        return len(run) == 4 or any(zero in run for zero in "零〇○")
    if len(run) == 1:
        return (run == "十" and more) or bool(_TO_ANOTHER.match(text, match.end()))
    return any(scale in run for scale in "十百千万亿") or more


def _tells_how_many(match: re.Match[str], text: str) -> bool:
    """民兵器材库一个，is a count; 一支队伍, 每月一次 and 发现一处、整改一处 are none."""
    if not _ENDS_CLAUSE.match(text, match.end()):
        return False
    around = text[max(0, match.start() - 8) : match.end() + 8]
    if len(re.findall(f"(?<!{_HANZI}){re.escape(match.group())}", around)) > 1:
        return False
    return not _NO_COUNT_BEFORE.search(text, max(0, match.start() - 3), match.start())


def _counted(match: re.Match[str], start: int, rough: Rough) -> Numeral | None:
    run, scale = match["run"], match["scale"]
    unit, kind = _kind(match["unit"] or "")
    if match["prefix"] == "第":
        rank = value_of(run + scale)
        return Numeral(match.group(), match.start(), match.end(), rank, unit, "ordinal", low=rank, high=rank)
    if pair := pair_of(run + scale):
        low, high = pair
        return Numeral(match.group(), start, match.end(), None, unit, kind, "around", low=low, high=high)
    value = value_of(run)
    if value is None:
        return Numeral(match.group(), start, match.end(), None, unit, kind)
    if scale:
        value *= value_of(scale) or 1
    if unit == "%":
        scale_of_unit = {"成": Decimal(10), "‰": Decimal("0.1")}.get(match["unit"][0], Decimal(1))
        value = value * scale_of_unit + _tenth(match["unit"])
    return _bounded(_whole(match, start), start, match.end(), value, unit, kind, rough)


def _tenth(unit: str) -> Decimal:
    """The 2 of 四成二, in points."""
    last = unit[1:]
    return Decimal(5) if last == "半" else (value_of(last) or Decimal(0)) if last else Decimal(0)


def _kind(unit: str) -> tuple[str, Kind]:
    if unit == "个人":
        return "人", "count"
    if unit[:1] in ("%", "‰", "成"):
        return "%", "percent"
    if unit.endswith("百分点"):
        return "个百分点", "points"
    if unit in ("元", "块钱"):
        return "元", "money"
    if unit == "倍":
        return unit, "multiple"
    return unit, "count" if unit else "number"


def _whole(match: re.Match[str], start: int) -> str:
    """The find with the word of a 概数 in front of it."""
    return match.string[start : match.end()]


def _bounded(text: str, start: int, end: int, value: Decimal, unit: str, kind: Kind, rough: Rough) -> Numeral:
    """With what a 概数 may stand for: 2000余 up to 2999, 近500 down to 401, 约70 from 65 to 75."""
    low = high = value
    size = step(value) if value else Decimal(1)
    if rough == "above":
        low, high = value if _INCLUSIVE.search(text) else value + _BIT, value + size - _BIT
    elif rough == "below":
        low, high = value - size + _BIT, value if _INCLUSIVE.search(text) else value - _BIT
    elif rough == "around":
        low, high = value - size / 2, value + size / 2
    return Numeral(text, start, end, value, unit, kind, rough, low, high)
