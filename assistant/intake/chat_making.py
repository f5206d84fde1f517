"""A sheet as a message would make it: each fact that is told put in, with the words that say so and its doubts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from assistant.facts.fields import FieldType
from assistant.facts.last_year import with_last_year
from assistant.facts.sheet import Fact, FactSheet
from assistant.facts.values import Value, list_items
from assistant.intake.chat_lists import ToldList, changed
from assistant.intake.chat_reading import Reading
from assistant.intake.chat_steps import Change
from assistant.intake.chat_unknown import Unknown
from assistant.intake.extract_figures import approximation, value_of_figure
from assistant.reports.chat import FactOffer
from assistant.slots.numeral import Numeral

SOURCE = "对话"


@dataclass(frozen=True)
class Ask:
    """Words that may mean several things. ``says``: words to choose by → the sentence that would settle it."""

    quote: str
    says: dict[str, str] = field(default_factory=dict)
    question: str = "说的是哪一项？"


@dataclass(frozen=True)
class ToldFacts:
    """What a message says of facts.

    Attributes:
        offers: what would change; ``same``: labels of facts that already stand as told.
        asks: figures that several facts could take.
        notes: what was understood and not taken, and why.
        unread: figures that name no fact.
        unknown: what was assigned to something that is no fact of the report.
    """

    offers: tuple[FactOffer, ...] = ()
    same: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    unknown: tuple[Unknown, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.offers or self.same or self.asks)


class Making:
    """What was read of one message so far.

    Attributes:
        made: the sheet with what was told; ``told``: the labels that were spoken of, in order.
        quotes, doubts: by label; ``told_last``: those whose other year's figure was told.
        figure_of: label → the figure that told this year's value. ``whole_quotes``: words of which all was taken.
        ``asks``, ``notes``: as `ToldFacts` has them.
    """

    def __init__(self, reading: Reading, sheet: FactSheet) -> None:
        self._reading = reading
        self._text = reading.text
        self._sheet = sheet
        self._schema = sheet.schema
        self.made = sheet
        self.told: dict[str, None] = {}
        self.quotes: dict[str, str] = {}
        self.doubts: dict[str, str] = {}
        self.told_last: set[str] = set()
        self.figure_of: dict[str, Numeral] = {}
        self._rows_asked: dict[tuple[str, str], tuple[dict[str, int | Decimal | str], list[str]]] = {}
        self.whole_quotes: list[str] = []
        self.asks: list[Ask] = []
        self.notes: list[str] = []

    def put(
        self, label: str, one: Numeral, quote: str, doubt: str = "", *, last: bool = False, signs: tuple[int, ...] = ()
    ) -> None:
        """A figure for a fact; with ``signs`` it is added to what stands, or taken from it."""
        item = self._schema.by_label[label]
        value: Value | None = value_of_figure(one, FieldType(item.type))
        if value is None:
            self.notes.append(f"“{quote}”的数太大或太细，没有记。")
            return
        if one.kind == "number" and item.type is FieldType.MONEY:
            doubt = doubt or "没有写单位，按元计"
        had = self.made.facts.get(label, Fact())
        first = self.figure_of.get(label)
        if first is not None and first.value != one.value and not (last or signs):
            self.withdraw(label)
            self.ask_several(label, [first, one])
            return
        if not (last or signs):
            self.figure_of[label] = one
        if signs:
            year, base = ("去年", had.last_year) if last else ("", had.value)
            made = self._changed(Change(f"{year}{label}", base, item.measure, one, value, signs), quote)
            if made is None:
                return
            value, doubt = made
        if last:
            self.told_last.add(label)
            word = had.last_approximate if signs else approximation(one)
            self.made = self.made.with_fact(label, with_last_year(had, value, word=word))
        else:
            # 约2000份, and 200 more: still about so many.
            word = had.approximate if signs else approximation(one)
            fresh = replace(had, value=value, approximate=word, source=f"{SOURCE}：“{quote}”")
            self.made = self.made.with_fact(label, fresh)
        self.note_told(label, quote, doubt)

    def withdraw(self, label: str) -> None:
        """What was told for a fact counts no more."""
        self.made = self.made.with_fact(label, self._sheet.facts.get(label, Fact()))
        self.told.pop(label, None)

    def _changed(self, change: Change, quote: str) -> tuple[int | Decimal, str] | None:
        """The sum and how it came about; None where there is none, which is told, or may be two, which is asked."""
        sums = change.sums()
        if isinstance(sums, str):
            self.notes.append(sums)
            return None
        if len(change.signs) > 1:
            says = {f"改成{shown}": f"{change.name}改成{shown}" for shown in map(change.shown, sums)}
            self.asks.append(Ask(quote, says, f"要改成多少？“{change.name}”现在是{change.stands}。"))
            return None
        return sums[0], change.told

    def ask(self, quote: str, labels: list[str], one: Numeral, verb: str = "改成") -> None:
        question = f"说的是“{labels[0]}”吗？" if len(labels) == 1 else "说的是哪一项？"
        self.asks.append(Ask(quote, {label: f"{label}{verb}{one.text}" for label in labels}, question))

    def ask_added(self, quote: str, label: str, one: Numeral, question: str) -> None:
        """A figure that is only a part: whether it counts by itself, or beside what stands."""
        had, item = self._sheet.value(label), self._schema.by_label[label]
        says = {f"就记{one.text}": f"{label}改成{one.text}"}
        if isinstance(had, int | Decimal) and had:
            stands = Change(label, had, item.measure, one, 0, (1,)).stands
            says |= {f"加在现在的{stands}上": f"{label}增加{one.text}"}
        self.asks.append(Ask(quote, says, question))

    def ask_several(self, label: str, figures: Sequence[Numeral]) -> None:
        """Two figures for one fact: which counts, or both together."""
        item = self._schema.by_label[label]
        values = [value for one in figures if (value := value_of_figure(one, FieldType(item.type))) is not None]
        sums = [value for value in values if isinstance(value, int | Decimal)]
        whole = sum(sums[1:], sums[0])
        measure = figures[0].unit if item.type is FieldType.MONEY else item.measure
        both = item.type is FieldType.COUNT and len(sums) > 1
        says = {f"合计{whole}{item.measure}": f"{label}改成{whole}{measure}"} if both else {}
        says |= {one.text: f"{label}改成{one.text}" for one in figures}
        quote = self._reading.quote(self._reading.sentence(figures[0].start), max(one.end for one in figures))
        self.asks.append(Ask(quote, says, f"说的是“{label}”吗？记哪个数？"))

    def put_list(self, told: ToldList, words: str) -> None:
        """Items for a list fact; where it has some and the words do not say whether they stay, it is asked."""
        had = self.made.facts.get(told.label, Fact())
        old = list(list_items(had.value))
        quote = " ".join(words.split()).strip(" ，,、。；;")
        if told.how == "tell" and old and list(told.items) != old:
            lines = "\n".join(f"{number}.{item}" for number, item in enumerate(told.items, 1))
            says = {
                f"加在原有 {len(old)} 条后面": f"{told.label}加上：\n{lines}",
                "换掉原有的": f"{told.label}改成：\n{lines}",
            }
            self.asks.append(Ask(quote, says, f"“{told.label}”已有 {len(old)} 条，这 {len(told.items)} 条怎么放？"))
            return
        items = changed(old, told)
        if items is None:
            where = "最后一条" if told.which < 0 else f"第 {told.which} 条"
            self.notes.append(f"“{told.label}”在事实表里有 {len(old)} 条，没有{where}，没有动。")
            return
        self.made = self.made.with_fact(told.label, replace(had, value=items))
        self.note_told(told.label, quote, "")

    def note_told(self, label: str, quote: str, doubt: str) -> None:
        self.told[label] = None
        self.quotes[label] = "；".join(part for part in (self.quotes.get(label, ""), quote.strip()) if part)
        if doubt:
            self.doubts[label] = doubt
