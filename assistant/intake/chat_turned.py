"""One figure put in the place of another: 不是12是15, 12改成15, 原来3个现在2个."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.facts.sheet import Fact, FactSheet
from assistant.intake.chat_differences import Differing
from assistant.slots.numeral import Numeral

_MEASURES = r"[人名个次户条份万元块起天 ]*"
_WRONG = r"(?:不对|不准|不是|错了|[记写报填说搞弄]错了?|有误)(?:的|了|啊|哦)?"
_CHECKED = r"(?:(?:经|重新)?(?:核实|核对|核查|查实|复核|统计|看来|看)后?[，,]?)?"
_TURN = re.compile(
    rf"[，、,]?{_MEASURES}(?:{_WRONG})?[，、,。]?(?:但|而|可)?(?:现在?|目前|如今)?{_CHECKED}"
    r"(?:(?:应该?|应当|该)?(?:是|为|改[成为到]?|换成|更正为|调整为|调成)了?[：:]?\s*|应该?)"
)
_SAID_WRONG = re.compile(_WRONG)
_CORRECTS = re.compile(r"改|应|更正|调整")
#: From 18 to 20: of the value that stands it is a correction, of any other one year beside the other.
_GREW = re.compile(rf"{_MEASURES}(?:(?:增加|增|减少|减|上升|升|下降|降|提高|涨|变)[到至为成]了?|→|[-—=]+>)\s*")
_NOT = re.compile(r"(?:不是|不对|并非|把|将|从|由|原来的?|之前的?|的)$")
#: 原来3个现在2个: the second is what counts, and the first is not looked at.
_ONCE = re.compile(r"(?:原来|原先|原本|原有|本来|之前|以前|此前)[^，。；0-9]{0,14}$")
_NOW_IT_IS = re.compile(
    rf"{_MEASURES}[，、,]?(?:但|而|可)?(?:是)?(?:现在|目前|如今|眼下|现有|现|今年)?{_CHECKED}(?:应该?|只|就|才|还)?"
    r"(?:是|有|为|变成|变为|改成|改为|成了|剩下?|减到|减少到|增到|增加到)?了?[：:]?"
)
#: A figure behind these says what an earlier one has become.
BECOMES = re.compile(r"现在|实际|其实|正确|目前|如今|眼下|现有|[，,]现|改|变[成为]|更正|换成|→|应该?是|应为")


@dataclass(frozen=True)
class Offered:
    """A value that was proposed and that nobody took or refused; ``last``: it is last year's."""

    label: str
    value: int | Decimal
    last: bool = False


class Turning(Differing):
    """The corrections of one message.

    Args:
        offered: proposals that wait, the last first: they are corrected before what stands in the sheet.
    """

    def __init__(self, text: str, sheet: FactSheet, recent: Sequence[str], offered: Sequence[Offered]) -> None:
        super().__init__(text, sheet, recent)
        self._offered = offered

    def _turned(self) -> None:
        for number, (old, new) in enumerate(zip(self._figures, self._figures[1:], strict=False)):
            between = self._text[old.end : new.start]
            begin = self._read.clause(old.start)
            left = self._text[begin : old.start]
            before, after = self._read.before(old.start), self._read.after(new)
            if again := [name for name in self._names if old.end <= name.start and name.end <= new.start]:
                # 原来10个民兵之家，现在12个: the name may stand behind either figure.
                between = between.replace(again[0].name, "", 1)
                before = before or again[:1]
                if self._read.fitting(before, new) != self._read.fitting(again, new):
                    continue
            once = bool(_ONCE.search(left) and _NOW_IT_IS.fullmatch(between))
            grew = _GREW.fullmatch(between)
            if number in self._taken or not (once or grew or _TURN.fullmatch(between)):
                continue
            said = _CORRECTS.search(between) or _SAID_WRONG.search(between)
            if not (once or grew or said or _NOT.search(left)):
                continue
            if grew and not self._stands(self._read.fitting(before, new), old):
                continue
            self._taken |= {number, number + 1}
            quote = self._read.quote(self._read.clause(old.start), new.end)
            labels = self._read.fitting(before, new) or self._read.fitting(after, new)
            if not labels and self.cell(new, begin, quote):
                continue
            if not labels and (waiting := self._waiting(old, new)):
                self.put(waiting.label, new, quote, last=waiting.last)
                continue
            guessed = not labels
            labels = labels or self._holding(old, new)
            if len(labels) == 1:
                sure = not guessed or labels[0] in self._recent
                self.put(labels[0], new, quote, "" if sure else f"是按现在的数“{old.text}”找到的，请核对是不是这一项")
            elif labels:
                self.ask(quote, labels, new)
            else:
                self.notes.append(f"没有找到现在是“{old.text}”的事实，请说明是哪一项。")

    def _stands(self, labels: list[str], old: Numeral) -> bool:
        """Whether the one fact that is named has this value now."""
        value = self._sheet.facts.get(labels[0], Fact()).value if len(labels) == 1 else None
        return isinstance(value, int | Decimal) and Decimal(value) == old.value

    def _waiting(self, old: Numeral, new: Numeral) -> Offered | None:
        """The proposal that the old figure was told for."""
        return next(
            (
                one
                for one in self._offered
                if old.value is not None and Decimal(one.value) == old.value and self._takes(one.label, new)
            ),
            None,
        )

    def _holding(self, old: Numeral, new: Numeral) -> list[str]:
        """The facts whose value is the old one; those spoken of last before all others."""
        found = [
            label
            for label, fact in self._sheet.facts.items()
            if isinstance(fact.value, int | Decimal) and old.value is not None and Decimal(fact.value) == old.value
        ]
        found = [label for label in found if self._takes(label, new)]
        return [label for label in found if label in self._recent] or found
