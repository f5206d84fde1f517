"""Title lines: sense first, then shape."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.document.text import width
from assistant.document.title import break_title

TABLE = [
    ("清河镇2025年度党管武装工作情况报告", (), ["清河镇2025年度党管武装工作情况报告"]),
    ("清河镇关于2025年度党管武装工作情况的报告", ("清河镇",), ["清河镇关于2025年度", "党管武装工作情况的报告"]),
    (
        "中共清河镇委员会关于2025年度党管武装工作情况的报告",
        ("中共清河镇委员会",),
        ["中共清河镇委员会关于", "2025年度党管武装工作情况的报告"],
    ),
    (
        "2025年度履行党管武装工作第一责任人职责情况述职报告",
        (),
        ["2025年度履行党管武装工作", "第一责任人职责情况述职报告"],
    ),
    (
        "关于学习贯彻《中华人民共和国国防动员法》情况的报告",
        (),
        ["关于学习贯彻", "《中华人民共和国国防动员法》情况的报告"],
    ),
    (
        "青山县人民政府、青山县人民武装部关于做好2025年度征兵工作和民兵整组工作的情况报告",
        (),
        ["青山县人民政府、", "青山县人民武装部关于做好2025年度", "征兵工作和民兵整组工作的情况报告"],
    ),
]


@pytest.mark.parametrize(("title", "names", "lines"), TABLE)
def test_table(title: str, names: tuple[str, ...], lines: list[str]) -> None:
    assert list(break_title(title, protected=names)) == lines


KEEP = [
    ("白沙洲镇2025年度武装工作经费支出明细表以及民兵训练补助发放情况说明材料", "明细表"),
    ("高新街道2025年民兵应急连人员花名册及装备器材登记台账", "花名册"),
    ("关于开展民兵训练先进集体和先进个人评选活动并予以表彰的工作情况报告", "表彰"),
    ("关于贯彻《中华人民共和国国防动员法》精神推进工作的情况报告", "《中华人民共和国国防动员法》"),
    ("清河镇党委2023年1月1日至2025年12月31日党管武装工作情况报告", "2025年12月31日"),
    ("关于完成全镇7.5万元器材装备投入和12名新兵征集任务的情况报告", "7.5万元"),
    ("关于完成全镇器材装备投入7.5万元和征集任务新兵1200余名的情况报告", "1200"),
    ("关于认真开展第十五届人民代表大会代表选举期间安全保卫工作的报告", "第十五届"),
    ("关于深入学习贯彻落实“强国有我”主题实践教育活动总体情况的报告", "“强国有我”"),
    ("清河镇党委书记、武装部第一政委2025年党管武装工作述职报告", "第一政委"),
    ("江口区清河镇2025年9月30日森林防火应急演练情况报告", "森林防火"),
    ("中共东岭镇委员会关于贯彻落实《中共中央关于加强新时代人民武装工作的意见》情况的报告", "新时代"),
]


@pytest.mark.parametrize(("title", "whole"), KEEP)
def test_never_broken(title: str, whole: str) -> None:
    lines = break_title(title)
    assert len(lines) > 1
    assert any(whole in line for line in lines)


@pytest.mark.parametrize("size", range(1, 15))
def test_protected_name_is_whole(size: int) -> None:
    name = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰"[:size]
    title = f"{name}关于落实党管武装各项工作要求和强化国防动员建设情况的报告"
    lines = break_title(title, protected=(name,))
    assert any(name in line for line in lines)
    assert len(lines) <= 4


@pytest.mark.parametrize("length", [21, 30, 40, 41, 59, 61, 80, 120])
def test_long_titles(length: int) -> None:
    title = ("关于加强党管武装工作推进国防动员建设的实施情况" * 6)[: length - 2] + "报告"
    lines = break_title(title)
    assert "".join(lines) == title
    assert all(width(line, 0.64) <= 20 for line in lines)
    if len(lines) == 2:
        assert width(lines[0], 0.64) < width(lines[1], 0.64)


def test_book_title_wider_than_a_line_is_broken_somewhere() -> None:
    title = "关于学习《中共中央国务院中央军委关于加强新时代人民武装工作若干重大问题的决定》的报告"
    lines = break_title(title)
    assert all(width(line, 0.64) <= 20 for line in lines)


def test_120_characters_are_broken_into_lines_that_fit() -> None:
    title = "关于加强党管武装工作" * 12
    lines = break_title(title)
    assert "".join(lines) == title
    assert all(width(line, 0.64) <= 20 for line in lines)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="关于报告《》“”（）、，。第1234年度%的和Ab 镇委会👍\u0301", max_size=130))
def test_lines_are_the_title(title: str) -> None:
    lines = break_title(title, protected=("镇委会",))
    assert "".join(lines) == title
    assert all(width(line, 0.64) <= 20.0001 for line in lines)
