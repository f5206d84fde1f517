"""The operations that a face calls. Pages and commands know this and nothing below it by heart."""

from __future__ import annotations

import datetime
import random
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.chatting.chat import Chat
from assistant.drafting.brief import brief_for
from assistant.drafting.engine import Engine
from assistant.drafting.jobs import Job, JobKey, JobService
from assistant.drafting.rewording import other_wordings
from assistant.engines import EngineRoom
from assistant.errors import InputError
from assistant.facts.sheet import FactSheet
from assistant.facts.yaml_form import load_sheet
from assistant.handing_over import HandingOver
from assistant.headless import blank_report
from assistant.intaking import Intaking
from assistant.repair.engine import RepairingEngine
from assistant.reports.loader import Library
from assistant.reports.memory import Memory
from assistant.reports.report import Origin, Report, Section, SectionState
from assistant.reports.snapshot import snapshot_of
from assistant.reports.text_history import TextStep
from assistant.reports.types import Length
from assistant.returning import Returning
from assistant.revising import Revising
from assistant.rewriting import SentenceEngine, Span, spliced, wish_for
from assistant.sending import Parcel
from assistant.sizing import Sizing
from assistant.slots.render import render_text
from assistant.slots.vocabulary import vocabulary
from assistant.storage.store import Store, open_store
from assistant.storage.summaries import ReportSummary

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
#: Sections of which other wordings are remembered.
_REWORDED = 64
#: Seconds after which a changed prompt or phrase is seen.
_TRUST = 1.0
#: How long a deleted report can still be fetched back.
_KEPT = datetime.timedelta(days=30)


def open_desk(configuration: Mapping[str, str], library: Library | None = None) -> Desk:
    """The desk on the configured database. What a killed process had in hand is kept and marked 已中断; what was
    deleted longer than ``_KEPT`` ago goes for good."""
    library = library or Library(trust=_TRUST)
    # A broken list of the user's own words is told at once, not in the middle of a check.
    vocabulary()
    store = open_store(configuration.get("NIGAO_DATABASE_URL"), library)
    store.recover_interrupted()
    store.purge(_KEPT)
    return Desk(store, library, EngineRoom(configuration, store, store))


class Desk(Intaking, Revising, Returning, HandingOver, Sizing):
    """Everything that can be done with reports. Thread-safe: one for all pages of a process."""

    def __init__(self, store: Store, library: Library, engines: EngineRoom) -> None:
        super().__init__(store, library)
        self.engines = engines
        self.readings.gate = engines.gate
        self.jobs = JobService(self._save_draft, store.checkpoint_jobs)
        self._other_words: Memory[list[str]] = Memory(_REWORDED)
        self.chat = Chat(self)

    # ---- reports

    def summaries(self) -> list[ReportSummary]:
        return self.store.summaries()

    def create(
        self, type_key: str, shape_key: str, length: Length = Length.NORMAL, sheet: FactSheet | None = None
    ) -> Report:
        """A new report from a shape, with the shape's presets under the sheet's own facts."""
        found, shape = self.library.shape(type_key, shape_key)
        given = sheet or FactSheet(found.facts)
        blank = blank_report(self.library, type_key, shape_key, given, length, seed=random.randrange(10_000))
        return self.store.create_report(type_key, shape, length, blank.sheet, blank.sections)

    def examples(self) -> list[Path]:
        """The sample sheets that are shipped."""
        return sorted(EXAMPLES.glob("*.yaml"))

    def example_for(self, type_key: str, shape_key: str) -> str | None:
        """The sample sheet of a shape, by file name."""
        for file in self.examples():
            head = file.read_text(encoding="utf-8")[:400]
            if f"report_type: {type_key}\n" in head and f"shape: {shape_key}\n" in head:
                return file.name
        return None

    def create_from_example(self, name: str) -> Report:
        text = (EXAMPLES / name).read_text(encoding="utf-8")
        read = load_sheet(text, self.library.schema_of, name)
        return self.create(read.report_type, read.shape, sheet=read.sheet)

    def copy_to_next_year(self, report_id: str) -> Report:
        """Structure stays; figures become last year's; texts are not copied."""
        report = self.report(report_id)
        keep = self.report_type(report).keep_next_year
        fittings = self.fittings(report_id).next_year()
        copied = self.store.copy_report(report_id, report.sheet.next_year(keep))
        self.put_fittings(copied.id, fittings)
        return copied

    def delete(self, report_id: str) -> None:
        self.chat.stop(report_id)
        self.jobs.stop_all(report_id)
        self.store.delete_report(report_id)

    def undelete(self, report_id: str) -> None:
        self.store.undelete_report(report_id)

    def set_length(self, report_id: str, length: Length) -> None:
        self.store.set_length(report_id, length)

    def title(self, report: Report) -> str:
        return render_text(report.shape.title, report.sheet)

    def goal(self, report: Report) -> int:
        """Characters that the whole report is to have."""
        return self.report_type(report).lengths[report.length]

    # ---- drafting

    def draft_all(self, report_id: str, again: bool = False, beside: bool = False) -> list[str]:
        """Starts every section without text and goes on with those that were cut off, one step for 撤销.

        With ``again`` all that nobody edited or locked are written anew, those that were cut off too.

        Args:
            beside: with ``again``, those that a person edited too; what comes of them waits beside their text.

        Returns:
            Keys of the sections that were started.
        """
        report = self.report(report_id)
        rewrite = [SectionState.INTERRUPTED, *([SectionState.DRAFTED] if again else ())]
        rewrite += [SectionState.EDITED] if again and beside else []
        wanted = [
            section
            for section in report.written
            if not section.locked and (section.state is SectionState.EMPTY or section.state in rewrite)
        ]
        batch = secrets.token_hex(8)
        for section in wanted:
            self._start(report, section, batch=batch, goes_on=not again and self.can_go_on(section))
        return [section.key for section in wanted]

    def redraw(self, report_id: str, key: str, instruction: str = "", origin: Origin = Origin.DRAFT) -> None:
        """Another wording of one section. A text that a person wrote stays in place; the new one waits beside it.

        What the assistant rewrites (``Origin.CHAT``) always waits beside the text that is there.
        """
        report = self.report(report_id)
        section = self._section(report, key)
        if section.locked:
            raise InputError(f"“{section.title}”已锁定。", "请先解锁再重写。")
        self._start(report, section, instruction, origin)

    def redraw_together(self, report_id: str, keys: Sequence[str]) -> None:
        """Other wordings of several sections, one step for 撤销."""
        batch = secrets.token_hex(8)
        for key in keys:
            report = self.report(report_id)
            self._start(report, self._section(report, key), batch=batch)

    def can_go_on(self, section: Section) -> bool:
        """Whether it helps to go on with a text that was cut off: not with the model whose filter cut it off."""
        engine = self.engines.engine
        same = (section.engine, section.model) == (engine.key, engine.model)
        return section.state is SectionState.INTERRUPTED and not (section.filtered and same)

    def go_on(self, report_id: str, key: str) -> None:
        """Goes on where a section's draft was cut off; the embedded engine writes it anew and says so in its notes."""
        report = self.report(report_id)
        section = self._section(report, key)
        if section.locked or not self.can_go_on(section):
            raise InputError(f"“{section.title}”没有中断的文字可以接着写，或者已锁定。", "请刷新页面。")
        self._start(report, section, goes_on=True)

    def draft_embedded(self, report_id: str, key: str) -> None:
        """Has the embedded engine write a section, whichever is chosen: no service's filter stands in its way."""
        report = self.report(report_id)
        section = self._section(report, key)
        if section.locked:
            raise InputError(f"“{section.title}”已锁定。", "请先解锁再重写。")
        self._start(report, section, engine=self.engines.embedded)

    def what_leaves(self, report: Report) -> tuple[Parcel, ...]:
        """The messages that drafting each section would send, exactly; none for the embedded engine."""
        return self.engines.parcels(self.report_type(report), report)

    def _start(
        self,
        report: Report,
        section: Section,
        instruction: str = "",
        origin: Origin = Origin.DRAFT,
        batch: str = "",
        goes_on: bool = False,
        engine: Engine | None = None,
    ) -> None:
        """Starts a section. ``engine``: None for the chosen one."""
        if engine is None:
            self.engines.clear(report)
            engine = self.engines.engine
        begun, avoid = (section.text, "") if goes_on else ("", section.text)
        seed = section.seed + 1 if avoid else section.seed
        brief = brief_for(self.report_type(report), report, section, seed, instruction, avoid)
        brief = replace(brief, begun=begun)
        self.jobs.start(
            JobKey(report.id, section.key),
            brief,
            engine,
            origin=origin,
            propose=section.state is SectionState.EDITED or (origin is Origin.CHAT and bool(section.text)),
            parallel=engine.concurrency,
            batch=batch,
        )

    def rewrite(self, report_id: str, key: str, revision: int, spans: Sequence[Span], words: str) -> list[str]:
        """Only these sentences of a section anew, ``words`` telling how; the rest stays letter for letter.

        The embedded engine has done it when this returns, a model writes as ever.

        Args:
            revision: the text on which the sentences were chosen.
            spans: as ``rewriting.sentence_spans`` gives them.

        Returns:
            The sentences for which the phrases have no other wording; none with a model.

        Raises:
            InputError: locked; another text by now; no phrase says any of the sentences otherwise.
        """
        report = self.report(report_id)
        section = self._section(report, key)
        if section.locked:
            raise InputError(f"“{section.title}”已锁定。", "请先解锁再重写。")
        wish = wish_for(section.text if section.revision == revision else "", spans, words)
        self.engines.clear(report)
        brief = brief_for(self.report_type(report), report, section, section.seed + 1)
        brief = replace(brief, instruction=wish.told)
        propose = section.state is SectionState.EDITED
        engine = self.engines.engine
        if isinstance(engine, RepairingEngine):
            writer = SentenceEngine(engine, wish)
            self.jobs.start(JobKey(report.id, key), brief, writer, propose=propose, parallel=engine.concurrency)
            return []
        chosen = [section.text[start:end] for start, end in wish.spans]
        made = self.other_words(report, section, wish.spans)
        if not any(made):
            which = "这一句" if len(chosen) == 1 else "这几句"
            raise InputError(
                f"{which}内置范式没有别的说法，没有动。",
                "请在纸上直接改；要整节换一种写法，按“重写”；要照您的意思改写，先在“设置”里接一个模型。",
            )
        text = spliced(section.text, wish.spans, made)
        self._save_draft(
            report_id, key, text, base_revision=revision, origin=Origin.DRAFT, engine=engine.key,
            instruction=wish.told, propose=propose, snapshot=snapshot_of(section, text, report.sheet),
        )  # fmt: skip
        return [old for old, new in zip(chosen, made, strict=True) if not new]

    def other_words(self, report: Report, section: Section, spans: Sequence[Span]) -> list[str]:
        """For each sentence what ``rewrite`` puts in its place without a model; "" where the phrases know no other."""
        chosen = [section.text[start:end] for start, end in spans]

        def found() -> list[str]:
            # From another seed each time: who asks again meets the phrases one after the other, not the same two.
            brief = brief_for(self.report_type(report), report, section, section.seed + section.revision)
            return other_wordings(brief, chosen)

        return self._other_words.get((report.id, section.key), (report, section, chosen), found)

    def undo_text(self, report_id: str, step: int) -> TextStep:
        """Takes back a step of texts; those that came with a change of who speaks, with all of it."""
        last, texts = self.outline_ways(report_id).undo, self.text_ways(report_id).undo
        if last is None or texts is None or not last.texts == texts.number == step:
            return super().undo_text(report_id, step)
        self.undo_outline(report_id, last.number)
        return texts

    def redo_text(self, report_id: str, step: int) -> TextStep:
        last, texts = self.outline_ways(report_id).redo, self.text_ways(report_id).redo
        if last is None or texts is None or not last.texts == texts.number == step:
            return super().redo_text(report_id, step)
        self.redo_outline(report_id, last.number)
        return texts

    def progress(self, report_id: str) -> dict[str, Job]:
        """What is being written, waiting or has failed, by section key."""
        return self.jobs.snapshot(report_id)

    def stop(self, report_id: str, key: str | None = None) -> None:
        """Stops one section, or all of a report; what had come is kept."""
        if key is None:
            self.jobs.stop_all(report_id)
        else:
            self.jobs.stop(JobKey(report_id, key))

    def keep_draft(self, report_id: str, key: str) -> None:
        """Stores a draft that could not be stored when it was done. Raises NigaoError when it still cannot be."""
        self.jobs.keep(JobKey(report_id, key))

    def dismiss(self, report_id: str, key: str) -> None:
        """Takes a failure off the page."""
        self.jobs.dismiss(JobKey(report_id, key))

    def wait(self, report_id: str, timeout: float | None = None) -> bool:
        """Waits until nothing of the report is being written. Returns False when ``timeout`` seconds ran out."""
        return self.jobs.wait(report_id, timeout)

    def close(self) -> None:
        self.chat.close()
        self.readings.close()
        self.jobs.close()
        self.engines.sending.close()
        self.store.close()
