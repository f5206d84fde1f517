"""The turns that the messages of all sections of a report begin with, byte for byte: the prefix and worked examples.

A service that caches prompts reads them once. All of it is built from a report that may leave (`outgoing`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from assistant.drafting.completions import Message
from assistant.drafting.offers import SELF, Line, offered
from assistant.drafting.prompting import prompt
from assistant.drafting.withhold import as_data_line, shown_value, slot_of
from assistant.facts.fields import DerivedFact, FactField
from assistant.facts.sheet import FactSheet
from assistant.reports.outline import numbers
from assistant.reports.report import Report, Section
from assistant.reports.types import ReportType
from assistant.slots.grammar import slots_in

#: The worked examples of ``demo.j2``: an opening, figures, a list, under labels that no report type has.
_DEMOS: tuple[Mapping[str, object], ...] = (
    {
        "name": "开头",
        "heading": "",
        "about": "开头一段，概括这一年园林工作的情况和总的评价。",
        "slots": [Line("{{园林年度}}"), Line("{{园林主管部门}}"), Line("{{园林主题}}")],
        "items": [],
        "characters": "六十",
    },
    {
        "name": "（二）义务植树",
        "heading": "广泛发动群众，推进国土绿化",
        "about": "义务植树的组织发动、栽植成效和经费投入。",
        "slots": [
            Line("{{参加职工}}", "（还可写 {{参加职工|名}}）"),
            Line("{{植树株数}}", "（还可写 {{植树株数|同比}} 或 {{植树株数|去年}}）"),
            Line("{{苗木成活率}}"),
            Line("{{植树投入}}"),
        ],
        "items": [],
        "characters": "九十",
    },
    {
        "name": "三、园林短板",
        "heading": "正视差距短板",
        "about": "总起一句，再逐条写园林工作的短板。",
        "slots": [],
        "items": [Line("{{园林短板.1}}"), Line("{{园林短板.2}}"), Line("{{园林短板.3}}")],
        "characters": "六十",
    },
)
_NOTHING_MORE = {"optional": "", "others": [], "avoid": "", "instruction": "", "single": True}


def shared_turns(report_type: ReportType, report: Report, *, send_values: bool) -> list[Message]:
    """The system message and the worked examples.

    The examples stand as turns of their own: a small model follows what was answered before, not what is described.
    """
    person = report.shape.voice == "person"
    found = [Message("system", _prefix(report_type, report, send_values))]
    for number, demo in enumerate(_DEMOS, 1):
        asked = prompt(report_type, "demo.j2", {**_NOTHING_MORE, **demo, "person": person})
        voice = {"number": number, "person": person, "unit": _self_reference(report.sheet)}
        answer = prompt(report_type, "demo_answer.j2", voice).strip()
        found += [Message("user", asked), Message("assistant", answer)]
    return found


def _prefix(report_type: ReportType, report: Report, send_values: bool) -> str:
    sheet = report.sheet
    items = sheet.schema.in_order()
    told = {label for section in report.sections for label in section.facts} | {SELF}
    items = [item for item in items if item.label in told]
    known = [item for item in items if offered(item, report)]
    groups = dict.fromkeys(item.group for item in known)
    context = {
        "name": report_type.name,
        "document": report.shape.document,
        "genre": report_type.genre,
        "person": report.shape.voice == "person",
        "unit": _self_reference(sheet),
        "outline": list(_outline(report)),
        "groups": [
            {"name": group, "facts": [_explained(item, sheet, send_values) for item in known if item.group == group]}
            for group in groups
        ],
        "missing": "、".join(item.label for item in items if not offered(item, report)),
    }
    return prompt(report_type, "system.j2", context)


def told_facts(report: Report) -> tuple[str, ...]:
    """Labels of the facts that the messages of a report tell of, by name or with values."""
    told = {label for section in report.sections for label in section.facts} | {SELF}
    sheet = report.sheet
    return tuple(item.label for item in sheet.schema.in_order() if item.label in told and sheet.fact(item.label).told)


def _self_reference(sheet: FactSheet) -> str:
    return slot_of(SELF) if sheet.value(SELF) is not None else "“本单位”"


def _outline(report: Report) -> Iterator[Mapping[str, str]]:
    numbered = numbers(report.sections)
    for section in report.sections:
        yield {
            "indent": "　" * (section.depth - 1),
            "number": numbered[section.key],
            "name": _name(section, report.sheet),
            "facts": "、".join(label for label in section.facts if offered(report.sheet.schema.find(label), report)),
        }


def _name(section: Section, sheet: FactSheet) -> str:
    """Title and heading of a section in one line; a heading that waits for a fact is not shown."""
    title = as_data_line(section.title)
    heading = heading_of(section, sheet)
    return f"{title}（标题：{heading}）" if heading and heading != title else title


def heading_of(section: Section, sheet: FactSheet) -> str:
    """The heading in one line; "" while it waits for a fact."""
    if any(not sheet.fact(slot.label).told for slot in slots_in(section.heading)):
        return ""
    return as_data_line(section.heading)


def _explained(item: FactField | DerivedFact, sheet: FactSheet, send_values: bool) -> Mapping[str, str]:
    return {
        "label": item.label,
        "meaning": item.meaning or item.label,
        "value": _value(item, sheet) if send_values else "",
    }


def _value(item: FactField | DerivedFact, sheet: FactSheet) -> str:
    if sheet.private(item.label):
        return ""
    fact = sheet.fact(item.label)
    if not fact.told:
        return ""
    field = item if isinstance(item, FactField) else _as_field(item)
    before = replace(fact, approximate=fact.last_approximate)
    last = "" if fact.last_year is None else f"，去年{shown_value(fact.last_year, field, before)}"
    return f"〔值：{shown_value(fact.value, field, fact)}{last}〕"


def _as_field(derived: DerivedFact) -> FactField:
    return FactField(label=derived.label, type=derived.type, group=derived.group, measure=derived.measure)
