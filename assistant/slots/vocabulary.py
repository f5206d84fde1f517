"""The words that the numeral reader needs, from ``numerals.yaml`` and, where given, a user's own file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import platformdirs
import yaml

from assistant.errors import InputError

BUILT_IN = Path(__file__).with_name("numerals.yaml")
LISTS = ("measures", "indefinite", "structural", "fixed", "patterns")
HANZI_DIGITS = "零〇○一二三四五六七八九十百千万亿两廿卅"


@dataclass(frozen=True)
class Vocabulary:
    """Words as ``numerals.yaml`` explains them."""

    measures: tuple[str, ...] = ()
    indefinite: tuple[str, ...] = ()
    structural: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()

    @cached_property
    def measure_pattern(self) -> str:
        return alternatives(self.measures)

    @cached_property
    def structural_pattern(self) -> re.Pattern[str]:
        return re.compile(alternatives(self.structural))

    @cached_property
    def ignored_pattern(self) -> re.Pattern[str]:
        """Titles, fixed expressions, enumerators: what is masked before numbers are looked for."""
        # Only what holds a numeral can hide one.
        fixed = [phrase for phrase in self.fixed if any(character in HANZI_DIGITS for character in phrase)]
        titles = r"《[^《》\n]{1,100}》"
        at_start = (
            r"(?:(?<=[\n。；;])|\A)[ \u3000]*"
            r"(?:[一二三四五六七八九十]{1,3}(?:、|是|要)|[0-9]{1,2}(?:[.．](?![0-9])|、)|[（(][0-9]{1,2}[）)]"
            # 4.1 调整…: the number of a heading, where 4.1 万元 is none.
            r"|[0-9]{1,2}(?:[.．][0-9]{1,2}){1,3}(?=[ \u3000]+[^ 0-9\u3000万亿元%％个百]))"
        )
        return re.compile("|".join((titles, at_start, *self.patterns, _by_first_character(fixed))))


def alternatives(words: tuple[str, ...]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"


def grouped_alternatives(words: Iterable[str]) -> str:
    """``alternatives`` for many words: grouped by first character, which is tested once."""
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[0], []).append(word[1:])
    parts = []
    for first, rest in groups.items():
        options = "|".join(re.escape(end) for end in sorted(rest, key=len, reverse=True))
        parts.append(f"{re.escape(first)}(?:{options})")
    return _one_of(groups, parts)


def _one_of(firsts: Iterable[str], parts: list[str]) -> str:
    """Any of the parts, each of which begins with its first character: one look at that set rules most places out."""
    return f"(?:(?=[{''.join(re.escape(first) for first in firsts)}])(?:{'|'.join(parts)}))" if parts else r"(?!)"


def _by_first_character(words: list[str]) -> str:
    """A pattern grouped by first character: one test for each character of a text instead of one for each word.

    A phrase never begins or ends in the middle of a numeral: 万一 is no 万一 in 一万一千.
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        closing = "(?![十百千万亿])" if word[-1] in HANZI_DIGITS else ""
        groups.setdefault(word[0], []).append(re.escape(word[1:]) + closing)
    parts = [
        # The look back stands behind the first character: tested there, it is tested rarely.
        re.escape(first)
        + (f"(?<![0-9{HANZI_DIGITS}]{first})" if first in HANZI_DIGITS else "")
        + f"(?:{'|'.join(rest)})"
        for first, rest in groups.items()
    ]
    return _one_of(groups, parts)


def _read(path: Path) -> dict[str, tuple[str, ...]]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(
            f"数字用语表 {path.name} 读不了。", "请检查文件是否存在、是否为 UTF-8 编码的 YAML。"
        ) from error
    if not isinstance(data, dict) or not set(data) <= set(LISTS) or not all(isinstance(v, list) for v in data.values()):
        raise InputError(f"数字用语表 {path.name} 写法不对。", f"可以有这几个列表：{'、'.join(LISTS)}。")
    words = {name: tuple(str(word) for word in data.get(name, ())) for name in LISTS}
    for pattern in words["patterns"]:
        try:
            re.compile(pattern)
        except re.error as error:
            raise InputError(f"数字用语表 {path.name} 的“{pattern}”不是正确的正则表达式。", "请改正后重试。") from error
    return words


def user_words() -> Path | None:
    """A user's own words: ``numerals.yaml`` in the data folder, shaped like the built-in file; None without it."""
    file = platformdirs.user_data_path("nigao", appauthor=False) / BUILT_IN.name
    return file if file.is_file() else None


@lru_cache(maxsize=8)
def vocabulary(extra: Path | None = None) -> Vocabulary:
    """The built-in words, with those of a user's file added: ``extra``, or else ``user_words()``, read once a process.

    Raises:
        InputError: the file cannot be read, or is no such file.
    """
    words = _read(BUILT_IN)
    extra = extra or user_words()
    if extra is not None:
        words = {name: tuple(dict.fromkeys((*words[name], *more))) for name, more in _read(extra).items()}
    return Vocabulary(**words)
