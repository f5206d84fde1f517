"""密级 marks are found where a paper carries them; the ordinary words stay ordinary."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from test_messages import EXAMPLE, EXAMPLES, report_of

from assistant.drafting.secrecy import mark_in, marks_in_report, refuse_marked
from assistant.errors import SecrecyMarked
from assistant.exporting import export_report
from assistant.facts.sheet import Fact


@pytest.mark.parametrize(
    "text",
    [
        "绝密★",
        "机密★10年",
        "秘密★长期",
        "秘密 ★ 3年",
        "机　密★",
        "機密★",
        "正文之前\n机密\n正文",
        "【秘密】",
        "（绝密）",
        "秘密 10年",
        "000123　机密　特急",
        "机密　　清武发〔2025〕3号",
        "密级：秘密",
        "密级: 机密，份号000001",
        "密级 秘密",
        "本件密级：机密文件",
        "保密期限：10年",
        "请转发机密★10年的通知",
        "绝密级★",
        "★秘密",
        "★10年",
        "秘密⭐1年",
        "机密*10年",
        "机密·10年",
        "内部资料★",
        "本材料密级为机密，请妥善保管。",
        "本件属秘密级。",
        "定密：秘密",
        "定密：机密级文件",
        "★长期",
        "密级定为机密",
        "保密期限10年",
        "秘密级",
        "机密件",
        "「绝密」",
        "机密！",
        "秘密，注意保管",
        "绝密 不得外传",
    ],
)
def test_a_mark_is_found(text: str) -> None:
    assert mark_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "保守国家秘密，严守军事秘密。",
        "开展机密文件管理检查2次。",
        "涉密人员签订保密承诺书，未发生失泄密事件。",
        "严格落实秘密级文件清退制度",
        "管理密级为秘密的文件3份",
        "★重点工作",
        "完成★★★评定",
        "密级：无",
        "密级管理规范",
        "保密期限届满的及时解密",
        "机密性、完整性",
        "秘密、机密、绝密文件均按规定保管",
        "对绝密、机密、秘密载体逐一登记",
        "密切配合，十分机密地完成任务",
        "本文为秘密战线题材",
        "秘密，是军事训练的纪律",
        "★级民兵连3个",
        "全国双拥模范城★命名",
        "定密管理制度健全",
        "机密级文件柜2个",
        "五★10人",
        "★一年来，坚持党管武装",
        "★ 三年任务两年完成",
        "★长期坚持军民共建",
        "工作亮点★一年一度的征兵工作",
        "定密：秘密情形的认定",
        "",
    ],
)
def test_an_ordinary_word_is_no_mark(text: str) -> None:
    assert mark_in(text) == ""


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_no_sample_is_marked(file: Path) -> None:
    assert list(marks_in_report(report_of(file)[1])) == []


def test_the_place_is_named_wherever_it_is() -> None:
    _, report = report_of(EXAMPLE["liulin-duty-c"])
    fact = report.sheet.fact("入伍人数")
    noted = replace(report, sheet=report.sheet.with_fact("入伍人数", replace(fact, note="摘自机密★10年通报")))
    with pytest.raises(SecrecyMarked, match="事实“入伍人数”的备注") as caught:
        refuse_marked(noted, "导出")
    assert "机密★10年" in caught.value.message
    listed = replace(report, sheet=report.sheet.with_fact("存在问题", Fact(("训练不够", "秘密★"))))
    with pytest.raises(SecrecyMarked, match="事实“存在问题”"):
        refuse_marked(listed, "导出")
    key = report.written[1].key
    texts = tuple(replace(s, text="绝密★\n正文。") if s.key == key else s for s in report.sections)
    with pytest.raises(SecrecyMarked, match=f"“{report.written[1].title}”一节"):
        refuse_marked(replace(report, sections=texts), "导出")


@pytest.mark.parametrize("final", [True, False])
def test_a_marked_report_is_not_exported(final: bool) -> None:
    _, report = report_of(EXAMPLE["liulin-duty-c"])
    report = replace(
        report, sections=tuple(replace(s, text="完成征兵。") if s.holds_text else s for s in report.sections)
    )
    assert export_report(report, "x", final=final).data
    secret = replace(report, sheet=report.sheet.with_fact("专武干部", Fact(2, note="密级：秘密")))
    with pytest.raises(SecrecyMarked, match="没有导出"):
        export_report(secret, "x", final=final)


def test_a_long_paste_of_blanks_is_read_at_once() -> None:
    assert mark_in(" " * 200_000 + "机" + " " * 200_000 + "x") == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("共{{主题教育活动}}。\n密级：机密。", "。 密级：机密。"),
        ("{{年度}}机密★{{入伍人数|名}}", "年度机密★"),
        ("机密★{{年度}}后", "机密★年度"),
    ],
)
def test_what_is_told_of_a_text_with_facts_has_no_signs_of_ours(text: str, shown: str) -> None:
    assert mark_in(text) == shown
