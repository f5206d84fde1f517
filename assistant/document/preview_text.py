"""A paragraph of a file as glyphs: each character with its look, changes and comments included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.document.layout import LayoutProfile
from assistant.document.parts import qn
from assistant.document.styles import RUNIN_IDS, SIGNER_ID
from assistant.slots.differences import ChangeKind

_SHOWN = {qn("br"): "\n", qn("tab"): "\t", qn("noBreakHyphen"): "-"}
_FACES = {**{style: key for key, style in RUNIN_IDS.items()}, SIGNER_ID: "signer"}


@dataclass(frozen=True, slots=True)
class Glyph:
    """Attributes:
    face: the typeface by its key in the profile. ``size`` in points.
    kind: ``insert`` and ``delete`` for tracked changes. ``marked``: highlighted in yellow.
    note: what comments say of it, a line each.
    """

    character: str
    face: str
    size: float
    red: bool = False
    marked: bool = False
    kind: ChangeKind = "same"
    note: str = ""


def style_of(properties: Any) -> str:
    """Style id of a paragraph."""
    found = None if properties is None else properties.find(qn("pStyle"))
    return "" if found is None else found.get(qn("val"), "")


def glyphs_of(paragraph: Any, key: str, profile: LayoutProfile, notes: dict[str, str]) -> list[Glyph]:
    """What a paragraph of style ``key`` shows. ``notes``: comment id → text."""
    style = profile.styles[key]
    plain = Glyph("", style.font.value, style.size.half_points / 2, red=key == "head_mark")
    open_: dict[str, str] = {}
    found: list[Glyph] = []
    for node, kind in _runs(paragraph):
        identity = node.get(qn("id"), "")
        if node.tag == qn("commentRangeStart"):
            open_[identity] = notes.get(identity, "")
        elif node.tag == qn("commentRangeEnd"):
            open_.pop(identity, None)
        else:
            found += _run(node, kind, plain, profile, "\n".join(dict.fromkeys(open_.values())))
    return found


def _runs(paragraph: Any) -> Iterator[tuple[Any, ChangeKind]]:
    for child in paragraph:
        if child.tag in (qn("r"), qn("commentRangeStart"), qn("commentRangeEnd")):
            yield child, "same"
        elif child.tag in (qn("ins"), qn("del")):
            kind: ChangeKind = "insert" if child.tag == qn("ins") else "delete"
            yield from ((run, kind) for run in child.findall(qn("r")))


def _run(run: Any, kind: ChangeKind, plain: Glyph, profile: LayoutProfile, note: str) -> Iterator[Glyph]:
    properties = run.find(qn("rPr"))
    face, size, marked = plain.face, plain.size, False
    if properties is not None:
        style = properties.find(qn("rStyle"))
        if style is not None and (key := _FACES.get(style.get(qn("val"), ""))):
            face = profile.styles[key].font.value
        if (given := properties.find(qn("sz"))) is not None:
            size = int(given.get(qn("val"))) / 2
        marked = properties.find(qn("highlight")) is not None
    for leaf in run:
        text = leaf.text or "" if leaf.tag in (qn("t"), qn("delText")) else _SHOWN.get(leaf.tag, "")
        for character in text:
            yield Glyph(character, face, size, plain.red, marked, kind, note)
