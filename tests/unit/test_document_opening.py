"""Files that are no Word file, or more than that: refused with the reason, in bounded time and memory."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from format_samples import PLAIN, made, part, repacked

from assistant.cli import main
from assistant.document.conformance import conformance_findings
from assistant.document.opening import open_bytes, open_file
from assistant.document.reading import read_docx
from assistant.document.returned import read_returned_file
from assistant.errors import DocumentInputError
from assistant.intake.reading import read_source

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES, DOCUMENT = "[Content_Types].xml", "word/document.xml"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def changed(name: str, change) -> bytes:
    data = made(PLAIN)
    return repacked(data, {name: change(part(data, name))})


def kind(other: str) -> bytes:
    return changed(TYPES, lambda xml: xml.replace(MAIN, other))


def inside(text: str):
    return lambda xml: xml.replace("<w:body>", "<w:body>" + text)


def entity(xml: str) -> str:
    head, rest = xml.split("?>", 1)
    return f'{head}?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>{rest.replace("特此报告", "&x;")}'


def laughs(xml: str) -> str:
    head, rest = xml.split("?>", 1)
    rows = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))
    return f'{head}?><!DOCTYPE a [<!ENTITY l0 "哈">{rows}]>{rest.replace("特此报告", "&l12;")}'


def locked(data: bytes) -> bytes:
    """As a zip program with a password marks its entries."""
    out = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(mark)
        while at >= 0:
            out[at + place] |= 1
            at = out.find(mark, at + 1)
    return bytes(out)


BAD = {
    "empty": (lambda: b"", "是空文件"),
    "text": (lambda: "正文".encode(), "不是 Word 文件"),
    ".doc renamed": (lambda: OLE + bytes(600), "旧版 .doc 或 .wps"),
    "encrypted": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
    "cut off": (lambda: made(PLAIN)[:2000], "不完整"),
    "macros": (lambda: kind("application/vnd.ms-word.document.macroEnabled.main+xml"), "带有宏"),
    "macros without saying": (lambda: repacked(made(PLAIN), {"word/vbaProject.bin": b"x"}), "带有宏"),
    "template": (lambda: kind(MAIN.replace("document.main", "template.main")), "模板"),
    "Excel": (lambda: kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), "Excel"),
    "any kind": (lambda: kind("application/xml"), "内容类型"),
    "external entity": (lambda: changed(DOCUMENT, entity), "外部实体"),
    "billion laughs": (lambda: changed(DOCUMENT, laughs), "外部实体"),
    "broken XML": (lambda: changed(DOCUMENT, lambda xml: xml[:-20]), "不完整"),
    "nested a thousand deep": (lambda: changed(DOCUMENT, inside("<w:sdt>" * 1000)), "不完整"),
    "bomb": (lambda: repacked(made(PLAIN), {f"word/{n}.xml": bytes(60_000_000) for n in range(4)}), "过大"),
    "one huge part": (lambda: changed(DOCUMENT, inside(" " * 30_000_000)), "过大"),
    "very many parts": (lambda: repacked(made(PLAIN), {f"word/{n}.xml": b"" for n in range(4100)}), "过大"),
    "no main part": (lambda: changed("_rels/.rels", lambda xml: xml.replace("officeDocument\"", "other\"")), "不完整"),
    "very many tags": (lambda: changed(DOCUMENT, inside("<w:p/>" * 700_000)), "过大"),
    "password of a zip": (lambda: locked(made(PLAIN)), "加了密码"),
    "web page renamed": (lambda: "<html><body>报告</body></html>".encode(), "不是 Word 文件"),
    "200 MB": (lambda: b"PK" + bytes(200 * 1024 * 1024), "超过 20 MB"),
}  # fmt: skip


def given_back(file: Path) -> object:
    return read_returned_file(file.read_bytes(), file.name)


def imported(file: Path) -> object:
    return read_source(file, read_docx)


@pytest.mark.parametrize("name", BAD)
def test_refused_with_the_reason(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make, said = BAD[name]
    file = tmp_path / "报告.docx"
    file.write_bytes(make())
    for act in (imported, given_back):
        with pytest.raises(DocumentInputError) as caught:
            act(file)
        assert said in caught.value.message
        assert "报告.docx" in caught.value.message
        assert caught.value.way_out
    assert main(["format-check", str(file)]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


def test_a_part_that_is_larger_than_it_declares() -> None:
    data = bytearray(made(PLAIN))
    directory = zipfile.ZipFile(io.BytesIO(bytes(data))).getinfo(DOCUMENT)
    place = bytes(data).rindex(DOCUMENT.encode()) - 46
    assert data[place : place + 4] == b"PK\x01\x02"
    data[place + 24 : place + 28] = (directory.file_size // 2).to_bytes(4, "little")
    with pytest.raises(DocumentInputError):
        conformance_findings(bytes(data))


def test_good_files_open(tmp_path: Path) -> None:
    data = made(PLAIN)
    assert open_bytes(data).main == DOCUMENT
    file = tmp_path / "a.docx"
    file.write_bytes(data)
    assert open_file(file).document().tag.endswith("}document")
    # Addresses outside the file are never followed: they are not even listed.
    link = '<Relationship Id="x" Type="http://a/attachedTemplate" Target="http://a/b.dotm" TargetMode="External"/>'
    rels = "word/_rels/document.xml.rels"
    linked = repacked(data, {rels: part(data, rels).replace("</Relationships>", link + "</Relationships>")})
    assert all(row.kind != "attachedTemplate" for row in open_bytes(linked).relations(DOCUMENT))
    with pytest.raises(DocumentInputError, match="读不到"):
        open_file(tmp_path)
