"""The grammar of slot text.

::

    text    = { literal | slot }
    slot    = "{{" path [ "|" form ] "}}"
    path    = name { "." name }           at most three: table . row . column
    name    = characters but { } | . \\ and line ends, or one of { } | . \\ behind a backslash;
              spaces around it do not count
    literal = anything else; "\\{{x}}" is the literal text "{{x}}"

``parse`` never fails: what is no slot is literal text. ``parse(print_nodes(nodes)) == nodes`` for every
merged list of nodes, which a property test holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeGuard

# Linear by construction: a run of backslashes is entered only at its beginning, and a name, which may hold spaces,
# is never given back. Python 3.11's possessive quantifiers do the second.
_NAME = r"(?:[^{}|.\\\r\n]|\\[{}|.\\])++"
_SLOT = re.compile(
    rf"(?<!\\)(?P<escapes>\\*+)\{{\{{(?P<path>{_NAME}(?:\.{_NAME}){{0,2}})(?:\|(?P<form>{_NAME}))?\}}\}}"
)
_ESCAPED = re.compile(r"\\([{}|.\\])")
_SPECIAL = re.compile(r"[{}|.\\]")

#: Characters up to which a parsed text is remembered; a whole section is far shorter.
_KEPT = 8000


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
    name = name.strip()
    return _ESCAPED.sub(r"\1", name) if "\\" in name else name


def _split_path(path: str) -> tuple[str, ...]:
    if "\\" not in path:
        return tuple(part.strip() for part in path.split("."))
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


def parse_placed(text: str) -> Sequence[Placed]:
    """Nodes with their places, in order; adjacent literals are one."""
    # A page and its checks ask for the same text a dozen times; a whole report has some thirty.
    return _known(text) if len(text) <= _KEPT else _parsed(text)


@lru_cache(maxsize=1024)
def _known(text: str) -> tuple[Placed, ...]:
    return _parsed(text)


def _parsed(text: str) -> tuple[Placed, ...]:
    found: list[Placed] = []
    plain: list[str] = []
    begun = at = 0

    def flush(end: int) -> None:
        if joined := "".join(plain):
            found.append(Placed(Literal(joined), begun, end))
        plain.clear()

    for match in _SLOT.finditer(text):
        escapes = match.group("escapes")
        opening = match.start() + len(escapes)
        path = _split_path(match.group("path"))
        plain.append(text[at : match.start()])
        plain.append("\\" * (len(escapes) // 2))
        at = match.end()
        if len(escapes) % 2 or not all(path):
            plain.append(text[opening:at])
            continue
        flush(opening)
        found.append(Placed(Slot(path, _unescape(match.group("form") or "")), opening, at))
        begun = at
    plain.append(text[at:])
    flush(len(text))
    return tuple(found)


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
    plain: list[str] = []

    def flush() -> None:
        if joined := "".join(plain):
            merged.append(Literal(joined))
        plain.clear()

    for node in nodes:
        if isinstance(node, Literal):
            plain.append(node.text)
        else:
            flush()
            merged.append(node)
    flush()
    return merged


def is_slot(node: Node) -> TypeGuard[Slot]:
    return isinstance(node, Slot)


def slots_in(text: str) -> list[Slot]:
    """The slots of a text, in order, repeated ones repeated."""
    return [node for node in parse(text) if is_slot(node)]


def with_names(text: str, shown: str = "{}") -> str:
    """Slot text as a person reads it where no value is wanted: each slot as its name, put into ``shown``."""
    return "".join(node.text if isinstance(node, Literal) else shown.format(node.name) for node in parse(text))
