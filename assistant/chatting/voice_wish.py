"""改成工作情况报告: who speaks in a report is changed by its own button, with everything that goes with it."""

from __future__ import annotations

import re

from assistant.chatting.workbench import Workbench
from assistant.intake.chat_intent import Understood
from assistant.reports.report import Report

#: Begins a command whose rest is the kind of report that is wanted.
VOICE = "voice:"


def as_voice(read: Understood, text: str, report: Report, desk: Workbench) -> Understood:
    """A message that wants the report to be of another kind, and nothing else, as a command."""
    if read.questions or read.wishes or len(read.facts.offers) > 1 or desk.other_voice(report) is None:
        return read
    names = sorted({shape.document for shape in desk.report_type(report).shapes if shape.document}, key=len)
    wanted = re.search(
        rf"(?:改|换|写|变)(?:成|为|作)(?:一?[份篇])?[“\"]?({'|'.join(map(re.escape, names[::-1]))})", text
    )
    return Understood(command=VOICE + wanted[1]) if names and wanted else read
