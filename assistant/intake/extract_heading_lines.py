"""How a heading is numbered, and which short lines below one are items."""

from __future__ import annotations

import re

STYLE = re.compile(
    r"[ \u3000]*([一二三四五六七八九十]{1,3}、|（(?:[0-9])?|【|[0-9]{1,2}(?:\.[0-9]+|[.．、])?|[■□●○◆◇▲▶►★]|·)"
)
#: 当前存在的主要问题和不足: words of a heading that only names a list.
_NAMES_ONLY = re.compile(
    "存在|主要|当前|目前|突出|工作|方面|面临|仍|还|有|的|中|问题|不足|短板|差距|困难|薄弱环节|弱项|原因|分析|下一?步|打算|计划|措施|思路|安排|和|及|与|、"
)
#: A line of a list without numbers.
_LINE = 40


def tells_more(line: str) -> bool:
    """Whether a numbered line tells something, and not only the name of its list."""
    words = STYLE.sub("", line).strip(" \u3000.．、。：:）")
    return len(_NAMES_ONLY.sub("", words)) > 1


def is_line(text: str) -> bool:
    """Whether a line is as short as an item of a list without numbers."""
    line = text.strip()
    return len(line) <= _LINE and line[-1] not in "。；："


def style_of(heading: str) -> str:
    """How a heading is numbered: 一、, （一）, 1., 1、, 1.1, 【, ■, ·; "" without a number."""
    found = STYLE.match(heading)
    return re.sub("[0-9]+", "1", re.sub("[一二三四五六七八九十]{1,3}", "一", found.group(1))) if found else ""
