"""How facts that a section leaves out are worked into it: by telling a model, or by longer phrases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.drafting.brief import Brief, brief_for
from assistant.drafting.phrasebook import phrase
from assistant.reports.report import Report, Section
from assistant.reports.types import Length, ReportType
from assistant.slots.grammar import Slot, print_slot, slots_in

#: Seeds that are tried for a wording that tells more.
_SEEDS = 4


def told_brief(report_type: ReportType, report: Report, section: Section, labels: Sequence[str]) -> Brief:
    """The brief that tells a model which slots its text left out."""
    slots = "、".join(print_slot(Slot((label,))) for label in labels)
    kept = "、".join(dict.fromkeys(print_slot(slot) for slot in slots_in(section.text)))
    also = f"上一稿用到的{kept}也要保留" if kept else ""
    instruction = "；".join(part for part in (f"上一稿漏了这些事实，这次务必写进正文：{slots}", also) if part)
    return brief_for(report_type, report, section, section.seed + 1, instruction)


def fuller_brief(report_type: ReportType, report: Report, section: Section, labels: Sequence[str]) -> Brief | None:
    """The brief under which the phrases tell most of these facts and lose none; None where no phrase tells more."""
    now = _home_facts(section.text, section, report)
    best: tuple[int, Brief] | None = None
    longer = replace(report, length=Length.FULL)
    for seed in range(section.seed, section.seed + _SEEDS):
        brief = brief_for(report_type, longer, section, seed)
        told = _home_facts(phrase(brief, seed), section, report)
        if now <= told and told & set(labels) and (best is None or len(told) > best[0]):
            best = len(told), brief
    return best[1] if best else None


def _home_facts(text: str, section: Section, report: Report) -> set[str]:
    items = (report.sheet.schema.find(slot.label) for slot in slots_in(text))
    return {item.label for item in items if item is not None} & set(section.facts)
