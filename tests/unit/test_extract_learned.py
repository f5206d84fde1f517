"""What the models add to the rules: facts in words that no rule knows, items of lists, and what they rule out."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

import learn_extraction
from gold_facts import schema

from assistant.errors import ReportTypeError
from assistant.facts.fields import FactSchema
from assistant.intake.extract import extract_text
from assistant.intake.found import FoundFact
from assistant.intake.learned.linear import Linear, Models, load, save

REPORT = """石门镇2025年党管武装工作情况报告

县委、县人武部：
　　石门镇地处三县交界，山多路远，历来出好兵。一年来，镇党委把武装工作摆上重要位置，现将有关情况报告如下。
　　一、提高认识，强化责任
　　党委一班人坐下来议军三次。镇党委还把民兵连长的考核结果同村干部的年终绩效连在一起，另外建立了班子成员联系民兵连制度。年初镇财政盘子里给武装留了十八万元，上年不过十五万。
　　二、突出重点，抓好建设
　　全镇二十五个村居，村村都有民兵连的牌子。民兵之家去年只有九处，今年添到十四处。基干民兵编了一百零八人。春秋两季点验两次。报名的五十七人，体检合格者二十一人，送走新兵一十五人，大学生占了十一个。
　　三、存在的不足
　　一是青壮年外出多，急用时凑不齐人；二是器材库年久失修，逢雨返潮。
　　四、下步打算
　　一是整组时把返乡青年编进来；二是每季度到村民兵连查一回。

　　　　　　　　中共石门镇委员会
　　　　　　　　2025年12月26日
"""


@pytest.fixture(scope="module")
def facts() -> FactSchema:
    return schema()


@pytest.fixture(scope="module")
def rules(facts: FactSchema) -> FactSchema:
    """The same facts with nothing learned."""
    return facts.model_copy(update={"learned": None})


def of(text: str, label: str, facts: FactSchema) -> list[FoundFact]:
    return [one for one in extract_text(text, facts).facts if one.label == label]


def test_a_figure_in_words_that_no_rule_knows_is_found_with_its_words(facts: FactSchema, rules: FactSchema) -> None:
    assert of(REPORT, "武装经费预算", rules) == []
    (budget,) = of(REPORT, "武装经费预算", facts)
    assert (budget.fact.value, budget.doubt) == (180_000, "")
    assert "留了十八万元" in budget.quote
    assert REPORT[budget.start : budget.end] == budget.quote


def test_what_no_rule_knows_is_told_as_guessed(facts: FactSchema, rules: FactSchema) -> None:
    known = {(one.label, str(one.fact.value)) for one in extract_text(REPORT, rules).facts}
    found = extract_text(REPORT, facts).facts
    assert {one.label for one in found if one.guessed} >= {"武装经费预算", "其他履职举措"}
    assert not [one.quote for one in found if one.guessed and one.quote[0] in "，、；。　"]
    assert not [one for one in found if one.guessed and (one.label, str(one.fact.value)) in known]


def test_what_the_rules_found_stands(facts: FactSchema, rules: FactSchema) -> None:
    known = {(one.label, str(one.fact.value), one.quote) for one in extract_text(REPORT, rules).facts}
    assert known <= {(one.label, str(one.fact.value), one.quote) for one in extract_text(REPORT, facts).facts}


def test_measures_in_the_authors_own_words_are_items(facts: FactSchema, rules: FactSchema) -> None:
    told = [one.fact.value for one in of(REPORT, "其他履职举措", facts)]
    assert ("建立了班子成员联系民兵连制度",) in told
    assert len(told) > len(of(REPORT, "其他履职举措", rules))


def test_every_fact_is_guessed_once_and_never_what_the_rules_know(facts: FactSchema) -> None:
    told = [one.label for one in extract_text(REPORT, facts).facts if one.row is None and one.fact.value is not None]
    figures = [label for label in told if facts.by_label[label].type.numeric]
    assert len(figures) == len(set(figures))


def test_a_scrap_has_too_little_around_it_to_weigh(facts: FactSchema, rules: FactSchema) -> None:
    scrap = "年初镇财政盘子里给武装留了十八万元。今年没有一个退兵，因为村里的干部把工作做细了。"
    assert extract_text(scrap, facts) == extract_text(scrap, rules)


def test_a_guess_stands_in_its_quote(facts: FactSchema) -> None:
    rows = "".join(f"基干民兵{number}\tX{number}\t-\n" for number in range(5))
    text = f"项目\t今年\t去年\n{rows}党委议军会议\t3\t2\n" + "好" * 300
    found = {one.label: one.quote for one in extract_text(text, facts).facts}
    assert found == {"党委议军会议": "党委议军会议\t3"}


def test_the_models_were_learned_from_the_texts_as_they_are(facts: FactSchema) -> None:
    """Else: python benchmarks/learn_extraction.py."""
    assert facts.learned is not None
    assert load(facts.learned).corpus == learn_extraction.corpus_digest(learn_extraction.open_halves())


def test_a_broken_file_is_told_by_its_name(facts: FactSchema, tmp_path: Path) -> None:
    file = tmp_path / "extraction.npz"
    file.write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(ReportTypeError, match=r"extraction\.npz"):
        extract_text(REPORT, facts.model_copy(update={"learned": file}))


@given(st.dictionaries(st.sampled_from(["甲", "乙", "\n丙"]), st.floats(0, 2), max_size=3))
def test_probabilities_are_shares_of_one(features: dict[str, float]) -> None:
    weights = np.array([[3, -3], [120, 0], [-127, 127]], dtype=np.int8)
    model = Linear(("-", "年度"), {"甲": 0, "乙": 1, "\n丙": 2}, weights, np.zeros(2, dtype=np.float32))
    shares = model.probabilities(features)
    assert set(shares) == {"-", "年度"}
    assert sum(shares.values()) == pytest.approx(1)
    assert all(0 <= share <= 1 for share in shares.values())


def test_models_are_kept_as_they_are(tmp_path: Path) -> None:
    weights = np.array([[3, -3], [0, 1]], dtype=np.int8)
    model = Linear(("-", "年度"), {"甲\n乙": 0, "丙": 1}, weights, np.array([0.5, -0.5], dtype=np.float32))
    kept = io.BytesIO()
    save(kept, Models(model, model, "abc"))
    file = tmp_path / "extraction.npz"
    file.write_bytes(kept.getvalue())
    read = load(file)
    assert read.corpus == "abc"
    assert read.figures.probabilities({"甲\n乙": 1.0}) == model.probabilities({"甲\n乙": 1.0})
    again = io.BytesIO()
    save(again, read)
    assert again.getvalue() == kept.getvalue()
