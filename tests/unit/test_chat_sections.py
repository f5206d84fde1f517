"""Which sections an instruction is for: all that are named, none that is to be left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.facts.sheet import read_facts
from assistant.headless import blank_report
from assistant.intake.chat_intent import Understood, understand
from assistant.reports.loader import Library
from assistant.reports.types import Length

LIBRARY = Library()
KIND = LIBRARY.get("armed-forces-work")
REPORT = blank_report(LIBRARY, KIND.key, "duty-c", read_facts({"年度": 2025}, KIND.facts), Length.NORMAL, seed=1)
TITLES: dict[str, tuple[str, ...]] = {}
for one_shape in KIND.shapes:
    for template, _ in one_shape.walk():
        TITLES[template.key] = (*TITLES.get(template.key, ()), template.title)
WRITTEN = tuple(section.key for section in REPORT.written)


def read(text: str) -> Understood:
    return understand(text, REPORT, TITLES)


def wishes(text: str) -> list[tuple[str, ...]]:
    return [wish.keys for wish in read(text).wishes]


FIRST, LAST = WRITTEN[0], WRITTEN[-1]
EDUCATION, MILITIA, CONSCRIPTION, SUPPORT = (
    "defence-education", "militia-reorganisation", "conscription", "double-support",
)  # fmt: skip
PRINCIPLES = WRITTEN[1]
FOCUS = WRITTEN[2:6]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("第一部分和第三部分都再精简些", [(PRINCIPLES,), (SUPPORT,)]),
        ("第一、三部分再精简", [(PRINCIPLES,), (SUPPORT,)]),
        ("一三两部分精简些", [(PRINCIPLES,), (SUPPORT,)]),
        ("一、三部分精简些", [(PRINCIPLES,), (SUPPORT,)]),
        ("1和3两部分短一点", [(PRINCIPLES,), (SUPPORT,)]),
        ("第一三部分短一点", [(PRINCIPLES,), (SUPPORT,)]),
        ("最后两节短一点", [(WRITTEN[-2],), (LAST,)]),
        ("“原则与保障”、“双拥”这几节，第一节、第三节精简些", [(PRINCIPLES,), (SUPPORT,)]),
        ("（一）（三）写详细点", [(EDUCATION,), (CONSCRIPTION,)]),
        ("第二部分的（一）和（三）都精简一下", [(EDUCATION,), (CONSCRIPTION,)]),
        ("征兵和双拥都短一点", [(CONSCRIPTION,), (SUPPORT,)]),
        ("民兵整组、征兵和双拥都短一点", [(MILITIA,), (CONSCRIPTION,), (SUPPORT,)]),
        ("开头和结尾都短一点", [(FIRST,), (LAST,)]),
        ("征兵写详细点，双拥短一点", [(CONSCRIPTION,), (SUPPORT,)]),
        ("最后一节写长一点", [(LAST,)]),
        ("最后一部分写长一点", [(LAST,)]),
        ("征兵和最后一部分都短一点", [(CONSCRIPTION,), (LAST,)]),
        ("倒数第二节短一点", [(WRITTEN[-2],)]),
        ("倒数第二部分短一点", [(WRITTEN[-2],)]),
        ("倒数第二、三部分短一点", [(WRITTEN[-2],), (WRITTEN[-3],)]),
        ("倒数第五部分短一点", [FOCUS]),
        ("征兵那节换个结尾", [(CONSCRIPTION,)]),
        ("征兵那节第2段写短点", [(CONSCRIPTION,)]),
        ("双拥那节和征兵重复了，双拥精简一下", [(SUPPORT,)]),
        ("双拥那节突出征兵", [(SUPPORT,)]),
        ("征兵这段突出大学生，别说套话", [(CONSCRIPTION,)]),
        ("“征兵”这一节，除了征兵，其他都短一点", [(CONSCRIPTION,)]),
    ],
)
def test_every_section_that_is_named_is_meant(text: str, keys: list[tuple[str, ...]]) -> None:
    assert wishes(text) == keys


@pytest.mark.parametrize(
    ("text", "kept", "keys"),
    [
        ("民兵整组不要改，征兵写详细点", (MILITIA,), [(CONSCRIPTION,)]),
        ("征兵那节不用改，双拥那节短一点", (CONSCRIPTION,), [(SUPPORT,)]),
        ("别精简征兵那节", (CONSCRIPTION,), []),
        ("征兵先别写那么详细，等数字来了再说", (CONSCRIPTION,), []),
        ("不要动征兵那节", (CONSCRIPTION,), []),
        ("征兵那节别动", (CONSCRIPTION,), []),
        ("双拥保持原样", (SUPPORT,), []),
    ],
)
def test_what_is_to_be_left_alone_is_not_rewritten(
    text: str, kept: tuple[str, ...], keys: list[tuple[str, ...]]
) -> None:
    assert (read(text).kept, wishes(text)) == (kept, keys)


@pytest.mark.parametrize(
    ("text", "kept", "keys", "facts"),
    [
        ("民兵整组不要改，入伍人数改成15", (MILITIA,), [], {"入伍人数": "15人"}),
        ("民兵整组不要改 入伍人数改成15", (MILITIA,), [], {"入伍人数": "15人"}),
        ("民兵整组先不动但入伍是15人", (MILITIA,), [], {"入伍人数": "15人"}),
        ("入伍12人，民兵整组那节不要动", (MILITIA,), [], {"入伍人数": "12人"}),
        ("经费保障照旧，入伍18人", (PRINCIPLES,), [], {"入伍人数": "18人"}),
        ("征兵人数保持不变，还是12人", (), [], {"入伍人数": "12人"}),
        ("双拥慰问63户不变，征兵写短点", (), [(CONSCRIPTION,)], {"走访慰问户数": "63户"}),
        ("征兵那节先不管，双拥写短一点，入伍人数20人", (CONSCRIPTION,), [(SUPPORT,)], {"入伍人数": "20人"}),
        ("双拥别动，点验2次，282人次", (SUPPORT,), [], {"点验次数": "2次", "点验人次": "282人次"}),
        ("除了征兵，双拥写短点，入伍人数12人", (CONSCRIPTION,), [(SUPPORT,)], {"入伍人数": "12人"}),
        ("征兵那节不要动，等12月3日数字来了再说", (CONSCRIPTION,), [], {}),
    ],
)
def test_a_fact_beside_what_is_left_alone_is_told(
    text: str, kept: tuple[str, ...], keys: list[tuple[str, ...]], facts: dict[str, str]
) -> None:
    found = read(text)
    assert (found.kept, wishes(text), {one.label: one.new for one in found.facts.offers}) == (kept, keys, facts)
    assert not any("人" in wish.instruction for wish in found.wishes)


def test_a_figure_beside_what_is_left_alone_is_not_lost() -> None:
    assert read("双拥那节不要动，还有7人").rest == ("还有7人",)
    assert "计划" in read("双拥那节不要动，明年计划征兵20人").facts.notes[0]


@pytest.mark.parametrize(
    ("text", "kept", "keys"),
    [
        ("除了征兵外，双拥也写长一点", (), [(SUPPORT,)]),
        ("除征兵以外，双拥还要写长一点", (), [(SUPPORT,)]),
        ("除了双拥，国防教育也补充点内容", (), [(EDUCATION,)]),
        ("除了征兵要写长点，双拥也要写长一点", (), [(CONSCRIPTION,), (SUPPORT,)]),
        ("除了征兵，双拥写长一点", (CONSCRIPTION,), [(SUPPORT,)]),
        ("除征兵外，第二部分都短一点", (CONSCRIPTION,), [tuple(key for key in FOCUS if key != CONSCRIPTION)]),
        ("除了征兵写短一点，其他都不要动", tuple(key for key in WRITTEN if key != CONSCRIPTION), [(CONSCRIPTION,)]),
        ("除了征兵都不要动", tuple(key for key in WRITTEN if key != CONSCRIPTION), []),
        ("除了征兵，其他都不要改", tuple(key for key in WRITTEN if key != CONSCRIPTION), []),
    ],
)
def test_who_is_left_out_by_except(text: str, kept: tuple[str, ...], keys: list[tuple[str, ...]]) -> None:
    assert (read(text).kept, wishes(text)) == (kept, keys)


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("除了征兵，其他都短一点", {CONSCRIPTION}),
        ("除征兵以外都写短一点", {CONSCRIPTION}),
        ("征兵和双拥除外，其余的都写短点", {CONSCRIPTION, SUPPORT}),
        ("征兵不要动，其他都短一点", {CONSCRIPTION}),
        ("除了征兵，都短一点", {CONSCRIPTION}),
        ("除了征兵和双拥都短一点", {CONSCRIPTION, SUPPORT}),
        ("除征兵外全文精简", {CONSCRIPTION}),
        ("除征兵之外的部分都短一点", {CONSCRIPTION}),
    ],
)
def test_all_but_one_are_asked_about(text: str, left_out: set[str]) -> None:
    (wish,) = read(text).wishes
    assert set(wish.keys) == set(WRITTEN) - left_out
    assert set(read(text).kept) == left_out
    assert "征兵" not in wish.instruction


@pytest.mark.parametrize("number", ["第十部分", "倒数第二十节", "倒数第九部分"])
def test_a_number_that_no_section_has_is_told(number: str) -> None:
    (wish,) = read(f"{number}精简").wishes
    assert (wish.keys, wish.missing) == ((), (number,))


def test_the_last_part_is_all_of_it() -> None:
    at = [section.key for section in REPORT.sections].index(SUPPORT)
    shorter = replace(REPORT, sections=REPORT.sections[:at])
    for text, keys in (("最后一部分短一点", FOCUS), ("第二部分短一点", FOCUS), ("最后一节短一点", FOCUS[-1:])):
        assert [wish.keys for wish in understand(text, shorter, TITLES).wishes] == [keys]


@pytest.mark.parametrize("text", ["第一节、第三节精简些", "一三节短一点", "第1、3节短一点"])
def test_numbers_of_either_level_are_asked_about_together(text: str) -> None:
    (wish,) = read(text).wishes
    assert wish.readings == ((PRINCIPLES, SUPPORT), (EDUCATION, CONSCRIPTION))


@pytest.mark.parametrize(("text", "missing"), [("第十二部分精简", "第十二部分"), ("一、九部分精简", "一、九部分")])
def test_a_number_among_others_that_no_section_has_is_told(text: str, missing: str) -> None:
    assert [wish.missing for wish in read(text).wishes] == [(missing,)]


@pytest.mark.parametrize("text", ["别改得太长，征兵那节", "民兵那节别写那么多套话", "征兵那节不要写太长"])
def test_how_not_to_write_is_an_instruction(text: str) -> None:
    assert not read(text).kept
    assert len(wishes(text)) == 1


@pytest.mark.parametrize(
    "text", ["征兵那节加一个例子", "征兵那节分成三段", "双拥那节加一个小标题", "专武干部那句有两个错别字"]
)
def test_words_about_the_text_are_instructions(text: str) -> None:
    assert len(wishes(text)) == 1
    assert not read(text).facts


@pytest.mark.parametrize(
    "text",
    [
        "存在问题改成两段", "存在问题写成一段话", "存在问题改成更具体的", "下步打算换成分条写", "存在问题里再加点内容",
        "下步打算补充点细节", "存在问题加个例子", "存在问题有点笼统", "存在问题改成写得短一点",
        "存在问题改成三条", "存在问题改成：两段", "存在问题写多一点",
        "下步打算写成述职的口气", "下步打算写成一段话，别分点",
    ],
)  # fmt: skip
def test_how_a_list_is_to_be_written_is_an_instruction(text: str) -> None:
    assert wishes(text) in [[("problems",)], [("next-steps",)]]
    assert not read(text).facts


@pytest.mark.parametrize("text", ["民兵参加行业培训", "民兵参加行动50人次", "去行政村宣传要写上"])
def test_a_line_inside_a_word_is_no_line_of_the_text(text: str) -> None:
    assert not wishes(text)


@pytest.mark.parametrize("text", ["存在问题是否要展开", "征兵那节要不要改", "存在问题要不要展开", "存在问题有没有写全"])
def test_what_is_asked_of_a_section_neither_writes_nor_keeps_it(text: str) -> None:
    found = read(text)
    assert not found.something
    assert found.rest == (text,)


@pytest.mark.parametrize("text", ["征兵那节标题换一个", "把征兵的标题改成“严把兵员质量关”", "征兵标题改一个好听的"])
def test_headings_are_changed_in_the_outline(text: str) -> None:
    assert read(text).outline
