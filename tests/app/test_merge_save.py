"""A save that meets another text: somebody else's is asked about, the editor's own is not."""

from __future__ import annotations

from app_kit import from_example, the_desk
from streamlit.testing.v1 import AppTest

KEY = "opening"


def _saved(doc: str, key: str, text: str, base: int, tried: list[str]) -> None:
    import streamlit as st

    from assistant.ui.merge import parted, save

    st.session_state["got"] = save(doc, key, text, base, tried=tried)
    st.session_state["asked"] = list(parted())


def saved(doc: str, text: str, base: int, tried: list[str]) -> AppTest:
    given = {"doc": doc, "key": KEY, "text": text, "base": base, "tried": tried}
    page = AppTest.from_function(_saved, kwargs=given, default_timeout=20).run()
    assert not page.exception
    return page


def test_an_editor_goes_on_from_what_it_saved_without_hearing_of_it() -> None:
    doc, desk = from_example(), the_desk()
    base = desk.report(doc).section(KEY).revision  # type: ignore[union-attr]
    lost = desk.edit(doc, KEY, "存了。", base)
    page = saved(doc, "存了。又写。", base, ["存", "存了。"])
    after = desk.report(doc).section(KEY)
    assert after
    assert after.text == "存了。又写。"
    assert page.session_state["got"] == after.revision > lost.revision
    assert not page.session_state["asked"]


def test_what_another_wrote_on_top_of_it_is_asked_about() -> None:
    doc, desk = from_example(), the_desk()
    base = desk.report(doc).section(KEY).revision  # type: ignore[union-attr]
    lost = desk.edit(doc, KEY, "存了。", base)
    desk.edit(doc, KEY, "存了。别人写的。", lost.revision)
    page = saved(doc, "存了。又写。", base, ["存了。"])
    assert page.session_state["got"] == 0
    assert page.session_state["asked"] == [(doc, KEY)]
    assert "存了。又写。" in [version.text for version in desk.versions(doc, KEY)]
    after = desk.report(doc).section(KEY)
    assert after
    assert after.text == "存了。别人写的。"
