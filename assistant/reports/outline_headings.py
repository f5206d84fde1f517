"""Headings to choose from: parallel pairs of clauses, of the report type's shapes and of ``prompts/headings.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import ReportTypeError
from assistant.facts.sheet import FactSheet
from assistant.reports.loader import PROMPTS
from assistant.reports.outline_edit import parent_of
from assistant.reports.report import Report, Section
from assistant.reports.types import ReportType
from assistant.slots.numerals import find_numerals
from assistant.slots.render import render

FILE = PROMPTS / "headings.yaml"
#: Headings that are proposed at once.
SHOWN = 2
_LONGEST = 40
_CLAUSES = "，"
_MARKS = "。；;：:！!？?“”\"'《》()（）【】[]#*、 　\t"


class _Theme(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    words: tuple[str, ...]
    headings: tuple[str, ...]


class Pairs(BaseModel):
    """``headings.yaml``: themes, each with the words that call it, and pairs for whatever has no theme."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    themes: tuple[_Theme, ...]
    general: tuple[str, ...]


def pairs(file: Path = FILE) -> Pairs:
    """Raises ReportTypeError for a file that cannot be used."""
    try:
        return _read(file, file.stat().st_mtime_ns)
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ReportTypeError(file.name, None, f"读不出来（{error}）") from error


@lru_cache(maxsize=4)
def _read(file: Path, _changed: int) -> Pairs:
    return Pairs.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


def proposals(report_type: ReportType, report: Report, section: Section, turn: int = 0) -> tuple[str, ...]:
    """Two headings that are not in the report yet; another ``turn``, another two, in a circle.

    Those of the same rhythm as the headings beside it come first, and among them the report type's own.
    """
    taken = {other.heading for other in report.sections}
    beside = _beside(report, section)
    found = [
        heading
        for heading in dict.fromkeys([*_of_shapes(report_type, section), *_of_themes(section)])
        if heading not in taken and _known(heading, report.sheet)
    ]
    found.sort(key=lambda heading: rhythm(heading) not in beside)
    if len(found) <= SHOWN:
        return tuple(found)
    start = turn * SHOWN % len(found)
    return tuple((found * 2)[start : start + SHOWN])


def rhythm(heading: str) -> tuple[int, ...]:
    """Characters of each clause: 落实优抚政策，做好双拥工作 → (6, 6)."""
    return tuple(len(clause) for clause in heading.split(_CLAUSES))


def parallel(heading: str) -> bool:
    """Whether it is two or three clauses of equal length."""
    counts = rhythm(heading)
    return 2 <= len(counts) <= 3 and len(set(counts)) == 1 and counts[0] >= 3


def refused(heading: str) -> str:
    """Why a heading that a model proposes cannot be offered; "" where it can."""
    if not heading or len(heading) > _LONGEST:
        return "没有标题或太长"
    if find_numerals(heading) or "{" in heading:
        return "写了数字或槽位"
    if any(mark in _MARKS for mark in heading):
        return "带有别的标点"
    return "" if parallel(heading) else "两小句字数不等"


def _beside(report: Report, section: Section) -> set[tuple[int, ...]]:
    parent = parent_of(report.sections, section.key)
    return {
        rhythm(other.heading)
        for other in report.sections
        if other.key != section.key and other.depth == section.depth and parallel(other.heading)
        if parent_of(report.sections, other.key) == parent
    }


def _of_shapes(report_type: ReportType, section: Section) -> Iterable[str]:
    """What the shapes of this report type call such a section, the same key first."""
    templates = [template for shape in report_type.shapes for template, _ in shape.walk()]
    same = [one for one in templates if one.key == section.key and one.template == section.template]
    if section.template:
        same += [one for one in templates if one.template == section.template]
    return (heading for one in same for heading in one.headings if parallel(heading))


def _of_themes(section: Section) -> Sequence[str]:
    """Those of every theme that the section's title or heading names, the title's first; else the general ones."""
    data = pairs()
    for told in (section.title, section.heading):
        named = [theme for theme in data.themes if any(word in told for word in theme.words)]
        # 民兵队伍 is more than 队伍.
        named.sort(key=lambda theme: -max(len(word) for word in theme.words if word in told))
        if named:
            return [heading for theme in named for heading in theme.headings]
    return data.general


def _known(heading: str, sheet: FactSheet) -> bool:
    return all(piece.kind in ("text", "value") for piece in render(heading, sheet))
