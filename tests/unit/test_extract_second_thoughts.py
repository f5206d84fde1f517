"""Figures taken back later in the text, several years side by side, sums without a measure word, rows that are none."""

from __future__ import annotations

import pytest

from assistant.intake.extract import extract_text
from assistant.reports.loader import Library

SCHEMA = Library().get("armed-forces-work").facts


def told(text: str) -> dict[str, object]:
    return {one.label: one.fact.value for one in extract_text(text, SCHEMA).facts if one.row is None}


def names(text: str, label: str) -> list[object]:
    column = SCHEMA.by_label[label].key_column.label
    found = (one.row for one in extract_text(text, SCHEMA).facts if one.label == label and one.row is not None)
    return [row[column] for row in found]


@pytest.mark.parametrize(
    ("said", "label", "value"),
    [
        ("两个节给军属送东西，先说慰问12户，翻了本子改口是13户。", "走访慰问户数", 13),
        ("今年走访军属20户，过了会儿改口说是22户，每户给了400。", "走访慰问户数", 22),
        ("村里电话：横幅先报8条，数了一遍更正为9条。", "宣传横幅", 9),
        ("电子屏2块，后来又改成3块。", "电子屏", 3),
        ("基干民兵说是60人，查了花名册又改为58人，应急排30人。", "基干民兵", 58),
    ],
)
def test_the_second_of_two_figures_stands(said: str, label: str, value: int) -> None:
    assert told(said)[label] == value


def test_a_sentence_that_corrects_takes_back_each_figure_it_tells_anew() -> None:
    said = (
        "小谭 9:20\n报名38，上站25，合格16，政审15\n小谭 9:21\n入伍11人，大学生9人\n"
        "小谭 9:24\n更正，入伍是12人，有1个女兵漏了，大学生10人"
    )
    found = told(said)
    assert (found["入伍人数"], found["大学生入伍"], found["政治考核"]) == (12, 10, 15)


@pytest.mark.parametrize("opens", ["刚才报错了两个数，", "前面报的不准，", "更正：", "纠正一下，"])
def test_the_words_that_open_a_correction(opens: str) -> None:
    found = told(f"光荣牌28块，走访军属40户，每户500元。\n{opens}光荣牌是30块，走访军属41户。")
    assert (found["光荣牌"], found["走访慰问户数"], found["每户慰问金"]) == (30, 41, 500)


def test_a_corrected_figure_without_its_noun_is_not_read_as_it_was() -> None:
    assert "大学生入伍" not in told("入伍14人，其中大学生12人。\n更正：大学生11人。")


@pytest.mark.parametrize(
    ("said", "total"),
    [
        ("慰问军属13户，每户按300块算，总共三千九。", 3900),
        ("春节慰问老兵12户，每户发500，一共六千。", 6000),
        ("走访军属36户，每户五百元，合计一万八。", 18000),
    ],
)
def test_a_sum_behind_what_each_gets_is_money(said: str, total: int) -> None:
    found = told(said)
    assert found["慰问金总额"] == total
    assert "慰问人数" not in found


def test_a_sum_of_people_is_none_of_money() -> None:
    assert told("集中点验2次，到点民兵总共一百八，实到率95%。")["点验人次"] == 180


@pytest.mark.parametrize("due", ["66人应到、64人实到", "66人应点，64人实到", "六十六人应到，六十四人到场"])
def test_who_was_to_come_has_not_come(due: str) -> None:
    assert told(f"基干民兵集中点验1次，{due}。")["点验人次"] == 64


@pytest.mark.parametrize(
    "left",
    ["剩余2.3万元用于年底结账", "还剩2.3万元", "尚余2.3万元", "余下2.3万元年底结清", "节余2.3万元", "盈余2.3万元"],
)
@pytest.mark.parametrize("so_far", ["截至目前支出", "到11月底支出", "截止10月末已支出", "至今花了"])
def test_what_was_spent_so_far_and_what_is_left_are_no_rows(so_far: str, left: str) -> None:
    said = f"年初预算武装经费22万元，{so_far}19.7万元，其中训练保障8.1万元、器材装备6.6万元、征兵宣传5万元，{left}。"
    assert names(said, "经费明细") == ["训练保障", "器材装备", "征兵宣传"]


@pytest.mark.parametrize("company", ["村连：14个", "各村连14个", "社区连14个"])
def test_the_companies_of_villages_are_no_team(company: str) -> None:
    said = f"民兵整组情况\n{company}，村级民兵280人。\n分队：应急排编30实28。"
    assert told(said)["村级民兵连"] == 14
    assert names(said, "民兵分队") == ["应急排"]


# ---- several years side by side


@pytest.mark.parametrize(
    ("said", "label", "now", "last"),
    [
        ("2023年、2024年、2025年分别有9人、13人、17人参军。", "入伍人数", 17, 13),
        ("前年、去年、今年入伍分别为9人、13人、17人。", "入伍人数", 17, 13),
        ("近三年（2023年、2024年、2025年）应征报名分别是60人、71人、82人。", "报名应征", 82, 71),
        ("2025年、2024年、2023年基干民兵依次为90人、88人、85人。", "基干民兵", 90, 88),
    ],
)
def test_the_last_of_several_years_is_this_years(said: str, label: str, now: int, last: int) -> None:
    found = [one.fact for one in extract_text(f"2025年工作总结\n{said}", SCHEMA).facts if one.label == label]
    assert [(fact.value, fact.last_year) for fact in found] == [(now, last)]


def test_years_that_are_all_past_tell_nothing_of_this_year() -> None:
    assert "基干民兵" not in told("2025年工作总结\n2022年、2023年、2024年基干民兵分别为85人、88人、90人。")


# ---- rows


def rows(text: str, label: str) -> list[dict[str, object]]:
    return [dict(one.row) for one in extract_text(text, SCHEMA).facts if one.label == label and one.row is not None]


@pytest.mark.parametrize(
    "said",
    [
        "进镇里基干的有9个，应急排6个，防火分队3个。",
        "基干民兵9人，应急排6个、防火分队3个。",
        "训练：基干9个，应急排6个、防火分队3个。",
    ],
)
def test_teams_that_sum_up_to_the_people_before_them_tell_their_people(said: str) -> None:
    expected = [{"名称": "应急排", "实有人数": 6}, {"名称": "防火分队", "实有人数": 3}]
    assert rows(f"民兵编了41个人。{said}", "民兵分队") == expected


def test_teams_that_are_counted_stay_counted() -> None:
    found = rows("我镇基干民兵130人，编为应急排3个、防汛分队2个。", "民兵分队")
    assert [row["数量"] for row in found] == [3, 2]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("购置无人机、防护服用去19.8万元", "无人机、防护服"),
        ("采购了水泵、照明灯6万元", "水泵、照明灯"),
        ("维修训练场、靶场8万元", "维修训练场、靶场"),
    ],
)
def test_one_amount_for_two_things_has_both_names(said: str, name: str) -> None:
    text = f"武装工作经费66万元。其中{said}，装修库室用去11.5万元，民兵集训补贴发放15万元。"
    assert names(text, "经费明细")[0] == name


@pytest.mark.parametrize(
    ("said", "label", "total"),
    [
        ("9个社区都设了国防教育宣传点，共11个；电子屏38块。", "宣传点", 11),
        ("14个村均设立征兵宣传点，总共16个。", "宣传点", 16),
        ("8个社区都挂了横幅，共32条，电子屏20块。", "宣传横幅", 32),
        ("全镇10个村各建了退役军人服务站，加上镇站共11个。", "退役军人服务站", 11),
        ("6个社区全部建起民兵器材库，一共8个。", "民兵器材库", 8),
    ],
)
def test_who_has_something_is_not_how_many_there_are(said: str, label: str, total: int) -> None:
    assert told(said)[label] == total


@pytest.mark.parametrize(
    ("said", "students"),
    [
        ("走兵：8人（上半年3、下半年5），去年7人\n  其中大学生：6人", 6),
        ("走兵：8人，去年7人\n——其中大学生：6人", 6),
        ("送走新兵：15人\n\u3000\u3000里头大专以上：11人", 11),
        ("定兵：9人\n其中高校毕业生：7人", 7),
    ],
)
def test_a_part_in_the_line_below(said: str, students: int) -> None:
    assert told(f"征兵情况\n{said}\n信访举报：无")["大学生入伍"] == students


@pytest.mark.parametrize(
    "said", ["发过一批钥匙扣，200个", "做了一批钥匙扣，200个", "还定做一批钥匙扣200个", "印过一些钥匙扣，200个"]
)
def test_a_batch_is_no_part_of_a_name(said: str) -> None:
    assert names(f"征兵宣传：传单2000份，横幅20条；{said}。", "宣传品明细") == ["钥匙扣"]
