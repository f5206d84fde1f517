"""The Jinja2 environment of prompts and phrases.

Slots are written in templates as they are in a draft, ``{{入伍人数}}``; so what Jinja2 itself prints stands
between ``<<`` and ``>>``. Phrases have one tag of their own::

    {% say %}完成兵役登记{{兵役登记}}，登记率{{兵役登记率}}。
    {% or %}完成兵役登记{{兵役登记}}。
    {% or %}兵役登记工作有序开展。{% endsay %}

``say`` prints one alternative: of those whose slots all have a value, one that uses the most facts, by the seed.
None, when none can be printed: a sentence without facts leaves no gap. ``{% say 2 %}`` stands only in reports of
length 标准 and above, ``{% say 3 %}`` only in 详实.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, TemplateSyntaxError, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assistant.errors import ReportTypeError

#: Takes the alternatives as slot text, gives the one to print. Put into the context by the embedded engine.
Chooser = Callable[[list[str]], str]
CHOOSER = "_choose"
LEVEL = "_level"


class SayExtension(Extension):
    """``{% say [level] %} … {% or %} … {% endsay %}``"""

    tags = {"say"}  # noqa: RUF012  (Jinja2 declares it as an instance attribute)

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        level: nodes.Expr = nodes.Const(1)
        if parser.stream.current.type != "block_end":
            level = parser.parse_expression()
        branches: list[nodes.Node] = []
        number = 0
        while True:
            body = parser.parse_statements(("name:or", "name:endsay"), drop_needle=False)
            test = nodes.Compare(nodes.Name("_alternative", "load"), [nodes.Operand("eq", nodes.Const(number))])
            branches.append(nodes.If(test, body, [], []))
            number += 1
            if next(parser.stream).value == "endsay":
                break
        call = self.call_method("_say", [nodes.ContextReference(), level, nodes.Const(number)])
        parameter = nodes.Name("_alternative", "param")
        return nodes.CallBlock(call, [parameter], [], branches).set_lineno(line)

    def _say(self, context: Context, level: int, count: int, caller: Callable[[int], str]) -> str:
        if level > context[LEVEL]:
            return ""
        choose: Chooser = context[CHOOSER]
        return choose([caller(number).strip() for number in range(count)])


def environment(*folders: Path) -> ImmutableSandboxedEnvironment:
    """The environment for templates found in ``folders``, the first that has a name winning."""
    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([str(folder) for folder in folders], encoding="utf-8"),
        variable_start_string="<<",
        variable_end_string=">>",
        undefined=StrictUndefined,
        extensions=[SayExtension],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals.clear()
    return made


def check_template(made: ImmutableSandboxedEnvironment, file: Path, shown: str) -> str:
    """The template's source, parsed once. Raises ReportTypeError with the line of a fault."""
    try:
        source = file.read_text(encoding="utf-8")
        made.parse(source)
    except TemplateSyntaxError as error:
        raise ReportTypeError(shown, error.lineno, f"模板写法有误（{error.message}）") from error
    except UnicodeDecodeError as error:
        raise ReportTypeError(shown, None, "不是 UTF-8 编码的文本") from error
    except OSError as error:
        raise ReportTypeError(shown, None, f"读不到（{error.strerror}）") from error
    return source
