"""导出: 版头、附件和版记. Every field is checked and kept when it is left, so that the preview follows at once."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

import streamlit as st

from assistant.checks.finding import Finding
from assistant.errors import NigaoError
from assistant.fittings import Fittings, renamed
from assistant.reports.manuscript import manuscript
from assistant.reports.report import Report
from assistant.slots.render import join
from assistant.ui import session, texts
from assistant.ui.session import action, desk

_URGENCIES = ("", "特急", "加急")
_LINES = ("signers", "attachments", "copies")


def fittings_box(report: Report) -> None:
    """A closed box: most reports are plain."""
    try:
        kept = desk().fittings(report.id)
    except NigaoError:
        # The page has said why.
        st.button("全部清空", key="fit-clear", on_click=_clear, args=(report.id,))
        return
    with st.expander("版头、附件和版记", key="fittings"):
        _head(report, kept)
        _around(report, kept)
        _tables(report, kept)
        if kept != Fittings():
            st.button("全部清空", key="fit-clear", on_click=_clear, args=(report.id,), type="tertiary")


def _head(report: Report, kept: Fittings) -> None:
    left, right = st.columns(2)
    with left:
        _tick(report, kept, "sealed", "加盖印章", "落款处留出盖章的位置，署名和日期按加盖印章的格式排。")
    with right:
        _tick(report, kept, "head", "使用版头", "红头文件才用。一般的述职报告、工作情况报告不用。")
    if kept.head or st.session_state[_name(report, "head")]:
        _text(report, kept, "mark", "发文机关标志", "如：中共清河镇委员会文件")
        left, middle, right = st.columns([2, 1, 1])
        with left:
            _text(report, kept, "number", "发文字号", "如：清党〔2026〕5号")
        with middle:
            _urgency(report, kept)
        with right:
            _text(report, kept, "copy_number", "份号", "不编的不填")
        _area(report, kept, "signers", "签发人（每行一人）", "报上级的文件要写签发人")


def _around(report: Report, kept: Fittings) -> None:
    _area(report, kept, "attachments", "附件（每行一个名称）", "序号由程序编排")
    _enclosures(report, kept)
    _text(report, kept, "note", "附注", "如：联系人：李文书，电话：……")
    _area(report, kept, "copies", "抄送（每行一个机关）", "如：县人武部")
    left, right = st.columns(2)
    with left:
        _text(report, kept, "printer", "印发机关", "如：清河镇党政综合办公室")
    with right:
        key = _key(report, "printed", kept.printed)
        st.date_input(
            "印发日期",
            value=None,
            key=key,
            format="YYYY-MM-DD",
            on_change=_put,
            args=(report.id, "printed", key),
        )
        _fault(key)


def _enclosures(report: Report, kept: Fittings) -> None:
    """What each 附件 holds. One that holds nothing is only named; the rest stand on pages of their own."""
    tables = list(dict.fromkeys(label for _, label in desk().table_facts(report)))
    for number, item in enumerate(kept.attachments):
        which = f"附件{number + 1}" if len(kept.attachments) > 1 else "附件"
        left, right = st.columns([5, 3])
        with left:
            key = _key(report, f"text{number}:{item.title}", item.text)
            st.text_area(
                f"{which}的正文（{texts.as_text(item.title)}）",
                key=key,
                height=82,
                placeholder="不填的，只在附件说明里列出名称，正文另附",
                on_change=_put_enclosure,
                args=(report.id, number, "text", key),
            )
            _fault(key)
        with right:
            key = _key(report, f"table{number}:{item.title}", item.table)
            st.selectbox(
                f"{which}里的表格",
                ["", *tables, *([item.table] if item.table and item.table not in tables else [])],
                format_func=lambda label: label or "不列",
                key=key,
                on_change=_put_enclosure,
                args=(report.id, number, "table", key),
            )
            _fault(key)
    for number, finding in enumerate(desk().enclosed(report)):
        section = report.section(finding.section_key)
        st.html(f'<div class="ng-note tight">{html.escape(finding.message)}</div>')
        if finding.fix is not None and section is not None and not section.locked:
            st.button(
                f"{finding.fix.label}（“{section.title}”一节）", key=f"mention-{number}", type="tertiary",
                on_click=_mention, args=(report.id, finding),
            )  # fmt: skip


@action
def _mention(report_id: str, finding: Finding) -> None:
    desk().apply_fix(report_id, finding)
    session.renew(f"body:{finding.section_key}")


def _put_enclosure(report_id: str, number: int, part: str, key: str) -> None:
    typed = st.session_state[key]

    def changed(kept: Fittings) -> dict[str, Any]:
        items = list(kept.attachments)
        if number >= len(items):
            return {}
        items[number] = items[number].model_copy(update={part: typed})
        return {"attachments": tuple(items)}

    _kept_or_told(report_id, key, changed)


def _tables(report: Report, kept: Fittings) -> None:
    offered = {(section.key, label): f"{section.title}：{label}" for section, label in desk().table_facts(report)}
    if not offered:
        return
    key = _key(report, "tables", [pair for pair in kept.tables if pair in offered])
    # A table that lost its rows meanwhile is offered no more.
    st.session_state[key] = [pair for pair in st.session_state[key] if pair in offered]
    st.multiselect(
        "以表格列出",
        list(offered),
        format_func=lambda pair: offered[pair],
        key=key,
        placeholder="选一项事实，表格排在那一节的后面",
        on_change=_put,
        args=(report.id, "tables", key),
    )
    _fault(key)


# ---- one field


def _name(report: Report, field: str) -> str:
    return f"fit:{report.id}:{field}:{session.generation('fittings')}"


def _key(report: Report, field: str, value: Any) -> str:
    """The widget's key, its value put there when the page was left or never open."""
    key = _name(report, field)
    if key not in st.session_state:
        st.session_state[key] = value
        st.session_state.get("fit-faults", {}).pop(key, None)
    return key


def _tick(report: Report, kept: Fittings, field: str, name: str, told: str) -> None:
    key = _key(report, field, getattr(kept, field))
    st.checkbox(name, key=key, help=told, on_change=_put, args=(report.id, field, key))
    _fault(key)


def _text(report: Report, kept: Fittings, field: str, name: str, example: str) -> None:
    key = _key(report, field, getattr(kept, field))
    st.text_input(
        name,
        key=key,
        placeholder=example,
        on_change=_put,
        args=(report.id, field, key),
    )
    _fault(key)


def _area(report: Report, kept: Fittings, field: str, name: str, example: str) -> None:
    key = _key(report, field, _shown(field, getattr(kept, field)))
    st.text_area(
        name,
        key=key,
        height=82,
        placeholder=example,
        on_change=_put,
        args=(report.id, field, key),
    )
    _fault(key)


def _urgency(report: Report, kept: Fittings) -> None:
    key = _key(report, "urgency", kept.urgency)
    st.selectbox(
        "紧急程度",
        _URGENCIES,
        format_func=lambda word: word or "不标",
        key=key,
        on_change=_put,
        args=(report.id, "urgency", key),
    )


def _fault(key: str) -> None:
    """What is wrong with what was typed: it stays in the field, the file keeps what was there before."""
    if said := st.session_state.get("fit-faults", {}).get(key):
        told = html.escape(f"没有保存：{said}文件里还是原来的。")
        st.html(f'<div class="ng-note tight"><span class="bad">{told}</span></div>')


def _put(report_id: str, field: str, key: str) -> None:
    state = st.session_state
    typed = state[key]

    def changed(kept: Fittings) -> dict[str, Any]:
        change: dict[str, Any] = {field: _read(field, typed, kept)}
        if field == "head" and typed and not kept.mark:
            change["mark"] = _mark(desk().report(report_id))
        if field == "mark":
            # Ticked before there was a mark: the two are kept together.
            head = key.replace(":mark:", ":head:")
            change["head"] = state[head]
            state.get("fit-faults", {}).pop(head, None)
        return change

    if made := _kept_or_told(report_id, key, changed):
        state[key] = _shown(field, getattr(made, field))


def _kept_or_told(report_id: str, key: str, changed: Callable[[Fittings], dict[str, Any]]) -> Fittings | None:
    faults = {name: said for name, said in st.session_state.get("fit-faults", {}).items() if name != key}
    st.session_state["fit-faults"] = faults
    try:
        kept = desk().fittings(report_id)
        return desk().put_fittings(report_id, kept.model_copy(update=changed(kept)))
    except NigaoError as error:
        faults[key] = error.for_user()
        return None


def _read(field: str, typed: Any, kept: Fittings) -> Any:
    if field == "attachments":
        return renamed(kept.attachments, str(typed).split("\n"))
    if field in _LINES:
        return tuple(str(typed).split("\n"))
    return tuple(typed) if field == "tables" else typed


def _shown(field: str, value: Any) -> Any:
    if field == "attachments":
        return "\n".join(item.title for item in value)
    if field in _LINES:
        return "\n".join(value)
    return list(value) if field == "tables" else value


def _mark(report: Report) -> str:
    """A 发文机关标志 to begin with: the 落款单位 and 文件; "" where a person signs."""
    unit = join(manuscript(report).signature).split("\n")[0]
    return f"{unit}文件" if unit and report.shape.voice != "person" else ""


@action
def _clear(report_id: str) -> None:
    desk().clear_fittings(report_id)
    st.session_state.pop("fit-faults", None)
    session.renew("fittings")
