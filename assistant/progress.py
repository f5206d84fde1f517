"""Progress of a draft on the terminal: a bar for people, plain lines in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from assistant.reports.report import Section


class Board:
    """Tells how far a draft is, on stderr: stdout is for results."""

    def __init__(self, sections: Sequence[Section], engine: str) -> None:
        self._total = len(sections)
        self._engine = engine
        self._done = 0
        self._characters: dict[str, int] = {}
        self._console = Console(stderr=True)
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
        print(f"起草：{self._engine}，{self._total} 节", file=sys.stderr)
        if self._console.is_terminal:
            self._bar = Progress(
                SpinnerColumn(),
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=self._console,
                transient=True,
            )
            self._task = self._bar.add_task("起草", total=self._total)
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def report(self, section: Section, characters: int, done: bool) -> None:
        """One section's progress; fits ``headless.Progress``."""
        self._characters[section.key] = characters
        self._done += done
        if self._bar is not None:
            written = sum(self._characters.values())
            self._bar.update(self._task, completed=self._done, description=f"{section.title}（共 {written} 字）")
        elif done:
            print(f"[{self._done}/{self._total}] {section.title} {characters} 字", file=sys.stderr)
