"""述职 ↔ 工作情况: who speaks, changed in one step after a look at everything that it changes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.drafting.brief import brief_for
from assistant.drafting.phrasebook import phrase
from assistant.drafting.rewording import same_choices
from assistant.errors import InputError
from assistant.facts.sheet import FactSheet
from assistant.outlining import Outlining
from assistant.reports.manuscript import manuscript
from assistant.reports.memory import Memory
from assistant.reports.outline_edit import OWN, Sections, fresh_key
from assistant.reports.outline_history import OutlineKind
from assistant.reports.outline_voice import document_facts, is_leading, other_shape
from assistant.reports.report import Report, Section, SectionState, Version, sections_of
from assistant.reports.snapshot import snapshot_of
from assistant.reports.types import Shape
from assistant.reports.voice_places import VoicePlace, amiss_places, speaker_of, voice_places
from assistant.slots.render import join
from assistant.storage.outlines import Speaking, new_draft

#: Places that are named of a waiting text.
_SHOWN = 2
#: The preview draws every section twice.
_plans: Memory[VoicePlan | None] = Memory(16)


@dataclass(frozen=True)
class Rewritten:
    """A section that is written anew in the other voice. ``new``: None where a model writes it afterwards."""

    key: str
    title: str
    old: str
    new: str | None


@dataclass(frozen=True)
class VoicePlan:
    """What a change of the voice would do.

    Attributes:
        shape: whose title, byline and 落款 the report would take.
        lines: (what it is, how it reads now, how it would read); only what changes, "" for none.
        added: sections that the other kind of report begins or ends with.
        rewritten: opening, closing, and drafts that say something otherwise in the other voice.
        by_hand: sections that a person wrote or locked, with the places that they have to look at.
    """

    shape: Shape
    lines: tuple[tuple[str, str, str], ...]
    added: tuple[Section, ...]
    rewritten: tuple[Rewritten, ...]
    by_hand: tuple[tuple[Section, tuple[VoicePlace, ...]], ...]

    @property
    def person(self) -> bool:
        return self.shape.voice == "person"


class Voicing(Outlining):
    """The voice of a report."""

    def other_voice(self, report: Report) -> Shape | None:
        """The shape that the report could take for the other voice; None where the report type has only one."""
        return other_shape(self.report_type(report), report)

    def voice_plan(self, report: Report) -> VoicePlan | None:
        """What the other voice would change; None where there is none. Made once for every state of a report."""
        state = (report, self.report_type(report), self.engines.engine.key)
        return _plans.get(report.id, state, lambda: self._planned(report))

    def _planned(self, report: Report) -> VoicePlan | None:
        shape = self.other_voice(report)
        if shape is None:
            return None
        new = self._spoken(report, shape)
        speaker = speaker_of(new)
        rewritten: list[Rewritten] = []
        by_hand: list[tuple[Section, tuple[VoicePlace, ...]]] = []
        for section in report.written:
            if section.locked or section.state is SectionState.EDITED:
                if places := voice_places(f"{section.heading}\n{section.text}", new.sheet, speaker):
                    by_hand.append((section, tuple(places)))
            elif section.text:
                text = self._in_other_voice(report, new, section)
                places = amiss_places(section.text, new.sheet, speaker)
                if text not in (None, section.text) or (text is None and (places or is_leading(section))):
                    rewritten.append(Rewritten(section.key, section.title, section.text, text))
                elif places:
                    by_hand.append((section, tuple(places)))
        here = {section.key for section in report.sections}
        return VoicePlan(
            shape,
            _lines(report, new),
            tuple(section for section in new.sections if section.key not in here),
            tuple(rewritten),
            tuple(by_hand),
        )

    def switch_voice(self, report_id: str, seen: str, expected: str) -> list[str]:
        """Does what ``voice_plan`` told, as one step that 撤销 takes back with its texts.

        Args:
            expected: key of the shape of the plan that was looked at.

        Returns:
            Keys of the sections that are still to be redrawn: where a model drafts, it does so afterwards.

        Raises:
            InputError: something is being written, or the outline is another one by now.
        """
        report = self.report(report_id)
        if self.jobs.live(report_id):
            raise InputError("还有章节正在起草，现在不能改口吻。", "请等它写完，或先按“停止”。")
        plan = self.voice_plan(report)
        if plan is None or plan.shape.key != expected:
            raise InputError("这份报告刚刚变了，口吻没有改。", "请重新看一遍要改的内容。")
        if any(one.new is None for one in plan.rewritten):
            # Before anything is done: whoever has not agreed to the endpoint would be left half way.
            self.engines.clear(report)
        new = self._spoken(report, plan.shape)
        engine = self.engines.engine.key
        texts = {}
        for one in plan.rewritten:
            section = self._section(report, one.key)
            if one.new is not None and one.new.strip():
                snapshot = snapshot_of(section, one.new, new.sheet)
                texts[one.key] = section.revision, new_draft(one.new, engine, snapshot, self.person)
        speaking = Speaking(plan.shape, document_facts(plan.shape), texts)
        self.store.put_outline(
            report_id, seen, new.sections, OutlineKind.VOICE, plan.shape.document, self.person, speaking
        )
        return [one.key for one in plan.rewritten if one.new is None]

    def waiting_voice(self, report: Report, section: Section, waiting: Version) -> str:
        """What to say of a waiting text that speaks in another voice than the report; "" where it does not."""
        person = report.shape.voice == "person"
        before = self.store.shape_at(report.id, waiting.written)
        other = before is not None and before.voice != report.shape.voice
        find = voice_places if other and person else amiss_places
        places = find(waiting.text, report.sheet, speaker_of(report))
        if not places and not (other and is_leading(section)):
            return ""
        said = "；".join(f"“{one.before}{one.word}{one.after}”" for one in places[:_SHOWN])
        where = f"（{said}{f'，共 {len(places)} 处' if len(places) > _SHOWN else ''}）" if said else ""
        voice = "以单位名义说话" if person else "个人述职"
        when = f"是改为{report.shape.document}以前写的，" if other else ""
        return f"这份新稿{when}用的是{voice}的口吻{where}。请留原稿后重写，或采用后自己改过来。"

    def _spoken(self, report: Report, shape: Shape) -> Report:
        """The report as the other voice would have it, its texts as they are."""
        facts = {**report.sheet.facts, **document_facts(shape)}
        sheet = FactSheet(report.sheet.schema, facts)
        return replace(report, shape=shape, sheet=sheet, sections=self._led(report, shape))

    def _led(self, report: Report, shape: Shape) -> Sections:
        """With the opening and the closing that this shape has and the report lacks."""
        known = sections_of(shape, report.sheet)
        here = {section.template for section in report.sections}
        sections = report.sections
        taken = self._taken(report)
        for section in known:
            if not is_leading(section) or section.template in here:
                continue
            # One that was deleted stays so until it is put back: its key is another's history.
            new = section if section.key not in taken else replace(section, key=fresh_key(taken, section.key))
            sections = (new, *sections) if section is known[0] else (*sections, new)
        return sections

    def _in_other_voice(self, old: Report, new: Report, section: Section) -> str | None:
        """The section in the other voice, where that costs nothing to know beforehand; None where a model writes it.

        What the phrases wrote changes only where they speak otherwise; another's text is written anew where it has to.
        """
        engine = self.engines.engine
        if engine.key != "embedded":
            return None
        if section.template == OWN:
            # Its facts one by one: nobody speaks there.
            return section.text
        report_type = self.report_type(new)
        after = brief_for(report_type, new, section, section.seed)
        anew = is_leading(section) or bool(amiss_places(section.text, new.sheet, speaker_of(new)))
        if section.engine == engine.key:
            before = brief_for(report_type, old, section, section.seed)
            if (same := same_choices(before, after)) is not None:
                return same
            anew = anew or phrase(before, section.seed) != phrase(after, section.seed)
        return phrase(after, section.seed) if anew else section.text


def _lines(old: Report, new: Report) -> tuple[tuple[str, str, str], ...]:
    before, after = manuscript(old), manuscript(new)
    pairs = (
        ("文种", old.shape.document, new.shape.document),
        ("口吻", _speaks(old), _speaks(new)),
        ("标题", join(before.title), join(after.title)),
        ("题下署名", join(before.byline), join(after.byline)),
        ("主送机关", join(before.addressee), join(after.addressee)),
        ("落款", join(before.signature), join(after.signature)),
        ("文末日期", _day(before.date), _day(after.date)),
    )
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def _speaks(report: Report) -> str:
    return "用“我”说话" if report.shape.voice == "person" else "以单位名义说话"


def _day(date: object) -> str:
    return "印上" if date else ""
