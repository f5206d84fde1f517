"""What the leftover check knows by heart, from ``leftovers.yaml`` and, where given, a user's own file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import platformdirs
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import InputError, reason
from assistant.slots.vocabulary import grouped_alternatives

BUILT_IN = Path(__file__).with_name("leftovers.yaml")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Words = tuple[str, ...]
#: What a user's file begins as.
_EXAMPLES = """\
# 残留检查的本地用语：写在这里的加进自带的用语表，存盘后立即生效。
# 去掉行首的“# ”，改成自己的内容。逗号、冒号、括号用英文的。

# 这些名称是对的，不再提醒（本地的村名、人名、邻近单位）：
# known: [张家村, 李家湾村, 王某某]

# 另外要提醒的用语：下载网站留下的、疫情时期的
# scraps: [某某文库]
# epidemic: {words: [封村]}

# 改了名称的机构、岗位：从哪一年起叫新名
# titles:
#   - {old: 旧名称, new: 新名称, since: 2024}
"""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)


class Labels(_Data):
    """Labels of the facts that say who, where and what the year was about."""

    person: Words = ()
    people: Words = ()
    voice: Words = ()
    task: Words = ()
    unit: Words = ()
    superior: Words = ()
    kind: Words = ()


class Kind(_Data):
    """A kind of unit. ``names``: what its name ends in; ``words``: patterns of what only such a unit has."""

    names: Words = ()
    words: Words = ()


class Anniversary(_Data):
    name: str
    from_: int = Field(alias="from")


class Campaign(_Data):
    """A campaign of certain years. ``pattern``: how it is written, where its name alone does not tell."""

    name: str
    years: tuple[int, ...]
    pattern: str = ""


class OldTitle(_Data):
    """A name that changed: from ``since`` on the new one is right. ``also``: other old forms."""

    old: str
    new: str
    since: int
    note: str = ""
    also: Words = ()
    hint: bool = False
    pattern: str = ""


class Unless(_Data):
    """A word that is no leftover where one of the facts has a value."""

    word: str
    facts: Words = ()


class Epidemic(_Data):
    last_year: int = 0
    words: Words = ()
    except_: Words = Field(default=(), alias="except")
    unless: tuple[Unless, ...] = ()


class Places(_Data):
    before: Words = ()
    verbs: Words = ()
    common: Words = ()
    ends: str = ""


class People(_Data):
    surnames: str = ""
    doubtful: str = ""
    famous: Words = ()


class LeftoverWords(_Data):
    """``leftovers.yaml``, as it explains itself."""

    labels: Labels = Labels()
    kinds: tuple[Kind, ...] = ()
    known: Words = ()
    plans: Words = ()
    anniversaries: tuple[Anniversary, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    epidemic: Epidemic = Epidemic()
    titles: tuple[OldTitle, ...] = ()
    blanks: Words = ()
    scraps: Words = ()
    places: Places = Places()
    people: People = People()

    def find_blanks(self, text: str) -> list[re.Match[str]]:
        return _found(self.blanks, text)

    def find_of_kinds(self, own: Sequence[str], text: str) -> list[re.Match[str]]:
        """Words of other kinds of units than the one that the first telling name is of; none where none tells."""
        for name in own:
            if any(name.endswith(kind.names) for kind in self.kinds):
                others = (kind for kind in self.kinds if not name.endswith(kind.names))
                return _found([one for kind in others for one in kind.words], text)
        return []

    def find_scraps(self, text: str) -> list[re.Match[str]]:
        return _found(self.scraps, text)

    @cached_property
    def plan_pattern(self) -> re.Pattern[str]:
        return re.compile(grouped_alternatives(self.plans))

    @cached_property
    def epidemic_pattern(self) -> re.Pattern[str]:
        words = (*self.epidemic.words, *(one.word for one in self.epidemic.unless))
        return re.compile(grouped_alternatives(dict.fromkeys(words)))

    @cached_property
    def never_epidemic(self) -> re.Pattern[str]:
        return re.compile(grouped_alternatives(self.epidemic.except_))

    @cached_property
    def title_pattern(self) -> re.Pattern[str]:
        return re.compile(grouped_alternatives(self._titles))

    @cached_property
    def _titles(self) -> dict[str, OldTitle]:
        return {name: title for title in self.titles if not title.pattern for name in (title.old, *title.also)}

    def title(self, name: str) -> OldTitle:
        return self._titles[name]


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)


def _found(patterns: Sequence[str], text: str) -> list[re.Match[str]]:
    """In order, none overlapping, the longest of those that begin at one place.

    One pattern after the other: each is searched by its first characters, which takes a fourth of the time of all in
    one.
    """
    matches = [match for pattern in patterns for match in _compiled(pattern).finditer(text)]
    matches.sort(key=lambda match: (match.start(), -match.end()))
    found: list[re.Match[str]] = []
    for match in matches:
        if not found or match.start() >= found[-1].end():
            found.append(match)
    return found


def _merged(one: Any, other: Any) -> Any:
    """Lists are joined, tables merged, texts joined: a user's file adds and takes nothing away."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one | {key: _merged(one[key], value) if key in one else value for key, value in other.items()}
    if isinstance(one, list) and isinstance(other, list):
        return [*one, *other]
    if isinstance(one, str) and isinstance(other, str):
        return one + other
    return other


def _name(path: Path) -> str:
    """A person has to find it."""
    return path.name if path == BUILT_IN else str(path)


def _read(path: Path) -> dict[str, Any]:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(f"残留用语表 {_name(path)} 读不了。", "请检查文件是否为 UTF-8 编码的 YAML。") from error
    if not isinstance(data, dict):
        raise InputError(f"残留用语表 {_name(path)} 写法不对。", "最外层应是“名称: 列表”，如 known: [张家村]。")
    return data


def _checked(data: dict[str, Any], path: Path) -> LeftoverWords:
    try:
        words = LeftoverWords.model_validate(data)
    except ValidationError as error:
        places = "、".join(".".join(str(part) for part in fault["loc"]) for fault in error.errors()[:3])
        raise InputError(
            f"残留用语表 {_name(path)} 写法不对：{places}。", "请对照自带的 leftovers.yaml 改正。"
        ) from error
    patterns = [
        *words.blanks,
        *words.scraps,
        *(one for kind in words.kinds for one in kind.words),
        *(one.name for one in words.anniversaries),
    ]
    patterns += [*(one.pattern for one in words.titles), *(one.pattern for one in words.campaigns)]
    for pattern in patterns:
        try:
            empty = re.compile(pattern).match("")
        except re.error as error:
            raise InputError(
                f"残留用语表 {_name(path)} 的“{pattern}”不是正确的正则表达式。", "请改正后重试。"
            ) from error
        if empty and pattern:
            raise InputError(f"残留用语表 {_name(path)} 的“{pattern}”什么都能匹配。", "请写得具体些。")
    return words


def user_file() -> Path:
    """Where a user's own words are, or would be."""
    return platformdirs.user_data_path("nigao", appauthor=False) / BUILT_IN.name


def begin_user_file() -> Path:
    """Puts a file with examples there, all of them switched off; one that is there stays.

    Raises:
        InputError: it cannot be written.
    """
    file = user_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            file.write_text(_EXAMPLES, encoding="utf-8")
    except OSError as error:
        raise InputError(f"写不了 {file}（{reason(error)}）。", "请检查这个文件夹的权限。") from error
    return file


def leftover_words(extra: Path | None = None) -> LeftoverWords:
    """The built-in words with those of a user's file added: ``extra``, or else ``user_file()``, as it is now.

    Raises:
        InputError: the file cannot be read, or is no such file.
    """
    file = extra or user_file()
    try:
        changed = file.stat().st_mtime_ns
    except OSError:
        if extra is None:
            return _words(None, 0)
        changed = 0
    return _words(file, changed)


@lru_cache(maxsize=8)
def _words(extra: Path | None, _changed: int) -> LeftoverWords:
    data = _read(BUILT_IN)
    return _checked(data, BUILT_IN) if extra is None else _checked(_merged(data, _read(extra)), extra)
