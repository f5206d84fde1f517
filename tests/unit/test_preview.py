"""Lines and pages as they will print."""

from __future__ import annotations

import datetime
import re
from itertools import pairwise

import pytest
from format_samples import FULL, PLAIN
from hypothesis import given
from hypothesis import strategies as st

from assistant.document.content import DocumentContent, Paragraph, Role, Table
from assistant.document.linebreaking import NEVER_FIRST, NEVER_LAST, advances, break_lines
from assistant.document.preview import Line, Page, Row, preview
from assistant.document.preview_breaks import first_difference
from assistant.document.preview_html import pages_html
from assistant.document.profile import load_profile
from assistant.document.redline import redline
from assistant.document.writer import write_docx

PROFILE = load_profile()
WIDE = PROFILE.page.text_width / 20


def lines(text: str, first: float = 28, rest: float = 28) -> list[str]:
    pens = advances(text, 1.0, 0.0, gaps=False)
    return [text[start:end] for start, end in break_lines(text, pens, first, rest)]


def pages(content: DocumentContent) -> tuple[Page, ...]:
    return preview(write_docx(content, PROFILE, final=False), PROFILE)


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines if isinstance(line, Line)]


# ---- lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("正" * 30, ["正" * 28, "正正"]),
        # A stop hangs over the margin rather than begin a line.
        ("正" * 28 + "，好", ["正" * 28 + "，", "好"]),
        ("正" * 28 + "》好", ["正" * 27, "正》好"]),
        ("正" * 27 + "《条例》", ["正" * 27, "《条例》"]),
        # A number and a word stay whole, two half-width characters being one 字.
        ("正" * 27 + "1250人", ["正" * 27, "1250人"]),
        ("正" * 26 + "24.3万元", ["正" * 26, "24.3万元"]),
        ("正" * 27 + "2人，好", ["正" * 27, "2人，好"]),
        ("正" * 27 + "2021—2025年", ["正" * 27, "2021—2025年"]),
        ("上行\n下行", ["上行", "下行"]),
        ("", [""]),
    ],
)
def test_where_a_line_ends(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


def test_a_word_longer_than_a_line_is_cut() -> None:
    assert lines("A" * 100) == ["A" * 56, "A" * 44]


@given(st.text(alphabet="正文，。《》“”（）12.5%A—、", max_size=300))
def test_lines_follow_the_rules_and_lose_nothing(text: str) -> None:
    made = lines(text, 26)
    assert "".join(made) == text
    for line, after in pairwise(made):
        # A run of such marks longer than the line is cut where it must be.
        if len(line) > 1 and any(character in "正文" for character in line[-6:]):
            assert after[0] not in NEVER_FIRST or line[-1] in NEVER_LAST or after[0] in NEVER_LAST or len(line) >= 25
    for line in made[1:]:
        assert sum(advances(line[:-1], 1.0, 0.0, gaps=False)) <= 28.01


# ---- pages


def test_22_lines_of_28_characters() -> None:
    made = pages(DocumentContent("版心试验", tuple(Paragraph.of("正" * (26 + 28 * 9)) for _ in range(6))))
    assert len(made[1].lines) == 22
    assert {len(line) for page in made for line in texts(page) if set(line) == {"正"}} == {26, 28}


def test_every_line_of_the_file_is_on_a_page_in_order() -> None:
    made = pages(FULL)
    shown = "".join("".join(texts(page)) for page in made)
    for text in ("中共清河镇委员会文件", "清党〔2026〕5号", "一、主要工作", "特此报告。", "2026年1月5日"):
        assert text.replace(" ", "") in shown.replace("\n", "")
    assert [page.number for page in made] == list(range(1, len(made) + 1))
    assert any(isinstance(line, Row) for page in made for line in page.lines)
    assert made[-1].bottom
    assert not any(page.bottom for page in made[:-1])


def test_no_page_is_fuller_than_the_type_area() -> None:
    for content in (FULL, PLAIN):
        for page in pages(content):
            assert sum(line.height for line in page.lines) <= PROFILE.page.text_height / 20 + 0.01


def test_a_heading_is_not_left_alone_at_the_foot_of_a_page() -> None:
    filler = [Paragraph.of("正文一行。") for _ in range(19)]
    content = DocumentContent("标题", (*filler, Paragraph.of("一、主要工作", Role.HEADING1), Paragraph.of("正文。")))
    first, second = pages(content)
    assert texts(first)[-1] != "一、主要工作"
    assert texts(second)[0] == "一、主要工作"


def test_signature_and_date_stay_together_with_the_last_line() -> None:
    for count in range(14, 22):
        content = DocumentContent(
            "标题",
            tuple(Paragraph.of("正文一行。") for _ in range(count)),
            signature="清河镇",
            date=datetime.date(2025, 12, 1),
        )
        for page in pages(content):
            found = texts(page)
            assert ("清河镇" in found) == ("2025年12月1日" in found)


def test_a_long_table_goes_over_several_pages() -> None:
    rows = tuple((str(number), "分队") for number in range(60))
    made = pages(DocumentContent("标题", (Paragraph.of("如下："), Table(("序号", "名称"), rows))))
    assert len(made) >= 3
    shown = [[cell[2][0].text for cell in row.cells] for page in made for row in page.lines if isinstance(row, Row)]
    assert [row for row in shown if row[0] != "序号"] == [[str(number), "分队"] for number in range(60)]
    # Its head stands again on every page that it goes on to.
    assert shown.count(["序号", "名称"]) == len(made)
    for page in made[1:]:
        assert isinstance(page.lines[0], Row)
        assert page.lines[0].cells[0][2][0].text == "序号"
        assert sum(line.height for line in page.lines) <= PROFILE.page.text_height / 20 + 0.01


# ---- beside what a program printed


def test_pages_that_begin_with_the_same_words_are_the_same() -> None:
    made = pages(FULL)
    printed = ["\r\n".join(texts(page)) + f"\r\n— {page.number} —" for page in made]
    assert first_difference(made, printed) is None


def test_the_first_page_that_begins_differently_is_told() -> None:
    made = pages(DocumentContent("标题", tuple(Paragraph.of(f"第{number}行，到此为止。") for number in range(60))))
    printed = [texts(page) for page in made]
    printed[2].insert(0, printed[1].pop())
    found = first_difference(made, ["\n".join(lines) for lines in printed])
    assert found is not None
    assert found.page == 3
    assert found.printed.startswith(printed[2][0][:4])
    assert found.estimated.startswith(texts(made[2])[0][:4])


def test_a_page_more_or_less_is_told() -> None:
    made = pages(DocumentContent("标题", tuple(Paragraph.of("正文一行。") for _ in range(30))))
    one, two = ("\n".join(texts(page)) for page in made)
    fewer, more = first_difference(made, [one]), first_difference(made, [one, two, "多出来的一页"])
    assert fewer is not None
    assert (fewer.page, fewer.printed, fewer.estimated) == (2, "", "正文一行。正文一行。正文")
    assert more is not None
    assert (more.page, more.printed, more.estimated) == (3, "多出来的一页", "")


# ---- as HTML


def test_html_shows_pages_numbers_marks_and_changes() -> None:
    old = write_docx(DocumentContent("标题", (Paragraph.of("完成326人。【待补：年度】"),)), PROFILE, final=False)
    new = write_docx(DocumentContent("标题", (Paragraph.of("完成362人。【待补：年度】<b>"),)), PROFILE, final=False)
    made = preview(redline(old, new, "甲", datetime.datetime.now(datetime.UTC)), PROFILE)
    shown = pages_html(made, PROFILE)
    assert shown.count('class="ng-sheet"') == 1
    assert ">— 1 —<" in shown
    assert '<del class="fang">326</del><ins class="fang">362</ins>' in shown
    assert '<span class="fang open">【待补：年度】</span>' in shown
    assert "&lt;b&gt;" in shown


def test_page_numbers_stand_outside_odd_right_and_even_left() -> None:
    made = pages(DocumentContent("标题", tuple(Paragraph.of("正文一行。") for _ in range(50))))
    odd, even, *_ = pages_html(made, PROFILE).split('class="ng-sheet"')[1:]
    assert "text-align:right;font-size" in odd
    assert "text-align:left;font-size" in even


def test_number_and_signers_stand_black_at_their_stops_over_the_red_line() -> None:
    first, *_ = pages_html(pages(FULL), PROFILE).split('class="ng-sheet"')[1:]
    (content,) = re.findall(r'<p class="ruled" style="[^"]*">(.*?)</p>', first)
    stops = re.findall(r'<b style="left:([\d.]+)cqw">(.*?)</b>', content)
    said = [re.sub("<.*?>", "", text) for _, text in stops]
    assert said[0] == "清党〔2026〕5号"
    assert said[1].startswith("签发人：")
    assert "red" not in content
    cell = PROFILE.styles["body"].size.twips + PROFILE.grid.spacing.twips
    share = 100 / PROFILE.page.width.twips
    assert float(stops[0][0]) == pytest.approx(cell * share, abs=0.05)
    # 签发人 ends one 字 before the right edge.
    wide = sum(1 if character > "\xff" else 0.5 for character in said[1])
    assert float(stops[1][0]) == pytest.approx((PROFILE.page.text_width - (wide + 1) * cell) * share, abs=0.05)
    line = next(line for line in pages(FULL)[0].lines if isinstance(line, Line) and line.rule)
    assert line.below > 5, "the red line stands under the words, not at them"
    assert line.height == pytest.approx(28.95 + line.below)
    last = pages_html(pages(FULL), PROFILE)
    assert re.search(r'<b style="right:-?0\.000cqw"><span class="fang">2026年1月\d+日印发</span></b>', last)
