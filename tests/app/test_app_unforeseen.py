"""A bug in what runs beside the page: told in Chinese with what to do next, and in the log; nothing waits for ever."""

from __future__ import annotations

import logging

import pytest
from app_kit import Tab, from_example, the_desk
from test_app_failures import described, until

from assistant.drafting.chat import ChatModel
from assistant.drafting.probe import Probe
from assistant.drafting.settings import EndpointSettings
from assistant.engines import EngineRoom
from tests.fakes.endpoint import FakeEndpoint

TOLD = "仍不行时，把运行日志交给维护人员"


def fails(*_: object, **__: object) -> Probe:
    raise RuntimeError("nobody foresaw this")


@pytest.fixture(autouse=True)
def logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)


@pytest.mark.parametrize("at_once", [5.0, 0.0], ids=["at once", "later"])
def test_a_list_of_models(at_once: float, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("assistant.ui.beside_page.AT_ONCE", at_once)
    monkeypatch.setattr(EngineRoom, "models", fails)
    tab = described(Tab(page="settings"), "http://127.0.0.1:9/v1").press("set-list")
    until(tab, lambda: tab.app.error)
    assert "程序自己出了错，这次没有问成。" in tab.told
    assert TOLD in tab.told
    assert "正在等" not in tab.words
    assert "nobody foresaw this" in caplog.text


def test_a_try_of_the_service(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(EngineRoom, "probe", fails)
    tab = described(Tab(page="settings"), "http://127.0.0.1:9/v1").press("set-test")
    until(tab, lambda: tab.app.error)
    assert "程序自己出了错，这次没有问成。" in tab.told
    assert "nobody foresaw this" in caplog.text


def test_headings_by_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.desk.Desk.model_headings_for", fails)
    the_desk().engines.use_endpoint(EndpointSettings(base_url="http://127.0.0.1:9/v1", model="fake"))
    tab = Tab(from_example(), "draft").press("outline-edit")
    tab.press("outline-row-double-support").press("heading-ask")
    until(tab, lambda: tab.app.error)
    assert TOLD in tab.told


def test_an_answer_in_the_conversation(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(ChatModel, "ask", fails)
    with FakeEndpoint() as fake:
        the_desk().engines.use_endpoint(EndpointSettings(base_url=fake.base_url, model="fake"))
        tab = Tab(from_example(), "draft")
        tab.app.chat_input[0].set_value("说说送兵那摊子事").run()
        assert the_desk().chat.askings.wait(tab.doc, 90)
        tab.again()
    assert "程序自己出了错，这句没有答完。" in tab.words
    assert TOLD in tab.words
    assert "nobody foresaw this" in caplog.text


def test_a_text_that_a_model_reads(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("assistant.model_reading.FactFinder.find", fails)
    with FakeEndpoint() as fake:
        the_desk().engines.use_endpoint(EndpointSettings(base_url=fake.base_url, model="fake"))
        tab = Tab(from_example(), "facts").unfold("entry-paste")
        box = next(found for found in tab.app.text_area if found.label == "粘贴文字")
        tab.type(box, "全年完成兵役登记410人，走访慰问户数26户。\n").press("read-pasted")
        (pending,) = the_desk().pendings(tab.report)
        assert the_desk().readings.wait(pending.id, 90)
        tab.again()
    assert "程序自己出了错，模型没有读完。" in tab.words
    assert TOLD in tab.words
    assert "nobody foresaw this" in caplog.text
