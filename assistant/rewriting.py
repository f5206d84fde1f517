"""Some sentences of a section written anew. The rest stays letter for letter: code keeps it, not the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.checks.binding import Binder
from assistant.drafting.brief import Brief, OnText
from assistant.drafting.engine import Draft
from assistant.drafting.instead import foreign
from assistant.errors import EmptyDraft, InputError
from assistant.facts.item_marks import mark_of
from assistant.repair.engine import RepairingEngine
from assistant.repair.faults import Sentence, faults_in, sentences_of
from assistant.repair.linking import linked
from assistant.repair.matching import LIKE, alike, in_order, likeness, offered_in
from assistant.repair.splicing import fitted
from assistant.slots.grammar import slots_in, with_names

#: 更详实 may make a sentence so much longer: more is another text.
LONGER, LONGER_BY = 2.5, 80
#: Characters of a sentence that a note repeats.
_SHOWN = 18

Span = tuple[int, int]


@dataclass(frozen=True)
class Wish:
    """What is to become of which sentences. ``spans``: [start, end) of the section's slot text, in order."""

    spans: tuple[Span, ...]
    words: str

    @property
    def told(self) -> str:
        """As the version's instruction records it."""
        return f"只改 {len(self.spans)} 句：{self.words}"


def sentence_spans(text: str) -> list[Span]:
    """The sentences that can be chosen: those with words in them."""
    return [(start, end) for start, end in sentences_of(text) if text[start:end].strip()]


def touched(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The sentences that a selection reaches into; the one that holds the caret where nothing is selected."""
    spans = sentence_spans(text)
    if start < end:
        return tuple(span for span in spans if span[0] < end and start < span[1])
    return tuple([span for span in spans if span[0] <= start <= span[1]][-1:])


def wish_for(text: str, spans: Sequence[Span], words: str) -> Wish:
    """Raises InputError where a span is no sentence of the text: it was chosen on another one."""
    known = set(sentence_spans(text))
    chosen = tuple(sorted(set(spans)))
    if not chosen:
        raise InputError("还没有选句子。", "请先勾选要改的句子。")
    if not known.issuperset(chosen):
        raise InputError("这一节的文字刚刚变了，没有动。", "请重新勾选要改的句子。")
    return Wish(chosen, words)


def spliced(text: str, spans: Sequence[Span], sentences: Sequence[str]) -> str:
    """The text with sentences in the places of those at ``spans``; "" leaves one as it is."""
    parts: list[str] = []
    at = 0
    for (start, end), sentence in zip(spans, sentences, strict=True):
        parts += (text[at:start], sentence or text[start:end])
        at = end
    return "".join((*parts, text[at:]))


class SentenceEngine:
    """Writes a section of which only the chosen sentences are new. One for each wish."""

    def __init__(self, engine: RepairingEngine, wish: Wish) -> None:
        self._engine = engine
        self._wish = wish
        self.key = engine.key
        self.label = engine.label
        self.model = engine.model
        self.concurrency = engine.concurrency

    async def draft(self, brief: Brief, on_text: OnText) -> Draft:
        """The section's text with other sentences at the places of the wish.

        A sentence stays as it was where the model gave none for it, or one with faults that the old one had not.

        Raises:
            EndpointError: the service failed; EmptyDraft: no sentence of the answer could be used. The text stays.
        """
        text = brief.section.text
        on_text(text)
        chosen = [Sentence(text[start:end], start, end, ()) for start, end in self._wish.spans]
        answer = await self._engine.reword(brief, text, [one.text for one in chosen], self._wish.words)
        placed, told = _placed(chosen, answer.text, text)
        made = []
        binder = Binder(brief.sheet)
        for old, new in placed:
            sentence, notes = _usable(old, new, text, brief, binder)
            made.append(sentence)
            told += notes
        whole = spliced(text, [(old.start, old.end) for old, _ in placed], made)
        if whole == text:
            raise EmptyDraft("模型没有给出能用的改写，原文没有动。", "请换个说法提要求再试一次，或直接修改。")
        on_text(whole)
        return replace(answer, text=whole, complete=True, told=tuple(dict.fromkeys(told)))


def _placed(chosen: list[Sentence], answer: str, text: str) -> tuple[list[tuple[Sentence, str]], list[str]]:
    """What stands for what: sentence for sentence, or the whole answer once for sentences that stand side by side.

    Returns:
        Old sentences with what the model wrote for them, "" for nothing; and what is to be said of what was left over.
    """
    if new := in_order(chosen, answer):
        return list(zip(chosen, new, strict=True)), []
    offered = offered_in(answer)
    others = [text[start:end] for start, end in sentence_spans(text)]
    others = [one for one in others if one not in {old.text for old in chosen}]
    extra = [one for one in offered if not _stands_for(one, others, [old.text for old in chosen])]
    joined = _joined(chosen)
    if joined is not None and len(extra) == len(offered):
        return [(joined, "".join(offered))], []
    found = alike([old.text for old in chosen], offered)
    left = [f"模型写的“{_short(one)}”对不上选中的句子，没有用" for one in extra if one not in found]
    return list(zip(chosen, found, strict=True)), left


def _stands_for(new: str, others: list[str], chosen: list[str]) -> bool:
    """Whether it is one of the sentences that nobody chose, written once more."""
    best = max((likeness(new, one) for one in others), default=0.0)
    return best >= LIKE and best > max(likeness(new, one) for one in chosen)


def _joined(chosen: list[Sentence]) -> Sentence | None:
    """Sentences side by side as one; None where a paragraph ends or an item begins between them."""
    for one, following in pairwise(chosen):
        if one.end != following.start or "\n" in one.text or mark_of(following.text):
            return None
    return Sentence("".join(one.text for one in chosen), chosen[0].start, chosen[-1].end, ())


def _usable(old: Sentence, new: str, text: str, brief: Brief, binder: Binder) -> tuple[str, list[str]]:
    """The new sentence as it fits into the text, "" where the old one stays; and what is to be said about it."""
    new = fitted(old.text, new, LONGER, LONGER_BY)
    if not new:
        return "", [f"“{_short(old.text)}”没有改成，仍是原句"]
    if foreign(new):
        return "", [f"“{_short(old.text)}”的新写法不是中文，没有用，仍是原句"]
    before, after = text[: old.start], text[old.end :]
    new = linked(before, new, after, brief, binder)
    if len(faults_in(before + new + after, binder)) > len(faults_in(text, binder)):
        return "", [f"“{_short(old.text)}”的新写法里有没有依据的数，没有用，仍是原句"]
    kept = {slot.path for slot in slots_in(new)}
    lost = dict.fromkeys(slot.label for slot in slots_in(old.text) if slot.path not in kept)
    notes = [f"改写后不再提“{'、'.join(lost)}”"] if lost else []
    return new, [*notes, *_taken_from(new, text, brief)]


def _taken_from(new: str, text: str, brief: Brief) -> list[str]:
    """Facts that only now are told here and have their home in another section, which tells them too."""
    known = {slot.label for slot in slots_in(text)} | set(brief.section.facts)
    fresh = dict.fromkeys(slot.label for slot in slots_in(new) if slot.label not in known)
    homes = ((other.title, [label for label in fresh if label in other.facts]) for other in brief.report.sections)
    return [f"写进了“{title}”一节的“{'、'.join(labels)}”，两处可能重复" for title, labels in homes if labels]


def _short(text: str) -> str:
    text = with_names(text, "〔{}〕").strip()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}……"
