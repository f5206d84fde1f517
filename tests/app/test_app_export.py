"""核校 and 导出."""

from __future__ import annotations

from io import BytesIO

import docx
from app_kit import Tab, from_example, the_desk, written

from assistant.ui.handing import HANDED


def word_files(tab: Tab) -> list[str]:
    return [label for label in tab.downloads if label in ("下载送审稿", "下载正式稿")]


def text_of(file: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(file)).paragraphs)


def test_placeholders_are_listed_with_the_way_to_their_field() -> None:
    doc = written()
    the_desk().set_fact(doc, "入伍人数", None)
    tab = Tab(doc, "review")
    assert "待补的事实" in tab.words
    assert "入伍人数" in tab.words
    button = next(found for found in tab.app.button if found.label == "去填“入伍人数”")
    button.click().run()
    assert tab.sound().field("入伍人数").value == ""


def test_finding_leads_to_its_section() -> None:
    tab = Tab(written(), "draft").edit("opening", "全年组织活动99场。")
    tab.go("review")
    assert "没有事实支持的数字" in tab.words
    tab.press("看这一节")
    assert tab.app.session_state["section"] == "opening"
    assert tab.has_button("redraw")


def test_fix_puts_the_fact_in_place_of_its_number() -> None:
    tab = Tab(written(), "draft").edit("opening", "全年向部队输送新兵，入伍人数18人，宣传横幅52条。").go("review")
    fixes = [found for found in tab.app.button if str(found.key).startswith("fix-")]
    assert fixes
    count = len(fixes)
    fixes[0].click().run()
    tab.sound()
    assert "{{入伍人数" in tab.report.section("opening").text  # type: ignore[union-attr]
    assert sum(str(found.key).startswith("fix-") for found in tab.app.button) == count - 1
    assert "改为引用事实" in tab.told


def test_fix_of_a_text_that_changed_meanwhile_is_refused() -> None:
    tab = Tab(written(), "draft").edit("opening", "全年向部队输送新兵，入伍人数18人。").go("review")
    fix = next(found for found in tab.app.button if str(found.key).startswith("fix-"))
    Tab(tab.doc, "draft").edit("opening", "换了一段，入伍的有18人。")
    fix.click().run()
    tab.sound()
    assert "已经变了" in tab.told
    assert tab.report.section("opening").text == "换了一段，入伍的有18人。"  # type: ignore[union-attr]


def test_contradicting_facts_are_listed() -> None:
    doc = written()
    the_desk().set_fact(doc, "大学生入伍", 19)
    tab = Tab(doc, "review")
    assert "相互矛盾的事实" in tab.words
    assert "多于入伍人数" in tab.words


def test_review_copy_is_always_offered_and_the_final_one_only_when_nothing_is_open() -> None:
    doc = written()
    tab = Tab(doc, "export")
    assert word_files(tab) == ["下载送审稿", "下载正式稿"]
    the_desk().set_fact(doc, "入伍人数", None)
    tab.again()
    assert word_files(tab) == ["下载送审稿"]
    assert "处理完才能出正式稿" in tab.told
    the_desk().set_fact(doc, "入伍人数", {"value": 18, "last_year": 15})
    assert len(word_files(tab.again())) == 2


def test_contradicting_facts_stop_the_final_copy() -> None:
    doc = written()
    the_desk().set_fact(doc, "大学生入伍", 19)
    assert word_files(Tab(doc, "export")) == ["下载送审稿"]


def test_file_has_the_name_that_a_person_would_give_it() -> None:
    tab = Tab(written("qinghe-work-a.yaml"), "export")
    assert "清河镇2025年党管武装工作情况报告.docx" in tab.words
    assert "清河镇2025年党管武装工作情况报告（送审稿）.docx" in tab.words


def test_nothing_written_is_nothing_to_export() -> None:
    tab = Tab(from_example(), "export")
    assert "还没有文字" in tab.words
    assert not tab.downloads


def test_half_written_report_can_be_sent_for_review() -> None:
    doc = from_example()
    the_desk().redraw(doc, "opening")
    assert the_desk().wait(doc, 90)
    assert "下载送审稿" in Tab(doc, "export").downloads


def test_offered_file_holds_the_last_edit() -> None:
    tab = Tab(written(), "draft").edit("opening", "手写的一段，送兵{{入伍人数}}。").go("export")
    assert "手写的一段，送兵18人。" in text_of(tab.download("download-final").data)
    # What another tab typed after this page was drawn is in the file too.
    Tab(tab.doc, "draft").edit("opening", "又改的一段。")
    assert "又改的一段。" in text_of(tab.download("download-final").data)


def test_an_error_made_meanwhile_is_told_and_no_file_comes() -> None:
    tab = Tab(written(), "export")
    Tab(tab.doc, "draft").edit("opening", "全年送兵999人。")
    tab.press("download-final")
    assert HANDED not in tab.app.session_state
    assert "还有 1 处必须处理的问题" in tab.told
    assert "下载正式稿" not in tab.downloads
    assert "下载送审稿" in tab.downloads
