"""Runs of harmless words that lead nowhere: what reads a clause must not part them in every way there is."""

from __future__ import annotations

import re

import pytest

from assistant.intake import (
    chat_left_out,
    chat_loose,
    chat_pointing,
    chat_words,
    extract_accounts,
    extract_cells,
    extract_loose,
    extract_shared,
    extract_sums,
)

#: Long enough that two ways for each word would never come to an end.
_TIMES = 60


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (chat_loose._HARMLESS, "改为"),
        (chat_loose._HARMLESS, "应为"),
        (chat_loose._LEADING, "的"),
        (chat_loose._LEADING, "共有"),
        (chat_loose._THIS_YEAR, "达到"),
        (chat_left_out._IDLE, "帮我"),
        (chat_left_out._IDLE, "你好"),
        (chat_left_out._IDLE, "其他的"),
        (chat_pointing._POINTS, "写错了"),
        (chat_pointing._POINTS, "只有"),
        (extract_accounts._WORDS, "共计"),
        (extract_cells._EMPTY, "还是"),
        (extract_loose._AFTER_RATE, "共计"),
        (extract_loose._AFTER_SHARE, "合计"),
        (extract_sums._ADDED, "合计"),
        *((pattern, "请你") for pattern in chat_words.COMMANDS.values()),
    ],
)
def test_a_run_of_words_that_leads_nowhere_is_given_up(expression: re.Pattern[str], words: str) -> None:
    assert expression.fullmatch(words * _TIMES + "丙") is None


@pytest.mark.parametrize(
    ("expression", "text"),
    [(extract_cells._EACH_OF, "甲和" * _TIMES), (extract_shared._SHARED_OUT, "，专业分队" * _TIMES)],
)
def test_a_list_that_leads_nowhere_is_given_up(expression: re.Pattern[str], text: str) -> None:
    assert expression.search(text) is None
