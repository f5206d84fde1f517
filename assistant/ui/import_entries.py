"""Over the form of 事实: the ways in for what a person has already, and what still waits to be gone through."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from assistant.errors import InputError
from assistant.exporting import file_stem
from assistant.facts.fields import FactField
from assistant.pending import Pending
from assistant.reports.report import Report
from assistant.ui.form_regions import FormPage, region
from assistant.ui.form_tools import choose_group
from assistant.ui.handing import EXCEL, download
from assistant.ui.import_ledger import columns_of
from assistant.ui.import_review import ask_model, review
from assistant.ui.session import action, desk, end_page, generation, renew

# Streamlit itself would refuse .docm, .xls, .et and .ods; our own readers say why, and what to do.
_DOCUMENTS = ["docx", "txt", "pdf", "doc", "wps", "rtf", "odt", "md", "docm"]
_TABLES = ["xlsx", "xlsm", "csv", "tsv", "yaml", "yml", "xltx", "xltm", "xls", "xlsb", "et", "ods"]


@action
def _read(report_id: str, key: str) -> None:
    given = st.session_state.get(key)
    files = given if isinstance(given, list) else [given] if given else []
    if not files:
        raise InputError("还没有选文件。", "请先选文件。")
    made = desk().begin(report_id, [(file.name, file.getvalue()) for file in files])
    _begun(made)


@action
def _read_pasted(report_id: str, key: str) -> None:
    _begun([desk().begin_text(report_id, st.session_state.get(key) or "")])


def _begun(made: Sequence[str]) -> None:
    """Opens the first; a model reads the texts too where it may."""
    renew("import")
    _open(made[0])
    room = desk().engines
    # What leaves the machine or the network is asked for by a press of its own.
    if room.settings is not None and room.settings.is_local and room.send_values.allows(room.settings):
        for import_id in made:
            ask_model(import_id)


def _open(import_id: str) -> None:
    st.session_state["find"] = import_id
    st.session_state.pop("find-kinds", None)


@action
def _drop(import_id: str) -> None:
    desk().drop_import(import_id)


def import_entries(report: Report) -> None:
    """The row of entries; while a file is gone through, its finds, and the page ends with them."""
    pendings = desk().pendings(report)
    opened = _opened(pendings)
    if opened is not None:
        st.query_params["find"] = opened.id
        if opened.extraction is None:
            columns_of(report, opened)
        else:
            review(report, opened)
        end_page()
    st.query_params.pop("find", None)
    with st.container(key="import-entries", horizontal=True, vertical_alignment="center", gap="small"):
        _entries(report)
        region("still-open", _still_open, _say_still_open)
    for pending in pendings:
        _waiting(report, pending)


def _opened(pendings: Sequence[Pending]) -> Pending | None:
    """The file in hand: this tab's, or after a reload the address's."""
    wanted = st.session_state.get("find", st.query_params.get("find"))
    found = next((pending for pending in pendings if pending.id == wanted), None)
    if found is not None:
        st.session_state["find"] = found.id
    return found


def _entries(report: Report) -> None:
    for key, name, icon, drawn in (
        ("text", "从旧稿或通知中找", "find_in_page", _texts),
        ("table", "从 Excel 台账或表格读", "table_view", _tables),
        ("paste", "粘贴文字", "content_paste", _paste),
    ):
        box = st.popover(name, icon=f":material/{icon}:", key=f"entry-{key}-open", on_change="rerun")
        given = f"import-{key}:{generation('import')}"
        # Uploaders are dear in the browser: without those in closed boxes opening the page is a fifth less work for it
        # (measured: 256 to 210 ms of its main thread). What was chosen or typed stays when the box is closed.
        if box.open or st.session_state.get(given):
            with box:
                drawn(report, given)


def _texts(report: Report, key: str) -> None:
    st.markdown("去年的报告、通知、村里发来的文字：找出能填的事实，逐项核对后才填入。")
    st.file_uploader("旧稿或通知", type=_DOCUMENTS, key=key, accept_multiple_files=True)
    st.button("开始找", key="read-text", type="primary", on_click=_read, args=(report.id, key),
              disabled=not st.session_state.get(key))  # fmt: skip


def _tables(report: Report, key: str) -> None:
    st.markdown("自己的台账（xlsx、csv），或按下面空表填好的文件；几个村的表可以一起选，自动汇总。")
    st.file_uploader("台账或事实表", type=_TABLES, key=key, accept_multiple_files=True)
    st.button("读取", key="read-table", type="primary", on_click=_read, args=(report.id, key),
              disabled=not st.session_state.get(key))  # fmt: skip
    excel_form(report, blank=True)


def _paste(report: Report, key: str) -> None:
    st.text_area("粘贴文字", key=key, height=220, placeholder="把微信、短信、通知里的文字贴到这里")
    st.button("开始找", key="read-pasted", type="primary", on_click=_read_pasted, args=(report.id, key))


def excel_form(report: Report, *, blank: bool) -> None:
    """The sheet as an Excel file to send out or to keep."""
    stem = file_stem(report)
    name = f"{stem}-空白事实表.xlsx" if blank else f"{stem}-事实表.xlsx"
    download(
        "下载空白事实表（Excel）" if blank else "存为事实表（Excel）",
        "blank-form" if blank else "excel-form",
        lambda: (name, desk().form_file(report.id, blank=blank)),
        EXCEL,
        width="stretch",
    )


def _asked(report: Report) -> list[FactField]:
    """What a report that was copied forward waits for, in the order of the form."""
    schema, sheet = report.sheet.schema, report.sheet
    return [
        item
        for item in schema.fields
        if sheet.fact(item.label).empty
        and (report.shape.key in item.required_by or sheet.fact(item.label).last_year is not None)
    ]


def ask_for_missing(report: Report) -> None:
    """The next drawing of 事实 shows only what is missing, from its first group on."""
    st.session_state["facts-missing"] = True
    asked = _asked(report)
    if asked:
        choose_group(asked[0].group)


def _still_open(page: FormPage) -> int:
    """How much is asked for after 复制到下一年; else 0."""
    report = page.report
    waiting = any(fact.last_year is not None and fact.empty for fact in report.sheet.facts.values())
    return len(_asked(report)) if waiting else 0


def _say_still_open(count: int) -> None:
    if count:
        st.html(f'<div class="ng-still">还有 {count} 项要填</div>', width="content")


def _waiting(report: Report, pending: Pending) -> None:
    if pending.extraction is None:
        told = "各列还没有确认"
    else:
        told = f"待定 {sum(offer.open for offer in desk().offers(report, pending))} 项"
    with st.container(key=f"wait-{pending.id}", horizontal=True, vertical_alignment="center"):
        st.html(f'<div class="ng-card-sub">还在核对：<b>{html.escape(pending.name)}</b>　{told}</div>')
        st.button("继续核对", key=f"open-{pending.id}", on_click=_open, args=(pending.id,))
        st.button("不要了", key=f"drop-{pending.id}", type="tertiary", on_click=_drop, args=(pending.id,))
