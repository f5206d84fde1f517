"""Faults and causes that a frame names, headings of two lists, and what is no item at the end of a report."""

from __future__ import annotations

import pytest
from lists_kit import CAUSES, FAULTS, PLANS, items

from assistant.intake.extract_frame import Frame
from assistant.intake.extract_words import Word
from assistant.intake.learned.siblings import believed_siblings


@pytest.mark.parametrize(
    "said",
    [
        "归结起来，既有专业教练稀缺的客观原因，也有镇里督促不紧的主观原因。",
        "出现这些情况，有专业教练稀缺的因素，更有镇里督促不紧的因素。",
        "分析原因，既有专业教练稀缺的问题，也有镇里督促不紧的问题。",
        "专业教练稀缺的客观因素，也有镇里督促不紧的主观因素。",
    ],
)
def test_a_frame_names_causes(said: str) -> None:
    text = f"三、存在问题\n一是夜训课目偏少；二是库房管理松散。\n{said}\n"
    assert items(text, CAUSES) == ["专业教练稀缺", "镇里督促不紧"]
    assert items(text, FAULTS) == ["夜训课目偏少", "库房管理松散"]


def test_what_something_has_to_do_with_is_its_cause() -> None:
    text = "三、不足\n夜训课目偏少；库房管理松散。这既与专业教练稀缺有关，也同镇里督促不紧分不开。\n"
    assert items(text, CAUSES) == ["与专业教练稀缺有关", "同镇里督促不紧分不开"]


def test_a_frame_names_faults_and_drops_what_leads_to_them() -> None:
    text = "三、自我检视\n对照职责看，既有夜训课目偏少的问题，也有库房管理松散的问题。\n"
    assert items(text, FAULTS) == ["夜训课目偏少", "库房管理松散"]


def test_one_alone_is_no_frame() -> None:
    text = "三、民生\n今年解决了不少难题，也有群众反映饮水不便的问题，当天就派人修好了水管。\n"
    assert items(text, FAULTS) == items(text, CAUSES) == []


def test_a_heading_of_two_lists_opens_the_first() -> None:
    text = "三、找准不足，明确今后努力方向\n夜训课目偏少；库房管理松散。\n今后，一是装灯照亮操场；二是整修库房门窗。\n"
    assert items(text, FAULTS) == ["夜训课目偏少", "库房管理松散"]
    assert items(text, PLANS) == ["装灯照亮操场", "整修库房门窗"]


def test_what_is_done_with_or_closes_the_report_is_no_item() -> None:
    text = (
        "三、存在问题\n1.夜训课目偏少；2.（已整改，不再写）库房管理松散。\n"
        "四、下步打算\n1.装灯照亮操场。\n特此述职，请批评指正。\n"
    )
    assert items(text, FAULTS) == ["夜训课目偏少"]
    assert items(text, PLANS) == ["装灯照亮操场"]


def test_a_verb_that_ends_in_上_is_no_topic() -> None:
    text = "三、下步打算\n添一台发电机；请教练来上课；开春把空缺补上。\n"
    assert items(text, PLANS) == ["添一台发电机", "请教练来上课", "开春把空缺补上"]


def test_marks_behind_a_question_are_seen() -> None:
    text = "三、不足\n夜训课目偏少。根子在哪里？一是专业教练稀缺；二是镇里督促不紧。\n"
    assert items(text, CAUSES) == ["专业教练稀缺", "镇里督促不紧"]


def test_an_item_is_kept_by_those_beside_it() -> None:
    frame = Frame("夜训偏少；库房太乱；门窗漏风。")
    words = [Word(FAULTS, (frame.text[at : at + 4],), at, at + 4) for at in (0, 5, 10)]
    likely = dict(zip(map(id, words), (0.9, 0.01, 0.01), strict=True))
    assert believed_siblings(frame, words, likely) == set(likely)
    assert believed_siblings(frame, words[1:], likely) == set()
