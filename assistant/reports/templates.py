"""The Jinja2 environment of prompts and phrases.

Slots are written in templates as they are in a draft, ``{{入伍人数}}``; so what Jinja2 itself prints stands
between ``<<`` and ``>>``. Phrases have two tags of their own::

    {% say %}完成兵役登记{{兵役登记}}，登记率{{兵役登记率}}。
    {% or %}完成兵役登记{{兵役登记}}。
    {% or need %}完成兵役登记{{兵役登记}}。{% endsay %}

``say`` prints one alternative: of those whose slots all have a value, one that uses the most facts, by the seed.
None, when none can be printed: a sentence without facts leaves no gap. An ``or need`` alternative is printed,
【待补：…】 and all, when a fact that it lacks is required by the shape and nothing before it in the section shows so.
``{% say 1 %}`` is left out of a 精简 report where room is short; ``{% say 2 %}`` stands from 标准 on and
``{% say 3 %}`` in 详实, both where the section's share of the length has room. ::

    {% mix %}发放{{宣传资料}}、{% then %}悬挂{{宣传横幅}}、{% endmix %}

``mix`` prints every part, in an order that the seed picks. What the phrases' own punctuation means once clauses
have vanished is told in ``assistant/drafting/tidy.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from jinja2 import FileSystemLoader, StrictUndefined, TemplateSyntaxError, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assistant.errors import ReportTypeError, reason

Part = Callable[[], str]
"""Renders one alternative of a ``say`` or one part of a ``mix``."""


class Chooser(Protocol):
    """Decides what ``say`` and ``mix`` print. The embedded engine puts one into the context as ``_choose``.

    ``place`` tells the tag from every other of the same template, whatever the facts are.
    """

    def say(self, place: str, alternatives: Sequence[Part], needs: Sequence[Part]) -> str: ...

    def mix(self, place: str, parts: Sequence[Part]) -> str: ...


CHOOSER = "_choose"
LEVEL = "_level"


class PhraseExtension(Extension):
    """``{% say [level] %} … {% or [need] %} … {% endsay %}`` and ``{% mix %} … {% then %} … {% endmix %}``"""

    tags = {"say", "mix"}  # noqa: RUF012  (Jinja2 declares it as an instance attribute)

    def parse(self, parser: Parser) -> nodes.Node:
        tag = next(parser.stream)
        if tag.value == "mix":
            branches, _ = self._branches(parser, "name:then", "name:endmix")
            arguments: list[nodes.Expr] = [nodes.Const(len(branches))]
        else:
            level: nodes.Expr = nodes.Const(0)
            if not parser.stream.current.test_any("block_end", "name:need"):
                level = parser.parse_expression()
            branches, needs = self._branches(parser, "name:or", "name:endsay")
            arguments = [level, nodes.Const(len(branches)), nodes.Const(tuple(needs))]
        place = nodes.Const(f"{parser.name}:{tag.lineno}")
        call = self.call_method(f"_{tag.value}", [nodes.ContextReference(), place, *arguments])
        parameter = nodes.Name("_branch", "param")
        return nodes.CallBlock(call, [parameter], [], branches).set_lineno(tag.lineno)

    @staticmethod
    def _branches(parser: Parser, between: str, end: str) -> tuple[list[nodes.Node], list[int]]:
        """One ``if _branch == n`` a branch, and the numbers of those marked ``need``."""
        branches: list[nodes.Node] = []
        needs: list[int] = []
        while True:
            number = len(branches)
            if parser.stream.skip_if("name:need"):
                needs.append(number)
            body = parser.parse_statements((between, end), drop_needle=False)
            test = nodes.Compare(nodes.Name("_branch", "load"), [nodes.Operand("eq", nodes.Const(number))])
            branches.append(nodes.If(test, body, [], []))
            if next(parser.stream).test(end):
                return branches, needs

    def _say(
        self,
        context: Context,
        place: str,
        level: int,
        count: int,
        needs: tuple[int, ...],
        caller: Callable[[int], str],
    ) -> str:
        if level > context[LEVEL]:
            return ""
        chooser: Chooser = context[CHOOSER]
        parts = _parts(count, caller)
        usual = [part for number, part in enumerate(parts) if number not in needs]
        return chooser.say(place, usual, [parts[number] for number in needs])

    def _mix(self, context: Context, place: str, count: int, caller: Callable[[int], str]) -> str:
        chooser: Chooser = context[CHOOSER]
        return chooser.mix(place, _parts(count, caller))


def _parts(count: int, caller: Callable[[int], str]) -> list[Part]:
    return [lambda number=number: caller(number).strip() for number in range(count)]  # type: ignore[misc]


def environment(*folders: Path) -> ImmutableSandboxedEnvironment:
    """The environment for templates found in ``folders``, the first that has a name winning."""
    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([str(folder) for folder in folders], encoding="utf-8"),
        variable_start_string="<<",
        variable_end_string=">>",
        undefined=StrictUndefined,
        extensions=[PhraseExtension],
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
        raise ReportTypeError(shown, None, f"读不到（{reason(error)}）") from error
    return source
