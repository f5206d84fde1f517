"""Where lists of faults, causes and plans begin and end, and how their items are parted."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts
REPORT = (
    "清河镇2025年党管武装工作情况报告\n一、组织领导\n全年召开党委议军会议2次，专题会议3次，配备专武干部2名。"
    "武装工作有人抓、有人管，日常值班、装备保养和档案整理都有专人负责，年底逐项对账，镇里和村里的台账都能对得上。\n"
    "二、民兵工作\n组织点验2次，训练10天。各村民兵连照花名册点了名，农忙时节还帮缺劳力的人家抢收了庄稼。\n"
)


def items(text: str, label: str) -> list[object]:
    """The items of a list in the words of the text."""
    found = [one.fact.value for one in extract_text(REPORT + text, SCHEMA).facts if one.label == label]
    return [value[0] for value in found if isinstance(value, tuple)]


# ---- where a list ends


@pytest.mark.parametrize("closing", ["特此报告。\n", "以上报告，请予审议。\n", ""])
def test_annexes_are_no_plans(closing: str) -> None:
    annex = "附表1：征兵工作情况（单位：人）\n项目\t今年\t去年\n报名应征\t52\t47\n体检合格\t21\t20\n"
    text = f"三、下步打算\n一是修缮靶场；二是办好冬训。\n{closing}\n{annex}\n清河镇党委\n2025年12月3日"
    assert items(text, "下步打算") == ["修缮靶场", "办好冬训"]


def test_figures_of_an_annex_behind_the_plans_are_read() -> None:
    annex = "附表1：征兵工作情况（单位：人）\n项目\t2025年\t2024年\n报名应征\t52\t47\n体检合格\t21\t20\n"
    found = extract_text(f"{REPORT}三、下步打算\n一是修缮靶场；二是办好冬训。\n{annex}", SCHEMA).facts
    assert ("报名应征", 52, 47) in [(one.label, one.fact.value, one.fact.last_year) for one in found]


def test_a_line_without_a_number_behind_numbered_plans_is_none() -> None:
    text = "三、下步打算\n1．修缮靶场。\n2．办好冬训。\n主任说打印机开春就给换新的，到时去领。\n"
    assert items(text, "下步打算") == ["修缮靶场", "办好冬训"]


def test_what_follows_plans_told_in_one_paragraph_speaks_of_something_else() -> None:
    text = "明年打算：一是修缮靶场；二是办好冬训。\n他还问起邻镇来的人多不多，回说没有细数。\n"
    assert items(text, "下步打算") == ["修缮靶场", "办好冬训"]


# ---- where a list begins


def test_headings_in_plain_words_and_lines_with_dots() -> None:
    text = (
        "■ 还差什么\n· 通信骨干流动快\n· 库房偏潮，怕雨季\n■ 为什么\n· 待遇留不住人\n"
        "■ 接着干什么\n· 办一期通信培训\n· 给库房装除湿机\n"
    )
    assert items(text, "存在问题") == ["通信骨干流动快", "库房偏潮，怕雨季"]
    assert items(text, "原因分析") == ["待遇留不住人"]
    assert items(text, "下步打算") == ["办一期通信培训", "给库房装除湿机"]


def test_what_was_done_is_no_plan() -> None:
    assert items("三、今年怎么干的\n一是修了靶场；二是办了冬训。\n", "下步打算") == []


@pytest.mark.parametrize("heading", ["三、差距和打算", "三、短板及明年想法", "三、不足与对策"])
def test_of_two_lists_in_one_heading_the_first_comes_first(heading: str) -> None:
    text = f"{heading}\n对照上级要求，还有两个村的靶场达不到规范，个别民兵连台账记得太粗，宣传也多停留在挂横幅上。"
    text += "明年，一要翻修靶场，二要统一台账。\n"
    assert items(text, "存在问题") == ["两个村的靶场达不到规范", "个别民兵连台账记得太粗", "宣传也多停留在挂横幅上"]
    assert items(text, "下步打算") == ["翻修靶场", "统一台账"]


def test_one_sentence_runs_on_from_faults_to_causes_to_plans() -> None:
    text = (
        "三、关于存在的问题和打算\n我们也清醒地看到村里抓武装的劲头不够足，装备保养还靠人工登记，企业民兵集合一次很费劲，"
        "究其原因，一方面是平时督促偏软，另一方面是保障政策摸得不透，下一步我们将把督查列入每季度的固定内容，"
        "同商会一道出台企业民兵的优待办法，努力把武装工作提高到新的水平。\n"
    )
    assert items(text, "存在问题") == ["村里抓武装的劲头不够足", "装备保养还靠人工登记", "企业民兵集合一次很费劲"]
    assert items(text, "原因分析") == ["平时督促偏软", "保障政策摸得不透"]
    assert items(text, "下步打算") == ["把督查列入每季度的固定内容", "同商会一道出台企业民兵的优待办法"]


def test_a_cause_inside_a_numbered_fault_parts_no_list() -> None:
    text = "三、存在问题\n一是民兵外出多，原因是务工；二是装备老化快，原因是库房潮。\n"
    assert len(items(text, "存在问题")) == 2
    assert items(text, "原因分析") == []


@pytest.mark.parametrize(
    "said",
    [
        "难处也跟您说一下，靶场离村太远，集合要大半天。还有装备没处放，堆在祠堂。",
        "周敏（纪委书记）：我讲几点不足。一个是靶场离村太远，集合要大半天，再一个装备没处放，堆在祠堂。",
        "同时也看到两个“没有”：靶场离村太远，集合要大半天；装备没处放，堆在祠堂。",
        "问题我想了，就写这两条：靶场离村太远，集合要大半天；装备没处放，堆在祠堂。",
    ],
)
def test_faults_told_by_word_of_mouth(said: str) -> None:
    text = f"三、其他\n全年没有发生安全事故，各项安排都照着计划走完了，台账也都补齐了。\n{said}\n"
    assert items(text, "存在问题") == ["靶场离村太远，集合要大半天", "装备没处放，堆在祠堂"]


def test_causes_told_with_because() -> None:
    text = (
        "三、不足\n一是定事拖得久；二是冬训到课少。主要是因为督办没有专人盯着，村里路远不好集中，加之缺少会讲课的人。\n"
    )
    assert items(text, "原因分析") == ["督办没有专人盯着", "村里路远不好集中", "缺少会讲课的人"]


def test_quarters_are_no_numbers_of_the_author() -> None:
    text = "三、明年\n一季度补齐装备，二季度办好冬训，年底前翻修靶场两处。\n"
    assert items(text, "下步打算") == ["一季度补齐装备", "二季度办好冬训", "年底前翻修靶场两处"]


@pytest.mark.parametrize("lead", ["短板有三。", "问题有三条。"])
def test_how_many_faults_there_are_is_none_itself(lead: str) -> None:
    text = f"三、正视短板\n{lead}编组不易：青年流动快。器材不新：水泵用了八年。宣传不活：只会发传单。\n"
    assert len(items(text, "存在问题")) == 3


def test_what_is_still_to_be_written_is_no_fault() -> None:
    assert items("三、存在问题\n1.企业配合编组不主动；\n2.（待补）\n", "存在问题") == ["企业配合编组不主动"]


# ---- urgent tasks


@pytest.mark.parametrize(
    "said",
    [
        "全年参加应急处置7次，其中河堤抢险4次、林区扑火2次、被困游客搜救1次，出动民兵210人次。",
        "用兵主要是这些：4月林区扑火，7月河堤抢险，9月被困游客搜救。",
        "应急处置7次，干的主要是河堤抢险、林区扑火、被困游客搜救这三样。",
        "出动民兵二百一十余人次：河堤抢险，林区扑火，被困游客搜救。",
        "河堤抢险、林区扑火、被困游客搜救，也都动用了民兵。",
    ],
)
def test_urgent_tasks_with_their_figures_and_months(said: str) -> None:
    found = items(f"三、民兵用兵\n{said}\n", "急难险重任务")
    assert sorted(map(str, found)) == ["林区扑火", "河堤抢险", "被困游客搜救"]


@pytest.mark.parametrize(
    "said",
    [
        "全年应急处置7次，参加演练3次，组织训练2次。",
        "4月整组，5月点验，9月组织民兵防汛抢险演练。",
        "在7月的防汛抢险中，出动民兵60人次。",
    ],
)
def test_drills_and_sums_are_no_urgent_tasks(said: str) -> None:
    assert items(f"三、民兵用兵\n{said}\n", "急难险重任务") == []


# ---- common phrases of reports


def test_faults_in_one_breath_with_and_so_on() -> None:
    text = "三、其他\n工作中还存在着骨干更换勤、库房面积小、宣传办法不多等问题，在下步工作中将认真加以改进。\n"
    assert items(text, "存在问题") == ["骨干更换勤", "库房面积小", "宣传办法不多"]
    assert items(text, "下步打算") == []


def test_short_faults_and_causes_parted_by_any_mark() -> None:
    text = "三、不足\n问题主要有：骨干更换勤、库房面积小、宣传办法不多。主要原因是人手偏紧，资金渠道窄，督促不够。\n"
    assert items(text, "存在问题") == ["骨干更换勤", "库房面积小", "宣传办法不多"]
    assert items(text, "原因分析") == ["人手偏紧", "资金渠道窄", "督促不够"]


def test_a_promise_to_mend_all_of_it_is_no_fault() -> None:
    text = "三、问题与不足\n骨干更换勤；库房面积小。对此，我们将在今后的工作中认真加以解决。\n"
    assert items(text, "存在问题") == ["骨干更换勤", "库房面积小"]


def test_plans_below_an_open_lead_behind_numbered_faults() -> None:
    text = (
        "三、存在不足\n1、骨干更换勤。\n2、库房面积小。\n下步工作中，我镇将：\n1、稳住骨干队伍。\n2、扩建库房一间。\n"
    )
    assert items(text, "存在问题") == ["骨干更换勤", "库房面积小"]
    assert items(text, "下步打算") == ["稳住骨干队伍", "扩建库房一间"]


def test_what_is_asked_of_others_is_no_plan() -> None:
    text = "三、困难和建议\n存在困难：库房面积小；骨干更换勤。\n意见建议：建议县里统一补贴标准；恳请配发发电机。\n"
    assert items(text, "下步打算") == []


def test_who_examines_himself_tells_faults() -> None:
    text = (
        "三、自我剖析\n还有不少不如人意的地方：下村少，情况摸得不细；沟通少，办法陈旧。根子在于：学得不深；怕得罪人。\n"
    )
    assert items(text, "存在问题") == ["下村少，情况摸得不细", "沟通少，办法陈旧"]
    assert items(text, "原因分析") == ["学得不深", "怕得罪人"]


def test_faults_counted_by_their_own_word() -> None:
    text = "三、其他\n坦率地说，我抓武装还有欠账。欠账之一，是情况摸得不细。欠账之二，是桌椅到现在没有配齐。\n"
    assert items(text, "存在问题") == ["情况摸得不细", "桌椅到现在没有配齐"]


# ---- measures of the party committee


@pytest.mark.parametrize(
    "measure",
    [
        "武装工作占村级考核8分",
        "每季度召开一次武装例会",
        "每半年通报一次各村武装工作排名",
        "村支书年终述职必须讲武装",
        "武装部长列席研究民生实事的会议",
        "将征兵工作纳入村级年度考评",
        "落实书记述职述武制度",
    ],
)
def test_measures_are_found_among_others(measure: str) -> None:
    found = extract_text(f"清河镇2025年党管武装工作报告\n一、组织领导\n班子分片包村，{measure}。\n", SCHEMA).facts
    assert measure in [one.fact.value[0] for one in found if one.label == "其他履职举措"]  # type: ignore[index]


def test_the_words_in_front_of_new_practices_are_none_of_them() -> None:
    said = "一、组织领导\n特色做法：村支书兼任民兵指导员；每月召开一次武装例会。\n"
    found = extract_text(f"清河镇2025年党管武装工作报告\n{said}", SCHEMA).facts
    told = [one.fact.value for one in found if one.label == "其他履职举措"]
    assert told == [("村支书兼任民兵指导员",), ("每月召开一次武装例会",)]


def test_a_fault_that_ends_in_the_name_of_its_list_is_no_heading_and_a_lead_no_words_of_its_item() -> None:
    head = "梅山镇2025年武装工作报告\n" + "全年召开议军会3次，入伍12人，走访慰问军属61户。\n" * 6
    text = head + "存在的问题\n1. 训练场地不足\n2. 青年外出多\n3. 经费偏紧\n"
    said = [one.fact.value for one in extract_text(text, SCHEMA).facts if one.label == "存在问题"]
    assert said == [("训练场地不足",), ("青年外出多",), ("经费偏紧",)]
    text = head + "下一步工作：加强领导，健全机制。具体为：修缮训练基地；完善活动室。"
    said = [one.fact.value for one in extract_text(text, SCHEMA).facts if one.label == "下步打算"]
    assert ("修缮训练基地",) in said


def test_who_signs_stands_above_the_date_and_plans_above_him_are_plans() -> None:
    head = "梅山镇2025年武装工作报告\n" + "全年召开议军会3次，入伍12人，走访慰问军属61户。\n" * 6
    text = head + "四、下一步打算\n加强场地建设\n做实青年登记\n增加经费投入\n\n梅山镇党委\n2025年12月9日"
    told = {one.label: one.fact.value for one in extract_text(text, SCHEMA).facts}
    assert (told["落款单位"], told["下步打算"]) == ("梅山镇党委", ("增加经费投入",))


# ---- lines and numbers that make a list


@pytest.mark.parametrize(
    ("text", "faults", "plans"),
    [
        (
            "存在的问题\n训练场地不足\n青年外出多\n经费偏紧\n下一步打算\n加强场地建设\n做实青年登记\n增加经费投入",
            ["训练场地不足", "青年外出多", "经费偏紧"],
            ["加强场地建设", "做实青年登记", "增加经费投入"],
        ),
        (
            "存在的问题\n训练场地不足\n青年外出多，民兵集中难\n下一步打算\n加强场地建设\n\n清河镇党委\n2025年12月9日",
            ["训练场地不足", "青年外出多，民兵集中难"],
            ["加强场地建设"],
        ),
        (
            "存在的问题\n我镇训练场只有一处，面积偏小。\n双拥工作\n今年走访军属45户，慰问金2.7万元，按时送到了家。",
            ["我镇训练场只有一处，面积偏小"],
            [],
        ),
    ],
)
def test_short_lines_below_a_heading_without_a_number(text: str, faults: list[str], plans: list[str]) -> None:
    assert items(text, "存在问题") == faults
    assert items(text, "下步打算") == plans


def test_causes_with_the_authors_own_numbers_stand_together() -> None:
    text = (
        "三、存在的不足\n（1）社区民兵编组“空转”，人员流动大，在位率不高；（2）器材库面积偏小，不到60平方米。"
        "究其原因，一是城市社区人户分离，底数不好掌握；二是财力有限，场地紧张；三是青少年体质下降。\n"
        "四、2026年工作思路\n（1）抓好人武部规范化建设；（2）配合做好双拥模范城创建工作。"
    )
    assert items(text, "原因分析") == ["城市社区人户分离，底数不好掌握", "财力有限，场地紧张", "青少年体质下降"]
