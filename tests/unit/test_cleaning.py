"""Cleaning what models write: thinking, markdown, greetings; slots stay whole; chunking changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.cleaning import StreamCleaner
from assistant.drafting.trimming import trim_section

PIECES = st.sampled_from(
    [
        "全年", "完成",
        "{{入伍人数|名}}", "{{", "}}", "{", "}", "{{民兵分队.应急排.实有人数}}", "{{a**b}}", "**", "*", "* ",
        "`", "```", "```text", "\n", "\r\n", " ", "　", "#", "## ", "- ", "---", "_", "___", "+ ", "> ",
        "•", "<think>",
        "</think>", "<THINK>", "<", "</", "think>", "<|im_end|>", "</s>", "|---|---|", "| 甲 | 乙 |",
        "。", "，", "1. ",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=30).map("".join)


def streamed(pieces: list[str], *, mid_text: bool = False) -> tuple[str, str]:
    cleaner = StreamCleaner(mid_text=mid_text)
    added = "".join([*(cleaner.feed(piece) for piece in pieces), cleaner.finish()])
    return added, cleaner.text


def clean_stream(text: str) -> str:
    return streamed([text])[1]


def clean_section(text: str, heading: str | None = None, title: str = "") -> str:
    return trim_section(clean_stream(text), heading, title)


@given(text=TEXTS, data=st.data(), mid_text=st.booleans())
def test_the_way_of_cutting_changes_nothing(text: str, data: st.DataObject, mid_text: bool) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert streamed(pieces, mid_text=mid_text) == streamed([text], mid_text=mid_text)
    assert streamed(list(text), mid_text=mid_text) == streamed([text], mid_text=mid_text)


@given(text=TEXTS)
def test_no_blanks_at_the_edges_and_no_empty_lines(text: str) -> None:
    once = clean_stream(text)
    assert once == once.strip(" \t　\n")
    assert "\n\n" not in once


@given(
    labels=st.lists(st.text(alphabet="入伍人数民兵分队._*`#->|", min_size=1, max_size=8), max_size=5),
    glue=st.sampled_from(["，", "**", "\n- ", "\n# ", " ", "`"]),
)
def test_slots_are_never_touched(labels: list[str], glue: str) -> None:
    slots = [f"{{{{{label}}}}}" for label in labels]
    cleaned = clean_section("开头" + glue.join(slots) + "结尾")
    position = 0
    for slot in slots:
        position = cleaned.index(slot, position) + len(slot)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("<think>先想想{{入伍人数}}</think>\n\n全年完成{{入伍人数}}。", "全年完成{{入伍人数}}。"),
        ("<think>没有想完", ""),
        ("我先想想怎么写。\n</think>\n全年工作完成。", "全年工作完成。"),
        ("全年工作完成。</think>", "全年工作完成。"),
        ("先想想 </think>## 全年", "全年"),
        ("全年<think>再想想</think>完成。", "全年完成。"),
        ("**全年**完成***{{兵役登记}}***。", "全年完成{{兵役登记}}。"),
        ("```markdown\n全年完成。\n```", "全年完成。"),
        ("```全年完成。```", "全年完成。"),
        ("全年`完成`。", "全年完成。"),
        ("## 基本情况\n全年完成。", "基本情况\n全年完成。"),
        ("##基本情况\n全年完成。", "基本情况\n全年完成。"),
        ("#1楼会议室", "#1楼会议室"),
        ("- 第一条\n* 第二条\n+ 第三条\n• 第四条\n> 引文", "第一条\n第二条\n第三条\n第四条\n引文"),
        ("上文\n---\n* * *\n下文", "上文\n下文"),
        ("-5度，A*B", "-5度，A*B"),
        ("　　全年完成。  \n\n\n　　明年继续。\n", "全年完成。\n明年继续。"),
        ("| 名称 | 数量 |\n|---|---|\n| {{a}} | {{b}} |", "| 名称 | 数量 |\n|---|---|\n| {{a}} | {{b}} |"),
        ("全年完成。<|im_end|>", "全年完成。"),
        ("甲<乙，{单括号}，{{没有关上\n下一行", "甲<乙，{单括号}，{{没有关上\n下一行"),
        ("1. 加强领导", "1. 加强领导"),
    ],
)
def test_stream_layer(raw: str, clean: str) -> None:
    assert clean_stream(raw) == clean


def test_an_open_slot_is_held_back_until_it_closes() -> None:
    cleaner = StreamCleaner()
    assert cleaner.feed("完成{{入伍") == "完成"
    assert cleaner.feed("人数|名}") == ""
    assert cleaner.feed("}等") == "{{入伍人数|名}}等"


def test_thinking_without_an_opening_tag_leaves_the_text_when_real_text_follows() -> None:
    cleaner = StreamCleaner()
    cleaner.feed("让我想想。")
    assert cleaner.text == "让我想想。"
    cleaner.feed("</think>\n\n")
    assert cleaner.feed("全年") == "全年"
    assert cleaner.text == "全年"


def test_a_stream_that_goes_on_in_mid_text_keeps_its_line_break() -> None:
    assert streamed(["\n", "明年"], mid_text=True)[1] == "\n明年"
    assert streamed(["，明年"], mid_text=True)[1] == "，明年"


PROSE = "全年完成兵役登记{{兵役登记}}。"


@pytest.mark.parametrize(
    ("raw", "heading"),
    [
        (f"好的，以下是为您撰写的“基本情况”部分：\n\n{PROSE}", None),
        (f"好的！{PROSE}", None),
        (f"当然可以，以下是{{{{单位简称}}}}工作报告的正文：{PROSE}", None),
        (f"以下是本节的正文内容：\n{PROSE}", None),
        (f"根据您提供的信息，撰写的段落如下：\n{PROSE}", None),
        (f"{PROSE}\n\n希望以上内容对您有所帮助！", None),
        (f"{PROSE}\n（字数：352）", None),
        (f"{PROSE}（全文约350字）", None),
        (f"{PROSE}\n以上是根据要求撰写的内容，请查收。\n如果您需要修改，请随时告诉我。", None),
        (f"{PROSE}\n注：以上内容根据提供的标签撰写，未编造数据。", None),
        (f"## 一、基本情况\n\n{PROSE}", "一、基本情况"),
        (f"**（一）基本情况**\n{PROSE}", "基本情况"),
        (f"【基本情况】\n{PROSE}", "基本情况"),
        (f"2. 工作基本情况：\n{PROSE}", "（二）基本情况"),
        (f"一、总体概况\n{PROSE}", "基本情况"),
        (f"一、基本情况。{PROSE}", "基本情况"),
        (f"{PROSE}\n\n---\n**说明**：\n- 使用了槽位{{{{入伍人数}}}}\n- 字数：约120字", None),
        (f"{PROSE}\n【写作说明】\n1. 未编造任何数据。\n2. 语言精炼。", None),
        (f'{{"text": "{PROSE}"}}', None),
        (f'```json\n{{"title": "基本情况", "content": "{PROSE}"}}\n```', None),
        (f"好的，以下是正文：\n### 基本情况\n{PROSE}\n---\n希望这些内容能够满足您的需要。", "基本情况"),
    ],
)
def test_what_stands_around_the_prose_goes(raw: str, heading: str | None) -> None:
    assert clean_section(raw, heading=heading) == PROSE


@pytest.mark.parametrize(
    "text",
    [
        "一年来，主要做了以下工作：\n抓组织，抓训练。",
        "{甲}和{乙}",
        "全年完成。\n说明：\n表中数字均为年底数。",
        "好的做法要坚持。",
        "根据上级要求，全年完成{{训练}}。",
        "以上做法得到肯定。",
        "（一）组织建设\n完成{{民兵分队.合计}}。",
        "一、组织建设\n甲。\n二、训练\n乙。",
        "如有紧急情况，应急排{{民兵分队.应急排}}随时出动。",
        "希望全体官兵再接再厉。",
        "发放资料{{宣传资料}}（含电子版）。",
        "基本情况",
    ],
)
def test_legitimate_text_stays(text: str) -> None:
    assert clean_section(text, heading="基本情况") == text


@pytest.mark.parametrize(
    "first",
    [
        "（三）征兵",
        "（三）征兵工作",
        "**（三）征兵工作**",
        "(三) 征兵工作",
        "三、征兵",
        "3. 征兵工作",
        "## 征兵工作情况",
        "征兵工作：",
        "（三）做好年度兵员征集",
        "高标准完成征兵任务",
        "（二）完成征兵任务",
    ],
)
def test_the_models_own_heading_goes(first: str) -> None:
    assert clean_section(f"{first}\n\n{PROSE}", "（三）高标准完成征兵任务", "征兵") == PROSE


@pytest.mark.parametrize("first", ["（三）征兵工作。", "三、征兵：", "3. 征兵工作："])
def test_so_does_one_that_runs_into_the_text(first: str) -> None:
    assert clean_section(f"{first}{PROSE}", "高标准完成征兵任务", "征兵") == PROSE


@pytest.mark.parametrize(
    "text",
    [
        "（一）征兵宣传\n发放资料。\n（二）征兵体检\n严格把关。",
        "（一）组织领导\n完成任务。",
        "（二）组织领导\n完成任务。\n（三）训练\n完成任务。",
        "征兵工作扎实开展。全年完成任务。",
        "征兵质量提高：全年没有退兵。",
        "1. 征兵宣传到位。\n2. 体检从严。",
        "（一）征兵宣传。发放资料。\n（二）征兵体检。严格把关。",
    ],
)
def test_items_of_the_section_stay(text: str) -> None:
    assert clean_section(text, "高标准完成任务", "征兵") == text
