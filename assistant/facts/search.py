"""Finds facts by words, by pinyin and by the initials of pinyin: 入伍, ruwu and rwrs all find 入伍人数."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.facts.fields import FactField, FactSchema

# Single characters with all their readings are enough here; the phrases would take 20 MB and 0.15 s at the start.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
from pypinyin import Style, pinyin

#: A longer query is a slip of the clipboard.
_MAX_CHARACTERS = 40


@dataclass(frozen=True)
class Hit:
    """A fact that was found. ``by``: the alias that matched, "" where it was the label itself."""

    item: FactField
    by: str = ""


def find_facts(schema: FactSchema, query: str, limit: int = 12) -> list[Hit]:
    """Facts whose label or alias matches every word of the query, best first; none for an empty query.

    Words rank before pinyin, labels before aliases, beginnings before what stands inside.
    """
    words = unicodedata.normalize("NFKC", query).lower()[:_MAX_CHARACTERS].split()
    if not words:
        return []
    ranked: list[tuple[int, int, Hit]] = []
    for place, item in enumerate(schema.fields):
        best = min(_ranks(item, words), default=None)
        if best is not None:
            ranked.append((best[0], place, Hit(item, best[1])))
    return [hit for _, _, hit in sorted(ranked, key=lambda entry: entry[:2])[:limit]]


def _ranks(item: FactField, words: list[str]) -> Iterator[tuple[int, str]]:
    for name in (item.label, *item.aliases):
        found = [_rank(name, word) for word in words]
        known = [rank for rank in found if rank is not None]
        if len(known) == len(words):
            alias = "" if name == item.label else name
            yield max(known) + (10 if alias else 0), alias


def _rank(name: str, word: str) -> int | None:
    """0 the name itself, 1 its beginning, 2 inside it, 3 pinyin from the beginning, 4 pinyin inside; None: no match."""
    text = unicodedata.normalize("NFKC", name).lower()
    if text == word:
        return 0
    at = text.find(word)
    if at >= 0:
        return 1 if at == 0 else 2
    if not word.isascii():
        return None
    spoken = sounds(text)
    for start in range(len(spoken)):
        if _spells(spoken, start, word.replace("'", "")):
            return 3 if start == 0 else 4
    return None


@lru_cache(maxsize=4096)
def sounds(text: str) -> tuple[tuple[str, ...], ...]:
    """For every character its readings (参: can, cen, shen); a letter or digit reads as itself."""
    return tuple(
        tuple(pinyin(character, style=Style.NORMAL, heteronym=True, errors="default")[0]) for character in text
    )


def _spells(sounds: tuple[tuple[str, ...], ...], start: int, rest: str) -> bool:
    """Whether ``rest`` spells the characters from ``start`` on, each by initial or in full, the last one begun."""
    if not rest:
        return True
    if start >= len(sounds):
        return False
    for sound in sounds[start]:
        if sound.startswith(rest):
            return True
        for part in {sound, sound[:1], sound[:2] if sound[:2] in ("zh", "ch", "sh") else sound}:
            if part and rest.startswith(part) and _spells(sounds, start + 1, rest.removeprefix(part)):
                return True
    return False
