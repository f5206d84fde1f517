"""Tracked changes of a file, ours or anybody's, accepted or rejected all at once in memory."""

from __future__ import annotations

from typing import Any

from assistant.document.parts import qn

_WRAPS = {"ins": True, "moveTo": True, "del": False, "moveFrom": False}
_RANGES = ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd")
_CHANGES = ("pPrChange", "rPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange", "tblGridChange")
_BESIDE = ("rPr", "sectPr")


def has_changes(root: Any) -> bool:
    """Whether anything is tracked."""
    return next(root.iter(*(qn(tag) for tag in (*_WRAPS, *_CHANGES))), None) is not None


def resolve(root: Any, *, accept: bool) -> None:
    """Takes every tracked change out of the tree: as if all were accepted, or rejected.

    A paragraph whose mark goes runs on into the next one, which keeps its own properties.
    """
    dropped = {qn(tag) for tag, comes in _WRAPS.items() if comes != accept}
    for row in list(root.iter(qn("tr"))):
        properties = row.find(qn("trPr"))
        if properties is not None and any(child.tag in dropped for child in properties):
            row.getparent().remove(row)
    for table in list(root.iter(qn("tbl"))):
        if table.find(qn("tr")) is None and table.getparent() is not None:
            table.getparent().remove(table)
    # From the last on: what a paragraph runs on into is then as it will be.
    for paragraph in reversed(list(root.iter(qn("p")))):
        mark = paragraph.find(f"{qn('pPr')}/{qn('rPr')}")
        if mark is not None and any(child.tag in dropped for child in mark):
            _run_on(paragraph, dropped)
    _contents(root, dropped)
    for change in list(root.iter(*(qn(tag) for tag in _CHANGES))):
        _property_change(change, accept=accept)


def _run_on(paragraph: Any, dropped: set[str]) -> None:
    after = paragraph.getnext()
    while after is not None and after.tag not in (qn("p"), qn("tbl"), qn("sectPr")):
        after = after.getnext()
    content = [child for child in paragraph if child.tag != qn("pPr")]
    if after is not None and after.tag == qn("p"):
        place = 1 if after.find(qn("pPr")) is not None else 0
        for child in reversed(content):
            after.insert(place, child)
        paragraph.getparent().remove(paragraph)
    elif not any(child.tag not in dropped for child in content):
        paragraph.getparent().remove(paragraph)


def _contents(root: Any, dropped: set[str]) -> None:
    for tag in _WRAPS:
        for wrap in list(root.iter(qn(tag))):
            parent = wrap.getparent()
            if parent is None:
                continue
            if wrap.tag not in dropped:
                place = parent.index(wrap)
                for child in reversed(list(wrap)):
                    parent.insert(place, child)
            parent.remove(wrap)
    for tag, live in (("delText", "t"), ("delInstrText", "instrText")):
        for leaf in root.iter(qn(tag)):
            leaf.tag = qn(live)
    for marker in list(root.iter(*(qn(tag) for tag in _RANGES))):
        marker.getparent().remove(marker)


def _property_change(change: Any, *, accept: bool) -> None:
    now = change.getparent()
    if now is None:
        return
    now.remove(change)
    if accept or not len(change):
        return
    before = change[0]
    for child in list(now):
        if now.tag != qn("pPr") or child.tag not in {qn(tag) for tag in _BESIDE}:
            now.remove(child)
    for place, child in enumerate(list(before)):
        now.insert(place, child)
