"""Facts told in words: what a person's message would change in the sheet. Nothing is changed here.

The reader of old reports (``extract``) goes first; what it leaves, looser words settle: whoever talks to the assistant
about this year's report says 征兵12人 and means 入伍人数.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.facts.fields import FactSchema, FieldType
from assistant.facts.sheet import Fact, FactSheet
from assistant.intake.chat_assigned import assigned
from assistant.intake.chat_left_out import LeftOut, told_left
from assistant.intake.chat_lists import ToldList, told_lists, without_lists
from assistant.intake.chat_loose import Loose
from assistant.intake.chat_making import SOURCE, ToldFacts
from assistant.intake.chat_names import labels_of
from assistant.intake.chat_offers import offers_between
from assistant.intake.chat_pointing import pointed
from assistant.intake.chat_rows import ToldRow, told_rows
from assistant.intake.chat_steps import wanting
from assistant.intake.chat_turned import Offered
from assistant.intake.chat_unknown import unknown
from assistant.intake.source_year import report_year

_PASSED_OVER = frozenset({"ordinal", "year", "date", "multiple", "points"})


def told_facts(text: str, sheet: FactSheet, recent: Sequence[str] = (), offered: Sequence[Offered] = ()) -> ToldFacts:
    """What a message would change.

    Args:
        recent: labels that were spoken of last: 不是12是15 means one of them first.
        offered: what was proposed and not yet taken, the last first.
    """
    # Before anything else is read: what an item of a list says is no fact.
    lists = told_items(text, sheet.schema)
    return _Telling(without_lists(text, lists), sheet, recent, offered).run(lists, text)


def told_items(text: str, schema: FactSchema) -> list[ToldList | ToldRow]:
    """The items of lists and the new rows of tables that a message tells, in order."""
    return sorted([*told_lists(text, schema), *told_rows(text, schema)], key=lambda one: one.start)


class _Telling(Loose):
    def run(self, lists: Sequence[ToldList | ToldRow], message: str) -> ToldFacts:
        for told in lists:
            words = message[told.start : told.end]
            self.put_row(told, words) if isinstance(told, ToldRow) else self.put_list(told, words)
        self._refuse_negative()
        self._refuse_other_counts()
        self._turned()
        self._pointed()
        differences = self._take_differences()
        self._extracted()
        spans = self._words()
        for number, one in enumerate(self._figures):
            if any(start <= one.start < end for start, end in spans):
                continue
            if number not in self._taken and one.kind not in _PASSED_OVER and one.unit not in ("字", "句", "段", "节"):
                self._loose(one, self._sum_behind(number))
        for one, sign, last in differences:
            self._differing(one, sign, last)
        offers = tuple(
            offer.model_copy(
                update={"quote": self.quotes.get(offer.label, ""), "doubt": self.doubts.get(offer.label, "")}
            )
            for offer in offers_between(self._sheet, self.made)
        )
        changed = {offer.label for offer in offers}
        whole = self.whole_quotes
        nameless = tuple(one for one in unknown(self._read, spans) if not any(one.value in words for words in whole))
        left = self._left_out([one.quote for one in nameless])
        same = tuple(dict.fromkeys(label for label in (*self.told, *left.same) if label not in changed))
        asks = (*self.asks, *left.asks)
        found = bool(offers or same or asks or self.notes)
        notes = (*self.notes, told_left(left.words)) if found else self.notes
        return ToldFacts(
            offers,
            same,
            asks,
            tuple(note for note in dict.fromkeys(notes) if note),
            tuple(one for one in self._unread if not any(one in name for _, name in self._rows_asked)),
            nameless,
        )

    def _left_out(self, quotes: Sequence[str]) -> LeftOut:
        """What of the message nothing was taken from, asked about or told."""
        spoken = [quote for told in self.quotes.values() for quote in told.split("；")]
        noted = [quote for note in self.notes for quote in re.findall("“([^”]+)”", note)]
        asked = [ask.quote for ask in self.asks]
        return LeftOut(
            self._read,
            self._sheet,
            [*spoken, *self.quotes.values(), *noted, *asked, *quotes, *self._unread],
            self.whole_quotes,
        )

    def _refuse_negative(self) -> None:
        for number, one in enumerate(self._figures):
            if self._read.negative(one):
                self._taken.add(number)
                quote = self._read.quote(self._read.clause(one.start), one.end)
                self.notes.append(f"“{quote}”没有记：数不能是负的。要减的话，请说“减少{one.text}”。")

    def _refuse_other_counts(self) -> None:
        """还差5人 is not how many there are, and 征兵荣誉改成2个 tells no line of the list."""
        for number, one in enumerate(self._figures):
            if number in self._taken or one.kind in _PASSED_OVER:
                continue
            begin = self._read.clause(one.start)
            quote = self._read.quote(begin, one.end)
            if wanting(self._text[begin : one.start], self._text[one.end :]):
                self.notes.append(f"“{quote}”说的不是现在有多少，没有记；请直接说一共是多少。")
            elif listed := self.set_as_number(one, FieldType.LIST):
                self.notes.append(listed)
            else:
                continue
            self._taken.add(number)

    # ---- 不对，是13人; 比去年多2人

    def _pointed(self) -> None:
        for number, one in enumerate(self._figures):
            found = None if number in self._taken else pointed(self._read, one, self._recent)
            if found is None or one.kind in _PASSED_OVER:
                continue
            self._taken.add(number)
            quote = self._read.quote(self._read.sentence(one.start), one.end)
            if len(found.labels) == 1:
                self.put(found.labels[0], one, quote, last=found.last)
            else:
                self.ask(quote, list(found.labels), one, "去年" if found.last else "改成")

    # ---- texts, choices, lists

    def _words(self) -> list[tuple[int, int]]:
        """Takes them; where they stand."""
        found, notes = assigned(self._text, self._names, self._schema, self.told, report_year(self._sheet))
        self.notes += notes
        for one in found:
            had = self.made.facts.get(one.label, Fact())
            quote = self._read.quote(one.start, one.end)
            fact = replace(had, value=one.value, source=f"{SOURCE}：“{quote}”")
            self.made = self.made.with_fact(one.label, fact)
            self.note_told(one.label, quote, "")
        return [(one.start, one.end) for one in found]


def fact_named(words: str, sheet: FactSheet) -> tuple[str, ...]:
    """The facts that words name, and nothing else with them (入伍人数, 慰问金总额这个数)."""
    bare = re.sub(
        r"^(?:那个|这个|那项|这项)|(?:这个数|那个数|这一项|那一项|这项|那项|的数|一项|这条事实|这个事实|的值|的数据)$",
        "",
        words,
    )
    return labels_of(bare.strip(" “”\"'《》"), sheet.schema)
