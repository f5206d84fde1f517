"""What leaves the machine: consent is enforced below the page, no withheld value in a message, no text in the log."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from storage_kit import make_store
from test_messages import EXAMPLE, all_messages, contents, report_of, with_texts
from worlds_kit import REPORT, Pair, World, requests_of, worlds

from assistant.cli import main
from assistant.drafting import settings as endpoint_settings
from assistant.drafting.brief import Brief, brief_for
from assistant.drafting.completions import Completions, Message
from assistant.drafting.dialects import dialects
from assistant.drafting.endpoint import EndpointEngine
from assistant.drafting.extraction import FactFinder
from assistant.drafting.leaving import OPEN, Gate
from assistant.drafting.settings import EndpointSettings, Reach, SendValues
from assistant.drafting.withhold import withholder
from assistant.engines import EngineRoom
from assistant.errors import ConsentNeeded, EndpointRejected, SecrecyMarked
from assistant.facts.sheet import Fact
from assistant.repair.engine import RepairingEngine
from assistant.sending import Sending, told_of_sending, withheld
from assistant.storage.store import Store
from tests.fakes.endpoint import FakeEndpoint, Reply

ASK = [Message("user", "写一句话。")]
EXAMPLE_FILE = EXAMPLE["liulin-duty-c"]


@pytest.fixture
def remote(monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine counts as elsewhere."""
    monkeypatch.setattr(endpoint_settings, "reach_of", lambda _: Reach.REMOTE)


@pytest.fixture
def fake() -> Iterator[FakeEndpoint]:
    with FakeEndpoint() as made:
        yield made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with make_store(tmp_path) as made:
        yield made


def at(fake: FakeEndpoint, model: str = "fake") -> EndpointSettings:
    return EndpointSettings(base_url=fake.base_url, model=model, max_retries=0)


def brief() -> Brief:
    kind, report = report_of(EXAMPLE_FILE)
    section = report.section("conscription")
    assert section
    return brief_for(kind, report, section, 1)


def draft(engine: EndpointEngine, what: Brief) -> str:
    async def run() -> str:
        try:
            return (await engine.draft(what, lambda _: None)).text
        finally:
            await engine.aclose()

    return asyncio.run(run())


# ---- consent


@pytest.mark.usefixtures("remote")
def test_without_a_gate_nothing_goes_elsewhere(fake: FakeEndpoint) -> None:
    async def ask() -> None:
        completions = Completions(at(fake))
        try:
            async for _ in completions.stream(ASK, max_tokens=9):
                pass
        finally:
            await completions.aclose()

    with pytest.raises(ConsentNeeded, match="没有发出任何内容") as caught:
        asyncio.run(ask())
    assert (caught.value.host, caught.value.model) == (f"127.0.0.1:{fake.port}", "fake")
    with pytest.raises(ConsentNeeded):
        draft(EndpointEngine(at(fake), SendValues.NEVER), brief())
    with pytest.raises(ConsentNeeded):
        asyncio.run(FactFinder(at(fake), SendValues.ALWAYS).find("征兵18人。", brief().report_type.facts))
    assert fake.requests == []


@pytest.mark.usefixtures("remote")
def test_the_engine_of_the_room_asks_for_consent_and_keeps_it(fake: FakeEndpoint, store: Store) -> None:
    room = EngineRoom({}, store, store)
    room.use_endpoint(at(fake))
    report = brief().report
    with pytest.raises(ConsentNeeded):
        room.clear(report)
    room.agree()
    room.clear(report)
    # Remembered: another start of the program knows it.
    again = EngineRoom({}, store, store)
    again.clear(report)
    assert [(c.host, c.model, c.values) for c in again.sending.consents()] == [(at(fake).host, "fake", False)]
    again.use_send_values(SendValues.ALWAYS)
    with pytest.raises(ConsentNeeded):
        again.clear(report)
    again.agree()
    # Who agreed to values agreed to names.
    again.use_send_values(SendValues.NEVER)
    again.clear(report)
    again.use_endpoint(at(fake, "other"))
    with pytest.raises(ConsentNeeded):
        again.clear(report)
    for consent in again.sending.consents():
        again.sending.withdraw(consent)
    again.use_endpoint(at(fake))
    with pytest.raises(ConsentNeeded):
        again.clear(report)


@pytest.mark.usefixtures("remote")
def test_whoever_set_the_program_up_may_agree_for_all(fake: FakeEndpoint, store: Store) -> None:
    host = at(fake).host
    env = {
        "NIGAO_BASE_URL": fake.base_url,
        "NIGAO_MODEL": "fake",
        "NIGAO_SEND_CONFIRMED": f"other.example, {host.upper()}",
    }
    EngineRoom(env, store).clear(brief().report)
    env["NIGAO_SEND_CONFIRMED"] = "127.0.0.1"
    with pytest.raises(ConsentNeeded):
        EngineRoom(env, store).clear(brief().report)


@pytest.mark.parametrize("address", ["127.0.0.1:1", "192.168.3.4", "[fd12::1]:8000", "gpu.local"])
def test_near_endpoints_need_no_consent(address: str, store: Store) -> None:
    room = EngineRoom({}, store)
    room.use_endpoint(EndpointSettings(base_url=f"http://{address}/v1", model="m"))
    room.clear(brief().report)


@pytest.mark.parametrize("known", [k for k in dialects() if k.base_url and not k.on_this_machine], ids=lambda k: k.key)
def test_every_public_preset_needs_consent(known: object, store: Store) -> None:
    room = EngineRoom({}, store)
    room.use_endpoint(EndpointSettings(base_url=known.base_url, model="m", dialect_key=known.key))  # type: ignore[attr-defined]
    with pytest.raises(ConsentNeeded):
        room.clear(brief().report)


def test_a_redirect_is_not_followed() -> None:
    with (
        FakeEndpoint() as elsewhere,
        FakeEndpoint(Reply(status=307, headers={"Location": f"{elsewhere.base_url}/chat/completions"})) as fake,
    ):
        with pytest.raises(EndpointRejected, match="转到别的地址"):
            draft(EndpointEngine(at(fake), SendValues.NEVER), brief())
        assert elsewhere.requests == []


# ---- 密级


@pytest.mark.usefixtures("remote")
def test_a_mark_stops_every_way_out(fake: FakeEndpoint) -> None:
    plain = brief()
    sheet = plain.report.sheet.with_fact("专武干部", Fact(2, note="机密★10年"))
    secret = replace(plain, report=replace(plain.report, sheet=sheet))
    with pytest.raises(SecrecyMarked, match="专武干部"):
        draft(EndpointEngine(at(fake), SendValues.NEVER, OPEN), secret)
    with pytest.raises(SecrecyMarked, match="要发出的文字"):
        draft(EndpointEngine(at(fake), SendValues.NEVER, OPEN), replace(plain, instruction="照绝密★件写"))
    # A mark at the end of a long text stops its first part as well.
    text = "征兵工作平稳有序。\n" * 400 + "秘密★"
    with pytest.raises(SecrecyMarked):
        asyncio.run(FactFinder(at(fake), SendValues.ALWAYS, OPEN).find(text, plain.report_type.facts))
    assert fake.requests == []


def test_a_mark_stops_nothing_on_this_machine(fake: FakeEndpoint) -> None:
    plain = brief()
    sheet = plain.report.sheet.with_fact("专武干部", Fact(2, note="机密★10年"))
    assert draft(EndpointEngine(at(fake), SendValues.NEVER), replace(plain, report=replace(plain.report, sheet=sheet)))


# ---- what is withheld


@settings(max_examples=15, deadline=None)
@given(pair=worlds())
def test_withheld_values_change_no_byte_of_any_request(pair: Pair) -> None:
    """Two worlds that differ in what stays here alone, also where a person typed it, send the very same requests.

    Every kind of call: a draft, one gone on with, its repair, chosen sentences, the conversation, headings.
    """
    first, second = (requests_of(world, pair.send_values) for world in pair.worlds)
    assert first == second
    assert len(first) >= 7


@pytest.mark.parametrize("longer", ["100", "12.5", "0.00", "一百二十"])
def test_how_long_a_withheld_number_is_decides_nothing(longer: str) -> None:
    """{{入伍1人}} is so near to 入伍人数 that it is mended; what is sent back must not show that."""
    worlds = [World(REPORT.sheet, f"写到{{{{入伍{number}人}}}}时。") for number in ("1", longer)]
    first, second = (requests_of(world, send_values=False) for world in worlds)
    assert first == second


@pytest.mark.parametrize("typed", ["沈国安", "沈 国安", "沈　国　安", "沈国安同志"])
@pytest.mark.parametrize("send_values", [True, False])
def test_a_name_is_withheld_however_it_is_spaced(typed: str, send_values: bool) -> None:
    kind, report = report_of(EXAMPLE_FILE)
    text = "\n".join(
        contents(m) for m in all_messages(kind, with_texts(report, f"{typed}带队。"), send_values, instruction=typed)
    )
    assert "国安" not in text.replace(" ", "")
    assert "国　安" not in text


def test_a_name_in_a_shorter_form_is_withheld_and_comes_back_as_it_was() -> None:
    _, report = report_of(EXAMPLE_FILE)
    hidden = withholder(report.sheet, send_values=False)
    typed = "临江区柳林街道的沈书记到柳林现场办公，临江区里表扬。柳林先行。"
    sent = hidden.clean(typed)
    for name in ("临江", "柳林", "沈"):
        assert name not in sent
    assert hidden.back(sent) == hidden.back(hidden.clean(typed)), "the same mark for the same name"
    assert hidden.back("〔名9〕") == "〔名9〕"
    short = "沈书记到柳林现场办公。"
    assert hidden.back(hidden.clean(short)) == short
    assert hidden.told(short) == "〔名称〕到〔名称〕现场办公。"


@pytest.mark.parametrize(
    ("label", "value", "typed"),
    [
        ("上级党委政府", "市委市政府", "突出市委部署，落实县委、镇党委要求。"),
        ("上级党委政府", "街道党工委、街道办事处", "突出街道特色，走进社区。"),
        ("上级军事机关", "县人民武装部", "全县人民武装意识增强，省军区表扬。"),
        ("专项任务名称", "农村道路清障", "突出农村民兵。"),
        ("专项任务名称", "安全生产镇域大排查", "安全生产部分短点。"),
        ("单位简称", "建设街道", "民兵建设写详细点，加强阵地建设。"),
        ("单位简称", "解放街道", "中国人民解放军优良传统要写，进一步解放思想。"),
        ("单位简称", "红旗街道", "争创红旗单位。"),
        ("单位简称", "平安镇", "写写平安建设。"),
        ("单位全称", "社区工作委员会", "走进社区。"),
        ("单位全称", "中共临江区委", "面临江河险情。"),
        ("述职人", "任国强", "书记兼任第一书记，历任书记重视，任书记期间。"),
    ],
)
def test_an_everyday_word_is_no_shorter_form_of_a_name(label: str, value: str, typed: str) -> None:
    sheet = report_of(EXAMPLE_FILE)[1].sheet.with_fact(label, Fact(value))
    assert withholder(sheet, send_values=False).clean(typed) == typed


@pytest.mark.parametrize(
    ("label", "value", "shorter"),
    [
        ("上级军事机关", "青浦军分区", "青浦"),
        ("上级军事机关", "青浦人武部", "青浦"),
        ("上级党委政府", "中共郑州市金水区委和金水区人民政府", "金水区"),
        ("上级党委政府", "青浦区人民政府白杨镇", "白杨镇"),
        ("单位全称", "青浦经济技术开发区工作委员会", "青浦"),
        ("单位全称", "青浦办事处", "青浦"),
        ("单位简称", "解放街道办事处", "解放街道"),
        ("述职人", "章建平同志", "章建平"),
        ("述职人", "章建平（党委书记）", "章建平"),
        ("述职人", "党工委书记章建平", "章副书记"),
        ("述职人", "章建平同志", "章书记"),
        ("述职人", "欧阳锋", "欧阳书记"),
        ("先进典型", ({"姓名": "章建平"},), "章连长"),
    ],
)
def test_a_name_is_known_in_its_shorter_forms(label: str, value: object, shorter: str) -> None:
    sheet = report_of(EXAMPLE_FILE)[1].sheet.with_fact(label, Fact(value))  # type: ignore[arg-type]
    hidden = withholder(sheet, send_values=False)
    typed = f"写上{shorter}现场办公。"
    assert hidden.clean(typed) == "写上〔名1〕现场办公。"
    assert hidden.back("写上〔名1〕现场办公。") == typed


def test_a_number_that_was_hidden_comes_back_as_its_slot() -> None:
    """What a model copies of an instruction is what the person wrote, and code knows which fact that is."""
    what = replace(brief(), instruction="突出入伍18人")

    async def run(engine: RepairingEngine) -> str:
        try:
            return (await engine.draft(what, lambda _: None)).text
        finally:
            await engine.aclose()

    with FakeEndpoint(Reply("全年入伍〔数1〕，任务圆满完成。")) as fake:
        written = asyncio.run(run(RepairingEngine(EndpointEngine(at(fake), SendValues.NEVER))))
    assert written == "全年入伍{{入伍人数}}，任务圆满完成。"
    assert all("18" not in message["content"] for request in fake.chats for message in request.messages)


def test_what_is_worked_out_of_a_private_fact_stays_too() -> None:
    kind, report = report_of(EXAMPLE_FILE)
    derived = next(
        d for d in report.sheet.schema.derived if "入伍人数" in d.expr and report.sheet.value(d.label) is not None
    )
    told = "\n".join(contents(m) for m in all_messages(kind, report, True))
    fact = report.sheet.fact("入伍人数")
    marked = replace(report, sheet=report.sheet.with_fact("入伍人数", replace(fact, private=True)))
    assert {"入伍人数", derived.label} <= set(withheld(marked))
    after = "\n".join(contents(m) for m in all_messages(kind, marked, True))
    for label in ("入伍人数", derived.label):
        assert re.search(rf"(?<![\w]){label}：[^；\n]*〔值：", told)
        assert not re.search(rf"(?<![\w]){label}：[^；\n]*〔值：", after)
    assert re.search(r"大学生入伍：[^；\n]*〔值：", after)


# ---- the log


def test_a_call_is_logged_without_its_text(fake: FakeEndpoint, store: Store) -> None:
    room = EngineRoom({}, store, store)
    room.use_endpoint(at(fake))
    what = brief()
    written = draft(EndpointEngine(at(fake), SendValues.LOCAL, room.gate()), what)
    assert written
    (call,) = room.sending.calls()
    assert (call.host, call.model, call.purpose, call.outcome) == (at(fake).host, "fake", "起草", "")
    assert call.with_values
    assert "入伍人数" in call.facts
    assert call.prompt_tokens
    stored = "".join(str(value) for value in vars(call).values())
    sent = [line for turn in fake.chats[0].messages for line in turn["content"].splitlines() if len(line) > 12]
    assert sent
    assert not [line for line in [*sent, written] if line in stored]
    room.sending.clear_calls()
    assert room.sending.calls() == []


def test_a_failed_call_is_logged_as_such(store: Store) -> None:
    sending = Sending(store, store)
    with FakeEndpoint(Reply(status=401)) as fake:
        gate = sending.gate(at(fake), SendValues.NEVER)
        with pytest.raises(EndpointRejected):
            draft(EndpointEngine(at(fake), SendValues.NEVER, gate), brief())
    (call,) = sending.calls()
    assert (call.outcome, call.with_values, call.prompt_tokens) == ("被拒绝", False, None)


def test_the_log_keeps_to_its_size(store: Store, monkeypatch: pytest.MonkeyPatch, fake: FakeEndpoint) -> None:
    monkeypatch.setattr("assistant.storage.calls.KEEP", 3)
    sending = Sending(store, store)
    for number in range(5):
        draft(
            EndpointEngine(
                at(fake, f"m{number}"), SendValues.NEVER, sending.gate(at(fake, f"m{number}"), SendValues.NEVER)
            ),
            brief(),
        )
    assert [call.model for call in sending.calls()] == ["m4", "m3", "m2"]


def test_a_gate_that_was_refused_logs_nothing(monkeypatch: pytest.MonkeyPatch, fake: FakeEndpoint) -> None:
    monkeypatch.setattr(endpoint_settings, "reach_of", lambda _: Reach.REMOTE)
    noted: list[object] = []
    with pytest.raises(ConsentNeeded):
        draft(EndpointEngine(at(fake), SendValues.NEVER, Gate(note=noted.append)), brief())
    assert noted == []


# ---- commands


@pytest.mark.usefixtures("remote")
def test_a_command_sends_only_when_told_to(
    fake: FakeEndpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NIGAO_BASE_URL", fake.base_url)
    monkeypatch.setenv("NIGAO_MODEL", "fake")
    monkeypatch.delenv("NIGAO_SEND_CONFIRMED", raising=False)
    out = tmp_path / "a.docx"
    ask = ["draft", str(EXAMPLE_FILE), "-o", str(out), "--engine", "endpoint", "--section", "conscription"]
    assert main(ask) == 2
    assert "--yes-send" in capsys.readouterr().err
    assert fake.requests == []
    assert not out.exists()
    main([*ask, "--yes-send"])
    said = capsys.readouterr().err
    assert f"127.0.0.1:{fake.port}" in said
    assert "数值、人名、地名不发" in said
    assert fake.chats
    count = len(fake.chats)
    monkeypatch.setenv("NIGAO_SEND_CONFIRMED", f"127.0.0.1:{fake.port}")
    main(ask)
    assert len(fake.chats) > count


def test_a_marked_sheet_is_told_before_it_is_drafted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("NIGAO_BASE_URL", raising=False)
    sheet = tmp_path / "s.yaml"
    text = EXAMPLE_FILE.read_text(encoding="utf-8")
    sheet.write_text(text.replace("  专武干部:", "  专项任务名称: 机密★任务\n  专武干部:", 1), encoding="utf-8")
    assert main(["draft", str(sheet), "-o", str(tmp_path / "a.docx")]) == 2
    assert "专项任务名称" in capsys.readouterr().err
    assert not (tmp_path / "a.docx").exists()


def test_what_a_console_is_told() -> None:
    far = EndpointSettings(base_url="https://api.deepseek.com/v1", model="m")
    assert "api.deepseek.com" in told_of_sending(far, SendValues.ALWAYS)
    assert "数值不发" not in told_of_sending(far, SendValues.ALWAYS)
    assert told_of_sending(EndpointSettings(base_url="http://127.0.0.1/v1", model="m"), SendValues.ALWAYS) == ""
