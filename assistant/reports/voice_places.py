"""Who speaks in a text: 我 in a unit's report, 我镇 and 党委书记 in the report that the secretary himself gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.facts.fields import FactField
from assistant.facts.sheet import FactSheet
from assistant.reports.report import Report
from assistant.slots.grammar import Slot, parse_placed, slots_in
from assistant.slots.render import render_text

#: The label under which a unit calls itself, as `Shape.voice` says.
SELF = "自称"
_UNIT = r"我(?:镇(?!定)|乡|街道|办(?![好理成完实])|处(?![理处于在置事])|县|区(?!分)|市)|本(?:镇|乡|街道|办|单位)"
_AS_UNIT = re.compile(_UNIT)
#: What stands behind 我 where a unit speaks of itself or of its people: 我部, not 我部署; 我驻地, not 我驻村蹲点.
_OURS = (
    r"国|军|党|省(?!吃)|们|方|人民|院|村|社区|单位|公司|中心|武装部|人武部|海军|空军|火箭军|战区|辖|驻[地军区镇街]"
    r"|部(?![分署])|委(?![托派以屈])|所(?![在做有分说提负谓能承联包任带属])|校(?!准)|局(?!限)|站(?![在位好到上稳出])"
)
#: 我 by itself: not 我国, 忘我, 敌我, 强国有我, nor where a unit speaks of itself, nor the slogan that begins with it.
_AS_PERSON = re.compile(
    rf"本人|述职|(?<![自忘敌你彼唯舍无小大])(?<!(?<![只还没也])有)(?!{_UNIT})我(?!{_OURS}|为群众办实事)"
)
#: What a unit's report tells of too: 组织专武干部述职.
_DEED = "述职"
#: 我镇 is a place or an owner there, and nobody who does something: 在我镇, 我镇民兵, 我镇被评为….
_NO_ACTOR_LEFT = re.compile(r"[在为对给使让到从向与和跟同将把被以于是代表]$")
_NO_ACTOR_RIGHT = re.compile(
    r"的|民兵|武装|党|适龄|青年|群众|干部|军|籍|现役|退役|退伍|优抚|应急|基干|普通民兵|各[村社级单站部]|全体|所有|人民|机关|范围"
    r"|境|辖|内|征兵|国防|双拥|兵|有|是|位|地[处形理]|共[有辖]|现[有辖]|下[辖属]|属|经济|实际|工作|情况|领导|班子|居民|村|社区|、|和|与|及|（"
    r"|[^，。；]{0,6}?(?:被|[获荣]|受到)"
)
#: The office of whoever gives the report → how the others call it.
_OFFICES = {
    "书记": "(?:党工委|党委)书记",
    "镇长": "镇长",
    "乡长": "乡长",
    "主任": "(?:办事处|街道)主任",
    "部长": "(?:(?:人民)?武装部|人武部|武装)部?长",
}
_CHIEFS = ("书记", "镇长", "乡长", "主任")
_CHIEF = "(?:党政)?(?:主要(?:领导|负责(?:人|同志))|一把手)|党政正职"
_OF_UNIT = "(?:(?:我|本)?(?:镇|乡|街道|办事处|办))?"
#: Not one's own office: another's, one that is spoken of as such, a deputy's.
_OTHERS = re.compile(
    r"(?:上级|[区县市省州旗村军副原前]|两委|社区|部门|单位|站所|企业|学校|部队|双方|有关|相关|各级|各地)[委、和（）]*(?:政府|党委)?$"
)
_AS_SUCH = re.compile(r"(?:作为|身为|担任|兼任|现任|时任|是)[^，。；]{0,8}$")
_NO_OFFICE_RIGHT = re.compile(r"[（、]?第一责任人|述职|的|[（、]?是|离任|调任|届")
_QUOTES = (("“", "”"), ("《", "》"), ("‘", "’"))
_HIDDEN = "\ue001"
_AROUND = 9
_CUT = "……"
_SENTENCE = "。；！？\n"

Kind = Literal["person", "unit", "own", "office"]


@dataclass(frozen=True)
class Speaker:
    """Who is to speak.

    Attributes:
        person: 我 (述职), else the unit.
        unit: what the unit calls itself; "" where nobody said.
        names, offices: of the person, as other people say them. Empty for a unit.
    """

    person: bool
    unit: str = ""
    names: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()


@dataclass(frozen=True)
class VoicePlace:
    """A word of the other voice. ``before`` and ``after`` are what stands around it in its sentence, rendered.

    Attributes:
        start, end: characters of the slot text.
        kind: ``person``: 我 in a unit's report. In a person's, ``unit``: the unit does what the person did;
            ``own``: the unit is spoken of, which may stay; ``office``: the person is spoken of as somebody else.
    """

    word: str
    before: str
    after: str
    start: int
    end: int
    kind: Kind

    @property
    def amiss(self) -> bool:
        """Whether it cannot stand in this voice."""
        return self.kind != "own" and self.word != _DEED


def speaker_of(report: Report) -> Speaker:
    """Who speaks in a report, and how others would speak of that person."""
    sheet, shape = report.sheet, report.shape
    unit = str(sheet.value(SELF) or "")
    if shape.voice != "person":
        return Speaker(False, unit)
    names, posts = [], []
    for slot in slots_in(shape.byline):
        item, said = sheet.schema.find(slot.label), sheet.text(slot.label)
        if isinstance(item, FactField) and item.names == "person":
            names.append(said)
        else:
            posts.append(said)
    held = "、".join(posts)
    # Who does not say what they are is the one whom this kind of report is asked of.
    offices = [one for one in _OFFICES if re.search(f"(?<!副){one}", held)] if held else [_CHIEFS[0]]
    return Speaker(True, unit, tuple(name for name in names if len(name) > 1), tuple(offices))


def voice_places(text: str, sheet: FactSheet, speaker: Speaker) -> list[VoicePlace]:
    """The places of a slot text that do not go with the voice to be; what a slogan or a title quotes, nobody says."""
    read = _Read(text, sheet)
    found: dict[tuple[int, int], Kind]
    if speaker.person:
        found = dict(_of_person(read.hidden, read.plain, speaker))
    else:
        found = {match.span(): "person" for match in _AS_PERSON.finditer(read.hidden)}
    return [read.place(start, end, kind) for (start, end), kind in _apart(found) if not _quoted(read.plain, start)]


def amiss_places(text: str, sheet: FactSheet, speaker: Speaker) -> list[VoicePlace]:
    """Only those that cannot stand."""
    return [one for one in voice_places(text, sheet, speaker) if one.amiss]


class _Read:
    """A slot text as it is read, and where each character of it comes from."""

    def __init__(self, text: str, sheet: FactSheet) -> None:
        self.plain = self.hidden = ""
        self._from: list[tuple[int, int]] = []
        for placed in parse_placed(text):
            if not isinstance(placed.node, Slot):
                source = placed.node.text
                self.plain += source
                self.hidden += source
                room = placed.end - len(source)
                self._from += [(max(placed.start, room + at), room + at + 1) for at in range(len(source))]
                continue
            value = render_text(text[placed.start : placed.end], sheet)
            self.plain += value
            # The unit's own name for itself is what is looked for; no other value is.
            self.hidden += value if placed.node.label == SELF else _HIDDEN * len(value)
            self._from += [(placed.start, placed.end)] * len(value)

    def place(self, start: int, end: int, kind: Kind) -> VoicePlace:
        first = max((self.plain.rfind(mark, 0, start) + 1 for mark in _SENTENCE), default=0)
        last = min((at for mark in _SENTENCE if (at := self.plain.find(mark, end)) >= 0), default=len(self.plain))
        before, after = self.plain[max(first, start - _AROUND) : start], self.plain[end : min(last, end + _AROUND)]
        return VoicePlace(
            self.plain[start:end],
            f"{_CUT if start - _AROUND > first else ''}{before}",
            f"{after}{_CUT if end + _AROUND < last else ''}",
            self._from[start][0],
            self._from[end - 1][1],
            kind,
        )


def _of_person(hidden: str, plain: str, speaker: Speaker) -> Iterator[tuple[tuple[int, int], Kind]]:
    pattern = re.compile(rf"{_UNIT}|{re.escape(speaker.unit)}") if speaker.unit else _AS_UNIT
    for match in pattern.finditer(hidden):
        start, end = match.span()
        spoken_of = _NO_ACTOR_LEFT.search(hidden, max(0, start - 2), start) or _NO_ACTOR_RIGHT.match(hidden, end)
        yield (start, end), "own" if spoken_of else "unit"
    for match in _office_pattern(speaker).finditer(hidden):
        start, end = match.span()
        left = plain[max(0, start - 12) : start]
        if not (_OTHERS.search(left) or _AS_SUCH.search(left) or _NO_OFFICE_RIGHT.match(hidden, end)):
            yield (start, end), "office"


@lru_cache(maxsize=64)
def _office_pattern(speaker: Speaker) -> re.Pattern[str]:
    said = [_OF_UNIT + _OFFICES[one] for one in speaker.offices]
    said += [_OF_UNIT + f"(?:{_CHIEF})"] if any(one in _CHIEFS for one in speaker.offices) else []
    said += [f"{re.escape(name)}(?:同志)?" for name in speaker.names]
    return re.compile("|".join(said) or r"(?!)")


def _apart(found: dict[tuple[int, int], Kind]) -> list[tuple[tuple[int, int], Kind]]:
    """In order, the longer of two that overlap."""
    kept: list[tuple[tuple[int, int], Kind]] = []
    for (start, end), kind in sorted(found.items(), key=lambda one: (one[0][0], -one[0][1])):
        if not kept or start >= kept[-1][0][1]:
            kept.append(((start, end), kind))
    return kept


def _quoted(plain: str, at: int) -> bool:
    """Whether quotation marks are open before a place of its paragraph, and close behind it."""
    first, last = plain.rfind("\n", 0, at) + 1, plain.find("\n", at)
    last = last if last >= 0 else len(plain)
    return any(
        plain.rfind(mark, first, at) > plain.rfind(end, first, at) and plain.find(end, at, last) >= 0
        for mark, end in _QUOTES
    )
