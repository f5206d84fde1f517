"""Figures that are only a part of what a fact counts: of half a year, of one village, of one occasion more."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.facts.fields import FieldType
from assistant.intake.chat_gone import village
from assistant.intake.chat_turned import Turning
from assistant.intake.extract_figures import value_of_figure
from assistant.intake.extract_part_of_year import PART
from assistant.slots.numeral import Numeral

#: 上半年, 春节, 第一批, 头一次 and a month; no date.
_PART_OF_YEAR = re.compile(
    rf"{PART}|季度|月份?(?![0-9月])|前半年|后半年|第[一二三四五]次|[头首][一]?[次回]|[上这][一]?[次回]"
)
#: 又搞了一次点验，到了90人: how often there was one more of it.
_ONE_MORE = frozenset({"次", "回", "期", "场", "批", "趟"})
_OF_ALL = re.compile(r"全年|一年|年内|一共|总共|合计|共计|总计|累计|加起来")
#: What the parts come to.
_TOTAL = re.compile(r"(?:一共|总共|合计|共计|总计|累计|共|全[镇乡街办]|加起来)[^，。0-9]{0,4}$")
_COUNTED = (FieldType.COUNT, FieldType.MONEY)


class Parts(Turning):
    """Asks which figure counts, or all together."""

    def parts_of_year(self, one: Numeral, label: str) -> bool:
        """上半年1次下半年2次: none of them is the year's figure, so which counts is asked, or both together."""
        part = self._is_part(one)
        found = [one]
        for number, other in enumerate(self._figures):
            same = other.start > one.start and other.unit == one.unit and number not in self._taken
            if not same or self._read.sentence(other.start) > one.start:
                continue
            if (part and self._is_part(other)) or self._once_more(other):
                self._taken.add(number)
                found.append(other)
        if len(found) > 1:
            self.ask_several(label, found)
        elif part:
            quote = self._read.quote(self._read.clause(one.start), one.end)
            self.ask_added(quote, label, one, f"只是其中一段的数吗？“{label}”要记全年的。")
        return part or len(found) > 1

    def _is_part(self, one: Numeral) -> bool:
        """1次 and 92人 of 上半年点验1次92人."""
        begin = max([0, *(self._text.rfind(mark, 0, one.start) + 1 for mark in "，。；、！？,;!?\n")])
        left = self._text[begin : one.start]
        parts = list(_PART_OF_YEAR.finditer(left))
        return bool(parts) and not _OF_ALL.search(left, parts[-1].end())

    def _once_more(self, other: Numeral) -> bool:
        """秋后又搞了七天, which names nothing itself."""
        return self._read.steps(other) == (1,) and not self._read.before(other.start) and "又" in self._read.left(other)

    def named_by_other_part(self, one: Numeral) -> str:
        """上半年1次，下半年召开2次议军会: the fact that is named by another part of the year; "" for none."""
        begin = self._read.sentence(one.start)
        for other in self._figures if self._is_part(one) else ():
            same = self._read.sentence(other.start) == begin and other.start > one.start and other.unit == one.unit
            if same and self._is_part(other):
                labels = self._read.fitting(self._read.before(other.start), other)
                labels = labels or self._read.fitting(self._read.after(other), other)
                return labels[0] if len(labels) == 1 else ""
        return ""

    def only_a_part(self, one: Numeral, label: str, quote: str) -> bool:
        """Asks about a figure of one village, or of one occasion more; False where it is neither."""
        if self._schema.by_label[label].type not in _COUNTED:
            return False
        place = village(self._text, self._read.sentence(one.start), self._read.clause(one.start), one.start)
        if label in self.told and place and label not in self.figure_of:
            # The reader of reports added them up; here what they come to may be told as well.
            self.withdraw(label)
            return self.villages(one, label)
        if label in self.told:
            # 清河村入伍3人，柳林村入伍2人: which counts is asked where they meet.
            return False
        if place:
            if not self.villages(one, label):
                self.ask_added(quote, label, one, f"只是{place}的数吗？“{label}”要记全部的。")
            return True
        if self._one_more(one) and self._sheet.value(label):
            self.ask_added(quote, label, one, "只是这一次的数吗？")
            return True
        return False

    def villages(self, one: Numeral, label: str) -> bool:
        """清河村走了3个，大坪村2个，一共5个: what they come to counts, where it is told; else it is asked about."""
        found, total = [one], None
        for number, other in enumerate(self._figures):
            behind = other.start > one.start and number not in self._taken and alike(one, other)
            if not behind or self._read.sentence(other.start) > one.start or total is not None:
                continue
            if not self._read.before(other.start) and _TOTAL.search(self._read.left(other)):
                total = other
            elif set(self._read.fitting(self._read.before(other.start), other)) - {label}:
                continue
            elif village(self._text, self._read.clause(other.start), self._read.clause(other.start), other.start):
                found.append(other)
            else:
                continue
            self._taken.add(number)
        kind = FieldType(self._schema.by_label[label].type)
        values = [value for each in found if isinstance(value := value_of_figure(each, kind), int | Decimal)]
        if total is not None:
            told = "、".join(each.text for each in found)
            same = sum(values) == value_of_figure(total, kind)
            self.put(
                label,
                total,
                self._read.quote(self._read.sentence(one.start), total.end),
                "" if same else f"{told}加起来不是{total.text}，请核对",
            )
            return True
        if len(found) > 1:
            self.ask_several(label, found)
        return len(found) > 1

    def _one_more(self, one: Numeral) -> bool:
        """Whether its sentence told of one more occasion before."""
        begin = self._read.sentence(one.start)
        return any(
            begin <= other.start < one.start and other.unit in _ONE_MORE and self._read.steps(other) == (1,)
            for other in self._figures
        )


def alike(one: Numeral, two: Numeral) -> bool:
    people = {"个", "人", "名", "个人"}
    bare = two.kind == "number" and not two.unit
    return bare or one.unit == two.unit or {one.unit, two.unit} <= people
