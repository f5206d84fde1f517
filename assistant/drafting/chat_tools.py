"""The tools that a model may call in the conversation, and its calls as they are read. A call only ever proposes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.drafting.deltas import CallPart

QUESTIONS = ("missing", "uses", "used", "conflicts", "length", "year", "unwritten", "unused", "stale", "value")
COMMANDS = ("draft_all", "stop", "export", "undo", "review", "facts")
#: More calls in one answer are a model that has lost its way.
MOST_CALLS = 6
_TEXT = {"type": "string"}
_FENCE = re.compile(r"```(?:json)?|```")
_THOUGHT = re.compile(r"(?s)^.*</think>")


@dataclass(frozen=True)
class Call:
    """One call. ``arguments`` is None where they are no JSON object."""

    name: str
    arguments: Mapping[str, Any] | None


def _tool(name: str, description: str, properties: Mapping[str, Any], required: list[str]) -> dict[str, Any]:
    parameters = {"type": "object", "properties": dict(properties), "required": required}
    return {"type": "function", "function": {"name": name, "description": description, "parameters": parameters}}


def tools(labels: Iterable[str]) -> list[dict[str, Any]]:
    """What a service is told. ``labels``: the facts that may be proposed."""
    fact = {
        "type": "object",
        "properties": {"label": {"type": "string", "enum": list(labels)}, "value": _TEXT},
        "required": ["label", "value"],
    }
    return [
        _tool("propose_facts", "把用户说的事实提为建议，值照抄用户的话。",
              {"facts": {"type": "array", "items": fact}}, ["facts"]),
        _tool("redraw_section", "按用户的要求重写一节，新稿由用户决定用不用。",
              {"section": _TEXT, "instruction": _TEXT}, ["section", "instruction"]),
        _tool("answer_from_report", "由系统按报告回答问题。",
              {"question": {"type": "string", "enum": list(QUESTIONS)}, "label": _TEXT, "section": _TEXT},
              ["question"]),
        _tool("run_command", "执行一个操作。", {"command": {"type": "string", "enum": list(COMMANDS)}}, ["command"]),
    ]  # fmt: skip


class Calls:
    """Joins the pieces of calls as they come."""

    def __init__(self) -> None:
        self._pieces: dict[int, list[str]] = {}

    def take(self, parts: Iterable[CallPart]) -> None:
        for part in parts:
            name, arguments = self._pieces.setdefault(part.index, ["", ""])
            # A name comes whole, and some services send it with every piece.
            self._pieces[part.index] = [name or part.name, arguments + part.arguments]

    def made(self) -> tuple[Call, ...]:
        return tuple(
            Call(name, read_object(arguments or "{}")) for _, (name, arguments) in sorted(self._pieces.items())
        )[:MOST_CALLS]


def read_object(text: str) -> Mapping[str, Any] | None:
    """A JSON object; None for anything else."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def read_json_answer(text: str) -> tuple[str, tuple[Call, ...]] | None:
    """What a model without tools says: (words, calls); None where it is no such JSON."""
    bare = _FENCE.sub("", _THOUGHT.sub("", text)).strip()
    if "{" not in bare:
        return None
    data = read_object(bare[bare.index("{") : bare.rindex("}") + 1] if "}" in bare else bare)
    if data is None or not {"say", "calls", "name"} & set(data):
        return None
    listed = data.get("calls", [data] if "name" in data else [])
    calls = []
    for entry in listed if isinstance(listed, list) else []:
        if not isinstance(entry, dict):
            calls.append(Call("", None))
            continue
        given = entry.get("arguments", entry.get("parameters"))
        arguments = read_object(given) if isinstance(given, str) else given if isinstance(given, dict) else None
        calls.append(Call(str(entry.get("name", "")), arguments))
    said = data.get("say")
    return (said if isinstance(said, str) else "", tuple(calls)[:MOST_CALLS])
