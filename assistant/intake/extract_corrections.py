"""What a speaker takes back: 走了十二个，不对，是十一个 says eleven, and nothing of twelve."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.intake.cleaning import Cleaned

_DIGITS = "0-9〇零一二三四五六七八九十百千万两.余多"
_NUMBER = rf"[{_DIGITS}]+(?:%|[一-龥]{{0,2}})"
_BACK = r"(?:[哦噢啊哎呃]?，?不对(?:不对)?|[哦噢啊哎]不|[说记讲]错了?|错了|口误|(?:更正|纠正)(?:一下)?)"
_MARKS = "[，。、；：！… ]*"
_TAKEN_BACK = re.compile(
    rf"(?<![{_DIGITS}]){_NUMBER}{_MARKS}{_BACK}{_MARKS}(?:我?(?:更正|纠正)(?:一下)?[，：])?"
    rf"(?:应该?|实际|其实)?(?:就?是|为)?(?={_NUMBER})"
)
#: 走兵13没错，大学生应为12: what was told stands.
_HOLDS = re.compile(rf"(?<=[{_DIGITS}人名个次户])(?:没错|是对的|没变|不变|不动|没问题)(?=[，。；])")
_NOUN = r"(?<![一-龥])(?P<noun>[一-龥]{2,10}?)"
_RIGHT, _VALUE = r"(?:而|应该?|应当|实际|其实)?(?:就?是|为)", rf"[{_DIGITS}]+(?![{_DIGITS}])"
_UNITS = "[人名个次户块条份场期座天支间处起件元万节面顶把班]{0,2}"
#: What is told of a figure that was told before; ``gone`` is not read.
_LATER = tuple(
    re.compile(pattern)
    for pattern in (
        # 网上报名是13不是12
        rf"{_NOUN}(?:应该?|应当)?(?:是|为)(?P<new>{_VALUE}){_UNITS}(?P<gone>[，、]?(?:而)?不是(?P<old>{_VALUE}){_UNITS})",
        # 基干不是84，是86
        rf"{_NOUN}(?P<gone>不是(?P<old>{_VALUE}){_UNITS}[，、]{_RIGHT})(?P<new>{_VALUE})",
        # 体检合格21改20
        rf"{_NOUN}(?P<gone>(?P<old>{_VALUE}){_UNITS}(?:应|要|请)?(?:改|更正|订正|修正)(?:成|为|作|报)?)(?P<new>{_VALUE})",
        # 大学生应为12; 救护分队漏算2人，应为24
        rf"{_NOUN}(?P<gone>(?:[漏多少错重][一-龥]{{0,2}}{_VALUE}{_UNITS}[，、]?)?(?:应该?[为是]|(?:更正|订正|改)[为成]))(?P<new>{_VALUE})",
        # 横幅31条里有9条不算，按22条报
        rf"{_NOUN}(?P<gone>(?P<old>{_VALUE}){_UNITS}[^。；\n]{{2,30}}，(?:还是|就|只)?(?:按|以|算))(?P<new>{_VALUE}){_UNITS}"
        r"(?=报|算|为准|填|写|上报)",
    )
)
#: 先说慰问12户，翻了本子改口是13户
_THEN_SAID = re.compile(
    rf"(?<![{_DIGITS}]){_VALUE}(?P<unit>[一-龥]{{1,2}})[，、；][^，。；\n0-9]{{0,10}}?(?:改口|改正|更正|纠正|订正|改)"
    rf"(?:说|称|报)?(?:了|是|为|成|到){{1,2}}(?={_VALUE}(?P=unit))"
)
#: …，有1个女兵漏了，…: why it was wrong stands between two figures that belong together.
_WHY = re.compile(r"，[^，。；\n]{0,14}(?:[漏错重忘][一-龥]{0,2}了|没(?:算|报|写)(?:进去|上)?)(?=，)")
#: 更正，入伍是12人，有1个女兵漏了，大学生10人: a sentence that corrects, and each noun and figure in it.
_CORRECTS = re.compile(
    r"(?:^|[\n。；，： \u3000])(?:更正|订正|勘误|纠正|改正"
    r"|(?:刚才|上面|前面|前头)[^，。；：\n]{0,10}(?:错|不对|不准)[^，。；：\n]{0,4})"
    r"(?:一下|几个数|如下|一个数|两个数)?[，：](?P<said>[^。；\n]{2,80})",
    re.MULTILINE,
)
#: How far back a corrected figure may stand.
_REACH = 3000
_TOLD_ANEW = re.compile(
    rf"(?<![一-龥])(?P<noun>[一-龥]{{2,8}}?)(?:应该?|应当)?[是为有共：]{{0,2}}(?P<new>{_VALUE})(?P<unit>{_UNITS})(?=[，、。；\n]|$)"
)


def corrected(cleaned: Cleaned) -> Cleaned:
    """The text without figures that are taken back, at once or later, and without the words that do so."""
    keep = bytearray(b"\1" * len(cleaned.text))
    found = [told.span() for pattern in (_TAKEN_BACK, _HOLDS, _THEN_SAID) for told in pattern.finditer(cleaned.text)]
    for pattern in _LATER:
        for told in pattern.finditer(cleaned.text):
            found += _taken_back_later(told, cleaned.text)
    for sentence in _CORRECTS.finditer(cleaned.text):
        for told in _TOLD_ANEW.finditer(cleaned.text, *sentence.span("said")):
            found += _told_before(told, cleaned.text)
        found += [why.span() for why in _WHY.finditer(cleaned.text, *sentence.span("said"))]
    if not found:
        return cleaned
    for start, end in found:
        keep[start:end] = bytes(end - start)
    text = "".join(sign for sign, kept in zip(cleaned.text, keep, strict=True) if kept)
    places = [place for place, kept in zip(cleaned.places, keep, strict=True) if kept]
    return replace(cleaned, text=text, places=places)


def _taken_back_later(told: re.Match[str], text: str) -> list[tuple[int, int]]:
    """What goes out of the text: the words of the correction, and what was told before of the same noun."""
    old = told.groupdict().get("old")
    # 体检合格21改20 of 合格21: a noun is said again by its end. Where the old figure is not said, by the whole.
    noun = told["noun"][-2:] if old else told["noun"]
    figure = re.escape(old) if old else rf"(?!{re.escape(told['new'])}(?![{_DIGITS}])){_VALUE}"
    before = re.compile(
        rf"{noun}(?P<figure>[：:是为有共 ]{{0,2}}{figure}(?![{_DIGITS}]){_UNITS})(?P<last>[，（](?:去年|上年))?"
    )
    # 基干84，去年81: last year's figure keeps the noun.
    said = [one.span("figure" if one["last"] else 0) for one in before.finditer(text, 0, told.start())]
    return [told.span("gone"), *said] if said else []


def _told_before(told: re.Match[str], text: str) -> list[tuple[int, int]]:
    """The same noun with another figure of the same measure word, in front of the sentence that corrects it."""
    other = rf"(?!{re.escape(told['new'])}(?![{_DIGITS}])){_VALUE}"
    # 报名7人 … 更正，报名是8个
    unit = "[人名个]?" if told["unit"] in ("", "人", "名", "个") else re.escape(told["unit"])
    before = re.compile(
        rf"(?:(?<![一-龥])|(?<=其中)){told['noun']}"
        rf"(?P<figure>[：是为有共 ]{{0,2}}{other}{unit})"
        r"(?:(?=，(?P<each>[每户人]))|(?=[，、。；（）\s]|$))"
    )
    near = before.finditer(text, max(0, told.start() - _REACH), told.start())
    # 走访军属40户，每户500元: what each gets keeps the noun.
    said = [one.span("figure" if one["each"] else 0) for one in near]
    return said[-1:]
