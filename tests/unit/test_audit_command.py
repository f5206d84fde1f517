"""``audit`` as a person or a script calls it, and the reading of somebody else's .docx."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assistant.cli import main
from assistant.document.reading import read_docx
from assistant.errors import DocumentInputError

ROOT = Path(__file__).resolve().parents[2]
SHEET = ROOT / "examples" / "liulin-duty-c.yaml"
EMPTY = "report_type: armed-forces-work\nshape: duty-c\nfacts: {}\n"


def audit(
    text: Path, capsys: pytest.CaptureFixture[str], sheet: Path = SHEET
) -> tuple[int, dict[str, list[dict[str, object]]]]:
    capsys.readouterr()
    status = main(["audit", str(sheet), str(text), "--json"])
    return status, json.loads(capsys.readouterr().out)


def written(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    file = tmp_path / "稿.txt"
    file.write_bytes(text.encode(encoding))
    return file


def test_json_of_a_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, found = audit(written(tmp_path, "全年入伍18人，其中大学生17人。出动车辆17辆。"), capsys)
    assert status == 1
    assert found["numbers"] == [
        {
            "text": "18人",
            "start": 4,
            "end": 7,
            "value": "18",
            "unit": "人",
            "status": "grounded",
            "fact": "入伍人数",
            "expected": "",
        },
        {
            "text": "17人",
            "start": 13,
            "end": 16,
            "value": "17",
            "unit": "人",
            "status": "mismatch",
            "fact": "大学生入伍",
            "expected": "16人",
        },
        {
            "text": "17辆",
            "start": 21,
            "end": 24,
            "value": "17",
            "unit": "辆",
            "status": "unknown",
            "fact": "",
            "expected": "",
        },
    ]
    assert [(one["rule"], one["severity"]) for one in found["findings"]] == [
        ("number.conflicting", "error"),
        ("number.unknown", "error"),
    ]


def test_a_person_reads_a_line_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(SHEET), str(written(tmp_path, "今年：\n全年入伍17人。\n"))]) == 1
    line, total = capsys.readouterr().out.splitlines()
    assert line == "第2行 [错误] …全年入伍【17人】。…  正文写的是“17人”，事实“入伍人数”是18人，两处不一致。"
    assert "不一致 1" in total


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings_of_windows(encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, found = audit(written(tmp_path, "全年入伍18人。", encoding), capsys)
    assert (status, len(found["numbers"])) == (0, 1)


def test_word_file_and_saved_report_of_one_draft(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, saved = tmp_path / "a.docx", tmp_path / "a.json"
    assert main(["draft", str(SHEET), "-o", str(out), "--save", str(saved), "--engine", "embedded"]) == 0
    for file in (out, saved):
        status, found = audit(file, capsys)
        assert (status, found["findings"]) == (0, [])
        assert len([one for one in found["numbers"] if one["status"] == "grounded"]) > 40


def test_a_saved_report_shows_the_sheets_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved, sheet = tmp_path / "a.json", tmp_path / "空.yaml"
    main(["draft", str(SHEET), "-o", str(tmp_path / "a.docx"), "--save", str(saved), "--engine", "embedded"])
    body = json.loads(saved.read_text(encoding="utf-8"))
    body["sections"][0]["text"] += "全年入伍19人。输送{{入伍人数}}。"
    saved.write_text(json.dumps(body), encoding="utf-8")
    status, found = audit(saved, capsys)
    assert status == 1
    assert [(one["rule"], one["excerpt"]) for one in found["findings"]] == [("number.conflicting", "19人")]
    sheet.write_text(EMPTY, encoding="utf-8")
    status, found = audit(saved, capsys, sheet)
    assert status == 1
    assert {one["rule"] for one in found["findings"]} >= {"placeholder.missing", "number.unknown"}
    other = ROOT / "examples" / "pingan-work-safety.yaml"
    assert main(["audit", str(other), str(saved)]) == 2


def test_a_sheet_without_facts_grounds_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "空.yaml"
    sheet.write_text(EMPTY, encoding="utf-8")
    status, found = audit(written(tmp_path, "全年入伍18人，登记率99.5%，2025年投入7万元。"), capsys, sheet)
    assert status == 1
    assert {one["status"] for one in found["numbers"]} == {"unknown"}


@pytest.mark.parametrize(
    "text",
    [
        "9" * 40 + "人",
        "入伍1\u200b7人",
        "入伍\u202e17人",
        "入伍1７人",
        "九" * 100 + "人",
        "入伍" + "1" * 300_000,
        "17人，" * 50_000,
    ],
    ids=[
        "40 digits",
        "zero width",
        "right to left",
        "half full-width",
        "hanzi",
        "one long number",
        "200,000 characters",
    ],
)
def test_odd_numbers_are_findings(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, found = audit(written(tmp_path, text), capsys)
    assert status == 1
    assert found["findings"]


def test_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    binary, wrong, broken = tmp_path / "a.txt", tmp_path / "a.pdf", tmp_path / "a.json"
    binary.write_bytes(b"\0\1\2")
    wrong.write_bytes(b"%PDF")
    broken.write_text("{", encoding="utf-8")
    for file in (tmp_path / "没有.txt", binary, wrong, broken, tmp_path):
        assert main(["audit", str(SHEET), str(file)]) == 2
        assert capsys.readouterr().err.strip()


# ---- .docx


def document(tmp_path: Path) -> Path:
    made = docx.Document()
    made.add_paragraph("全年入伍18人。")
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "应急排", "30人"
    made.add_paragraph("末段")
    file = tmp_path / "a.docx"
    made.save(str(file))
    return file


def test_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    assert read_docx(document(tmp_path)) == "全年入伍18人。\n应急排\t30人\n末段"


def test_tracked_changes_count_as_accepted(tmp_path: Path) -> None:
    file = document(tmp_path)
    made = docx.Document(str(file))
    body = f"<w:p {nsdecls('w')}><w:ins w:id='1' w:author='a'><w:r><w:t>17人</w:t></w:r></w:ins>"
    body += "<w:del w:id='2' w:author='a'><w:r><w:delText>18人</w:delText></w:r></w:del></w:p>"
    made.element.body.insert(0, parse_xml(body))
    made.save(str(file))
    assert read_docx(file).startswith("17人\n")


def refused(file: Path) -> str:
    with pytest.raises(DocumentInputError) as caught:
        read_docx(file)
    return caught.value.for_user()


def test_what_is_no_docx(tmp_path: Path) -> None:
    file = tmp_path / "坏.docx"
    for data, word in [
        (b"", "空文件"),
        (b"hello", "不是 Word 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版 .doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
        (b"PK\x03\x04rest", "不完整"),
    ]:
        file.write_bytes(data)
        assert word in refused(file)
    assert "读不到" in refused(tmp_path / "没有.docx")


def test_a_truncated_docx(tmp_path: Path) -> None:
    file = document(tmp_path)
    data = file.read_bytes()
    for share in (0.1, 0.5, 0.9, 0.99):
        file.write_bytes(data[: int(len(data) * share)])
        assert "不完整" in refused(file)
    # The directory is whole, a part is not.
    file.write_bytes(data[:200] + bytes(400) + data[600:])
    assert "不完整" in refused(file)


def test_too_large_and_a_zip_bomb(tmp_path: Path) -> None:
    file = tmp_path / "大.docx"
    with file.open("wb") as stream:
        stream.write(b"PK")
        stream.truncate(21 * 1024 * 1024)
    assert "20 MB" in refused(file)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<a/>")
        for number in range(3):
            archive.writestr(f"word/{number}.xml", bytes(80 * 1024 * 1024))
    assert "过大" in refused(file)


def test_a_zip_of_something_else(tmp_path: Path) -> None:
    file = tmp_path / "包.docx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "1")
    assert "不是 Word 文件" in refused(file)
