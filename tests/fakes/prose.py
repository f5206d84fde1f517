"""What a well-behaved model would answer: short Chinese prose with every offered slot in it, once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

_SLOT = re.compile(r"\{\{([^{}|\n]+)(?:\|[^{}\n]*)?\}\}")
# Names by which instructions explain what a slot looks like.
_EXAMPLES = frozenset({"标签", "label", "事实", "名称", "…", "……", "..."})
_OPENINGS = ("按照年度部署，", "对照目标任务，", "坚持统筹推进，", "结合辖区实际，", "聚焦重点环节，")
_FRAMES = ("{name}为{slot}", "{name}达到{slot}", "落实{name}{slot}", "{name}共{slot}")
_WITHOUT_FACTS = "有关工作按照部署有序开展，责任进一步压实，制度进一步健全，成效进一步显现。"


def offered_slots(text: str) -> list[str]:
    """The ``{{label}}`` tokens of a prompt, each label once, in order."""
    found: dict[str, None] = {}
    for match in _SLOT.finditer(text):
        label = match[1].strip()
        if label not in _EXAMPLES:
            found.setdefault(label)
    return list(found)


def slot_prose(text: str) -> str:
    """Prose that uses every slot offered in the text once: three to a sentence, without a numeral of its own."""
    labels = offered_slots(text)
    if not labels:
        return _WITHOUT_FACTS
    sentences = []
    for number, group in enumerate(_in_threes(labels)):
        clauses = (
            _FRAMES[place % len(_FRAMES)].format(name=label.split(".")[-1], slot=f"{{{{{label}}}}}")
            for place, label in enumerate(group)
        )
        sentences.append(_OPENINGS[number % len(_OPENINGS)] + "，".join(clauses) + "。")
    return "".join(sentences)


def pieces(text: str, size: int = 2) -> list[str]:
    """A text in pieces of about a token each."""
    return [text[start : start + size] for start in range(0, len(text), size)]


def _in_threes(labels: Sequence[str]) -> list[list[str]]:
    iterator = iter(labels)
    return [group for _ in range(len(labels)) if (group := list(islice(iterator, 3)))]
