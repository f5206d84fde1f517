"""Which paragraphs of a file that came back belong to which section of the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from assistant.document.returned import ReturnedFile
from assistant.document.travel import MARK
from assistant.reports.manuscript import Manuscript
from assistant.reports.report import Report
from assistant.slots.render import join

#: A heading is the same one from this likeness on (0–100).
SAME_HEADING = 75.0
_TITLE_LINES = 6


def by_section(report: Report, file: ReturnedFile, whole: Manuscript) -> dict[str, list[str]]:
    """Section key → its paragraphs. By bookmarks where the file has them, else by headings."""
    starts = _marked(report, file)
    texts = [paragraph.text for paragraph in file.paragraphs]
    starts = starts or dict(_by_heading(whole, texts))
    end = _closing(whole, texts, max(starts, default=0))
    parts: dict[str, list[str]] = {}
    current = ""
    for number, text in enumerate(texts[:end]):
        current = starts.get(number, current)
        if current:
            parts.setdefault(current, []).append(text)
    return parts


def _marked(report: Report, file: ReturnedFile) -> dict[int, str]:
    """Paragraph → the section that its bookmark begins. Where the file's own list was lost, by its number."""
    names = file.travelling.marks if file.travelling else {}
    if not names:
        names = {f"{MARK}{number}": section.key for number, section in enumerate(report.sections)}
    known = {section.key for section in report.sections}
    found = ((number, names.get(paragraph.mark, "")) for number, paragraph in enumerate(file.paragraphs))
    return {number: key for number, key in found if key in known}


def _by_heading(whole: Manuscript, texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    at = 0
    seen: set[str] = set()
    for block in whole.blocks:
        if block.section in seen:
            continue
        seen.add(block.section)
        # A section without a heading is known by how it begins.
        wanted = join(block.heading) or join(block.pieces)[:30]
        best = max(
            range(at, len(texts)), key=lambda place: fuzz.ratio(wanted, texts[place][: len(wanted)]), default=None
        )
        if best is not None and fuzz.ratio(wanted, texts[best][: len(wanted)]) >= SAME_HEADING:
            yield best, block.section
            at = best + 1


def _closing(whole: Manuscript, texts: Sequence[str], after: int) -> int:
    """Where the text ends and 落款 or 附件 begin."""
    date = f"{whole.date.year}年{whole.date.month}月{whole.date.day}日" if whole.date else ""
    ends = {"".join(line.split()) for line in (join(whole.signature), date) if line}
    for place in range(after + 1, len(texts)):
        text = "".join(texts[place].split())
        if text in ends or text.startswith("附件："):
            return place
    return len(texts)


def notes_on(report: Report, file: ReturnedFile, parts: Mapping[str, list[str]], whole: Manuscript) -> Iterator[str]:
    travelling = file.travelling
    if travelling is None:
        how = "按书签" if any(paragraph.mark for paragraph in file.paragraphs) else "按标题"
        yield f"文件里拟稿留下的记号不全（可能用别的软件存过），各节是{how}对应的，请逐条看过再采用。"
    elif travelling.report != report.id:
        yield "这份文件是从另一份报告导出的，请先确认没有选错文件。"
    written = {block.section for block in whole.blocks}
    missing = [section.title for section in report.sections if section.key in written and section.key not in parts]
    if missing:
        yield f"文件里没有找到{'、'.join(f'“{title}”' for title in missing)}，这些章节没有改动。"
    if file.tables:
        yield f"文件里有 {file.tables} 张表格，表格里的文字不读回。"
    title = "".join(join(whole.title).split())
    if title not in "".join("".join(p.text.split()) for p in file.paragraphs[:_TITLE_LINES]):
        yield "文件的标题与报告不同；标题由事实和样式得出，没有改动。"
