"""Decoding under a grammar: an endpoint that takes one cannot write a numeral outside a slot, or an unknown slot.

The grammar is GBNF, which llama.cpp reads and vLLM's xgrammar as well. It forbids what the audit would find, and
permits what the audit passes over: 一是, 进一步, 统一 and the other fixed expressions of ``numerals.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from assistant.slots.vocabulary import HANZI_DIGITS, Vocabulary, vocabulary

#: How a service is handed a grammar; "" where it takes none.
GrammarKind = Literal["gbnf", "vllm", ""]

#: Digits of every kind, signs of ratio, braces (only a slot has them), and what makes markdown or thinking tags.
_NEVER = "0-9０-９①-⒛Ⅰ-ⅿ٠-٩%％‰{}｛｝#*`<>\\\\\\r\\t"
_DIGITS = re.compile(r"[0-9０-９]")
_SLOT = re.compile(r"\{\{[^{}]*\}\}")
_ENUMERATED = "一二三四五六七八九十"
#: Longer names and more of them would make the request heavy; a section offers a few dozen.
MOST_SLOTS = 400


def grammar(slots: Iterable[str], words: Vocabulary | None = None) -> str:
    """The GBNF text of slot text that uses only these slots.

    Args:
        slots: ``{{label}}`` as the prompt offers them.
        words: the numeral reader's words; the built-in ones by default.
    """
    offered = list(dict.fromkeys(slots))[:MOST_SLOTS]
    words = words or vocabulary()
    # Prose stands first: llama.cpp tries the later rules only on the few tokens that it refuses.
    rules = [
        f"root ::= ( prose | fixed{' | slot' if offered else ''} )+",
        f"prose ::= [^{_NEVER}{HANZI_DIGITS}]",
        f"fixed ::= {_fixed(words)}",
    ]
    if offered:
        rules.append("slot ::= " + " | ".join(_quoted(slot) for slot in offered))
    return "\n".join(rules) + "\n"


def _fixed(words: Vocabulary) -> str:
    """Expressions with a hanzi numeral that count nothing."""
    phrases = {phrase for phrase in words.fixed if set(phrase) & set(HANZI_DIGITS) and not _DIGITS.search(phrase)}
    phrases |= {f"一{measure}" for measure in words.indefinite}
    groups: dict[str, list[str]] = {}
    for phrase in sorted(phrases):
        groups.setdefault(phrase[0], []).append(phrase[1:])
    parts = [f"[{_ENUMERATED}] [是要]"]
    for first, rest in groups.items():
        endings = " | ".join(_quoted(end) for end in rest)
        parts.append(f"{_quoted(first)} ( {endings} )")
    return " | ".join(parts)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def request_fields(kind: GrammarKind, text: str) -> Mapping[str, Any]:
    """What goes into the request's body for it."""
    if kind == "gbnf":
        return {"grammar": text}
    # The name since vLLM 0.11; older ones pass over it, which `obeyed` then tells.
    return {"structured_outputs": {"grammar": text}} if kind == "vllm" else {}


def obeyed(text: str) -> bool:
    """Whether a text may have been written under a grammar: no digit stands outside a slot."""
    return not _DIGITS.search(_SLOT.sub("", text))
