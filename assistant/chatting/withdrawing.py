"""撤销 and 算了 said while something is proposed and nobody has pressed: the proposal goes, what was done stays."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from assistant.chatting.proposals import Proposals
from assistant.chatting.workbench import Workbench
from assistant.reports.chat import Choice, Said, Standing, Turn
from assistant.reports.report import Report

#: Turns in which an open proposal is looked for.
_LOOKED_AT = 12


class Withdrawing:
    """The proposals of a conversation that nobody took yet."""

    def __init__(self, desk: Workbench, proposals: Proposals) -> None:
        self._desk = desk
        self._proposals = proposals

    def open_turn(self, report: Report, after: int, since: datetime.datetime | None = None) -> Turn | None:
        """The last turn with a proposal that nobody has decided on.

        Args:
            after: turns up to this number are shown no more.
            since: when the report was changed last, for 撤销: older proposals, or those before one that was decided
                on, are not what was done last.
        """
        for turn in reversed(self._desk.store.turns(report.id, _LOOKED_AT)):
            if turn.number <= after or (since is not None and turn.at < since):
                return None
            offers = (*turn.said.facts, *turn.said.redraws)
            if any(self._waits(report, turn, place) for place in range(len(offers))):
                return turn
            if offers and since is not None:
                return None
        return None

    def withdraw(self, report: Report, turn: Turn, undo: str | None) -> Said:
        """Refuses what waits in a turn.

        Args:
            undo: where it was 撤销 that was said: what the last step did, to be taken back by one press, "" for none.
        """
        names = [one.label for one in turn.said.facts if one.standing is Standing.OPEN]
        self._proposals.refuse_facts(report.id, turn.number)
        for offer in turn.said.redraws:
            waiting = self._proposals.waiting(report, offer)
            if waiting is not None:
                # What 撤销 took away the next 撤销 must not bring back.
                away = self._proposals.refuse_text if undo is None else self._proposals.withdraw_text
                away(report.id, turn.number, offer.section, waiting.number)
                names.append(f"{offer.title}的新稿")
        told = "、".join(f"“{name}”" for name in names)
        if not undo:
            return Said(text=f"好，{told}不用了，报告没有动。")
        return Said(
            text=f"好，{told}不用了，报告没有动。要撤销的是上一步“{undo}”的话，请按下面。",
            choices=(Choice(words=f"撤销“{undo}”", say=UNDO_STEP),),
        )

    def _waits(self, report: Report, turn: Turn, place: int) -> bool:
        facts: Sequence[object] = turn.said.facts
        if place < len(facts):
            return turn.said.facts[place].standing is Standing.OPEN
        return self._proposals.waiting(report, turn.said.redraws[place - len(facts)]) is not None


#: The words of the button that goes past a proposal.
UNDO_STEP = "撤销已做的上一步"
