"""残留检查 on 核校: its group, the way to the place, the press that mends it, and two passages side by side."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from app_kit import Tab, the_desk, written

from assistant.checks import leftovers_words
from assistant.ui import import_words

KEY = "opening"
PASSAGE = "推行武装部长包片、专武干部包村、民兵骨干包户的做法，把兵役登记送到田间地头和务工车间，做到一户一册。"


@pytest.fixture
def tab() -> Tab:
    return Tab(written(), "draft")


def test_a_clean_draft_has_no_leftovers(tab: Tab) -> None:
    assert "残留检查" not in tab.go("review").words


def test_leftovers_are_listed_and_mended_by_one_press(tab: Tab) -> None:
    tab.edit(KEY, "我镇认真履职，协助核酸检测。")
    tab.go("review")
    assert "残留检查（2）" in tab.words
    assert "“我镇”不是本报告的自称" in tab.words
    assert "“核酸检测”是疫情时期的说法" in tab.words
    tab.press("改为我街道")
    assert "残留检查（1）" in tab.words
    section = tab.report.section(KEY)
    assert section is not None
    assert section.text == "{{自称}}认真履职，协助核酸检测。"


def test_a_leftover_leads_to_its_section(tab: Tab) -> None:
    tab.edit(KEY, "协助核酸检测。")
    tab.go("review")
    number = next(
        str(found.key).removeprefix("see-")
        for found in tab.app.button
        if str(found.key).startswith("see-") and found.label == "看这一节"
    )
    tab.press(f"see-{number}")
    assert tab.app.session_state["section"] in {section.key for section in tab.report.sections}


def test_last_years_figure_is_kept_like_a_number(tab: Tab) -> None:
    tab.edit(KEY, "全年输送新兵15人。")
    tab.go("review")
    assert "“15人”是“入伍人数”去年的数，今年是18人" in tab.words
    tab.press("保留这个数")
    assert "已保留的数（1）" in tab.words
    assert "去年的数" not in tab.words


def test_a_passage_of_another_report_stands_beside_its_twin(tab: Tab) -> None:
    other = written("shiqiao-duty-d.yaml")
    section = the_desk().report(other).section(KEY)
    assert section is not None
    the_desk().edit(other, KEY, f"<b>{PASSAGE}", section.revision)
    tab.edit(KEY, PASSAGE)
    tab.go("review")
    assert "《石桥街道2025年党管武装工作述职报告》“开头”一节" in tab.words
    (twins,) = [found.body for found in tab.app.html if 'class="ng-twins"' in found.body]
    assert "<mark>" in twins
    assert "<b>推行" not in twins, "what a person wrote is text"
    assert html.unescape(re.sub("<[^>]*>", "", twins)).count("做到一户一册") == 2
    assert any("并排对照" in found.label for found in tab.app.expander)
    the_desk().delete(other)
    assert "并排对照" not in " ".join(found.label for found in tab.again().app.expander)


def test_local_words_are_added_in_a_file_that_the_page_makes_and_count_at_once(
    tab: Tab, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "leftovers.yaml"
    monkeypatch.setattr(leftovers_words, "user_file", lambda: file)
    monkeypatch.setattr(import_words, "user_file", lambda: file)
    tab.edit(KEY, "到大石村民兵连调研。")
    assert "大石村" in tab.go("review").words
    tab.press("review-begin")
    assert str(file) in tab.words
    assert "大石村" in tab.words
    file.write_text("known: [大石村]", encoding="utf-8")
    assert "大石村" not in tab.again().words
    file.write_text("known: 大石村", encoding="utf-8")
    assert str(file) in tab.again().told, "a file that is wrong is named, with its folder"
