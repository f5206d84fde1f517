"""How running text tells the items of a list that has no section of its own: 先后完成堤防值守、山洪转移等任务."""

from __future__ import annotations

from pydantic import model_validator

from assistant.facts.cues_tables import Data, check


class RunCues(Data):
    """A run of phrases, ``甲、乙和丙``, whose frame and own words tell the list that they are items of.

    Attributes:
        before: words that end where a run begins (完成了).
        behind: words that a run without those ends at (等任务，都是民兵…); it begins with its clause.
        word: must be found in a phrase; one of three or more may go without.
        near: must be found in the sentence or in the one before.
        unless: must not be found in any phrase.
        ahead: must not be found between the clause's beginning and the run: what is not done yet (将), or is else.
        tail: words behind the run that are no part of the last phrase.
        own: an item with it needs more than ``word`` to be one: 全年应急处置 has the word, and is none.
        still: in the clause of an item, what is not done yet, whoever found the item.
        lead, close: words that only lead to an item (其他就是), or sum items up (这两样急活), whoever found the item.
    """

    before: str
    behind: str
    word: str
    near: str = ""
    unless: str = ""
    ahead: str = ""
    tail: str = ""
    own: str = ""
    still: str = ""
    lead: str = ""
    close: str = ""

    @model_validator(mode="after")
    def _patterns(self) -> RunCues:
        told = (self.before, self.behind, self.word, self.near, self.unless, self.ahead, self.tail)
        for pattern in (*told, self.own, self.still, self.lead, self.close):
            check(pattern)
        return self
