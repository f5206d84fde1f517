"""导出: what can be handed over, a card each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

import streamlit as st

from assistant.copies import ReviewOptions, markdown_copy, text_copy
from assistant.document.conformance import ConformanceFinding
from assistant.errors import NigaoError
from assistant.exporting import ExportedFile, Paper, file_stem
from assistant.moments import Moment
from assistant.office import NOT_INSTALLED, WAY_OUT, office, to_pdf
from assistant.reports.report import Report, Version
from assistant.ui import texts
from assistant.ui.handing import WORD, download
from assistant.ui.session import action, desk

_LEVELS = {"error": "不符合规定", "warning": "不合一般要求", "hint": "提示"}
_ICON = ":material/download:"
_NOW = "现在"
Made = Callable[[], ExportedFile]
"""Writes a file as the report is at that moment. Raises NigaoError."""


def review_options() -> ReviewOptions:
    """What is ticked on the card of the 送审稿."""
    state = st.session_state
    return ReviewOptions(
        findings=state.get("review-findings", True),
        hints=state.get("review-hints", False),
        sources=state.get("review-sources", False),
    )


def review_card(report: Report) -> None:
    with st.container(key="card-review"):
        st.markdown("##### 送审稿")
        st.markdown("待补的事实标黄，核校发现的问题写成批注，方便送领导审阅；改过以后可以读回。")
        with st.container(horizontal=True):
            st.checkbox("批注核校结果", value=True, key="review-findings")
            st.checkbox("也批注供参考的提示", key="review-hints", disabled=not review_options().findings)
            st.checkbox("批注事实来源", key="review-sources")
        the_desk, options = desk(), review_options()
        _offer(
            "送审稿", "review", lambda: the_desk.review_copy(the_desk.report(report.id), options), report, primary=True
        )


def final_card(report: Report) -> None:
    with st.container(key="card-final"):
        st.markdown("##### 正式稿")
        st.markdown("没有任何标记，可直接打印。")
        errors = [finding for finding in desk().findings(report) if finding.severity == "error"]
        if errors:
            st.warning(f"还有 {len(errors)} 处必须处理的问题，处理完才能出正式稿。", icon=":material/block:")
            st.page_link("assistant/ui/views/review.py", label="去核校", icon=":material/arrow_forward:")
            return
        the_desk = desk()
        _offer("正式稿", "final", lambda: the_desk.export(the_desk.report(report.id), final=True), report, primary=True)


def _offer(title: str, key: str, made: Made, report: Report, *, primary: bool) -> None:
    try:
        file = made()
    except NigaoError as error:
        st.error(texts.as_text(error.for_user()))
        return
    download(f"下载{title}", f"download-{key}", _named(made), WORD, primary=primary, icon=_ICON)
    st.caption(texts.as_text(file.name))
    _conformance(desk().layout_findings(report))


def _named(made: Made) -> Callable[[], tuple[str, bytes]]:
    def both() -> tuple[str, bytes]:
        file = made()
        return file.name, file.data

    return both


def _conformance(found: list[ConformanceFinding]) -> None:
    """What the checker says of the file as it stands here, before anybody downloads it."""
    told = [finding for finding in found if finding.severity != "hint"]
    name = texts.as_text(desk().layout().name)
    if not told:
        st.caption(f"版式核对：符合 {name}" + (f"，另有提示 {len(found)} 项。" if found else "。"))
    else:
        counted = Counter[str](finding.severity for finding in found)
        parts = "，".join(f"{said} {counted[key]} 项" for key, said in _LEVELS.items() if counted[key])
        st.caption(f"版式核对（{name}）：{parts}。")
    if found:
        with st.expander("版式核对结果"):
            for finding in found:
                st.markdown(f"- {_LEVELS[finding.severity]}　{texts.as_text(finding.sentence)}")


# ---- 花脸稿


def redline_card(report: Report) -> Made | None:
    """Gives the 花脸稿 that is chosen, to be looked at; None where there is none yet."""
    with st.container(key="card-redline"):
        st.markdown("##### 花脸稿")
        st.markdown("两稿之间改了什么，用 Word 的修订标出来，可以逐处接受或拒绝。")
        whole = "整份报告"
        scope = st.segmented_control("对照", [whole, "一节"], default=whole, key="redline-scope") or whole
        return _whole(report) if scope == whole else _one_section(report)


def _whole(report: Report) -> Made | None:
    moments = desk().moments(report)
    if not moments:
        st.caption("还没有可以对照的旧稿。在“起草”页留存一份全文，或者隔天再改，这里就能选了。")
        return None
    named = {moment.name: moment for moment in moments}
    left, right = st.columns(2)
    old = left.selectbox("从", list(named), key="redline-from")
    new = right.selectbox("到", [_NOW, *named], key="redline-to")
    the_desk = desk()

    def made() -> ExportedFile:
        later: Moment | None = named.get(new)
        return the_desk.redline(the_desk.report(report.id), named[old], later)

    return _download(f"{file_stem(report)}（花脸稿）.docx", made, same=old == new)


def _one_section(report: Report) -> Made | None:
    sections = {section.title: section for section in report.written if section.revision}
    if not sections:
        st.caption("还没有写好的章节。")
        return None
    section = sections[st.selectbox("章节", list(sections), key="redline-section")]
    versions = {version.number: version for version in desk().versions(report.id, section.key)}
    if len(versions) < 2:
        st.caption("这一节只有一稿，没有可以对照的。")
        return None
    numbers = list(versions)
    left, right = st.columns(2)

    def told(number: int) -> str:
        return _version(versions[number], number == section.revision)

    place = numbers.index(section.revision) if section.revision in numbers else 0
    key = section.key
    before = min(place + 1, len(numbers) - 1)
    old = left.selectbox("从", numbers, index=before, format_func=told, key=f"redline-old-{key}")
    new = right.selectbox("到", numbers, index=place, format_func=told, key=f"redline-new-{key}")
    the_desk = desk()
    return _download(
        f"{file_stem(report)}（花脸稿）.docx",
        lambda: the_desk.redline_section(the_desk.report(report.id), key, old, new),
        same=old == new,
    )


def _version(version: Version, current: bool) -> str:
    when = version.written.astimezone().strftime("%m-%d %H:%M")
    return f"第{version.number}稿 {texts.ORIGINS[version.origin.value]} {when}{'（现用）' if current else ''}"


def _download(name: str, made: Made, *, same: bool) -> Made | None:
    if same:
        st.caption("请选两个不同的稿子。")
        return None
    download("下载花脸稿", "download-redline", lambda: (name, made().data), WORD, icon=_ICON)
    return made


# ---- other kinds


def other_card(report: Report) -> None:
    with st.container(key="card-other"):
        st.markdown("##### 其他格式")
        the_desk = desk()
        with st.container(horizontal=True):
            for label, made, kind, key in (
                ("纯文本", text_copy, "text/plain", "text"),
                ("Markdown", markdown_copy, "text/markdown", "markdown"),
            ):
                download(label, f"download-{key}", _named(partial(_plain, made, report.id)), kind)
            if office() is not None:
                _pdf(report)
        if office() is None:
            st.caption(f"{NOT_INSTALLED}{WAY_OUT}")
        elif the_desk.findings(report) and _errors(report):
            st.caption("PDF 按现在的文字生成，待补之处会标黄。")


def _plain(made: Callable[[Report, str, Paper], ExportedFile], report_id: str) -> ExportedFile:
    report = desk().report(report_id)
    return made(report, file_stem(report), desk().paper(report))


def _errors(report: Report) -> bool:
    return any(finding.severity == "error" for finding in desk().findings(report))


def pdf_of(report: Report) -> bytes | None:
    """The PDF that was made of the report as it is now; None before that."""
    kept = st.session_state.get("pdf")
    return kept[1] if kept and kept[0] == _state(report) else None


def _state(report: Report) -> tuple[str, str]:
    # What stands around the text is kept apart from the report.
    return report.id, f"{report.updated.isoformat()} {desk().paper(report)}"


@action
def make_pdf(report_id: str) -> None:
    """Has LibreOffice print the report as it is now."""
    report = desk().report(report_id)
    with st.spinner("正在用 LibreOffice 排版……"):
        data = to_pdf(desk().export(report, final=False).data)
    st.session_state["pdf"] = (_state(report), data)


def _pdf(report: Report) -> None:
    data = pdf_of(report)
    if data is None:
        st.button("生成 PDF", key="make-pdf", on_click=make_pdf, args=(report.id,))
        return
    name = f"{file_stem(report)}.pdf"
    download("下载 PDF", "download-pdf", lambda: (name, data), "application/pdf", primary=True)


def tell_nothing_written() -> None:
    st.html('<div class="ng-empty"><b>还没有文字</b>先到“起草”页起草，再来导出。</div>')
    st.page_link("assistant/ui/views/draft.py", label="去起草", icon=":material/arrow_forward:")
