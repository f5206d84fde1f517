"""A YAML file of a report type, and on which line of it something stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from assistant.errors import ReportTypeError, reason

#: The way to a value: keys and places, from the outside in.
Place = Sequence[str | int]
#: libyaml reads a report type ten times faster, where PyYAML was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Source:
    """A YAML file that can tell on which line a value stands.

    Args:
        shown: what faults call it.

    Raises:
        ReportTypeError: it cannot be read, or is no YAML.
    """

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

    def line(self, path: Place) -> int | None:
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

    def fail(self, path: Place, fault: str) -> ReportTypeError:
        """The error to raise for the value at ``path``."""
        return ReportTypeError(self.shown, self.line(path), fault)


_PYDANTIC = {
    "missing": "缺“{name}”",
    "extra_forbidden": "没有“{name}”这一项",
    "enum": "“{name}”的值不在许可之列",
    "literal_error": "“{name}”的值不在许可之列",
    "string_pattern_mismatch": "“{name}”只用小写字母、数字和连字符",
    "too_short": "“{name}”不能为空",
}


def fault_of(error: ValidationError, source: Source, prefix: Place = ()) -> ReportTypeError:
    """The first fault that pydantic found in what stands at ``prefix``, in Chinese and with its line."""
    first = error.errors()[0]
    path = (*prefix, *first["loc"])
    name = str(path[-1]) if path else ""
    said = _PYDANTIC.get(first["type"], "“{name}”：" + first["msg"].removeprefix("Value error, "))
    text = said.replace("{name}", name)
    return source.fail(path, text)
