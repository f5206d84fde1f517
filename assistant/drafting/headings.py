"""Headings for one section from a model: asked for in lines, kept only where they are parallel and without numbers."""

from __future__ import annotations

import asyncio
import re
from contextlib import aclosing

from assistant.drafting.completions import Completions, Message
from assistant.drafting.leaving import CLOSED, SENDING, About, Gate
from assistant.drafting.secrecy import refuse_marked
from assistant.drafting.settings import EndpointSettings, SendValues
from assistant.drafting.withhold import withholder
from assistant.errors import EmptyDraft, EndpointTimeout
from assistant.reports.loader import PROMPTS
from assistant.reports.outline_headings import SHOWN, refused
from assistant.reports.report import Report, Section
from assistant.reports.templates import environment
from assistant.reports.types import ReportType
from assistant.slots.grammar import slots_in

_MAX_TOKENS = 1500
#: Seconds that a person waits for a few words.
PATIENCE = 45
_ABOUT = About("拟标题")
_BULLET = re.compile(r"^\s*(?:[-*•·]|[（(]?[0-9一二三四五六七八九十]{1,2}[)）.、．])\s*")
_THINKING = re.compile(r"<think>.*?(?:</think>|$)", re.DOTALL)


async def model_headings(
    settings: EndpointSettings,
    send_values: SendValues,
    report_type: ReportType,
    report: Report,
    section: Section,
    gate: Gate = CLOSED,
) -> tuple[str, ...]:
    """Two headings that a model proposes; labels of facts go along, never values.

    Raises:
        SendingError: it may not go to this endpoint; nothing was sent.
        EmptyDraft: nothing that can be used came. EndpointError: the service failed.
    """
    if not settings.is_local:
        refuse_marked(report, SENDING)
    message = Message("user", heading_prompt(report_type, report, section, send_values, settings))
    completions = Completions(settings, gate)
    raw: list[str] = []
    try:
        async with (
            asyncio.timeout(PATIENCE),
            aclosing(completions.stream([message], max_tokens=_MAX_TOKENS, about=_ABOUT)) as stream,
        ):
            async for delta in stream:
                raw.append(delta.text)
    except TimeoutError as error:
        raise EndpointTimeout(
            f"模型想了 {PATIENCE} 秒还没有拟出标题。", "请从现成的里面选，或过一会儿再试。"
        ) from error
    finally:
        await completions.aclose()
    return usable("".join(raw), {other.heading for other in report.sections})


def usable(answer: str, taken: set[str]) -> tuple[str, ...]:
    """The first two headings of an answer that can be offered.

    Raises:
        EmptyDraft: none can, with what was wrong with them.
    """
    lines = [_BULLET.sub("", line).strip().rstrip("。；;") for line in _THINKING.sub("", answer).splitlines()]
    lines = [line.replace(",", "，") for line in lines if line]
    found = [line for line in dict.fromkeys(lines) if not refused(line) and line not in taken]
    if not found:
        faults = "、".join(dict.fromkeys(fault for line in lines if (fault := refused(line)))) or "没有新的"
        raise EmptyDraft(f"模型拟的标题不合用（{faults}），没有采用。", "请再请它拟一次，或从现成的里面选。")
    return tuple(found[:SHOWN])


def heading_prompt(
    report_type: ReportType, report: Report, section: Section, send_values: SendValues, settings: EndpointSettings
) -> str:
    """What the model is asked."""
    hidden = withholder(report.sheet, send_values=send_values.allows(settings))
    context = {
        "document": report.shape.document,
        "name": report_type.name,
        "title": _line(hidden.clean(section.title)),
        "facts": "、".join(section.facts),
        "instruction": _line(hidden.clean(section.instruction)),
        "beside": [
            _line(hidden.clean(other.heading))
            for other in report.sections
            if other.key != section.key and other.depth == section.depth and other.heading
            if not slots_in(other.heading)
        ],
    }
    return environment(report_type.folder, PROMPTS).get_template("headings.j2").render(context).strip() + "\n"


def _line(text: str) -> str:
    return " ".join(text.split()).replace("<", "＜").replace(">", "＞")
