"""A model service that fails in every way, settings that make no sense, a database that cannot be opened."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from app_kit import Tab, drafted, from_example, the_desk
from sqlalchemy import Engine, event

from assistant.drafting.settings import EndpointSettings
from tests.fakes.endpoint import FakeEndpoint, Reply

KEY = "sk-secret-of-the-office"
HTML = "<html><head><title>登录</title></head><body>请先登录</body></html>"


@contextmanager
def full(engine: Engine) -> Iterator[None]:
    """A disk without room: SQLite may take no page more than it has."""

    def limit(raw: Any, *_: Any) -> None:
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count={pages if inside else 2**30}")

    inside = True
    event.listen(engine, "checkout", limit)
    yield
    inside = False


def use(fake: FakeEndpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIGAO_BASE_URL", fake.base_url)
    monkeypatch.setenv("NIGAO_MODEL", "fake")
    monkeypatch.setenv("NIGAO_API_KEY", KEY)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(status=401, message=f"Incorrect API key: {KEY}"), "不认可这个密钥（401）"),
        (Reply(status=404), "没有这个地址或模型 fake（404）"),
        (Reply(status=429, headers={"retry-after": "0"}), "请求太多或额度用完（429）"),
        (Reply(status=500, headers={"retry-after": "0"}), "内部出错（500）"),
        (Reply(body=HTML, content_type="text/html"), "不是模型接口的格式"),
        (Reply(reasoning=["先想一想。"] * 5), "没有写成"),
        (Reply(""), "没有写成"),
    ],
    ids=["401", "404", "429", "500", "html", "only-thinking", "nothing"],
)
def test_failure_is_told_on_the_paper(reply: Reply, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeEndpoint(reply) as fake:
        use(fake, monkeypatch)
        tab = drafted(Tab(from_example(), "draft").press("pick-opening").press("redraw"))
        assert said in tab.told
        assert "<html" not in tab.markup
        assert KEY not in tab.words
        assert not tab.report.section("opening").text, "a failure is never replaced by phrases"  # type: ignore
        assert tab.press("dismiss-opening").told == ""


def test_one_reason_for_all_is_told_once_and_all_are_tried_again_with_one_press(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = [Reply(status=401)]
    with FakeEndpoint(lambda _: answers[-1]) as fake:
        use(fake, monkeypatch)
        tab = drafted(Tab(from_example(), "draft").press("draft-all"))
        assert tab.told.count("不认可这个密钥") == 1
        assert f"{len(tab.report.written)} 节没有写成" in tab.told
        answers.append(Reply("按照年度部署，各项工作有序推进。"))
        tab = drafted(tab.press("again-all-0"))
        assert tab.told == ""
        assert all(section.text for section in tab.report.written)


def test_a_reason_told_for_all_goes_away_with_one_press(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeEndpoint(Reply(status=401)) as fake:
        use(fake, monkeypatch)
        tab = drafted(Tab(from_example(), "draft").press("draft-all"))
        assert tab.press("dismiss-all-0").told == ""


def test_answer_that_breaks_off_is_kept_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeEndpoint(Reply("全年坚持党管武装，征兵工作扎实推进", ending="abort")) as fake:
        use(fake, monkeypatch)
        tab = drafted(Tab(from_example(), "draft").press("pick-opening").press("redraw"))
        assert "没有写成" in tab.told
        assert "已来的部分留在这一节里" in tab.told
        assert "征兵工作扎实推进" in tab.report.section("opening").text  # type: ignore[union-attr]
        assert "征兵工作扎实推进" in Tab(tab.doc, "draft").words


def test_a_failure_says_that_the_old_text_is_as_it_was() -> None:
    doc = from_example()
    drafted(Tab(doc, "draft").press("起草全部章节"))
    before = the_desk().report(doc).section("conscription").text  # type: ignore[union-attr]
    for reply, told in (
        (Reply(status=401), "原来的文字没有动。"),
        (Reply("征兵工作扎实推进。再", ending="abort"), "已来的部分作为新稿放在旁边，原来的文字没有动。"),
    ):
        with FakeEndpoint(reply) as fake:
            the_desk().engines.use_endpoint(EndpointSettings(base_url=fake.base_url, model="fake", max_retries=0))
            tab = drafted(Tab(doc, "draft").press("pick-conscription").press("redraw"))
            assert told in tab.told
            assert "留在这一节里" not in tab.told
            tab.press("dismiss-conscription")
    assert the_desk().report(doc).section("conscription").text == before  # type: ignore[union-attr]


def test_a_full_disk_is_told_and_what_was_typed_stays() -> None:
    tab = drafted(Tab(from_example(), "draft").press("起草全部章节"))
    typed = "全年训练有序。" * 9_000
    with full(the_desk().store.database.engine):
        tab.edit("conscription", typed)
        assert "磁盘已满" in tab.told
        assert "请清理磁盘后再试一次" in tab.told
        assert tab.editor.value == typed
        assert tab.press("edit-done").editor.value == typed, "nor does the box close on it"
        assert tab.report.section("conscription").text not in ("", typed)  # type: ignore[union-attr]
    tab.press("edit-done")
    assert tab.report.section("conscription").text == typed  # type: ignore[union-attr]


def test_a_draft_on_a_full_disk_is_told_and_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeEndpoint(Reply("按照年度部署，各项工作有序推进。" * 2_000)) as fake:
        use(fake, monkeypatch)
        tab = Tab(from_example(), "draft").press("pick-opening")
        with full(the_desk().store.database.engine):
            drafted(tab.press("redraw"))
            assert "磁盘已满" in tab.told
        drafted(tab.press("again-opening"))
        assert "各项工作有序推进" in tab.report.section("opening").text  # type: ignore[union-attr]


def test_a_draft_on_a_full_disk_is_stored_later_and_not_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    written = "按照年度部署，各项工作有序推进。" * 2_000
    with FakeEndpoint(Reply(written)) as fake:
        use(fake, monkeypatch)
        tab = Tab(from_example(), "draft").press("pick-opening")
        with full(the_desk().store.database.engine):
            drafted(tab.press("redraw"))
            assert "磁盘已满" in tab.told
            assert "没有丢" in tab.told
            assert "已来的部分" not in tab.told
            assert any(found.value.startswith("按照年度部署") for found in tab.app.text), "it can be read and copied"
            tab.press("keep-opening")
            assert tab.has_button("keep-opening"), "there is no room yet"
        asked = len(fake.chats)
        tab.press("keep-opening")
        assert tab.report.section("opening").text.startswith("按照年度部署")  # type: ignore[union-attr]
        assert "磁盘已满" not in tab.again().told
        assert len(fake.chats) == asked, "nobody pays for it twice"


def test_again_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeEndpoint([Reply(status=401), Reply("按照年度部署，各项工作有序推进。")]) as fake:
        use(fake, monkeypatch)
        tab = drafted(Tab(from_example(), "draft").press("pick-opening").press("redraw"))
        drafted(tab.press("again-opening"))
        assert tab.told == ""
        assert "各项工作有序推进" in tab.report.section("opening").text  # type: ignore[union-attr]


def test_service_that_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeEndpoint() as fake:
        use(fake, monkeypatch)
    tab = drafted(Tab(from_example(), "draft").press("pick-opening").press("redraw"))
    assert "没有服务在运行" in tab.told


def test_one_failing_section_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeEndpoint([Reply(status=401), Reply("各项工作有序推进。")]) as fake:
        use(fake, monkeypatch)
        tab = drafted(Tab(from_example(), "draft").press("起草全部章节"))
        assert len(tab.app.error) == 1
        assert sum(not section.text for section in tab.report.written) == 1


def test_engine_is_named_on_every_page(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeEndpoint() as fake:
        use(fake, monkeypatch)
        assert "fake · 数据不出本机" in Tab(from_example(), "draft").words


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("NIGAO_BASE_URL", "127.0.0.1:11434", "NIGAO_"),
        ("NIGAO_BASE_URL", "http://127.0.0.1:11434/v1", "NIGAO_MODEL"),
        ("NIGAO_SEND_VALUES", "maybe", "NIGAO_SEND_VALUES"),
        ("NIGAO_DATABASE_URL", "nonsense", "NIGAO_DATABASE_URL"),
        ("NIGAO_DATABASE_URL", "sqlite:////proc/no/such/folder/nigao.db", "数据"),
    ],
)
def test_setting_that_makes_no_sense_is_told_on_every_page(
    name: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    tab = Tab()
    assert said in tab.told
    assert not tab.app.button


def test_broken_secrets_file_is_told_without_its_text(tmp_path: Path) -> None:
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text(f'NIGAO_API_KEY = "{KEY}\n', encoding="utf-8")
    tab = Tab()
    assert "secrets.toml" in tab.told
    assert KEY not in tab.told


def test_setting_put_right_works_without_a_restart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIGAO_SEND_VALUES", "maybe")
    tab = Tab()
    assert tab.told
    monkeypatch.setenv("NIGAO_SEND_VALUES", "never")
    assert not tab.again().told


# ---- 设置


def described(tab: Tab, url: str, model: str = "fake", key: str = "") -> Tab:
    tab.app.selectbox(key="set-dialect").set_value("custom").run()
    tab.app.text_input(key="set-url").set_value(url)
    tab.app.text_input(key="set-model").set_value(model)
    tab.app.text_input(key="set-key").set_value(key)
    return tab.again()


def test_endpoint_is_tested_saved_and_used() -> None:
    with FakeEndpoint() as fake:
        tab = described(Tab(page="settings"), fake.base_url, key=KEY).press("set-test")
        assert tab.app.success
        tab.press("set-save")
        assert "fake · 数据不出本机" in tab.words
        doc = from_example()
        drafted(Tab(doc, "draft").press("pick-opening").press("redraw"))
        assert fake.chats[-1].headers["authorization"] == f"Bearer {KEY}"
        assert the_desk().report(doc).section("opening").text  # type: ignore[union-attr]
        tab.press("set-embedded")
        assert "内置范式" in tab.words


def test_key_is_nowhere_on_disk(tmp_path: Path) -> None:
    with FakeEndpoint() as fake:
        described(Tab(page="settings"), fake.base_url, key=KEY).press("set-save")
    assert all(KEY.encode() not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


def test_model_names_come_from_the_endpoint() -> None:
    with FakeEndpoint(models=("qwen-a", "qwen-b")) as fake:
        tab = described(Tab(page="settings"), fake.base_url, model="").press("set-list")
        assert tab.app.selectbox(key="set-model-list").options == ["qwen-a", "qwen-b"]
        tab.app.selectbox(key="set-model-list").set_value("qwen-b").run()
        tab.press("set-save")
        assert the_desk().engines.settings.model == "qwen-b"  # type: ignore[union-attr]


def test_a_list_of_models_that_comes_late_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.ui.beside_page.AT_ONCE", 0.1)
    with FakeEndpoint(models=("qwen-a", "qwen-b"), models_reply=Reply(first_after=2)) as fake:
        tab = described(Tab(page="settings"), fake.base_url, model="").press("set-list")
        assert "正在等服务给出模型名单" in tab.words
        tab.app.text_input(key="set-model").set_value("qwen-c").run()
        tab.press("set-save")
        assert "qwen-c · 数据不出本机" in tab.words, "the page can be used meanwhile"
        until(tab, lambda: [box for box in tab.app.selectbox if box.key == "set-model-list"])
        assert tab.app.selectbox(key="set-model-list").options == ["qwen-a", "qwen-b"]


def test_a_list_of_models_that_never_comes_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.ui.beside_page.AT_ONCE", 0.1)
    with FakeEndpoint(models_reply=Reply(first_after=30)) as fake:
        tab = described(Tab(page="settings"), fake.base_url, model="").press("set-list")
        assert "正在等服务给出模型名单" in tab.words
    until(tab, lambda: tab.app.error)
    assert "连接没有成功" in tab.told
    assert "正在等" not in tab.words


def until(tab: Tab, seen: Callable[[], object]) -> None:
    """Draws the page again, as it does by itself, until something is there."""
    for _ in range(100):
        if seen():
            return
        time.sleep(0.1)
        tab.again()
    raise AssertionError(tab.words)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(status=401, message=f"bad key {KEY}"), "密钥"),
        (Reply(status=404), "404"),
        (Reply(body=HTML, content_type="text/html"), "格式"),
        (Reply(reasoning=["想。"] * 3), ""),
    ],
    ids=["401", "404", "html", "only-thinking"],
)
def test_test_button_says_what_is_wrong(reply: Reply, said: str) -> None:
    with FakeEndpoint(reply) as fake:
        tab = described(Tab(page="settings"), fake.base_url, key=KEY).press("set-test")
    assert tab.app.error
    assert said in tab.told
    assert KEY not in tab.words


def test_what_a_test_found_is_not_said_of_another_address() -> None:
    tab = described(Tab(page="settings"), "http://127.0.0.1:9/v1").press("set-test")
    until(tab, lambda: tab.app.error)
    tab.app.text_input(key="set-url").set_value("http://127.0.0.1:10/v1").run()
    assert not tab.app.error


def test_a_silent_service_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.ui.beside_page.AT_ONCE", 0.1)
    with FakeEndpoint(Reply("", ending="stall")) as fake:
        tab = described(Tab(page="settings"), fake.base_url)
        tab.app.number_input(key="set-wait").set_value(30).run()
        tab.press("set-test")
        assert "正在等 127.0.0.1" in tab.words
        assert "30 秒没有回音就算不通" in tab.words
        tab.press("set-save")
        assert "fake · 数据不出本机" in tab.words, "the page can be used meanwhile"
    until(tab, lambda: tab.app.error)
    assert "断开" in tab.told


def test_a_message_stays_until_it_was_read_or_somebody_presses_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tab = described(Tab(page="settings"), "http://127.0.0.1:9/v1", model="").press("set-save")
    assert "模型名" in tab.told
    # Drawn again by itself, as while text streams.
    assert "模型名" in tab.again().told
    tab.app.text_input(key="set-model").set_value("fake").run()
    assert "模型名" not in tab.press("set-save").told
    tab.app.text_input(key="set-model").set_value("").run()
    tab.press("set-save")
    monkeypatch.setattr("assistant.ui.session._READ", 0.0)
    assert "模型名" in tab.again().told
    assert "模型名" not in tab.again().told


def test_waiting_time_and_temperature_are_remembered() -> None:
    with FakeEndpoint() as fake:
        tab = described(Tab(page="settings"), fake.base_url)
        tab.app.number_input(key="set-wait").set_value(300).run()
        tab.app.selectbox(key="set-temperature").set_value("none").run()
        tab.press("set-save")
        doc = from_example()
        drafted(Tab(doc, "draft").press("pick-opening").press("redraw"))
        assert "temperature" not in fake.chats[-1].body
    settings = the_desk().engines.settings
    assert settings is not None
    assert settings.read_timeout == 300
    again = Tab(page="settings")
    assert again.app.number_input(key="set-wait").value == 300
    assert again.app.selectbox(key="set-temperature").value == "none"


def test_the_field_of_the_key_knows_whose_it_is() -> None:
    with FakeEndpoint() as fake:
        tab = described(Tab(page="settings"), fake.base_url, key=KEY).press("set-save")
        tab.app.text_input(key="set-key").set_value("").run()
        assert tab.app.text_input(key="set-key").placeholder == "已在内存里"
        tab.app.selectbox(key="set-dialect").set_value("deepseek").run()
        assert "已在内存里" not in tab.app.text_input(key="set-key").placeholder


@pytest.mark.parametrize(
    "url",
    ["", "不是网址", "ftp://x", "127.0.0.1:11434", "http://", "http://用户:口令@h/v1", "http://192.168.1.300:8000/v1"],
)
@pytest.mark.parametrize("button", ["set-test", "set-save", "set-list"])
def test_address_that_makes_no_sense(url: str, button: str) -> None:
    tab = described(Tab(page="settings"), url).press(button)
    assert tab.app.error
    assert "内置范式" in tab.words, "nothing was taken over"


def test_no_model_named() -> None:
    tab = described(Tab(page="settings"), "http://127.0.0.1:9/v1", model="").press("set-save")
    assert "模型名" in tab.told
    assert the_desk().engines.settings is None
