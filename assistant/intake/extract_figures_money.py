"""Amounts whose unit their sentence tells: 每户四百; 训练花了3600; 每户按300块算，总共三千九."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.slots.numeral import Numeral

_EACH_GETS = re.compile(r"(?:户均|(?:每|一|按)(?:户|家|人|个家庭|份))[^，。；、\n]{0,6}$")
#: 训练花了3600: what was spent.
_SPENT = re.compile(r"(?:花了|花去|花费|用去|用掉了?|开支了?|支出|户，?(?:一共|总共|共)?发了?)$")
#: 每户按300块算，总共三千九; 误工补助一共四千二: a sum of money behind what each gets, or behind money's own noun.
_SUM = re.compile(
    r"(?P<noun>(?:补助|补贴|[费金钱款])[^，。；、\n]{0,2})?(?:总共|一共|合计|共计|拢共|加起来)(?:是|有|花了?|发了?)?$"
)
#: Words of a sentence in which an amount in 万, or behind another amount, is money.
_OF_MONEY = re.compile(r"经费|资金|投入|花|钱|预算|金|补助|抚恤|费|拨|列支|支出|开支|用掉|用去|列了|慰问")
#: So near stands an amount to the one in front of it.
_CLOSE = 4
_HOUSES = ("户", "家", "户次")


def with_money(found: list[Numeral], text: str) -> list[Numeral]:
    """每户四百; 优待金29个人，五十五万一; 36万（上年：33万）: amounts whose unit the sentence tells."""
    out: list[Numeral] = []
    counted = ""
    for one in found:
        if one.kind == "number" and one.value is not None and one.value >= 1:
            before = text[max(0, one.start - 14) : one.start]
            scaled = re.search("[万wW]", one.text) is not None
            free = (
                not re.match("[一-龥]", text[one.end : one.end + 1]) or text[one.end] in "左上出买用做给涨增升提降减调"
            )
            spent = free and one.value >= 100 and _SPENT.search(before)
            # 慰问4户2000: what these households were given.
            given = free and one.value >= 100 and bool(out) and out[-1].end == one.start and out[-1].unit in _HOUSES
            if (
                spent
                or given
                or (free and _is_sum(one, out[-1] if out else None, text))
                or (scaled and free and (counted == "money" or _OF_MONEY.search(text, *_so_far(text, one.start))))
                or (free and one.value >= 50 and _EACH_GETS.search(before))
            ):
                one = replace(one, unit="元", kind="money")
        last = out[-1] if out else None
        near = text[last.end : one.start] if last is not None and last.kind == "money" else "。"
        if one.unit == "块" and len(near) <= _CLOSE and not re.search("[。；\n]|牌", near):
            # 每户五百块，两万八千五百块
            one = replace(one, unit="元", kind="money")
        counted = one.kind if one.kind in ("money", "count") else counted
        out.append(one)
    return out


def _is_sum(one: Numeral, last: Numeral | None, text: str) -> bool:
    """Whether a bare number is the total of an amount: the figure before is money, and no more than it."""
    told = _SUM.search(text, max(0, one.start - 14), one.start)
    if told is None or one.value is None or one.value < 100:
        return False
    if told["noun"]:
        return True
    if last is None or last.kind != "money" or last.value is None or last.value > one.value:
        return False
    return re.search("[。；\n]", text[last.end : one.start]) is None


def _so_far(text: str, place: int) -> tuple[int, int]:
    """The sentence of a place, up to it."""
    return max(text.rfind("。", 0, place), text.rfind("\n", 0, place)) + 1, place
