"""What the pages say, where it is said in more than one place or has parts to fill in."""

from __future__ import annotations

from assistant.reports.report import Section, SectionState

NO_REPORT = "还没有打开报告。请先在“报告”页新建或打开一份。"
STATES = {
    SectionState.EMPTY: "—",
    SectionState.DRAFTED: "已起草",
    SectionState.EDITED: "已改",
    SectionState.INTERRUPTED: "已中断",
}
JOB_STATES = {"queued": "排队", "running": "起草中", "failed": "失败", "stopped": "已停止"}
ORIGINS = {"draft": "起草", "chat": "助手改写", "edit": "手工修改", "restore": "恢复", "import": "导入"}
SEVERITIES = {"error": "必须处理", "warning": "请核对", "hint": "供参考"}
SEVERITY_COLOURS = {"error": "red", "warning": "orange", "hint": "gray"}
EMBEDDED_LABEL = "内置范式稿"
EMBEDDED_NOTE = "未配置模型，由内置范式起草，未经模型润色；不联网，数据不出本机。"


def as_text(text: str) -> str:
    """What a person or a service wrote, for a Streamlit text: shown, never read as markdown; lines stay lines."""
    for mark in "\\`*_{}[]<>#+-!|~$:.&":
        text = text.replace(mark, "\\" + mark)
    return text.replace("\n", "  \n")


def section_state(section: Section, characters: int) -> str:
    """The short word at the right of a section's line in the outline."""
    if section.state in (SectionState.EMPTY, SectionState.INTERRUPTED):
        return STATES[section.state]
    word = "已锁" if section.locked else ("已改 " if section.state is SectionState.EDITED else "")
    return f"{word}{'' if section.locked else f'{characters} 字'}"
