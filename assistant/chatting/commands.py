"""Commands in words: 全部起草, 停止, 撤销, 重做, and the ways to the other pages."""

from __future__ import annotations

from assistant.chatting import replies
from assistant.chatting.asking import Askings
from assistant.chatting.proposals import Proposals
from assistant.chatting.voice_wish import VOICE
from assistant.chatting.withdrawing import UNDO_STEP, Withdrawing
from assistant.chatting.workbench import Workbench
from assistant.errors import NigaoError
from assistant.reports.chat import Choice, Link, Said
from assistant.reports.fact_history import told_step
from assistant.reports.report import Report
from assistant.reports.text_history import told_done as told_text_done
from assistant.reports.text_history import told_step as told_text_step

_PAGES = {
    "export": ("导出", "export"),
    "review": ("核校", "review"),
    "facts": ("事实", "facts"),
    "settings": ("设置", "settings"),
}
#: What only a button does, and what nobody does.
_SAID = {"redraft": replies.REDRAFT, "keep": replies.KEEP, "invent": replies.INVENT}


class Commands:
    """The commands of one desk.

    Args:
        proposals: told of the steps that are undone in words.
    """

    def __init__(self, desk: Workbench, proposals: Proposals, askings: Askings) -> None:
        self._desk = desk
        self._proposals = proposals
        self._askings = askings
        self._withdrawing = Withdrawing(desk, proposals)

    def run(self, report: Report, command: str, after: int) -> tuple[Said, str]:
        """What is answered, and the page to go to, "" for staying.

        Args:
            after: turns up to this number are shown no more.
        """
        try:
            if command == "draft_all":
                return self._draft_all(report), ""
            if command == "stop":
                self._askings.stop(report.id)
                self._desk.stop(report.id)
                return Said(text="已停，写出来的部分都留着。"), ""
            if command == "undo":
                return self._undo(report, after), ""
            if command == "undo_step":
                return self._undo_step(report), ""
            if command in ("refuse", "thanks"):
                return self._agreed(report, after) if command == "thanks" else self._refuse(report, after), ""
            if command == "redo":
                return self._redo(report), ""
        except NigaoError as error:
            return Said(text=error.for_user(), state="failed"), ""
        if command.startswith(VOICE):
            return replies.voice(command.removeprefix(VOICE), report.shape.document), ""
        if command in _SAID:
            return _SAID[command], ""
        if command in _PAGES:
            words, page = _PAGES[command]
            return Said(
                text=f"好，到“{words}”页。", links=(Link(kind="page", target=page, words=f"去“{words}”"),)
            ), page
        return replies.can(with_model=self._desk.engines.settings is not None), ""

    def _draft_all(self, report: Report) -> Said:
        started = self._desk.draft_all(report.id)
        if not started:
            return Said(text="各节都有文字了，没有要起草的。要改哪一节，直接说。")
        return Said(text=f"开始起草 {len(started)} 节。", choices=(replies.STOP,))

    def _undo(self, report: Report, after: int) -> Said:
        """What came last: a proposal that nobody took is refused, else the last step of facts or texts undone."""
        facts, texts = self._desk.fact_ways(report.id).undo, self._desk.text_ways(report.id).undo
        at = max([*((facts.changes[0].at,) if facts else ()), *((texts.at,) if texts else ())], default=None)
        if waiting := self._withdrawing.open_turn(report, after, at):
            return self._withdrawing.withdraw(report, waiting, self._last_step(report))
        if texts is not None and len(texts.moves) > 1 and (facts is None or texts.at > facts.changes[0].at):
            # One word must not empty a report.
            told = told_text_step(texts)
            choices = (Choice(words=f"撤销“{told}”", say=UNDO_STEP),)
            return Said(text=f"上一步是“{told}”，撤销会动到 {len(texts.moves)} 节的文字。要撤销吗？", choices=choices)
        return self._undo_step(report)

    def _undo_step(self, report: Report) -> Said:
        """The last step of facts or texts, whichever came later."""
        facts, texts = self._desk.fact_ways(report.id).undo, self._desk.text_ways(report.id).undo
        if facts is not None and (texts is None or facts.changes[0].at >= texts.at):
            done = self._desk.undo_facts(report.id, facts.number)
            told = told_step(done, report.sheet.schema)
        elif texts is not None:
            told = told_text_done(self._desk.undo_text(report.id, texts.number))
        else:
            return Said(text="没有可以撤销的。")
        return Said(text=f"已撤销：{told}。", choices=(Choice(words="重做", say="重做"),))

    def _last_step(self, report: Report) -> str:
        facts, texts = self._desk.fact_ways(report.id).undo, self._desk.text_ways(report.id).undo
        if facts is not None and (texts is None or facts.changes[0].at >= texts.at):
            return told_step(facts, report.sheet.schema)
        return told_text_step(texts) if texts is not None else ""

    def waits(self, report: Report, after: int) -> bool:
        """Whether something is proposed that nobody decided on."""
        return self._withdrawing.open_turn(report, after) is not None

    def _refuse(self, report: Report, after: int) -> Said:
        """算了, 不改了: never more than a proposal goes."""
        if waiting := self._withdrawing.open_turn(report, after):
            return self._withdrawing.withdraw(report, waiting, None)
        undo = self._last_step(report)
        choices = (Choice(words=f"撤销“{undo}”", say=UNDO_STEP),) if undo else ()
        return Said(text="没有等您确认的建议，报告没有动。", choices=choices)

    def _agreed(self, report: Report, after: int) -> Said:
        """好的, 谢谢: only a press takes a proposal."""
        if self.waits(report, after):
            return Said(text="请按上面的“采用”，按了才算数；不要的按“不用”。")
        return Said(text="好。有要记的数、要改的节，直接说。")

    def _redo(self, report: Report) -> Said:
        facts, texts = self._desk.fact_ways(report.id).redo, self._desk.text_ways(report.id).redo
        if facts is not None and (texts is None or facts.changes[0].at >= texts.at):
            return Said(
                text=f"已重做：{told_step(self._desk.redo_facts(report.id, facts.number), report.sheet.schema)}。"
            )
        if texts is not None:
            return Said(text=f"已重做：{told_text_step(self._desk.redo_text(report.id, texts.number))}。")
        return Said(text="没有可以重做的。")
