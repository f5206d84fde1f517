"""Which sentences are the embedded engine's own: two reports share them by design."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from assistant.checks.similarity import neutral

_FOLDER = "phrases"
#: What a template prints from a variable, its tags, and marks of layout end a stretch of words.
_TAGS = re.compile(r"\{%.*?%\}|\{#.*?#\}|<<.*?>>|\{\{.*?\}\}|[¶◆◇\n]", re.DOTALL)
_RUN = 3
#: A sentence is the engine's own when so many of its characters stand in runs of the phrases. Measured: what the engine
#: writes has 66 % and more, half of it 98 %; of the sentences of other people one in ten has 60 %.
_SHARE = 0.65


@lru_cache(maxsize=8)
def phrase_runs(folder: Path) -> frozenset[str]:
    """Every run of three characters in the phrases of the report type in ``folder``, read once a process."""
    found: set[str] = set()
    for file in sorted((folder / _FOLDER).glob("*.j2")):
        for words in _TAGS.split(file.read_text(encoding="utf-8")):
            for sentence in re.split("[。；]", words):
                key = neutral(sentence)
                found.update(key[at : at + _RUN] for at in range(len(key) - _RUN + 1))
    return frozenset(found)


def is_built_in(key: str, known: frozenset[str]) -> bool:
    """Whether a sentence, neutral of facts, is made of the phrases. Words too short for a run tell nothing."""
    long = covered = 0
    for words in key.split("#"):
        if len(words) < _RUN:
            continue
        long += len(words)
        reached = 0
        for at in range(len(words) - _RUN + 1):
            if words[at : at + _RUN] in known:
                covered += at + _RUN - max(reached, at)
                reached = at + _RUN
    return long > 0 and covered >= _SHARE * long
