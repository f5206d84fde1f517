"""The conversation of a report: what a person says, what becomes of each proposal.

Rules read a message first, with and without a model, because they are certain, quick and free; a model is asked about
what they do not know. Neither changes a fact: both only propose.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.chatting import replies
from assistant.chatting.answers import answer
from assistant.chatting.asking import Askings
from assistant.chatting.commands import Commands
from assistant.chatting.model_turn import said_by_model
from assistant.chatting.proposals import Proposals
from assistant.chatting.redrawing import Redrawing
from assistant.chatting.spoken_of import LOOKED_AT, offered_in, recent_in
from assistant.chatting.telling import told
from assistant.chatting.voice_wish import as_voice
from assistant.chatting.workbench import Workbench
from assistant.drafting.chat import ChatAnswer, ChatModel
from assistant.drafting.chat_messages import TURNS, Before, Talk, chat_messages
from assistant.errors import InputError, NigaoError
from assistant.facts.sheet import FactSheet
from assistant.facts.values import clean_text
from assistant.intake.chat_facts import told_facts
from assistant.intake.chat_intent import LONGEST, Understood, understand
from assistant.intake.chat_offers import cleared, offers_between
from assistant.intake.chat_unknown import Unknown
from assistant.reports.chat import Choice, Role, Said, Turn
from assistant.reports.report import Report
from assistant.sending import Parcel

#: Read once so that the rules are ready when a person speaks.
_SENTENCE = "今年12人，去年10人。"
#: The setting that says up to which turn a report's conversation was cleared.
_CLEARED = "chat-cleared:"
#: Turns in which a section that was asked about before is looked for.
_LOOKED_AT = 60


@dataclass(frozen=True)
class Reply:
    """What follows on the page. ``go``: the page that was asked for, "" for staying."""

    go: str = ""


class Chat(Proposals):
    """Thread-safe: one for all pages of a process."""

    def __init__(self, desk: Workbench) -> None:
        super().__init__(desk)
        self.askings = Askings()
        self._commands = Commands(desk, self, self.askings)
        self._redrawing = Redrawing(desk)
        self._preparing = threading.Lock()
        self._prepared: set[str] = set()

    # ---- reading

    def turns(self, report_id: str, limit: int = 20) -> list[Turn]:
        """The last turns, oldest first. One that a process left unanswered is told as stopped."""
        return [self._settled(report_id, turn) for turn in self._shown(report_id, limit)]

    def _shown(self, report_id: str, limit: int) -> list[Turn]:
        """The last turns since the conversation was cleared."""
        after = self._cleared(report_id)
        return [turn for turn in self._desk.store.turns(report_id, limit) if turn.number > after]

    def _settled(self, report_id: str, turn: Turn) -> Turn:
        if turn.said.state == "writing" and self.askings.text((report_id, turn.number)) is None:
            # The thread stores the answer before it goes: look again before it is given up.
            turn = self._desk.store.turn(report_id, turn.number)
            if turn.said.state == "writing":
                cut = turn.said.model_copy(update={"state": "stopped", "text": turn.said.text or "这次回答中断了。"})
                return replace(turn, said=cut)
        return turn

    def coming(self, report_id: str, number: int) -> str | None:
        """A model's words so far; None when it is not answering."""
        return self.askings.text((report_id, number))

    def answering(self, report_id: str) -> bool:
        return self.askings.live(report_id)

    def stop(self, report_id: str) -> None:
        self.askings.stop(report_id)

    # ---- clearing

    def clear(self, report_id: str) -> None:
        """Begins anew: what was said so far is shown no more and goes to no model; what was taken of it stays.

        It is deleted when the conversation is cleared again, until then `unclear` brings it back.
        """
        self.askings.stop(report_id)
        self._desk.store.clear_turns(report_id, self._cleared(report_id))
        last = self._desk.store.turns(report_id, 1)
        self._desk.store.put_setting(_CLEARED + report_id, str(last[-1].number) if last else None)

    def unclear(self, report_id: str) -> None:
        """Takes the last clearing back."""
        self._desk.store.put_setting(_CLEARED + report_id, None)

    def was_cleared(self, report_id: str) -> bool:
        """Whether there is something to bring back."""
        return self._cleared(report_id) > 0

    def _cleared(self, report_id: str) -> int:
        """Number of the last turn that is shown no more."""
        return int(self._desk.store.get_setting(_CLEARED + report_id) or 0)

    def close(self) -> None:
        self.askings.close()

    # ---- saying

    def prepare(self, report: Report) -> None:
        """Reads a sentence in the background, once a report type: the patterns of its rules take a second to make."""
        with self._preparing:
            if report.report_type in self._prepared:
                return
            self._prepared.add(report.report_type)
        # Only the schema counts, and an empty sheet tells nothing of anybody.
        sheet = FactSheet(report.sheet.schema)
        threading.Thread(target=told_facts, args=(_SENTENCE, sheet), name="chat rules", daemon=True).start()

    def say(self, report_id: str, words: str, selected: str | None = None) -> Reply:
        """A person says something; the answer stands in the conversation when this returns, or begins to come.

        Args:
            selected: the section that the person has before them.

        Raises:
            InputError: nothing was said, too much, or a model is answering still.
            ConsentNeeded: a model elsewhere would be asked and nobody agreed; nothing was stored or sent.
        """
        text = clean_text(words)
        if not text:
            return Reply()
        if len(text) > LONGEST:
            raise InputError(
                f"这段话有 {len(text)} 字，太长了（一次最多 {LONGEST} 字），没有发出，字还在输入框里。",
                "可以分几次说；整份材料请在“事实”页用“导入”。",
            )
        if self.answering(report_id):
            raise InputError("上一句还在回答。", "等它答完，或者先按“停止”。")
        report = self._desk.report(report_id)
        read = self._read(report, text, selected)
        ask_model = self._with_model and self._left_over(read)
        if ask_model or (read.wishes and self._with_model) or read.command == "draft_all":
            self._desk.engines.clear(report)
        self._desk.store.add_turn(report_id, Role.PERSON, Said(text=text))
        if read.command:
            return self._command(report, read.command)
        saids = [*self._answers(report, read), *self._rewritten(report, read)]
        if not self._with_model and self._left_over(read):
            left = self._left(read)
            saids.append(replies.not_understood(left, nothing_else=not saids, figures=read.facts.unread))
        for said in saids:
            turn = self._desk.store.add_turn(report_id, Role.ASSISTANT, said)
            self.supersede(report_id, turn)
        if ask_model:
            self._ask(report, "\n".join(self._left(read)) or text, text)
        return Reply()

    def _read(self, report: Report, text: str, selected: str | None) -> Understood:
        turns = self._shown(report.id, LOOKED_AT)
        offered = offered_in(turns, report.sheet.schema)
        read = understand(text, report, self._titles(report), selected, recent_in(turns), offered)
        if read.command == "thanks" and self._with_model and not self._commands.waits(report, self._cleared(report.id)):
            # 是的 answers what the model asked.
            return Understood(rest=(text,))
        return as_voice(read, text, report, self._desk)

    @property
    def _with_model(self) -> bool:
        return self._desk.engines.settings is not None

    def _no_facts(self, read: Understood) -> list[Unknown]:
        """What was assigned to no fact and is answered by code: with a model where something is near."""
        return [one for one in read.facts.unknown if one.near or not self._with_model]

    def _left(self, read: Understood) -> list[str]:
        """The sentences that no answer by code speaks of."""
        told = {one.quote for one in self._no_facts(read)}
        return [words for words in read.rest if words.rstrip("。！!；; ") not in told]

    def _left_over(self, read: Understood) -> bool:
        return bool(self._left(read)) or not (read.something or read.facts.notes or self._no_facts(read))

    def _titles(self, report: Report) -> dict[str, tuple[str, ...]]:
        """Section key → what it is called in any shape."""
        found: dict[str, list[str]] = {}
        for shape in self._desk.report_type(report).shapes:
            for template, _ in shape.walk():
                found.setdefault(template.key, []).append(template.title)
        return {key: tuple(dict.fromkeys(titles)) for key, titles in found.items()}

    # ---- facts, questions

    def _answers(self, report: Report, read: Understood) -> Iterator[Said]:
        if read.facts or read.facts.notes:
            yield from told(read.facts)
        for one in self._no_facts(read):
            yield replies.no_such_fact(one, report.sheet)
        if read.cleared:
            yield self._clearing(report, read.cleared)
        if read.unsure:
            choices = tuple(Choice(words=label, say=f"删掉{label}") for label in read.unsure)
            yield Said(text="要清空的是哪一项？", choices=choices)
        for question in read.questions:
            said = answer(question, report, self._desk)
            beside = read.facts.offers and question.kind in ("value", "compared", "rows")
            yield said.model_copy(update={"notes": (replies.AS_IT_STANDS,)}) if beside else said
        if kept := [section for key in read.kept if (section := report.section(key))]:
            yield replies.left_alone(kept, report, nothing_else=not read.wishes)
        if read.outline:
            yield replies.OUTLINE
        if read.also:
            yield replies.also_said(read.also)

    def _clearing(self, report: Report, labels: Sequence[str]) -> Said:
        sheet = report.sheet
        for label in labels:
            sheet = cleared(sheet, label)
        offers = tuple(offers_between(report.sheet, sheet))
        empty = [label for label in labels if report.sheet.fact(label).empty]
        if not offers:
            return Said(text=f"“{'、'.join(labels)}”本来就是空的。")
        names = "、".join(f"“{offer.label}”" for offer in offers)
        note = (f"“{'、'.join(empty)}”本来就是空的。",) if empty else ()
        return Said(text=f"要清空{names}吗？用到的地方会变成【待补】。", facts=offers, notes=note)

    def _rewritten(self, report: Report, read: Understood) -> Iterator[Said]:
        before = {offer.section for turn in self._shown(report.id, _LOOKED_AT) for offer in turn.said.redraws}
        for wish in read.wishes:
            yield self._redrawing.wished(report, wish, before)

    # ---- commands

    def _command(self, report: Report, command: str) -> Reply:
        said, go = self._commands.run(report, command, self._cleared(report.id))
        self._desk.store.add_turn(report.id, Role.ASSISTANT, said)
        return Reply(go)

    # ---- a model

    def _ask(self, report: Report, words: str, message: str) -> None:
        engines = self._desk.engines
        settings = engines.settings
        assert settings is not None
        talk = self._talk(report, words, message)
        turn = self._desk.store.add_turn(
            report.id, Role.ASSISTANT, Said(state="writing", slots=True, model=settings.model)
        )
        make: Callable[[], ChatModel] = partial(ChatModel, settings, engines.send_values, engines.gate())
        self.askings.start((report.id, turn.number), make, talk, partial(self._answered, report.id, turn.number, words))

    def _talk(self, report: Report, words: str, message: str) -> Talk:
        # The last two turns may be this message, and what the rules made of it.
        turns = [turn for turn in self._shown(report.id, TURNS + 2) if turn.said.state == "done"]
        before = tuple(
            Before(turn.role is Role.PERSON, turn.said.text, by_code=not turn.said.slots)
            for turn in turns
            if turn.said.text != message
        )
        return Talk(report, self._desk.report_type(report), words, before)

    def what_leaves(self, report_id: str, words: str, selected: str | None = None) -> Parcel | None:
        """The messages that saying this would send, exactly; None where no model would be asked."""
        engines, text = self._desk.engines, clean_text(words)
        report = self._desk.report(report_id)
        read = self._read(report, text, selected)
        if engines.settings is None or not text or not self._left_over(read):
            return None
        talk = self._talk(report, "\n".join(self._left(read)) or text, text)
        _, messages = chat_messages(talk, send_values=engines.send_values.allows(engines.settings), json=False)
        return Parcel("chat", "对话", tuple(messages))

    def _answered(
        self, report_id: str, number: int, message: str, answer: ChatAnswer | NigaoError | None, come: str
    ) -> None:
        """Keeps a model's answer; called from its thread."""
        try:
            report = self._desk.report(report_id)
            said = said_by_model(answer, come, message, report, self._desk, self._titles(report))
            self._desk.store.change_turn(report_id, number, lambda old: said.model_copy(update={"model": old.model}))
            self.supersede(report_id, self._desk.store.turn(report_id, number))
        except NigaoError:
            # The report is gone, or its database: there is nobody left to tell.
            return
