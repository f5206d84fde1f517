"""事实: what an old report, a ledger or a pasted text holds is taken, edited or refused one by one."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
import yaml
from app_kit import Tab, the_desk

from assistant.drafting import settings as endpoint_settings
from assistant.drafting.settings import EndpointSettings, Reach, SendValues
from tests.fakes.endpoint import FakeEndpoint, Reply

TEXT = """青枫镇2025年党管武装工作情况报告
2025年，全镇适龄青年412人，完成兵役登记410人，最终批准入伍15名，去年为13名。印发宣传资料4500余份。
应急排编制30人、实有30人，民兵干部3人；防汛抢险分队编制36人、实有34人，民兵干部3人。
一是个别村对武装工作重视不够。
"""


@pytest.fixture
def doc() -> str:
    made = the_desk().create("armed-forces-work", "work-a").id
    the_desk().set_facts(made, {"年度": "2025", "入伍人数": "12"})
    return made


def reviewing(doc: str, text: str = TEXT) -> Tab:
    made = the_desk().begin_text(doc, text, "旧稿.docx")
    tab = Tab(doc, "facts").press(f"open-{made}")
    tab.app.session_state["import-id"] = made
    return tab


def number(tab: Tab, label: str, text: str = "") -> int:
    report = tab.report
    pending = the_desk().pendings(report)[0]
    return next(
        offer.number
        for offer in the_desk().offers(report, pending)
        if offer.proposal.label == label and text in offer.proposal.found_text
    )


def value(tab: Tab, label: str) -> object:
    return next(
        found
        for kind in ("text_input", "text_area", "selectbox")
        for found in getattr(tab.app, kind)
        if f":{number(tab, label)}::" in str(found.key) and str(found.key).startswith("find:")
    )


def test_pasted_text_is_gone_through_and_taken_one_by_one(doc: str) -> None:
    tab = Tab(doc, "facts").unfold("entry-paste")
    box = next(found for found in tab.app.text_area if found.label == "粘贴文字")
    tab.type(box, TEXT).press("read-pasted")
    assert "粘贴的文字" in tab.words
    assert "完成兵役登记410人" in tab.words.replace("<mark>", "")
    assert tab.report.sheet.value("兵役登记") is None
    tab.press(f"take-{number(tab, '兵役登记')}")
    assert tab.report.sheet.value("兵役登记") == 410
    assert not tab.has_button(f"take-{number(tab, '兵役登记')}")


def test_the_figure_is_marked_in_its_words(doc: str) -> None:
    tab = reviewing(doc)
    assert "<mark>410人</mark>" in tab.markup
    assert "第 2 段" in tab.words


def test_a_conflict_stands_side_by_side_and_is_not_taken_with_the_rest(doc: str) -> None:
    tab = reviewing(doc)
    assert "<b>12人</b>" in tab.markup
    tab.press("take-certain")
    sheet = tab.report.sheet
    assert sheet.value("入伍人数") == 12
    assert (sheet.value("适龄青年"), sheet.value("兵役登记")) == (412, 410)
    assert tab.button(f"take-{number(tab, '入伍人数')}").label == "换成这个"
    tab.press(f"take-{number(tab, '入伍人数')}")
    assert tab.report.sheet.value("入伍人数") == 15
    assert tab.report.sheet.fact("入伍人数").last_year == 13


def test_all_at_once_is_one_step_to_undo(doc: str) -> None:
    before = the_desk().report(doc).sheet
    tab = reviewing(doc).press("take-certain")
    assert tab.report.sheet != before
    tab.press("undo-find")
    assert tab.report.sheet == before
    assert tab.has_button(f"take-{number(tab, '兵役登记')}"), "what was taken back is open again"


GUESSED = "按上下文认出"


def test_what_was_told_by_the_context_alone_is_marked(doc: str) -> None:
    prose = "镇党委把武装工作摆上重要位置，现将有关情况报告如下。" * 12
    text = f"石门镇2025年党管武装工作情况报告\n{prose}\n年初镇财政盘子里给武装留了十八万元，上年不过十五万。\n"
    tab = reviewing(doc, text)
    assert tab.words.count(GUESSED) == 1
    kinds = next(found for found in tab.app.get("button_group") if found.key == "find-kinds")
    kinds.set_value(GUESSED).run()
    assert [str(found.key).split(":")[0] for found in tab.app.text_input if found.label == "武装经费预算"] == ["find"]
    tab.type(value(tab, "武装经费预算"), "17万元")
    assert GUESSED not in tab.words, "it is a person's own by now"


def test_what_was_typed_in_vain_goes_with_the_reading_that_it_was_typed_beside(doc: str) -> None:
    rows = "村名,兵役登记（人）,适龄青年（人）\n柳林村,28,\n杨湾村,41,\n柳林村,30,7\n"
    made = the_desk().begin(doc, [("台账.csv", rows.encode())])[0]
    tab = Tab(doc, "facts").press(f"open-{made}").press("confirm-columns")
    tab.type(value(tab, "兵役登记"), "若干")
    assert "没有改：" in tab.words
    assert value(tab, "兵役登记").value == "若干"  # type: ignore[attr-defined]
    tab.press("questioned-0-2")
    assert "没有改：" not in tab.words
    assert value(tab, "兵役登记").value == "71人"  # type: ignore[attr-defined]
    tab.press("questioned-0-2").type(value(tab, "兵役登记"), "98").press("questioned-0-2")
    assert value(tab, "兵役登记").value == "71人", "an edit too is of its reading"  # type: ignore[attr-defined]
    tab.press(f"take-{number(tab, '兵役登记')}")
    assert tab.report.sheet.value("兵役登记") == 71


def test_an_edit_is_what_is_taken(doc: str) -> None:
    tab = reviewing(doc)
    tab.type(value(tab, "宣传资料"), "近5000份").press(f"take-{number(tab, '宣传资料')}")
    fact = tab.report.sheet.fact("宣传资料")
    assert (fact.value, fact.approximate) == (5000, "近")


def test_a_refused_find_is_not_taken_until_it_is_wanted_again(doc: str) -> None:
    tab = reviewing(doc)
    at = number(tab, "兵役登记")
    tab.press(f"refuse-{at}").press("take-certain")
    assert tab.report.sheet.value("兵役登记") is None
    assert tab.report.sheet.value("适龄青年") == 412
    tab.press(f"again-{at}").press(f"take-{at}")
    assert tab.report.sheet.value("兵役登记") == 410


def test_rows_of_a_table_stand_together_and_their_cells_can_be_edited(doc: str) -> None:
    tab = reviewing(doc)
    at = number(tab, "民兵分队", "防汛")
    cell = next(
        found
        for found in tab.app.text_input
        if str(found.key).startswith("find:") and f":{at}:实有人数:" in str(found.key)
    )
    assert cell.value == "34"
    tab.type(cell, "35")
    first = number(tab, "民兵分队", "应急")
    tab.press(f"take-rows-{first}")
    rows = tab.report.sheet.value("民兵分队")
    assert [(row["名称"], row["实有人数"]) for row in rows] == [("应急排", 30), ("防汛抢险分队", 35)]


def test_a_text_fact_is_taken(doc: str) -> None:
    tab = reviewing(doc, TEXT.replace("一是", "三、存在问题\n一是"))
    tab.press(f"take-{number(tab, '存在问题')}")
    assert any("重视不够" in line for line in tab.report.sheet.value("存在问题"))


def test_a_reload_loses_nothing(doc: str) -> None:
    tab = reviewing(doc)
    tab.press(f"refuse-{number(tab, '兵役登记')}")
    find = tab.app.query_params["find"]
    again = Tab(doc)
    again.app.query_params["find"] = find
    again.go("facts")
    assert "旧稿.docx" in again.words
    assert again.has_button(f"again-{number(tab, '兵役登记')}")


def test_the_form_comes_back_and_the_finds_wait(doc: str) -> None:
    tab = reviewing(doc).press("leave-finds")
    assert "还在核对：旧稿.docx" in tab.words
    assert any(str(found.key).startswith("fact:") for found in tab.app.text_input)
    wait = next(found.key for found in tab.app.button if str(found.key).startswith("open-"))
    tab.press(wait).press("finish-finds")
    assert "还在核对" not in tab.words


def test_last_years_report_is_asked_about_first(doc: str) -> None:
    tab = reviewing(doc, TEXT.replace("2025", "2024"))
    assert "这是 2024 年的稿子" in tab.words
    assert tab.button("take-certain").disabled
    tab.press("aim-last_year").press("take-certain")
    fact = tab.report.sheet.fact("入伍人数")
    assert (fact.value, fact.last_year) == (12, 15)
    assert tab.report.sheet.fact("兵役登记").last_year == 410
    assert tab.report.sheet.value("兵役登记") is None


def test_the_old_figure_is_not_taken_while_what_was_typed_cannot_be_read(doc: str) -> None:
    tab = reviewing(doc)
    value(tab, "适龄青年").set_value("四百多吧").run()
    assert "没有改：" in tab.markup
    taken = f"take-{number(tab, '适龄青年')}"
    tab.press(taken)
    assert tab.report.sheet.value("适龄青年") is None
    tab.press("take-certain")
    assert (tab.report.sheet.value("适龄青年"), tab.report.sheet.value("兵役登记")) == (None, 410)
    value(tab, "适龄青年").set_value("400+12").run()
    tab.press(taken)
    assert tab.report.sheet.value("适龄青年") == 412


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TEXT.replace("2025", "2023"), "这是 2023 年的稿子，</b>本报告写 2025 年，它的去年是 2024 年。"),
        (TEXT.replace("2025年", "") + "党委带头抓武装。" * 50, "这是哪一年的稿子？"),
    ],
)
def test_a_paper_that_is_not_last_years_is_offered_as_neither(doc: str, text: str, said: str) -> None:
    tab = reviewing(doc, text)
    assert said in tab.markup
    assert {tab.button(key).proto.type for key in ("aim-last_year", "aim-value")} == {"secondary"}
    tab.press("aim-nothing")
    assert "还在核对" not in tab.words
    assert tab.report.sheet.fact("入伍人数").last_year is None


def test_a_paper_with_a_year_is_asked_about_where_the_report_has_none() -> None:
    made = the_desk().create("armed-forces-work", "work-a").id
    tab = reviewing(made)
    assert "这是 2025 年的稿子，</b>本报告的年度还没有填。" in tab.markup
    assert tab.button("take-certain").disabled
    tab.press("aim-value").press("take-certain")
    assert (tab.report.sheet.value("年度"), tab.report.sheet.value("入伍人数")) == (2025, 15)


def test_leftovers_of_an_old_report_are_told(doc: str) -> None:
    tab = reviewing(doc, TEXT.replace("2025", "2023") + "联系人：XX。\n")
    assert any(found.label.startswith("残留检查") for found in tab.app.expander)
    assert "第 1 段</td><td>“2023年”不是本报告的年度" in tab.markup


def test_a_ledgers_columns_are_confirmed_once(doc: str) -> None:
    data = "村名,兵役登记（人）,适龄青年（人）\n柳林村,28,30\n杨湾村,41,41\n".encode("gb18030")
    made = the_desk().begin(doc, [("台账.csv", data)])[0]
    tab = Tab(doc, "facts").press(f"open-{made}")
    youth = next(found for found in tab.app.selectbox if found.value == "适龄青年")
    youth.select("不取").run()
    tab.sound().press("confirm-columns")
    tab.press("take-certain")
    sheet = tab.report.sheet
    assert (sheet.value("兵役登记"), sheet.value("适龄青年")) == (69, None)
    assert "柳林村 28" in sheet.fact("兵役登记").source
    again = the_desk().begin(doc, [("台账二.csv", data.replace(b"28", b"29"))])[0]
    tab = Tab(doc, "facts").press(f"open-{again}")
    assert tab.has_button("reassign"), "read at once, as it was confirmed before"


def test_several_forms_show_who_reported_what(doc: str) -> None:
    desk = the_desk()
    forms = []
    for village, count in (("柳林村", "28"), ("杨湾村", "41")):
        made = desk.create("armed-forces-work", "work-a").id
        desk.set_fact(made, "兵役登记", count)
        forms.append((f"{village}.xlsx", desk.form_file(made)))
    made = desk.begin(doc, forms)[0]
    tab = Tab(doc, "facts").press(f"open-{made}")
    assert "<td>28人</td><td>41人</td><td><b>69人</b></td>" in tab.markup
    tab.press("take-certain")
    assert tab.report.sheet.value("兵役登记") == 69


def test_a_form_that_was_given_twice_is_left_out_by_one_press(doc: str) -> None:
    desk = the_desk()
    forms = []
    for name, year, count in (("柳林村", "2025", "28"), ("柳林村(1)", "2025", "30"), ("杨湾村", "2024", "41")):
        made = desk.create("armed-forces-work", "work-a").id
        desk.set_facts(made, {"年度": year, "兵役登记": count})
        forms.append((f"{name}.xlsx", desk.form_file(made)))
    made = desk.begin(doc, forms)[0]
    tab = Tab(doc, "facts").press(f"open-{made}")
    assert "“柳林村”交了 2 份，这是“柳林村(1).xlsx”，已计入" in tab.words
    assert "“杨湾村.xlsx”是 2024 年的表，没有计入" in tab.words
    assert "“柳林村”交了两份，都计入了" in tab.words, "the sum is in doubt"
    assert "<th>柳林村.xlsx</th><th>柳林村(1).xlsx</th>" in tab.markup
    tab.press("count-form-0")
    assert "<th>事实</th><th>柳林村</th><th>合计</th>" in tab.markup
    assert "<td>30人</td><td><b>30人</b></td>" in tab.markup
    tab.press("take-certain")
    assert tab.report.sheet.value("兵役登记") == 30


def test_a_file_is_read_by_the_page(doc: str) -> None:
    tab = Tab(doc, "facts").unfold("entry-text")
    uploader = next(found for found in tab.app.file_uploader if found.label == "旧稿或通知")
    uploader.set_value([("通知.txt", TEXT.encode("gb18030"), "text/plain")]).run()
    tab.press("read-text")
    assert "通知.txt" in tab.words
    tab.press(f"take-{number(tab, '兵役登记')}")
    assert "通知.txt" in tab.report.sheet.fact("兵役登记").source


def test_a_file_that_is_something_else_is_said(doc: str) -> None:
    tab = Tab(doc, "facts").unfold("entry-text")
    uploader = next(found for found in tab.app.file_uploader if found.label == "旧稿或通知")
    uploader.set_value([("旧稿.docx", b"%PDF-1.7 not a docx", "text/plain")]).run()
    tab.press("read-text")
    assert tab.app.error
    assert the_desk().pendings(tab.report) == []


def test_a_model_beside_this_machine_reads_the_text_too(doc: str) -> None:
    quote = "到场的足足有96人次"
    answer = json.dumps({"facts": [{"label": "点验人次", "value": "96人次", "quote": quote}]}, ensure_ascii=False)
    with FakeEndpoint([Reply(answer)]) as fake:
        the_desk().engines.use_endpoint(EndpointSettings(base_url=fake.base_url, model="fake", max_retries=0))
        tab = Tab(doc, "facts").unfold("entry-paste")
        box = next(found for found in tab.app.text_area if found.label == "粘贴文字")
        tab.type(box, f"{TEXT}{quote}。\n").press("read-pasted")
        assert "完成兵役登记410人" in tab.words, "what the rules found is there at once"
        pending = the_desk().pendings(tab.report)[0]
        assert the_desk().readings.wait(pending.id, 90)
        tab.again()
        assert "模型也读过了" in tab.words
        at = number(tab, "点验人次")
        tab.press("take-certain")
        assert tab.report.sheet.value("点验人次") is None, "what only a model found is never taken unseen"
        tab.press(f"take-{at}")
        assert tab.report.sheet.value("点验人次") == 96


def test_a_model_elsewhere_is_asked_for_and_agreed_to_first(doc: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint_settings, "reach_of", lambda _: Reach.REMOTE)
    with FakeEndpoint([Reply('{"facts": []}')]) as fake:
        the_desk().engines.use_endpoint(EndpointSettings(base_url=fake.base_url, model="fake", max_retries=0))
        the_desk().engines.use_send_values(SendValues.ALWAYS)
        tab = reviewing(doc)
        assert fake.chats == []
        tab.press("ask-model")
        assert fake.chats == []
        tab.press("send-agree")
        assert the_desk().readings.wait(str(tab.app.session_state["import-id"]), 90)
        assert len(fake.chats) == 1


REPORT = """白鹭镇2025年党管武装工作情况报告
一、把军属的事当自家的事
全年上门慰问军属和优抚对象72户，每户慰问金500元，悬挂光荣牌41块。
二、年轻人踊跃参军报国
今年全镇适龄青年412人，完成兵役登记410人，报名应征63人，最终批准入伍15名，其中大学生13名。
三、钱花在刀刃上
镇财政安排武装工作经费26万元，投入器材装备经费8.6万元，训练保障支出6.2万元。
"""


def test_an_old_reports_headings_become_a_shape_of_ones_own(doc: str) -> None:
    tab = reviewing(doc, REPORT)
    heading = next(found for found in tab.app.text_input if found.value == "钱花在刀刃上")
    tab.type(heading, "经费用在实处")
    name = next(found for found in tab.app.text_input if found.label == "样式名称")
    tab.type(name, "白鹭镇写法").press("save-shape")
    assert "我的样式" in tab.told
    tab.go("reports")
    choice = next(found for found in tab.app.radio if found.label == "样式")
    assert "我的样式：白鹭镇写法" in choice.options
    own = the_desk().own_shapes("armed-forces-work")[0].id
    choice.set_value(f"own:{own}").run()
    tab.press("新建")
    headings = [section.heading for section in tab.report.sections if section.heading]
    assert headings[:3] == ["把军属的事当自家的事", "年轻人踊跃参军报国", "经费用在实处"]
    tab.go("reports")
    next(found for found in tab.app.radio if found.label == "样式").set_value(f"own:{own}").run()
    tab.press("drop-shape")
    assert the_desk().own_shapes("armed-forces-work") == []


def test_a_shape_without_a_name_is_asked_for_one(doc: str) -> None:
    tab = reviewing(doc, REPORT).press("save-shape")
    assert "样式还没有名称" in tab.told


def test_the_next_year_opens_with_what_is_missing() -> None:
    old = the_desk().create_from_example("liulin-duty-c.yaml").id
    tab = Tab(old).go("reports").press(f"copy-{old}")
    tab.go("facts")
    assert tab.doc != old
    assert "项要填" in tab.words
    assert next(found for found in tab.app.checkbox if found.key == "facts-missing").value is True
    shown = [str(found.key).split(":")[2] for found in tab.app.text_input if str(found.key).startswith("fact:")]
    sheet = tab.report.sheet
    assert shown
    assert all(sheet.fact(label).empty for label in shown)
    assert sheet.fact("入伍人数").last_year == 18
    was = the_desk().report(old)
    assert [(s.heading, s.seed, s.instruction) for s in tab.report.sections] == [
        (s.heading, s.seed, s.instruction) for s in was.sections
    ]
    assert tab.report.length == was.length


def test_many_finds_are_drawn_a_group_at_a_time_and_taken_all_at_once(doc: str) -> None:
    gold = Path(__file__).parents[2] / "benchmarks/extraction_gold/dev/qingfeng-work-a.yaml"
    tab = reviewing(doc, yaml.safe_load(gold.read_text(encoding="utf-8"))["text"])
    assert not tab.has_button(f"take-{number(tab, '兵役登记')}")
    chooser = next(found for found in tab.app.button_group if found.key == "find-group")
    chooser.set_value("征兵工作").run()
    tab.sound()
    assert tab.has_button(f"take-{number(tab, '兵役登记')}")
    tab.press("take-certain")
    assert tab.report.sheet.value("宣传横幅") == 56
    assert tab.report.sheet.value("兵役登记") == 410


def test_who_has_not_reported_is_shown_once_the_list_is_there(doc: str) -> None:
    desk = the_desk()
    forms = []
    for village in ("柳林村", "杨湾村"):
        made = desk.create("armed-forces-work", "work-a").id
        desk.set_fact(made, "兵役登记", "28")
        forms.append((f"{village}-事实表.xlsx", desk.form_file(made)))
    begun = desk.begin(doc, forms)[0]
    tab = Tab(doc, "facts").press(f"open-{begun}")
    box = next(found for found in tab.app.text_area if found.label == "应报单位")
    assert box.value == "柳林村\n杨湾村", "who reported stands there already"
    tab.type(box, "柳林村\n杨湾村\n岭下村\n坝上村").press("expect-units")
    assert "缺报 2 个：岭下村、坝上村" in tab.words
    assert "缺报 2 个：岭下村、坝上村" in Tab(doc, "facts").press(f"open-{begun}").words


def test_the_unit_of_a_column_of_money_is_chosen_on_the_page(doc: str) -> None:
    made = the_desk().begin(doc, [("台账.csv", "村名,慰问金总额\n柳林村,0.5\n杨湾村,3000元\n".encode())])[0]
    tab = Tab(doc, "facts").press(f"open-{made}").press("confirm-columns")
    assert "“慰问金总额”（B1）没有写金额的单位。" in tab.words, "none is set beforehand, none is guessed"
    chooser = next(found for found in tab.app.button_group if str(found.key).startswith("unit:"))
    assert not chooser.value
    chooser.set_value("万元").run()
    tab.sound().press("confirm-columns")
    number_ = number(tab, "慰问金总额")
    tab.press(f"take-{number_}")
    assert tab.report.sheet.value("慰问金总额") == 8000


def test_hidden_rows_are_for_a_person_to_decide(doc: str) -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (["村名", "兵役登记（人）"], ["柳林村", 28], ["杨湾村", 41]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.save(out)
    made = the_desk().begin(doc, [("台账.xlsx", out.getvalue())])[0]
    tab = Tab(doc, "facts").press(f"open-{made}")
    assert "第 3 行在 Excel 里是隐藏的（共 1 行），没有计入" in tab.words
    tab.press("confirm-columns")
    assert "没有计入" in tab.words
    tab.press("count-hidden-0")
    assert "已经计入" in tab.words
    tab.press("take-certain")
    assert tab.report.sheet.value("兵役登记") == 69


def test_a_village_with_two_rows_is_counted_once_by_one_press(doc: str) -> None:
    rows = "村名,兵役登记（人）\n柳林村,28\n杨湾村,41\n柳林村,30\n合计,99\n"
    made = the_desk().begin(doc, [("台账.csv", rows.encode())])[0]
    tab = Tab(doc, "facts").press(f"open-{made}")
    assert "“柳林村”有 2 行（第 2、4 行），都计入了" in tab.words
    tab.press("confirm-columns").press("questioned-0-4")
    assert "“柳林村”有 2 行（第 2、4 行），只计入第 2 行" in tab.words
    assert "有两行" not in tab.words, "what was decided is no doubt any more"
    tab.press("take-certain")
    fact = tab.report.sheet.fact("兵役登记")
    assert fact.value == 69
    assert "柳林村 28" in fact.source
    tab.press("questioned-0-4")
    assert "都计入了" in tab.words
    assert tab.report.sheet.value("兵役登记") == 69, "what was taken stays until it is taken again"


def test_a_row_that_may_be_a_total_is_left_out_by_one_press(doc: str) -> None:
    rows = "村名,兵役登记（人）,适龄青年（人）\n柳林村,28,30\n杨湾村,41,41\n清河镇,69,71\n"
    made = the_desk().begin(doc, [("台账.csv", rows.encode())])[0]
    tab = Tab(doc, "facts").press(f"open-{made}").press("confirm-columns")
    assert "“清河镇”（第 4 行）正好是其他各数的和，像是合计，计入了" in tab.words
    tab.press("questioned-0-4")
    assert "像是合计，没有计入" in tab.words
    tab.press("take-certain")
    assert tab.report.sheet.value("兵役登记") == 69


def test_the_column_of_the_values_is_chosen_where_nothing_tells_it(doc: str) -> None:
    data = "项目,甲,乙\n适龄青年,30,28\n兵役登记,29,27\n".encode()
    made = the_desk().begin(doc, [("台账.csv", data)])[0]
    tab = Tab(doc, "facts").press(f"open-{made}").press("confirm-columns")
    assert "B、C 2 列都是数，看不出取哪一列" in tab.words
    assert tab.has_button("confirm-columns"), "nothing is read before somebody said it"
    chooser = next(found for found in tab.app.selectbox if found.label == "数取自")
    chooser.select("各列相加（一列一个村、单位或季度）").run()
    tab.sound().press("confirm-columns").press("take-certain")
    assert tab.report.sheet.value("适龄青年") == 58
    assert "甲 30、乙 28" in tab.report.sheet.fact("适龄青年").source


def test_the_column_of_names_is_chosen_on_the_page(doc: str) -> None:
    data = "组别,点位,兵役登记（人）\n东,柳林,28\n东,杨湾,41\n".encode()
    made = the_desk().begin(doc, [("台账.csv", data)])[0]
    tab = Tab(doc, "facts").press(f"open-{made}")
    chooser = next(found for found in tab.app.selectbox if found.label == "村或单位的名称在")
    assert chooser.value == 2
    chooser.select("A 列：组别").run()
    tab.sound()
    assert "“东”有 2 行（第 2、3 行），都计入了" in tab.words


def test_the_rows_of_a_long_table_are_turned_over_and_taken_together(doc: str) -> None:
    lines = ["分队名称,编制人数,实有人数,民兵干部", *(f"第{n}分队,30,{n},3" for n in range(1, 41))]
    made = the_desk().begin(doc, [("名册.csv", "\n".join(lines).encode())])[0]
    tab = Tab(doc, "facts").press(f"open-{made}").press("confirm-columns")
    assert "第 1—15 行" in tab.words
    first = number(tab, "民兵分队")
    tab.press(f"take-{first}").press(f"下一页-{first}")
    assert "第 16—30 行" in tab.words
    assert not tab.has_button(f"refuse-{first}")
    tab.press(f"take-{first + 20}")
    assert [row["实有人数"] for row in tab.report.sheet.value("民兵分队")] == [1, 21]
    tab.press(f"take-rows-{first}")
    assert len(tab.report.sheet.value("民兵分队")) == 40


def test_a_paper_that_repeats_a_report_of_the_list_stands_beside_it(doc: str) -> None:
    said = "我们把武装部长包片、专武干部包村、民兵骨干包户的做法坚持下来，把登记台账送到田间地头和务工车间。"
    desk = the_desk()
    other = desk.create_from_example("qinghe-work-a.yaml").id
    section = next(one for one in desk.report(other).sections if one.template)
    desk.edit(other, section.key, said, section.revision)
    tab = reviewing(doc, f"{TEXT}{said}\n")
    assert any("占全文" in found.label for found in tab.app.expander)
    assert "这份材料" in tab.words
    assert "《清河镇" in tab.words
