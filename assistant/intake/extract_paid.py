"""Money paid to a group of people, in whichever order it is told.

19名义务兵家庭30.4万元优待金 and 优待金发了27个义务兵家庭，43.2万元 are both rows of 义务兵家庭优待金. A row
has the group and the kind of money for its name, how many there are, and the amount. Where group and kind stand apart,
with the figures between them, no name in one piece stands beside the amount; so here the clause is read whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.facts.cue_patterns import masked
from assistant.facts.cues_tables import PaidCues
from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.values import Value
from assistant.intake.extract_context import Reader
from assistant.intake.extract_cues import FIGURE
from assistant.intake.extract_figures import value_of_figure
from assistant.intake.extract_frame import Frame
from assistant.intake.extract_row import Row
from assistant.slots.numeral import Numeral

#: Where a figure begins: two of them may stand side by side, 14户14人.
_BEGIN = "\ue002"
_F = f"{_BEGIN}{FIGURE}*"
#: 按时发放了, 拨付, 惠及: what joins the money and who gets it.
_VERB = (
    "(?:(?:按时|足额|及时|按月|按规定|全部|全额|如期|年内|全年|共计?|已|均|都|又|再|落实|一次性){0,3}"
    "(?:发放|发给|发到|发出|发|拨付|拨给|支付|兑现|兑付|落实|享受|领取|领到|补给|付给|惠及|涉及|覆盖|给|有)(?:了|到|给|到位)?)"
)
_SUM = "[，、]?(?:一?共计?|合计|总计|累计|金额|计|折合|为|是|发了?|：){0,2}"
#: Where a kind of money that stands first may begin.
_OPENS = f"(?:^|(?<=[，。；：、（\n \u3000])|(?<=[{_BEGIN}{FIGURE}])|(?<=发放|兑现|落实|支付|拨付))"
#: Kinds that are a name without a group: 优待金发了16人、28.8万元.
_OWN_NAMES = ("优待金", "抚恤金")
_PEOPLE = ("人", "名", "位", "个", "个人")
#: 军属27户、伤残军人11人、参战26人，发放抚恤补助86.4万元: one sum for all of them.
_JOINED = re.compile(f"{FIGURE}、$")
_STRAY = re.compile("^(?:享受|发放|的|和|及|与)+|的$")


def paid(
    frame: Frame, figures: Sequence[Numeral], schema: FactSchema, reader: Reader, skip: Sequence[tuple[int, int]]
) -> Iterator[Row]:
    """A row for each sum whose group and kind stand apart, of the tables that tell groups and kinds.

    Args:
        skip: stretches that state no fact.
    """
    told = [(table, cues.paid) for table, cues in schema.hints.tables.items() if cues.paid is not None]
    if not told:
        return
    text = _begun(masked(frame.text, ((one.start, one.end) for one in figures)), figures)
    places = {one.start: place for place, one in enumerate(figures)}
    for table, cues in told:
        item, taken = schema.by_label[table], set[int]()
        for shape in _shapes(cues):
            for found in shape.finditer(text):
                inside = any(start <= found.start() < end for start, end in skip)
                row = None if inside else _row(found, figures, places, item)
                if row is None or row.used & taken or any(reader.judge(one).role != "value" for one in row.used):
                    continue
                taken |= row.used
                yield row


def _begun(text: str, figures: Sequence[Numeral]) -> str:
    parts, reached = list[str](), 0
    for one in figures:
        parts += (text[reached : one.start], _BEGIN)
        reached = one.start + 1
    return "".join((*parts, text[reached:]))


@lru_cache(maxsize=8)
def _shapes(cues: PaidCues) -> tuple[re.Pattern[str], ...]:
    who, kind = f"(?P<who>(?:{cues.who}))", f"(?P<kind>(?:{cues.kind}))"
    count, amount = f"(?P<count>{_F})", f"(?P<amount>{_F})"
    return tuple(
        map(
            re.compile,
            (
                f"{count}的?{who}{_VERB}?{amount}的?{kind}",
                f"{_OPENS}{kind}{_VERB}?{count}的?{who}[，、]?(?P<people>{_F})?{_SUM}{amount}",
                f"{_OPENS}{kind}(?:{_VERB}|：)?{who}[，、]?{count}(?P<people>{_F})?{_SUM}{amount}",
                f"{count}的?{who}{_VERB}{kind}{_SUM}{amount}",
                f"{who}[，、]?{count}[，、]{_VERB}?{kind}{_VERB}?{_SUM}{amount}",
                f"{who}的?{kind}{_VERB}?[，、]?{count}{_SUM}{amount}",
                f"{_OPENS}{kind}{_VERB}[，、]?{count}{_SUM}{amount}",
                f"{count}的?{who}的?{kind}{_SUM}{amount}",
            ),
        )
    )


def _row(found: re.Match[str], figures: Sequence[Numeral], places: dict[int, int], item: FactField) -> Row | None:
    amount, count = places.get(found.start("amount")), places.get(found.start("count"))
    if amount is None or count is None or figures[amount].kind != "money" or figures[count].kind != "count":
        return None
    more = places.get(found.start("people")) if found.groupdict().get("people") else None
    people = next((place for place in (more, count) if place is not None and figures[place].unit in _PEOPLE), None)
    if people is None and figures[count].unit not in ("户", "家"):
        return None
    who = found.groupdict().get("who") or ""
    together = count > 0 and figures[count - 1].kind == "count" and _JOINED.search(found.string[: found.start()])
    name = found["kind"] if together else _name(who, found["kind"])
    if not who and not found["kind"].endswith(_OWN_NAMES):
        return None
    cells: dict[str, Value | None] = {item.key_column.label: name}
    for column in item.columns:
        if column.measure == "人" and people is not None and not together:
            cells[column.label] = value_of_figure(figures[people], FieldType.COUNT)
        elif column.type is FieldType.MONEY:
            cells[column.label] = value_of_figure(figures[amount], FieldType.MONEY)
    used = {place for place in (amount, count, more) if place is not None}
    doubt = "这笔钱是前面几类人合在一起的" if together else ""
    return Row(item.label, cells, found.start(), found.end(), used, doubt)


def _name(who: str, kind: str) -> str:
    """义务兵家庭 and 家庭优待金 are 义务兵家庭优待金."""
    who = _STRAY.sub("", who)
    for size in range(min(len(who), len(kind)), 1, -1):
        if who.endswith(kind[:size]):
            return who + kind[size:]
    return who + kind
