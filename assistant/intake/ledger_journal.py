"""A cash journal (日记账): what was paid, under 摘要, becomes rows of the table of spending; balances are never added.

Each payment is a line of its own, so those with one purpose are put together. What came in, what is left, what was
carried over and the sums of months tell nothing that was spent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.facts.sheet import Fact
from assistant.facts.values import Value
from assistant.intake import ledger_words as words
from assistant.intake.found import FoundFact, Notice
from assistant.intake.ledger_cells import Cells, added
from assistant.intake.ledger_choices import choice_of, of_money
from assistant.intake.ledger_layout import Layout
from assistant.intake.ledger_row_kinds import row_kinds
from assistant.intake.ledger_totals import compared
from assistant.intake.ledger_types import Choice, LedgerMapping
from assistant.intake.ledger_words import normal, years

_DATE = re.compile("(?:记账|发生|业务|入账|支付|报销)?(?:日期|时间|年月日|月日)|月|年度?")
_VOUCHER = re.compile("凭证.*|.*票据号码?|单据号?")
_PURPOSE = re.compile("摘要|用途|事由|(?:支出|开支|经费|资金|款项)(?:内容|用途|事由|事项)|业务内容")
_KIND = re.compile(
    "(?:明细|支出|经济|会计|预算)?科目(?:名称)?|(?:支出|费用|经费|开支)(?:类别|类型|项目|分类|种类)|项目|内容|事项"
)
_OUT = re.compile("(?:本期|本次|实际)?(?:支出|付出|支付|开支|付款|贷方|使用|报销|列支)(?:数|额|金额|发生额)?")
_AMOUNT = re.compile("(?:发生)?金额|发生额")
_LEFT = re.compile("(?:账户|账面|本期|现金|经费|累计|当前|期末)?(?:余额|结余|结存|库存)(?:数|额|金额)?")
_MONEY_LEFT = re.compile("收入|拨入|存入|借方|余额|结余|结存|库存")
#: The whole of what is said: 上年库存帐篷维修费 was paid.
_CARRIED = re.compile(
    "(?:[承接]|本[年月期])?(?:(?:上年|上月|上期|年初|期初|月初|期末|月末|年末).*(?:结转|余额|结余|结存|库存)|结转)"
    "(?:资金|经费|款项?|数|额|金额|余额)?(?:[至到上下（(].*)?"
)
_SHOWN = 5


@dataclass(frozen=True)
class _Columns:
    date: int
    text: int
    paid: int


def propose_journal(layout: Layout, top: int, bottom: int, schema: FactSchema) -> LedgerMapping | None:
    """A mapping of the purpose and the payments; None for what is no journal, or where no table takes spending."""
    columns = _columns(layout, top, bottom)
    table = _table(schema)
    if columns is None or table is None:
        return None
    unit = layout.unit_above(top)
    amount = next(column for column in table.columns if column.type is FieldType.MONEY)
    choices = []
    for at in layout.columns:
        titles = layout.titles(top, bottom, at)
        if not titles:
            continue
        choice = choice_of(layout, bottom, at, titles)
        if at == columns.text:
            choice = replace(choice, fact=table.label, part=table.key_column.label, sure=1.0)
        elif at == columns.paid:
            choice = replace(
                choice, fact=table.label, part=amount.label, sure=1.0, unit=words.without_unit(titles[-1])[1]
            )
            choice = of_money(choice, unit)
        choices.append(choice)
    return LedgerMapping(
        layout.grid.name, "journal", top, bottom, _unique(choices), columns.date, table.label, unit=unit
    )  # fmt: skip


def _unique(choices: list[Choice]) -> tuple[Choice, ...]:
    seen: list[str] = []
    made = []
    for choice in choices:
        again = seen.count(choice.key)
        seen.append(choice.key)
        made.append(replace(choice, key=f"{choice.key}#{again + 1}") if again else choice)
    return tuple(made)


def _table(schema: FactSchema) -> FactField | None:
    """The table of names with amounts and nothing else; of several no one can say which."""
    found = [
        item
        for item in schema.fields
        if item.type is FieldType.TABLE
        and [column.type for column in item.columns] == [FieldType.TEXT, FieldType.MONEY]
    ]
    return found[0] if len(found) == 1 else None


def _columns(layout: Layout, top: int, bottom: int) -> _Columns | None:
    names = {at: normal(titles[-1]) for at in layout.columns if (titles := layout.titles(top, bottom, at))}

    def first(pattern: re.Pattern[str]) -> int:
        return next((at for at, name in names.items() if pattern.fullmatch(name)), 0)

    date, voucher, left = first(_DATE), first(_VOUCHER), first(_LEFT)
    purpose, kind, paid = first(_PURPOSE), first(_KIND), first(_OUT)
    if not (date or voucher):
        return None
    if not paid and left:
        paid = first(_AMOUNT)
    text = kind if kind and len({layout.text(row, kind) for row in layout.below(bottom)} - {""}) > 1 else purpose
    # 日期, 项目 and 支出 alone are any list of expenses.
    if not paid or not text or not (left or (voucher and date) or purpose):
        return None
    return _Columns(date, text, paid)


def read_journal(
    layout: Layout, mapping: LedgerMapping, schema: FactSchema, source: str
) -> tuple[list[FoundFact], list[Notice]]:
    """A row for each purpose; several payments added up are in doubt."""
    table = schema.by_label[mapping.table]
    parts = {choice.part: choice for choice in mapping.taken if choice.part}
    name, amount = table.key_column, next(column for column in table.columns if column.type is FieldType.MONEY)
    if name.label not in parts or amount.label not in parts:
        return [], []
    text, paid = parts[name.label], parts[amount.label]
    kinds = row_kinds(layout, layout.below(mapping.bottom), text.column, mapping.taken)
    cells = Cells(layout.grid)
    places: dict[str, dict[int, Value]] = {}
    nameless: list[str] = []
    carried: list[str] = []
    for row in kinds.counted:
        said = layout.text(row, text.column)
        reading = cells.read(row, paid.column, amount, paid.unit)
        if reading is None or not isinstance(reading.value, int | Decimal) or not reading.value:
            continue
        if _CARRIED.fullmatch(said):
            carried.append(f"{layout.grid.place(row, paid.column)}（{said}）")
            continue
        if not said:
            nameless.append(layout.grid.place(row, paid.column))
        places.setdefault(said, {})[row] = reading.value
    values = {row: value for rows in places.values() for row, value in rows.items()}
    notices = [*cells.notices, *compared(layout, paid, amount, dict(sorted(values.items())), kinds.totals)]
    left = [choice.header for choice in mapping.choices if not choice.fact and _MONEY_LEFT.search(choice.header)]
    if left:
        told = "、".join(f"“{header}”" for header in left)
        notices.append(Notice("unread", f"日记账只取支出，{told}没有取", place=paid.place))
    for places_left, why in ((nameless, "有支出、没有写用途"), (carried, "是结转数")):
        if places_left:
            shown = "、".join(places_left[:_SHOWN]) + ("等" if len(places_left) > _SHOWN else "")
            notices.append(Notice("unread", f"{shown} {why}，没有取", place=places_left[0]))
    among = sorted({year for row in values for year in years(layout.text(row, mapping.names))}) if mapping.names else []
    doubt = f"日记账里有 {'、'.join(map(str, among))} 年的支出，请核对" if len(among) > 1 else ""
    doubt = doubt or (f"有 {len(cells.unread)} 格没有读进来（{'、'.join(cells.unread[:3])}）" if cells.unread else "")
    facts = []
    for said, rows in places.items():
        if not said:
            continue
        value = added(list(rows.values()))
        first = layout.grid.place(min(rows), text.column)
        several = f"“{said}”有 {len(rows)} 笔，这是相加的数，请核对" if len(rows) > 1 else ""
        quote = " ".join([said, *(layout.grid.text(row, paid.column) for row in list(rows)[:_SHOWN])])
        why = several or doubt or text.doubt or paid.doubt
        row_told = {name.label: said, amount.label: value}
        facts.append(FoundFact(table.label, Fact(source=source), quote, place=first, row=row_told, doubt=why))
    return facts, notices
