"""Punctuation after clauses have vanished: the last step of the embedded engine.

Phrases are written as if every clause were there, so ``发放{…}、悬挂{…}，设{…}。`` may come as ``发放{…}、，。``.
Signs that mean something in phrases, all others being text; line breaks and spaces mean nothing:

- ``¶`` begins a paragraph.
- ``◆`` opens an enumerated item: 一是, 二是, 三是 … as many as are left; nothing before a single one.
- ``◇`` begins the counting anew.

Slots pass untouched.
"""

from __future__ import annotations

import re

from assistant.facts.formatting import hanzi
from assistant.slots.grammar import Slot, parse_placed

PARAGRAPH, ITEM, RESTART = "¶", "◆", "◇"

_MARKS = "，、；：。！？"
_RUN = re.compile(rf"[{_MARKS}]{{2,}}")
_OPENING = re.compile(rf"([（“《])[{_MARKS}]+")
_CLOSING = re.compile(r"[，、；：。]+([）”》])")
_EMPTY_PAIR = re.compile(r"（）|“”|《》")
#: They open a sentence, with a comma of their own.
_OPENERS = "同时|此外|另外"
_HANGING = re.compile(
    rf"(?:(?<=[。；！？])(?:{_OPENERS})[，、：]?+|(?:^|(?<=[{_MARKS}]))(?:其中|并且|并|以及|和|及|包括|还)[，、：]?"
    rf"|(?:^|(?<=[，、：]))(?:{_OPENERS})[，、：]?)(?=[，；。]|$)",
    re.MULTILINE,
)
_BACKWARD = re.compile(r"^(?:同时|此外|另外|与此同时|在此基础上)，", re.MULTILINE)
_EMPTY_ITEM = re.compile(rf"{ITEM}[{_MARKS}]*(?=[{ITEM}{RESTART}{PARAGRAPH}]|$)")
_FIRST_ITEM = "一是"
#: Slots while the text around them is mended: one private character each.
_FIRST_SHIELD = 0xE000


def tidy(text: str) -> str:
    """Phrases as they were rendered → slot text, paragraphs separated by a line feed."""
    shielded, slots = _shield(text)
    plain = re.sub(r"\s+", "", shielded)
    plain = _numbered(plain)
    raw = plain.split(PARAGRAPH)
    paragraphs = [(_mended(paragraph), paragraph.endswith("：")) for paragraph in raw]
    kept = [(paragraph, opens) for paragraph, opens in paragraphs if paragraph]
    # What opens a list keeps its colon, also where the items are paragraphs of their own.
    after = [*(text for text, _ in kept[1:]), ""]
    lines = [
        f"{text[:-1]}：" if opens and following.startswith(_FIRST_ITEM) else text
        for (text, opens), following in zip(kept, after, strict=False)
    ]
    return _unshield("\n".join(lines), slots)


def sentences(text: str) -> list[str]:
    """Slot text cut behind each sentence and paragraph, nothing lost; slots stay whole."""
    shielded, slots = _shield(text)
    parts = re.findall(r".*?[。！？\n]+|.+", shielded, re.DOTALL)
    return [_unshield(part, slots) for part in parts]


def _shield(text: str) -> tuple[str, list[str]]:
    slots: list[str] = []
    out: list[str] = []
    for placed in parse_placed(text):
        raw = text[placed.start : placed.end]
        if isinstance(placed.node, Slot):
            out.append(chr(_FIRST_SHIELD + len(slots)))
            slots.append(raw)
        else:
            out.append(raw)
    return "".join(out), slots


def _unshield(text: str, slots: list[str]) -> str:
    places = {chr(_FIRST_SHIELD + number): slot for number, slot in enumerate(slots)}
    return "".join(places.get(character, character) for character in text)


def _numbered(text: str) -> str:
    """◆ as 一是, 二是 …"""
    groups = []
    for group in text.split(RESTART):
        kept = _EMPTY_ITEM.sub("", group)
        count = kept.count(ITEM)
        for number in range(1, count + 1):
            kept = kept.replace(ITEM, f"{hanzi(number, before_measure=False)}是" if count > 1 else "", 1)
        groups.append(kept)
    return "".join(groups)


def _mended(paragraph: str) -> str:
    text = _EMPTY_PAIR.sub("", _CLOSING.sub(r"\1", _OPENING.sub(r"\1", paragraph)))
    text = _RUN.sub(_strongest, text)
    text = _RUN.sub(_strongest, _HANGING.sub("", text))
    text = _BACKWARD.sub("", text.lstrip(_MARKS))
    if not text:
        return ""
    if text.endswith(("如下：", "！", "？")):
        return text
    return text.rstrip("，、；：。") + "。"


def _strongest(run: re.Match[str]) -> str:
    """The mark that stays of several: the end of the sentence, else a colon that opens something, else the widest."""
    marks = run.group()
    for mark in "！？。":
        if mark in marks:
            return mark
    if marks[0] == "：":
        return "："
    return "；" if "；" in marks else "，" if "，" in marks else marks[0]
