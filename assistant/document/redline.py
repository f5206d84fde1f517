"""花脸稿: the way from one file to another as tracked changes that Word and WPS accept or reject one by one.

Both texts are taken as flows of characters and paragraph marks. What is only in the old one is deleted, what is only in
the new one inserted, marks like characters, so a paragraph that was split or merged is told by its mark alone. As in
Word a paragraph's properties belong to its mark. A moved paragraph is deleted in one place and inserted in another.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import count, groupby
from typing import Any

from lxml import etree

from assistant.document.flow import PARAGRAPH_MARK, Flow, flow_of, pieces_of
from assistant.document.parts import Editable, element, properties_of, qn
from assistant.slots.alignment import Group, align
from assistant.slots.differences import ChangeKind, differences

_TABLE = "\ue0ff"


@dataclass
class _Text:
    """A stretch of characters: ``old`` and ``new`` are its run properties, one a character, None where it is not."""

    kind: ChangeKind
    text: str
    old: list[Any] | None
    new: list[Any] | None


@dataclass
class _Mark:
    """A paragraph's end with its properties before and after; None where there is no paragraph's end."""

    old: Any | None
    new: Any | None


def redline(old: bytes, new: bytes, author: str, when: datetime.datetime) -> bytes:
    """The new file with its changes against the old one tracked.

    Accepting all gives the new text and its properties, rejecting all the old ones; page and styles are the new file's.

    Args:
        old, new: .docx files as ``write_docx`` makes them.
        author: who changed it, as Word shows it. ``when``: aware.
    """
    before, after = Editable(old), Editable(new)
    made = _Redliner(author or "拟稿", when).blocks(before.blocks, after.blocks)
    for block in after.blocks:
        after.body.remove(block)
    for place, block in enumerate(made):
        after.body.insert(place, block)
    return after.data()


class _Redliner:
    def __init__(self, author: str, when: datetime.datetime) -> None:
        self._author = author
        self._date = when.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._ids = count(1)

    # ---- blocks

    def blocks(self, old: list[Any], new: list[Any]) -> list[Any]:
        """Paragraphs and tables of a body or a cell."""
        made: list[Any] = []
        flow: list[_Text | _Mark] = []
        groups = align([_key(block) for block in old], [_key(block) for block in new])
        for group in _parted(groups, old, new):
            olds, news = [old[i] for i in group.old], [new[j] for j in group.new]
            if any(block.tag == qn("tbl") for block in (*olds, *news)):
                made += self._paragraphs(flow)
                flow = []
                made.append(self._table(olds, news))
            else:
                flow += _events([flow_of(block) for block in olds], [flow_of(block) for block in news])
        return [*made, *self._paragraphs(flow)]

    def _paragraphs(self, events: list[_Text | _Mark]) -> Iterator[Any]:
        content: list[Any] = []
        for event in _ended(events):
            if isinstance(event, _Text):
                content += self._runs(event)
                continue
            yield element("p", self._mark(event), *content)
            content = []

    def _tracked(self, tag: str, *children: Any) -> Any:
        return element(tag, *children, id=next(self._ids), author=self._author, date=self._date)

    # ---- paragraph properties

    def _mark(self, mark: _Mark) -> Any:
        properties: Any = deepcopy(mark.new if mark.new is not None else mark.old)
        if mark.new is None or mark.old is None:
            runs = properties.find(qn("rPr"))
            if runs is None:
                runs = element("rPr")
                properties.append(runs)
            runs.insert(0, self._tracked("del" if mark.new is None else "ins"))
        elif _plain(mark.old) != _plain(mark.new):
            before = deepcopy(mark.old)
            for child in before.findall(qn("rPr")):
                before.remove(child)
            properties.append(self._tracked("pPrChange", before))
        return properties

    # ---- runs

    def _runs(self, event: _Text) -> Iterator[Any]:
        shown = event.new if event.new is not None else event.old
        assert shown is not None
        before = event.old if event.kind == "same" else None
        tag = "delText" if event.kind == "delete" else "t"
        runs = []
        at = 0
        for _, characters in groupby(zip(shown, before or shown, strict=True), _identity):
            (new, old), *rest = characters
            length = 1 + len(rest)
            runs.append(self._run(event.text[at : at + length], new, old if before else None, tag))
            at += length
        if event.kind == "same":
            yield from runs
        else:
            yield self._tracked("ins" if event.kind == "insert" else "del", *runs)

    def _run(self, text: str, shown: Any, before: Any, tag: str) -> Any:
        properties = deepcopy(shown)
        if before is not None and _plain(before) != _plain(shown):
            properties.append(self._tracked("rPrChange", deepcopy(before)))
        run = element("r")
        if len(properties):
            run.append(properties)
        run.extend(pieces_of(text, tag))
        return run

    # ---- tables

    def _table(self, old: list[Any], new: list[Any]) -> Any:
        if not old or not new:
            table = deepcopy((old or new)[0])
            for row in table.findall(qn("tr")):
                self._whole_row(row, gone=not new)
            return table
        before, after = old[0], deepcopy(new[0])
        if _plain(before) == _plain(after):
            return after
        if len(before.findall(f"{qn('tblGrid')}/{qn('gridCol')}")) != len(
            after.findall(f"{qn('tblGrid')}/{qn('gridCol')}")
        ):
            rows = [(row, None) for row in before.findall(qn("tr"))] + [(None, row) for row in after.findall(qn("tr"))]
        else:
            rows = _row_pairs(before.findall(qn("tr")), after.findall(qn("tr")))
        for row in after.findall(qn("tr")):
            after.remove(row)
        for was, now in rows:
            after.append(self._row(was, now))
        return after

    def _row(self, was: Any, now: Any) -> Any:
        if was is None or now is None:
            row = deepcopy(now if was is None else was)
            self._whole_row(row, gone=now is None)
            return row
        row = deepcopy(now)
        for before, cell in zip(was.findall(qn("tc")), row.findall(qn("tc")), strict=True):
            paragraphs = cell.findall(qn("p"))
            made = self.blocks(before.findall(qn("p")), paragraphs)
            for paragraph in paragraphs:
                cell.remove(paragraph)
            cell.extend(made)
        return row

    def _whole_row(self, row: Any, *, gone: bool) -> None:
        tag, leaf = ("del", "delText") if gone else ("ins", "t")
        properties_of(row, "trPr").append(self._tracked(tag))
        for paragraph in row.iter(qn("p")):
            flow = flow_of(paragraph)
            for run in paragraph.findall(qn("r")):
                paragraph.remove(run)
            if flow.text:
                runs = [self._run(text, properties, None, leaf) for text, properties in flow.runs()]
                paragraph.append(self._tracked(tag, *runs))


def _identity(pair: tuple[Any, Any]) -> tuple[int, int]:
    """Characters of one run in both texts stay one run."""
    return id(pair[0]), id(pair[1])


def _key(block: Any) -> str:
    text = "".join(block.itertext()) if block.tag == qn("tbl") else flow_of(block).text
    return _TABLE + text if block.tag == qn("tbl") else text


def _parted(groups: list[Group], old: list[Any], new: list[Any]) -> Iterator[Group]:
    """Groups in which a table stands with a paragraph, taken apart."""
    for group in groups:
        tables = [*(old[i].tag == qn("tbl") for i in group.old), *(new[j].tag == qn("tbl") for j in group.new)]
        if any(tables) and not (all(tables) and len(group.old) <= 1 and len(group.new) <= 1):
            yield from (Group((i,), ()) for i in group.old)
            yield from (Group((), (j,)) for j in group.new)
        else:
            yield group


def _events(old: list[Flow], new: list[Flow]) -> Iterator[_Text | _Mark]:
    """One group as characters and marks. The last marks of both sides are one."""
    before, after = PARAGRAPH_MARK.join(flow.text for flow in old), PARAGRAPH_MARK.join(flow.text for flow in new)
    was = [properties for flow in old for properties in (*flow.properties, flow.mark)]
    now = [properties for flow in new for properties in (*flow.properties, flow.mark)]
    i = j = 0
    for change in differences(before, after):
        # A mark is one token and no part of any other.
        for number, text in enumerate(change.text.split(PARAGRAPH_MARK)):
            if number:
                yield _Mark(was[i] if change.kind != "insert" else None, now[j] if change.kind != "delete" else None)
                i, j = i + (change.kind != "insert"), j + (change.kind != "delete")
            if text:
                olds = was[i : i + len(text)] if change.kind != "insert" else None
                news = now[j : j + len(text)] if change.kind != "delete" else None
                yield _Text(change.kind, text, olds, news)
                i, j = i + len(olds or ()), j + len(news or ())
    yield _Mark(was[-1] if was else None, now[-1] if now else None)


def _ended(events: list[_Text | _Mark]) -> list[_Text | _Mark]:
    """The events with a mark at the end that stays: what ends a body or a cell cannot be taken out or put in."""
    marks = [event for event in events if isinstance(event, _Mark)]
    olds, news = [mark for mark in marks if mark.old is not None], [mark for mark in marks if mark.new is not None]
    if not olds or not news or olds[-1] is news[-1]:
        return events
    last = _Mark(olds[-1].old, news[-1].new)
    olds[-1].old = None
    news[-1].new = None
    return [event for event in events if isinstance(event, _Text) or event.old is not None or event.new is not None] + [
        last
    ]


def _row_pairs(old: list[Any], new: list[Any]) -> list[tuple[Any, Any]]:
    pairs: list[tuple[Any, Any]] = []
    for group in align(["\t".join(row.itertext()) for row in old], ["\t".join(row.itertext()) for row in new]):
        if len(group.old) == len(group.new) == 1:
            pairs.append((old[group.old[0]], new[group.new[0]]))
        else:
            pairs += [(old[i], None) for i in group.old] + [(None, new[j]) for j in group.new]
    return pairs


def _plain(properties: Any) -> bytes:
    made: bytes = etree.tostring(properties, method="c14n", exclusive=True)
    return made
