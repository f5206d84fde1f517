"""Sections that are to be written otherwise: which one, whether it may be, and the new wording set going."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.chatting import replies
from assistant.chatting.answers import section_link
from assistant.chatting.workbench import Workbench
from assistant.drafting.resizing import LONGER, SHORTER
from assistant.errors import NigaoError
from assistant.intake.chat_intent import Wish
from assistant.reports.chat import RedrawOffer, Said
from assistant.reports.report import Origin, Report, Section, SectionState

#: What the embedded engine can do of an instruction: write it otherwise, or write it at all.
_ANY_WORDING = re.compile(
    r"换.{0,3}(?:写法|说法|表述|版|稿|种)|重写|重新写|另写|再写|再来|重新起草|起草|^写|改一?[版遍稿]"
)
_ONLY_WORDING = re.compile(r"精简|简|短|长|详|突出|强调|语气|口气|别|不要|少|多|套话|具体|字|加|删|去掉|补|朴实|正式")
#: An instruction that is about the length and nothing else: 再精简些, 写得详细一点, 太长了.
_LESS = r"精简|简短|简洁|简略|短|压缩|缩短|删减|太长|(?:字数)?少"
_MORE = r"详实|详细|详尽|详|长|展开|充实|丰富|扩写|扩充|太短|(?:字数)?多"
_OF_LENGTH = re.compile(
    r"(?:请|帮我|麻烦|把|将|它|这一?节|这部分|内容|文字|篇幅|重?写|改|得|再|更|要|些|稍微?|适当|尽量|有点|有些|可以|能|进行|一下)*"
    rf"(?:(?P<less>{_LESS})|(?P<more>{_MORE}))(?:写|一?[点些下]儿?|篇幅|内容|文字|字|了|吧|版|稿|的|处理)*[。！!]*"
)
#: 征兵那节, 第二部分: which section is known by then.
_TO_DO, _PLACE = re.compile(r"^(?:请|把|将|帮我)+"), re.compile(r"^[^，。；]{0,14}?(?:节|部分|段|块|章)")
#: Said by who knows that their own text stays: the question is answered before it is asked.
#: A button's words for several sections.
_SEVERAL = re.compile(r"^(?:“[^”]+”、?)+这几节[，,]?")
_BESIDE = re.compile(r"[，,]?\s*新稿放在?(?:原稿)?旁边")


def size_of(instruction: str, section: Section) -> str:
    """更精简 or 更详实 where an instruction wants the section shorter or longer and nothing else; else ""."""
    words = _TO_DO.sub("", instruction.strip())
    names = f"{section.title}\n{section.heading}"
    named = next((end for end in range(len(words), 1, -1) if words[:end] in names), 0)
    found = next((match for start in (0, named) if (match := _OF_LENGTH.fullmatch(words[start:]))), None)
    found = found or _OF_LENGTH.fullmatch(_PLACE.sub("", words))
    return "" if found is None else SHORTER if found["less"] else LONGER


class Redrawing:
    """The part of the conversation that has sections written anew. Each new wording waits beside the text."""

    def __init__(self, desk: Workbench) -> None:
        self._desk = desk

    @property
    def _with_model(self) -> bool:
        return self._desk.engines.settings is not None

    def wished(self, report: Report, wish: Wish, before: Collection[str]) -> Said:
        """Sets a new wording going, or asks what is missing.

        Args:
            before: sections of which this conversation had a new wording already.
        """
        wanted = wish.keys or [section.key for section in report.written if section.text]
        sections = [section for key in wanted if (section := report.section(key))]
        if not sections:
            sections = report.written
        if len(wish.readings) > 1:
            groups = [[one for key in keys if (one := report.section(key))] for keys in wish.readings]
            return replies.which_sections(groups, report, wish.instruction)
        if len(wish.keys) != 1:
            asked = replies.which_section(sections, report, wish.instruction, together=bool(wish.keys))
            whole = "一次改一节，方便您逐节看新稿。" if wish.whole else ""
            whole += "".join(f"这份报告没有“{number}”。" for number in wish.missing)
            return asked.model_copy(update={"text": whole + asked.text})
        [section] = sections
        return self._redraw(report, section, wish.instruction, known=section.key in before)

    def _redraw(self, report: Report, section: Section, words: str, *, known: bool) -> Said:
        """Starts a section's new wording and says so, or why not.

        Args:
            known: the person knows from before that a new wording waits beside the text.
        """
        instruction = _BESIDE.sub("", words).strip()
        agreed = instruction != words.strip()
        # Its name was said to find the section, and is no part of how it is to be written.
        instruction = (
            _SEVERAL.sub("", instruction).removeprefix(f"“{section.title}”这一节").lstrip("，, ") or instruction
        )
        if section.locked:
            return replies.locked(section)
        job = self._desk.progress(report.id).get(section.key)
        if job is not None and job.live:
            return Said(text=f"“{section.title}”正在写，等写完再改。", links=(section_link(section, report),))
        size = size_of(instruction, section) if section.text and not self._with_model else ""
        bound = _ONLY_WORDING.search(instruction) or not _ANY_WORDING.search(instruction)
        if not self._with_model and bound and section.text and not size:
            return replies.other_wording_only(section, instruction)
        if section.state is SectionState.EDITED and not known and not agreed:
            return replies.edited_by_hand(section, instruction)
        lost: tuple[str, ...] = ()
        try:
            if size:
                lost = self._desk.resize(report.id, section.key, size, Origin.CHAT)
            else:
                # The embedded engine follows no other instruction, so it is given none to ignore.
                told = instruction if self._with_model else ""
                self._desk.redraw(report.id, section.key, told, Origin.CHAT)
        except NigaoError as error:
            return Said(text=error.for_user(), state="failed", links=(section_link(section, report),))
        offer = RedrawOffer(section=section.key, title=section.title, instruction=instruction, base=section.revision)
        beside = "新稿会放在原稿旁边，由您选用。" if section.text else "写好就在纸上。"
        beside += f"新稿里不再写“{'、'.join(lost)}”。" if lost else ""
        return Said(
            text=f"好，重写“{section.title}”。{beside}" if section.text else f"好，起草“{section.title}”。{beside}",
            redraws=(offer,),
        )
