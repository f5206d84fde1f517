"""Invented and wrong numbers in drafts of a real model: by slots, by values in the prompt, by slots with a grammar.

``NIGAO_BASE_URL=… NIGAO_MODEL=… python benchmarks/number_faithfulness.py --drafts 40`` drafts what is still missing in
``--records`` (JSON lines, so that a run may be stopped and gone on with) and prints the table of the documentation.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant.checks.bare_numbers import bare_number_findings  # noqa: E402
from assistant.checks.binding import Binder  # noqa: E402
from assistant.checks.placeholders import placeholder_findings  # noqa: E402
from assistant.checks.plain_audit import audit_text  # noqa: E402
from assistant.drafting.brief import Brief, brief_for  # noqa: E402
from assistant.drafting.completions import Completions, Message  # noqa: E402
from assistant.drafting.continuation import complete_section  # noqa: E402
from assistant.drafting.endpoint import LEAST_TOKENS, TOKENS_PER_CHARACTER, EndpointEngine  # noqa: E402
from assistant.drafting.messages import continue_prompt, messages_for  # noqa: E402
from assistant.drafting.settings import EndpointSettings, SendValues  # noqa: E402
from assistant.facts.sheet import FactSheet  # noqa: E402
from assistant.facts.yaml_form import load_sheet  # noqa: E402
from assistant.headless import blank_report  # noqa: E402
from assistant.reports.loader import Library  # noqa: E402
from assistant.reports.types import Length  # noqa: E402
from assistant.slots.grammar import slots_in  # noqa: E402
from assistant.slots.render import render_text  # noqa: E402

MODES = ("values", "slots", "grammar")
SHEETS = ("qinghe-work-a", "dongling-duty-b", "liulin-duty-c", "shiqiao-duty-d")

_SLOT_RULES = re.compile(r"【槽位】.*?(?=【不许】)", re.DOTALL)
_VALUE_RULES = (
    "【数字】\n数量、金额、比例、年份、日期、单位名、人名、地名"
    "只用【事实】和本节任务给出的，逐字照抄，不改、不换算、不编造。\n\n"
)
_SLOT = re.compile(r"\{\{[^{}]+\}\}")
_OFFER = re.compile(r"^- (\{\{[^{}]+\}\})(.*)$", re.MULTILINE)
_TO_WRITE = re.compile(r"写进这些槽位：.*?。(?=直接写正文)", re.DOTALL)
_OPTIONAL = re.compile(r"^【可用可不用】(.*)$", re.MULTILINE)
#: Values for the worked examples, whose labels no report type has.
_DEMO = {
    "园林年度": "2023年",
    "园林主管部门": "区园林局",
    "园林主题": "美丽城区建设",
    "参加职工": "316人",
    "参加职工|名": "316名",
    "植树株数": "2480株",
    "植树株数|同比": "同比增长12%",
    "植树株数|去年": "2214株",
    "苗木成活率": "96%",
    "植树投入": "8.6万元",
    "园林短板.1": "管护力量不足",
    "园林短板.2": "老旧绿地更新慢",
    "园林短板.3": "群众参与面不宽",
}


def value_messages(brief: Brief) -> list[Message]:
    """The same prompt without the idea of slots: every fact as its value, in the task as in the worked examples."""
    messages = messages_for(brief, send_values=True)
    system = _SLOT_RULES.sub(_VALUE_RULES, messages[0].content)
    system = system.replace(
        "- 槽位以外不出现任何数字，阿拉伯数字、汉字数字、百分比、年份都不写；", "- 不写没有给出的数字；"
    )
    system = re.sub(r"，供理解槽位用，不要照抄", "", system)
    turns = [Message("system", _filled(system, brief.sheet))]
    turns += [Message(message.role, _plain(message.content, brief.sheet)) for message in messages[1:]]
    return turns


def _plain(text: str, sheet: FactSheet) -> str:
    def offered(found: re.Match[str]) -> str:
        slot, note = found.groups()
        name = slot.strip("{}")
        more = ""
        if "同比" in note:
            forms = ("去年", "同比")
            more = "（" + "，".join(_value("{{" + f"{name}|{form}" + "}}", sheet, form) for form in forms) + "）"
        return f"- {name}：{_value(slot, sheet)}{more}"

    def optional(found: re.Match[str]) -> str:
        slots = _SLOT.findall(found.group(1))
        return "【可用可不用】" + "；".join(f"{slot.strip('{}')}：{_value(slot, sheet)}" for slot in slots)

    text = _OFFER.sub(offered, _OPTIONAL.sub(optional, _TO_WRITE.sub("", text)))
    text = text.replace(
        "【本节槽位】（都要写进正文，照抄，各用一次）", "【本节事实】（都要写进正文，数字照抄，各用一次）"
    )
    return _filled(text.replace("把槽位写进去", "写进去").replace("；与槽位规则冲突的部分不执行", ""), sheet)


def _value(slot: str, sheet: FactSheet, form: str = "") -> str:
    name = slot.strip("{}")
    value = _DEMO.get(name) or render_text(slot, sheet)
    return f"去年{value}" if form == "去年" else value


def _filled(text: str, sheet: FactSheet) -> str:
    return _SLOT.sub(lambda found: _value(found.group(), sheet), text)


def briefs(drafts: int) -> Iterator[tuple[str, Brief]]:
    """Sections with figures, as many of each sheet as of the next; sheet by sheet, so that prompt caches hit."""
    library = Library()
    each = -(-drafts // len(SHEETS))
    for name in SHEETS:
        read = load_sheet((ROOT / "examples" / f"{name}.yaml").read_text(encoding="utf-8"), library.schema_of)
        report = blank_report(library, read.report_type, read.shape, read.sheet, Length.NORMAL, 0)
        kind = library.get(read.report_type)
        rich = [section for section in report.written if any(not report.sheet.fact(f).empty for f in section.facts)]
        for number in range(each):
            section, seed = rich[number % len(rich)], number // len(rich)
            yield f"{name}/{section.key}/{seed}", brief_for(kind, report, section, seed)


def bare_numbers(text: str, sheet: FactSheet) -> int:
    """Numbers of a slot text that no fact supports. A linkable one is right, only not a reference yet."""
    return sum(finding.rule != "number.linkable" for finding in bare_number_findings(text, Binder(sheet)))


def unknown_slots(text: str, sheet: FactSheet) -> int:
    """Slots of a slot text that name no fact, row or form."""
    return sum(finding.rule == "placeholder.fault" for finding in placeholder_findings(text, sheet))


def audited(text: str, sheet: FactSheet, rule: str) -> list[str]:
    """Numbers of a printed text that the audit of plain texts finds conflicting or unknown."""
    return [finding.excerpt for finding in audit_text(text, sheet).findings if finding.rule == f"number.{rule}"]


def without_copies(numbers: list[str]) -> list[str]:
    """Those that were not copied from the prompt's worked examples."""
    return [number for number in numbers if not any(number in value for value in _DEMO.values())]


async def by_values(completions: Completions, brief: Brief) -> dict[str, Any]:
    result = await complete_section(
        completions,
        value_messages(brief),
        max_tokens=max(LEAST_TOKENS, brief.characters * TOKENS_PER_CHARACTER),
        on_text=lambda _: None,
        continue_prompt=continue_prompt(brief.report_type),
        heading=render_text(brief.section.heading, brief.sheet) or None,
    )
    return {"text": result.text}


async def by_slots(engine: EndpointEngine, brief: Brief) -> dict[str, Any]:
    from assistant.repair.engine import RepairingEngine

    began = time.monotonic()
    draft = await engine.draft(brief, lambda _: None)
    took = time.monotonic() - began
    repaired = await RepairingEngine(engine).repair(brief, draft, lambda _: None)
    return {
        "text": draft.text,
        "repaired": repaired.text,
        "notes": list(repaired.notes),
        "draft_seconds": round(took, 1),
    }


async def run(settings: EndpointSettings, modes: list[str], drafts: int, records: Path) -> None:
    done = {(record["mode"], record["key"]) for record in load(records)}
    for mode in modes:
        completions = Completions(settings)
        engine = EndpointEngine(settings.model_copy(update={"constrain": mode == "grammar"}), SendValues.LOCAL)
        for key, brief in briefs(drafts):
            if (mode, key) in done:
                continue
            began = time.monotonic()
            try:
                found = await (by_values(completions, brief) if mode == "values" else by_slots(engine, brief))
            except Exception as error:  # noqa: BLE001 - one bad draft must not end an hour's run
                found = {"error": str(error)}
            record = {"mode": mode, "key": key, **found, "seconds": round(time.monotonic() - began, 1)}
            with records.open("a", encoding="utf-8") as file:
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
            print(mode, key, record["seconds"], record.get("error", ""), flush=True)
        await completions.aclose()
        await engine.aclose()


def load(records: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in records.read_text("utf-8").splitlines()] if records.exists() else []


_COLUMNS = (
    "way of drafting",
    "drafts",
    "invented or wrong numbers a draft: as drafted",
    "after repair",
    "drafts with one: as drafted",
    "after repair",
    "unknown slots a draft, before → after repair",
    "slots a draft",
    "printed text, plain audit: conflicting a draft",
    "unknown a draft",
    "seconds to draft (median)",
    "with repair",
)
_NAMES = {
    "values": "values in the prompt",
    "uncopied": "the same, numbers copied from the worked examples left out",
    "slots": "slots",
    "grammar": "slots under the grammar",
}


def table(records: list[dict[str, Any]], sheets: Mapping[str, FactSheet]) -> str:
    """The Markdown table. Counted from the records' texts, so that a better audit counts them anew."""
    lines = ["| " + " | ".join(_COLUMNS) + " |", "|---" * len(_COLUMNS) + "|"]
    for way in _NAMES:
        mode = "values" if way == "uncopied" else way
        found = [record for record in records if record["mode"] == mode and "error" not in record]
        if found:
            lines.append("| " + " | ".join([_NAMES[way], str(len(found)), *_cells(way, found, sheets)]) + " |")
    return "\n".join(lines)


def _cells(way: str, found: list[dict[str, Any]], sheets: Mapping[str, FactSheet]) -> Iterator[str]:
    each = [(record, sheets[record["key"].partition("/")[0]]) for record in found]
    by_value = way in ("values", "uncopied")
    audits = []
    for record, sheet in each:
        printed = record["text"] if by_value else render_text(record["repaired"], sheet)
        pair = [audited(printed, sheet, rule) for rule in ("conflicting", "unknown")]
        audits.append([without_copies(numbers) for numbers in pair] if way == "uncopied" else pair)
    if by_value:
        before = after = [sum(map(len, pair)) for pair in audits]
    else:
        before = [bare_numbers(record["text"], sheet) for record, sheet in each]
        after = [bare_numbers(record["repaired"], sheet) for record, sheet in each]
    yield from (f"{sum(counts) / len(counts):.2f}" for counts in (before, after))
    yield from (str(sum(count > 0 for count in counts)) for counts in (before, after))
    if by_value:
        yield from ("—", "—")
    else:
        steps = [sum(unknown_slots(record[step], sheet) for record, sheet in each) for step in ("text", "repaired")]
        yield " → ".join(f"{count / len(each):.2f}" for count in steps)
        yield f"{sum(len(slots_in(record['repaired'])) for record in found) / len(found):.1f}"
    yield from (f"{sum(len(pair[place]) for pair in audits) / len(audits):.2f}" for place in (0, 1))
    yield f"{median(record.get('draft_seconds', record['seconds']) for record in found):.1f}"
    yield "—" if by_value else f"{median(record['seconds'] for record in found):.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drafts", type=int, default=40, help="drafts of each mode")
    parser.add_argument("--mode", action="append", choices=MODES, help="only this mode (may be repeated)")
    parser.add_argument("--records", type=Path, default=ROOT / "benchmarks" / "number_faithfulness.jsonl")
    parser.add_argument("--table", action="store_true", help="draft nothing, print the table of the records")
    options = parser.parse_args()
    if not options.table:
        settings = EndpointSettings.from_environment(os.environ)
        if settings is None:
            parser.error("NIGAO_BASE_URL and NIGAO_MODEL name no endpoint")
        asyncio.run(run(settings, options.mode or list(MODES), options.drafts, options.records))
    sheets = {key.partition("/")[0]: brief.sheet for key, brief in briefs(len(SHEETS))}
    print(table(load(options.records), sheets))


if __name__ == "__main__":
    main()
