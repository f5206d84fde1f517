"""Facts that a model finds in a text: what it says they are, with the words that it read them from.

Nothing here is believed: a quote that the text does not have is dropped and counted, and whoever calls reads the value
out of the quote again. A text is the user's own words with every name and figure in them, so it goes to an endpoint
only where values may.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

from assistant.drafting.completions import Completions, Message
from assistant.drafting.leaving import CLOSED, About, Gate
from assistant.drafting.settings import EndpointSettings, SendValues
from assistant.errors import ConfigurationError, EndpointBroken, EndpointRejected
from assistant.facts.fields import FactField, FactSchema, FieldType
from assistant.reports.loader import PROMPTS
from assistant.reports.templates import environment

#: Characters of one request; a longer text goes in several, cut at line ends.
PER_REQUEST = 1500
#: Tokens of an answer at most, and how many a part's characters can need: a small model that has lost its way goes on
#: to the limit.
_MAX_TOKENS, _LEAST_TOKENS, _PER_CHARACTER = 4000, 600, 4
_REFUSED = (400, 422)
_ABOUT = About("摘录原文")
_KINDS = {
    FieldType.COUNT: "数量", FieldType.MONEY: "金额", FieldType.PERCENT: "百分数", FieldType.YEAR: "年份",
    FieldType.DATE: "日期", FieldType.TEXT: "文字", FieldType.CHOICE: "选择", FieldType.LIST: "一条文字",
    FieldType.TABLE: "表格",
}  # fmt: skip
_FENCE = re.compile(r"```(?:json)?|```")
_OBJECT = re.compile(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")


@dataclass(frozen=True)
class ToldFact:
    """One fact as a model told it.

    Attributes:
        value: as written, with its unit; "" for a row.
        quote: words of the text; ``start``, ``end``: where they stand in it.
        row: column → cell as written, for a table's row.
    """

    label: str
    value: str
    quote: str
    start: int
    end: int
    row: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Told:
    """What a model told of one text.

    Attributes:
        facts: those whose quote the text has.
        dropped: how many were left out: an unknown label, or a quote that the text does not have.
        unread: parts of the text whose answer was no JSON.
    """

    facts: tuple[ToldFact, ...]
    dropped: int = 0
    unread: int = 0


class FactFinder:
    """Asks one endpoint. Belongs to the event loop that first asks with it; close with `aclose`.

    Raises (on construction):
        ConfigurationError: the text may not go to an endpoint of this reach (NIGAO_SEND_VALUES).
    """

    def __init__(self, settings: EndpointSettings, send_values: SendValues, gate: Gate = CLOSED) -> None:
        if not send_values.allows(settings):
            raise ConfigurationError(
                f"按现在的设置，原文不能发给 {settings.host}。",
                "请用内置规则摘录（--engine embedded），或在设置里允许把数值发给模型。",
            )
        self._completions = Completions(settings, gate)
        self._gate = gate
        self._structured = settings.dialect.json_schema

    async def find(self, text: str, schema: FactSchema) -> Told:
        """Every fact that the model tells.

        Raises:
            SendingError: the text may not go to that endpoint; nothing was sent.
            EndpointError: the service failed; what earlier parts gave is lost, for half a text is no answer.
        """
        # All of it before the first part goes: a mark may stand in the last one.
        self._gate.check(self._completions.settings, [text])
        facts: list[ToldFact] = []
        dropped = unread = 0
        for start, part in parts(text):
            answer = await self._ask(part, schema)
            entries = read_answer(answer)
            if entries is None:
                unread += 1
                continue
            for entry in entries:
                told = _checked(entry, part, schema)
                if told is None:
                    dropped += 1
                else:
                    facts.append(replace(told, start=told.start + start, end=told.end + start))
        return Told(tuple(facts), dropped, unread)

    async def _ask(self, part: str, schema: FactSchema) -> str:
        shape = answer_schema(schema) if self._structured else None
        try:
            return await self._answer(part, schema, shape)
        except EndpointRejected as error:
            if shape is None or error.status not in _REFUSED:
                raise
            # The service says that it knows no such option: the prompt alone asks for JSON then.
            self._structured = False
            return await self._answer(part, schema, None)

    async def _answer(self, part: str, schema: FactSchema, shape: Mapping[str, Any] | None) -> str:
        messages = _messages(part, schema)
        limit = min(_MAX_TOKENS, _LEAST_TOKENS + _PER_CHARACTER * len(part))
        stream = self._completions.stream(messages, max_tokens=limit, temperature=0.0, json_schema=shape, about=_ABOUT)
        raw: list[str] = []
        async with aclosing(stream):
            async for delta in stream:
                raw.append(delta.text)
        text = "".join(raw)
        if not text.strip():
            raise EndpointBroken("模型没有回答。", "请换一个模型，或用内置规则摘录。")
        return text

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._completions.aclose()


def parts(text: str) -> Iterator[tuple[int, str]]:
    """(place, part) of a text, each at most `PER_REQUEST` characters where line ends allow it."""
    at = 0
    while at < len(text):
        end = min(len(text), at + PER_REQUEST)
        if end < len(text):
            cut = max(text.rfind("\n", at, end), text.rfind("。", at, end))
            end = cut + 1 if cut > at else end
        if text[at:end].strip():
            yield at, text[at:end]
        at = end


def answer_schema(schema: FactSchema) -> dict[str, Any]:
    """The JSON schema of an answer."""
    text = {"type": "string"}
    fact = {
        "type": "object",
        "properties": {
            "label": {"type": "string", "enum": [item.label for item in schema.fields]},
            "value": text,
            "quote": text,
            "row": {"type": "object", "additionalProperties": text},
        },
        "required": ["label", "quote"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"facts": {"type": "array", "items": fact}},
        "required": ["facts"],
        "additionalProperties": False,
    }


def _messages(part: str, schema: FactSchema) -> list[Message]:
    template = environment(PROMPTS).get_template("extract.j2")
    items = [{"label": item.label, "kind": _kind(item), "meaning": item.meaning} for item in schema.fields]
    return [
        Message("system", template.render(role="system", items=items, text="").strip()),
        Message("user", template.render(role="user", items=[], text=part).strip()),
    ]


def _kind(item: FactField) -> str:
    if item.type is FieldType.TABLE:
        return "表格，列：" + "、".join(column.label for column in item.columns)
    return _KINDS[item.type] + (f"，{item.measure}" if item.measure else "")


def read_answer(answer: str) -> Sequence[Mapping[str, Any]] | None:
    """The entries of an answer; of broken JSON what is whole; None where there is nothing of the kind."""
    text = re.sub(r"(?s)^.*</think>", "", _FENCE.sub("", answer)).strip()
    try:
        data = json.loads(text[text.index("{") if "{" in text else 0 :])
    except (ValueError, RecursionError):
        data = [_loads(found.group()) for found in _OBJECT.finditer(text)] or None
    if isinstance(data, dict):
        data = data.get("facts", [data])
    if not isinstance(data, list):
        return None
    entries = [entry for entry in data if isinstance(entry, dict) and "label" in entry]
    return entries if entries or data == [] else None


def _loads(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _checked(entry: Mapping[str, Any], part: str, schema: FactSchema) -> ToldFact | None:
    """The entry, where its label is known and the text has its quote."""
    item = schema.find(str(entry.get("label", "")))
    quote = entry.get("quote")
    if not isinstance(item, FactField) or not isinstance(quote, str) or not quote.strip():
        return None
    quote = quote.strip()
    start = part.find(quote)
    if start < 0:
        return None
    row = entry.get("row")
    cells = {str(name): str(cell) for name, cell in row.items() if cell is not None} if isinstance(row, dict) else None
    if (item.type is FieldType.TABLE) != (cells is not None and bool(cells)):
        return None
    value = entry.get("value")
    return ToldFact(item.label, "" if value is None else str(value), quote, start, start + len(quote), cells)
