"""Tokens as a model service counts them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that the service counted; ``cached_tokens`` are those of the prompt it did not read again."""

    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int | None = None

    def __add__(self, other: Usage) -> Usage:
        known = [count for count in (self.cached_tokens, other.cached_tokens) if count is not None]
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            sum(known) if known else None,
        )
