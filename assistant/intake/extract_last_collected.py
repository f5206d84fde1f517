"""Last year's figures collected in one sentence: 上年数另附：议军会2次、专题会3次；预算8万元.

The words in front speak of every figure up to the stop, but each of them stands in a clause of its own; 去年 is put in
front of each, so that none of them is this year's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: 上年数另附：, 附去年完成情况：, （去年同期数：
_LEAD = re.compile(
    r"(?:^|(?<=[。！？；\n（ \u3000]))(?:另附|附上?|另外|注|备注)?[：，]?(?:去年|上年|上一年)(?:度|同期)?(?:全年)?的?"
    r"(?:各项|主要)?(?:完成)?(?:数字?|数据|情况|指标|底数|基数|口径)"
    r"(?:一?并)?(?:另附|附后|附上|附在(?:后面|下面|最后)|列(?:在)?(?:后面|下面)|如下|也报一?下|供(?:对照|参考|对比|比较)|备查)?"
    r"(?:（[^（）\n]{1,12}）)?[：，]",
    re.MULTILINE,
)
_BODY = re.compile("[^。！？\n]*")
_UNIT = "(?:人次|课时|学时|万|元|[余多来]|[人名位个次户块面条幅份张册期天处座间支起件例场回趟%])"
_WORD = "一二三四五六七八九十百千两"
_FIGURE = re.compile(
    r"(?<=[一-龥）：: ])(?<!去年)(?<!上年)"
    rf"(?:[0-9]+(?:\.[0-9]+)?|(?<![{_WORD}])[{_WORD}]{{1,6}}(?={_UNIT}))"
)
_LEAST = 2


def collected(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, what stands there instead): 去年 in front of each figure of such a sentence."""
    for lead in _LEAD.finditer(text):
        body = _BODY.match(text, lead.end())
        figures = list(_FIGURE.finditer(text, lead.end(), body.end() if body else lead.end()))
        if len(figures) >= _LEAST:
            for figure in figures:
                yield figure.start(), figure.start(), "去年"
