"""How much a section tells: facts that it leaves out worked in, and the whole of it more briefly or more fully."""

from __future__ import annotations

from assistant.drafting.brief import Brief
from assistant.drafting.jobs import JobKey
from assistant.drafting.resizing import LONGER, resized
from assistant.drafting.working_in import fuller_brief, told_brief
from assistant.errors import InputError
from assistant.reports.memory import Memory
from assistant.reports.report import Origin, Report, Section, SectionState
from assistant.voicing import Voicing

#: Sections whose way to be told more fully is remembered.
_REMEMBERED = 64
_fuller: Memory[Brief | None] = Memory(_REMEMBERED)


class Sizing(Voicing):
    """Sections that are to tell more, or to say it in fewer words."""

    def fuller(self, report: Report, section: Section) -> Brief | None:
        """The brief that works in what the section leaves out; None where nothing is left out, or no phrase tells it.

        A model is told the slots; the embedded engine is tried at its fullest.
        """
        unused = self.unused(report, section)
        if not unused:
            return None
        report_type = self.report_type(report)
        if self.engines.engine.key != "embedded":
            return told_brief(report_type, report, section, unused)
        return _fuller.get(
            f"{report.id}/{section.key}",
            (report, report_type),
            lambda: fuller_brief(report_type, report, section, unused),
        )

    def work_in(self, report_id: str, key: str) -> None:
        """Redraws a section so that it uses the facts that it leaves out; what a model makes of it waits beside it."""
        report = self.report(report_id)
        section = self._section(report, key)
        brief = self.fuller(report, section)
        if section.locked or brief is None:
            raise InputError(f"“{section.title}”没有可以写进去的事实，或者已锁定。", "请刷新页面，或直接编辑这一节。")
        self.engines.clear(report)
        engine = self.engines.engine
        propose = engine.key != "embedded" or section.state is SectionState.EDITED
        self.jobs.start(JobKey(report.id, key), brief, engine, propose=propose, parallel=engine.concurrency)

    def resize(self, report_id: str, key: str, size: str, origin: Origin = Origin.DRAFT) -> tuple[str, ...]:
        """Has the phrases tell a section more briefly or more fully (``resizing.SIZES``), with the facts that it tells.

        A text that a person wrote, or the chat's, stays; the new one waits beside it.

        Returns:
            Labels of facts that a shorter text leaves out.

        Raises:
            InputError: locked, or the phrases can tell it no shorter or longer.
        """
        report = self.report(report_id)
        section = self._section(report, key)
        if section.locked:
            raise InputError(f"“{section.title}”已锁定。", "请先解锁再重写。")
        found = resized(self.report_type(report), report, section, size)
        if found is None:
            raise InputError(
                f"“{section.title}”用内置范式已经不能{size}了，没有动。",
                "要写得更多，请先在“事实”里多填几项，或在纸上直接加。" if size == LONGER else "请在纸上直接删减。",
            )
        engine = self.engines.embedded
        propose = section.state is SectionState.EDITED or origin is Origin.CHAT
        self.jobs.start(
            JobKey(report.id, key), found.brief, engine, origin=origin, propose=propose, parallel=engine.concurrency
        )
        return found.lost
