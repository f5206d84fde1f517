"""Which paragraph is what, told from its words and its place: a file's style names say nothing here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.document.conformance.model import Document, Para, TableBlock, width
from assistant.document.conformance.numbering import from_hanzi

KINDS = (
    *("报告", "总结", "汇报", "请示", "通知", "意见", "方案", "决定", "决议", "命令", "公报", "公告", "通告", "通报"),
    *("批复", "议案", "函", "纪要", "计划", "要点", "办法", "规定", "细则", "规则", "预案", "讲话", "发言", "材料"),
    *("说明", "情况", "规划", "清单", "制度", "措施", "建议", "倡议书", "承诺书", "责任书", "提纲", "稿"),
)
_NUMBER = re.compile(r"^\S{0,24}?[〔\[［（(【]\s*\d{2,4}\s*[〕\]］）)】]\s*第?\s*\d+\s*号")
_HEAD_LINE = re.compile(r"^(?:\d{6}|(?:绝密|机密|秘密).{0,10}|特急|加急|特提|平急)$")
_SIGNERS = re.compile(r"签\s*发\s*人\s*[：:]")
_DATE_PART = r"[\d〇○零一二三四五六七八九十]"
DATE_LIKE = re.compile(
    rf"^[（(]?\s*(?:{_DATE_PART}{{2,4}}\s*年\s*{_DATE_PART}{{1,3}}\s*月\s*(?:{_DATE_PART}{{1,3}}\s*[日号])?"
    r"|\d{4}\s*[.．/\-－]\s*\d{1,2}\s*[.．/\-－]\s*\d{1,2}\s*日?)\s*[)）]?[。.]?$"
)
_SENTENCE = re.compile("[。；！？]")
_BODY_COLON = re.compile("(?:如下|以下|下列|汇报|报告|说明|下面|情况|方面)[：:]$")
_OFFICE_END = re.compile(
    r"(?:委|委员会|政府|府|局|部|办|办公室|会|院|厅|司|处|室|站|所|中心|公司|镇|街道|学校|单位|机关|同志|代表)$"
)
_CALL = re.compile("^(?:各位|尊敬的|同志们)")
_ATTACHED = re.compile(r"^附\s*件\s*(?:(?:\d+|[一二三四五六七八九十]+)\s*[：:]?)?$")
_NOTE = re.compile(r"^附\s*件\s*[：:]\s*\S")
_IMPRINT = re.compile(r"^(?:抄\s*送\s*[：:]|主\s*送\s*[：:]|.{2,40}\s+\d{4}年\d{1,2}月\d{1,2}日印发|.*印发$)")

LEVELS = (
    (1, re.compile("^([一二三四五六七八九十]{1,3})(、|[,，.．:：]|\\s)")),
    (2, re.compile("^([（(])([一二三四五六七八九十]{1,3})([）)])(、|[.．])?")),
    (3, re.compile(r"^(\d{1,2})(、|[.．](?!\d)|[)）])")),
    (4, re.compile(r"^([（(])(\d{1,2})([）)])(、|[.．])?")),
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """The number at the head of a paragraph: its level, its value and whether it is written as the standard does."""

    level: int
    value: int
    written: str
    well: bool


@dataclass(slots=True)
class Part:
    """A text with headings: the main text, or one 附件."""

    items: list[tuple[Para, Numbered | None]] = field(default_factory=list)
    label: Para | None = None
    title: list[Para] = field(default_factory=list)


@dataclass(slots=True)
class Structure:
    """The file's paragraphs by what they are."""

    head: list[Para] = field(default_factory=list)
    number: Para | None = None
    title: list[Para] = field(default_factory=list)
    byline: list[Para] = field(default_factory=list)
    addressee: Para | None = None
    body: Part = field(default_factory=Part)
    attachment_note: list[Para] = field(default_factory=list)
    signature: list[Para] = field(default_factory=list)
    date: Para | None = None
    note: Para | None = None
    attachments: list[Part] = field(default_factory=list)
    imprint: list[Para] = field(default_factory=list)
    imprint_table: TableBlock | None = None
    tables: list[TableBlock] = field(default_factory=list)


def numbered(text: str) -> Numbered | None:
    """The heading number that a text begins with, also one written in a wrong way."""
    for level, pattern in LEVELS:
        match = pattern.match(text)
        if match is None:
            continue
        groups = match.groups()
        inner = groups[0] if level in (1, 3) else groups[1]
        value = from_hanzi(inner) if level in (1, 2) else int(inner)
        if not value:
            continue
        if level == 1:
            well = groups[1] == "、"
        elif level == 3:
            well = groups[1] == "."
        else:
            well = groups[0] == "（" and groups[2] == "）" and not groups[3]
        if level == 1 and groups[1].isspace() and len(text) > 40:
            continue
        return Numbered(level, value, match.group().strip(), well)
    return None


def structure(document: Document) -> Structure:
    """Recognises the parts of a paper from its beginning and from its end."""
    found = Structure()
    blocks = [block for block in document.blocks if isinstance(block, TableBlock) or block.text]
    blocks = _take_imprint(blocks, found)
    found.tables = [block for block in blocks if isinstance(block, TableBlock)]
    blocks = _take_attachments(blocks, found)
    paras = [block for block in blocks if isinstance(block, Para)]
    paras = _take_head(paras, found)
    paras = _take_title(paras, document, found)
    captions = _captions(blocks)
    paras = _take_closing(paras, captions, found)
    found.body.items = [(para, numbered(para.text)) for para in paras if para.number not in captions]
    return found


def _take_imprint(blocks: list[Para | TableBlock], found: Structure) -> list[Para | TableBlock]:
    rest = list(blocks)
    while rest:
        last = rest[-1]
        texts = [para.text for para in last.paras] if isinstance(last, TableBlock) else [last.text]
        said = [text for text in texts if text]
        if not said or not _IMPRINT.match(said[0]) or (len(rest) < len(blocks) - 3):
            break
        if isinstance(last, TableBlock):
            found.imprint_table = last
            found.imprint = [para for para in last.paras if para.text] + found.imprint
        else:
            found.imprint.insert(0, last)
        rest.pop()
    return rest


def _take_attachments(blocks: list[Para | TableBlock], found: Structure) -> list[Para | TableBlock]:
    starts = [
        index
        for index, block in enumerate(blocks)
        if isinstance(block, Para) and index > 2 and _ATTACHED.match(block.text)
    ]
    for start, end in pairwise([*starts, len(blocks)]):
        label, *rest = [block for block in blocks[start:end] if isinstance(block, Para)]
        part = Part(label=label)
        while rest and len(part.title) < 3 and not numbered(rest[0].text) and not _SENTENCE.search(rest[0].text):
            part.title.append(rest.pop(0))
            if part.title[-1].text.endswith((*KINDS, "表", "名单", "一览表")):
                break
        part.items = [(para, numbered(para.text)) for para in rest]
        found.attachments.append(part)
    return blocks[: starts[0]] if starts else blocks


def _take_head(paras: list[Para], found: Structure) -> list[Para]:
    for index, para in enumerate(paras[:8]):
        if _NUMBER.match(para.text.lstrip()) and len(para.text) < 60:
            found.head, found.number = paras[: index + 1], para
            return paras[index + 1 :]
        if _SENTENCE.search(para.text):
            break
    lines = 0
    while lines < min(len(paras), 4) and _HEAD_LINE.match(paras[lines].text):
        lines += 1
    if lines < len(paras) and re.search("文件$", paras[lines].text) and paras[lines].size >= 26:
        lines += 1
    found.head = paras[:lines]
    return paras[lines:]


def _take_title(paras: list[Para], document: Document, found: Structure) -> list[Para]:
    if not paras:
        return paras
    rest = list(paras)
    found.title.append(rest.pop(0))
    while (
        rest and len(found.title) < 5 and not _ends_title(found.title[-1].text) and _continues(found.title[-1], rest[0])
    ):
        found.title.append(rest.pop(0))
    if len(found.title) > 1 and not _ends_title(found.title[-1].text):
        # Nothing like a title came to an end: only what looks like its first line belongs to it.
        like = [para for para in found.title[1:] if para.size == found.title[0].size and para.size >= 18]
        rest = [para for para in found.title[1:] if para not in like] + rest
        found.title = [found.title[0], *like]
    while rest and len(found.byline) < 3 and _is_byline(rest[0], found, document):
        found.byline.append(rest.pop(0))
    if rest and _is_addressee(rest[0]):
        found.addressee = rest.pop(0)
    return rest


def _ends_title(text: str) -> bool:
    return text.endswith(KINDS) or bool(re.search(r"(?:报告|总结|方案|意见|通知)[（(〔].{1,10}[）)〕]$", text))


def _continues(above: Para, below: Para) -> bool:
    return (
        below.number == above.number + 1
        and width(below.text) <= 26
        and not _SENTENCE.search(below.text)
        and not below.text.endswith(("：", ":"))
        and numbered(below.text) is None
    )


def _is_byline(para: Para, found: Structure, document: Document) -> bool:
    text = para.text
    if numbered(text) or text.endswith(("：", ":", "，", "、")) or _SENTENCE.search(text) or width(text) > 30:
        return False
    if DATE_LIKE.match(text):
        return True
    above = (found.byline or found.title)[-1]
    if para.number == above.number + 1:
        return True
    centred = para.layout.align == "center"
    return centred and not _OFFICE_END.search(text) and len(document.paras) > 4


def _is_addressee(para: Para) -> bool:
    text = para.text
    if numbered(text) or "。" in text or width(text) > 120:
        return False
    if text.endswith(("：", ":")):
        return bool(_CALL.match(text)) or not _BODY_COLON.search(text)
    return width(text) <= 40 and bool(_OFFICE_END.search(text)) and not re.search("[，；]", text)


def _take_closing(paras: list[Para], captions: set[int], found: Structure) -> list[Para]:
    rest = list(paras)
    if len(rest) > 1 and re.fullmatch("[（(].*[）)]", rest[-1].text):
        # A paper without a date has its note under the signature.
        above = rest[-2]
        if DATE_LIKE.match(above.text) or (above.layout.align == "right" and _is_signature(above, False)):
            found.note = rest.pop()
    dated = bool(rest) and len(rest) > 1 and bool(DATE_LIKE.match(rest[-1].text))
    if dated:
        found.date = rest.pop()
    while len(rest) > 1 and len(found.signature) < 4 and _is_signature(rest[-1], dated):
        if rest[-1].number in captions:
            break
        found.signature.insert(0, rest.pop())
    start = next((i for i in range(max(1, len(rest) - 12), len(rest)) if _NOTE.match(rest[i].text)), None)
    if start is not None and all(not _SENTENCE.search(para.text[:-1]) for para in rest[start:]):
        found.attachment_note = rest[start:]
        rest = rest[:start]
    return rest


def _is_signature(para: Para, dated: bool) -> bool:
    # A name that is still to be filled in stands where the name will.
    text = re.sub("【[^】]*】", "某", para.text)
    text = re.sub("^(?:述职|报告|汇报|述廉|发言|讲话)人[：:]", "", text)
    if numbered(text) or re.search("[。；！？，：:,]", text) or _NOTE.match(text) or width(text) > 40:
        return False
    if re.match("^(?:特此|此致|专此|以上)", text):
        return False
    return dated or para.layout.align == "right"


def _captions(blocks: list[Para | TableBlock]) -> set[int]:
    """Short lines over a table and lines under a picture: their place is their own."""
    found = set()
    for index, block in enumerate(blocks):
        if not isinstance(block, Para) or _SENTENCE.search(block.text) or width(block.text) > 34:
            continue
        text = block.text
        over_table = index + 1 < len(blocks) and isinstance(blocks[index + 1], TableBlock)
        title = over_table and not text.endswith(("：", ":")) and numbered(text) is None
        if title or re.match(r"^(?:图|表)\s*\d|^[（(]?单位[：:]", text):
            found.add(block.number)
    return found
