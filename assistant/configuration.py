"""Where settings come from: the environment, then ``.streamlit/secrets.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from assistant.errors import ConfigurationError

NAMES = (
    "NIGAO_BASE_URL", "NIGAO_API_KEY", "NIGAO_MODEL", "NIGAO_DATABASE_URL", "NIGAO_SEND_VALUES",
    "NIGAO_SEND_CONFIRMED", "NIGAO_PLAIN_EDITOR",
)  # fmt: skip


def configuration(env: Mapping[str, str], root: Path) -> dict[str, str]:
    """Our settings by name; the environment wins over the file.

    Raises:
        ConfigurationError: secrets.toml is no TOML, or a setting in it is no text.
    """
    found = _secrets(root / ".streamlit" / "secrets.toml")
    found.update({name: value for name in NAMES if (value := env.get(name, "").strip())})
    return found


def _secrets(file: Path) -> dict[str, str]:
    if not file.is_file():
        return {}
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        # The file's text may hold the key: say where, never what.
        raise ConfigurationError(
            ".streamlit/secrets.toml 不是正确的 TOML 文件。", "请对照 secrets.toml.example 检查引号和等号。"
        ) from error
    wrong = [name for name in NAMES if name in data and not isinstance(data[name], str)]
    if wrong:
        raise ConfigurationError(f".streamlit/secrets.toml 里的 {wrong[0]} 不是文字。", "请给值加上双引号。")
    return {name: data[name].strip() for name in NAMES if data.get(name, "").strip()}
