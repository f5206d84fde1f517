"""YAML of a layout profile, with the file and the line that each value came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

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


class _Loader(yaml.SafeLoader):
    """Without anchors (a few lines of them make gigabytes) and without keys written twice."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise Faulty(f"第{event.start_mark.line + 1}行 用了 & 或 * 引用，请直接写出内容")  # type: ignore[union-attr]
        return super().compose_node(parent, index)


def read_lined(text: str, file: str) -> Lined:
    """The mapping that ``text`` is. Raises Faulty."""
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if not isinstance(node, yaml.MappingNode):
                raise Faulty("内容应为“名称: 值”的映射")
            places: dict[Path_, tuple[str, int]] = {}
            _walk(node, (), file, places)
            data = loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第{mark.line + 1}行 " if mark else ""
        raise Faulty(f"{where}不是正确的 YAML，请检查冒号、括号和缩进") from error
    except RecursionError as error:
        raise Faulty("层次过深，不像版式文件") from error
    return Lined(data, places)


def _walk(node: yaml.MappingNode, path: Path_, file: str, places: dict[Path_, tuple[str, int]]) -> None:
    for key, value in node.value:
        here = (*path, str(key.value))
        line = key.start_mark.line + 1
        if here in places:
            raise Faulty(f"第{line}行 {'.'.join(here)} 写了两次")
        places[here] = (file, line)
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
