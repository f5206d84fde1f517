"""The messages of one turn of the conversation.

Where values may not be sent, the person's own figures go as 〔数1〕, 〔数2〕 and come back as what they were: the model
tells which fact a figure is without seeing it. What code answered before stays here: it is made of the facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.drafting.chat_tools import Call
from assistant.drafting.completions import Message
from assistant.drafting.messages import opening
from assistant.drafting.outgoing import standing_in
from assistant.drafting.withhold import Withholder, as_data, as_data_line, shown_value, withholder
from assistant.facts.fields import FactField, FieldType
from assistant.facts.sheet import FactSheet
from assistant.reports.loader import PROMPTS
from assistant.reports.outline import numbers
from assistant.reports.report import Report, SectionState
from assistant.reports.templates import environment
from assistant.reports.types import ReportType
from assistant.slots.normalise import normalise

#: Turns of before that a model is shown, and characters of each.
TURNS, SHOWN = 6, 300
_STATES = {SectionState.EMPTY: "未写", SectionState.INTERRUPTED: "未写完"}


@dataclass(frozen=True)
class Before:
    """What was said before. ``own``: by the person; ``by_code``: an answer that no model gave."""

    own: bool
    words: str
    by_code: bool = False


@dataclass(frozen=True)
class Talk:
    """What one turn is about.

    Attributes:
        message: what the person says now.
        before: the turns before, oldest first.
    """

    report: Report
    report_type: ReportType
    message: str
    before: tuple[Before, ...] = ()


class Hidden:
    """The person's words as a model may see them, and the way back."""

    def __init__(self, report: Report, *, send_values: bool) -> None:
        self._sheet = report.sheet
        self._withholder: Withholder = withholder(report.sheet, send_values=send_values)

    def title(self, text: str) -> str:
        return as_data_line(self._withholder.clean(text))

    def words(self, text: str) -> str:
        """Text of a person, as data."""
        return self._withholder.clean(as_data(text))

    def told_before(self, turns: Sequence[Before]) -> list[Before]:
        """What of the turns before may be shown: where anything stays here, no answer that code made of the facts.

        Words that nobody but code answered go with their answer: half a talk would be asked about again.
        """
        if not self._withholder.hides:
            return list(turns)
        kept = [turn for turn in turns if turn.own or not turn.by_code]
        following = [*kept[1:], None]
        return [
            turn
            for turn, after in zip(kept, following, strict=False)
            if not turn.own or (after is not None and not after.own)
        ]

    def shown(self, text: str) -> str:
        """A model's words with their slots mended; its marks for figures are no words of ours."""
        return normalise(self._withholder.back(text), self._sheet.schema, self._sheet).text

    def call(self, call: Call) -> Call:
        return call if call.arguments is None else Call(call.name, self._back_in(call.arguments))

    def _back_in(self, data: Any) -> Any:
        if isinstance(data, str):
            return self._withholder.back(data)
        if isinstance(data, Mapping):
            return {key: self._back_in(value) for key, value in data.items()}
        return [self._back_in(value) for value in data] if isinstance(data, list) else data


def chat_messages(talk: Talk, *, send_values: bool, json: bool) -> tuple[Hidden, list[Message]]:
    """The turn's messages, and what leads back from marks to figures.

    Args:
        json: the service knows no tools: the answer is to be JSON.
    """
    report = talk.report
    hidden = Hidden(report, send_values=send_values)
    template = environment(PROMPTS).get_template("chat.j2")
    sheet = standing_in(report.sheet, send_values=send_values)
    system = template.render(
        role="system",
        document=report.shape.document,
        name=report.shape.name,
        json=json,
        outline=list(_outline(report, hidden)),
        facts=[_fact(item, sheet, send_values=send_values) for item in sheet.schema.fields],
        text="",
    )
    messages = [Message("system", system.strip())]
    for turn in hidden.told_before(talk.before)[-TURNS:]:
        shown = opening(hidden.words(turn.words), SHOWN)
        if turn.own:
            messages.append(Message("user", template.render(role="user", text=shown).strip()))
        else:
            messages.append(Message("assistant", shown))
    messages.append(Message("user", template.render(role="user", text=hidden.words(talk.message)).strip()))
    return hidden, messages


def _outline(report: Report, hidden: Hidden) -> Iterator[str]:
    numbered = numbers(report.sections)
    for section in report.sections:
        state = _STATES.get(section.state, "") if section.holds_text else "只有标题"
        locked = "已锁定" if section.locked else ""
        notes = "、".join(part for part in (state, locked) if part)
        indent = "  " * (section.depth - 1)
        yield f"{indent}{numbered[section.key]}{hidden.title(section.title)}{f'（{notes}）' if notes else ''}"


def _fact(item: FactField, sheet: FactSheet, *, send_values: bool) -> str:
    fact = sheet.fact(item.label)
    words = [as_data(item.label)]
    if item.measure:
        words.append(f"（{item.measure}）")
    if fact.empty:
        words.append("，未填")
    elif send_values and not sheet.private(item.label) and item.type not in (FieldType.LIST, FieldType.TABLE):
        words.append(f"：{shown_value(fact.value, item, fact)}")
    return "".join(words)
