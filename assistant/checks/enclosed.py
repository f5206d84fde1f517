"""附件 and the text: a table in one is referred to where it is told, and no text refers to one that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.checks.finding import Finding, Fix
from assistant.facts.fields import DerivedFact
from assistant.reports.report import Report, Section
from assistant.slots.grammar import Slot, parse_placed

_MENTION = re.compile(r"附件 ?([0-9]{1,2})?(?=[）)：:，。、；“《\n]|$)")
_END = re.compile(r"[。！？\n]")


def enclosure_findings(report: Report, tables: Sequence[str]) -> list[Finding]:
    """What is amiss between the texts and the 附件.

    Args:
        tables: for each 附件, in order, the label of the table fact that stands in it; "" for none.
    """
    return [*_unmentioned(report, tables), *_without(report, len(tables))]


def _unmentioned(report: Report, tables: Sequence[str]) -> Iterator[Finding]:
    for number, label in enumerate(tables, 1):
        home = next((section for section in report.written if section.text and label in section.facts), None)
        if not label or home is None or not report.sheet.fact(label).told:
            continue
        name = f"附件{number}" if len(tables) > 1 else "附件"
        said = [(match[1] or "") for section in report.written for match in _MENTION.finditer(section.text)]
        if str(number) in said or (len(tables) == 1 and said):
            continue
        at = _place(home, label, report)
        yield Finding(
            rule="enclosure.unmentioned",
            severity="hint",
            message=f"“{label}”列在{name}里，正文还没有提到这个附件。",
            section_key=home.key,
            fix=Fix(at, at, "", f"（详见{name}）", f"写上“详见{name}”"),
            facts=(label,),
        )


def _without(report: Report, count: int) -> Iterator[Finding]:
    for section in report.written:
        for match in _MENTION.finditer(section.text):
            if not count or int(match[1] or 1) > count:
                there = f"只有 {count} 个附件" if count else "没有附件"
                yield Finding(
                    rule="enclosure.none",
                    severity="warning",
                    message=f"正文提到“{match.group().strip()}”，这份报告{there}。请在“导出”页添加附件，或改正文。",
                    section_key=section.key,
                    start=match.start(),
                    end=match.end(),
                    excerpt=match.group(),
                )


def _place(section: Section, label: str, report: Report) -> int:
    """Before the end of the sentence that tells the table last; of the section's first sentence where none does."""
    derived = [item.label for item in report.sheet.schema.derived if _sums(item, label)]
    nodes = [(one.node, one.end) for one in parse_placed(section.text)]
    behind = [end for node, end in nodes if isinstance(node, Slot) and _called(node, report) == label]
    behind = behind or [end for node, end in nodes if isinstance(node, Slot) and _called(node, report) in derived]
    end = _END.search(section.text, behind[-1] if behind else 0)
    return end.start() if end else len(section.text)


def _called(slot: Slot, report: Report) -> str:
    item = report.sheet.schema.find(slot.label)
    return item.label if item else slot.label


def _sums(item: DerivedFact, label: str) -> bool:
    return re.search(rf"(?<![一-龥]){re.escape(label)}(?![一-龥])", item.expr) is not None
