"""Settings that the program remembers, by name. Never a key: the database may be copied, mailed, backed up."""

from __future__ import annotations

import re

from sqlalchemy import delete, insert, select, update

from assistant.errors import ConfigurationError
from assistant.storage.repository import Repository, now
from assistant.storage.tables import SettingRow
from assistant.storage.texts import storable

_SECRET_NAME = re.compile(r"api.?key|(^|[._-])(key|token)$|secret|password|passwd|密钥|密码|口令", re.IGNORECASE)
_SECRET_VALUE = re.compile(r"\b(sk|ak|pk)-[A-Za-z0-9_-]{16,}|\bBearer\s+\S{12,}")


class SettingRepository(Repository):
    def get_setting(self, name: str, default: str = "") -> str:
        with self.database.reading() as connection:
            found = connection.execute(select(SettingRow.value).where(SettingRow.name == name)).scalar()
            return default if found is None else found

    def settings(self) -> dict[str, str]:
        with self.database.reading() as connection:
            return {row.name: row.value for row in connection.execute(select(SettingRow.name, SettingRow.value))}

    def put_setting(self, name: str, value: str | None) -> None:
        """``None`` takes it away. Raises ConfigurationError for a name or value that looks like a key."""
        if _SECRET_NAME.search(name) or (value and _SECRET_VALUE.search(value)):
            raise ConfigurationError(
                "密钥不能存进数据库。", "请写进 .streamlit/secrets.toml 或环境变量 NIGAO_API_KEY。"
            )
        name = storable(name)
        with self.database.writing() as connection:
            if value is None:
                connection.execute(delete(SettingRow).where(SettingRow.name == name))
                return
            values = {"value": storable(value), "updated": now()}
            if not connection.execute(update(SettingRow).where(SettingRow.name == name).values(**values)).rowcount:
                connection.execute(insert(SettingRow).values(name=name, **values))
