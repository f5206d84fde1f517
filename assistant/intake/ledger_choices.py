"""One column or one label of a ledger: what its header says, and which fact it is proposed for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from assistant.facts.fields import FactField, FieldType
from assistant.facts.tables import shortened
from assistant.intake import ledger_words as words
from assistant.intake.extract_figures import alike
from assistant.intake.ledger_layout import Layout
from assistant.intake.ledger_match import Matcher
from assistant.intake.ledger_types import Choice
from assistant.intake.xlsx_form_cells import in_figures

SAMPLES = 3
#: So many rows tell what a column holds.
LOOK_AT = 40


def choice_of(layout: Layout, row: int, column: int, titles: list[str]) -> Choice:
    samples = [text for row in layout.below(row)[:LOOK_AT] if (text := layout.grid.text(row, column))]
    header = " ".join(titles)
    shown = tuple(samples[:SAMPLES])
    return Choice(words.normal(header), header, column, row, layout.grid.place(row, column), shown)


def with_fact(choice: Choice, titles: list[str], matcher: Matcher, above: str, beside: str = "") -> Choice:
    """The fact that the header names: its last line first, then all lines together.

    Args:
        above: the unit over the whole table; ``beside``: the one in a cell of its own.
    """
    unit = beside or next((unit for title in reversed(titles) if (unit := words.without_unit(title)[1])), "")
    last = any(words.says_last_year(title) for title in titles)
    told = [words.without_unit(title)[0] for title in titles if not words.is_unit(title)]
    unit = unit or next((title.strip("()（） ") for title in titles if words.is_unit(title)), "")
    candidates = [*reversed(told), "".join(told)]
    matches = [match for text in candidates if text and (match := matcher.match(text))]
    best = max(matches, key=lambda match: match.sure, default=None)
    choice = replace(choice, unit=unit, last_year=last)
    if best is None:
        return choice
    if best.derived:
        return replace(choice, doubt=f"“{best.label}”由程序按其他事实计算，不用导入")
    item = matcher.schema.by_label[best.label]
    if item.type is FieldType.TABLE:
        return choice
    misfit = _misfit(item, choice)
    if best.how and misfit:
        # 民兵训练, 12天 is only like 民兵训练经费.
        return choice
    doubt = best.how or misfit
    if item.type is FieldType.MONEY and not unit:
        choice = replace(choice, unit=above)
        if not above and not doubt and not all(text.endswith(("元", "万", "亿")) for text in choice.samples):
            doubt = f"“{choice.header}”没有写单位，按元计，请核对"
    return replace(choice, fact=best.label, sure=best.sure, doubt=doubt)


def _misfit(item: FactField, choice: Choice) -> str:
    """A header that names one thing over cells that are another."""
    numeric = [any(sign.isdigit() for sign in text) or in_figures(text) != text for text in choice.samples]
    if item.type.numeric and choice.samples and not any(numeric):
        return f"“{choice.header}”写的是“{shortened(choice.samples[0])}”，“{item.label}”应是数"
    small = [text for text in choice.samples if text.replace(".", "", 1).isdigit() and float(text) <= 1]
    if item.type is FieldType.PERCENT and choice.unit != "%" and small and len(small) == len(choice.samples):
        return f"“{choice.header}”都不大于 1，像是没有写成百分数，请核对"
    measures = alike((item.measure, *item.measures)) | {f"万{item.measure}"}
    if item.type is FieldType.COUNT and choice.unit and choice.unit not in measures:
        return f"“{choice.header}”的单位是{choice.unit}，“{item.label}”的单位是{item.measure or '个'}"
    if item.type is FieldType.MONEY and choice.unit and not choice.unit.endswith("元"):
        return f"“{choice.header}”的单位是{choice.unit}，“{item.label}”是金额"
    return ""


def distinct(choices: list[Choice]) -> tuple[Choice, ...]:
    """Keys made unique; of two columns for one fact the surer one is proposed, the other is for a person to decide."""
    best: dict[tuple[str, str, bool], Choice] = {}
    for choice in choices:
        target = (choice.fact or "", choice.part, choice.last_year)
        if choice.fact and (target not in best or choice.sure > best[target].sure):
            best[target] = choice
    seen: Counter[str] = Counter()
    made = []
    for choice in choices:
        seen[choice.key] += 1
        key = choice.key if seen[choice.key] == 1 else f"{choice.key}#{seen[choice.key]}"
        chosen = best.get((choice.fact or "", choice.part, choice.last_year))
        if choice.fact and chosen is not None and chosen is not choice:
            doubt = f"“{choice.fact}”已取 {chosen.place}，这里没有取，请选一个"
            if choice.header != chosen.header:
                doubt = f"“{choice.header}”和“{chosen.header}”都像是“{choice.fact}”，只取了 {chosen.place}，请选一个"
            choice = replace(choice, fact=None, part="", doubt=doubt)
        made.append(replace(choice, key=key))
    return tuple(made)
