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
    # Prose stands first: llama.cpp tries the others only on the tokens that it refuses, each alternative in turn, so
    # few may begin anywhere. Measured: 233 ms a token with one for each phrase.
    rules = [
        f"root ::= ( prose | fixed{' | slot' if offered else ''} )+",
        f"prose ::= [^{_NEVER}{HANZI_DIGITS}]",
        f"fixed ::= {_fixed(words)}",
    ]
    if offered:
        rules.append(f'slot ::= "{{{{" {_tree([slot.removeprefix("{{") for slot in offered])}')
    return "\n".join(rules) + "\n"


def _fixed(words: Vocabulary) -> str:
    """Expressions with a hanzi numeral that count nothing."""
    phrases = {phrase for phrase in words.fixed if set(phrase) & set(HANZI_DIGITS) and not _DIGITS.search(phrase)}
    phrases |= {f"一{measure}" for measure in words.indefinite}
    parts = [f"[{_ENUMERATED}] [是要]"]
    ends: dict[str, list[str]] = {}
    by_first: dict[str, list[str]] = {}
    for phrase in sorted(phrases):
        if phrase[0] in HANZI_DIGITS:
            by_first.setdefault(phrase[0], []).append(phrase[1:])
        elif phrase[1:2] and phrase[1] in HANZI_DIGITS:
            ends.setdefault(phrase[1:], []).append(phrase[0])
    for first, rest in by_first.items():
        parts.append(f"{_quoted(first)} {_tree(rest)}")
    # 统一, 唯一, 单一: one alternative for all first characters of an ending, and only for endings that several share
    # or that 第 begins, for each costs time at every token.
    firsts: dict[str, list[str]] = {}
    for end, characters in ends.items():
        firsts.setdefault("".join(characters), []).append(end)
    for characters_of, rest in firsts.items():
        if len(characters_of) > 1 or characters_of == "第":
            parts.append(f"[{characters_of}] {_tree(rest)}")
    return " | ".join(parts)


def _tree(words: Iterable[str]) -> str:
    """The words as a group in which common beginnings stand once."""
    branches: dict[str, list[str]] = {}
    for word in dict.fromkeys(words):
        branches.setdefault(word[:1], []).append(word[1:])
    parts = []
    for first, rest in branches.items():
        if len(rest) == 1:
            parts.append(_quoted(first + rest[0]))
        else:
            parts.append(f"{_quoted(first)} {_tree(rest)}")
    return f"( {' | '.join(parts)} )"


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
