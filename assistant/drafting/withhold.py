"""Text without the values that may not leave: what a person typed may repeat a fact that is withheld.

Two texts that say different values of a withheld figure must come out the same, so a figure is never looked up among
the facts: each number is hidden, whatever it says, as 〔数1〕, 〔数2〕, and comes back as what it was. A shorter form
of a name does so too, as 〔名1〕.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

import rjieba

from assistant.drafting.name_parts import short_names
from assistant.facts import formatting
from assistant.facts.fields import DerivedFact, FactField, FieldType, TableColumn
from assistant.facts.sheet import Fact, FactSheet
from assistant.facts.values import Value, measures_of
from assistant.slots.forms import FORMS, MONEY_FORMS, SAME_MEASURES
from assistant.slots.grammar import Literal, Node, Slot, parse, print_nodes, print_slot
from assistant.slots.numeral import Numeral
from assistant.slots.numerals import Scan, scan
from assistant.slots.render import TOTAL

NAME = "〔名称〕"
_MARK = re.compile(r"〔数(\d+)〕")
_NAME_MARK = re.compile(r"〔名(\d+)〕")
#: Characters of a name at most that is set with blanks to stand under longer ones.
_NAME_LENGTH = 4
_DIGITS = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*")
#: What is counted where somebody speaks of the text itself: 分3点写, 300字以内, 第二部分.
_OF_WRITING = ("字", "句", "段", "节", "章", "点", "行", "页", "条", "块", "部分", "小节", "自然段", "小点")
_PLACE = re.compile(rf"[大小]?个?(?:{'|'.join(sorted(_OF_WRITING, key=len, reverse=True))})")
#: What the reader of numbers takes for a fixed expression, and is a figure of a fact that is counted so: 一个, 零件.
_SINGLE = "一零○〇"


class Withholder:
    """Hides the values of some facts in slot text: names become the fact's slot or a mark, every number a mark.

    One for a request and its answer: `back` knows the marks that `clean` made.

    Args:
        labels: the facts whose values stay here.
    """

    def __init__(self, sheet: FactSheet, labels: Iterable[str]) -> None:
        self._schema = sheet.schema
        self._labels = frozenset(labels)
        self._words: dict[str, Node | None] = {}
        #: Shorter forms that are names only where they are a word by themselves.
        self._apart: set[str] = set()
        self._figures: list[str] = []
        self._names: list[str] = []
        # A row called 训练保障 repeats a label of ours: it tells nothing, and prose needs the word.
        self._vocabulary = " ".join([*sheet.schema.by_label, *sheet.schema.derived_by_label])
        self._meanings = " ".join(item.meaning for item in sheet.schema.in_order())
        for label in sorted(self._labels):
            self._learn(sheet, label)
        longest_first = sorted(self._words, key=lambda word: (-len(word), word))
        self._known = re.compile("|".join(map(_spaced, longest_first))) if longest_first else None
        items = [item for label in self._labels if (item := self._schema.find(label))]
        items = [item for item in items if _filled(sheet.fact(item.label))]
        #: Whether anything that is filled in stays here; whether numbers are hidden, because one of it is a figure.
        self.hides = bool(items)
        self.hides_numbers = any(map(_holds_figures, items))
        self._measures = frozenset(measure for item in items for measure in _measures(item))

    def clean(self, text: str) -> str:
        """Slot text in which no withheld value stands; slots that name a table's row name the table."""
        nodes: list[Node] = []
        for node in parse(text):
            nodes.extend(self._literal(node.text) if isinstance(node, Literal) else [self._slot(node)])
        return print_nodes(nodes)

    def told(self, text: str) -> str:
        """What is said of a text that was cleaned: a number that it quotes is any of the text's marks."""
        return _NAME_MARK.sub(NAME, _MARK.sub("〔数〕", self.clean(text)))

    def back(self, text: str) -> str:
        """Words of an answer with the numbers and names that their marks stand for."""

        def meant(found: re.Match[str], hidden: Sequence[str]) -> str:
            number = int(found.group(1)) - 1
            return hidden[number] if 0 <= number < len(hidden) else found.group()

        text = _MARK.sub(lambda found: meant(found, self._figures), text)
        return _NAME_MARK.sub(lambda found: meant(found, self._names), text)

    def _slot(self, slot: Slot) -> Slot:
        item = self._schema.find(slot.label)
        if item is not None and slot.label in self._labels and len(slot.path) > 1:
            names_row = slot.path[1] != TOTAL and not slot.path[1].isdecimal()
            slot = Slot((slot.label,), slot.form) if names_row else slot
        if item is None:
            # No slot of ours: somebody's words between braces. Whole, for a full stop may be that of 12.5.
            slot = Slot((self._bare(".".join(slot.path)),), slot.form)
        known = slot.form in FORMS or slot.form in MONEY_FORMS or (item is not None and slot.form in _measures(item))
        return slot if known or not slot.form else Slot(slot.path, self._bare(slot.form))

    def _bare(self, words: str) -> str:
        """Words inside a slot."""
        return "".join(node.text if isinstance(node, Literal) else NAME for node in self._literal(words))

    def _literal(self, text: str) -> Iterator[Node]:
        at, edges = 0, frozenset[int]()
        for found in self._known.finditer(text) if self._known else ():
            word = found.group() if found.group() in self._words else _close(found.group())
            if word in self._apart:
                edges = edges or _edges(text)
                if not edges.issuperset(found.span()):
                    continue
            yield Literal(self._without_numbers(text[at : found.start()]))
            yield self._words[word] or self._name(found.group())
            at = found.end()
        yield Literal(self._without_numbers(text[at:]))

    def _name(self, word: str) -> Node:
        if word not in self._names:
            self._names.append(word)
        return Literal(f"〔名{self._names.index(word) + 1}〕")

    def _without_numbers(self, text: str) -> str:
        if not self.hides_numbers:
            return text
        parts, at = [], 0
        for start, end in self._numbers(text):
            self._figures.append(text[start:end])
            parts += [text[at:start], f"〔数{len(self._figures)}〕"]
            at = end
        return "".join([*parts, text[at:]])

    def _numbers(self, text: str) -> list[tuple[int, int]]:
        """Where numbers stand that may be a fact's."""
        read = scan(text)
        kept = {(one.start, one.end) for one in read.numerals if self._of_writing(one, text)}
        kept.update(found.span() for mark in (_MARK, _NAME_MARK) for found in mark.finditer(text))
        found = [(one.start, one.end) for one in read.numerals]
        found += self._single(read)
        known, at = sorted([*kept, *found]), 0
        for digits in _DIGITS.finditer(text):
            while at < len(known) and known[at][1] <= digits.start():
                at += 1
            if at == len(known) or known[at][0] >= digits.end():
                found.append(digits.span())
        return sorted(span for span in found if span not in kept)

    def _of_writing(self, one: Numeral, text: str) -> bool:
        """第二部分, 500字以内, 分3点写: about the text, not about what it tells."""
        after = _PLACE.match(text, one.end)
        if one.kind == "ordinal" or not one.unit:
            return after is not None and after.group() not in self._measures
        return one.unit in _OF_WRITING and one.unit not in self._measures

    def _single(self, read: Scan) -> Iterator[tuple[int, int]]:
        for one in read.ignored:
            if one.text[:1] in _SINGLE and one.text[1:] in self._measures:
                yield one.start, one.end

    def _learn(self, sheet: FactSheet, label: str) -> None:
        item = sheet.schema.find(label)
        # A choice is one of our own words (镇, 述职报告): it tells nobody anything.
        if item is None or item.type is FieldType.CHOICE:
            return
        fact = sheet.fact(label)
        for value in (sheet.value(label), fact.last_year):
            if isinstance(value, str):
                self._word(value, Slot((label,)))
                self._shorten(value, item)
            elif isinstance(value, tuple):
                self._learn_parts(item, value)

    def _learn_parts(self, item: FactField | DerivedFact, parts: tuple[object, ...]) -> None:
        columns = {column.label: column for column in item.columns} if isinstance(item, FactField) else {}
        for number, part in enumerate(parts, 1):
            if isinstance(part, str):
                self._word(part.rstrip("。；;"), Slot((item.label, str(number))))
            elif isinstance(part, Mapping):
                for column, cell in part.items():
                    if isinstance(cell, str) and cell not in self._vocabulary:
                        self._word(cell, Literal(NAME))
                        self._shorten(cell, columns.get(column))

    def _shorten(self, value: str, item: FactField | DerivedFact | TableColumn | None) -> None:
        names = None if item is None or isinstance(item, DerivedFact) else item.names
        for short in short_names(value, names) if names else ():
            # What the report itself is about (库室建设) is no name in prose, whatever a street is called.
            if short.word and (short.text in self._vocabulary or short.text in self._meanings):
                continue
            if not short.word:
                self._apart.discard(short.text)
            elif short.text not in self._words:
                self._apart.add(short.text)
            self._word(short.text, None)

    def _word(self, text: str, node: Node | None) -> None:
        """``node``: None for a mark of its own, that comes back as what it was."""
        if len(text) > 1:
            for known in (text, _close(text)):
                # A whole name is its slot, also where it is another one's shorter form.
                self._words[known] = self._words.get(known) or node
                if node is not None:
                    self._apart.discard(known)


def _edges(text: str) -> frozenset[int]:
    """Where the words of a text begin and end."""
    return frozenset(accumulate(map(len, rjieba.cut(text, hmm=False)), initial=0))


def _holds_figures(item: FactField | DerivedFact) -> bool:
    if isinstance(item, FactField) and item.type is FieldType.TABLE:
        return any(column.type is not FieldType.TEXT for column in item.columns)
    return item.type not in (FieldType.TEXT, FieldType.CHOICE, FieldType.LIST)


def _filled(fact: Fact) -> bool:
    return fact.told or fact.last_year is not None


def _measures(item: FactField | DerivedFact) -> tuple[str, ...]:
    own = measures_of(item) if isinstance(item, FactField) else (item.measure, *item.measures)
    cells = [column.measure for column in item.columns] if isinstance(item, FactField) else []
    named = [measure for measure in (*own, *cells) if measure]
    return (*named, *(other for measure in named for other in SAME_MEASURES.get(measure, ())))


def _spaced(word: str) -> str:
    """A pattern for a word; a name of a few characters is also known when it is set with blanks (张　敏)."""
    if len(word) > _NAME_LENGTH or not all("\u4e00" <= character <= "\u9fff" for character in word):
        return re.escape(word)
    return r"[ \u3000]*".join(word)


def _close(text: str) -> str:
    """A name without the blanks that it is set with."""
    closed = text.replace(" ", "").replace("\u3000", "")
    return closed if len(closed) <= _NAME_LENGTH else text


def marks_in(text: str) -> bool:
    """Whether a number was hidden in a cleaned text."""
    return _MARK.search(text) is not None


def withholder(sheet: FactSheet, *, send_values: bool) -> Withholder:
    """Everything is withheld when values are; private facts always."""
    return Withholder(sheet, withheld_labels(sheet, send_values=send_values))


def withheld_labels(sheet: FactSheet, *, send_values: bool) -> list[str]:
    """Labels of the facts, derived ones included, whose values stay here."""
    every = [*sheet.schema.by_label, *sheet.schema.derived_by_label]
    return [label for label in every if sheet.private(label)] if send_values else every


def shown_value(value: Value | None, item: FactField, fact: Fact) -> str:
    """A value as data inside a prompt: one line, no slot, no fence of ours."""
    return as_data(formatting.plain_text(value, item, fact.approximate))


def as_data(text: str) -> str:
    """Text that cannot end the fence it stands in, and in which braces are no slot."""
    return print_nodes([Literal(as_data_line(text))])


def as_data_line(text: str) -> str:
    """Slot text as one line inside a fence: slots stay slots."""
    return " ".join(text.split()).replace("<", "＜").replace(">", "＞")


def slot_of(*path: str, form: str = "") -> str:
    return print_slot(Slot(path, form))
