"""Text without the values that may not leave: what a person typed may repeat a fact that is withheld."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from assistant.facts import formatting
from assistant.facts.fields import FactField, FieldType
from assistant.facts.sheet import Fact, FactSheet
from assistant.facts.values import Value
from assistant.slots.forms import Missing, Unknown, allowed_forms, print_fact
from assistant.slots.grammar import Literal, Node, Slot, parse, print_nodes, print_slot
from assistant.slots.render import TOTAL

#: Stands for a withheld number that no slot says for certain.
NUMBER = "〔数〕"
NAME = "〔名称〕"
_COMPARISONS = ("同比", "增幅", "增减", "方向", "去年", "数")
#: Characters of a name at most that is set with blanks to stand under longer ones.
_NAME_LENGTH = 4
_NUMBER = re.compile(r"\d+(?:[,，]\d{3})*(?:\.\d+)?")


class Withholder:
    """Replaces the values of some facts in slot text: by the fact's slot where one says the same, else by a mark.

    Args:
        labels: the facts whose values stay here.
    """

    def __init__(self, sheet: FactSheet, labels: Iterable[str]) -> None:
        self._labels = frozenset(labels)
        self._numbers: set[Decimal] = set()
        self._words: dict[str, Node] = {}
        # A row called 训练保障 repeats a label of ours: it tells nothing, and prose needs the word.
        self._vocabulary = " ".join([*sheet.schema.by_label, *sheet.schema.derived_by_label])
        for label in sorted(self._labels):
            self._learn(sheet, label)
        longest_first = sorted(self._words, key=lambda word: (-len(word), word))
        # A number must not be found inside a longer one.
        parts = (rf"(?<![\d.]){re.escape(w)}" if w[0].isdigit() else _spaced(w) for w in longest_first)
        self._known = re.compile("|".join(parts)) if longest_first else None

    def clean(self, text: str) -> str:
        """Slot text in which no withheld value stands; slots that name a table's row name the table."""
        nodes: list[Node] = []
        for node in parse(text):
            nodes.extend(self._literal(node.text) if isinstance(node, Literal) else [self._slot(node)])
        return print_nodes(nodes)

    def _slot(self, slot: Slot) -> Slot:
        names_row = len(slot.path) > 1 and slot.path[1] != TOTAL and not slot.path[1].isdecimal()
        return Slot((slot.label,)) if names_row and slot.label in self._labels else slot

    def _literal(self, text: str) -> Iterator[Node]:
        at = 0
        for found in self._known.finditer(text) if self._known else ():
            yield Literal(self._plain(text[at : found.start()]))
            yield self._words.get(found.group()) or self._words[_close(found.group())]
            at = found.end()
        yield Literal(self._plain(text[at:]))

    def _plain(self, text: str) -> str:
        def hide(found: re.Match[str]) -> str:
            number = found.group().replace(",", "").replace("，", "")
            # One digit tells nothing by itself, and 分3点写 must stay readable.
            return NUMBER if len(number) > 1 and Decimal(number) in self._numbers else found.group()

        return _NUMBER.sub(hide, text)

    def _learn(self, sheet: FactSheet, label: str) -> None:
        item = sheet.schema.find(label)
        fact = sheet.fact(label)
        # A choice is one of our own words (镇, 述职报告): it tells nobody anything.
        if item is None or item.type is FieldType.CHOICE:
            return
        for value, form in ((fact.value, ""), (fact.last_year, "去年")):
            self._learn_numbers(value)
            if isinstance(value, str):
                self._word(value, Slot((label,)))
            elif isinstance(value, tuple):
                self._learn_parts(label, value)
            elif value is not None:
                for other in ("", *allowed_forms(item)):
                    if other in _COMPARISONS:
                        continue
                    slot = Slot((label,), form or other)
                    try:
                        self._word(print_fact(Fact(value, fact.approximate), item, other), slot)
                    except (Missing, Unknown):
                        continue

    def _learn_parts(self, label: str, parts: tuple[object, ...]) -> None:
        for number, part in enumerate(parts, 1):
            if isinstance(part, str):
                self._word(part.rstrip("。；;"), Slot((label, str(number))))
            elif isinstance(part, Mapping):
                for cell in part.values():
                    if isinstance(cell, str) and cell not in self._vocabulary:
                        self._word(cell, Literal(NAME))
                    self._learn_numbers(cell)

    def _word(self, text: str, node: Node) -> None:
        if len(text) > 1:
            self._words.setdefault(text, node)
            self._words.setdefault(_close(text), node)

    def _learn_numbers(self, value: object) -> None:
        if isinstance(value, int | Decimal):
            number = Decimal(value)
            self._numbers |= {number, number / 10_000, number / 100_000_000}


def _spaced(word: str) -> str:
    """A pattern for a word; a name of a few characters is also known when it is set with blanks (张　敏)."""
    if len(word) > _NAME_LENGTH or not all("\u4e00" <= character <= "\u9fff" for character in word):
        return re.escape(word)
    return r"[ \u3000]*".join(word)


def _close(text: str) -> str:
    """A name without the blanks that it is set with."""
    closed = text.replace(" ", "").replace("\u3000", "")
    return closed if len(closed) <= _NAME_LENGTH else text


def withholder(sheet: FactSheet, *, send_values: bool) -> Withholder:
    """Everything is withheld when values are; private facts always."""
    schema = sheet.schema
    every = [*schema.by_label, *schema.derived_by_label]
    return Withholder(sheet, [label for label in every if sheet.private(label)] if send_values else every)


def shown_value(value: Value | None, item: FactField, fact: Fact) -> str:
    """A value as data inside a prompt: one line, no slot, no fence of ours."""
    return as_data(formatting.plain_text(value, item, fact.approximate))


def as_data(text: str) -> str:
    """Text that cannot end the fence it stands in, and in which braces are no slot."""
    flat = " ".join(text.split()).replace("<", "＜").replace(">", "＞")
    return print_nodes([Literal(flat)])


def slot_of(*path: str, form: str = "") -> str:
    return print_slot(Slot(path, form))
