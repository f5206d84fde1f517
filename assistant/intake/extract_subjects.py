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
    r"(?:行政)?(?P<who>村（社区）|村|社区|居委会|学校|中学|小学|单位|企业)(?:都|均|全部|全都|也都|各)[^，。；：、\n]{2,16}，"
    r"(?:加上?[^，。；\n]{1,8}，?)?(?:一共|总共|合计|共计|总计|累计|共)(?:有|是|为|[一-龥]了)?"
)


def of_what_they_have(hits: Sequence[Hit], text: str, figures: Sequence[Numeral], schema: FactSchema) -> list[Hit]:
    """The hits, with the total in the place of the number of those who have it."""
    places = {id(one): place for place, one in enumerate(figures)}
    known = {(hit.label, id(hit.figure)) for hit in hits}
    out: list[Hit] = []
    for hit in hits:
        place = places.get(id(hit.figure), len(figures))
        following = figures[place + 1] if hit.label and place + 1 < len(figures) else None
        told = _HAVE.fullmatch(text, hit.figure.end, following.start) if following else None
        item = schema.by_label.get(hit.label)
        if following is None or told is None or item is None or told["who"][0] in hit.label:
            out.append(hit)
            continue
        if following.unit not in (hit.figure.unit, item.measure, *item.measures):
            out.append(hit)
        elif (hit.label, id(following)) not in known:
            context = Context("value", following.start)
            out.append(replace(hit, figure=following, end=following.end, rivals=(), context=context))
    return out
