"""Reads report types from folders. A fault names the file, the line and what is wrong."""

from __future__ import annotations

import difflib
import math
import os
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from assistant.errors import UnknownNameError
from assistant.facts.cues import NO_HINTS, ExtractionHints
from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.reports.type_checks import check_expressions, check_shape, check_templates
from assistant.reports.types import ReportFile, ReportType, Shape
from assistant.reports.yaml_source import Source, fault_of

PROMPTS = Path(__file__).resolve().parents[2] / "prompts"
REPORT_FILE = "report.yaml"
EXTRACTION_FILE = "extraction.yaml"
LEARNED_FILE = "extraction.npz"


def _fields(file: ReportFile, source: Source) -> Iterator[FactField]:
    shapes = [shape.key for shape in file.shapes]
    seen: set[str] = set()
    for g, group in enumerate(file.groups):
        for f, raw in enumerate(group.facts):
            place = ("groups", g, "facts", f)
            body = {**raw, "group": group.name}
            if body.get("required_by") == "all":
                body["required_by"] = shapes
            try:
                item = FactField.model_validate(body)
            except ValidationError as error:
                raise fault_of(error, source, place) from error
            if item.label in seen:
                raise source.fail(place, f"事实“{item.label}”写了两次")
            for shape in item.required_by:
                if shape not in shapes:
                    raise source.fail((*place, "required_by"), f"没有“{shape}”这个样式")
            seen.add(item.label)
            yield item


def _hints(folder: Path) -> ExtractionHints:
    """What ``extraction.yaml`` says, nothing where a report type has none."""
    if not (folder / EXTRACTION_FILE).is_file():
        return NO_HINTS
    source = Source(folder / EXTRACTION_FILE, f"{folder.name}/{EXTRACTION_FILE}")
    try:
        return ExtractionHints.model_validate(source.data or {})
    except ValidationError as error:
        raise fault_of(error, source) from error


def _check_hints(schema: FactSchema, folder: Path) -> None:
    """Every label of ``extraction.yaml`` is a fact, of the kind that its part is about."""
    kinds = {"tables": FieldType.TABLE, "lists": FieldType.LIST}
    for part, label in schema.hints.labels():
        field = schema.by_label.get(label)
        wrong = field is None or (part in kinds and field.type is not kinds[part])
        if wrong or (part == "facts" and field is not None and not field.type.numeric):
            source = Source(folder / EXTRACTION_FILE, f"{folder.name}/{EXTRACTION_FILE}")
            raise source.fail((*part.split(".")[:2], label), f"没有“{label}”这项事实，或它不是这一类")


def load_report_type(folder: Path) -> ReportType:
    """One report type, checked whole: facts, expressions, shapes, slots, templates.

    Raises:
        ReportTypeError: the first fault, with file and line.
    """
    source = Source(folder / REPORT_FILE, f"{folder.name}/{REPORT_FILE}")
    try:
        file = ReportFile.model_validate(source.data)
    except ValidationError as error:
        raise fault_of(error, source) from error
    schema = FactSchema(
        fields=tuple(_fields(file, source)),
        derived=file.derived,
        rules=file.rules,
        hints=_hints(folder),
        learned=folder / LEARNED_FILE if (folder / LEARNED_FILE).is_file() else None,
    )
    _check_hints(schema, folder)
    check_expressions(schema, source)
    for number, shape in enumerate(file.shapes):
        check_shape(shape, number, schema, folder, source)
    for place, label in enumerate(file.keep_next_year):
        if label not in schema.by_label:
            raise source.fail(("keep_next_year", place), f"没有“{label}”这项事实")
    check_templates(folder, schema)
    return ReportType(
        key=folder.name,
        folder=folder,
        name=file.name,
        description=file.description,
        genre=file.genre,
        lengths=file.lengths,
        keep_next_year=file.keep_next_year,
        facts=schema,
        shapes=file.shapes,
    )


@lru_cache(maxsize=32)
def _cached(folder: Path, _stamp: tuple[tuple[str, int], ...]) -> ReportType:
    return load_report_type(folder)


def _stamp(folder: Path) -> tuple[tuple[str, int], ...]:
    return tuple(
        (entry.path, entry.stat().st_mtime_ns)
        for base in (folder, folder / "sections", folder / "phrases")
        if base.is_dir()
        for entry in sorted(os.scandir(base), key=lambda entry: entry.name)
        if entry.is_file()
    )


class Library:
    """The report types of a folder, read again only when their files change.

    Args:
        trust: seconds for which the files of a type are taken to be as they were last seen. A look at one lets other
            threads go first, and a page asks ten times for its type, each time at thirty files (measured with fifty
            people: a fifth of what a page waited).
    """

    def __init__(self, prompts: Path = PROMPTS, trust: float = 0.0) -> None:
        self.prompts = prompts
        self._trust = trust
        #: Key → when its files were looked at, and what they were.
        self._seen: dict[str, tuple[float, ReportType]] = {}

    def keys(self) -> list[str]:
        """Folder names that hold a report.yaml, sorted."""
        return sorted(entry.parent.name for entry in self.prompts.glob(f"*/{REPORT_FILE}"))

    def get(self, key: str) -> ReportType:
        """Raises UnknownNameError, with the nearest key, or ReportTypeError."""
        looked, known = self._seen.get(key, (-math.inf, None))
        if known is not None and time.monotonic() - looked < self._trust:
            return known
        folder = self.prompts / key
        if folder.name != key or not (folder / REPORT_FILE).is_file():
            raise UnknownNameError(f"没有“{key}”这种报告类型。", _did_you_mean(key, self.keys()))
        looked = time.monotonic()
        found = _cached(folder, _stamp(folder))
        self._seen[key] = looked, found
        return found

    def shape(self, type_key: str, shape_key: str) -> tuple[ReportType, Shape]:
        found = self.get(type_key)
        shape = found.shape(shape_key)
        if shape is None:
            keys = [shape.key for shape in found.shapes]
            raise UnknownNameError(f"“{found.name}”没有“{shape_key}”这个样式。", _did_you_mean(shape_key, keys))
        return found, shape

    def schema_of(self, type_key: str, shape_key: str) -> FactSchema:
        return self.shape(type_key, shape_key)[0].facts

    def all(self) -> list[ReportType]:
        return [self.get(key) for key in self.keys()]


def _did_you_mean(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
    return f"您是不是要找“{close[0]}”？" if close else f"可用的有：{'、'.join(known) or '（无）'}。"


SchemaOf = Callable[[str, str], FactSchema]
