"""YAML that people type: one reader for fact sheets, layout profiles and what stands around a text."""

from __future__ import annotations

import re
from typing import Any

import yaml


class YamlFault(ValueError):
    """The text is no YAML mapping as we take it.

    Attributes:
        fault: what is wrong, in Chinese; "" where it is simply no YAML. line: from 1, None where it is not known.
        unprintable, no_mapping: of which kind it is.
    """

    def __init__(
        self, fault: str = "", line: int | None = None, *, unprintable: bool = False, no_mapping: bool = False
    ) -> None:
        super().__init__(fault)
        self.fault, self.line, self.unprintable, self.no_mapping = fault, line, unprintable, no_mapping


class StrictLoader(yaml.SafeLoader):
    """SafeLoader that refuses what loses or multiplies: a key written twice (the first value would be lost without a
    word) and anchors (a few lines of them make gigabytes)."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            line = None if event.start_mark is None else event.start_mark.line + 1
            raise YamlFault("用了 & 或 * 引用，请直接写出内容", line)
        return super().compose_node(parent, index)


class TextLoader(StrictLoader):
    """Numbers and dates stay texts, for who reads them knows how and YAML 1.1 does not: to it 012 is ten and 1:30 is
    ninety. Of words only true and false are more than words."""


_TYPED = {f"tag:yaml.org,2002:{name}" for name in ("int", "float", "timestamp")}
_YES_NO = re.compile(r"true|True|TRUE|false|False|FALSE")
TextLoader.yaml_implicit_resolvers = {
    first: [(tag, _YES_NO if tag.endswith(":bool") else pattern) for tag, pattern in resolvers if tag not in _TYPED]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_mapping(text: str, loader: type[StrictLoader] = TextLoader) -> tuple[yaml.MappingNode, dict[str, Any]]:
    """The mapping that ``text`` is, as nodes with their lines and as data. Raises YamlFault."""
    try:
        reading = loader(text)
    except yaml.reader.ReaderError as error:
        raise YamlFault(line=text.count("\n", 0, error.position) + 1, unprintable=True) from error
    try:
        node = reading.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise YamlFault(line=1, no_mapping=True)
        _once(node)
        return node, reading.construct_document(node)
    except YamlFault:
        raise
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        raise YamlFault(line=mark.line + 1 if mark else None) from error
    finally:
        reading.dispose()


def _once(node: yaml.Node) -> None:
    """Raises YamlFault for a key that a mapping has twice."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _once(item)
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[str] = set()
    for key, value in node.value:
        name = str(key.value)
        if name in seen:
            raise YamlFault(f"“{name}”写了两次", key.start_mark.line + 1)
        seen.add(name)
        _once(value)
