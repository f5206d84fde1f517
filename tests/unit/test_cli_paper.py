"""``draft`` and ``batch``: layout, 版头、附件和版记, which copy, which kind of file."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest

from assistant import office
from assistant.cli import main
from assistant.document.conformance import conformance_findings
from assistant.errors import InputError
from assistant.fittings import Enclosure
from assistant.fittings_file import read_dress

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
WORK = EXAMPLES / "qinghe-work-a.yaml"
PAPER = """\
加盖印章: true
发文机关标志: 中共清河镇委员会文件
发文字号: 清党[2026]5号
份号: 12
签发人: [张三, 李建国]
紧急程度: 加急
附注: 联系人：李文书
附件:
  - 征兵工作台账
  - 名称: 民兵编组情况表
    正文: |
      一、编组情况
      全镇编组如下。
    表格: 民兵分队
抄送: [县人武部]
印发机关: 清河镇党政综合办公室
印发日期: 2026-01-05
表格: [民兵分队]
"""


@pytest.fixture(autouse=True)
def _no_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NIGAO_BASE_URL", "NIGAO_MODEL", "NIGAO_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "红头.yaml"
    file.write_text(PAPER, encoding="utf-8")
    return file


def draft(out: Path, *more: str) -> int:
    return main(["draft", str(WORK), "-o", str(out), "--engine", "embedded", *more])


def xml(file: Path, part: str = "document") -> str:
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as archive:
        name = f"word/{part}.xml"
        return archive.read(name).decode() if name in archive.namelist() else ""


def test_a_red_head_with_attachments_and_imprint(paper: Path, tmp_path: Path) -> None:
    out = tmp_path / "报告.docx"
    assert draft(out, "--final", "--paper", str(paper)) == 0
    document = docx.Document(str(out))
    lines = [paragraph.text.strip() for paragraph in document.paragraphs]
    assert lines[:3] == ["000012", "加急", "中共清河镇委员会文件"]
    assert any("清党〔2026〕5号" in line and "签发人：张　三　李建国" in line for line in lines)
    assert lines[lines.index("附件：1.征兵工作台账") + 1] == "2.民兵编组情况表"
    assert lines[lines.index("附件2") :][:6] == ["附件2", "", "民兵编组情况表", "", "一、编组情况", "全镇编组如下。"]
    assert len(document.tables) == 3, "the table in the text, that of the 附件, the 版记"
    assert "抄送：县人武部。" in document.tables[2].rows[0].cells[0].text
    told = [found.sentence for found in conformance_findings(out.read_bytes()) if found.severity == "error"]
    assert told == []


def test_a_layout_by_its_file_and_a_seal(tmp_path: Path) -> None:
    layout = tmp_path / "某县.yaml"
    layout.write_text("based_on: gbt9704-2012\nname: 某县\ntypefaces:\n  仿宋: {name: 仿宋}\n", encoding="utf-8")
    plain, sealed = tmp_path / "a.docx", tmp_path / "b.docx"
    draft(plain, "--profile", str(layout))
    assert 'w:eastAsia="仿宋"' in xml(plain, "styles")
    draft(sealed, "--sealed")
    assert 'w:eastAsia="仿宋_GB2312"' in xml(sealed, "styles")
    assert 'w:rightChars="400"' in xml(sealed)
    assert 'w:rightChars="400"' not in xml(plain)


def test_review_copies_have_what_was_asked_for_as_comments(tmp_path: Path) -> None:
    sheet = tmp_path / "表.yaml"
    kept = [
        line for line in WORK.read_text(encoding="utf-8").split("\n") if not line.strip().startswith("党委议军会议:")
    ]
    sheet.write_text("\n".join(kept), encoding="utf-8")
    out = tmp_path / "送审稿.docx"
    arguments = ["draft", str(sheet), "-o", str(out), "--engine", "embedded"]
    assert main([*arguments]) == 1
    assert not xml(out, "comments")
    assert main([*arguments, "--comments"]) == 1
    assert "【须处理】" in xml(out, "comments")
    assert "【来源】" not in xml(out, "comments")
    assert main([*arguments, "--sources"]) == 1
    assert "【来源】" in xml(out, "comments")
    assert "【须处理】" not in xml(out, "comments")


def test_against_an_older_report_the_changes_are_tracked(tmp_path: Path) -> None:
    saved, out = tmp_path / "旧.json", tmp_path / "花脸稿.docx"
    draft(tmp_path / "a.docx", "--save", str(saved))
    draft(out, "--against", str(saved))
    assert "<w:ins " not in xml(out)
    draft(out, "--against", str(saved), "--seed", "7")
    assert "<w:ins " in xml(out)
    assert "<w:del " in xml(out)


def test_text_and_markdown(tmp_path: Path) -> None:
    draft(tmp_path / "a.txt")
    draft(tmp_path / "a.md")
    text = (tmp_path / "a.txt").read_text(encoding="utf-8-sig")
    assert "清河镇" in text
    assert "{{" not in text
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("# ")


def test_text_and_markdown_have_what_stands_around_the_text(paper: Path, tmp_path: Path) -> None:
    assert draft(tmp_path / "a.txt", "--paper", str(paper)) == 0
    assert draft(tmp_path / "a.md", "--paper", str(paper)) == 0
    lines = (tmp_path / "a.txt").read_text(encoding="utf-8-sig").split("\n")
    assert lines[:4] == ["000012", "加急", "中共清河镇委员会文件", "清党〔2026〕5号　　签发人：张三　李建国"]
    assert "| 名称 |" in (tmp_path / "a.md").read_text(encoding="utf-8")


def test_pdf_without_libreoffice_is_told_before_anything_is_drafted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(office, "office", lambda: None)
    assert draft(tmp_path / "a.pdf") == 1
    said = capsys.readouterr().err
    assert "没有安装 LibreOffice" in said
    assert "已写好" not in said
    assert "[1/" not in said


@pytest.mark.pdf
def test_pdf(tmp_path: Path) -> None:
    if office.office() is None:
        pytest.skip("LibreOffice is not installed")
    assert draft(tmp_path / "a.pdf") == 0
    assert b"/Annots" not in (tmp_path / "a.pdf").read_bytes()
    assert draft(tmp_path / "b.pdf", "--sources") == 0
    notes = [note for page in pypdf.PdfReader(tmp_path / "b.pdf").pages for note in page.get("/Annots", ())]
    places = [note["/Rect"] for entry in notes if (note := entry.get_object())["/Subtype"] == "/Text"]
    assert len(places) > 20, "the comments are lost"
    for left, bottom, right, top in places:
        assert left > 184 / 25.4 * 72, "a sign stands upon the text"
        assert right < 210 / 25.4 * 72
        assert 0 < bottom < top < 297 / 25.4 * 72


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--final", "--comments"], "不能有批注"),
        (["--profile", "没有的版式"], "没有名为"),
        (["--paper", "没有.yaml"], "读不到"),
        (["--against", "没有.json"], "读不到"),
    ],
)
def test_what_does_not_go_together_or_is_not_there(
    more: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert draft(tmp_path / "a.docx", *more) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "a.docx").exists()
    assert draft(tmp_path / "a.txt", "--sealed") == 2


def test_a_folder_that_takes_no_files_is_told_before_the_drafting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert draft(tmp_path / "没有" / "a.docx") == 1
    assert "没有文件夹" in capsys.readouterr().err
    # A root may write anywhere, so the answer of the system is stood in for.
    monkeypatch.setattr("assistant.cli_files.os.access", lambda *_: False)
    assert draft(tmp_path / "a.docx") == 1
    said = capsys.readouterr().err
    assert "不能写" in said
    assert "[1/" not in said


def test_batch_takes_the_same(paper: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheets = tmp_path / "sheets"
    sheets.mkdir()
    (sheets / "清河.yaml").write_bytes(WORK.read_bytes())
    (sheets / "平安.yaml").write_bytes((EXAMPLES / "pingan-work-safety.yaml").read_bytes())
    arguments = ["batch", str(sheets), "-o", str(tmp_path / "out"), "--engine", "embedded", "--json"]
    assert main([*arguments, "--paper", str(paper)]) in (1, 2)
    told = {one["sheet"]: one for one in json.loads(capsys.readouterr().out)["reports"]}
    assert told["清河.yaml"]["status"] == "written"
    assert "民兵分队" in "".join(told["平安.yaml"]["messages"])
    lines = [paragraph.text for paragraph in docx.Document(str(tmp_path / "out" / "清河.docx")).paragraphs]
    assert "中共清河镇委员会文件" in lines
    assert main([*arguments, "--format", "txt"]) in (0, 1)
    assert sorted(file.name for file in (tmp_path / "out").glob("*.txt")) == ["平安.txt", "清河.txt"]


def test_batch_takes_a_folder_where_the_reports_differ(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheets, papers, out = tmp_path / "sheets", tmp_path / "红头", tmp_path / "out"
    sheets.mkdir()
    papers.mkdir()
    for name in ("清河", "东陵", "石桥"):
        (sheets / f"{name}.yaml").write_bytes(WORK.read_bytes())
    arguments = ["batch", str(sheets), "-o", str(out), "--engine", "embedded", "--paper", str(papers), "--json"]

    def lines(name: str) -> list[str]:
        return [paragraph.text.strip() for paragraph in docx.Document(str(out / f"{name}.docx")).paragraphs]

    assert main(arguments) == 2
    assert "没有 .yaml" in capsys.readouterr().err

    # What holds for all need not stand by itself: a date without an office, names without a head.
    (papers / "清河.yaml").write_text(
        "发文机关标志: 中共清河镇委员会文件\n发文字号: 清党〔2026〕5号\n附件: 台账\n", encoding="utf-8"
    )
    (papers / "东陵.yaml").write_text("发文机关标志: 中共东陵镇委员会文件\n签发人: 李四\n附注:\n", encoding="utf-8")
    (papers / "青河.yaml").write_text("附注: 甲\n", encoding="utf-8")
    assert main(arguments) == 2
    assert "青河.yaml 没有同名的事实表" in capsys.readouterr().err
    assert not list(out.glob("*"))

    (papers / "青河.yaml").rename(papers / "全部.yaml")
    assert main(arguments) in (0, 1)
    assert "中共清河镇委员会文件" in lines("清河")
    assert "附件：台账" in lines("清河")
    assert "（甲）" in lines("清河")
    assert "中共东陵镇委员会文件" in lines("东陵")
    assert "（甲）" not in lines("东陵"), "named without a value: taken away"
    assert "（甲）" in lines("石桥")
    assert not any(line.endswith("文件") for line in lines("石桥"))
    capsys.readouterr()

    (papers / "全部.yaml").unlink()
    assert main([*arguments, "--force"]) in (0, 1)
    told = {one["sheet"]: "".join(one["messages"]) for one in json.loads(capsys.readouterr().out)["reports"]}
    assert "没有它的文件" in told["石桥.yaml"]
    assert "没有它的文件" not in told["清河.yaml"]


# ---- the file of --paper


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("发文字号: 清党2026-5\n发文机关标志: 甲\n", "不像发文字号"),
        ("加盖印章: true\n密级: 机密\n", "第2行 不认识“密级”"),
        ("签发人: [张三]\n", "没有填发文机关标志"),
        ("加盖印章: 也许\n", "第1行 “加盖印章”写法不对"),
        ("紧急程度: 急\n", "第1行 “紧急程度”写法不对"),
        ("印发日期: 明天\n", "第1行 “印发日期”写法不对"),
        ("附件:\n  - {标题: 甲}\n", "“附件”写法不对"),
        ("抄送: {甲: 乙}\n", "“抄送”写法不对"),
        ("抄送: 甲\n抄送: 乙\n", "第2行 “抄送”写了两次"),
        ("- 甲\n", "名称: 值"),
        ("a: [\n", "不是正确的 YAML"),
        ("附注: &a 乙\n", "引用"),
        ("x" * 300_001, "过大"),
    ],
)
def test_a_bad_paper_file_is_told_with_its_line(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_dress(text, "红头.yaml")
    assert said in caught.value.for_user()


def test_a_paper_file_says_what_it_says() -> None:
    made = read_dress(PAPER, "红头.yaml")
    assert made.fittings.number == "清党〔2026〕5号"
    assert made.fittings.signers == ("张三", "李建国")
    assert made.fittings.head
    assert made.fittings.sealed
    assert made.fittings.attachments[0] == Enclosure(title="征兵工作台账")
    assert made.fittings.attachments[1].text == "一、编组情况\n全镇编组如下。"
    assert made.tables == ("民兵分队",)
    assert not read_dress("抄送: 县人武部\n", "x").fittings.head
