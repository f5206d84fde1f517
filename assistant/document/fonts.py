"""Which of a profile's fonts this machine has, and what Word does without them.

The product ships no font and downloads none: 仿宋_GB2312, 楷体_GB2312 and 方正小标宋 belong to their makers. A file
names its fonts; the machine that opens it must have them.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.document.layout import LayoutProfile, Typeface

_SECONDS = 30
_KIND = re.compile(r"\s*\((?:TrueType|OpenType|All res|VGA res|[\d, ]+)\)\s*$")


@dataclass(frozen=True, slots=True)
class FontState:
    """One typeface of a profile on this machine.

    Attributes:
        role: 仿宋, 小标宋 …
        name: as it stands in the file.
        installed: whether this machine has it; None where that cannot be found out.
        stand_in: the first of its substitutes that is installed, "" for none.
        sentence: all of this for a person.
    """

    role: str
    name: str
    installed: bool | None
    stand_in: str
    sentence: str


def font_states(profile: LayoutProfile, installed: frozenset[str] | None = None) -> list[FontState]:
    """The profile's typefaces that its styles use, in the order of the profile.

    Args:
        installed: family names in lower case; found out from this machine by default.
    """
    known = installed_fonts() if installed is None else installed
    used = {style.font.value for style in profile.styles.values()}
    return [_state(role, face, known) for role, face in profile.typefaces.items() if role in used]


@lru_cache(maxsize=1)
def installed_fonts() -> frozenset[str]:
    """Family names of this machine's fonts in lower case; empty where the system does not tell."""
    if sys.platform == "win32":
        found = _from_registry()
    elif sys.platform == "darwin":
        found = _from_profiler()
    else:
        found = _from_fontconfig()
    return frozenset(name.strip().casefold() for name in found if name.strip())


def _state(role: str, face: Typeface, known: frozenset[str]) -> FontState:
    if not known:
        return FontState(role, face.name, None, "", f"“{face.name}”：查不到这台电脑装了哪些字体。")
    if face.name.casefold() in known:
        return FontState(role, face.name, True, "", f"“{face.name}”：已安装。")
    others = (*face.substitutes, *face.same)
    stand_in = next((name for name in others if name.casefold() in known), "")
    if stand_in:
        said = f"“{face.name}”：没有安装，在这台电脑上打开时 Word 一般会用“{stand_in}”代替。"
    else:
        said = f"“{face.name}”：没有安装，也没有相近的字体，Word 会换成宋体一类的默认字体，字形和原样不同。"
    return FontState(role, face.name, False, stand_in, said)


def _output(*command: str) -> str:
    """What a command prints; "" where there is no such command or it fails."""
    if shutil.which(command[0]) is None:
        return ""
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace")


def _from_fontconfig() -> Iterable[str]:
    # A font has its names in several languages, separated by commas.
    return (name for line in _output("fc-list", "--format", "%{family}\n").splitlines() for name in line.split(","))


def _from_profiler() -> Iterable[str]:
    try:
        listed = json.loads(_output("system_profiler", "SPFontsDataType", "-json") or "{}")
    except json.JSONDecodeError:
        return []
    faces = (face for item in listed.get("SPFontsDataType", []) for face in item.get("typefaces", []))
    return [str(face.get("family", "")) for face in faces]


def _from_registry() -> Iterable[str]:
    if sys.platform != "win32":
        return []
    import winreg

    names: list[str] = []
    for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
        try:
            with winreg.OpenKey(root, r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts") as key:
                count = winreg.QueryInfoKey(key)[1]
                values = [winreg.EnumValue(key, index)[0] for index in range(count)]
        except OSError:
            continue
        names += [name for value in values for name in registry_names(value)]
    return names


def registry_names(value: str) -> list[str]:
    """``宋体 & 新宋体 (TrueType)`` → both names."""
    return [name.strip() for name in _KIND.sub("", value).split("&")]
