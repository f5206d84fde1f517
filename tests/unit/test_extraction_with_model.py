"""A model's finds: each is checked against the text and read again; rules come first; nothing goes where it may not."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from assistant.drafting.extraction import PER_REQUEST, parts, read_answer
from assistant.drafting.settings import EndpointSettings, SendValues
from assistant.errors import ConfigurationError, EndpointError, EndpointTimeout
from assistant.extracting import extract_with_model
from assistant.intake.found import Extraction
from assistant.reports.loader import Library
from tests.fakes.endpoint import FakeEndpoint, Reply

SCHEMA = Library().get("armed-forces-work").facts
TEXT = "2025年，全年召开议军会议3次。武装这块花钱不多，器械那头用掉了7.5万元。排里添了人，应急的有30人。"


def answer(*facts: dict[str, Any]) -> str:
    return json.dumps({"facts": list(facts)}, ensure_ascii=False)


def asked(replies: list[Reply], text: str = TEXT, **settings: Any) -> tuple[Extraction, FakeEndpoint]:
    with FakeEndpoint(replies) as fake:
        made = EndpointSettings(base_url=fake.base_url, model="fake", max_retries=0, **settings)
        found = asyncio.run(extract_with_model(text, SCHEMA, "旧.txt", made, SendValues.LOCAL))
        return found, fake


def labels(found: Extraction) -> dict[str, Any]:
    return {fact.label: (fact.fact.value, fact.doubt) for fact in found.facts if fact.row is None}


def test_what_the_model_adds_is_in_doubt() -> None:
    found, _ = asked([Reply(answer({"label": "器材装备投入", "value": "7.5万元", "quote": "器械那头用掉了7.5万元"}))])
    value, doubt = labels(found)["器材装备投入"]
    assert value == 75000
    assert "模型" in doubt
    assert labels(found)["党委议军会议"] == (3, "")
    for fact in found.facts:
        assert found.text[fact.start : fact.end] == fact.quote


@pytest.mark.parametrize(
    "entry",
    [
        {"label": "宣传横幅", "value": "40条", "quote": "悬挂横幅40条"},
        {"label": "器材装备投入", "value": "9万元", "quote": "器械那头用掉了7.5万元"},
        {"label": "没有的事", "value": "3次", "quote": "议军会议3次"},
        {"label": "点验次数", "value": "30次", "quote": "应急的有30人"},
        {"label": "专项任务名称", "value": "防汛抢险", "quote": "全年召开议军会议3次"},
        {"label": "民兵分队", "row": {"名称": "应急排", "实有人数": "31"}, "quote": "应急的有30人"},
    ],
)
def test_invented_values_are_dropped_and_counted(entry: dict[str, Any]) -> None:
    found, _ = asked([Reply(answer(entry))])
    assert set(labels(found)) == {"党委议军会议", "年度"}
    assert not [fact for fact in found.facts if fact.row is not None]
    assert any("没有采用" in notice.message for notice in found.notices)


def test_another_reading_of_the_same_fact_is_told_not_taken() -> None:
    text = "全年召开议军会议3次。书记还参加了区里的会4次。"
    told = answer({"label": "党委议军会议", "value": "4次", "quote": "区里的会4次"})
    found, _ = asked([Reply(told)], text)
    assert labels(found)["党委议军会议"][0] == 3
    assert any(notice.kind == "choice" for notice in found.notices)


@pytest.mark.parametrize(
    "text",
    ["好的，以下是结果。", '{"facts": ', "[1, 2]", '{"facts": [{"label": "党委议军', "null"],
)
def test_broken_json_is_told(text: str) -> None:
    found, _ = asked([Reply(text)])
    assert labels(found)["党委议军会议"] == (3, "")
    assert any("不成格式" in notice.message for notice in found.notices)


def test_whole_entries_of_a_cut_off_answer_count() -> None:
    entries = read_answer('<think>x</think>```json\n{"facts": [{"label": "a", "quote": "b"}, {"label": "c", "quo')
    assert entries == [{"label": "a", "quote": "b"}]


def test_a_service_that_stalls_is_given_up() -> None:
    with pytest.raises(EndpointTimeout):
        asked([Reply("{", ending="stall")], read_timeout=0.3)


def test_a_failing_service_is_an_error() -> None:
    with pytest.raises(EndpointError):
        asked([Reply(status=500)])


def test_the_schema_goes_only_to_a_service_that_takes_one() -> None:
    _, fake = asked([Reply(answer())])
    assert "response_format" not in fake.requests[-1].body
    _, fake = asked([Reply(answer())], dialect_key="vllm")
    assert fake.requests[-1].body["response_format"]["type"] == "json_schema"


def test_a_service_that_refuses_the_schema_is_asked_without() -> None:
    told = answer({"label": "器材装备投入", "value": "7.5万元", "quote": "用掉了7.5万元"})
    found, fake = asked([Reply(status=400), Reply(told)], dialect_key="vllm")
    assert "器材装备投入" in labels(found)
    assert "response_format" not in fake.requests[-1].body


def test_a_text_leaves_only_where_values_may() -> None:
    remote = EndpointSettings(base_url="https://models.example.com/v1", model="m")
    with pytest.raises(ConfigurationError, match="不能发给"):
        asyncio.run(extract_with_model(TEXT, SCHEMA, "旧.txt", remote, SendValues.LOCAL))
    local = EndpointSettings(base_url="http://127.0.0.1:9/v1", model="m")
    with pytest.raises(ConfigurationError, match="不能发给"):
        asyncio.run(extract_with_model(TEXT, SCHEMA, "旧.txt", local, SendValues.NEVER))


def test_parts_are_the_whole_text() -> None:
    text = "一句话。" * 2000
    cut = list(parts(text))
    assert "".join(part for _, part in cut) == text
    assert all(text[start : start + len(part)] == part and len(part) <= PER_REQUEST for start, part in cut)
