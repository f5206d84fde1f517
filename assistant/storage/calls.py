"""The log of requests to model services: when, where to, which facts, how many tokens. No text of any kind."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from assistant.storage.repository import Repository
from assistant.storage.tables import CallRow

#: So many are kept; the oldest go first.
KEEP = 5000


@dataclass(frozen=True)
class LoggedCall:
    """One request.

    Attributes:
        at: when it was sent, aware, UTC.
        purpose: in Chinese, a few words.
        facts: labels of the facts that it told of; ``with_values``: with values, or by name alone.
        prompt_tokens, completion_tokens, cached_tokens: as the service counted them; None where it did not say.
        seconds: until the end of its answer.
        outcome: "" where it went well, else the kind of failure in Chinese.
    """

    at: datetime.datetime
    host: str
    model: str
    purpose: str
    facts: tuple[str, ...]
    with_values: bool
    prompt_tokens: int | None
    completion_tokens: int | None
    cached_tokens: int | None
    seconds: float
    outcome: str = ""


class CallRepository(Repository):
    def log_call(self, call: LoggedCall) -> None:
        """Raises StorageError."""
        values = {
            "at": call.at,
            "host": call.host[:300],
            "model": call.model[:200],
            "purpose": call.purpose[:40],
            "facts": list(call.facts),
            "with_values": call.with_values,
            "prompt_tokens": call.prompt_tokens,
            "completion_tokens": call.completion_tokens,
            "cached_tokens": call.cached_tokens,
            "milliseconds": round(call.seconds * 1000),
            "outcome": call.outcome[:40],
        }
        with self.database.writing() as connection:
            made = connection.execute(insert(CallRow).values(**values)).inserted_primary_key
            if made is not None:
                connection.execute(delete(CallRow).where(CallRow.id <= made[0] - KEEP))

    def calls(self, limit: int = 200) -> list[LoggedCall]:
        """Newest first."""
        query = select(CallRow.__table__).order_by(CallRow.id.desc()).limit(limit)
        with self.database.reading() as connection:
            return [
                LoggedCall(
                    row.at, row.host, row.model, row.purpose, tuple(row.facts), row.with_values, row.prompt_tokens,
                    row.completion_tokens, row.cached_tokens, row.milliseconds / 1000, row.outcome,
                )
                for row in connection.execute(query)
            ]  # fmt: skip

    def clear_calls(self) -> None:
        with self.database.writing() as connection:
            connection.execute(delete(CallRow))
