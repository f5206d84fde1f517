"""导出 “版头、附件和版记” and 设置 “版式”."""

from __future__ import annotations

import datetime
import io
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from app_kit import Tab, the_desk, written
from docx.document import Document

from assistant.document import profile
from assistant.document.conformance import conformance_findings
from assistant.exporting import file_stem
from assistant.moments import Moment

WORK = "qinghe-work-a.yaml"


@pytest.fixture(autouse=True)
def own_layouts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "profiles"
    monkeypatch.setattr(profile, "user_folder", lambda: folder)
    return folder


def field(tab: Tab, name: str) -> Any:
    for kind in ("checkbox", "text_input", "text_area", "date_input", "selectbox", "multiselect"):
        for found in getattr(tab.app, kind):
            if str(found.key).startswith(f"fit:{tab.doc}:{name}:"):
                return found
    raise AssertionError(f"no field for {name}")


def choose(tab: Tab, **chosen: Any) -> Tab:
    for name, value in chosen.items():
        field(tab, name).set_value(value).run()
        tab.sound()
    return tab


def dressed() -> Tab:
    """A report with everything that can be chosen."""
    return choose(
        Tab(written(WORK), "export"),
        sealed=True,
        head=True,
        mark="中共清河镇委员会文件",
        number="清党[2026]5号",
        urgency="加急",
        signers="张三\n李建国",
        attachments="附件：1.征兵工作台账。\n2.民兵整组情况表",
        note="（联系人：李文书）",
        copies="县人武部",
        printer="清河镇党政综合办公室",
        printed=datetime.date(2026, 1, 5),
    )


def word(data: bytes) -> Document:
    return docx.Document(BytesIO(data))


def paragraphs(data: bytes) -> list[str]:
    return [paragraph.text.strip() for paragraph in word(data).paragraphs]


def cells(data: bytes) -> list[str]:
    return [cell.text.strip() for table in word(data).tables for row in table.rows for cell in row.cells]


def errors(data: bytes) -> list[str]:
    return [found.sentence for found in conformance_findings(data, the_desk().layout()) if found.severity != "hint"]


def test_everything_chosen_is_in_the_file_and_the_file_conforms() -> None:
    tab = dressed()
    data = the_desk().export(tab.report, final=True).data
    lines = paragraphs(data)
    assert "中共清河镇委员会文件" in lines
    assert any("清党〔2026〕5号" in line for line in lines)
    assert any("签发人：" in line for line in lines)
    assert "加急" in lines
    assert "附件：1.征兵工作台账" in lines
    assert "2.民兵整组情况表" in lines
    assert "（联系人：李文书）" in lines
    assert any("抄送：县人武部。" in cell for cell in cells(data))
    assert any("清河镇党政综合办公室" in cell and "2026年1月5日印发" in cell for cell in cells(data))
    assert errors(data) == []
    assert "版式核对：符合" in tab.words
    assert "清党〔2026〕5号" in tab.markup, "not in the preview"


def test_a_table_fact_is_set_as_a_table() -> None:
    doc = written(WORK)
    tab = Tab(doc, "export")
    section, label = the_desk().table_facts(tab.report)[0]
    before = len(word(the_desk().export(tab.report, final=True).data).tables)
    choose(tab, tables=[(section.key, label)])
    data = the_desk().export(tab.report, final=True).data
    assert len(word(data).tables) == before + 1
    assert label in paragraphs(data)
    assert errors(data) == []


def test_attachments_with_text_and_a_table_follow_on_pages_of_their_own() -> None:
    tab = dressed()
    label = the_desk().table_facts(tab.report)[0][1]
    choose(tab, text0="一、征集对象\n本镇适龄青年。", table1=label, copy_number="12")
    data = the_desk().export(tab.report, final=True).data
    document = word(data)
    begins = [p.text for p in document.paragraphs if p.paragraph_format.page_break_before]
    assert begins == ["附件1", "附件2"]
    lines = paragraphs(data)
    assert lines[0] == "000012"
    assert lines[lines.index("附件1") : lines.index("附件2")] == [
        "附件1",
        "",
        "征兵工作台账",
        "",
        "一、征集对象",
        "本镇适龄青年。",
    ]
    assert lines[lines.index("附件2") :][:3] == ["附件2", "", "民兵整组情况表"]
    assert len(document.tables) == 2
    assert errors(data) == []
    assert "本镇适龄青年。" in tab.markup, "not in the preview"
    assert "正文还没有提到这个附件" in tab.words
    tab.press("mention-0")
    assert "正文还没有提到这个附件" not in tab.words
    assert any("（详见附件2）" in line for line in paragraphs(the_desk().export(tab.report, final=True).data))
    # The names change, what stands in an 附件 stays with it.
    choose(tab, attachments="民兵整组情况表\n征兵工作台账")
    lines = paragraphs(the_desk().export(tab.report, final=True).data)
    assert lines.index("附件2") < lines.index("一、征集对象")
    assert field(tab, "table0").value == label


def test_it_stays_with_the_report_and_goes_to_next_year_without_what_is_of_this_year() -> None:
    tab = dressed()
    again = Tab(tab.doc, "export")
    assert field(again, "number").value == "清党〔2026〕5号"
    assert field(again, "attachments").value == "征兵工作台账\n民兵整组情况表"
    other = Tab(written(), "export")
    assert not field(other, "head").value
    copied = the_desk().fittings(the_desk().copy_to_next_year(tab.doc).id)
    assert (copied.mark, copied.copies, copied.sealed) == ("中共清河镇委员会文件", ("县人武部",), True)
    assert (copied.number, copied.attachments, copied.printed) == ("", (), None)


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("number", "清党2026-5", "不像发文字号"),
        ("number", "清党〔2026〕05号", "不编虚位"),
        ("mark", "", "没有填发文机关标志"),
        ("mark", "长" * 41, "太长了"),
        ("printer", "", "没有填印发机关"),
        ("note", "密级：机密", "密级标志"),
        ("text0", "密级：机密", "密级标志"),
        ("copy_number", "第一份", "不能作份号"),
    ],
)
def test_what_cannot_be_printed_is_told_and_changes_nothing(name: str, typed: str, said: str) -> None:
    tab = dressed()
    kept = the_desk().fittings(tab.doc)
    choose(tab, **{name: typed})
    assert said in tab.words
    assert field(tab, name).value == typed
    assert the_desk().fittings(tab.doc) == kept
    choose(tab, **{name: getattr(kept, name, "")})
    assert said not in tab.words


def test_red_head_of_a_person_s_report_waits_for_its_mark() -> None:
    tab = choose(Tab(written(), "export"), head=True)
    assert "没有填发文机关标志" in tab.words
    choose(tab, mark="柳林街道党工委文件")
    assert "没有填发文机关标志" not in tab.words
    assert "柳林街道党工委文件" in paragraphs(the_desk().export(tab.report, final=True).data)


def test_all_is_cleared_with_one_press() -> None:
    tab = dressed().press("fit-clear")
    assert "中共清河镇委员会文件" not in paragraphs(the_desk().export(tab.report, final=True).data)
    assert field(tab, "number" if field(tab, "head").value else "note").value == ""


def test_review_copy_and_bundle_have_it_and_the_copy_is_read_in_again_without_a_change() -> None:
    tab = dressed()
    section, label = the_desk().table_facts(tab.report)[0]
    choose(tab, tables=[(section.key, label)])
    file = the_desk().review_copy(tab.report)
    assert any("清党〔2026〕5号" in line for line in paragraphs(file.data))
    returned = the_desk().read_returned(tab.doc, file.data, file.name)
    assert list(returned.changes) == []
    made = the_desk().export_many([tab.doc], final=True)
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        assert "中共清河镇委员会文件" in paragraphs(archive.read(made.names[0]))


def test_redline_has_it_as_plain_text_and_not_as_a_change() -> None:
    tab = dressed()
    then = Moment("刚才", datetime.datetime.now(datetime.UTC))
    data = the_desk().redline(tab.report, then).data
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert "清党〔2026〕5号" in xml
    assert "<w:ins " not in xml


def test_unreadable_fittings_are_told_with_a_way_out() -> None:
    doc = written()
    the_desk().store.put_setting(f"report.{doc}.fittings", '{"head": "maybe"}')
    tab = Tab(doc, "export")
    assert "读不出来" in tab.told
    assert not tab.downloads
    tab.press("fit-clear")
    assert tab.downloads


# ---- 版式

OWN = "name: 清河县版式\nbased_on: gbt9704-2012\n"


def upload(tab: Tab, data: bytes, name: str) -> Tab:
    found = next(each for each in tab.app.file_uploader if str(each.key).startswith("layout-file:"))
    found.set_value((name, data, "application/yaml")).run()
    return tab.sound()


def test_own_layout_is_taken_in_used_by_the_files_and_removed() -> None:
    doc = written()
    tab = upload(Tab(doc, "settings"), OWN.encode(), "清河县.yaml")
    assert "已放入并改用" in tab.told
    assert the_desk().layout().name == "清河县版式"
    tab.go("export")
    assert "符合 清河县版式" in tab.words
    tab.go("settings").press("layout-remove-0")
    assert "现在用的是标准版式" in tab.told
    assert the_desk().layout_name == profile.DEFAULT_PROFILE


def test_broken_layout_is_refused_with_file_and_line() -> None:
    tab = upload(Tab("", "settings"), f"{OWN}页边距: 3\n".encode(), "清河县.yaml")
    assert "清河县.yaml" in tab.told
    assert "第3行" in tab.told
    assert the_desk().layout_name == profile.DEFAULT_PROFILE


def test_layout_that_is_gone_stops_the_files_until_another_is_chosen(own_layouts: Path) -> None:
    doc = written()
    the_desk().add_layout(OWN.encode(), "清河县.yaml")
    the_desk().use_layout("清河县")
    (own_layouts / "清河县.yaml").unlink()
    tab = Tab(doc, "export")
    assert "“清河县”现在不能用" in tab.told
    assert not tab.downloads
    made = the_desk().export_many([doc], final=True)
    assert "清河县" in made.refused[0].reason
    tab.press("layout-default")
    assert "已改用标准版式" in tab.told
    assert tab.downloads
    assert file_stem(tab.report) in tab.words
