"""One column or one label of a ledger: what its header says, and which fact it is proposed for."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.foreign_money import foreign_money
from assistant.facts.hanzi_figures import in_figures
from assistant.facts.tables import shortened
from assistant.intake import ledger_parts as parts
from assistant.intake import ledger_words as words
from assistant.intake.extract_figures import alike
from assistant.intake.ledger_layout import Layout
from assistant.intake.ledger_match import Match, Matcher
from assistant.intake.ledger_types import Choice, LedgerMapping

SAMPLES = 3
#: So many rows tell what a column holds.
LOOK_AT = 40

#: So much less sure is what only a line over several columns says.
_LESS = 0.01
#: Which year a column is of is said by each file itself, so its key says which of two it is, and no year.
_LAST_YEAR_KEY = "·去年"
_NO_FIGURES = {"plan": "是计划数", "change": "是增减数", "rate": "是比率或名次"}


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
    told = [words.without_unit(title)[0] for title in titles if not words.is_unit(title)]
    part = parts.part_of_year(" ".join(told))
    told = [parts.without_part(text) for text in told]
    unit = unit or next((title.strip("()（） ") for title in titles if words.is_unit(title)), "")
    last = any(words.says_last_year(title) and words.kind_of_figures(title) in ("last", "") for title in titles)
    choice = replace(choice, unit=unit, last_year=last)
    best = _best(told, matcher)
    if best is None:
        return choice
    if planned := _planned(told, best, matcher):
        return replace(choice, doubt=f"“{choice.header}”{planned}，没有取")
    if best.derived:
        return replace(choice, doubt=f"“{best.label}”由程序按其他事实计算，不用导入")
    item = matcher.schema.by_label[best.label]
    if item.type is FieldType.TABLE:
        return choice
    misfit = _misfit(item, choice)
    if best.how and misfit:
        # 民兵训练, 12天 is only like 民兵训练经费.
        return choice
    doubt = best.how or misfit or (f"“{choice.header}”只是{part}的数，请核对" if part else "")
    choice = replace(choice, fact=best.label, sure=best.sure, doubt=doubt)
    return of_money(choice, above) if item.type is FieldType.MONEY else choice


def of_money(choice: Choice, above: str, before: str = "") -> Choice:
    """A choice of amounts with the unit of the line over the table; without one a person says it.

    Args:
        before: the unit over a table before it on the tab.
    """
    if foreign := foreign_money(choice.unit or above or before):
        return replace(choice, fact=None, part="", unit="", unit_asked=False, doubt=_no_yuan(choice.header, foreign))
    if choice.unit:
        return choice
    written = bool(choice.samples) and all(text.endswith(("元", "万", "亿")) for text in choice.samples)
    if above or written:
        return replace(choice, unit=above, unit_above=bool(above))
    if before:
        return replace(choice, unit=before, unit_asked=True, doubt=choice.doubt or _unit_before(choice, before))
    return replace(choice, unit_asked=True, doubt=choice.doubt or _no_unit(choice))


def _no_unit(choice: Choice) -> str:
    return f"“{choice.header}”没有写单位，请选元或万元"


def _unit_before(choice: Choice, before: str) -> str:
    return f"“{choice.header}”没有写单位，按前面那张表的“单位：{before}”计，请核对"


def _no_yuan(header: str, unit: str) -> str:
    return f"“{header}”是按{unit}计的，没有取，请换算成人民币后填写"


def with_units(mapping: LedgerMapping, schema: FactSchema) -> LedgerMapping:
    """With the unit of every column of money that a person chose or that was remembered: as if it had been proposed."""

    def made(choice: Choice) -> Choice:
        item = schema.by_label.get(choice.fact or "")
        column = item.column(choice.part) if item is not None and choice.part else None
        if item is None or choice.unit_chosen or (column or item).type is not FieldType.MONEY:
            return replace(choice, unit_asked=False)
        if mapping.form != "pairs" and mapping.unit_column:
            return choice
        if choice.unit_above or choice.unit_asked:
            # Another column of values may have been chosen since.
            of_unit = (_no_unit(choice), _unit_before(choice, mapping.unit_before))
            doubt = "" if choice.doubt in of_unit else choice.doubt
            choice = replace(choice, unit="", unit_above=False, unit_asked=False, doubt=doubt)
        return of_money(choice, mapping.unit_over, mapping.unit_before)

    return replace(mapping, choices=tuple(made(choice) for choice in mapping.choices))


def _best(told: list[str], matcher: Matcher) -> Match | None:
    """The surest match of a header's lines. What is computed is meant only where no line below it names a fact: a line
    over several columns (经费投入 over 器材装备) says where they belong, not what each of them is.
    """
    if not told:
        return None
    own = matcher.match(told[-1])
    joined = matcher.match("".join(told))
    # Of 入伍人数 and 其中：大学生 under one 入伍, the first is meant.
    above = [replace(match, sure=match.sure - _LESS) for text in told[:-1] if text and (match := matcher.match(text))]
    matches = [match for match in (own, joined, *reversed(above)) if match is not None]
    best = max(matches, key=lambda match: match.sure, default=None)
    if best is None or not best.derived or best is own:
        return best
    plain = [match for match in matches if not match.derived]
    return max(plain, key=lambda match: match.sure) if plain else own


def _planned(told: list[str], best: Match, matcher: Matcher) -> str:
    """Why a column is no figure of what was done: a plan, a rate, a change; "" where it is one."""
    for text in told:
        match = matcher.match(text)
        if match is not None and not match.how:
            # The fact itself may be a budget or a rate.
            continue
        kind = words.kind_of_figures(text)
        if kind in _NO_FIGURES:
            return _NO_FIGURES[kind]
    if best.how and any(map(words.says_plan, told)) and not words.says_plan(best.label):
        return _NO_FIGURES["plan"]
    return ""


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
    """Keys made unique; of columns for one fact the surest is proposed, the rest are for a person to decide.

    Parts of the year (上半年, 下半年) stand together where no column holds the whole year: they are added up.
    """
    for_fact: dict[tuple[str, str, bool], list[Choice]] = defaultdict(list)
    for choice in choices:
        if choice.fact:
            for_fact[choice.fact, choice.part, choice.last_year].append(choice)
    seen: Counter[str] = Counter()
    made = []
    for choice in choices:
        base = choice.key + (_LAST_YEAR_KEY if choice.last_year else "")
        seen[base] += 1
        key = base if seen[base] == 1 else f"{base}#{seen[base]}"
        rivals = for_fact.get((choice.fact or "", choice.part, choice.last_year), []) if choice.fact else []
        made.append(replace(_among(choice, rivals) if len(rivals) > 1 else choice, key=key))
    return tuple(made)


def _among(choice: Choice, rivals: list[Choice]) -> Choice:
    """A choice as it stands among all that name the same fact."""
    of_year = [parts.part_of_year(one.header) for one in rivals]
    if all(of_year) and not choice.part:
        told = "、".join(of_year)
        if parts.add_up(one.header for one in rivals):
            return replace(choice, doubt=f"“{choice.fact}”取{told}几列相加的数，请核对")
        longest = max(rivals, key=lambda one: (len(parts.months_of(one.header)), one.sure))
        doubt = f"“{choice.fact}”有{told}几列，时段有重叠，不能相加，只取了 {longest.place}，请选一列"
        return replace(choice, fact=choice.fact if choice is longest else None, doubt=doubt)
    whole = [one for one, part in zip(rivals, of_year, strict=True) if not part] or rivals
    whole = [one for one in whole if words.total_word(one.header.rpartition(" ")[2])] or whole
    chosen = max(whole, key=lambda one: one.sure)
    others = [one for one in whole if one is not chosen and one.sure == chosen.sure]
    if choice is chosen:
        told = "、".join(one.place for one in others)
        doubt = f"“{choice.fact}”也可能是 {told}，请核对取的是不是要的那一列" if others else ""
        return replace(choice, doubt=choice.doubt or doubt)
    doubt = f"“{choice.fact}”已取 {chosen.place}，这里没有取，请选一个"
    if choice.header != chosen.header:
        doubt = f"“{choice.header}”和“{chosen.header}”都像是“{choice.fact}”，只取了 {chosen.place}，请选一个"
    return replace(choice, fact=None, part="", doubt=doubt)
