"""Faults, causes and plans that a speaker tells in running speech, without a heading."""

from __future__ import annotations

import pytest

from assistant.facts.fields import FactSchema
from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

DONE = (
    "今年我镇基干民兵八十六人，党委议军会议开了三次，集训搞了十天。征兵上，适龄青年三百二十人，入伍十二人，其中大学生九人。"
    "宣传资料发了一千份，走访军属六十户，每户五百元。防汛的时候出动民兵二百人次，器材装备花了四万元。\n"
)
FAULTS, CAUSES, PLANS = "存在问题", "原因分析", "下步打算"


@pytest.fixture(scope="module")
def schema() -> FactSchema:
    return Library().get("armed-forces-work").facts


def told(words: str, schema: FactSchema) -> list[tuple[str, str]]:
    found = extract_text(f"同志们：\n{DONE * 2}{words}", schema).facts
    return [(one.label, str(one.fact.value[0])) for one in found
            if one.label in (FAULTS, CAUSES, PLANS) and isinstance(one.fact.value, tuple)]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "要说不足，我心里有数。头一条，山那边三个村的应急分队一年没拉动过一回；第二条，库房里的水泵有四台打不着火。"
            "怪我，平时去得少，问得也少。过了年，我打算先把水泵修好，再把三个村的分队轮着拉一遍。",
            [
                (FAULTS, "山那边三个村的应急分队一年没拉动过一回"),
                (FAULTS, "库房里的水泵有四台打不着火"),
                (CAUSES, "平时去得少，问得也少"),
                (PLANS, "先把水泵修好"),
                (PLANS, "再把三个村的分队轮着拉一遍"),
            ],
        ),
        (
            "别的都好说，就是有两块心病放不下，一块是体检淘汰率高，三个送检的要刷下来两个；一块是退役军人档案缺页，补了半年没补齐。"
            "我反复琢磨，前一块是高中生近视多，咱宣传护眼护得晚；后一块是我交接时没细查。谢谢大家。",
            [
                (FAULTS, "体检淘汰率高，三个送检的要刷下来两个"),
                (FAULTS, "退役军人档案缺页，补了半年没补齐"),
                (CAUSES, "高中生近视多，咱宣传护眼护得晚"),
                (CAUSES, "交接时没细查"),
            ],
        ),
        (
            "器材都存在山上，真出了事拿不下来。这里头有我的责任，我只想着放得安全，没想过用得方便。",
            [(FAULTS, "器材都存在山上，真出了事拿不下来"), (CAUSES, "只想着放得安全，没想过用得方便")],
        ),
        (
            "首长问我有没有难处，有。夜训的照明车等了一年没等来，是我打报告打得晚；花名册上有九个人早搬走了，我核得不够勤。",
            [
                (FAULTS, "夜训的照明车等了一年没等来"),
                (CAUSES, "打报告打得晚"),
                (FAULTS, "花名册上有九个人早搬走了"),
                (CAUSES, "核得不够勤"),
            ],
        ),
        (
            "不足嘛，有两点：应急分队缺夜训；社区宣传不接地气。怎么改？我们合计了几条，一是每季度安排一次夜训，二是请老兵上台讲。",
            [
                (FAULTS, "应急分队缺夜训"),
                (FAULTS, "社区宣传不接地气"),
                (PLANS, "每季度安排一次夜训"),
                (PLANS, "请老兵上台讲"),
            ],
        ),
        (
            "问：还有什么没做好的？\n答：有两样。一样是花名册半年没更新；另一样是宣传光靠贴标语，年轻人不看。\n"
            "问：明年怎么打算？\n答：花名册每季度核一次，宣传的事找两个会拍视频的大学生来做。",
            [
                (FAULTS, "花名册半年没更新"),
                (FAULTS, "宣传光靠贴标语，年轻人不看"),
                (PLANS, "花名册每季度核一次"),
                (PLANS, "宣传的事找两个会拍视频的大学生来做"),
            ],
        ),
    ],
)
def test_what_a_speaker_tells_is_read_item_by_item(
    words: str, expected: list[tuple[str, str]], schema: FactSchema
) -> None:
    assert told(words, schema) == expected


@pytest.mark.parametrize(
    "words",
    [
        "今年征兵没有一个退兵，体检一个都没漏。为什么能做到？因为村里的干部把工作做细了，家长信得过我们。谢谢大家。",
        "说句心里话，这一年最难忘的是六月那场水，民兵们在堤上守了九天，没有一个人叫苦。",
        "有人问我图什么，我说图个心安。三个村的老难题都解决了。就说这些。",
        "明年是换届年。明年这个时候，我希望还能站在这里向大家汇报。往后有什么事随时打电话。",
    ],
)
def test_praise_and_leave_taking_are_no_items(words: str, schema: FactSchema) -> None:
    assert told(words, schema) == []
