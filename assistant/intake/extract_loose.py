"""Figures that no cue fits, known by the nearest words of their own clause whose fact has their measure word.

What the cues found stands. Every fact takes one figure and every figure one fact, the best pairs first; where two facts
are as near, neither is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.facts.cues import LooseCue
from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.intake.extract_cells import OF_THIS_YEAR, Cell, cell_of, said, sums
from assistant.intake.extract_context import Context, Reader
from assistant.intake.extract_cues import FIGURE, pattern
from assistant.intake.extract_figures import KINDS, fits, measures
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_hit import Hit
from assistant.slots.numeral import Numeral

#: A pair is worth so much, more for longer words, less for words further off.
_BASE, _PER_SIGN, _PER_STEP = 2.0, 0.3, 0.12
_BEHIND, _ABOVE, _OTHERS, _CARELESS = 0.5, 0.7, 0.9, 0.3
_LEAST, _TIE = 1.6, 0.3
#: So near must words stand to a bare number.
_NEXT_TO = 3
#: A measure word that no other fact has: 课时.
_ONLY = 0.4
#: How far behind the fact before a figure may stand that has no words of its own.
_FAR = 40
_HALVES = re.compile(
    "(?:其中)?(?:[上下]半年|[一二三四]季度|第?[一二三头后前][次回](?:到|实到|来|去)?了?|新?(?:悬挂|更换|补挂|新挂|挂上)了?)"
)
_BY_VILLAGE = re.compile("(?:按|分|逐|各)村(?:（?社区）?)?[一-龥]{0,3}$")
_FESTIVAL = re.compile("春节|[“”]?八一[“”]?")
_THIS_YEAR = re.compile(rf"[^，。；]{{0,8}}[，；、](?:[^，。；]{{2,12}}，)?(?:今年|现在|如今|眼下){OF_THIS_YEAR}")
_SAID_OF_LAST = re.compile("(?:去年|上年)(?P<words>[一-龥]{1,5})$")
#: 走兵：8人，去年7人 with 其中大学生：6人 in the line below.
_PART_BELOW = re.compile(r"[^\n。]*\n[ \u3000—-]*(?:其中|里[头面])[^\n]*")
_AFTER_RATE = re.compile(r"[、，]?(?:全年|一年|年内|今年|共|累计|合计|计|一共|总共|已|开展|组织|[ ])*")
_AFTER_SHARE = re.compile(r"[、，（]?(?:计|共|为|即|约|达|合|金额|[ ])*")
_SHARE = re.compile(r"[、，（]?(?:约|各)?占(?:比|到|了|总数的?|编组人?数?的?|全部的?|基干民兵的?)?(?:为|达)?")
_PER = re.compile(r"(?:坚持|原则上|做到)?(?:平均)?每(?:个?月|季度?|半年|周|旬|年)(?:都|至少|组织|开展|安排|召开)?$")


@dataclass(frozen=True)
class _Pair:
    score: float
    place: int
    label: str
    begin: int
    end: int


class Loose:
    """The figures of one text that are still free."""

    def __init__(
        self, frame: Frame, masked: str, figures: Sequence[Numeral], schema: FactSchema, reader: Reader
    ) -> None:
        self._frame, self._masked, self._figures = frame, masked, figures
        self._schema, self._reader = schema, reader
        self.sums = sums(masked, figures)
        self._each: set[int] = set()
        self._near: dict[tuple[str, int], bool] = {}
        self._units = Counter(
            unit for item in schema.fields if item.type is FieldType.COUNT for unit in {item.measure, *item.measures}
        )
        self._facts = [
            (item, measures(item), cues)
            for label, cues in schema.hints.loose.items()
            if isinstance(item := schema.by_label[label], FactField)
        ]

    def hits(self, known: Sequence[Hit], closed: set[int], words: Mapping[int, list[str]]) -> list[Hit]:
        """A fact for each free figure that has one.

        Args:
            known: what the cues found, decoys too.
            closed: numbers of figures that a row, a series or a stretch without results has.
            words: number of a figure in a series → its noun.
        """
        ends = {id(hit.figure): hit.label for hit in known}
        labels = {place: ends[id(one)] for place, one in enumerate(self._figures) if id(one) in ends}
        told = {hit.label for hit in known if hit.context is None or hit.context.role == "value"} - {""}
        free: list[tuple[int, Context]] = []
        each = self._each = set[int]()
        for place, one in enumerate(self._figures):
            if place in labels or place in closed or one.value is None or one.kind not in KINDS:
                continue
            context = self._reader.judge(place)
            if context.role == "partial" and one.kind == "money":
                context = Context("value", context.left)
                each.add(place)
            if context.role in ("value", "last-year"):
                free.append((place, context))
        found: list[Hit] = []
        for role in ("value", "last-year"):
            taken = set(told) if role == "value" else set()
            mine = {place: context for place, context in free if context.role == role}
            for follows in (False, True, True):
                pairs = [
                    pair
                    for place in mine
                    if place not in labels
                    for pair in self._pairs(place, mine[place], words.get(place), labels, follows=follows)
                ]
                for pair in self._settled(pairs, taken):
                    taken.add(pair.label)
                    labels[pair.place] = pair.label
                    one = self._figures[pair.place]
                    found.append(Hit(pair.label, one, pair.begin, pair.end, pair.score - 3, context=mine[pair.place]))
        return found + list(self._now(labels, told))

    def _now(self, labels: Mapping[int, str], told: set[str]) -> Iterator[Hit]:
        """议军会，去年两次，今年是三次: the fact of last year's figure."""
        for place, one in enumerate(self._figures):
            if not place or place in labels or not labels.get(place - 1) or labels[place - 1] in told:
                continue
            before = self._figures[place - 1]
            between = self._frame.text[before.end : one.start]
            later = _THIS_YEAR.fullmatch(between) or self._as_last_year(before, between)
            same = (before.kind, before.unit) == (one.kind, one.unit) and later
            if same and self._reader.judge(place - 1).role == "last-year":
                yield Hit(labels[place - 1], one, one.start, one.end, 0.0, context=self._reader.judge(place))

    def _as_last_year(self, before: Numeral, between: str) -> bool:
        """去年挂了30条，今年挂了42条: in the same words."""
        said = _SAID_OF_LAST.search(self._frame.text, max(0, before.start - 10), before.start)
        return said is not None and between.endswith(f"，今年{said['words']}") and len(between) < _FAR

    def _settled(self, pairs: list[_Pair], taken: set[str]) -> Iterator[_Pair]:
        """The best pairs first. A figure whose best fact is taken only says it again."""
        best: dict[int, list[_Pair]] = {}
        for pair in sorted(pairs, key=lambda pair: -pair.score):
            best.setdefault(pair.place, []).append(pair)
        first = []
        for mine in best.values():
            others = [pair for pair in mine[1:] if pair.label != mine[0].label]
            if mine[0].score >= _LEAST and (not others or others[0].score < mine[0].score - _TIE):
                first.append(mine[0])
        used: set[str] = set()
        labels = {pair.place: pair.label for pair in first}
        # 春节30户、八一34户，共64户: parts that state the same fact do not state it; amounts of several facts do.
        parts = {
            part
            for total, mine in self.sums.items()
            for part in mine
            if not labels.get(part)
            or sum(labels.get(other) == labels.get(part) for other in mine) > 1
            or (labels.get(total) == labels.get(part) and self._figures[part].kind != "money")
        }
        for pair in sorted(first, key=lambda pair: (pair.place in parts, -pair.score, pair.place)):
            if pair.label not in taken and pair.label not in used and pair.place not in parts:
                used.add(pair.label)
                yield pair

    def _pairs(
        self, place: int, context: Context, words: list[str] | None, labels: Mapping[int, str], *, follows: bool
    ) -> Iterator[_Pair]:
        one = self._figures[place]
        kind = KINDS[one.kind]
        # 由320人调整到300人: the words in front of the first of the two.
        told = replace(one, start=min(one.start, context.left))
        cell = Cell(words[0], "", "", False, False) if words else cell_of(self._masked, told)
        if (rate := self._rate(place)) and not said(cell.left):
            cell = replace(cell, left=rate)
        if place in self.sums and cell.bare:
            parts = [cell_of(self._masked, self._figures[other]) for other in self.sums[place]]
            if self.sums[place][0] in self._reader.shares:
                # 基干民兵上坪12人、下坪10人，合计22人: the noun stands in front of the first village.
                parts = [replace(parts[0], above=_BY_VILLAGE.sub("", parts[0].above))]
            # 议军会上半年1次、下半年2次，一共3次: the noun stands in front of the first part.
            part = next(
                (other for other in reversed(parts) if not other.bare and not _HALVES.fullmatch(other.left)), parts[0]
            )
            left = _HALVES.sub("", _FESTIVAL.sub("", part.left))
            # 民兵用兵这块，山火1次、防汛1次，一共2次
            above, headed = (part.above, part.headed) if part.above else (parts[0].above, True)
            cell = Cell(left, part.right, above, False, False, headed=headed)
        elif FIGURE in cell.above:
            # 退伍军人49名，占45.4%: a share of what was counted; anything else counts by itself.
            last = self._figures[place - 1] if place else one
            again = re.match("(?:总数|总量|累计|总共)", cell.left) and one.kind == last.kind
            shares = {one.kind, last.kind} == {"count", "percent"}
            cell = replace(cell, above=cell.above.replace(FIGURE, "") if again or shares else "")
        if one.kind == "number" and not words and (cell.right.strip(" \u3000”") or len(cell.left) > 10):
            return
        before = self._before(place, labels) if follows else ""
        for item, own, cues in self._facts:
            if item.type is not kind:
                continue
            for cue in cues:
                if place in self._each and "每" not in cue.say:
                    continue
                if bool(cue.after) != follows or (follows and before not in cue.after):
                    continue
                units = frozenset(cue.units) | own
                if not fits(one, kind, units, bare=one.kind == "number" and cue.bare):
                    continue
                score = self._score(cue, cell, follows, before, one.kind == "number" and not words)
                if score is None or not self._is_near(cue, one):
                    continue
                careless = kind is FieldType.COUNT and one.kind == "count" and one.unit not in own
                score += _ONLY if self._units[one.unit] == 1 and one.unit in (item.measure, *item.measures) else 0
                begin = max(0, one.start - (len(cell.left) if not words else 0))
                yield _Pair(score - (_CARELESS if careless else 0), place, item.label, begin, one.end)

    def _rate(self, place: int) -> str:
        """集中学习每季度1次、全年4次: the words in front of the rate."""
        if not place:
            return ""
        before = self._figures[place - 1]
        if before.kind == "percent" and self._figures[place].kind != "percent":
            # 器材购置占34%、计9.18万元: the words in front of the share.
            after = _AFTER_SHARE.fullmatch(self._frame.text, before.end, self._figures[place].start)
            return re.sub("占(?:比|到|了)?$", "", cell_of(self._masked, before).left) if after else ""
        if before.kind == "count" and self._figures[place].kind == "percent":
            # 退役军人52人、占43.3%: the words of the count.
            share = _SHARE.fullmatch(self._frame.text, before.end, self._figures[place].start)
            return cell_of(self._masked, before).left if share else ""
        if self._reader.judge(place - 1).role != "partial":
            return ""
        if not _AFTER_RATE.fullmatch(self._frame.text, before.end, self._figures[place].start):
            return ""
        left = cell_of(self._masked, before).left
        return _PER.sub("", left) if _PER.search(left) else ""

    def _score(self, cue: LooseCue, cell: Cell, follows: bool, before: str, bare: bool) -> float | None:
        own = cell.left + FIGURE + cell.right
        if cue.unless and pattern(cue.unless).search(own + (cell.above if not said(cell.left) else "")):
            return None
        say = pattern(cue.say)
        own_words = said(cell.left) or said(cell.right)
        again = own_words and before.endswith(own_words)
        if (
            follows
            and (again or not cell.shared_left)
            and not (said(cell.left) and said(cell.right))
            and say.fullmatch(own_words)
        ):
            return _BASE + 1
        best: float | None = None
        if not said(cell.left) or cell.headed:
            for found in say.finditer(cell.above):
                if found.group():
                    best = _worth(found, len(cell.above) - found.end()) - _ABOVE
        for found in say.finditer(cell.left):
            if found.group() and (not bare or len(cell.left) - found.end() <= _NEXT_TO):
                worth = _worth(found, len(cell.left) - found.end()) - (_OTHERS if cell.shared_left else 0)
                best = max(worth, best if best is not None else worth)
        found_right = say.search(cell.right)
        if found_right and found_right.group():
            cost = (_BEHIND if said(cell.left) else 0) + (_OTHERS if cell.shared_right else 0)
            worth = _worth(found_right, found_right.start()) - cost
            best = max(worth, best if best is not None else worth)
        return best

    def _before(self, place: int, labels: Mapping[int, str]) -> str:
        """The fact of the figure before."""
        for other in range(place - 1, max(-1, place - 5), -1):
            one = self._figures[other]
            between = self._frame.text[one.end : self._figures[place].start]
            if len(between) > _FAR or ("\n" in between and not _PART_BELOW.fullmatch(between)):
                return ""
            if other in labels:
                return labels[other]
            if one.kind in KINDS and self._reader.judge(other).role == "value":
                return self._again(other, labels)
        return ""

    def _again(self, place: int, labels: Mapping[int, str]) -> str:
        """这十九人中: the fact of the figure that is said again."""
        one = self._figures[place]
        for other in range(place - 1, max(-1, place - 12), -1):
            before = self._figures[other]
            if labels.get(other) and (before.kind, before.value) == (one.kind, one.value):
                return labels[other]
        return ""

    def _is_near(self, cue: LooseCue, one: Numeral) -> bool:
        if not cue.near:
            return True
        sentence = self._frame.sentence(one.start)
        key = (cue.near, sentence.start)
        if key not in self._near:
            number = self._frame.number(one.start)
            before = self._frame.sentences[max(0, number - 1)]
            words = self._frame.heading(sentence) + self._frame.text[before.start : sentence.end]
            self._near[key] = bool(re.search(cue.near, words))
        return self._near[key]


def totals(hits: Sequence[Hit], found: Mapping[int, tuple[int, ...]], figures: Sequence[Numeral]) -> list[Hit]:
    """春节慰问30户、八一34户，全年共64户: what the parts state, the total states."""
    out = list(hits)
    for place, parts in found.items():
        mine = [hit for hit in out if any(hit.figure is figures[part] for part in parts)]
        labels = {hit.label for hit in mine if hit.context is None or hit.context.role in ("value", "partial")}
        if len(labels) != 1 or "" in labels or figures[place].value == figures[parts[0]].value:
            continue
        label = labels.pop()
        whole = [hit for hit in out if hit.figure is figures[place]]
        if any(hit.label not in ("", label) for hit in whole):
            continue
        out = [hit for hit in out if hit not in mine and hit not in whole]
        one = figures[place]
        told = Context("value", one.start)
        out.append(replace(mine[0], label=label, figure=one, begin=one.start, end=one.end, rivals=(), context=told))
    return sorted(out, key=lambda hit: hit.figure.start)


def _worth(found: re.Match[str], steps: int) -> float:
    return _BASE + _PER_SIGN * len(found.group()) - _PER_STEP * steps
