"""The grammar of slot text.

::

    text    = { literal | slot }
    slot    = "{{" path [ "|" form ] "}}"
    path    = name { "." name }           at most three: table . row . column
    name    = characters but { } | . \\ and line ends, or one of { } | . \\ behind a backslash
    literal = anything else; "\\{{x}}" is the literal text "{{x}}"

``parse`` never fails: what is no slot is literal text. ``parse(print_nodes(nodes)) == nodes`` for every
merged list of nodes, which a property test holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeGuard

_NAME = r"(?:[^{}|.\\\r\n]|\\[{}|.\\])+"
_SLOT = re.compile(
    rf"(?P<escapes>\\*)\{{\{{(?P<path>\s*{_NAME}(?:\.{_NAME}){{0,2}}\s*)(?:\|(?P<form>\s*{_NAME}\s*))?\}}\}}"
)
_ESCAPED = re.compile(r"\\([{}|.\\])")
_SPECIAL = re.compile(r"[{}|.\\]")


@dataclass(frozen=True, slots=True)
class Literal:
    """Prose that is printed as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A reference to a fact.

    Attributes:
        path: label, or table.row, or table.row.column.
        form: how the value is to be printed ("" = value and measure word).
    """

    path: tuple[str, ...]
    form: str = ""

    @property
    def label(self) -> str:
        """The fact's label."""
        return self.path[0]

    @property
    def name(self) -> str:
        """The whole path as it is shown to people: 民兵分队.应急排."""
        return ".".join(self.path)

    def __str__(self) -> str:
        return print_slot(self)


Node = Literal | Slot


@dataclass(frozen=True, slots=True)
class Placed:
    """A node and where it stands in the slot text: characters [start, end)."""

    node: Node
    start: int
    end: int


def _escape(name: str) -> str:
    return _SPECIAL.sub(lambda found: "\\" + found.group(), name)


def _unescape(name: str) -> str:
    return _ESCAPED.sub(r"\1", name.strip())


def _split_path(path: str) -> tuple[str, ...]:
    parts: list[str] = []
    current = ""
    escaped = False
    for character in path:
        if character == "." and not escaped:
            parts.append(current)
            current = ""
        else:
            current += character
        escaped = character == "\\" and not escaped
    return tuple(_unescape(part) for part in (*parts, current))


def print_slot(slot: Slot) -> str:
    path = ".".join(_escape(name) for name in slot.path)
    return "{{" + path + (f"|{_escape(slot.form)}" if slot.form else "") + "}}"


def parse_placed(text: str) -> list[Placed]:
    """Nodes with their places, in order; adjacent literals are one."""
    found: list[Placed] = []

    def literal(plain: str, start: int, end: int) -> None:
        if not plain:
            return
        if found and isinstance(last := found[-1].node, Literal):
            found[-1] = Placed(Literal(last.text + plain), found[-1].start, end)
        else:
            found.append(Placed(Literal(plain), start, end))

    at = 0
    for match in _SLOT.finditer(text):
        literal(text[at : match.start()], at, match.start())
        escapes = match.group("escapes")
        opening = match.start() + len(escapes)
        literal("\\" * (len(escapes) // 2), match.start(), opening)
        path = _split_path(match.group("path"))
        if len(escapes) % 2:
            literal(text[opening : match.end()], opening - 1, match.end())
        elif not all(path):
            literal(text[opening : match.end()], opening, match.end())
        else:
            found.append(Placed(Slot(path, _unescape(match.group("form") or "")), opening, match.end()))
        at = match.end()
    literal(text[at:], at, len(text))
    return found


def parse(text: str) -> list[Node]:
    """Slot text as literals and slots."""
    return [placed.node for placed in parse_placed(text)]


def print_nodes(nodes: Iterable[Node]) -> str:
    """Slot text that parses back to these nodes (adjacent literals merged)."""
    merged = merge(nodes)
    out: list[str] = []
    for place, node in enumerate(merged):
        if isinstance(node, Slot):
            out.append(print_slot(node))
            continue
        text = _SLOT.sub(lambda found: "\\" * len(found.group("escapes")) + "\\" + found.group(), node.text)
        if place + 1 < len(merged):
            # A backslash before a slot would escape it.
            text += "\\" * (len(text) - len(text.rstrip("\\")))
        out.append(text)
    return "".join(out)


def merge(nodes: Iterable[Node]) -> list[Node]:
    """Adjacent literals as one, empty ones dropped."""
    merged: list[Node] = []
    for node in nodes:
        if isinstance(node, Literal):
            if not node.text:
                continue
            if merged and isinstance(last := merged[-1], Literal):
                merged[-1] = Literal(last.text + node.text)
                continue
        merged.append(node)
    return merged


def is_slot(node: Node) -> TypeGuard[Slot]:
    return isinstance(node, Slot)


def slots_in(text: str) -> list[Slot]:
    """The slots of a text, in order, repeated ones repeated."""
    return [node for node in parse(text) if is_slot(node)]


def plain_nodes(text: str) -> Sequence[Node]:
    """Text that is not slot text (a fact's own value, a file) as one literal."""
    return [Literal(text)] if text else []
