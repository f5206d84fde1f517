"""Which fact a figure states: the cues that its sentence offers are weighed, and the best one is taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.facts.cue_patterns import LEFT, RIGHT, masked
from assistant.facts.fields import FactSchema, FieldType
from assistant.intake.extract_cells import OF_THIS_YEAR
from assistant.intake.extract_context import Context, Reader
from assistant.intake.extract_cues import FIGURE, CompiledCue, cues_of
from assistant.intake.extract_figures import KINDS
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_hit import Hit
from assistant.intake.extract_last_year import beside, last_years
from assistant.intake.extract_nominal import nominal
from assistant.intake.extract_series import Series
from assistant.slots.numeral import Numeral

#: Costs: a noun behind its figure, a careless measure word, a sentence between, each filler in the gap.
_BEHIND, _CARELESS, _PER_GAP, _OF_BONUS, _DECOY = 1.0, 1.0, 0.15, 2.0, 0.6
_TIE = 0.3
_THIS_YEAR = re.compile(rf"(?:今年|20[0-9]{{2}}年){OF_THIS_YEAR}$")
#: 入伍人数：2024年12人, 库室建设投入2024年9万元
_IN_YEAR = re.compile("(?<=[：一-龥])(?<![至于在到自从由和与比是及较年])20[0-9]{2}年(?:年?[底末])?$")
_LAST_YEAR = re.compile("，(?:到了?)?(?:去年|上年)(?:的|是|为|有|降到|增至)*$")
#: 体检合格，10名通过政审: a noun in front of a comma hardly tells the figure behind it, but for 共, 累计, 达.
_ACROSS = 4.0
#: 合格，24名通过政考: what the figure counts stands behind it.
_OWN_NOUN = re.compile(r"(?!左右|以上|以下|次|出头|上下|人次)[一-龥]{2}")
#: 21人里大学生20人, 403名青年已登记401名: the noun is the next figure's.
#: 17,600元用于征兵宣传，还有9,800元用于布展: what an amount is for stands behind each.
_SPENT_ON = re.compile("用于|用在|花在|投在|投向")
#: 用于民兵训练的有5万元，用于器材购置的有7万元: what an amount is for stands in front of each.
_FOR = re.compile("(?:用于|用在|花在|投在|投向)[^，。；]{2,12}的?(?:有|是|为|共|达)$")
_NEXT = re.compile(rf"[有为了的共达是]{{0,2}}{FIGURE}")
_HAS_FIGURE = re.compile(rf"{FIGURE}(?:[镇乡街村]级)?$")
_SUMMED = re.compile(r"共|计|达|为|是|有|分别|全年|一年来|今年|累计")
#: 各2次; 书记、乡长各到部里现场办公1次
_EACH = re.compile(r"各$|[、和与及][^，。；：、\n]{1,6}各(?![级类项种界方自])[^，。；：、\n0-9]{0,10}$")
_BOUNDARY = re.compile(r"[。！？\n；|｜]")
#: 63户里有5户是烈属
_INSIDE = re.compile(r"[户人名个次]?的?(?:里[面头]?|[当之]?中|中间)，?(?:有|是|包括)")
_CLAUSE = re.compile(r"[，。；：、！？\n（）]")
_CLAUSE_OR_FIGURE = re.compile(r"[，。；：、！？\n（）\ue001]")
_ENDS_BARE = re.compile(r"[ ]*(?:$|[\n，。；、（）|｜\t]|[ \u3000]{2})")


class Binding:
    """The figures of one text against the cues of one schema."""

    def __init__(
        self, frame: Frame, figures: Sequence[Numeral], schema: FactSchema, year: int | None, reader: Reader
    ) -> None:
        self._frame = frame
        self._figures = figures
        self._cues = cues_of(schema)
        self._reader = reader
        self.masked = masked(frame.text, ((one.start, one.end) for one in figures))
        self.series = Series(frame.text, self.masked, self._figures, year)
        self.nominal = nominal(figures, frame.text)
        # In its own words where the noun tells nothing: 征兵（任务18人）：输送20人.
        self._had: dict[int, list[str | None]] = {
            place: [*([noun] if len(noun) > 1 else []), None] for place, noun, _ in self.nominal.values()
        }
        self._noun_at = {place: start for place, noun, start in self.nominal.values() if len(noun) > 1}
        self._last: Hit | None = None
        self._before: Hit | None = None
        self._near: dict[tuple[int, int], bool] = {}

    def hits(self, skip: Sequence[tuple[int, int]], taken: set[int]) -> Iterator[Hit]:
        """Every figure with the fact that it states.

        Args:
            skip: stretches whose figures are no results (next steps).
            taken: numbers of figures that a table's row has used up.
        """
        texts: dict[int, Sequence[str | None]] = {**self.series.words, **self._had}
        for place, one in enumerate(self._figures):
            kind = KINDS.get(one.kind)
            if kind is None or one.value is None or any(start <= one.start < end for start, end in skip):
                continue
            context = self._reader.judge(place)
            if place in self.series.this_year:
                context = Context("value", one.start)
            if context.role == "last-year" and beside(self._reader, self._figures, self._frame.text, place):
                continue
            if place in taken or place in self.series.used or place in self.nominal:
                continue
            if context.role in ("change", "plan", "other-place"):
                continue
            runs = place in self.series.in_runs
            choices: list[str | None] = [*texts.get(place, ())]
            for words in choices or [None]:
                bound = list(self._bound(one, kind, context, words)) or self._again(one, context)
                if words is not None and place in self._noun_at:
                    bound = [replace(hit, begin=self._noun_at[place]) for hit in bound]
                for hit in bound:
                    if self._part_of_last(hit):
                        continue
                    if context.role == "value" and hit.label:
                        self._last = hit
                    elif context.role in ("last-year", "other-year"):
                        self._before = hit
                    yield hit
                if bound and (runs or place in self._had):
                    break

    def _again(self, one: Numeral, context: Context) -> list[Hit]:
        """前年入伍9人，去年10人，今年12人: the fact of the figure before, a year later."""
        before = self._before
        if before is None or not before.label or context.role not in ("value", "last-year"):
            return []
        between = self._frame.text[before.figure.end : one.start]
        same = (before.figure.kind, before.figure.unit) == (one.kind, one.unit)
        years = _THIS_YEAR if context.role == "value" else _LAST_YEAR
        told = years.search(between) if len(between) < 24 and not _BOUNDARY.search(between) else None
        if not told or not same:
            return []
        return [Hit(before.label, one, before.figure.end + told.start(), one.end, 1.0, context=context)]

    def _part_of_last(self, hit: Hit) -> bool:
        """点验3次，其中镇点验2次: a part of what was just said in whole."""
        last = self._last
        if last is None or last.label != hit.label or last.figure is hit.figure:
            return False
        between = self._frame.text[last.figure.end : hit.figure.start]
        inside = "其中" in between or _INSIDE.match(between)
        return len(between) < 60 and bool(inside) and not _BOUNDARY.search(between)

    def last_years(self) -> dict[int, Numeral]:
        """Number of a this-year figure → the last year's figure that stands beside it."""
        return last_years(self._reader, self.series, self._figures, self._frame.text)

    def behind(self, one: Numeral, words: str) -> Iterator[Hit]:
        """The facts that a figure would state behind other words than its own."""
        kind = KINDS.get(one.kind)
        return self._bound(one, kind, Context("value", one.start), words) if kind is not None else iter(())

    def _bound(self, one: Numeral, kind: FieldType, context: Context, words: str | None) -> Iterator[Hit]:
        text = self.masked
        stop = context.left
        if named := _IN_YEAR.search(self._frame.text, max(0, stop - 7), stop):
            # 入伍人数：2024年12人
            stop = named.start()
        start = max(0, stop - LEFT)
        for boundary in _BOUNDARY.finditer(text, start, stop):
            start = boundary.end()
        left = text[start:stop] if words is None else words
        end = min(len(text), one.end + RIGHT)
        # A bracket may close right behind the figure, and a （社区） is part of a word.
        right = text[one.end : end]
        right = right[: stop_at.start()] if (stop_at := _BOUNDARY.search(right)) else right
        clause = self._own_clause(left, right)
        between = self._between(one) if words is None else None
        ranked: list[tuple[float, CompiledCue, int, int]] = []
        bare = one.kind == "number"
        if bare and not _ENDS_BARE.match(text, one.end):
            return
        for cue in self._cues.fitting(one, kind):
            if bare and cue.left is None:
                continue
            weighed = self._weigh(cue, left, right, between, one, start)
            if weighed is None:
                continue
            score, before, after = weighed
            if any(found.search(clause) for found in cue.unless):
                continue
            if cue.near is not None and not self._is_near(cue.near, one):
                continue
            if not cue.any_kind and cue.kind is FieldType.COUNT and one.unit and one.unit not in cue.own:
                score -= _CARELESS
            ranked.append((score, cue, before, after))
        if not ranked:
            return
        ranked.sort(key=lambda each: -each[0])
        shared = next((each for each in ranked if each[1].shared and each[1].label != ranked[0][1].label), None)
        if shared:
            ranked = [each for each in ranked if each[1].label != shared[1].label]
            yield self._hit(one, context, words, [shared], stop)
        elif ranked[0][1].shared and ranked[0][3] and not ranked[0][2]:
            # 适龄青年309人全部登记: the words in front say what was counted, those behind what became of it.
            label = ranked[0][1].label
            counted = [each for each in ranked if each[1].label not in (label, "") and each[2] and not each[3]]
            counted = [each for each in counted if "，" not in left[-each[2] :]]
            if counted:
                yield self._hit(one, context, words, counted, stop)
                ranked = [each for each in ranked if each[1].label == label]
        yield self._hit(one, context, words, ranked, stop)

    def _hit(
        self,
        one: Numeral,
        context: Context,
        words: str | None,
        ranked: list[tuple[float, CompiledCue, int, int]],
        stop: int,
    ) -> Hit:
        score, cue, before, after = ranked[0]
        if context.role == "partial" and cue.left is not None and re.search("每|户均", cue.left.pattern):
            context = Context("value", context.left)
        rivals = tuple(
            dict.fromkeys(r.label for s, r, _, _ in ranked[1:] if s >= score - _TIE and r.label not in (cue.label, ""))
        )
        begin = one.start if words is not None else (stop if stop < one.start else one.start) - before
        doubt = cue.doubt
        if words is None and _EACH.search(self._frame.text, max(0, one.start - 24), one.start):
            doubt = doubt or "原文写的是“各”，可能要合起来算"
        return Hit(cue.label, one, begin, one.end + after, score, doubt, context, rivals=rivals if cue.label else ())

    def _weigh(
        self, cue: CompiledCue, left: str, right: str, between: str | None, one: Numeral, start: int
    ) -> tuple[float, int, int] | None:
        """(score, characters used before, behind), None where the cue does not hold; ``left`` begins at ``start``."""
        bare = one.kind == "number"
        score, before, after = 0.0, 0, 0
        if cue.of:
            if between is None or self._last is None or self._last.label != cue.of:
                return None
            score += _OF_BONUS
            if cue.left is not None:
                found = cue.left.fullmatch(between)
                if found is None:
                    return None
                if "，" in found["gap"] and _OWN_NOUN.match(right):
                    return None
                score += len(found["core"].strip("，、；（ ")) - _PER_GAP * len(found["gap"])
                before = len(between)
            elif between.strip("，、；（ 其中有"):
                return None
        elif cue.left is not None:
            found = cue.left.search(left)
            if found is None:
                return None
            # The last of several places where the noun stands is the nearest one.
            while (later := cue.left.search(left, found.start() + 1)) is not None and len(later["core"]) >= len(
                found["core"]
            ):
                found = later
            if bare and len(found["gap"].strip("：:，为是有达到共 　")) > 2:
                return None
            crossing = cue.label and cue.kind is FieldType.MONEY and FIGURE in found["core"]
            if crossing and self._crosses(one, start + found.start()):
                return None
            score += len(found["core"]) - _PER_GAP * len(found["gap"])
            parted = re.search("[，、；（]", found["gap"])
            if parted and _HAS_FIGURE.search(left, 0, found.start()):
                again = cue.kind is FieldType.COUNT and _SUMMED.search(found["gap"]) and not _OWN_NOUN.match(right)
                # 800元每户，共8.8万元: the noun is that of the figure before.
                if not again:
                    return None
            across = "，" in left[found.start() :] and not cue.of
            if across and _SPENT_ON.match(right):
                return None
            if across and _OWN_NOUN.match(right) and not _SUMMED.search(found["gap"]):
                return None
            if "，" in found["gap"] and not _SUMMED.search(found["gap"]):
                score -= _ACROSS
            before = len(left) - found.start()
        if cue.right is not None:
            told = cue.right.match(right)
            if told is None or _NEXT.match(right, told.end("core")):
                return None
            if "，" in told["gap"] + told["core"] and _FOR.search(left):
                return None
            score += len(told["core"]) - _PER_GAP * len(told["gap"]) - (0 if cue.left else _BEHIND)
            after = told.end()
        if cue.left is None and cue.right is None:
            score += 0.5
        if not cue.label:
            score += _DECOY
        return score, before, after

    def _crosses(self, one: Numeral, begin: int) -> bool:
        """库室上花了三万五，训练上花了六万四: another amount stands between the noun and this one."""
        others = (other for other in self._figures if begin <= other.start < one.start and other.kind == one.kind)
        return any(not _SUMMED.search(self._frame.text, other.end, one.start) for other in others)

    def _own_clause(self, left: str, right: str) -> str:
        """The words around a figure up to the next mark."""
        begin = len(left) if left.endswith(("和", "与", "及")) else 0
        for mark in _CLAUSE_OR_FIGURE.finditer(left.rstrip("：（ ")):
            begin = max(begin, mark.end())
        end = _CLAUSE.search(right)
        return left[begin:] + FIGURE + (right[: end.start()] if end else right)

    def _between(self, one: Numeral) -> str | None:
        """The words since the figure before, which stated a fact; None where that is too far."""
        if self._last is None:
            return None
        place = self._last.figure.end
        passed, _, between = self.masked[place : one.start].rpartition(FIGURE)
        # 慰问52户；优待金14户14人: a clause that has told a figure of its own counts something else.
        if "；" in passed or one.start - place > 48 or len(between) > 30 or len(re.findall("[。\n]", between)) > 1:
            return None
        if "其中" in between:
            between = between[between.rindex("其中") :]
        return (
            re.sub(r"^[人次名]?[）。；，、\s]*", "", between)
            if between.startswith("其中") or "。" not in between or len(between) < 10
            else None
        )

    def _is_near(self, near: re.Pattern[str], one: Numeral) -> bool:
        sentence = self._frame.sentence(one.start)
        key = (id(near), sentence.start)
        if key not in self._near:
            words = self._frame.heading(sentence) + self._frame.text[sentence.start : sentence.end]
            self._near[key] = bool(near.search(words))
        return self._near[key]
