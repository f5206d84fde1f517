"""Before anything goes to a service elsewhere: the dialog; afterwards: the log, and what was agreed to, in 设置."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from app_kit import Tab, drafted, from_example, the_desk
from streamlit.testing.v1 import AppTest

from assistant.drafting import settings as endpoint_settings
from assistant.drafting.dialects import dialects
from assistant.drafting.settings import EndpointSettings, Reach, SendValues
from assistant.facts.sheet import Fact
from assistant.reports.report import SectionState
from tests.fakes.endpoint import FakeEndpoint, Reply


@pytest.fixture
def remote(monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine counts as elsewhere."""
    monkeypatch.setattr(endpoint_settings, "reach_of", lambda _: Reach.REMOTE)


@pytest.fixture
def fake() -> Iterator[FakeEndpoint]:
    with FakeEndpoint() as made:
        yield made


def use(fake: FakeEndpoint, model: str = "fake") -> None:
    the_desk().engines.use_endpoint(EndpointSettings(base_url=fake.base_url, model=model, concurrency=2))


@pytest.mark.usefixtures("remote")
def test_nothing_goes_before_a_person_agrees(fake: FakeEndpoint) -> None:
    doc = from_example()
    use(fake)
    tab = Tab(doc, "draft").press("draft-all")
    assert fake.chats == []
    host = f"127.0.0.1:{fake.port}"
    assert host in tab.words
    assert "fake" in tab.words
    # What is shown is what would go, to the letter; a code block shows no line end at its end.
    shown = [f"{block.value}\n" for block in tab.app.code]
    parcels = the_desk().what_leaves(the_desk().report(doc))
    assert shown[: len(parcels[0].messages)] == [f"{message.content.rstrip()}\n" for message in parcels[0].messages]
    assert all(parcel.messages[-1].content in shown for parcel in parcels)
    tab.press("send-agree")
    drafted(tab)
    asked = {request.messages[-1]["content"] for request in fake.chats}
    assert {parcel.messages[-1].content for parcel in parcels} <= asked
    assert all(section.text for section in the_desk().report(doc).written)


@pytest.mark.usefixtures("remote")
def test_words_to_a_model_elsewhere_are_shown_as_they_would_go(fake: FakeEndpoint) -> None:
    doc = from_example()
    use(fake)
    tab = Tab(doc, "draft")
    tab.app.chat_input[0].set_value("说说送走的那18个小伙子").run()
    tab.sound()
    shown = [block.value for block in tab.app.code]
    assert any("说说送走的那〔数1〕小伙子" in text for text in shown)
    assert fake.chats == []
    tab.press("send-agree")
    assert the_desk().chat.askings.wait(doc, 60)
    sent = [message["content"] for message in fake.chats[0].messages]
    assert [text.rstrip() for text in sent] == [text.rstrip() for text in shown[: len(sent)]]


@pytest.mark.usefixtures("remote")
def test_refused_nothing_goes_and_the_next_press_asks_again(fake: FakeEndpoint) -> None:
    doc = from_example()
    use(fake)
    tab = Tab(doc, "draft").press("draft-all").press("send-refuse")
    assert not tab.has_button("send-agree")
    assert fake.chats == []
    assert tab.press("draft-all").has_button("send-agree")


@pytest.mark.usefixtures("remote")
def test_agreed_once_for_host_model_and_what_goes(fake: FakeEndpoint) -> None:
    doc = from_example()
    use(fake)
    drafted(Tab(doc, "draft").press("draft-all").press("send-agree"))
    count = len(fake.chats)
    tab = drafted(Tab(doc, "draft").press("redraft-all"))
    assert len(fake.chats) > count
    assert not tab.has_button("send-agree")
    # Another model, or values besides names, is another question.
    use(fake, "fake-large")
    assert Tab(doc, "draft").press("redraft-all").has_button("send-agree")
    use(fake)
    the_desk().engines.use_send_values(SendValues.ALWAYS)
    asked = Tab(doc, "draft").press("redraft-all")
    assert asked.has_button("send-agree")
    assert "数值" in asked.words
    the_desk().engines.use_send_values(SendValues.LOCAL)
    # Taken back in 设置.
    settings = Tab(page="settings").press("withdraw-0")
    assert "还没有确认过" in settings.words
    assert Tab(doc, "draft").press("redraft-all").has_button("send-agree")


@pytest.mark.usefixtures("remote")
def test_a_mark_of_secrecy_is_told_and_not_asked_about(fake: FakeEndpoint) -> None:
    doc = from_example()
    use(fake)
    report = the_desk().report(doc)
    fact = report.sheet.fact("入伍人数")
    the_desk().store.put_facts(doc, {"入伍人数": replace(fact, note="摘自机密★10年通报")}, "")
    tab = Tab(doc, "draft").press("draft-all")
    assert "密级标志" in tab.told
    assert "入伍人数" in tab.told
    assert not tab.has_button("send-agree")
    assert fake.chats == []
    # Nor is a file made of it.
    the_desk().engines.use_embedded()
    drafted(Tab(doc, "draft").press("draft-all"))
    assert "没有导出" in Tab(doc, "export").told


def test_an_endpoint_on_this_machine_is_not_asked_about(fake: FakeEndpoint) -> None:
    doc = from_example()
    use(fake)
    tab = drafted(Tab(doc, "draft").press("draft-all"))
    assert fake.chats
    assert not tab.has_button("send-agree")


def test_the_log_in_settings_names_facts_and_holds_no_text(fake: FakeEndpoint) -> None:
    doc = from_example()
    use(fake)
    drafted(Tab(doc, "draft").press("pick-conscription").press("redraw"))
    tab = Tab(page="settings")
    table = tab.app.dataframe[0].value
    assert list(table["主机"]) == [f"127.0.0.1:{fake.port}"] * len(table)
    assert "入伍人数" in table["涉及的事实"][0]
    assert int(table["发出词元"][0].replace(",", "")) > 0
    assert set(table["其中缓存"]) == {"—"}, "what the service does not tell is no None"
    sent = "".join(turn["content"] for turn in fake.chats[0].messages)
    told = "".join(str(cell) for cell in table.to_numpy().ravel())
    assert the_desk().report(doc).section("conscription").text not in told  # type: ignore[union-attr]
    assert not any(line and line in told for line in sent.splitlines() if len(line) > 12)
    assert "还没有调用过" in tab.press("calls-clear").words


def test_presets_fill_the_fields_in() -> None:
    tab = Tab(page="settings")
    assert tab.app.selectbox(key="set-dialect").options == [known.name for known in dialects()]
    assert not any(field.key == "set-url" for field in tab.app.text_input)
    for known in dialects():
        tab.app.selectbox(key="set-dialect").set_value(known.key).run()
        tab.sound()
        if known.embedded:
            continue
        assert tab.app.text_input(key="set-url").value == known.base_url
        assert f"{known.context_length:,}" in tab.words


def test_a_mark_on_a_fact_keeps_it_here(fake: FakeEndpoint) -> None:
    doc = from_example()
    desk = the_desk()
    fact = desk.report(doc).sheet.fact("入伍人数")
    desk.set_fact(doc, "入伍人数", {"value": 4711, "private": True})
    # What a form or a file says of the fact later does not take the mark off.
    desk.set_fact(doc, "入伍人数", 4712)
    assert desk.report(doc).sheet.private("入伍人数")
    desk.load_sheet(doc, desk.sheet_text(desk.report(doc)).replace("private: true", ""))
    assert desk.report(doc).sheet.fact("入伍人数") == Fact(4712, last_year=None, private=True)
    use(fake)
    drafted(Tab(doc, "draft").press("draft-all"))
    assert fake.chats
    assert not any("4712" in turn["content"] for request in fake.chats for turn in request.messages)
    assert fact.value != 4712


def test_drafting_all_goes_on_with_what_was_cut_off_and_keeps_what_had_come() -> None:
    doc, desk, key = from_example(), the_desk(), "conscription"
    begun = "严格落实征兵工作责任，层层压实任务，完成"
    others = [section for section in desk.report(doc).written if section.key != key]
    for section in others:
        desk.edit(doc, section.key, "写好了。", section.revision)
    desk.store.save_draft(doc, key, begun, base_revision=0, complete=False)
    with FakeEndpoint(Reply("{{入伍人数}}新兵征集任务。")) as fake:
        use(fake)
        tab = Tab(doc, "draft")
        assert "从断开处接着写" in tab.app.button(key="draft-all").help
        drafted(tab.press("draft-all"))
        assert len(fake.chats) == 1
    after = desk.report(doc).section(key)
    assert after
    assert (after.text, after.state) == (begun + "{{入伍人数}}新兵征集任务。", SectionState.DRAFTED)
    step = desk.text_ways(doc).undo
    assert step
    desk.undo_text(doc, step.number)
    assert desk.report(doc).section(key).text == begun  # type: ignore[union-attr]


def test_writing_all_anew_begins_from_the_beginning() -> None:
    doc, desk, key = from_example(), the_desk(), "conscription"
    desk.store.save_draft(doc, key, "断在半路，", base_revision=0, complete=False)
    with FakeEndpoint(Reply("全年完成。")) as fake:
        use(fake)
        desk.draft_all(doc, again=True)
        drafted(Tab(doc, "draft"))
    assert desk.report(doc).section(key).text == "全年完成。"  # type: ignore[union-attr]


def test_a_text_that_was_cut_off_is_gone_on_with() -> None:
    doc = from_example()
    desk = the_desk()
    begun = "严格落实征兵工作责任，层层压实任务，完成"
    key = "conscription"
    section = desk.report(doc).section(key)
    assert section
    desk.store.save_draft(doc, key, begun, base_revision=section.revision, complete=False)
    assert desk.report(doc).section(key).state is SectionState.INTERRUPTED  # type: ignore[union-attr]
    with FakeEndpoint(Reply("{{入伍人数}}新兵征集任务。")) as fake:
        use(fake)
        tab = Tab(doc, "draft").press(f"pick-{key}")
        assert "已中断" in tab.words
        drafted(tab.press("go-on"))
        assert fake.chats[0].messages[-2] == {"role": "assistant", "content": begun}
    after = desk.report(doc).section(key)
    assert after
    assert after.text == begun + "{{入伍人数}}新兵征集任务。"
    assert after.state is SectionState.DRAFTED


def test_the_engine_that_is_built_in_writes_it_anew_and_says_so() -> None:
    doc = from_example()
    desk = the_desk()
    section = desk.report(doc).section("conscription")
    assert section
    desk.store.save_draft(doc, section.key, "半句", base_revision=section.revision, complete=False)
    tab = drafted(Tab(doc, "draft").press("pick-conscription").press("go-on"))
    assert not desk.report(doc).section("conscription").text.startswith("半句")  # type: ignore[union-attr]
    assert "重新起草" in tab.words
    assert any(version.text == "半句" for version in desk.versions(doc, "conscription"))


def _details(doc: str, label: str) -> None:
    from assistant.ui.form_details import _body
    from assistant.ui.session import desk

    report = desk().report(doc)
    _body(report, report.sheet.schema.by_label[label])


def test_the_mark_is_ticked_behind_a_fact() -> None:
    doc = from_example()
    page = AppTest.from_function(_details, kwargs={"doc": doc, "label": "入伍人数"}, default_timeout=20).run()
    (box,) = page.checkbox
    assert (box.label, box.value) == ("不外发", False)
    box.set_value(True).run()
    assert the_desk().report(doc).sheet.fact("入伍人数").private
    assert the_desk().report(doc).sheet.value("入伍人数") is not None
    page.checkbox[0].set_value(False).run()
    assert not the_desk().report(doc).sheet.fact("入伍人数").private
    # What the report type keeps here nobody lets out.
    fixed = AppTest.from_function(_details, kwargs={"doc": doc, "label": "述职人"}, default_timeout=20).run()
    assert fixed.checkbox[0].value
    assert fixed.checkbox[0].disabled
