"""The gold corpus of fact extraction: invented reports and notes, and what a careful clerk would read off them.

``extraction_gold/dev`` and ``dev2`` to ``dev24`` (by other hands, unlike dev in wording and build) are for tuning.
Nobody who works on the extractor reads a half of ``LOCKED``, whose files are locked by ``<half>.sha256``. dev7 was one,
called held_out, until 22 November 2026; its last score unseen was 92.2 % recall and 95.5 % precision (table rows 60.0 %
and 73.3 %). dev10 was held_out_c until the next day; last unseen: 88.1 % and 96.3 %. dev11 was
held_out_d; last unseen: 86.0 % and 96.7 %. dev21 to dev24 were held_out_b, e, f and g until the day after that; last
unseen: 95.3 % and 97.8 %, 91.8 % and 97.1 %, 92.1 % and 97.2 %, 94.5 % and 98.7 %.
One YAML file is one text, with these keys:

author_habit, shape: how this author writes, and the shape of the report (``note`` for a message or a ledger of notes).
text: the text as it would be pasted.
gold: facts that must be found. ``value`` is typed (money in yuan, percent in points), ``quote`` stands in the text.
    ``approximate`` is the word of a 概数. ``last_year`` is last year's value as the text states it, ``last_year_may``
    one that only arithmetic gives (较上年增加4万元): right where found, not missed where not. A table row has ``row``
    instead of ``value``; it gives the cells that the text states. An item of a list is one entry. ``written``: the
    text (or the text cells of the row) in the traditional characters of the source, right as well.
allowed: facts that may be found or not, and are not counted (derived rates, 成文日期 without a day, one amount under
    two names).
not_facts: figures that must not become facts: plans, other years, other units, durations, numbers of documents.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from assistant.facts.fields import DerivedFact, FactField, FactSchema, FieldType
from assistant.facts.sheet import Fact, FactSheet
from assistant.facts.values import Value
from assistant.reports.loader import Library

FOLDER = Path(__file__).resolve().parent / "extraction_gold"
TYPE = "armed-forces-work"
Half = Literal[
    "dev",
    "dev2",
    "dev3",
    "dev4",
    "dev5",
    "dev6",
    "dev7",
    "dev8",
    "dev9",
    "dev10",
    "dev11",
    "dev12",
    "dev13",
    "dev14",
    "dev15",
    "dev16",
    "dev17",
    "dev18",
    "dev19",
    "dev20",
    "dev21",
    "dev22",
    "dev23",
    "dev24",
    "held_out_h",
    "held_out_i",
    "held_out_j",
]
HALVES: tuple[Half, ...] = get_args(Half)
LOCKED: tuple[Half, ...] = ("held_out_h", "held_out_i", "held_out_j")
KINDS = ("count", "money", "percent", "year/date", "text", "list", "table row")


@dataclass(frozen=True)
class Gold:
    """One fact of a text.

    Attributes:
        value: the typed value; None for a table row, which has ``row`` (column → cell).
        written: a text as its author wrote it, where ``value`` is its simplified form; for a row its text cells.
        last_year_may: last year's value that arithmetic on the text gives.
    """

    label: str
    kind: str
    quote: str
    value: Any = None
    row: Mapping[str, Any] | None = None
    written: str | Mapping[str, str] | None = None
    unit: str = ""
    approximate: str = ""
    last_year: Any = None
    last_year_may: Any = None


@dataclass(frozen=True)
class GoldText:
    """One text of the corpus with all that is known of it."""

    name: str
    half: Half
    author_habit: str
    shape: str
    text: str
    gold: tuple[Gold, ...]
    allowed: tuple[Gold, ...]
    not_facts: tuple[str, ...]

    @cached_property
    def is_note(self) -> bool:
        return self.shape == "note"


def schema() -> FactSchema:
    return Library().get(TYPE).facts


def kind_of(item: FactField | DerivedFact) -> str:
    """The kind under which a fact is counted; a choice counts as text."""
    match item.type:
        case FieldType.TABLE:
            return "table row"
        case FieldType.YEAR | FieldType.DATE:
            return "year/date"
        case FieldType.CHOICE:
            return "text"
    return str(item.type.value)


def typed(raw: Any, item: FactField | DerivedFact) -> Any:
    """A value of the YAML file, which must have the type already. Raises ValueError with the label where it has not."""
    fits: dict[FieldType, type | tuple[type, ...]] = {
        FieldType.COUNT: int,
        FieldType.YEAR: int,
        FieldType.DATE: datetime.date,
        FieldType.MONEY: (int, float),
        FieldType.PERCENT: (int, float),
    }
    if not isinstance(raw, fits.get(item.type, str)) or isinstance(raw, bool):
        raise ValueError(f"{item.label}: {raw!r} is no {item.type.value}")
    return Decimal(str(raw)) if item.type in (FieldType.MONEY, FieldType.PERCENT) else raw


def _gold(entry: dict[str, Any], facts: FactSchema) -> Gold:
    item = facts.by_label.get(entry["label"]) or facts.derived_by_label.get(entry["label"])
    if item is None:
        raise ValueError(f"no fact {entry['label']}")
    known = {"label", "value", "unit", "approximate", "last_year", "last_year_may", "quote", "row", "written"}
    if unknown := set(entry) - known:
        raise ValueError(f"{item.label}: unknown keys {unknown}")
    rest = dict(entry, kind=kind_of(item))
    if "row" in entry:
        if not isinstance(item, FactField) or item.type is not FieldType.TABLE:
            raise ValueError(f"{item.label} is no table")
        cells: dict[str, Any] = {}
        for name, cell in entry["row"].items():
            column = next(column for column in item.columns if column.label == name)
            right = str if column.type is FieldType.TEXT else int
            if not isinstance(cell, right):
                raise ValueError(f"{item.label}.{name}: {cell!r}")
            cells[name] = Decimal(cell) if column.type is FieldType.MONEY else cell
        return Gold(**{**rest, "row": cells})
    for name in ("value", "last_year", "last_year_may"):
        if name in entry or name == "value":
            rest[name] = typed(entry.get(name), item)
    return Gold(**rest)


def read_text(file: Path, facts: FactSchema) -> GoldText:
    """Raises ValueError where a fact is not in the schema or a value has another type."""
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    half = next(half for half in HALVES if half == file.parent.name)
    return GoldText(
        name=file.stem,
        half=half,
        author_habit=data["author_habit"],
        shape=data["shape"],
        text=data["text"],
        gold=tuple(_gold(entry, facts) for entry in data["gold"]),
        allowed=tuple(_gold(entry, facts) for entry in data.get("allowed") or ()),
        not_facts=tuple(data.get("not_facts") or ()),
    )


def texts(half: Half) -> list[GoldText]:
    facts = schema()
    return [read_text(file, facts) for file in sorted((FOLDER / half).glob("*.yaml"))]


def sheet_of(text: GoldText, facts: FactSchema) -> FactSheet:
    """The sheet that this text reports: gold first, then what is allowed and still empty."""
    found: dict[str, Fact] = {}
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for one in (*text.gold, *text.allowed):
        field = facts.by_label.get(one.label)
        if field is None:
            continue
        if one.row is not None:
            row = dict(one.row)
            for column in field.columns:
                row.setdefault(column.label, "" if column.type is FieldType.TEXT else None)
            rows.setdefault(one.label, []).append({name: cell for name, cell in row.items() if cell not in ("", None)})
        elif one.kind == "list":
            before = found.get(one.label, Fact()).value
            items = before if isinstance(before, tuple) else ()
            found[one.label] = Fact(value=(*items, one.value))
        elif one.label not in found:
            found[one.label] = Fact(one.value, one.approximate or "", one.last_year)  # type: ignore[arg-type]
    for label, lines in rows.items():
        value: Value = tuple(lines)
        found[label] = Fact(value=value)
    return FactSheet(facts, found)


def digests(half: Half) -> dict[str, str]:
    """SHA-256 of each file of a held-out half."""
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(FOLDER.glob(f"{half}/*.yaml"))}


def _lock_of(half: Half) -> Path:
    return FOLDER / f"{half}.sha256"


def locked(half: Half) -> dict[str, str]:
    file = _lock_of(half)
    lines = file.read_text(encoding="utf-8").split("\n") if file.exists() else []
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines if line)}


def lock(half: Half) -> None:
    """Writes the half's digests; only for the author of the corpus, after a fault of the gold itself was mended."""
    lines = (f"{digest}  {name}\n" for name, digest in digests(half).items())
    _lock_of(half).write_text("".join(lines), encoding="utf-8")
