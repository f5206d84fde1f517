"""Which column of a table's row a figure fills: by the words right before it, or by its measure word alone."""

from __future__ import annotations

import re

from assistant.facts.cues_tables import ColumnCues, TableCues
from assistant.facts.fields import FactField, FieldType
from assistant.intake.extract_figures import column_units, fits, unit_of, value_of_figure
from assistant.intake.extract_row import Row, rough
from assistant.slots.numeral import Numeral

#: What may stand between a row's name and a figure of it, without naming a column.
FILLER = re.compile(
    r"[，、（）：“” \u3000—–-]|的|者|占|今年|全年|由|(?:[增减扩缩调升降][一-龥]{0,2}|上升|"
    r"发展)(?:到|至|为|成)|仍|保持|涉及|惠及|覆盖|受益|发放[给到]|兑现|编有|编兵|民兵|每[个支]|"
    r"其中|分别|为|是|有"
    r"|一共|总共|发?给|只有|仅有|也有|[只仅也就]|而且|并且|同时|共计|共|计|合计|各|达|支出|喜报|发放|[发印做送买]了?|享受|对象|人数|金额|资金|等|和|由|[：]"
)


#: Words that count several rows together.
_TOGETHER = re.compile("共|合计|总|每|各")


def column_of(
    row: Row, between: str, one: Numeral, item: FactField, cues: TableCues, *, named_only: bool = False
) -> str | None:
    """The column that a figure of this row fills; None where no column's words name it and none takes it unnamed.

    Args:
        between: the words since the row's name, or since the figure before.
        named_only: no column without words.
    """
    bare = one.kind == "number"
    named = [
        label
        for label, column in cues.columns.items()
        if column.say
        and label not in row.cells
        and re.search(f"(?:{column.say})(?:人数|数|人员)?[：为是有共计配备了也都仍各 ]*$", between)
        and suits(one, item, label, column, bare=bare)
    ]
    if named:
        if re.search("共|合计|总", between) and not cues.columns[named[0]].usual and not _several(row, between, cues):
            # 伪装分队15名，共配备民兵干部7名: of all together.
            return None
        return max(named, key=lambda label: len(cues.columns[label].say) if not cues.columns[label].usual else 0)
    if named_only or FILLER.sub("", between):
        return None
    if "）" in between:
        return None
    for label, column in cues.columns.items():
        if column.usual and label not in row.cells and suits(one, item, label, column, bare=bare):
            return label
    return None


def _several(row: Row, between: str, cues: TableCues) -> bool:
    """地铁应急分队2个（共编36人: together, but of this row."""
    counts = (row.cells.get(label) for label, column in cues.columns.items() if column.first)
    return "（" in between or any(isinstance(count, int) and count > 1 for count in counts)


def shifted(row: Row, between: str, one: Numeral, item: FactField, cues: TableCues, unnamed: str) -> bool:
    """Whether a figure takes the column of the one before, which goes to the column in front: 20人编了18人.

    Args:
        unnamed: the column that the figure before took without words, "" where words named it.
    """
    named = [label for label, column in cues.columns.items() if column.say]
    if unnamed not in named or not named.index(unnamed) or one.value is None:
        return False
    ahead, column = named[named.index(unnamed) - 1], cues.columns[unnamed]
    before = row.cells.get(unnamed)
    told = re.search(f"(?:{column.say})(?:人数|数|人员)?[：为是有了]*$", between)
    if not told or ahead in row.cells or not isinstance(before, int) or one.value > before:
        return False
    if _TOGETHER.search(between) or not suits(one, item, unnamed, column):
        return False
    row.cells[ahead] = before
    put(row, item, cues, unnamed, one)
    return True


def fill(row: Row, text: str, cues: TableCues) -> None:
    """30人，满编: what a row shall have and what it has are the same. 满编30人 may say only the first.

    没有配干部: none of a column.
    """
    for label, column in cues.columns.items():
        if column.say and label not in row.cells and label not in cues.needs:
            none = re.match(
                f"[，、（](?:还|都|均|暂|尚)?(?:没有?|未|无|不)(?:配备?|设|有|安排)*(?:{column.say})(?=[，。；）])",
                text[row.end :],
            )
            row.cells |= {label: 0} if none else {}
    named = [label for label, column in cues.columns.items() if column.say][:2]
    known = [label for label in named if label in row.cells]
    if not cues.full or len(named) < 2 or len(known) != 1:
        return
    if told := re.match(f"[，、（]?(?P<word>{cues.full})", text[row.end :]):
        row.cells[named[1 - named.index(known[0])]] = row.cells[known[0]]
        row.doubt = row.doubt or f"原文写的是“{told['word']}”，{named[0]}和{named[1]}填成了一样的数"


def suits(one: Numeral, item: FactField, label: str, column: ColumnCues, *, bare: bool = False) -> bool:
    """Whether a figure can be of a column by its kind and its measure word; ``bare``: also without one."""
    typed = item.column(label)
    if typed is None:
        return False
    kind = FieldType(typed.type)
    if "*" in column.units:
        return one.kind == "count" and one.value is not None and one.unit not in ("人", "次", "名", "人次", "年", "天")
    if bare and not (column.say or "人" in column.units):
        bare = False
    if bare and typed.measure == "个":
        return False
    return fits(one, kind, column_units(typed, column.units), bare=bare)


def put(row: Row, item: FactField, cues: TableCues, label: str, one: Numeral) -> None:
    """Writes a figure into its cell, with its measure word where the table has a column for it."""
    typed = item.column(label)
    assert typed is not None
    row.cells[label] = value_of_figure(one, FieldType(typed.type))
    if cues.unit_column:
        row.cells[cues.unit_column] = unit_of(one)
    if one.rough:
        row.doubt = rough(one.text)
