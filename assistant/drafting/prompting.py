"""Prompts as they are printed: a report type's own template before the one that all share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from jinja2.sandbox import ImmutableSandboxedEnvironment

from assistant.reports.loader import PROMPTS
from assistant.reports.templates import environment
from assistant.reports.types import ReportType


def prompt(report_type: ReportType, names: str | tuple[str, ...], context: Mapping[str, object]) -> str:
    """The first of these templates that there is, printed; one line end at its end."""
    folders = tuple(dict.fromkeys((report_type.folder, report_type.folder.parent, PROMPTS)))
    made = _environment(folders, _stamp(folders))
    return made.select_template([names] if isinstance(names, str) else list(names)).render(context).strip() + "\n"


@lru_cache(maxsize=16)
def _environment(folders: tuple[Path, ...], _changed: tuple[int, ...]) -> ImmutableSandboxedEnvironment:
    return environment(*folders)


def _stamp(folders: Iterable[Path]) -> tuple[int, ...]:
    """Changes when a template does, so that an edited prompt counts at once."""
    return tuple(
        file.stat().st_mtime_ns
        for folder in folders
        for pattern in ("*.j2", "sections/*.j2")
        for file in sorted(folder.glob(pattern))
    )
