"""The grammar of a section, and how a service is handed it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

import pytest
from test_repair import brief_of

from assistant.drafting.constrain import grammar, obeyed
from assistant.drafting.dialects import dialects
from assistant.drafting.endpoint import EndpointEngine
from assistant.drafting.engine import Draft
from assistant.drafting.messages import messages_for
from assistant.drafting.offers import offered_slots
from assistant.drafting.settings import EndpointSettings, SendValues, Thinking
from assistant.errors import EndpointRejected
from assistant.slots.grammar import slots_in
from assistant.slots.numerals import find_numerals
from assistant.slots.vocabulary import vocabulary
from tests.fakes.endpoint import FakeEndpoint, Reply, Request, Step

TEXT = "全年批准入伍{{入伍人数}}。"


def accepts(rules: str, text: str) -> bool:
    """Whether a GBNF grammar of our kind (character classes, strings, one level of groups) takes the text."""
    named = dict(line.split(" ::= ", 1) for line in rules.splitlines())

    def pattern(rule: str) -> str:
        found = re.findall(r'"(?:[^"\\]|\\.)*"|\[(?:[^\]\\]|\\.)*\]|[()|+]|[a-z]+', rule)
        parts = []
        for token in found:
            if token[0] == '"':
                parts.append(re.escape(re.sub(r"\\(.)", r"\1", token[1:-1])))
            elif token.isalpha():
                parts.append(f"(?:{pattern(named[token])})")
            else:
                parts.append("(?:" if token == "(" else token)
        return "".join(parts)

    return re.fullmatch(pattern(named["root"]), text) is not None


RULES = grammar(["{{入伍人数}}", "{{入伍人数|名}}", "{{民兵分队.应急排}}", "{{入伍人数}}"])


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "一是抓宣传；二是抓体检。\n进一步统一思想，一支队伍在一线发挥作用。",
        "输送{{入伍人数|名}}新兵，建强{{民兵分队.应急排}}，落实第一责任人责任。",
        "“十四五”以来，千方百计服务老百姓。",
    ],
)
def test_what_a_section_may_say(text: str) -> None:
    assert accepts(RULES, text)


@pytest.mark.parametrize(
    "text",
    [
        "入伍12人。",
        "入伍１２人。",
        "入伍十二人。",
        "入伍{{入伍人数}}，占98％。",
        "占九成。",
        "召开会议三次。",
        "约两千份。",
        "{{兵役登记}}",
        "{{入伍人数|汉字}}",
        "{{入伍人数",
        "{入伍人数}",
        "**要点**",
        "<think>",
        "第②项",
    ],
)
def test_what_it_may_not(text: str) -> None:
    assert not accepts(RULES, text)


def test_the_text_of_the_grammar() -> None:
    root, prose, fixed, slot = RULES.splitlines()
    assert root == "root ::= ( prose | fixed | slot )+"
    assert prose.startswith("prose ::= [^0-9０-９")
    assert fixed.startswith("fixed ::= [一二三四五六七八九十] [是要] | ")
    assert slot.startswith('slot ::= "{{" ( "入" ( "伍" (')
    assert slot.endswith(' | "民兵分队.应急排}}" )')
    assert "slot" not in grammar([])
    assert r'"{{" ( "a\\.b\"}}" )' in grammar([r'{{a\.b"}}'])


def test_each_fixed_expression_is_no_number() -> None:
    """What the grammar lets through, the audit passes over: in a sentence of its own."""
    phrases = [phrase for phrase in vocabulary().fixed if accepts(RULES, phrase)]
    assert len(phrases) > 400
    told = [phrase for phrase in phrases if find_numerals(f"工作{phrase}抓好。")]
    assert len(told) <= len(phrases) * 0.02, told


def test_slots_are_those_of_the_prompt() -> None:
    brief = brief_of()
    for send_values in (False, True):
        offered = offered_slots(brief, send_values=send_values)
        told = {str(slot) for slot in slots_in(messages_for(brief, send_values=send_values)[-1].content)}
        assert told <= set(offered)
        assert "{{自称}}" in offered
    # Names of rows are values.
    assert not any("环保袋" in slot for slot in offered_slots(brief_of("defence-education"), send_values=False))
    assert any("环保袋" in slot for slot in offered_slots(brief_of("defence-education"), send_values=True))


def test_which_service_takes_one() -> None:
    assert {known.key: known.constrain for known in dialects() if known.constrain} == {
        "vllm": "vllm",
        "llamacpp": "gbnf",
    }
    at = EndpointSettings(base_url="http://127.0.0.1:1/v1", model="m")
    assert at.grammar_kind == ""
    assert at.model_copy(update={"constrain": True}).grammar_kind == "gbnf"
    local = at.model_copy(update={"dialect_key": "llamacpp"})
    assert local.grammar_kind == "gbnf"
    assert local.model_copy(update={"constrain": False}).grammar_kind == ""
    vllm = at.model_copy(update={"dialect_key": "vllm"})
    assert vllm.grammar_kind == "vllm"
    assert vllm.model_copy(update={"thinking": Thinking.ON}).grammar_kind == ""


def drafts(script: Step | Sequence[Step], dialect_key: str, times: int = 1) -> tuple[list[Draft], FakeEndpoint]:
    async def run(fake: FakeEndpoint) -> list[Draft]:
        settings = EndpointSettings(base_url=fake.base_url, model="fake", dialect_key=dialect_key, max_retries=0)
        engine = EndpointEngine(settings, SendValues.LOCAL)
        try:
            return [await engine.draft(brief_of(), lambda _: None) for _ in range(times)]
        finally:
            await engine.aclose()

    with FakeEndpoint(script) as fake:
        return asyncio.run(run(fake)), fake


def test_the_body_of_a_request() -> None:
    (draft,), fake = drafts(Reply(TEXT), "llamacpp")
    assert fake.chats[0].body["grammar"] == grammar(offered_slots(brief_of(), send_values=True))
    assert draft.notes == ()
    _, fake = drafts(Reply(TEXT), "vllm")
    assert fake.chats[0].body["structured_outputs"]["grammar"].startswith("root ::= ")
    # The dialect's other switch is still there.
    assert "chat_template_kwargs" in fake.chats[0].body
    _, fake = drafts(Reply(TEXT), "custom")
    assert not {"grammar", "structured_outputs"} & set(fake.chats[0].body)


def test_a_refused_grammar_is_left_out_and_remembered() -> None:
    def picky(request: Request) -> Reply:
        return Reply(status=400, message="unknown field: grammar") if "grammar" in request.body else Reply(TEXT)

    (first, second), fake = drafts([picky], "llamacpp", times=2)
    assert first.text == second.text == TEXT
    assert [("grammar" in chat.body) for chat in fake.chats] == [True, False, False]
    assert any("不接受语法约束" in note for note in first.notes)
    assert not second.notes


def test_a_request_refused_for_another_reason_fails_as_before() -> None:
    with pytest.raises(EndpointRejected):
        drafts(Reply(status=400, message="context too long"), "llamacpp")


def test_a_service_that_passes_over_the_grammar_is_told() -> None:
    (first, second), fake = drafts(Reply("入伍99人。"), "vllm", times=2)
    assert any("没有执行语法约束" in note for note in first.notes)
    assert not any("语法约束" in note for note in second.notes)
    assert "structured_outputs" not in fake.chats[1].body
    assert obeyed(TEXT)
    assert obeyed("{{存在问题.1}}")
    assert not obeyed("１人")
