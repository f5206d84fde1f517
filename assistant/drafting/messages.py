"""A brief as the messages of a chat completion: one prefix for the whole report, then the section's own part.

The prefix depends on the report only, never on the section, so a service that caches prompts reads it once.
Values are in it only where they may be sent: every message is built from what may leave (`outgoing`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.drafting.brief import Brief
from assistant.drafting.completions import Message
from assistant.drafting.offers import by_entry, entries, gap, offer, offered_slots, wanted
from assistant.drafting.outgoing import outgoing, outgoing_report
from assistant.drafting.prompting import prompt
from assistant.drafting.shared_prefix import heading_of, shared_turns
from assistant.drafting.withhold import Withholder, as_data_line, slot_of, withholder
from assistant.facts.fields import DerivedFact, FactField
from assistant.facts.formatting import hanzi
from assistant.reports.outline import numbers
from assistant.reports.report import Report
from assistant.reports.types import HeadingStyle, ReportType
from assistant.slots.grammar import Slot, parse, print_nodes, slots_in

#: Beyond this many characters a section may have more than one paragraph.
ONE_PARAGRAPH = 320
#: Characters of another section that are shown, against repetition.
SHOWN_OF_OTHERS = 60


def messages_for(brief: Brief, *, send_values: bool, hidden: Withholder | None = None) -> list[Message]:
    """What a model is shown to write one section: `shared_messages`, then the section's own part.

    Args:
        send_values: whether the facts' values may go to this endpoint (`SendValues.allows`).
        hidden: what hides values in texts, where the answer's marks are to be read; made here where there is none.
    """
    hidden = hidden or withholder(brief.sheet, send_values=send_values)
    return _asking(outgoing(brief, hidden, send_values=send_values), send_values)


def shared_messages(report_type: ReportType, report: Report, *, send_values: bool) -> list[Message]:
    """The turns that every section of a report begins with, byte for byte."""
    hidden = withholder(report.sheet, send_values=send_values)
    return shared_turns(report_type, outgoing_report(report, hidden, send_values=send_values), send_values=send_values)


def continue_prompt(report_type: ReportType) -> str:
    """The turn that asks a model to go on where it was cut off."""
    return prompt(report_type, "continue.j2", {})


def repair_messages(
    brief: Brief, text: str, faulty: Sequence[tuple[str, str]], *, send_values: bool, hidden: Withholder | None = None
) -> list[Message]:
    """Asks for some sentences of a section once more: bare numbers, unknown slots.

    Args:
        text: the slot text that the model wrote.
        faulty: each sentence, and in Chinese what is wrong with it.
    """
    hidden = hidden or withholder(brief.sheet, send_values=send_values)
    before = messages_for(brief, send_values=send_values, hidden=hidden)
    context = {
        "sentences": [
            {"text": as_data_line(hidden.clean(sentence)), "fault": as_data_line(hidden.told(fault))}
            for sentence, fault in faulty
        ],
        "count": hanzi(len(faulty), before_measure=True),
        "slots": "、".join(offered_slots(brief, send_values=send_values)),
    }
    return [
        *before,
        Message("assistant", hidden.clean(text)),
        Message("user", prompt(brief.report_type, "repair.j2", context)),
    ]


def reword_messages(
    brief: Brief,
    text: str,
    sentences: Sequence[str],
    wish: str,
    *,
    send_values: bool,
    hidden: Withholder | None = None,
) -> list[Message]:
    """Asks for some sentences of a section as a person wishes them.

    Args:
        text: the section's slot text.
        wish: 更精简, 突出大学生 … or a person's own words.
    """
    hidden = hidden or withholder(brief.sheet, send_values=send_values)
    # The wish is about the sentences, not about the section.
    section_only = replace(brief, instruction=brief.section.instruction, avoid="")
    before = messages_for(section_only, send_values=send_values, hidden=hidden)
    context = {
        "sentences": [as_data_line(hidden.clean(sentence)) for sentence in sentences],
        "count": hanzi(len(sentences), before_measure=True),
        "wish": as_data_line(hidden.clean(wish)),
        "slots": "、".join(offered_slots(brief, send_values=send_values)),
    }
    return [
        *before,
        Message("assistant", hidden.clean(text)),
        Message("user", prompt(brief.report_type, "_rewrite.j2", context)),
    ]


def _asking(brief: Brief, send_values: bool) -> list[Message]:
    """The messages of a brief that may leave."""
    shared = shared_turns(brief.report_type, brief.report, send_values=send_values)
    return [*shared, Message("user", _section_part(brief, send_values))]


def _section_part(brief: Brief, send_values: bool) -> str:
    sheet, section = brief.sheet, brief.section
    own = [item for label in section.facts if (item := sheet.schema.find(label))]
    home = [item for item in own if sheet.fact(item.label).told]
    fields = [item for item in home if isinstance(item, FactField)]
    whole = [item for item in fields if not by_entry(item, sheet)]
    gaps = [gap(item) for item in own if isinstance(item, FactField) and wanted(item, brief.report)]
    number = numbers(brief.report.sections)[section.key]
    context = {
        "person": brief.report.shape.voice == "person",
        "name": f"{number}{as_data_line(section.title)}",
        "heading": heading_of(section, sheet) if section.style is not HeadingStyle.PLAIN else "",
        "slots": [*(line for item in whole for line in offer(item, sheet, send_values=send_values)), *gaps],
        "items": [
            line for item in fields if by_entry(item, sheet) for line in entries(item, sheet, send_values=send_values)
        ],
        "optional": "、".join(slot_of(item.label) for item in home if isinstance(item, DerivedFact)),
        "others": list(_others(brief)),
        "avoid": as_data_line(brief.avoid),
        "instruction": as_data_line(brief.instruction),
        "characters": hanzi(brief.characters, before_measure=False),
        "single": brief.characters <= ONE_PARAGRAPH,
    }
    # A section that a person added has no prompt of its own.
    return prompt(brief.report_type, (f"sections/{section.template}.j2", "_section.j2"), context)


def _others(brief: Brief) -> Iterator[Mapping[str, str]]:
    for section in brief.report.written:
        if section.text and section.key != brief.section.key:
            used = "、".join(dict.fromkeys(slot.label for slot in slots_in(section.text)))
            yield {
                "name": as_data_line(section.title),
                "text": as_data_line(opening(section.text, SHOWN_OF_OTHERS)),
                "used": as_data_line(used),
            }


def opening(text: str, room: int) -> str:
    """The first characters of a slot text, no slot cut in two."""
    kept = []
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
