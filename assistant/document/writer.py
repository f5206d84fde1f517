"""``DocumentContent`` → the bytes of a Word file."""

from __future__ import annotations

import datetime
from dataclasses import replace

from assistant.document.body import body_paragraphs, heading_lines
from assistant.document.closing import closing_blocks
from assistant.document.content import DocumentContent, Paragraph, Run
from assistant.document.layout import LayoutProfile
from assistant.document.ooxml import W, w
from assistant.document.package import pack
from assistant.document.text import PLACEHOLDER, clean_text
from assistant.errors import ExportError, OpenPlaceholders

_SHOWN = 5


def write_docx(
    content: DocumentContent,
    profile: LayoutProfile,
    *,
    final: bool,
    now: datetime.datetime | None = None,
) -> bytes:
    """The document as a .docx file.

    Args:
        final: 正式稿: no open placeholder may be left. Otherwise 送审稿: they are marked in yellow.
        now: creation time in the core properties; the present by default.

    Raises:
        OpenPlaceholders: ``final`` and a fact is still open.
        ExportError: the title is empty, or ``final`` and there is no text at all.
    """
    content = _cleaned(content)
    if not content.title.strip():
        raise ExportError("文稿没有标题，不能生成Word文件。", "请先填写标题。")
    if final:
        _demand_complete(content)
    body = body_paragraphs(content.paragraphs)
    if final and not body:
        raise ExportError("正文是空的，不能生成正式稿。", "请先起草正文，或先导出送审稿。")
    closing = closing_blocks(content, profile)
    if body and closing:
        properties = body[-1][0]
        if properties.find(f"{{{W}}}keepNext") is None:
            properties.insert(1, w("keepNext"))
    blocks = [*heading_lines(content, profile), *body, *closing]
    return pack(content, profile, blocks, now or datetime.datetime.now(datetime.UTC))


def open_placeholders(content: DocumentContent) -> tuple[str, ...]:
    """The open placeholders in reading order, each once."""
    found: dict[str, None] = {}
    for text in (content.title, content.byline or "", content.addressee or ""):
        found.update(dict.fromkeys(PLACEHOLDER.findall(text)))
    for paragraph in content.paragraphs:
        for run in paragraph.runs:
            texts = [run.text or "【待补】"] if run.kind == "placeholder" else PLACEHOLDER.findall(run.text)
            found.update(dict.fromkeys(texts))
    found.update(dict.fromkeys(PLACEHOLDER.findall(content.signature or "")))
    return tuple(found)


def _demand_complete(content: DocumentContent) -> None:
    if names := open_placeholders(content):
        more = f"等{len(names)}处" if len(names) > _SHOWN else ""
        raise OpenPlaceholders(
            f"还有事实没有填写：{'、'.join(names[:_SHOWN])}{more}，不能导出正式稿。",
            "请补齐这些事实，或先导出送审稿。",
        )


def _cleaned(content: DocumentContent) -> DocumentContent:
    return replace(
        content,
        title=clean_text(content.title),
        byline=_cleaned_line(content.byline),
        addressee=_cleaned_line(content.addressee),
        signature=_cleaned_line(content.signature),
        paragraphs=tuple(
            Paragraph(tuple(Run(clean_text(run.text), run.kind) for run in item.runs), item.role)
            for item in content.paragraphs
        ),
        protected_terms=tuple(clean_text(term) for term in content.protected_terms),
    )


def _cleaned_line(text: str | None) -> str | None:
    return clean_text(text).strip() or None if text is not None else None
