"""Words that compare (增长, 下降, 翻番, 首次): does a fact bear them out?

Whether a word is about a figure is told by what stands around it: 入伍{{入伍人数}}，同比增长…, but not 提高认识.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.checks.comparing import DOUBLE, DOWN, LEVEL, NO_FIGURE_AFTER, RANK, UP
from assistant.checks.finding import Finding, Part
from assistant.facts.sheet import FactSheet
from assistant.slots.forms import FORMS, change

#: The forms of a slot that compare with last year.
COMPARING = tuple(form for form in FORMS if form in ("同比", "增幅", "增减", "方向", "去年"))
_UP, _DOWN, _SAME, _DOUBLE, _RANK = "up", "down", "same", "double", "rank"
_WORDS = {_UP: UP, _DOWN: DOWN, _SAME: LEVEL, _DOUBLE: DOUBLE, _RANK: RANK}
_PATTERN = re.compile("|".join(f"(?P<{sense}>{words})" for sense, words in sorted(_WORDS.items())))
_NO_FIGURE_AFTER = re.compile(NO_FIGURE_AFTER)
#: A word that is wished for, denied or prevented counts nothing either.
_WISHED = re.compile("力争|争取|确保|目标|计划|拟|下一步|今后|明年|来年|防止|避免|遏制|为了|以便|不(?!断)|未|没|无")
_WORKED_FOR = re.compile("努力|着力|切实|逐步|不断|促进|推动|持续|进一步")
_CLEAR = re.compile("增长|下降|上升|净增|增至|降至|减至|升至|锐减|回落|下滑|攀升|上涨")
_COMPARED = re.compile(
    r"(?:同比|[较比](?:去年|上年|上一年|往年)[^，。；]{0,6}|与(?:去年|上年)[^，。；]{0,6})[^，。；]{0,4}$"
)
#: What may stand between a word and the figure that it speaks of.
_LINK = re.compile(r"(?:了|到|至|为|约|近|幅度|达|达到|比例|同比){0,2}[ ]?")
_CLAUSE, _SENTENCE = re.compile(r"[，、：,（）()]"), re.compile(r"[。；;！？\n]")
_WINDOW, _AFTER = 60, 6
_FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place of a text that says a fact: a slot, or a number that was bound to one.

    Attributes:
        compares: it says a difference or last year's figure, not this year's.
        fact: the fact's label.
    """

    start: int
    end: int
    fact: str
    compares: bool = False


def direction_findings(
    text: str, mentions: Sequence[Mention], sheet: FactSheet, section_key: str = "", part: Part = "text"
) -> list[Finding]:
    """An error where a word contradicts the facts, a warning where no fact bears it out.

    第一 and 连续两年 are numbers: the audit of numbers tells about them.

    Args:
        text: with slots blanked or printed; ``mentions`` are in its order.
    """
    found: list[Finding] = []
    said: dict[str, str] = {}
    starts = [mention.start for mention in mentions]
    for match in _PATTERN.finditer(text):
        sense = str(match.lastgroup)
        if _inside(match, mentions, starts) or _about_no_figure(match, text, sense):
            continue
        about = _subject(match, text, mentions, starts)
        finding = _judged(match, text, sense, about, said, sheet)
        if finding is not None:
            rule, severity, message = finding
            found.append(
                Finding(
                    rule=rule,
                    severity="error" if severity else "warning",
                    message=message,
                    section_key=section_key,
                    start=match.start(),
                    end=match.end(),
                    excerpt=match.group(),
                    facts=(about.fact,) if about else (),
                    part=part,
                )
            )
    return found


def _inside(match: re.Match[str], mentions: Sequence[Mention], starts: list[int]) -> bool:
    place = bisect_left(starts, match.end()) - 1
    return place >= 0 and mentions[place].end > match.start()


def _about_no_figure(match: re.Match[str], text: str, sense: str) -> bool:
    before = _clause_before(match, text)
    if _WISHED.search(before):
        return True
    if sense == _RANK:
        return False
    worked_for = _WORKED_FOR.search(before) and not _COMPARED.search(before)
    return bool(worked_for or _NO_FIGURE_AFTER.match(text, match.end()))


def _clause_before(match: re.Match[str], text: str) -> str:
    before = text[max(0, match.start() - _WINDOW) : match.start()]
    return _CLAUSE.split(_SENTENCE.split(before)[-1])[-1]


def _subject(match: re.Match[str], text: str, mentions: Sequence[Mention], starts: list[int]) -> Mention | None:
    """The figure behind the word, else the last one before it in its sentence."""
    after = bisect_left(starts, match.end())
    if after < len(mentions):
        ahead = mentions[after]
        if ahead.start - match.end() <= _AFTER and _LINK.fullmatch(text, match.end(), ahead.start):
            return ahead
    for place in range(after - 1, max(-1, after - 3), -1):
        behind = mentions[place]
        between = text[behind.end : match.start()]
        if behind.start < match.start() - _WINDOW or _SENTENCE.search(between):
            return None
        commas = len(_CLAUSE.findall(between))
        if commas == 0 or (commas == 1 and _COMPARED.search(_clause_before(match, text))):
            return behind
        # …{{入伍人数}}，增长明显: the clause has no other subject of its own.
        return behind if commas == 1 and len(_clause_before(match, text)) <= 2 else None
    return None


def _judged(
    match: re.Match[str], text: str, sense: str, about: Mention | None, said: dict[str, str], sheet: FactSheet
) -> tuple[str, bool, str] | None:
    word = match.group()
    unsupported = ("wording.unsupported", False, f"“{word}”没有事实可以证明，请填写去年数或核对后删改。")
    if sense == _RANK:
        known = any(word in told for told in _told(sheet))
        return None if known else ("wording.unsupported", False, f"“{word}”没有事实可以证明，请核对后删改。")
    compared = bool(_COMPARED.search(text[max(0, match.start() - 20) : match.start()]))
    if about is None:
        return unsupported if compared or sense == _DOUBLE else None
    changed = change(sheet.fact(about.fact))
    if changed is None:
        clear = compared or sense in (_SAME, _DOUBLE) or about.compares or bool(_CLEAR.fullmatch(word))
        if not clear:
            return None
        if said.setdefault(about.fact, sense) != sense:
            return "wording.contradiction", True, f"同一项事实“{about.fact}”前后说法相反（“{word}”）。"
        lacks = "的去年数是概数" if sheet.fact(about.fact).last_approximate else "没有去年数"
        message = f"“{word}”没有事实可以证明：“{about.fact}”{lacks}。"
        return "wording.unsupported", False, message
    true = {"增长": _UP, "下降": _DOWN, "持平": _SAME}[changed.direction]
    doubled = true == _UP and (changed.ratio is None or changed.ratio >= _FULL)
    right = doubled if sense == _DOUBLE else sense == true
    if right:
        return None
    return "wording.contradiction", True, f"写的是“{word}”，而“{about.fact}”与去年相比是{changed.direction}。"


def _told(sheet: FactSheet) -> Iterator[str]:
    for fact in sheet.facts.values():
        if isinstance(fact.value, str):
            yield fact.value
        elif isinstance(fact.value, tuple):
            for item in fact.value:
                yield from (item,) if isinstance(item, str) else (str(cell) for cell in item.values())
