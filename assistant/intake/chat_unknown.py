"""武装部长是李建国: an assignment to something that is no fact of the report, and the facts that may be meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.values import read_value
from assistant.intake.chat_reading import Reading
from assistant.intake.extract_cues import SURNAMES

#: Facts that are named as near.
MOST = 3
_CLAUSE = re.compile(r"[^。；！？;!?\n，,]+")
_ASSIGNED = re.compile(
    r"\s*(?:请|帮我|把|将|我们的?|咱们的?|今年|现在|现任|新任|新来的)*"
    r"(?P<name>[\u4e00-\u9fff（）]{2,12}?)(?:同志)?"
    r"(?:应该|应当)?(?:改成|改为|换成|换为|更正为|就?是|叫做?|为|：|:)\s*"
    r"[“\"]?(?P<value>[\u4e00-\u9fffA-Za-z·（）、]{2,20}?)[”\"]?(?:同志)?(?:了|吧)?\s*"
)
_OFFICES = r"(?:长|书记|主任|委员|干事|领导|负责人|干部|员|代表|司令|政委)"
#: 武装部长李建国
_TITLED = re.compile(
    rf"\s*(?:我们的?|咱们的?|今年|现在|现任|新任|新来的)*(?P<name>[\u4e00-\u9fff]{{1,10}}{_OFFICES})"
    rf"(?P<value>[{SURNAMES}][\u4e00-\u9fff]{{1,2}})(?:同志)?\s*"
)
_ASKED = re.compile(r"[吗呢么谁哪几]|多少|什么")
#: 这不是…, 问题是…: talk, and nothing that a sheet could hold.
_TALK = re.compile(r"^(?:这|那|不|是不|是否|还|也|都|都不|只|就|问题|意思|原因|重点|关键|大家|我|你|您|他|她)")
_OFFICE = re.compile(rf"{_OFFICES}$")
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_TEXTS = (FieldType.TEXT, FieldType.CHOICE)


@dataclass(frozen=True)
class Unknown:
    """``name`` was said to be ``value``. ``near``: labels of facts that may be meant, the nearest first."""

    quote: str
    name: str
    value: str
    near: tuple[str, ...] = ()


def unknown(read: Reading, taken: Sequence[tuple[int, int]] = ()) -> Iterator[Unknown]:
    """The assignments of a message whose names are no facts; those that hold a figure are told as figures.

    Args:
        taken: [start, end) of what was read as facts.
    """
    for clause in _CLAUSE.finditer(read.text):
        if any(start < clause.end() and clause.start() < end for start, end in taken):
            continue
        found = _ASSIGNED.fullmatch(clause.group()) or _TITLED.fullmatch(clause.group())
        if found is None or _ASKED.search(clause.group()) or _TALK.match(found["name"]):
            continue
        figures = any(clause.start() <= one.start < clause.end() for one in read.figures)
        end = clause.start() + found.end("name")
        known = any(one.end == end and not one.loose for one in read.names)
        if not figures and not known:
            quote = read.quote(clause.start(), clause.end())
            yield Unknown(quote, found["name"], found["value"], near(found["name"], found["value"], read.schema))


def near(name: str, value: str, schema: FactSchema) -> tuple[str, ...]:
    """The facts that hold such words and whose names hold this one or stand in it; for a person's, those of people."""
    person = bool(_OFFICE.search(name) and _PERSON.fullmatch(value))
    fitting = [item for item in schema.fields if item.type in _TEXTS and _takes(item, value)]
    ranked = sorted(((_likeness(name, item, person=person), item.label) for item in fitting), key=lambda one: -one[0])
    return tuple(label for likeness, label in ranked[:MOST] if likeness)


def _takes(item: FactField, value: str) -> bool:
    try:
        read_value(value, item)
    except ValueError:
        return False
    return True


def _likeness(name: str, item: FactField, *, person: bool) -> int:
    names = (item.label, *item.aliases)
    of_person = any("姓名" in word for word in (*names, item.hint))
    if person != of_person:
        return 0
    if person:
        return 1
    return max((len(one) for one in names if one in name or name in one), default=0)
