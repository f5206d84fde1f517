"""What models write for slots → slot text. Certain things are mended, the rest is reported, prose is never touched.

Linear in the length of the text, and what has been normalised normalises to itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.facts.fields import FactSchema
from assistant.facts.sheet import FactSheet
from assistant.slots.doubling import undouble
from assistant.slots.grammar import Slot, print_slot
from assistant.slots.resolve import Resolution, Resolver

_OPEN = r"(?:\\?[{｛]|&(?:#123|#[xX]7[bB]|lbrace|lcub);)"
_CLOSE = r"(?:\\?[}｝]|&(?:#125|#[xX]7[dD]|rbrace|rcub);)"
# Bounded bodies and possessive runs keep this linear; a run of braces is entered only at its beginning.
_CANDIDATE = re.compile(
    rf"(?<![{{｛])(?<![{{｛]\\)(?<!&#123;)(?<!7[bB];)(?<!lbrace;)(?<!&lcub;)(?P<open>{_OPEN}++)"
    rf"(?P<body>(?:(?!{_CLOSE})(?:[^{{}}｛｝\r\n\\]|\\[.|\\])){{1,120}}+)(?P<close>{_CLOSE}++)?"
    r"|[【［\[](?P<label>[^【】［］\[\]{}｛｝\r\n]{1,60}+)[】］\]](?!\()"
)
_BRACES = re.compile(r"[{｛]|&")
_PLACEHOLDER = re.compile(r"待(?:补充?|填写?|定)\s*[:：]\s*")
_UNCLOSED_NAME = re.compile(
    r"[ \u3000]*([^，。；：、！？,;\s|（(】）)\]>》]+)(?:[|｜]([^，。；：、！？,;\s】）)\]>》]+))?"
)
_STRAY_CLOSE = "】］]）)>》"
#: A mend may bring the next to light; more rounds than this mean nothing that a model writes.
_ROUNDS = 8


@dataclass(frozen=True)
class Mend:
    """Something that was put right: ``before`` became ``after``. ``why`` in Chinese."""

    before: str
    after: str
    why: str

    def __str__(self) -> str:
        return f"“{self.before}”改为“{self.after}”（{self.why}）"


@dataclass(frozen=True)
class Doubt:
    """Something that looks like a slot and is none. Characters [start, end) of the normalised text."""

    text: str
    start: int
    end: int
    why: str

    def __str__(self) -> str:
        return f"“{self.text}”：{self.why}"


@dataclass(frozen=True)
class Normalised:
    """Slot text, what was mended on the way, and what a person must look at."""

    text: str
    mends: tuple[Mend, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass
class _Round:
    """One pass: prose and slots in turn, ``pieces[0]`` being prose."""

    resolver: Resolver
    pieces: list[str | Slot] = field(default_factory=lambda: [""])
    mends: list[Mend] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def prose(self, text: str) -> None:
        if isinstance(last := self.pieces[-1], str):
            self.pieces[-1] = last + text if last else text
        else:
            self.pieces.append(text)

    def slot(self, slot: Slot, written: str, why: str) -> None:
        if isinstance(self.pieces[-1], Slot):
            self.pieces.append("")
        self.pieces.append(slot)
        if (printed := print_slot(slot)) != written:
            self.mends.append(Mend(written, printed, why or "大括号写法"))


def normalise(text: str, schema: FactSchema, sheet: FactSheet | None = None) -> Normalised:
    """Mends the slots of a text that a model wrote.

    Args:
        sheet: knows the rows of tables and the values that a model may have written beside their slots.
    """
    resolver = Resolver(schema, sheet)
    mends: list[Mend] = []
    for _ in range(_ROUNDS):
        made = _read(text, resolver)
        _undouble(made, schema, sheet)
        mends += made.mends
        mended = "".join(piece if isinstance(piece, str) else print_slot(piece) for piece in made.pieces)
        if mended == text:
            break
        text = mended
    return Normalised(text, tuple(mends), tuple(made.doubts))


def _read(text: str, resolver: Resolver) -> _Round:
    made = _Round(resolver)
    at = copied = 0

    def take(start: int, end: int, slot: Slot, why: str) -> None:
        nonlocal copied
        made.prose(text[copied:start])
        made.slot(slot, text[start:end], why)
        copied = end

    while found := _CANDIDATE.search(text, at):
        start, at = found.span()
        if found.group("label") is not None:
            resolution = resolver.resolve(_PLACEHOLDER.sub("", found.group("label"), count=1))
            if resolution.slot and resolution.exact and not resolution.doubt:
                take(start, at, resolution.slot, resolution.why or "括号改为大括号")
            continue
        opening = found.group("open")
        if text[start - 1 : start] == "\\" or (opening.startswith("\\") and opening.count("\\") < _braces(opening)):
            continue  # "\{{x}}" is the way to write that text itself
        if found.group("close") is None:
            if _braces(opening) >= 2 and (mended := _unclosed(found.group("body"), resolver)):
                slot, length = mended
                at = found.start("body") + length
                take(start, at, slot, "大括号没有合上")
            elif _braces(opening) >= 2:
                made.doubts.append(Doubt(text[start:at][:40], start, at, "大括号没有合上，也认不出是哪项事实"))
            continue
        resolution = resolver.resolve(found.group("body"))
        if resolution.slot is None or resolution.doubt:
            made.doubts.append(Doubt(text[start:at], start, at, resolution.doubt))
            continue
        take(start, at, resolution.slot, resolution.why)
    made.prose(text[copied:])
    return made


def _braces(opening: str) -> int:
    return len(_BRACES.findall(opening))


def _unclosed(body: str, resolver: Resolver) -> tuple[Slot, int] | None:
    """The slot that an unclosed ``{{`` begins, and how many characters of ``body`` belong to it."""
    found = _UNCLOSED_NAME.match(body)
    if found is None:
        return None
    name = found.group(1)
    whole = resolver.resolve(found.group(0))
    if _sure(whole):
        assert whole.slot is not None
        end = found.end()
        return whole.slot, end + (body[end : end + 1] in tuple(_STRAY_CLOSE))
    for length in range(min(len(name), 30), 1, -1):
        if resolver.schema.find(name[:length]):
            return _named(resolver.resolve(name[:length]), found.start(1) + length)
    return None


def _sure(resolution: Resolution) -> bool:
    return resolution.slot is not None and resolution.exact and not resolution.doubt


def _named(resolution: Resolution, length: int) -> tuple[Slot, int] | None:
    return (resolution.slot, length) if resolution.slot and not resolution.doubt else None


def _undouble(made: _Round, schema: FactSchema, sheet: FactSheet | None) -> None:
    made.prose("")
    pieces = made.pieces
    for place in range(1, len(pieces) - 1, 2):
        slot, before, after = pieces[place], pieces[place - 1], pieces[place + 1]
        assert isinstance(slot, Slot)
        assert isinstance(before, str)
        assert isinstance(after, str)
        item = schema.find(slot.label)
        if item is None:
            continue
        pieces[place], pieces[place - 1], pieces[place + 1] = undouble(slot, before, after, item, sheet)
        if (now := (pieces[place], pieces[place - 1], pieces[place + 1])) != (slot, before, after):
            made.mends.append(_doubled((slot, before, after), now))


def _doubled(old: tuple[Slot, str, str], new: tuple[object, ...]) -> Mend:
    """The mend in a few words: only what was dropped is shown around the slot."""
    slot, before, after = old
    mended, shorter_before, shorter_after = new
    assert isinstance(mended, Slot)
    dropped_before = before[len(str(shorter_before)) :]
    dropped_after = after[: len(after) - len(str(shorter_after))]
    return Mend(f"{dropped_before}{print_slot(slot)}{dropped_after}", print_slot(mended), "数值或量词说了两遍")
