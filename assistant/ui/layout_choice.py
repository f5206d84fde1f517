"""The layout that all files follow: chosen in 设置; where it cannot be used any more, said wherever a file is made."""

from __future__ import annotations

import streamlit as st

from assistant.document.layout import LayoutProfile
from assistant.document.profile import DEFAULT_PROFILE
from assistant.errors import ConfigurationError, NigaoError
from assistant.ui import session, texts
from assistant.ui.session import action, desk


def usable_layout() -> LayoutProfile | None:
    """The chosen layout; where it is gone or broken that is told, with the way back to the standard, and None."""
    try:
        return desk().layout()
    except ConfigurationError as error:
        st.error(texts.as_text(error.for_user()), icon=":material/block:")
        st.button("改用标准版式", key="layout-default", on_click=_default)
        return None


def layout_card() -> None:
    """设置 “版式”."""
    usable_layout()
    found = {info.key: info for info in desk().layouts()}
    sound = [info.key for info in found.values() if not info.fault]
    chosen = desk().layout_name
    st.selectbox(
        "版式",
        sound,
        index=sound.index(chosen) if chosen in sound else None,
        format_func=lambda key: found[key].name + ("（自己的）" if found[key].own else ""),
        # Another list of layouts is another widget: an index into the old one would mean nothing.
        key=f"layout:{session.generation('layout')}",
        on_change=_choose,
        placeholder="请选择",
        label_visibility="collapsed",
    )
    st.caption("导出、预览和版式核对都按选定的版式。本地另有规定的，放入自己的版式文件：写明底本，只写不同的值。")
    st.file_uploader(
        "放入版式文件（.yaml）",
        type=["yaml", "yml"],
        key=f"layout-file:{session.generation('layout-file')}",
        on_change=_add,
        max_upload_size=1,
    )
    if said := st.session_state.get("layout-fault"):
        st.error(texts.as_text(said))
    for number, info in enumerate(each for each in found.values() if each.own):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(texts.as_text(info.name) + ("（不能用）" if info.fault else ""))
            st.button("移除", key=f"layout-remove-{number}", on_click=_remove, args=(info.key,), type="tertiary")
        if info.fault:
            st.warning(texts.as_text(info.fault))


@action
def _choose() -> None:
    chosen = st.session_state[f"layout:{session.generation('layout')}"]
    if chosen:
        desk().use_layout(chosen)
        session.tell("已保存，之后的文件按这个版式。", "success")


@action
def _default() -> None:
    desk().use_layout(DEFAULT_PROFILE)
    session.renew("layout")
    session.tell("已改用标准版式。", "success")


def _add() -> None:
    state = st.session_state
    file = state[f"layout-file:{session.generation('layout-file')}"]
    state.pop("layout-fault", None)
    if file is None:
        return
    try:
        added = desk().add_layout(file.getvalue(), file.name)
        desk().use_layout(added.key)
    except NigaoError as error:
        # Said under the uploader, where a person looks; the file stays named there.
        state["layout-fault"] = error.for_user()
        return
    session.tell(f"已放入并改用“{added.name}”。", "success")
    session.renew("layout")
    session.renew("layout-file")


@action
def _remove(key: str) -> None:
    used = key == desk().layout_name
    desk().remove_layout(key)
    session.renew("layout")
    if used:
        session.tell("正在用的版式已移除，现在用的是标准版式。", "warning")
    else:
        session.tell("已移除。", "success")
