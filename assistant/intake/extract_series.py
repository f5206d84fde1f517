"""Figures in a row whose nouns stand in a row elsewhere: 分别为, 依次, 前者 and 后者, 各, 这两个数."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.intake.extract_cues import FIGURE
from assistant.slots.numeral import Numeral

#: What tells that figures follow in the order of nouns; the words behind it say what is counted.
_TOLD = re.compile(
    r"(?P<word>[^，。；：、\n（）\ue001]{0,12}?)(?:分别|依次|各自|"
    r"各(?=为|占|是))(?P<after>[一-龥]{0,5}?)(?:为|是|有|达到?|：|[ \u3000])*$"
)
_JOINED = re.compile(r"[、，和及与 ]*|以及")
_LIST = re.compile(r"[、和及]|(?<!参)与|以及|/")
_CLAUSE = re.compile(r"[，；：\n]|。")
_EACH = re.compile(
    r"(?P<nouns>[^，。；：\n\ue001]{3,40}[、和及与][^，。；：\n\ue001]{2,20}?)(?:均|都)?各(?:有|设|建|配|为|召开|开展|建成|组织|举行|举办|安排)?$"
)
_FORMER = re.compile(r"(?:前者|后者)(?:为|是|有|达|共)*$")
_THESE = re.compile(
    r"(?:(?:去年|上年)(?:同期)?[，的]?这|这(?=[两二三四](?:个数|项|个比例)(?:数|据)?(?:去年|"
    r"上年)))([两二三四])(?:个数|项|个比例|项比例|个占比|个指标)(?:数|据)?"
    r"(?:去年|上年)?(?:同期)?(?:分别)?(?:为|是|：)*$"
)
_BEFORE = re.compile(r"(?:去年|上年|上一年)(?:同期)?[^，。；]{0,4}$")
_CHANGED = re.compile(r"提高|增加|上升|增长|下降|减少|降低|多|少")
#: 三支, 等四类对象发放…: what counts the nouns themselves, and what follows.
_COUNTED = re.compile(
    r"等?(?:各)?[两二三四五六七八九十0-9\ue001]+(?:支|个|类|种|项|笔|块|人|方面|部分).*$|"
    r"等(?:[^功级战奖].{0,10})?$"
)
#: 应急、防火、救护3个分队: what all of them are.
_HEAD = re.compile(f"{FIGURE}(?:民兵|基干民兵|专业)?(?P<head>分队|小队|小组|排|班|连)$")
_AGES = {"前年": 1, "去年": 2, "上年": 2, "今年": 3, "本年": 3}
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4}
#: 今年和去年入伍人数分别为, 2024年、2025年报名分别为, 去年、前年分别为: years in the place of nouns.
_NOW, _YEAR = ("今年", "本年"), "今年|本年|去年|上年|前年|20[0-9]{2}年"
_YEARS = re.compile(
    rf"(?P<ahead>[一-龥]{{0,8}}?)[，]?(?P<first>{_YEAR})[、和与及](?P<second>{_YEAR})"
    r"(?P<noun>[一-龥]{0,10}?)分别(?:为|是|有|达到?|：)?$"
)
#: 2023年、2024年、2025年分别有9人、13人、17人参军
_MORE_YEARS = re.compile(
    rf"(?P<ahead>[一-龥]{{0,8}}?)[，（]?(?P<years>(?:{_YEAR})(?:[、和与及](?:{_YEAR})){{2,5}})）?"
    r"(?P<noun>[一-龥]{0,10}?)(?:分别|依次)(?:为|是|有|达到?|：)?$"
)
_ONE_YEAR = re.compile(_YEAR)
#: 四月、十月分别点验一次，到点分别为…: times are no nouns.
_WHEN = re.compile("[0-9一二三四五六七八九十]{1,2}月份?|[春夏秋冬][天季]|[上下]半年")
#: 党员29名，退伍军人33名，(分别占)
_ONE = re.compile(rf"(?P<noun>[一-龥]{{2,14}}){FIGURE}+")
_SINGLY = re.compile(rf"(?:[一-龥]{{2,14}}{FIGURE}+[，、；]){{2,6}}$")
#: How far back the nouns may stand; how many figures of another kind may stand between.
_FAR, _BETWEEN = 130, 3


@dataclass(frozen=True)
class Run:
    """Figures in a row with their nouns.

    Attributes:
        places: numbers of the figures.
        nouns: one for each, as written.
        word: what is counted (人数, 金额, 民兵干部), "" where the nouns say it themselves.
        spans: where the nouns stand.
    """

    places: tuple[int, ...]
    nouns: tuple[str, ...]
    word: str
    spans: tuple[tuple[int, int], ...]


class Series:
    """All series of one text.

    Attributes:
        runs: those whose figures are this year's.
        words: number of a figure → the words that stand for what is in front of it.
        last_years: number of this year's figure → last year's.
        used: numbers of figures that are last year's or changes of a series.
        this_year: numbers of figures that are this year's beside last year's, whatever stands in front.
    """

    def __init__(self, text: str, masked: str, figures: Sequence[Numeral], year: int | None = None) -> None:
        self._year = year
        self._text, self._masked, self._figures = text, masked, figures
        self.runs: list[Run] = []
        self.words: dict[int, list[str]] = {}
        self.last_years: dict[int, Numeral] = {}
        self.used: set[int] = set()
        self.this_year: set[int] = set()
        self._order = (-2, "", "")
        #: Where the run that was read last ends: a figure inside it has the rest of it, not read anew.
        self._run_end = 0
        place = 0
        while place < len(figures):
            place = self._read(place)

    @property
    def in_runs(self) -> set[int]:
        """Numbers of all figures that have a noun by their order."""
        return {place for run in self.runs for place in run.places}

    def _read(self, place: int) -> int:
        """Reads what begins at this figure; the number of the next one to look at."""
        one = self._figures[place]
        left = self._masked[max(0, one.start - 80) : one.start]
        if told := _THESE.search(left):
            return self._these(place, _COUNTS[told.group(1)])
        if _FORMER.search(left):
            return self._former(place)
        run = self._run(place)
        if len(run) == 2 and (told := _YEARS.search(self._text, max(0, one.start - 44), one.start)):
            return self._by_years(run, told["first"], told["second"], told["noun"] or told["ahead"])
        if len(run) > 2 and (told := _MORE_YEARS.search(self._text, max(0, one.start - 60), one.start)):
            return self._by_more_years(run, _ONE_YEAR.findall(told["years"]), told["noun"] or told["ahead"])
        if len(run) > 1 and (told := _TOLD.search(left)):
            word = f"{told['word']}{told['after']}"
            last, first, second = self._order
            if last == place - 1 and len(run) == 2 and "。" not in self._text[self._figures[last].end : one.start]:
                # …，其中大学生分别为13人、10人: in the same order of years.
                return self._by_years(run, first, second, word)
            before = left[: told.start("word")]
            if _CHANGED.search(word):
                self.used |= set(run)
            elif _BEFORE.search(before + told["word"]):
                self._last(run)
            else:
                self._listed(run, one.start - (len(left) - told.start("word")), word)
            return run[-1] + 1
        if each := _EACH.search(left):
            self.words[place] = [noun for noun in _LIST.split(each["nouns"]) if noun]
        return place + 1

    def _run(self, place: int) -> range:
        if place >= self._run_end:
            self._run_end = place + 1
            while self._run_end < len(self._figures):
                here, following = self._figures[self._run_end - 1], self._figures[self._run_end]
                if not _JOINED.fullmatch(self._text, here.end, following.start) or here.end == following.start:
                    break
                self._run_end += 1
        return range(place, self._run_end)

    def _by_years(self, run: range, first: str, second: str, noun: str) -> int:
        """今年和去年入伍分别为16人、14人; 去年、前年分别为…: the nouns of the row are years."""
        self.used |= set(run)
        if "前年" in (first, second):
            # Of the figure before them, which is this year's.
            last = run[0] if second == "前年" else run[1]
            if run[0] and self._alike(run[0] - 1, last):
                self.last_years[run[0] - 1] = self._figures[last]
            return run[-1] + 1
        self._order = (run[-1], first, second)
        now, last = run if first in _NOW or (first > second and second not in _NOW) else (run[1], run[0])
        self.used.discard(now)
        self.words[now] = [noun]
        self.this_year.add(now)
        self.last_years[now] = self._figures[last]
        return run[-1] + 1

    def _by_more_years(self, run: range, years: list[str], noun: str) -> int:
        """2023年、2024年、2025年分别有9人、13人、17人参军: the last two of as many years as figures."""
        self.used |= set(run)
        order = sorted(range(len(years)), key=lambda place: (_AGES.get(years[place], 0), years[place]))
        mixed = len({year in _AGES for year in years}) > 1 or len(set(years)) < len(years)
        of_others = self._year is not None and years[order[-1]] not in (*_AGES, f"{self._year}年")
        if len(years) != len(run) or mixed or of_others:
            return run[-1] + 1
        now, last = run[order[-1]], run[order[-2]]
        self.used.discard(now)
        self.words[now] = [noun]
        self.this_year.add(now)
        self.last_years[now] = self._figures[last]
        return run[-1] + 1

    def _these(self, place: int, count: int) -> int:
        """其中大学生13名，去年这两个数分别为13名和10名: in the order of what was said before."""
        one = self._figures[place]
        told: list[int] = []
        for before in range(place - 1, max(-1, place - count - _BETWEEN), -1):
            if self._alike(before, place):
                told.insert(0, before)
        # 入伍12名，大学生11名，占91.7%，去年这两个数…: a share stands between.
        mine = told[-count:] if len(told) >= count else list(range(max(0, place - count), place))
        for number, before in enumerate(mine[: len(self._figures) - place]):
            if self._figures[place + number].kind == one.kind:
                self.last_years[before] = self._figures[place + number]
                self.used.add(place + number)
        return place + count

    def _last(self, run: range) -> None:
        """上年分别为2次、5次: of the series before."""
        before = self.runs[-1] if self.runs else None
        self.used |= set(run)
        if before is not None and len(before.places) == len(run) and run[0] - before.places[-1] <= 2:
            for place, mine in zip(before.places, run, strict=True):
                self.last_years[place] = self._figures[mine]
            return
        # 适龄青年312人，登记311人，去年分别为320人和318人: of as many figures as were told one by one.
        first = run[0] - len(run)
        alike = first >= 0 and all(self._alike(first + number, mine) for number, mine in enumerate(run))
        between = self._text[self._figures[first].end : self._figures[run[0]].start] if first >= 0 else ""
        # 报名52人，走兵13人。去年分别是43人和11人
        between = re.sub("。(?=(?:去年|上年)(?:同期)?(?:分别|依次)[为是有]?$)", "", between)
        if alike and not re.search("[。！？\n]", between):
            for number, mine in enumerate(run):
                self.last_years[first + number] = self._figures[mine]

    def _alike(self, place: int, other: int) -> bool:
        one, two = self._figures[place], self._figures[other]
        return (one.kind, one.unit) == (two.kind, two.unit)

    def _former(self, place: int) -> int:
        """普通民兵连1个、村级民兵连20个，前者330人、后者410人."""
        one = self._figures[place]
        left = self._masked[max(0, one.start - 8) : one.start]
        found = self._nouns(one.start - len(left), 2)
        if found is not None:
            noun = found[0][0 if "前者" in left else 1]
            self.words[place] = [re.sub("[连营个]$", "", noun) + "人数"]
        return place + 1

    def _listed(self, run: range, end: int, word: str) -> None:
        found = self._told_singly(run, end) or self._nouns(end, len(run), own=word)
        if found is None or all(_WHEN.fullmatch(noun) for noun in found[0]):
            # 到场分别为91人和88人，合计179人次: parts that nothing names.
            self.used |= set(run)
            return
        nouns, spans, own = found
        self.runs.append(Run(tuple(run), nouns, "" if own else word, spans))
        for place, noun in zip(run, nouns, strict=True):
            self.words[place] = [noun if own else noun + word, noun]

    def _told_singly(self, run: range, end: int) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...], bool] | None:
        """党员29名，退伍军人33名，分别占35.4%和40.2%: shares of as many counts as were told one by one."""
        if any(self._figures[place].kind != "percent" for place in run):
            return None
        start = max(0, end - _FAR)
        told = _SINGLY.search(self._masked[start:end])
        parts = list(_ONE.finditer(told.group()))[-len(run) :] if told else []
        if told is None or len(parts) < len(run):
            return None
        at = start + told.start()
        return tuple(one["noun"] for one in parts), tuple((at + one.start(), at + one.end()) for one in parts), False

    def _nouns(
        self, end: int, count: int, own: str = ""
    ) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...], bool] | None:
        """The nearest list of so many nouns that ends in front of a place.

        Returns:
            The nouns, their places, and whether they stand in the clause of 分别 itself; None where there is none.
        """
        start = max(0, end - _FAR)
        stop = end + len(own)
        bounds = [start, *(found.end() for found in _CLAUSE.finditer(self._masked, start, end)), stop]
        for number in range(len(bounds) - 2, -1, -1):
            first, last = bounds[number], bounds[number + 1]
            clause = self._masked[first:last].rstrip("，；：。\n")
            own_clause = number == len(bounds) - 2
            if not own_clause:
                clause = re.split("分别|依次", clause)[0]
            parts = self._parts(clause, first)
            if len(parts) > count and FIGURE not in clause:
                # 分别 counts the last of them: 全乡及各村适龄青年、报名.
                parts = parts[len(parts) - count :] if len(parts) == count + 1 and "及" in clause else parts
            if len(parts) == count:
                nouns = tuple(noun for noun, _ in parts)
                return nouns, tuple((at, at + len(noun)) for noun, at in parts), own_clause
        return None

    def _parts(self, clause: str, at: int) -> list[tuple[str, int]]:
        found, begin = [], 0
        head = _HEAD.search(clause)
        shared = head["head"] if head else ""
        clause = _COUNTED.sub("", clause) if not clause.endswith(FIGURE) else clause
        for mark in [*_LIST.finditer(clause), None]:
            stop = mark.start() if mark else len(clause)
            pieces = [piece for piece in clause[begin:stop].split(FIGURE) if len(piece) >= 2]
            part = pieces[0] if pieces else clause[begin:stop].split(FIGURE)[0]
            noun = part.strip(" “”（）\u3000")
            if len(noun) >= 2:
                whole = noun if noun.endswith(shared) else noun + shared
                found.append((whole, at + begin + part.index(noun)))
            elif noun or FIGURE not in clause[begin:stop]:
                return []
            begin = mark.end() if mark else stop
        return found
