"""Which paragraphs of a file that came back belong to which section of the report."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from assistant.document.returned import ReturnedFile, ReturnedParagraph
from assistant.document.travel import MARK
from assistant.reports.manuscript import Manuscript
from assistant.reports.report import Report
from assistant.slots.render import join

#: A heading is the same one from this likeness on (0–100).
SAME_HEADING = 75.0
_TITLE_LINES = 6


def by_section(report: Report, file: ReturnedFile, whole: Manuscript) -> dict[str, list[ReturnedParagraph]]:
    """Section key → its paragraphs. By bookmarks where the file has them, else by headings: LibreOffice drops the
    bookmark behind a table."""
    starts = _marked(report, file)
    texts = [paragraph.text for paragraph in file.paragraphs]
    starts |= dict(_by_heading(whole, texts, starts))
    end = _closing(whole, file.paragraphs, max(starts, default=0))
    parts: dict[str, list[ReturnedParagraph]] = {}
    current = ""
    for number, paragraph in enumerate(file.paragraphs[:end]):
        current = starts.get(number, current)
        if current:
            parts.setdefault(current, []).append(paragraph)
    return parts


def _marked(report: Report, file: ReturnedFile) -> dict[int, str]:
    """Paragraph → the section that its bookmark begins. Where the file's own list was lost, by its number."""
    names = file.travelling.marks if file.travelling else {}
    if not names:
        names = {f"{MARK}{number}": section.key for number, section in enumerate(report.sections)}
    known = {section.key for section in report.sections}
    found = ((number, names.get(paragraph.mark, "")) for number, paragraph in enumerate(file.paragraphs))
    return {number: key for number, key in found if key in known}


def _by_heading(whole: Manuscript, texts: Sequence[str], starts: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """Those that ``starts`` does not have, each between its neighbours."""
    opening = {block.section: block for block in reversed(whole.blocks)}
    order = list(dict.fromkeys(block.section for block in whole.blocks))
    known = {key: number for number, key in sorted(starts.items(), reverse=True)}
    at = 0
    for index, key in enumerate(order):
        if key in known:
            at = max(at, known[key] + 1)
            continue
        end = next((known[other] for other in order[index:] if other in known), len(texts))
        # A section without a heading is known by how it begins.
        wanted = join(opening[key].heading) or join(opening[key].pieces)[:30]
        likeness = {place: fuzz.ratio(wanted, texts[place][: len(wanted)]) for place in range(at, end)}
        best = max(likeness, key=lambda place: likeness[place], default=None)
        if best is not None and likeness[best] >= SAME_HEADING:
            yield best, key
            at = best + 1


def _closing(whole: Manuscript, paragraphs: Sequence[ReturnedParagraph], after: int) -> int:
    """Where the text ends and 落款 or 附件 begin."""
    date = f"{whole.date.year}年{whole.date.month}月{whole.date.day}日" if whole.date else ""
    ends = {"".join(line.split()) for line in (join(whole.signature), date) if line}
    for place in range(after + 1, len(paragraphs)):
        text = "".join(paragraphs[place].text.split())
        if paragraphs[place].closing or text in ends or text.startswith("附件："):
            return place
    return len(paragraphs)


def notes_on(report: Report, file: ReturnedFile, parts: Collection[str], whole: Manuscript) -> Iterator[str]:
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
    title = "".join(join(whole.title).split())
    if title not in "".join("".join(p.text.split()) for p in file.paragraphs[:_TITLE_LINES]):
        yield "文件的标题与报告不同；标题由事实和样式得出，没有改动。"
