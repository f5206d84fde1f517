"""Of two figures for one thing, the one that is meant: 应开3次，实开5次; 占了一半还多，准确说是52.5%; 按8600份报.

What was due, what was said roughly and what is counted otherwise stand in front of the figure that holds, between it
and its noun. They are left out of the copy that is read. 一个一个 counts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.intake.cleaning import Cleaned
from assistant.intake.extract_last_words import Change, changed

_NUMBER = r"(?:[0-9]{1,9}(?:\.[0-9]{1,4})?|[一二三四五六七八九十百千两零]{1,8})[余多来]?"
_UNIT = "(?:人次|课时|学时|万元?|元|[人名位个次户块面条幅份张册期天处座间支起件例场回届堂所连])"
_FIGURE = rf"{_NUMBER}万?{_UNIT}"
#: 后来实际, 年底实际, 但实际: never 去年实际.
_THEN = "(?:最终|最后|后来|结果|到?年[底终]|全年|今年|但|却|而){0,2}"
#: 专题会议应开3次，实开5次. What was registered or grouped has facts for both.
_DUE = re.compile(
    rf"(?P<gone>(?:应当?|应该|规定|要求|计划|原定)(?P<verb>召开|配备|开|配|建|办|设|训|挂|走访)(?:了|成|立|齐|满)?{_FIGURE}[，；、（]"
    rf"{_THEN}(?:实际上?|实|已)(?:完成)?(?:召?(?P=verb)|有|到位|在岗)?(?:了|成|立)?)(?={_FIGURE})"
    rf"|(?:计划|原定|预计)(?:入伍|征集|征兵|输送|参军|报名){_FIGURE}[，；、（](?={_THEN}(?:实际|实)(?:入伍|征集|征兵|输送|参军|报名)了?{_FIGURE})"
)
_PART = "(?:大半|多半|一大半|一半|半数|[一二三四五六七八九]成半?|[一二三四五六七八九]分之[一二三四五六七八九])"
#: 退役军人占了一半还多，准确说是52.5%
_ROUGHLY = re.compile(
    rf"(?P<gone>(?:大概|大约|约|差不多|近|将近|超过|接近)?(?:有|是|了)?{_PART}(?:还|挺)?(?:多|以上|左右|出头|上下)?，"
    r"(?:准确地?[说讲]|确切地?[说讲]|具体|精确地?[说讲]|实际|算下来|核下来|达到?|为)[^，。；0-9]{0,10}?(?:，)?(?:是|有|为|达|到)?)(?=[0-9]{1,2}(?:\.[0-9]+)?%)"
)
#: 单页发了小一万份吧，按8600份报; 预算批了18万，年中追加2万，按20万写
_SETTLED = re.compile(
    rf"(?P<gone>(?:小|近|将近|约|大概|差不多|得有)?{_FIGURE}(?:左右|出头|上下|不到)?(?:吧|呢|的样子)?，(?:[^，。；\n]{{1,12}}，)?(?:就|还是|统一)?按)"
    rf"{_FIGURE}(?P<told>报|写|填|算|上报|统计)(?=[，。；\n]|$)"
)
#: 去年建成6个，今年又建成5个，目前共有11个: what came with the year stands between last year's and the whole.
_GROWN = re.compile(
    rf"(?P<gone>(?:今年|本年)?[再又](?:新?建|增设?|添|打造)成?了?{_FIGURE}[，、；])"
    rf"(?=(?:目前|现在?|至今|到?年底)?(?:已|累计|一)?(?:总?共有?|达到?|总数[达为]?)了?{_FIGURE})"
)
#: 把适龄青年一个一个找齐
_ONE_BY_ONE = re.compile("一(?P<what>[个户家村条件样项笔户人])一(?P=what)(?P<way>地|的)?(?=[一-龥])")
#: 没有出现退兵，也没有1起信访举报
_NOT_ONE = re.compile("(?<=没有|未有|从无|未发|未收|未接|未出)(?:[生到现])?(?P<one>[1一][起例件封])(?=[一-龥])")


def as_meant(cleaned: Cleaned) -> Cleaned:
    """The text with the figures that are meant; the very text where it has no others."""
    return changed(cleaned, _changes(cleaned.text))


def _changes(text: str) -> Iterator[Change]:
    for words in (_DUE, _ROUGHLY, _GROWN):
        for told in words.finditer(text):
            yield *told.span("gone" if told["gone"] else 0), ""
    for told in _SETTLED.finditer(text):
        yield *told.span("gone"), ""
        yield *told.span("told"), ""
    for told in _NOT_ONE.finditer(text):
        yield *told.span("one"), "任何"
    for told in _ONE_BY_ONE.finditer(text):
        yield *told.span(), "逐" + told["what"]
