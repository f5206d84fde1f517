"""Who should report, who did, and who did not (缺报): names as people and their files write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_BETWEEN = re.compile(r"[\s,，、;；]+")
#: A township has a few dozen villages; what is longer is no list of them.
MOST = 300
_LONGEST = 30


@dataclass(frozen=True)
class Reporting:
    """``absent``: expected, and nothing came; ``unlisted``: something came from somebody who is not on the list."""

    expected: tuple[str, ...]
    absent: tuple[str, ...]
    unlisted: tuple[str, ...]


def read_names(text: str) -> tuple[str, ...]:
    """Names out of what a person typed or pasted: a line each, or between 、 and commas; nobody twice."""
    return tuple(dict.fromkeys(name[:_LONGEST] for name in _BETWEEN.split(text.strip()) if name))[:MOST]


def named(who: str, expected: Sequence[str]) -> str:
    """The name on the list for a file's or a row's: 柳林村 for 柳林村2025年（已填）; as it is where none fits."""
    plain = "".join(who.split())
    # 东柳林村 is not 柳林村 where both are expected.
    return max((name for name in expected if name in plain), key=len, default=who)


def reporting(came: Iterable[str], expected: Sequence[str]) -> Reporting:
    """Holds who reported against the list; without a list nobody is absent."""
    names = [named(who, expected) for who in came]
    unlisted = tuple(dict.fromkeys(name for name in names if name not in expected)) if expected else ()
    return Reporting(tuple(expected), tuple(name for name in expected if name not in names), unlisted)
