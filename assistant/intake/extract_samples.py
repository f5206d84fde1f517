"""A collection of samples: where the second paper begins, another unit's words do."""

from __future__ import annotations

import re

_NUMBER = "(?:[二三四五六七八九十]|[2-9])"
_PAPER = "报告|总结|汇报|述职|材料|范文"
#: 篇二：, 【篇2】, 党管武装述职报告（篇二）, 范文二：某镇…报告, 第二篇：…总结; 篇二 夯实基础 is an author's own part.
_NEXT = re.compile(
    rf"^[ \u3000]*+(?P<mark>[【\[（(]?(?:[^，。；\n]{{0,30}}(?:{_PAPER})[ \u3000]*[（(]?)?"
    rf"(?:篇|范文|样本|例文)[ ]?{_NUMBER}"
    rf"[：:、.．】\]）) \u3000]*)(?:[^，。；\n]{{0,40}}(?:{_PAPER}|[镇乡]|街道)[^，。；\n]{{0,12}})?[ \u3000]*$"
    rf"|^[ \u3000]*+(?P<part>第{_NUMBER}篇)[：:、 \u3000]*[^，。；\n]{{0,40}}(?:{_PAPER})[^，。；\n]{{0,8}}$",
    re.MULTILINE,
)
_FIGURE = re.compile("[0-9０-９一二三四五六七八九十]")
#: A text that begins with its second paper is read as it is.
_LEAST = 40


def next_sample(text: str) -> tuple[int, str]:
    """Where the second paper of a collection begins, and its mark; the text's length and "" where it is one paper."""
    for found in _NEXT.finditer(text):
        before = text[: found.start()].strip()
        if len(before) >= _LEAST and _FIGURE.search(before):
            return found.start(), (found["mark"] or found["part"]).strip(" \u3000：:、")
    return len(text), ""
