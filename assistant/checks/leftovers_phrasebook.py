"""Which sentences are the embedded engine's own: two reports share them by design."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from assistant.checks.similarity import neutral, runs

_FOLDER = "phrases"
#: What a template prints from a variable, its tags, and marks of layout end a stretch of words.
_TAGS = re.compile(r"\{%.*?%\}|\{#.*?#\}|<<.*?>>|\{\{.*?\}\}|[¶◆◇\n]", re.DOTALL)
#: A sentence is the engine's own when so much of it stands in its phrases.
_SHARE = 0.7


@lru_cache(maxsize=8)
def phrase_runs(folder: Path) -> frozenset[str]:
    """Every run of four characters in the phrases of the report type in ``folder``, read once a process."""
    found: set[str] = set()
    for file in sorted((folder / _FOLDER).glob("*.j2")):
        for words in _TAGS.split(file.read_text(encoding="utf-8")):
            for sentence in re.split("[。；]", words):
                found.update(runs(neutral(sentence)))
    return frozenset(found)


def is_built_in(key: str, known: frozenset[str]) -> bool:
    """Whether a sentence, neutral of facts, is one of the phrases."""
    mine = [*runs(key)]
    return bool(mine) and sum(run in known for run in mine) >= _SHARE * len(mine)
