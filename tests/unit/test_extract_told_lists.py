"""Faults with their causes and remedies in one sentence, and lists of tasks in running text."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts
REPORT = (
    "清河镇2025年党管武装工作情况报告\n一、组织领导\n全年召开党委议军会议2次，专题会议3次，配备专武干部2名。"
    "武装工作有人抓、有人管，日常值班、装备保养和档案整理都有专人负责，年底逐项对账，镇里和村里的台账都能对得上。\n"
    "二、民兵工作\n组织点验2次，训练10天。各村民兵连照花名册点了名，没有到的当天补了手续，花名册一式三份留存。\n"
)
FAULTS, CAUSES, PLANS, TASKS = "存在问题", "原因分析", "下步打算", "急难险重任务"


def items(text: str, label: str) -> list[object]:
    """The items of a list in the words of the text."""
    found = [one.fact.value for one in extract_text(REPORT + text, SCHEMA).facts if one.label == label]
    return [value[0] for value in found if isinstance(value, tuple)]


# ---- a fault and its cause, a fault and its remedy


@pytest.mark.parametrize(
    "said",
    [
        "夜训课目偏少，主要因为没有夜间照明设备；库房管理松散，主要因为保管员是兼职的。",
        "夜训课目偏少，缘由是没有夜间照明设备；库房管理松散，缘由是保管员是兼职的。",
        "由于没有夜间照明设备，夜训课目偏少；由于保管员是兼职的，库房管理松散。",
        "一是夜训课目偏少，因为没有夜间照明设备，所以练得不熟；二是库房管理松散，根子在于保管员是兼职的。",
    ],
)
def test_a_fault_and_its_cause_are_two(said: str) -> None:
    text = f"三、存在问题\n{said}\n"
    assert items(text, FAULTS) == ["夜训课目偏少", "库房管理松散"]
    assert items(text, CAUSES) == ["没有夜间照明设备", "保管员是兼职的"]


def test_a_cause_of_two_clauses_stays_one() -> None:
    text = "三、原因分析\n一是下去督促得少，主要靠电话问情况；二是经费渠道窄。\n"
    assert items(text, CAUSES) == ["下去督促得少，主要靠电话问情况", "经费渠道窄"]
    assert items(text, FAULTS) == []


def test_a_fault_and_what_will_be_done_about_it_are_two() -> None:
    text = "三、存在问题\n1．夜训课目偏少。要把夜训排进每月计划。\n2．库房管理松散。要给库房配一名专职保管员。\n"
    assert items(text, FAULTS) == ["夜训课目偏少", "库房管理松散"]
    assert items(text, PLANS) == ["把夜训排进每月计划", "给库房配一名专职保管员"]


# ---- what only frames faults and causes


@pytest.mark.parametrize(
    "said",
    [
        "回头看，夜训课目排得偏少，库房保管员常年兼职，民兵之家开门时间短，这三条是短板。",
        "总体看，武装工作与上级要求还有差距，主要表现为：夜训课目排得偏少，库房保管员常年兼职，民兵之家开门时间短。",
        "今年虽有进步，但夜训课目排得偏少，库房保管员常年兼职，民兵之家开门时间短，都是我绕不过去的短板。",
    ],
)
def test_faults_without_their_frame(said: str) -> None:
    assert items(f"三、问题与不足\n{said}\n", FAULTS) == [
        "夜训课目排得偏少",
        "库房保管员常年兼职",
        "民兵之家开门时间短",
    ]


def test_causes_told_by_their_kind() -> None:
    text = "三、不足\n库房管理松散。究其根源，有我过问不勤的主观原因，也有编制少、人手紧的客观原因。\n"
    assert items(text, CAUSES) == ["我过问不勤", "编制少、人手紧"]


def test_what_somebody_was_praised_for_is_no_fault() -> None:
    text = "三、不足\n库房管理松散；夜训课目偏少。\n保管员林大海三天没回家，被镇里通报表扬。\n"
    assert items(text, FAULTS) == ["库房管理松散", "夜训课目偏少"]


# ---- tasks in running text


@pytest.mark.parametrize(
    "said",
    [
        "此外民兵还参加了河堤抢险、林区扑火和被困游客搜救。",
        "除了值班，民兵还完成了河堤抢险、林区扑火、被困游客搜救等任务。",
        "民兵承担的急难任务有：河堤抢险，林区扑火，被困游客搜救。",
        "出动民兵90人次，其余任务为：河堤抢险；林区扑火；被困游客搜救。",
        "出动民兵90人次，较好发挥了河堤抢险、林区扑火、被困游客搜救方面的作用。",
        "出动民兵90人次。主要是抢河堤险情、林区扑火、被困游客搜救。",
        "河堤抢险、林区扑火、被困游客搜救等任务，都是民兵打头阵。",
    ],
)
def test_tasks_without_their_frame(said: str) -> None:
    found = [str(one).replace("抢河堤险情", "河堤抢险") for one in items(f"三、民兵用兵\n{said}\n", TASKS)]
    assert found == ["河堤抢险", "林区扑火", "被困游客搜救"]


def test_two_tasks_that_a_word_joins() -> None:
    text = "三、民兵用兵\n出动民兵90人次，还完成了河堤抢险和高考考点安保两项任务。\n"
    assert items(text, TASKS) == ["河堤抢险", "高考考点安保"]


@pytest.mark.parametrize(
    "said",
    [
        "民兵参加了防汛抢险、林区扑火演练。",
        "明年民兵要承担河堤抢险、林区扑火任务。",
        "编成了防汛抢险、森林扑火两支分队，民兵随时准备参加河堤抢险、林区扑火。",
        "民兵完成了整组、点验和征兵宣传。",
    ],
)
def test_drills_wishes_and_other_work_are_no_tasks(said: str) -> None:
    assert items(f"三、民兵用兵\n{said}\n", TASKS) == []


# ---- plans in one sentence


def test_plans_that_each_begin_with_a_verb() -> None:
    text = "三、不足\n库房管理松散。今后我打算，分两年补齐夜训器材，同驻镇企业合办国防讲堂，推动武装工作进工地。\n"
    assert items(text, PLANS) == ["分两年补齐夜训器材", "同驻镇企业合办国防讲堂", "推动武装工作进工地"]


def test_a_plan_behind_its_year_is_no_lead() -> None:
    text = "三、不足\n库房管理松散。\n今后要同驻镇企业建立联络机制，把库房台账管到每一件器材，给保管员发岗位补贴。\n"
    assert "同驻镇企业建立联络机制" in items(text, PLANS)


# ---- what the first in charge did


@pytest.mark.parametrize(
    "said",
    [
        "镇党委把党管武装写进党委议事规则",
        "我坚持把武装工作同经济工作一同部署、一同考核",
        "镇党委牵头修订《清河镇武装工作责任清单》",
        "及时调整镇国防动员委员会组成人员",
        "我还邀请县人武部领导来镇讲军事课",
        "党委委员每人联系一个村民兵连",
        "街道与9家企业签订国防动员共建协议",
        "督促分管领导每季度向党委报告一次武装工作",
    ],
)
def test_what_was_done_for_leadership(said: str) -> None:
    found = items(f"三、党管武装\n{said}，推动责任落到实处。\n", "其他履职举措")
    assert len(found) == 1
    assert said.endswith(str(found[0]))


@pytest.mark.parametrize(
    "said",
    [
        "把武装工作列入财政预算",
        "把党管武装当作政治责任牢牢扛在肩上",
        "印发《征兵工作应急预案》",
        "把防汛抢险作为民兵的专项任务",
        "邀请部队教员给民兵授课",
    ],
)
def test_what_is_no_deed_of_leadership(said: str) -> None:
    assert items(f"三、党管武装\n镇党委{said}，推动责任落到实处。\n", "其他履职举措") == []


def test_causes_that_are_added_with_a_word() -> None:
    text = "三、不足\n库房管理松散。往深处想，一方面是我过问得不勤，另一方面是村里人手紧，再加上补贴政策没有落地。\n"
    assert items(text, CAUSES) == ["我过问得不勤", "村里人手紧", "补贴政策没有落地"]
