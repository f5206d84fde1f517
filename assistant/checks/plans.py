"""Where a text is about the next year: what stands under a heading like 下步打算."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from assistant.checks.leftovers_words import LeftoverWords

#: [start, end) of what is about the next year, in order.
Plans = Sequence[tuple[int, int]]
_THIS_YEAR = re.compile("问题|不足|短板|困难|差距|原因|情况|落实|完成|成效|回顾|总结|今年")
_HEADING = re.compile(r"^[ \u3000]*[一二三四五六七八九十]{1,3}、[^\n]{1,30}", re.MULTILINE)


def about_plans(heading: str, words: LeftoverWords) -> bool:
    return words.plan_pattern.search(heading) is not None


def of_this_year(heading: str) -> bool:
    """存在问题和下步打算 is of this year too."""
    return _THIS_YEAR.search(heading) is not None


def plans_in(text: str, words: LeftoverWords, *, aims: bool = False) -> tuple[tuple[int, int], ...]:
    """Those of a whole report as plain text. ``aims``: only where the heading speaks of nothing else."""
    heads = [*_HEADING.finditer(text)]
    ends = [*(head.start() for head in heads[1:]), len(text)]
    spans = ((head, end) for head, end in zip(heads, ends, strict=False) if about_plans(head.group(), words))
    return tuple((head.start(), end) for head, end in spans if not (aims and of_this_year(head.group())))


def within(plans: Plans, start: int) -> bool:
    at = bisect_right(plans, start, key=lambda span: span[0]) - 1
    return at >= 0 and start < plans[at][1]
