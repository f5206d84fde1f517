"""Who has something, and how many of it there are: 9个社区都设了宣传点，共11个 tells eleven of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.facts.fields import FactSchema
from assistant.intake.extract_context import Context
from assistant.intake.extract_hit import Hit
from assistant.slots.numeral import Numeral

#: Between the figure of those who have it and the figure of what they have.
_HAVE = re.compile(
    r"(?:行政)?(?P<who>村（社区）|村|社区|居委会|学校|中学|小学|单位|企业)(?:村里|里)?(?:的[^，。；：、\n]{2,10})?"
    r"(?:都|均|全部|全都|也都|各)[^，。；：\n]{2,16}，"
    r"(?:(?:加上?|连同?|算上)[^，。；\n]{1,8}，?)?(?:一共|合起来|总共|合计|共计|总计|累计|共)(?:有|是|为|[一-龥]了)?"
)
#: 新盖器材库1个，连同老库现有2个
_WITH_OTHERS = re.compile(
    r"[^，。；：\n]{0,4}，(?:连同|加上|算上)[^，。；\n]{1,10}?，?"
    r"(?:现在?|目前|一?共|总共|合计|总计|合起来|拢共)(?:有|是|达到?|为)?"
)


def _total(hit: Hit, following: Numeral, text: str) -> bool:
    """Whether the next figure is all of what this one tells a part, or the owners, of."""
    if _WITH_OTHERS.fullmatch(text, hit.figure.end, following.start):
        return following.value is not None and hit.figure.value is not None and following.value > hit.figure.value
    told = _HAVE.fullmatch(text, hit.figure.end, following.start)
    return told is not None and told["who"][0] not in hit.label


def of_what_they_have(hits: Sequence[Hit], text: str, figures: Sequence[Numeral], schema: FactSchema) -> list[Hit]:
    """The hits, with the total in the place of the number of those who have it."""
    places = {id(one): place for place, one in enumerate(figures)}
    known = {(hit.label, id(hit.figure)) for hit in hits}
    out: list[Hit] = []
    for hit in hits:
        place = places.get(id(hit.figure), len(figures))
        following = figures[place + 1] if hit.label and place + 1 < len(figures) else None
        item = schema.by_label.get(hit.label)
        if following is None or item is None or not _total(hit, following, text):
            out.append(hit)
            continue
        if following.unit not in (hit.figure.unit, item.measure, *item.measures):
            out.append(hit)
        elif (hit.label, id(following)) not in known:
            context = Context("value", following.start)
            out.append(replace(hit, figure=following, end=following.end, rivals=(), context=context))
    return out
