"""A manuscript as the content that the Word writer takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import cast

from assistant.document.content import Attachment, DocumentContent, DocumentOptions, Paragraph, Role, Run, Table
from assistant.document.content import Block as DocumentBlock
from assistant.facts import formatting
from assistant.facts.fields import FactField, FieldType, TableColumn
from assistant.facts.sheet import FactSheet
from assistant.facts.values import Row
from assistant.reports.manuscript import Block, Manuscript
from assistant.slots.render import TOTAL, Piece, join

_HEADINGS = (Role.HEADING1, Role.HEADING2, Role.HEADING3, Role.HEADING4)
_RUNINS = (Role.RUNIN1, Role.RUNIN2)


def content_of(
    manuscript: Manuscript,
    *,
    author: str = "",
    subject: str = "",
    names: tuple[str, ...] = (),
    options: DocumentOptions | None = None,
    sheet: FactSheet | None = None,
) -> DocumentContent:
    """The document's content.

    Args:
        author, subject: for the file's properties.
        names: place and unit names that a title line must not break.
        options: red head, seal, attachments and the rest; the plain paper by default.
        sheet: the facts, needed for ``options.tables`` and the tables of 附件.
    """
    options = options or DocumentOptions()
    return DocumentContent(
        title=join(manuscript.title),
        byline=join(manuscript.byline) or None,
        addressee=join(manuscript.addressee) or None,
        paragraphs=_with_tables(manuscript.blocks, options, sheet),
        signature=join(manuscript.signature) or None,
        date=manuscript.date,
        author=author,
        subject=subject,
        protected_terms=names,
        sealed=options.sealed,
        cover=options.cover,
        note=options.note,
        attachments=tuple(_attached(item, sheet) for item in options.attachments),
        imprint=options.imprint,
    )


def fact_table(item: FactField, rows: Iterable[Row]) -> Table:
    """A table fact as a three-line table: units in the heads, bare figures in the cells, amounts with their unit; of
    several rows the sums below."""
    rows = tuple(rows)
    borrowed = {column.measure_from for column in item.columns}
    columns = [column for column in item.columns if column.label not in borrowed]
    heads = [f"{column.label}（{column.measure}）" if _bare(column) else column.label for column in columns]
    told = tuple(tuple(_cell(row, column) for column in columns) for row in rows)
    return Table(tuple(heads), told, item.label, _total(item, rows, columns))


def _total(item: FactField, rows: Sequence[Row], columns: Sequence[TableColumn]) -> tuple[str, ...]:
    """The row of sums, each where every row has a figure; () for a single row and where nothing can be added up."""
    sums: dict[str, int | Decimal | str] = {}
    for column in columns:
        figures = [row.get(column.label) for row in rows]
        summed = column.type is FieldType.MONEY or (column.type is FieldType.COUNT and not column.measure_from)
        if summed and all(isinstance(figure, int | Decimal) for figure in figures):
            sums[column.label] = sum(cast("list[int | Decimal]", figures))
    if len(rows) < 2 or not sums:
        return ()
    return tuple(TOTAL if column is item.key_column else _cell(sums, column) for column in columns)


def _bare(column: TableColumn) -> bool:
    return column.type is FieldType.COUNT and bool(column.measure) and not column.measure_from


def _cell(row: Row, column: TableColumn) -> str:
    value = row.get(column.label)
    if _bare(column) and isinstance(value, int):
        return formatting.digits(value)
    return formatting.cell(row, column) or ""


def _with_tables(
    blocks: tuple[Block, ...], options: DocumentOptions, sheet: FactSheet | None
) -> tuple[DocumentBlock, ...]:
    placed: list[DocumentBlock] = []
    for index, block in enumerate(blocks):
        placed.append(_paragraph(block))
        if index + 1 == len(blocks) or blocks[index + 1].section != block.section:
            for section, label in options.tables:
                if section == block.section and sheet is not None and (table := table_of(label, sheet)):
                    placed.append(table)
    return tuple(placed)


def _attached(item: Attachment, sheet: FactSheet | None) -> Attachment:
    """The 附件 with its table facts as tables; its title says already what a lone table holds."""
    tables = [table for label in item.facts if (table := table_of(label, sheet))] if sheet is not None else []
    if len(tables) == 1 and not item.blocks:
        tables = [replace(tables[0], caption="")]
    return Attachment(item.title, (*item.blocks, *tables))


def table_of(label: str, sheet: FactSheet) -> Table | None:
    """A table fact's rows as a table; None where it is no table fact or has none."""
    item = sheet.schema.find(label)
    if not isinstance(item, FactField) or item.type is not FieldType.TABLE:
        return None
    rows = cast("tuple[Row, ...]", sheet.value(item.label) or ())
    return fact_table(item, rows) if rows else None


def _paragraph(block: Block) -> Paragraph:
    runs = (*map(_run, block.heading), *map(_run, block.pieces))
    if not block.heading:
        return Paragraph(runs)
    roles = _RUNINS if block.runin else _HEADINGS
    return Paragraph(runs, roles[min(block.depth, len(roles)) - 1])


def _run(piece: Piece) -> Run:
    return Run(piece.text, "placeholder" if piece.kind in ("missing", "fault") else "text")
