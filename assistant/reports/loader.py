"""Reads report types from folders. A fault names the file, the line and what is wrong."""

from __future__ import annotations

import difflib
import math
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from assistant.errors import ReportTypeError, UnknownNameError, reason
from assistant.facts.cues import NO_HINTS, ExtractionHints
from assistant.facts.expressions import names_in
from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.reports.templates import check_template, environment
from assistant.reports.types import ReportFile, ReportType, Shape
from assistant.slots.forms import allowed_forms
from assistant.slots.grammar import Slot, parse_placed

PROMPTS = Path(__file__).resolve().parents[2] / "prompts"
REPORT_FILE = "report.yaml"
EXTRACTION_FILE = "extraction.yaml"
LEARNED_FILE = "extraction.npz"
Path_ = Sequence[str | int]
#: libyaml reads a report type ten times faster, where PyYAML was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Source:
    """A YAML file that can tell on which line a value stands."""

    def __init__(self, file: Path, shown: str) -> None:
        self.shown = shown
        try:
            text = file.read_text(encoding="utf-8")
            self.root = yaml.compose(text, Loader=_LOADER)
            self.data: Any = yaml.load(text, Loader=_LOADER)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            fault = getattr(error, "problem", None) or str(error)
            raise ReportTypeError(shown, mark.line + 1 if mark else None, f"不是正确的 YAML（{fault}）") from error
        except UnicodeDecodeError as error:
            raise ReportTypeError(shown, None, "不是 UTF-8 编码的文本") from error
        except OSError as error:
            raise ReportTypeError(shown, None, f"读不到（{reason(error)}）") from error

    def line(self, path: Path_) -> int | None:
        """The line of the value at ``path``, or of the nearest value around it."""
        node = self.root
        if node is None:
            return 1
        line: int = node.start_mark.line + 1
        for part in path:
            child = self._child(node, part)
            if child is None:
                break
            node, line = child
        return line

    @staticmethod
    def _child(node: yaml.Node, part: str | int) -> tuple[yaml.Node, int] | None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(part):
                    return value, key.start_mark.line + 1
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            value = node.value[part]
            return value, value.start_mark.line + 1
        return None

    def fail(self, path: Path_, fault: str) -> ReportTypeError:
        return ReportTypeError(self.shown, self.line(path), fault)


_PYDANTIC = {
    "missing": "缺“{name}”",
    "extra_forbidden": "没有“{name}”这一项",
    "enum": "“{name}”的值不在许可之列",
    "literal_error": "“{name}”的值不在许可之列",
    "string_pattern_mismatch": "“{name}”只用小写字母、数字和连字符",
    "too_short": "“{name}”不能为空",
}


def _fault_of(error: ValidationError, source: Source, prefix: Path_ = ()) -> ReportTypeError:
    first = error.errors()[0]
    path = (*prefix, *first["loc"])
    name = str(path[-1]) if path else ""
    said = _PYDANTIC.get(first["type"], "“{name}”：" + first["msg"].removeprefix("Value error, "))
    text = said.replace("{name}", name)
    return source.fail(path, text)


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
                raise _fault_of(error, source, place) from error
            if item.label in seen:
                raise source.fail(place, f"事实“{item.label}”写了两次")
            for shape in item.required_by:
                if shape not in shapes:
                    raise source.fail((*place, "required_by"), f"没有“{shape}”这个样式")
            seen.add(item.label)
            yield item


def _check_expressions(schema: FactSchema, source: Source) -> None:
    known = frozenset({*schema.by_label, *schema.derived_by_label})
    for number, item in enumerate(schema.derived):
        _check_expression(item.expr, known, ("derived", number), source)
    for number, rule in enumerate(schema.rules):
        place = ("rules", number)
        table = schema.by_label.get(rule.each)
        if rule.each and (table is None or table.type is not FieldType.TABLE):
            raise source.fail((*place, "each"), f"没有“{rule.each}”这个表格")
        columns = {column.label for column in table.columns} if table else set()
        _check_expression(rule.expr, known | columns, place, source)
        for name, labels in (("facts", rule.facts), ("unless", rule.unless)):
            for label in labels:
                if label not in known:
                    raise source.fail((*place, name), f"没有“{label}”这项事实")
        for _, fault in _slot_faults(rule.message, schema):
            raise source.fail((*place, "message"), fault)


def _check_expression(expr: str, known: frozenset[str], place: Path_, source: Source) -> None:
    try:
        unknown = names_in(expr) - known
    except ValueError as error:
        raise source.fail((*place, "expr"), str(error)) from error
    if unknown:
        raise source.fail((*place, "expr"), f"表达式里没有这项事实：{'、'.join(sorted(unknown))}")


def slot_fault(slot: Slot, schema: FactSchema) -> str:
    """What is wrong with a slot whatever the sheet holds; "" when nothing is."""
    item = schema.find(slot.label)
    if item is None:
        nearest = schema.nearest(slot.label)
        return f"没有“{slot.label}”这项事实" + (f"，最接近的是“{nearest[0]}”" if nearest else "")
    if slot.form and len(slot.path) == 1 and slot.form not in allowed_forms(item):
        return f"“{slot.label}”不能写成“{slot.form}”"
    return ""


def _slot_faults(text: str, schema: FactSchema) -> Iterator[tuple[int, str]]:
    """(character, fault) for every slot that names nothing."""
    for placed in parse_placed(text):
        if isinstance(placed.node, Slot) and (fault := slot_fault(placed.node, schema)):
            yield placed.start, fault


def _check_shape(shape: Shape, number: int, schema: FactSchema, folder: Path, source: Source) -> None:
    def check(text: str, place: Path_) -> None:
        for _, fault in _slot_faults(text, schema):
            raise source.fail(place, fault)

    here: tuple[str | int, ...] = ("shapes", number)
    for name in ("title", "byline", "addressee", "signature", "date", "file_name"):
        check(getattr(shape, name), (*here, name))
    for label in shape.presets:
        if label not in schema.by_label:
            raise source.fail((*here, "presets", label), f"没有“{label}”这项事实")
    seen: set[str] = set()

    def walk(sections: Iterable[Any], place: tuple[str | int, ...]) -> None:
        for n, section in enumerate(sections):
            at = (*place, n)
            if section.key in seen:
                raise source.fail((*at, "key"), f"章节“{section.key}”写了两次")
            seen.add(section.key)
            for label in section.facts:
                if schema.find(label) is None:
                    raise source.fail((*at, "facts"), slot_fault(Slot((label,)), schema))
            for heading in section.headings:
                check(heading, (*at, "headings"))
            for heading, labels in section.claims.items():
                if heading not in section.headings:
                    raise source.fail((*at, "claims"), f"headings 里没有“{heading}”")
                for label in labels:
                    if schema.find(label) is None:
                        raise source.fail((*at, "claims"), slot_fault(Slot((label,)), schema))
            if not section.template and not section.children:
                raise source.fail(at, f"章节“{section.title}”既没有 template 也没有 children")
            for kind in ("sections", "phrases"):
                if section.template and not (folder / kind / f"{section.template}.j2").is_file():
                    raise source.fail((*at, "template"), f"找不到 {kind}/{section.template}.j2")
            walk(section.children, (*at, "children"))

    walk(shape.sections, (*here, "sections"))


def _check_templates(folder: Path, schema: FactSchema) -> None:
    made = environment(folder, folder.parent)
    for file in sorted(folder.glob("**/*.j2")):
        shown = str(Path(folder.name) / file.relative_to(folder))
        source = check_template(made, file, shown)
        # A comment may show how slots are written.
        for start, fault in _slot_faults(_without_comments(source), schema):
            raise ReportTypeError(shown, source.count("\n", 0, start) + 1, fault)


def _without_comments(source: str) -> str:
    """The source with comments blanked, so that places stay."""
    out, at = [], 0
    while (start := source.find("{#", at)) >= 0:
        end = source.find("#}", start)
        end = len(source) if end < 0 else end + 2
        out += [source[at:start], "".join("\n" if c == "\n" else " " for c in source[start:end])]
        at = end
    return "".join([*out, source[at:]])


def _hints(folder: Path) -> ExtractionHints:
    """What ``extraction.yaml`` says, nothing where a report type has none."""
    if not (folder / EXTRACTION_FILE).is_file():
        return NO_HINTS
    source = Source(folder / EXTRACTION_FILE, f"{folder.name}/{EXTRACTION_FILE}")
    try:
        return ExtractionHints.model_validate(source.data or {})
    except ValidationError as error:
        raise _fault_of(error, source) from error


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
        raise _fault_of(error, source) from error
    schema = FactSchema(
        fields=tuple(_fields(file, source)),
        derived=file.derived,
        rules=file.rules,
        hints=_hints(folder),
        learned=folder / LEARNED_FILE if (folder / LEARNED_FILE).is_file() else None,
    )
    _check_hints(schema, folder)
    _check_expressions(schema, source)
    for number, shape in enumerate(file.shapes):
        _check_shape(shape, number, schema, folder, source)
    for place, label in enumerate(file.keep_next_year):
        if label not in schema.by_label:
            raise source.fail(("keep_next_year", place), f"没有“{label}”这项事实")
    _check_templates(folder, schema)
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
