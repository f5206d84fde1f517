"""Layout profiles: GB/T 9704 values as data, each with its unit, clause and strength.

``profiles/gbt9704-2012.yaml`` is the standard. A county's variant is another file that names the profile it starts
from (``based_on``) and states only what differs; people's own stand in the user's data folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import ValidationError

from assistant.document.layout import LayoutProfile
from assistant.document.profile_file import Faulty, Lined, overlay, read_lined
from assistant.errors import ConfigurationError, ExportError, InputError, reason

__all__ = [
    "DEFAULT_PROFILE",
    "PROFILES",
    "LayoutProfile",
    "ProfileInfo",
    "add_profile",
    "load_profile",
    "profiles",
    "remove_profile",
]

PROFILES = Path(__file__).parent / "profiles"
DEFAULT_PROFILE = "gbt9704-2012"
MAX_BYTES = 200_000

_KEY = re.compile(r"[\w一-鿿][\w一-鿿.\-]{0,59}")


@dataclass(frozen=True)
class ProfileInfo:
    """A profile as a list offers it.

    Attributes:
        key: what ``load_profile`` takes.
        name: what a person reads.
        own: from the user's folder rather than shipped.
        fault: why it cannot be used; "" for a sound one.
    """

    key: str
    name: str
    own: bool
    fault: str = ""


def user_folder() -> Path:
    """Where people's own profiles stand."""
    return platformdirs.user_data_path("nigao", appauthor=False) / "profiles"


def profiles(own: Path | None = None) -> list[ProfileInfo]:
    """All profiles, the standard first, then the shipped, then the user's own; broken ones with their fault."""
    found = []
    for folder, mine in ((PROFILES, False), (own or user_folder(), True)):
        keys = sorted(path.stem for path in folder.glob("*.yaml")) if folder.is_dir() else []
        for key in sorted(keys, key=lambda key: key != DEFAULT_PROFILE):
            try:
                found.append(ProfileInfo(key, load_profile(key, folder).name, mine))
            except ConfigurationError as error:
                found.append(ProfileInfo(key, key, mine, error.for_user()))
    return found


def load_profile(name: str = DEFAULT_PROFILE, folder: Path | None = None) -> LayoutProfile:
    """The profile of that name, read and checked once for each state of its files.

    Args:
        folder: looked in before the shipped ones; the user's own folder by default.

    Raises:
        ConfigurationError: no such profile, or a file with a fault; names the file, the line and the field.
    """
    folders = (folder or user_folder(), PROFILES)
    return _load(name, folders, tuple((path.name, path.stat().st_mtime_ns) for path in _files(folders[0])))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml")) if folder.is_dir() else []


@lru_cache(maxsize=32)
def _load(name: str, folders: tuple[Path, ...], _state: tuple[tuple[str, int], ...]) -> LayoutProfile:
    return _checked(name, _merged(name, folders, (), None))


def add_profile(data: bytes, file_name: str, folder: Path | None = None) -> ProfileInfo:
    """Takes in a profile that somebody hands over; it is checked first and replaces an older one of its name.

    Raises:
        ConfigurationError: what is wrong with it, with lines. InputError: its name. ExportError: it cannot be stored.
    """
    key = Path(file_name).stem.strip()
    if not _KEY.fullmatch(key):
        raise InputError(f"“{key}”不能作版式的文件名。", "请用汉字、字母、数字、点和连字符作文件名。")
    if (PROFILES / f"{key}.yaml").exists():
        raise InputError(f"“{key}”是自带的版式，不能覆盖。", "请换一个文件名，用 based_on 写明以它为底本。")
    own = folder or user_folder()
    if len(data) > MAX_BYTES:
        raise _broken(key, "文件过大，不像版式文件")
    try:
        given = read_lined(data.decode("utf-8-sig"), key)
    except UnicodeDecodeError as error:
        raise _broken(key, "不是 UTF-8 编码的文本") from error
    except Faulty as error:
        raise _broken(key, str(error)) from error
    checked = _checked(key, _merged(key, (own, PROFILES), (), given))
    try:
        own.mkdir(parents=True, exist_ok=True)
        partial = own / f"{key}.partial"
        partial.write_bytes(data)
        partial.replace(own / f"{key}.yaml")
    except OSError as error:
        raise ExportError(f"存不了版式“{key}”（{reason(error)}）。", "请检查磁盘空间和文件夹权限。") from error
    return ProfileInfo(key, checked.name, own=True)


def remove_profile(key: str, folder: Path | None = None) -> None:
    """Takes one of the user's own profiles away; the shipped ones stay. Raises ConfigurationError, ExportError."""
    own = folder or user_folder()
    file = next((path for path in _files(own) if path.stem == key), None)
    if file is None:
        raise ConfigurationError(f"自己的版式里没有“{key}”。", "请刷新页面。")
    try:
        file.unlink()
    except OSError as error:
        raise ExportError(f"删不了版式“{key}”（{reason(error)}）。", "请检查文件夹权限。") from error


def _merged(name: str, folders: tuple[Path, ...], seen: tuple[str, ...], given: Lined | None) -> Lined:
    if name in seen:
        raise _broken(name, f"based_on 绕了回来（{' → '.join((*seen, name))}）")
    lined = given or _read(name, folders)
    base = lined.data.pop("based_on", None)
    return lined if base is None else overlay(_merged(str(base), folders, (*seen, name), None), lined)


def _read(name: str, folders: tuple[Path, ...]) -> Lined:
    # By listing, not by joining: a name cannot lead out of the folder.
    known = {path.stem: path for folder in reversed(folders) for path in _files(folder)}
    if name not in known:
        raise ConfigurationError(f"没有名为“{name}”的版式。", f"现有版式：{'、'.join(sorted(known)) or '无'}。")
    try:
        return read_lined(known[name].read_text(encoding="utf-8-sig"), name)
    except (UnicodeDecodeError, OSError) as error:
        raise _broken(name, f"读不出来（{error}）") from error
    except Faulty as error:
        raise _broken(name, str(error)) from error


def _checked(name: str, lined: Lined) -> LayoutProfile:
    try:
        return LayoutProfile.model_validate(lined.data)
    except ValidationError as error:
        faults = "；".join(_fault(detail, lined, name) for detail in error.errors())
        raise _broken(name, faults) from error


def _fault(detail: Any, lined: Lined, name: str) -> str:
    file, line = lined.place(tuple(str(step) for step in detail["loc"]))
    place = ".".join(str(step) for step in detail["loc"]) or "整体"
    where = f"第{line}行 " if line else ""
    if line and file != name:
        where = f"（底本 {file}.yaml）{where}"
    return f"{where}{place}：{_sentence(detail)}"


def _sentence(detail: Any) -> str:
    known = {
        "missing": "缺少这一项",
        "extra_forbidden": "不认识这一项",
        "float_parsing": "应为数字",
        "float_type": "应为数字",
        "finite_number": "应为数字",
        "int_parsing": "应为整数",
        "int_type": "应为整数",
        "int_from_float": "应为整数",
        "bool_parsing": "应为 true 或 false",
        "bool_type": "应为 true 或 false",
        "string_type": "应为文字",
        "tuple_type": "应为一列，如 [甲, 乙]",
        "dict_type": "应为“名称: 值”的一组",
        "model_type": "应为带 value、unit、clause、strength 的一组值",
        "string_too_short": "不能为空",
        "string_pattern_mismatch": "应为六位十六进制颜色，如 000000",
        "greater_than_equal": "不能小于零",
        "less_than_equal": "数太大",
        "literal_error": f"应为 {detail.get('ctx', {}).get('expected', '')}",
    }
    return known.get(detail["type"], str(detail["msg"]).removeprefix("Value error, "))


def _broken(name: str, fault: str) -> ConfigurationError:
    return ConfigurationError(f"版式文件 {name}.yaml 有误：{fault}。", "请改正该文件后重试。")
