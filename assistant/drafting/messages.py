"""A brief as the messages of a chat completion: one prefix for the whole report, then the section's own part.

The prefix depends on the report only, never on the section, so a service that caches prompts reads it once.
Values are in it only where they may be sent; a private fact's value is in no message at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from jinja2.sandbox import ImmutableSandboxedEnvironment

from assistant.drafting.brief import Brief
from assistant.drafting.completions import Message
from assistant.drafting.withhold import Withholder, as_data, shown_value, slot_of, withholder
from assistant.facts.fields import DerivedFact, FactField, FieldType
from assistant.facts.formatting import hanzi
from assistant.facts.sheet import FactSheet
from assistant.facts.values import measures_of
from assistant.reports.loader import PROMPTS
from assistant.reports.outline import numbers
from assistant.reports.report import Report, Section
from assistant.reports.templates import environment
from assistant.reports.types import HeadingStyle, ReportType
from assistant.slots.grammar import Slot, parse, print_nodes, print_slot, slots_in
from assistant.slots.render import TOTAL

#: Beyond this many characters a section may have more than one paragraph.
ONE_PARAGRAPH = 320
#: Characters of another section that are shown, against repetition.
SHOWN_OF_OTHERS = 60
#: The label under which a unit calls itself, as `Shape.voice` says.
SELF = "自称"
LIST = FieldType.LIST


@dataclass(frozen=True)
class _Line:
    """A slot as the prompt offers it, with what may be said about it."""

    text: str
    note: str = ""


#: The worked examples of ``demo.j2``: an opening, figures, a list, under labels that no report type has.
_DEMOS: tuple[Mapping[str, object], ...] = (
    {
        "name": "开头",
        "heading": "",
        "about": "开头一段，概括这一年园林工作的情况和总的评价。",
        "slots": [_Line("{{园林年度}}"), _Line("{{园林主管部门}}"), _Line("{{园林主题}}")],
        "items": [],
        "characters": "六十",
    },
    {
        "name": "（二）义务植树",
        "heading": "广泛发动群众，推进国土绿化",
        "about": "义务植树的组织发动、栽植成效和经费投入。",
        "slots": [
            _Line("{{参加职工}}", "（还可写 {{参加职工|名}}）"),
            _Line("{{植树株数}}", "（还可写 {{植树株数|同比}} 或 {{植树株数|去年}}）"),
            _Line("{{苗木成活率}}"),
            _Line("{{植树投入}}"),
        ],
        "items": [],
        "characters": "九十",
    },
    {
        "name": "三、园林短板",
        "heading": "正视差距短板",
        "about": "总起一句，再逐条写园林工作的短板。",
        "slots": [],
        "items": [_Line("{{园林短板.1}}"), _Line("{{园林短板.2}}"), _Line("{{园林短板.3}}")],
        "characters": "六十",
    },
)
_NOTHING_MORE = {"optional": "", "others": [], "avoid": "", "instruction": "", "single": True}


def messages_for(brief: Brief, *, send_values: bool) -> list[Message]:
    """What a model is shown to write one section: `shared_messages`, then the section's own part.

    Args:
        send_values: whether the facts' values may go to this endpoint (`SendValues.allows`).
    """
    shared = shared_messages(brief.report_type, brief.report, send_values=send_values)
    return [*shared, Message("user", _section_part(brief, send_values))]


def shared_messages(report_type: ReportType, report: Report, *, send_values: bool) -> list[Message]:
    """The turns that every section of a report begins with, byte for byte: the prefix and worked examples.

    The examples stand as turns of their own: a small model follows what was answered before, not what is described.
    """
    person = report.shape.voice == "person"
    found = [Message("system", shared_prefix(report_type, report, send_values=send_values))]
    for number, demo in enumerate(_DEMOS, 1):
        asked = _render(report_type, "demo.j2", {**_NOTHING_MORE, **demo, "person": person})
        voice = {"number": number, "person": person, "unit": _self_reference(report.sheet)}
        answer = _render(report_type, "demo_answer.j2", voice).strip()
        found += [Message("user", asked), Message("assistant", answer)]
    return found


def shared_prefix(report_type: ReportType, report: Report, *, send_values: bool) -> str:
    """The system message: the same bytes for every section of a report."""
    sheet = report.sheet
    hidden = withholder(sheet, send_values=send_values)
    items = _items(sheet)
    told = {label for section in report.sections for label in section.facts} | {SELF}
    items = [item for item in items if item.label in told]
    known = [item for item in items if not sheet.fact(item.label).empty]
    groups = dict.fromkeys(item.group for item in known)
    context = {
        "name": report_type.name,
        "document": report.shape.document,
        "genre": report_type.genre,
        "person": report.shape.voice == "person",
        "unit": _self_reference(sheet),
        "outline": list(_outline(report, hidden)),
        "groups": [
            {"name": group, "facts": [_explained(item, sheet, send_values) for item in known if item.group == group]}
            for group in groups
        ],
        "missing": "、".join(item.label for item in items if sheet.fact(item.label).empty),
    }
    return _render(report_type, "system.j2", context)


def told_facts(report: Report) -> tuple[str, ...]:
    """Labels of the facts that the messages of a report tell of, by name or with values."""
    told = {label for section in report.sections for label in section.facts} | {SELF}
    sheet = report.sheet
    return tuple(item.label for item in _items(sheet) if item.label in told and not sheet.fact(item.label).empty)


def continue_prompt(report_type: ReportType) -> str:
    """The turn that asks a model to go on where it was cut off."""
    return _render(report_type, "continue.j2", {})


def repair_messages(brief: Brief, text: str, faulty: Sequence[tuple[str, str]], *, send_values: bool) -> list[Message]:
    """Asks for some sentences of a section once more: bare numbers, unknown slots.

    Args:
        text: the slot text that the model wrote.
        faulty: each sentence, and in Chinese what is wrong with it.
    """
    hidden = withholder(brief.sheet, send_values=send_values)
    sentences = [
        {"text": as_data_line(hidden.clean(sentence)), "fault": as_data_line(hidden.clean(fault))}
        for sentence, fault in faulty
    ]
    context = {
        "sentences": sentences,
        "count": hanzi(len(sentences), before_measure=True),
        "slots": "、".join(offered_slots(brief, send_values=send_values)),
    }
    return [
        *messages_for(brief, send_values=send_values),
        Message("assistant", hidden.clean(text)),
        Message("user", _render(brief.report_type, "repair.j2", context)),
    ]


def reword_messages(
    brief: Brief, text: str, sentences: Sequence[str], wish: str, *, send_values: bool
) -> list[Message]:
    """Asks for some sentences of a section as a person wishes them.

    Args:
        text: the section's slot text.
        wish: 更精简, 突出大学生 … or a person's own words.
    """
    hidden = withholder(brief.sheet, send_values=send_values)
    context = {
        "sentences": [as_data_line(hidden.clean(sentence)) for sentence in sentences],
        "count": hanzi(len(sentences), before_measure=True),
        "wish": as_data_line(hidden.clean(wish)),
        "slots": "、".join(offered_slots(brief, send_values=send_values)),
    }
    return [
        # The wish is about the sentences, not about the section.
        *messages_for(replace(brief, instruction=brief.section.instruction, avoid=""), send_values=send_values),
        Message("assistant", hidden.clean(text)),
        Message("user", _render(brief.report_type, "_rewrite.j2", context)),
    ]


def offered_slots(brief: Brief, *, send_values: bool) -> list[str]:
    """The slots that a section's prompt offers, each once: those of its facts, of its instruction, and the unit's."""
    sheet = brief.sheet
    found = [SELF] if sheet.value(SELF) is not None else []
    slots = [slot_of(label) for label in found]
    for label in brief.section.facts:
        item = sheet.schema.find(label)
        if item is None or sheet.fact(label).empty:
            continue
        if isinstance(item, DerivedFact):
            slots.append(slot_of(item.label))
        elif item.type is FieldType.LIST:
            slots += [line.text for line in _listed(item, sheet, send_values)]
        else:
            slots += [
                print_slot(slot)
                for line in _offer(item, sheet, send_values)
                for slot in slots_in(line.text + line.note)
            ]
            if item.type is FieldType.TABLE and send_values and not sheet.private(item.label):
                slots += _cells(item, sheet)
    slots += [print_slot(slot) for slot in slots_in(brief.instruction)]
    return list(dict.fromkeys(slots))


def _cells(item: FactField, sheet: FactSheet) -> Iterator[str]:
    """Every filled cell of a table: the prompt shows one row's as an example of all."""
    for row in _rows(item.label, sheet):
        for column in item.columns[1:]:
            if row.get(column.label) is not None:
                yield slot_of(item.label, str(row[item.key_column.label]), column.label)


def as_data_line(text: str) -> str:
    """Slot text as one line inside a fence: slots stay slots."""
    return " ".join(text.split()).replace("<", "＜").replace(">", "＞")


def _items(sheet: FactSheet) -> list[FactField | DerivedFact]:
    """Every field, and every derived fact behind the fields of its group, in the order of the form."""
    schema = sheet.schema
    found: list[FactField | DerivedFact] = []
    for group in dict.fromkeys([*schema.groups, *(derived.group for derived in schema.derived)]):
        found += schema.in_group(group)
        found += (derived for derived in schema.derived if derived.group == group)
    return found


def _self_reference(sheet: FactSheet) -> str:
    return slot_of(SELF) if sheet.value(SELF) is not None else "“本单位”"


def _outline(report: Report, hidden: Withholder) -> Iterator[Mapping[str, str]]:
    numbered = numbers(report.sections)
    for section in report.sections:
        yield {
            "indent": "　" * (section.depth - 1),
            "number": numbered[section.key],
            "name": _name(section, report.sheet, hidden),
            "facts": "、".join(label for label in section.facts if not report.sheet.fact(label).empty),
        }


def _name(section: Section, sheet: FactSheet, hidden: Withholder) -> str:
    """Title and heading of a section in one line; a heading that waits for a fact is not shown."""
    title = as_data_line(hidden.clean(section.title))
    heading = _heading(section, sheet, hidden)
    return f"{title}（标题：{heading}）" if heading and heading != title else title


def _heading(section: Section, sheet: FactSheet, hidden: Withholder) -> str:
    if any(sheet.fact(slot.label).empty for slot in slots_in(section.heading)):
        return ""
    return as_data_line(hidden.clean(section.heading))


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
    field = item if isinstance(item, FactField) else _as_field(item)
    last = "" if fact.last_year is None else f"，去年{shown_value(fact.last_year, field, fact)}"
    return f"〔值：{shown_value(fact.value, field, fact)}{last}〕"


def _as_field(derived: DerivedFact) -> FactField:
    return FactField(label=derived.label, type=derived.type, group=derived.group, measure=derived.measure)


def _section_part(brief: Brief, send_values: bool) -> str:
    sheet, section = brief.sheet, brief.section
    hidden = withholder(sheet, send_values=send_values)
    home = [item for label in section.facts if (item := sheet.schema.find(label)) and not sheet.fact(label).empty]
    fields = [item for item in home if isinstance(item, FactField)]
    number = numbers(brief.report.sections)[section.key]
    context = {
        "person": brief.report.shape.voice == "person",
        "name": f"{number}{as_data_line(hidden.clean(section.title))}",
        "heading": _heading(section, sheet, hidden) if section.style is not HeadingStyle.PLAIN else "",
        "slots": [
            line for item in fields if item.type is not FieldType.LIST for line in _offer(item, sheet, send_values)
        ],
        "items": [line for item in fields if item.type is FieldType.LIST for line in _listed(item, sheet, send_values)],
        "optional": "、".join(slot_of(item.label) for item in home if isinstance(item, DerivedFact)),
        "others": list(_others(brief, hidden)),
        "avoid": as_data_line(hidden.clean(brief.avoid)),
        "instruction": as_data_line(hidden.clean(brief.instruction)),
        "characters": hanzi(brief.characters, before_measure=False),
        "single": brief.characters <= ONE_PARAGRAPH,
    }
    # A section that a person added has no prompt of its own.
    return _render(brief.report_type, (f"sections/{section.template}.j2", "_section.j2"), context)


def _offer(item: FactField, sheet: FactSheet, send_values: bool) -> Iterator[_Line]:
    """The slots that a fact other than a list has to offer."""
    if item.type is FieldType.TABLE:
        yield from _table(item, sheet, send_values and not sheet.private(item.label))
        return
    forms = [*measures_of(item)[1:2]] if item.type is FieldType.COUNT else []
    if item.type.numeric and sheet.fact(item.label).last_year is not None:
        forms += ["同比", "去年"]
    others = " 或 ".join(slot_of(item.label, form=form) for form in forms)
    yield _Line(slot_of(item.label), f"（还可写 {others}）" if others else "")


def _table(item: FactField, sheet: FactSheet, with_rows: bool) -> Iterator[_Line]:
    """The table as a whole with its totals; rows by name only where names may be sent."""
    notes = ["逐项列出"]
    rows = _rows(item.label, sheet)
    if with_rows and rows:
        names = [str(row[item.key_column.label]) for row in rows]
        notes.append(f"也可以逐行写：{'、'.join(slot_of(item.label, name) for name in names)}")
        measures = {column.measure_from for column in item.columns}
        cells = [c.label for c in item.columns[1:] if c.label not in measures and rows[0].get(c.label) is not None]
        if cells:
            notes.append(f"只写一格时如 {'、'.join(slot_of(item.label, names[0], cell) for cell in cells)}")
    # One total is enough: offered many, a small model asks for totals of everything.
    totals = [
        slot_of(item.label, TOTAL, column.label)
        for label in item.row
        if (column := item.column(label)) and column.type is not FieldType.TEXT and not column.measure_from
        if any(row.get(column.label) is not None for row in rows)
    ]
    if totals:
        notes.append(f"合计可写 {totals[-1]}")
    yield _Line(slot_of(item.label), f"（{'；'.join(notes)}）")


def _rows(label: str, sheet: FactSheet) -> list[Mapping[str, object]]:
    value = sheet.value(label)
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, tuple) else []


def _listed(item: FactField, sheet: FactSheet, send_values: bool) -> Iterator[_Line]:
    value = sheet.value(item.label)
    for number, text in enumerate(value if isinstance(value, tuple) else (), 1):
        note = f"〔值：{as_data(str(text))}〕" if send_values and not sheet.private(item.label) else ""
        yield _Line(slot_of(item.label, str(number)), note)


def _others(brief: Brief, hidden: Withholder) -> Iterator[Mapping[str, str]]:
    for section in brief.report.written:
        if section.text and section.key != brief.section.key:
            text = as_data_line(hidden.clean(_opening(section.text)))
            used = "、".join(dict.fromkeys(slot.label for slot in slots_in(section.text)))
            name = as_data_line(hidden.clean(section.title))
            yield {"name": name, "text": text, "used": as_data_line(hidden.clean(used))}


def _opening(text: str) -> str:
    """The first characters of a slot text, no slot cut in two."""
    kept, room = [], SHOWN_OF_OTHERS
    for node in parse(text):
        piece = str(node) if isinstance(node, Slot) else node.text
        if len(piece) <= room:
            kept.append(node)
            room -= len(piece)
            continue
        if not isinstance(node, Slot):
            kept.append(type(node)(node.text[:room]))
        return print_nodes(kept) + "……"
    return print_nodes(kept)


def _render(report_type: ReportType, names: str | tuple[str, ...], context: Mapping[str, object]) -> str:
    folders = tuple(dict.fromkeys((report_type.folder, report_type.folder.parent, PROMPTS)))
    made = _environment(folders, _stamp(folders))
    return made.select_template([names] if isinstance(names, str) else list(names)).render(context).strip() + "\n"


@lru_cache(maxsize=16)
def _environment(folders: tuple[Path, ...], _changed: tuple[int, ...]) -> ImmutableSandboxedEnvironment:
    return environment(*folders)


def _stamp(folders: Iterable[Path]) -> tuple[int, ...]:
    """Changes when a template does, so that an edited prompt counts at once."""
    return tuple(
        file.stat().st_mtime_ns
        for folder in folders
        for pattern in ("*.j2", "sections/*.j2")
        for file in sorted(folder.glob(pattern))
    )
