"""Whether the parts of a report type fit together: what an expression, a slot, a shape and a template name is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from assistant.errors import ReportTypeError
from assistant.facts.expressions import names_in
from assistant.facts.fields import FactSchema, FieldType
from assistant.reports.templates import check_template, environment
from assistant.reports.types import Shape
from assistant.reports.yaml_source import Place, Source
from assistant.slots.forms import allowed_forms
from assistant.slots.grammar import Slot, parse_placed


def check_expressions(schema: FactSchema, source: Source) -> None:
    """Derived facts and rules name facts that there are. Raises ReportTypeError."""
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


def _check_expression(expr: str, known: frozenset[str], place: Place, source: Source) -> None:
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


def check_shape(shape: Shape, number: int, schema: FactSchema, folder: Path, source: Source) -> None:
    """Facts, slots and templates of a shape are there, and no section stands twice. Raises ReportTypeError."""

    def check(text: str, place: Place) -> None:
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


def check_templates(folder: Path, schema: FactSchema) -> None:
    """Templates can be read and their slots name facts. Raises ReportTypeError."""
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
