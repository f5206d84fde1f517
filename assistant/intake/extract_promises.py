"""What was promised beside what was kept: 承诺议军2次，兑现3次 is read as 议军3次.

A report that goes through its promises one by one has two figures for each noun, and the noun stands with the first.
The promise is left out of the copy that is read; one that no kept figure follows is a plan (``extraction.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.intake.cleaning import Cleaned
from assistant.intake.extract_last_words import Change, changed

_UNIT = r"(?:人次|课时|元|%|[人名位个户次回场天块条份座处支])"
_FIGURE = rf"(?:[0-9]+(?:\.[0-9]+)?|[一二三四五六七八九十百两]{{1,5}})[余多]?万?{_UNIT}"
_PROMISED = re.compile(
    rf"(?P<lead>(?<=[一-龥])。)?(?P<promise>(?:年初|当初|原先)?(?:承诺|许诺|答应)(?:的)?[是为：]?)(?P<noun>[^，。；：、（）\n0-9]{{0,14}}?)"
    rf"(?P<figure>(?:不少于|不低于|至少)?{_FIGURE}[，；、](?:实际|最后|最终|年底)?(?:兑现|做到|办到|实现)了?)(?P<kept>[^，。；：、（）\n0-9]{{0,12}}?)(?={_FIGURE})"
)
#: 第二条，现场办公。承诺3次: what the sentence in front names, and nothing else.
_NAMED = re.compile("(?:^|[，：。、；\n])[一-龥]{2,8}$")
#: 上年兑现2次
_LAST = re.compile("(?<=去年|上年)(?P<kept>(?:实际)?(?:兑现|做到|办到))了?(?=[0-9一二三四五六七八九十百两])")
_SIGN = "承诺", "许诺", "答应"


def as_kept(cleaned: Cleaned) -> Cleaned:
    """The text without its promises; the very text where it has none."""
    if not any(sign in cleaned.text for sign in _SIGN):
        return cleaned
    return changed(cleaned, _changes(cleaned.text))


def _changes(text: str) -> Iterator[Change]:
    for found in _PROMISED.finditer(text):
        # What was kept has a noun of its own: 承诺预算不低于5万元，兑现武装经费预算5.8万元.
        dropped = ("promise", "noun", "figure") if found["kept"] else ("promise", "figure")
        for name in dropped:
            yield *found.span(name), ""
        alone = not found["noun"] and not found["kept"] and found["lead"]
        if alone and _NAMED.search(text, max(0, found.start() - 12), found.start()):
            yield *found.span("lead"), "："
    for found in _LAST.finditer(text):
        yield *found.span("kept"), ""
