"""A model's answer as a turn: its calls become proposals, answers by code and buttons; its words stay words."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.chatting.answers import answer, section_link
from assistant.chatting.told_by_model import offers_of
from assistant.chatting.workbench import Workbench
from assistant.drafting.chat import ChatAnswer
from assistant.drafting.chat_tools import COMMANDS, QUESTIONS, Call
from assistant.errors import NigaoError
from assistant.intake.chat_questions import Question, rows_named
from assistant.intake.chat_sections import meant
from assistant.reports.chat import Choice, FactOffer, Link, Said
from assistant.reports.report import Report, Section

_COMMAND_WORDS = {
    "draft_all": "全部起草", "stop": "停止", "export": "导出", "undo": "撤销", "review": "核校", "facts": "打开事实",
}  # fmt: skip
assert set(_COMMAND_WORDS) == set(COMMANDS)
_STOPPED = "已停止回答。"


def said_by_model(
    result: ChatAnswer | NigaoError | None,
    come: str,
    message: str,
    report: Report,
    desk: Workbench,
    titles: Mapping[str, tuple[str, ...]],
) -> Said:
    """The turn of an answer, of a failure, or (None) of an answer that was stopped.

    Args:
        come: the words that had come.
        message: the person's words that were asked about.
    """
    if result is None:
        return Said(text=come or _STOPPED, slots=bool(come), state="stopped", notes=(_STOPPED,) if come else ())
    if isinstance(result, NigaoError):
        kept = (come,) if come else ()
        return Said(text="\n".join((*kept, result.for_user())), slots=bool(come), state="failed")
    turn = _Turn(message, report, desk, titles)
    for call in result.calls:
        turn.take(call)
    if result.cut:
        turn.notes.append("模型的回答被截断了，可以再问一次。")
    words = result.text.strip()
    if not words and not turn.texts and turn.facts:
        words = "记下这些，请确认："
    if not words and not turn.texts and turn.choices:
        words = "是要这样做吗？"
    return Said(
        text=words or ("" if turn.texts else "没有可以采用的建议。"),
        slots=True,
        told="\n".join(turn.texts),
        facts=tuple(turn.facts),
        links=tuple(dict.fromkeys(turn.links)),
        choices=tuple(dict.fromkeys(turn.choices)),
        notes=tuple(dict.fromkeys(turn.notes)),
    )


class _Turn:
    def __init__(self, message: str, report: Report, desk: Workbench, titles: Mapping[str, tuple[str, ...]]) -> None:
        self._message = message
        self._report = report
        self._desk = desk
        self._titles = titles
        self.facts: list[FactOffer] = []
        self.texts: list[str] = []
        self.links: list[Link] = []
        self.choices: list[Choice] = []
        self.notes: list[str] = []

    def take(self, call: Call) -> None:
        takers = {
            "propose_facts": self._facts,
            "redraw_section": self._redraw,
            "answer_from_report": self._answer,
            "run_command": self._command,
        }
        taker = takers.get(call.name)
        if taker is None:
            self.notes.append(f"模型要用一个没有的功能“{call.name[:20]}”，没有理会。")
        elif call.arguments is None:
            self.notes.append("模型给的建议格式不对，读不出来，没有采用；可以换个说法再说一次。")
        else:
            taker(call.arguments)

    def _facts(self, arguments: Mapping[str, object]) -> None:
        offers, notes = offers_of(arguments, self._message, self._report.sheet)
        known = {one.label for one in self.facts}
        self.facts += [one for one in offers if one.label not in known]
        self.notes += notes
        if not offers and not notes:
            self.notes.append("模型没有读出要改的事实。")

    def _redraw(self, arguments: Mapping[str, object]) -> None:
        """Only ever a button: a person presses before a section is written anew."""
        named = str(arguments.get("section", "")).strip()
        sections = self._sections(named)
        if not sections:
            self.notes.append(f"模型说的“{named[:20]}”不是这份报告的章节。")
        for section in sections:
            if section.locked:
                self.notes.append(f"“{section.title}”已锁定，要改请先解锁。")
                self.links.append(section_link(section, self._report))
                continue
            # In the person's own words: what a model makes of them is not what they asked for.
            say = f"“{section.title}”这一节，按要求重写：{self._message}"
            self.choices.append(Choice(words=f"改写“{section.title}”", say=say))

    def _sections(self, named: str) -> list[Section]:
        exact = [one for one in self._report.written if named in (one.key, one.title)]
        if exact:
            return exact
        keys = meant(named, self._report, self._titles).keys
        return [section for key in keys if (section := self._report.section(key))]

    def _answer(self, arguments: Mapping[str, object]) -> None:
        kind = str(arguments.get("question", ""))
        label = str(arguments.get("label", "")).strip()
        item = self._report.sheet.schema.find(label)
        named = str(arguments.get("section", "")).strip()
        keys = tuple(section.key for section in self._sections(named)) if named else ()
        rows = rows_named(label, self._report.sheet) if item is None and kind == "value" else ()
        if kind not in QUESTIONS or (kind in ("uses", "value") and item is None and not rows):
            self.notes.append("模型问的这一项报告里查不到。")
            return
        labels = (item.label,) if item else ()
        section = keys[0] if len(keys) == 1 else ""
        question = Question("rows" if rows else kind, labels, section, sections=keys, rows=rows)
        said = answer(question, self._report, self._desk)
        self.texts.append(said.text)
        self.links += said.links
        self.choices += said.choices

    def _command(self, arguments: Mapping[str, object]) -> None:
        words = _COMMAND_WORDS.get(str(arguments.get("command", "")))
        if words is None:
            self.notes.append("模型要做一个没有的操作，没有理会。")
        else:
            self.choices.append(Choice(words=words, say=words))
