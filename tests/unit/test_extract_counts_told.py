"""Counts told in passing: how many villages there are, what each of them has, what was solved, promoted, or a part."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts
HEAD = "柳河街道2025年党管武装工作情况\n\n"


def facts(text: str) -> dict[str, object]:
    return {one.label: one.fact.value for one in extract_text(HEAD + text, SCHEMA).facts if one.row is None}


@pytest.mark.parametrize(
    "text",
    [
        "一、基本情况\n所辖社区：23个；专武干部：3人。",
        "开年就把任务分解到23个社区；全年开议军会2次。",
        "村数：23个行政村，每村1个民兵连，村级民兵共386人。",
        "我镇23个村，每个村一个民兵连，共有村级民兵300人。",
        "街道面积8.6平方公里，社区23个，入驻企业1900多家。",
        "全处社区23个。普通民兵连2个。",
        "行政村23个，无社区。民兵之家9个。",
        "街道辖5所高校、23个社区，共有适龄青年250名。",
        "街道编23个村（社区）民兵连、村级民兵715人。",
        "议军会开了2次，与23个社区逐一签订责任书。",
        "我们按照就近的办法，在23个村分别建起村民兵连，编入村级民兵430人。",
    ],
)
def test_how_many_villages_there_are(text: str) -> None:
    assert facts(text)["村社区个数"] == 23


@pytest.mark.parametrize("text", ["下湾社区：23个民兵。", "街道辖5所高校，驻有部队1个。", "对2个后进村进行了约谈。"])
def test_what_is_not_the_number_of_villages(text: str) -> None:
    assert "村社区个数" not in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "10个村均建村级民兵连，村级民兵合计412人。",
        "10个社区均设民兵连，编入社区民兵450人。",
        "10个村（居）均建民兵连，在册民兵1350人。",
        "10个村各有一个村民兵连，共210人。",
        "10个行政村，每村1个民兵连，村级民兵共386人。",
        "10个村分别建起村民兵连。",
        "全镇7个村、3个社区，民兵连建到了每个村（社区），一共10个。",
    ],
)
def test_each_village_has_its_company(text: str) -> None:
    assert facts(text)["村级民兵连"] == 10


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("今年有1名专武干部提拔使用，空缺随即补上，保持了2名专武干部的编配。", 2),
        ("年内提拔重用专武干部1名。专武干部核定2名，全部到位。", 2),
        ("经费：预算14万元。\n专干2人，其中1人今年7月到岗。", 2),
    ],
)
def test_an_officer_who_was_promoted_is_one_of_them(text: str, count: int) -> None:
    assert facts(text)["专武干部"] == count


@pytest.mark.parametrize("who", ["县里今年为全县乡镇共配了31名专武干部", "区里统一给全区街道配了31名专武干部"])
def test_those_of_the_whole_county_are_not_ours(who: str) -> None:
    assert facts(f"{who}，街道另明确6名社区副书记兼管武装。").get("专武干部") != 31


@pytest.mark.parametrize(
    "text",
    ["解决了器材库漏水、训练场地借用等4个具体问题。", "把老粮站的三间房改成器材库。", "把两间旧车库改成了器材库。"],
)
def test_what_was_solved_or_rebuilt_is_no_count_of_stores(text: str) -> None:
    assert "民兵器材库" not in facts(text)


def test_a_part_is_not_the_whole() -> None:
    assert facts("当场有11人扫码报名；全年38人报名应征，上年19人。")["报名应征"] == 38
    assert facts("开了国防教育课，一学期六课时，全年十二课时。")["国防教育课时"] == 12
    assert facts("每半年一次议军会。2025年，党委议军2次。")["党委议军会议"] == 2
    assert facts("我带头讲国防教育党课一堂。上国防教育课20课时。")["国防教育课时"] == 20
    assert facts("宣传资料发放约8000份，其中征兵政策折页5000份。")["宣传资料"] == 8000


@pytest.mark.parametrize("how", ["春节前跑了88户", "逢年过节看了88户军烈属和老兵", "建军节走了88户军烈属"])
def test_households_that_were_visited(how: str) -> None:
    told = facts(f"{how}，每户500元。")
    assert (told["走访慰问户数"], told["每户慰问金"]) == (88, 500)


@pytest.mark.parametrize(
    "said",
    [
        "一封告状信也没有",
        "一封举报信也没有收到",
        "征兵中间没有人来信来访",
        "没有出现退兵，也没有1起信访举报",
        "群众未向各级反映任何信访举报问题",
    ],
)
def test_no_petition(said: str) -> None:
    assert facts(f"批准入伍12人，{said}。")["信访举报"] == 0


@pytest.mark.parametrize(
    "text", ["现有1个民兵装备器材库、8个民兵之家，其中5个挂牌。", "有1个镇级民兵器材库，有8个民兵之家，其中5个挂了牌。"]
)
def test_a_noun_that_has_its_figure_leaves_the_next_one_alone(text: str) -> None:
    told = facts(text)
    assert (told["民兵器材库"], told["民兵之家"]) == (1, 8)


def test_two_nouns_with_their_figures_in_front() -> None:
    told = facts("街面上，有9个宣传点，有40块电子屏，有30条横幅。")
    assert (told["宣传点"], told["电子屏"], told["宣传横幅"]) == (9, 40, 30)


@pytest.mark.parametrize("said", ["14人过了体检关", "14人体检过关", "过了体检的14人"])
def test_who_passed_was_not_who_came(said: str) -> None:
    told = facts(f"报名41人，上站29人，{said}，定兵11人。")
    assert (told["上站体检"], told["体检合格"]) == (29, 14)


def test_notes_have_a_line_for_each_matter() -> None:
    text = (
        "双拥：八一和春节走访310户，每户500元；换光荣牌96块；退役军人就业帮了44人\n"
        "出动：应急14次，约720人次，主要是险情值守\n"
    )
    told = facts(text)
    assert (told["安置退役军人"], told["出动民兵"]) == (44, 720)
