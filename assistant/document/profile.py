"""A layout profile: GB/T 9704 values as data, each with its unit, clause and strength.

``profiles/gbt9704-2012.yaml`` is the standard. A county's variant is another file that names
the profile it starts from (``based_on``) and states only what differs.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from assistant.document.layout import LayoutProfile
from assistant.errors import ConfigurationError

__all__ = ["DEFAULT_PROFILE", "PROFILES", "LayoutProfile", "load_profile"]

PROFILES = Path(__file__).parent / "profiles"
DEFAULT_PROFILE = "gbt9704-2012"


@lru_cache(maxsize=16)
def load_profile(name: str = DEFAULT_PROFILE, folder: Path = PROFILES) -> LayoutProfile:
    """The profile ``folder/name.yaml``, read and checked once.

    Raises:
        ConfigurationError: no such profile, or a file with a fault; names the file and the field.
    """
    data = _merged(name, folder, ())
    try:
        return LayoutProfile.model_validate(data)
    except ValidationError as error:
        faults = "；".join(_fault(detail) for detail in error.errors())
        raise _broken(name, faults) from error


def _merged(name: str, folder: Path, seen: tuple[str, ...]) -> dict[str, Any]:
    if name in seen:
        raise _broken(name, f"based_on 绕了回来（{' → '.join((*seen, name))}）")
    data = _read(name, folder)
    base = data.pop("based_on", None)
    return data if base is None else _overlay(_merged(str(base), folder, (*seen, name)), data)


def _read(name: str, folder: Path) -> dict[str, Any]:
    known = sorted(path.stem for path in folder.glob("*.yaml"))
    if name not in known:
        raise ConfigurationError(f"没有名为“{name}”的版式。", f"现有版式：{'、'.join(known) or '无'}。")
    try:
        data = yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise _broken(name, f"读不出来（{error}）") from error
    if not isinstance(data, dict):
        raise _broken(name, "内容应为“名称: 值”的映射")
    return data


def _overlay(base: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    result = dict(base)
    for key, value in changes.items():
        old = result.get(key)
        result[key] = _overlay(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result


def _fault(detail: Any) -> str:
    place = ".".join(str(step) for step in detail["loc"]) or "整体"
    return f"{place}：{_sentence(detail)}"


def _sentence(detail: Any) -> str:
    known = {
        "missing": "缺少这一项",
        "extra_forbidden": "不认识这一项",
        "float_parsing": "应为数字",
        "float_type": "应为数字",
        "int_parsing": "应为整数",
        "int_type": "应为整数",
        "int_from_float": "应为整数",
        "model_type": "应为带 value、unit、clause、strength 的一组值",
        "string_too_short": "不能为空",
        "string_pattern_mismatch": "应为六位十六进制颜色，如 000000",
        "greater_than_equal": "不能小于零",
        "literal_error": f"应为 {detail.get('ctx', {}).get('expected', '')}",
    }
    return known.get(detail["type"], str(detail["msg"]).removeprefix("Value error, "))


def _broken(name: str, fault: str) -> ConfigurationError:
    return ConfigurationError(f"版式文件 {name}.yaml 有误：{fault}。", "请改正该文件后重试。")
