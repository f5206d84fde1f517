"""YAML of a layout profile, with the file and the line that each value came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from assistant.facts.strict_yaml import StrictLoader, YamlFault, read_mapping

Path_ = tuple[str, ...]


class Faulty(ValueError):
    """The text is no YAML mapping; the message is Chinese."""


@dataclass(frozen=True)
class Lined:
    """A mapping and, for every path in it, the file and the line where it is written."""

    data: dict[str, Any]
    places: dict[Path_, tuple[str, int]]

    def place(self, path: Path_) -> tuple[str, int]:
        """The place of the value at ``path`` or of what stands around it; line 0 where nothing is known."""
        while path:
            if path in self.places:
                return self.places[path]
            path = path[:-1]
        return "", 0


def read_lined(text: str, file: str) -> Lined:
    """The mapping that ``text`` is. Raises Faulty."""
    try:
        node, data = read_mapping(text, StrictLoader)
    except YamlFault as error:
        raise Faulty(_said(error)) from error
    places: dict[Path_, tuple[str, int]] = {}
    _walk(node, (), file, places)
    return Lined(data, places)


def _said(error: YamlFault) -> str:
    if error.no_mapping:
        return "内容应为“名称: 值”，一行一项"
    where = f"第{error.line}行 " if error.line else ""
    if error.unprintable:
        return f"{where}有不能显示的字符"
    return where + (error.fault or "不是正确的 YAML，请检查冒号、括号和缩进")


def _walk(node: yaml.MappingNode, path: Path_, file: str, places: dict[Path_, tuple[str, int]]) -> None:
    for key, value in node.value:
        here = (*path, str(key.value))
        places[here] = (file, key.start_mark.line + 1)
        if isinstance(value, yaml.MappingNode):
            _walk(value, here, file, places)


def overlay(base: Lined, changes: Lined) -> Lined:
    """``base`` with the single values of ``changes`` in place."""
    return Lined(_overlay(base.data, changes.data), {**base.places, **changes.places})


def _overlay(base: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    result = dict(base)
    for key, value in changes.items():
        old = result.get(key)
        result[key] = _overlay(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result
