"""What Word prints or hides of a paragraph by its styles: the label of a list, the rank of a heading, hidden words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from assistant.document.conformance.cascade import Styles, Theme, W, attribute, layout_values, merged, text_values
from assistant.document.conformance.numbering import Numbering, hanzi
from assistant.document.opening import Package

#: Prints the sign of a list without numbers, for readers that know no signs of fonts.
_BULLET = "· "
_LEVELS = 9
_NUMBERED = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]{1,3}(?:[、．.]|部分|章|节)|[（(][一二三四五六七八九十]{1,3}[）)]|[0-9]{1,2}[．.、])"
)


@dataclass(frozen=True)
class Line:
    """A paragraph as it is read. ``rank``: of a heading that a style makes, 0 the outermost; None for no heading."""

    text: str
    rank: int | None = None


class Marks:
    """The styles and lists of one file; paragraphs are asked about in their order, for lists count on."""

    def __init__(self, package: Package) -> None:
        self._theme = Theme(None, "")
        self._styles = Styles(package.related("styles"), self._theme)
        self._numbering = Numbering(package.related("numbering"))

    def line(self, paragraph: Any, text: str) -> Line:
        """The paragraph with the label that its list prints."""
        direct = layout_values(paragraph.find(f"{W}pPr"))
        layout = {**self._styles.chain(direct.get("pStyle", ""), "paragraph")[1], **direct}
        num_id, level = layout.get("numId", "0"), layout.get("ilvl", 0)
        rank = layout.get("outlineLvl", _LEVELS)
        # Word counts an empty paragraph of a list too.
        label = self._numbering.label(num_id, level) if num_id != "0" else ""
        if not text.strip():
            return Line(text)
        if not label and num_id != "0" and self._numbering.bulleted(num_id, level):
            label = _BULLET
        if label and label[-1].isascii() and label.strip() == label:
            label += " "
        return Line(label + text, rank if 0 <= rank < _LEVELS else None)

    def hidden(self, run: Any, paragraph: Any) -> bool:
        """Whether Word does not show a run."""
        properties = paragraph.find(f"{W}pPr/{W}pStyle")
        style = attribute(properties, "val") if properties is not None else ""
        direct = text_values(run.find(f"{W}rPr"), self._theme)
        character = self._styles.chain(direct["rStyle"], "character")[0] if "rStyle" in direct else {}
        return bool(merged(self._styles.chain(style, "paragraph")[0], character, direct).get("vanish"))


def with_ranks(lines: Iterable[Line]) -> Iterator[str]:
    """The lines; headings that only their style tells get the numbers that a report's headings have (一、 （一） 1.).

    Text alone has no styles, and without them a heading is a short sentence like any other.
    """
    lines = list(lines)
    ranked = [line for line in lines if line.rank is not None]
    often = Counter(line.rank for line in ranked)
    # One alone is the title; and whoever numbers headings by hand has numbered those that they wanted.
    ranks = sorted(rank for rank, times in often.items() if rank is not None and times > 1)
    if len(ranks) > 1 and _side_by_side(lines, ranks[0]):
        ranks.pop(0)
    ranks = ranks[:3]
    if any(_NUMBERED.match(line.text) for line in ranked):
        ranks = []
    counts = [0] * len(ranks)
    for line in lines:
        if line.rank not in ranks:
            yield line.text
            continue
        depth = ranks.index(line.rank)
        counts[depth] += 1
        counts[depth + 1 :] = [0] * (len(ranks) - depth - 1)
        number = counts[depth]
        yield (f"{hanzi(number)}、", f"（{hanzi(number)}）", f"{number}. ")[depth] + line.text.strip()


def _side_by_side(lines: list[Line], rank: int) -> bool:
    """Whether nothing stands between the headings of a rank: they are the lines of one title."""
    written = [line.rank == rank for line in lines if line.text.strip()]
    first = written.index(True)
    return all(written[first : first + sum(written)])
