"""Rules among the facts as findings: what the sheet itself contradicts, whatever the text says."""

from __future__ import annotations

from assistant.checks.finding import Finding
from assistant.facts.rules import broken_rules
from assistant.facts.sheet import FactSheet
from assistant.slots.render import render_text


def sheet_findings(sheet: FactSheet) -> list[Finding]:
    """Every violated rule, both figures named, in the order of the schema."""
    return [
        Finding(
            rule=f"rule.{broken.rule}",
            severity=broken.severity,
            message=_sentence(render_text(broken.message, sheet)),
            facts=broken.facts,
        )
        for broken in broken_rules(sheet)
    ]


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else f"{text}。"
