"""Sample reports for ``number_audit.py``: drafts of the embedded engine from the example sheets, and from sheets with
other figures, made by a deterministic change that breaks no rule of the report type."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from assistant.checks.report_audit import laid_out
from assistant.drafting.embedded import EmbeddedEngine
from assistant.facts.rules import broken_rules
from assistant.facts.sheet import Fact, FactSheet
from assistant.facts.values import Value
from assistant.facts.yaml_form import load_sheet
from assistant.headless import blank_report, draft_report
from assistant.reports.loader import Library
from assistant.reports.manuscript import manuscript
from assistant.reports.report import Report
from assistant.reports.types import Length
from assistant.slots.render import Piece

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
TYPE = "armed-forces-work"
LIBRARY = Library()


@dataclass(frozen=True)
class Sample:
    """One report: its plain text with the pieces that slots printed, and its slot texts."""

    name: str
    report: Report
    text: str
    printed: tuple[tuple[int, Piece], ...]

    @property
    def sheet(self) -> FactSheet:
        return self.report.sheet


def samples(held_out: bool) -> Iterator[Sample]:
    """24 reports: four sheets, two lengths, three seeds. The held-out ones share neither figures nor seeds."""
    for file in sorted(EXAMPLES.glob("*.yaml")):
        read = load_sheet(file.read_text(encoding="utf-8"), LIBRARY.schema_of, file.name)
        if read.report_type != TYPE:
            continue
        for length in (Length.NORMAL, Length.FULL):
            for seed in (101, 102, 103) if held_out else (1, 2, 3):
                sheet = perturbed(read.sheet, seed) if held_out else read.sheet
                blank = blank_report(LIBRARY, read.report_type, read.shape, sheet, length, seed)
                keys = [section.key for section in blank.written]
                report, failed = asyncio.run(draft_report(LIBRARY, blank, EmbeddedEngine(), keys, lambda *_: None))
                assert not failed
                text, placed = laid_out(manuscript(report))
                printed = tuple((at, piece) for at, piece in placed if piece.kind == "value")
                yield Sample(f"{file.stem} {length.value} {seed}", report, text, printed)


def perturbed(sheet: FactSheet, seed: int) -> FactSheet:
    """The sheet with nearly every figure changed; figures that rules tie together are changed together."""
    chance = random.Random(seed)
    allowed = {broken.rule for broken in broken_rules(sheet)}
    for label in list(sheet.facts):
        for _ in range(4):
            tried = _coupled(sheet.with_fact(label, _other(sheet.fact(label), chance)))
            if {broken.rule for broken in broken_rules(tried)} <= allowed:
                sheet = tried
                break
    return sheet


def _other(fact: Fact, chance: random.Random) -> Fact:
    value, last = fact.value, fact.last_year
    if isinstance(value, tuple):
        rows = [item if isinstance(item, str) else _row(dict(item), chance) for item in value]
        return replace(fact, value=tuple(rows))  # type: ignore[arg-type]
    changed = _figure(value, chance)
    return replace(fact, value=changed, last_year=_figure(last, chance))


def _row(row: dict[str, Value], chance: random.Random) -> dict[str, Value]:
    changed = {name: _figure(value, chance) or value for name, value in row.items()}
    if "编制人数" in changed:
        changed["实有人数"] = changed["编制人数"]
        changed["民兵干部"] = row["民兵干部"]
    return changed


def _figure(value: Value | None, chance: random.Random) -> Value | None:
    if isinstance(value, int) and value > 0 and not 1990 < value < 2100:
        return max(1, round(value * chance.uniform(0.7, 1.4))) if value > 3 else chance.randint(1, 5)
    if isinstance(value, Decimal):
        unit = Decimal(1) if value < 1000 else Decimal(1000)
        return max(unit, (value * Decimal(str(chance.uniform(0.7, 1.4))) / unit).quantize(Decimal(1)) * unit)
    return value


def _coupled(sheet: FactSheet) -> FactSheet:
    units = sheet.value("民兵分队")
    if isinstance(units, tuple):
        total = sum(int(str(row["实有人数"])) for row in units if not isinstance(row, str))
        sheet = sheet.with_fact("基干民兵", replace(sheet.fact("基干民兵"), value=total))
    houses, gift = sheet.value("走访慰问户数"), sheet.value("每户慰问金")
    if isinstance(houses, int) and isinstance(gift, Decimal | int):
        sheet = sheet.with_fact("慰问金总额", replace(sheet.fact("慰问金总额"), value=houses * Decimal(gift)))
    details = sheet.value("经费明细")
    if isinstance(details, tuple):
        singles = {item.label: sheet.value(item.label) for item in sheet.schema.fields if item.label.endswith("投入")}
        rows = []
        for row in details:
            assert not isinstance(row, str)
            single = next((value for label, value in singles.items() if label.startswith(str(row["项目"]))), None)
            rows.append({**row, "金额": single if isinstance(single, Decimal) else row["金额"]})
        sheet = sheet.with_fact("经费明细", replace(sheet.fact("经费明细"), value=tuple(rows)))
    return sheet
