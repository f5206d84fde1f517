"""The value of a numeral: 1,200, 三十二, 3万5千, 1.2亿, 二〇二五, 廿.

cn2an reads only what it prints itself; people mix digits and scales, so the reading is ours and cn2an is what the
property tests hold it against.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
#: More characters than this are no figure of a report.
MAX_LENGTH = 64

_TOKEN = re.compile(r"[0-9][0-9,\u2009\u00a0\u202f ]*(?:\.[0-9]+)?|[零〇○一二三四五六七八九两]+|[十百千万亿]")
_SEPARATORS = re.compile(r"[^0-9.]")
_PAIR = re.compile(r"([一两二三四五六七八])([二三四五六七八九])([十百千万亿]*)")


@lru_cache(maxsize=4096)
def value_of(run: str) -> Decimal | None:
    """None where the run is no number (or too long to be one)."""
    if run.isascii() and run.isdigit() and len(run) <= MAX_LENGTH:
        return Decimal(run)
    run = run.strip().replace("廿", "二十").replace("卅", "三十")
    if not run or len(run) > MAX_LENGTH:
        return None
    total = section = Decimal(0)
    number: Decimal | None = None
    last_scale, after_zero = 1, False
    for token in _TOKEN.findall(run):
        if token in SCALES:
            scale = SCALES[token]
            if scale < 10**4:
                section += (Decimal(1) if number is None else number) * scale
            else:
                # 亿 gathers what stands before it, ten thousands as well: 三万亿.
                gathered = section + (number or 0)
                if scale == 10**8:
                    gathered, total = gathered + total, Decimal(0)
                total += (gathered or Decimal(1)) * scale
                section = Decimal(0)
            number, last_scale, after_zero = None, scale, False
        else:
            number, after_zero = _digits(token)
    if number is not None and last_scale > 10 and not after_zero and len(run) > 1 and run[-2] in SCALES:
        # 三万五 is 35,000; 3万5 as well.
        number = number * last_scale / 10 if number < 10 else number
    return total + section + (number or 0)


def _digits(token: str) -> tuple[Decimal, bool]:
    if token[0] in DIGITS:
        return Decimal("".join(str(DIGITS[character]) for character in token)), token[0] in "零〇○"
    return Decimal(_SEPARATORS.sub("", token)), False


def pair_of(run: str) -> tuple[Decimal, Decimal] | None:
    """三五 → (3, 5), 七八十 → (70, 80); None for anything else."""
    found = _PAIR.fullmatch(run)
    if not found:
        return None
    low, high = DIGITS[found.group(1)], DIGITS[found.group(2)]
    if high != low + 1 and (low, high) != (3, 5):
        return None
    scale = Decimal(1)
    for character in found.group(3):
        scale *= SCALES[character]
    return low * scale, high * scale


@lru_cache(maxsize=4096)
def step(value: Decimal) -> Decimal:
    """What the last figure that was said counts: 2000 → 1000, 75000 → 1000, 12 → 1."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
