"""Pairs of worlds that differ in withheld values alone, and every request that a world would send.

What a person types may repeat a value in any way of writing it; of two worlds each types its own.
"""

from __future__ import annotations

import asyncio
import datetime
import string
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from unittest import mock

from hypothesis import strategies as st
from test_messages import EXAMPLE, report_of

from assistant.chatting.answers import answer
from assistant.drafting.brief import Brief, brief_for
from assistant.drafting.chat import ChatModel
from assistant.drafting.chat_messages import Before, Talk
from assistant.drafting.completions import Completions
from assistant.drafting.deltas import Delta
from assistant.drafting.endpoint import EndpointEngine
from assistant.drafting.headings import model_headings
from assistant.drafting.settings import EndpointSettings, SendValues
from assistant.errors import EmptyDraft
from assistant.facts.fields import FactField, FieldType
from assistant.facts.formatting import hanzi
from assistant.facts.sheet import Fact, FactSheet
from assistant.facts.values import Value
from assistant.intake.chat_questions import Question
from assistant.repair.engine import RepairingEngine
from assistant.reports.report import Report
from assistant.rewriting import SentenceEngine, sentence_spans, wish_for
from assistant.slots.forms import Missing, Unknown, allowed_forms, print_fact
from assistant.slots.render import render_text

KIND, REPORT = report_of(EXAMPLE["liulin-duty-c"])
SCHEMA = REPORT.sheet.schema
LOCAL = EndpointSettings(base_url="http://127.0.0.1:1/v1", model="m", max_retries=0)
#: What the model answers, whatever it is asked: figures of its own, guessed ones among them.
ANSWER = (
    "我镇入伍18人，开展训练两轮100人次。入伍{{入伍人数}}，{{入伍18人}}，{{训练天数}}次。大学生3名，〔数1〕人、〔数2〕。"
)
_WIDE = str.maketrans(string.digits, "０１２３４５６７８９")
_NAMES = [one + other for one in "甲乙丙丁戊己庚辛壬癸" for other in "琥珀瑚琏玳瑁珊璞"]


@dataclass(frozen=True)
class World:
    """A sheet, and what is typed beside it."""

    sheet: FactSheet
    typed: str

    def __repr__(self) -> str:
        own = {label: fact for label, fact in self.sheet.facts.items() if fact != REPORT.sheet.facts.get(label)}
        return f"World({self.typed!r}, {own!r})"

    def _repr_pretty_(self, printer: Any, _: bool) -> None:
        """Hypothesis prints a dataclass field by field, the whole sheet too, and warns that it is long."""
        printer.text(repr(self))


@dataclass(frozen=True)
class Pair:
    worlds: tuple[World, World]
    send_values: bool


Way = Callable[[FactSheet], str]


@st.composite
def worlds(draw: st.DrawFn) -> Pair:
    send_values = draw(st.booleans())
    names = iter(draw(st.permutations(_NAMES)))
    sheets = [REPORT.sheet, REPORT.sheet]
    chosen = draw(st.lists(st.sampled_from(SCHEMA.fields), min_size=1, max_size=8, unique_by=lambda item: item.label))
    labels = draw(st.sets(st.sampled_from(sorted(REPORT.sheet.facts)), max_size=3))
    chosen += [SCHEMA.by_label[label] for label in labels - {item.label for item in chosen}]
    for item in chosen:
        private = draw(st.booleans()) or item.private
        facts = _two_facts(draw, item, names, private=private)
        if send_values and not private:
            facts = (facts[0], facts[0])
        sheets = [sheet.with_fact(item.label, fact) for sheet, fact in zip(sheets, facts, strict=True)]
    told = [item.label for item in chosen if item.type is not FieldType.CHOICE]
    derived = [one.label for one in SCHEMA.derived if all(sheet.value(one.label) is not None for sheet in sheets)]
    ways = draw(st.lists(st.sampled_from(told + derived).flatmap(_way), max_size=6)) if told else []
    typed = ["，".join(["按要求写", *(f"写到{way(sheet)}时" for way in ways)]) + "。" for sheet in sheets]
    return Pair((World(sheets[0], typed[0]), World(sheets[1], typed[1])), send_values)


def _two_facts(draw: st.DrawFn, item: FactField, names: Iterator[str], *, private: bool) -> tuple[Fact, Fact]:
    """Two facts of the same shape: both with or without last year's value."""
    last = item.type.numeric and draw(st.booleans())
    many = draw(st.integers(1, 3))
    columns = draw(st.sets(st.sampled_from([column.label for column in item.columns[1:]]))) if item.columns else set()

    def value() -> Value:
        match item.type:
            case FieldType.COUNT:
                return draw(st.integers(0, 120) | st.integers(0, 99_999))
            case FieldType.MONEY:
                return draw(st.decimals(0, 999_999, places=2) | st.sampled_from([Decimal(100), Decimal(68_000)]))
            case FieldType.PERCENT:
                return draw(st.decimals(0, 100, places=1))
            case FieldType.YEAR:
                return draw(st.integers(2000, 2099))
            case FieldType.DATE:
                return draw(st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)))
            case FieldType.CHOICE:
                return draw(st.sampled_from(item.choices))
            case FieldType.LIST:
                count = draw(st.integers(1, 3)) if private else many
                return tuple(next(names) for _ in range(count))
            case FieldType.TABLE:
                return tuple(row() for _ in range(draw(st.integers(1, 3))))
        return next(names)

    def row() -> dict[str, Any]:
        kinds = {column.label: column.type for column in item.columns}
        cells: dict[str, Any] = {item.key_column.label: next(names)}
        for label in sorted(columns):
            cells[label] = next(names) if kinds[label] is FieldType.TEXT else draw(st.integers(0, 120))
        return cells

    approximate = "余" if item.type is FieldType.COUNT and draw(st.booleans()) else ""
    one, other = (
        Fact(value(), approximate, value() if last else None, private=private)  # type: ignore[arg-type]
        for _ in range(2)
    )
    return one, other


def _way(label: str) -> st.SearchStrategy[Way]:
    """A way in which a person writes what a fact says."""
    item = SCHEMA.find(label)
    assert item is not None
    if not item.type.numeric:
        return st.sampled_from([lambda sheet: _plain(sheet, label), lambda sheet: _spaced(_plain(sheet, label))])
    forms = [form for form in ("", *allowed_forms(item)) if form not in ("方向", "同比")]
    measure = item.measure or "人"
    ways: list[Way] = [
        lambda sheet: _digits(sheet, label),
        lambda sheet: _digits(sheet, label).translate(_WIDE),
        lambda sheet: f"{_digits(sheet, label)} {measure}",
        lambda sheet: f"约{_digits(sheet, label)}",
        lambda sheet: f"第{_digits(sheet, label)}名",
        lambda sheet: f"（{_digits(sheet, label)}）",
        lambda sheet: f"{{{{入伍{_digits(sheet, label)}人}}}}",
        lambda sheet: hanzi(int(Decimal(_digits(sheet, label)))) + measure,
    ]
    printed = st.sampled_from(forms).map(lambda form: lambda sheet: _printed(sheet, label, form))
    return st.sampled_from(ways) | printed


def _digits(sheet: FactSheet, label: str) -> str:
    value = sheet.value(label)
    assert isinstance(value, int | Decimal)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _printed(sheet: FactSheet, label: str, form: str) -> str:
    item = SCHEMA.find(label)
    assert item is not None
    try:
        return print_fact(sheet.fact(label), item, form)
    except (Missing, Unknown):
        return _digits(sheet, label)


def _plain(sheet: FactSheet, label: str) -> str:
    value = sheet.value(label)
    while isinstance(value, tuple):
        value = value[0]
    if isinstance(value, dict):
        return str(next(iter(value.values())))
    return f"{value}" if isinstance(value, str) else render_text(f"{{{{{label}}}}}", sheet)


def _spaced(text: str) -> str:
    return "　".join(text) if len(text) == 2 else text


def requests_of(world: World, send_values: bool) -> list[dict[str, Any]]:
    """Every request that the calls of a report would send, as they stand before they are JSON."""
    with _recorded() as sent:
        asyncio.run(_all_calls(world, SendValues.ALWAYS if send_values else SendValues.NEVER))
    return sent


@contextmanager
def _recorded() -> Iterator[list[dict[str, Any]]]:
    sent: list[dict[str, Any]] = []

    async def once(_: Completions, request: dict[str, Any]) -> AsyncGenerator[Delta]:
        sent.append(request)
        yield Delta(ANSWER, finish_reason="stop")

    with mock.patch.object(Completions, "_once", once):
        yield sent


async def _all_calls(world: World, choice: SendValues) -> None:
    report = _report(world)
    section = report.section("conscription")
    assert section is not None
    engine = RepairingEngine(EndpointEngine(LOCAL, choice))
    brief = brief_for(KIND, report, section, 1, world.typed, world.typed)
    spans = sentence_spans(section.text)
    try:
        await engine.draft(brief, lambda _: None)
        await engine.draft(replace(brief, begun=world.typed), lambda _: None)
        await _tolerant(SentenceEngine(engine, wish_for(section.text, spans[:1], world.typed)).draft, brief)
    finally:
        await engine.aclose()
    model = ChatModel(LOCAL, choice)
    try:
        await model.ask(Talk(report, KIND, world.typed, tuple(_history(world, report))), lambda _: None)
    finally:
        await model.aclose()
    try:
        await model_headings(LOCAL, choice, KIND, report, section)
    except EmptyDraft:
        # The answer is no heading; it was asked for, and that is what counts here.
        return


async def _tolerant(draft: Callable[[Brief, Callable[[str], None]], Any], brief: Brief) -> None:
    try:
        await draft(brief, lambda _: None)
    except EmptyDraft:
        return


def _report(world: World) -> Report:
    """Everything that a person may type into says what the world says."""
    sections = tuple(
        replace(
            one,
            title=f"{one.title}{world.typed}",
            heading=world.typed if one.heading else "",
            instruction=world.typed,
            text=f"{world.typed}入伍{{{{入伍人数}}}}。{world.typed}" if one.holds_text else "",
        )
        for one in REPORT.sections
    )
    return replace(REPORT, sheet=world.sheet, sections=sections)


def _history(world: World, report: Report) -> Iterator[Before]:
    told = answer(Question("value", tuple(world.sheet.facts)), report, mock.Mock())
    yield Before(True, world.typed * 40)
    yield Before(False, told.text, by_code=True)
    yield Before(False, f"{world.typed}好的。")
