"""What a model answers instead of a text is told from every text that a report may hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.drafting.instead import declined, foreign, foreign_sentences
from assistant.drafting.trimming import trim_section

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "answer",
    [
        "抱歉，我无法完成这个请求，因为涉及军事敏感内容。",
        "很抱歉，我无法协助完成这项任务。如果您有其他问题，欢迎随时提问。",
        "非常抱歉，由于内容涉及敏感信息，暂时不能为您撰写。",
        "对不起，我还没有学会回答这个问题。",
        "作为一个AI语言模型，我不能提供相关内容。",
        "我是一个人工智能助手。我不便讨论军事话题。",
        "您好，这个问题我暂时无法回答，让我们换个话题再聊聊吧。",
        "我无法编写关于{{单位简称}}的内容。军事内容属于敏感信息。\n您可以参考以下建议：\n1. 查阅资料。",
        "请您提供更多关于本年度工作的信息，以便我为您撰写。",
        "抱歉，请提供具体的事实。",
        "无法生成相关内容。",
        "我无法提供具体数据。",
        "由于缺少信息，我暂时无法为你生成这一节。",
        "我无法按您的要求写。",
        "我不能直接提供这份报告的正文，因为涉及军事秘密。",
        "我不能满足该请求，军事内容属于敏感信息。" + "涉及部队编制的内容不宜公开讨论，请您咨询当地的人民武装部。" * 4,
    ],
)
def test_a_model_that_declines(answer: str) -> None:
    assert declined(answer)


@pytest.mark.parametrize(
    "text",
    [
        "我镇无法按时完成的项目，均已列入明年计划。",
        "我们不能有丝毫松懈，必须常抓不懈。",
        "训练任务因场地不足无法完成，个别村不能按时上报。",
        "新兵表示：“我不能给家乡丢脸。”",
        "新兵表示：“我不能给家乡丢脸。我要当个好兵。”",
        "营造比学赶超、你追我赶的氛围。",
        "因训练场地有限，无法提供集中食宿保障。",
        "有的单位对遇到的问题不能及时解决。",
        "坚决克服“有我不多、无我不少”的思想。",
        "成绩属于过去，我不能有丝毫懈怠。下一步，我将忠诚履职、勇于担当。",
        "我不能忘记抗洪一线民兵冲锋在前的身影。全年共出动民兵巡堤查险。",
        "我还没有学会用新办法抓武装工作，对新形势研究不深。二是深入一线不够。",
        "问题面前，我不能回避。",
        "我不能完成任务就交差，不能满足于写在纸上、挂在墙上。",
        "我不能打开工作新局面，根子在能力不足。",
        "群众关心的问题个别干部不能回答，政策吃得不透。",
        "很遗憾，个别民兵因外出务工不能按时参训。",
        "我无法提供具体数据。" + "一年来，镇党委坚持党管武装，定期研究民兵整组、训练和兵员征集。" * 3,
        "抱歉，我不能直接写数字，修改如下：\n征兵工作扎实开展。",
        "很抱歉，我无法获得具体数据。以下是参考文本。\n全年入伍{{入伍人数}}。",
    ],
)
def test_a_text_is_no_refusal(text: str) -> None:
    assert not declined(text)


def test_what_was_said_before_the_text_goes() -> None:
    talk = "很抱歉，我无法获得具体数据，但可以为您写一段。\n以下是正文：\n"
    assert trim_section(f"{talk}全年入伍{{{{入伍人数}}}}。") == "全年入伍{{入伍人数}}。"


@pytest.mark.parametrize(
    "first", ["我不能忘记民兵冲锋在前的身影。", "面对新形势，我还没有学会用新办法。", "遗憾的是，我不能兼顾。"]
)
def test_what_a_person_reports_of_what_they_cannot_do_stays(first: str) -> None:
    text = f"{first}全年入伍{{{{入伍人数}}}}。"
    assert trim_section(text) == text


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("The township attaches great importance to national defense education.", True),
        ("A total of {{入伍人数}} young people enlisted this year from our town.", True),
        ("I'm sorry, but I can't assist with that request.", True),
        ("Все мероприятия по воинскому учёту проведены полностью.", True),
        ("推广“National Defense Education for All”主题APP。", False),
        ("报名网址：https://www.gfbzb.gov.cn/zbbm/index.html。", False),
        ("运用GIS、GPS、VR、AI、5G技术开展训练。", False),
        ("全年开展國防教育。", False),
        ("兵役登记材料请发至bgs@liulin.cn，写明GIS、GPS、APP、LED、PPT。", False),
        ("报名网址www.gfbzb.gov.cn全国征兵网开通后，推广GIS、GPS、APP、LED、PPT。", False),
        ("", False),
    ],
)
def test_another_language(text: str, other: bool) -> None:
    assert foreign(text) is other


@pytest.mark.parametrize("piece", ["民兵", "“", "《"])
def test_an_answer_that_never_ends_is_read_at_once(piece: str) -> None:
    assert not foreign(piece * 50_000 + "\n民兵。")


@pytest.mark.parametrize(
    "raw",
    [
        "Sure! Here is the section you asked for:\n\n全年入伍{{入伍人数}}。",
        "Here is the section you asked for: 全年入伍{{入伍人数}}。",
        "全年入伍{{入伍人数}}。\n\nNote: I used all of the slots that you gave me.",
    ],
)
def test_what_is_said_around_the_text_in_another_language_goes(raw: str) -> None:
    assert trim_section(raw) == "全年入伍{{入伍人数}}。"


def test_a_sentence_in_the_midst_is_named() -> None:
    sentence = "The young people of our town enlisted."
    assert foreign_sentences(f"全年入伍。\n{sentence}\n质量提高。") == (sentence,)


def test_no_sentence_of_the_phrases_or_the_examples_is_taken_for_one() -> None:
    """Every sentence alone, as when one is rewritten."""
    files = [*ROOT.glob("prompts/*/phrases/*"), *ROOT.glob("prompts/*/*.yaml")]
    lines = {part for file in files for part in file.read_text(encoding="utf-8").replace("。", "。\n").splitlines()}
    hanzi = [line for line in lines if sum("\u4e00" <= c <= "\u9fff" for c in line) > 8]
    assert len(hanzi) > 500
    assert [line for line in hanzi if declined(line)] == []
