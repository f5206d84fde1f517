"""A message as the rules of the conversation read it: its figures, the names around each, whose year it speaks of."""

from __future__ import annotations

import re

from assistant.facts.fields import FactSchema, FieldType
from assistant.intake.chat_about_text import counts_no_fact, is_place, negative
from assistant.intake.chat_gone import going, village_names
from assistant.intake.chat_names import Named, named
from assistant.intake.chat_steps import steps
from assistant.intake.cleaning import Cleaned, clean
from assistant.intake.extract_context import year_of
from assistant.intake.extract_figures import figures, fits, measures
from assistant.slots.numeral import Numeral

_SEPARATORS = "，。；、！？,;!?\n"
_SENTENCE = re.compile(r"[。；！？;!?\n]")
#: 入伍的里面女兵1个 tells a part of those who joined; 征兵中走了12人 is said of all.
_PEOPLE = "人员?|员|同志|青年|新兵|学生|大学生|民兵|户|家庭|对象|那些"
_WITHIN = re.compile(
    rf"(?:人数|数)?(?:的?(?:{_PEOPLE})?(?:里[面头边]|[当之]中|中间)|(?:的|的?(?:{_PEOPLE}))[里中]|"
    r"(?:(?<=人员)|(?<=青年)|(?<=学生)|(?<=对象)|(?<=家庭)|(?<=军人))[里中])(?!.*[花用投支])"
)
#: 三个村走了3个兵: where it happened, and not how many there are.
_DID_THERE = re.compile(r"[^，。；、\d]{0,4}[走入送报去来参征](?:了|伍)?(?=[\d一二三四五六七八九十两])")
_RUN_ON = re.compile(r"(?<=[0-9０-９])(?=一[共起])")


class Reading:
    """One message. Places are characters of ``text``, the cleaned message.

    Attributes:
        figures, names: those that may tell facts.
        passed: figures that count something else; ``places``: names that stand for places in the report's text.
    """

    def __init__(self, message: str, schema: FactSchema) -> None:
        # The reader of numerals takes 800一 of 每户800一共63户 for one figure.
        self.cleaned: Cleaned = clean(_RUN_ON.sub("，", message))
        self.text = self.cleaned.text
        self.schema = schema
        every = figures(self.text)
        self.figures = [one for one in every if not counts_no_fact(self.text, one)]
        self.passed = [one for one in every if one not in self.figures]
        villages = village_names(self.text)
        # 村 of 大坪村 counts no villages.
        found = [
            one
            for one in named(self.text, schema)
            if not (one.loose and any(start < one.start and one.end == end for start, end in villages))
        ]
        self.places = [one for one in found if is_place(self.text, one)]
        ways = {one.start: going(self.text, self.clause(one.start), one, found, schema) for one in found}
        self._lost = [one for one in found if ways[one.start] == "loss"]
        self.names = [one for one in found if one not in self.places and not ways[one.start]]

    def clause(self, place: int) -> int:
        """Where the words in front of a figure begin: behind the last mark or the last other figure."""
        begin = max((self.text.rfind(mark, 0, place) + 1 for mark in _SEPARATORS), default=0)
        return max([begin, *(one.end for one in self.figures if begin < one.end <= place)])

    def left(self, one: Numeral) -> str:
        """The words in front of a figure in its clause."""
        return self.text[self.clause(one.start) : one.start]

    def sentence(self, place: int) -> int:
        return max([0, *(found.end() for found in _SENTENCE.finditer(self.text, 0, place))])

    def before(self, place: int) -> list[Named]:
        begin = self.clause(place)
        return [one for one in self.names if begin <= one.start and one.end <= place and not self.is_whole(one, place)]

    def of_a_part(self, one: Numeral) -> bool:
        """入伍的里面女兵1个: whether the name nearest to a figure is that of what it is a part of."""
        begin = self.clause(one.start)
        names = [name for name in self.names if begin <= name.start and name.end <= one.start]
        return bool(names) and self.is_whole(names[-1], one.start)

    def is_whole(self, name: Named, place: int) -> bool:
        """Whether what stands at a place is said of a part of what is named."""
        return _WITHIN.match(self.text, name.end, place) is not None

    def after(self, one: Numeral) -> list[Named]:
        """The name right behind a figure, which may say what it counts."""
        following = [other.start for other in self.figures if other.start >= one.end]
        stops = [at for mark in _SEPARATORS if (at := self.text.find(mark, one.end)) >= 0]
        end = min([len(self.text), *following, *stops])
        names = [name for name in self.names if one.end <= name.start <= one.end + 6 and name.end <= end][:1]
        return [name for name in names if not (name.loose and _DID_THERE.match(self.text, name.end))]

    def fitting(self, names: list[Named], one: Numeral) -> list[str]:
        """The facts that the nearest fitting name means."""
        for name in reversed(names):
            labels = [label for label in name.labels if label in self.schema.by_label and self.fits(label, one)]
            sure = [label for label in labels if label == name.name]
            if labels:
                return sure or labels
        return []

    def fits(self, label: str, one: Numeral) -> bool:
        item = self.schema.by_label[label]
        kind = FieldType(item.type)
        if not kind.numeric:
            return False
        hints = self.schema.hints.facts.get(label)
        units = measures(item) | frozenset(hints.units if hints else ())
        if units & {"人", "名"}:
            units |= {"个", "个人"}
        if one.kind == "number" and one.value is not None:
            return kind is FieldType.MONEY or (kind is FieldType.COUNT and one.value == one.value.to_integral_value())
        return fits(one, kind, units, bare=True)

    def quote(self, begin: int, end: int) -> str:
        """The person's own words."""
        start, stop = self.cleaned.span(begin, end)
        return self.cleaned.source[start:stop].strip(" ，,、。")

    def negative(self, one: Numeral) -> bool:
        return negative(self.text, one)

    def beside_another(self, one: Numeral, label: str) -> bool:
        """5个 of 走访慰问了5个村: only a short word behind means the fact, and another one's verb stands in front."""
        before, after = self.before(one.start), self.after(one)
        meant = any(name.loose and label in name.labels for name in after)
        return bool(before) and meant and not self.fitting(before, one)

    def in_place(self, one: Numeral) -> bool:
        """Whether all that its clause names is a place in the text: 征兵那节标题换一个."""
        begin = self.clause(one.start)
        return not self.before(one.start) and any(begin <= name.start < one.start for name in self.places)

    def steps(self, one: Numeral) -> tuple[int, ...]:
        """增加3人 is +1 times the figure, 减掉3人 -1, 少了3人 may be both; none for a figure that stands for itself."""
        if self.lost(one):
            return (-1,)
        begin = self.clause(one.start)
        name = next((name for name in self.before(one.start) if name.end == one.start), None)
        return steps(self.text[begin : one.start], self.text[begin : name.start] if name else "")

    def lost(self, one: Numeral) -> bool:
        """Whether so many went from where they belong: 两个人 of 应急排走了两个人."""
        return any(name.end <= one.start <= name.end + 2 for name in self._lost)

    def year(self, place: int) -> int | None:
        """The year that the sentence names before a figure."""
        begin = self.sentence(place)
        years = [one for one in self.figures if begin <= one.start < place]
        return next((year for one in reversed(years) if (year := year_of(one)) is not None), None)

    def overlaps(self, one: Numeral, start: int, end: int) -> bool:
        left, right = self.cleaned.span(one.start, one.end)
        return left < end and start < right
