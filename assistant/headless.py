"""The whole way without a page or a database: a sheet in, a drafted report out."""

from __future__ import annotations

import asyncio
import datetime
import zlib
from collections.abc import Callable, Collection
from dataclasses import replace

from assistant.drafting.brief import brief_for
from assistant.drafting.engine import Engine
from assistant.errors import EndpointError, InputError
from assistant.facts.sheet import FactSheet, read_facts
from assistant.reports.loader import Library
from assistant.reports.report import Origin, Report, Section, sections_of
from assistant.reports.types import Length
from assistant.slots.render import render_text

#: As many as the pages draw from.
_SEEDS = 10_000

Progress = Callable[[Section, int, bool], None]
"""Called with a section, the characters that have come, and whether it is done."""


def blank_report(
    library: Library, type_key: str, shape_key: str, sheet: FactSheet, length: Length, seed: int
) -> Report:
    """A report without texts, with the shape's presets under the sheet's facts. Raises UnknownNameError."""
    found, shape = library.shape(type_key, shape_key)
    full = FactSheet(found.facts, {**read_facts(shape.presets, found.facts).facts, **sheet.facts})
    now = datetime.datetime.now(datetime.UTC)
    sections = tuple(replace(section, seed=seed) for section in sections_of(shape, full, seed))
    return Report("", type_key, shape, length, full, sections, now, now)


def seed_of(library: Library, type_key: str, shape_key: str, sheet: FactSheet, turn: int = 0) -> int:
    """A seed of the paper's own, by the name of its file: reports that are laid side by side are worded differently.

    Args:
        turn: another one, another wording of the same paper.

    Raises:
        UnknownNameError: no such type or shape.
    """
    _, shape = library.shape(type_key, shape_key)
    return zlib.crc32(render_text(shape.file_name, sheet).encode()) % _SEEDS + turn


def chosen_keys(report: Report, wanted: Collection[str]) -> list[str]:
    """The wanted section keys in the report's order, all when none is named. Raises InputError for an unknown one."""
    known = [section.key for section in report.written]
    unknown = [key for key in wanted if key not in known]
    if unknown:
        raise InputError(f"没有“{unknown[0]}”这一节。", f"可用的有：{'、'.join(known)}。")
    return [key for key in known if not wanted or key in wanted]


async def draft_report(
    library: Library, report: Report, engine: Engine, keys: Collection[str], on_progress: Progress
) -> tuple[Report, dict[str, EndpointError]]:
    """Drafts the sections ``keys`` together, as many at once as the engine takes.

    Returns:
        The report with every text that came, and section key → failure. A failed section keeps what had come.
    """
    found = library.get(report.report_type)
    gate = asyncio.Semaphore(engine.concurrency)
    texts: dict[str, Section] = {}
    failures: dict[str, EndpointError] = {}

    async def write(section: Section) -> None:
        brief = brief_for(found, report, section, section.seed)
        async with gate:
            try:
                draft = await engine.draft(brief, lambda text: on_progress(section, len(text), False))
            except EndpointError as error:
                failures[section.key] = error
                texts[section.key] = _with_text(section, error.kept, engine, complete=False)
            else:
                texts[section.key] = _with_text(section, draft.text, engine, complete=draft.complete)
        on_progress(section, len(texts[section.key].text), True)

    await asyncio.gather(*(write(section) for section in report.written if section.key in keys))
    sections = tuple(texts.get(section.key, section) for section in report.sections)
    return replace(report, sections=sections), failures


def _with_text(section: Section, text: str, engine: Engine, *, complete: bool) -> Section:
    return replace(
        section,
        text=text,
        revision=1,
        origin=Origin.DRAFT,
        engine=engine.key,
        model=engine.model,
        complete=complete,
        written=datetime.datetime.now(datetime.UTC),
    )
