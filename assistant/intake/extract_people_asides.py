"""What stands between a name and a deed and only says who somebody is: 女, 大名段广财, 桂花社区网格员, 五十岁的老兵."""

from __future__ import annotations

import re

_YEARS = "[0-9一二三四五六七八九十]{1,3}岁"
_TRADES = (
    "(?:网格员|医生|护士|教师|老师|司机|店主|老板|工程师|技术员|驾驶员|管理员|辅导员|志愿者|工人|农机手|飞手|电工|"
    "焊工|厨师|渔民|村民|牧民|大户|老大|理事长|场长|厂长|经理|快递员|保安|职工|员工|社工)"
)
_ASIDE = re.compile(
    "，(?:[男女]|(?:今年|现年|今年已经?)?"
    + _YEARS
    + "(?:的[一-龥]{1,6})?|(?:中共|共产)?党员|退[役伍](?:军人|士兵|老兵)|老(?:党员|退[役伍]兵)"
    + "|(?:大名|本名|真名|全名)(?:叫作?|是)?(?P<name>[一-龥]{2,3})"
    + f"|(?P<trade>(?:(?![带领率救组和与被把在任当])[一-龥]){{0,8}}(?:{_TRADES})))(?=，)"
)
#: Says no more than that he is one of them.
_PLAIN = re.compile("[一-龥]{0,2}民兵(?:骨干)?")
_MOST = 3


def aside(text: str, name: str, end: int, office: str) -> tuple[str, int, str]:
    """Name, where the words on who somebody is end, and office, for a name that ends at ``end``.

    A nickname gives way to the name that is told behind it (老段，大名段广财), and 民兵 to a trade.
    """
    for _ in range(_MOST):
        told = _ASIDE.match(text, end)
        if told is None:
            break
        end = told.end()
        if told["name"] and told["name"][0] == name[-1]:
            # 老魏，大名魏德胜: the family name is the nickname's.
            name = told["name"]
        if told["trade"] and _PLAIN.fullmatch(office):
            office = told["trade"]
    return name, end, office
