"""Where a table lies: a local folder, or a prefix of an object store that is compatible with S3."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from altteul.errors import InputError

REMOTE = ("s3://", "s3a://")
CONNECT_TIMEOUT, RETRIES = "5s", 3
"""A store that is down is told within seconds, not minutes."""


@dataclass(frozen=True, slots=True)
class TableAddress:
    """An address that Delta Lake understands, with what the store needs to let us in.

    `options` are those of the object store (`endpoint_url`, `access_key_id`, …); what is not given
    is taken from the usual `AWS_*` variables. They are secrets and never part of a message.
    """

    uri: str
    options: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, where: str | Path, options: Mapping[str, str] | None = None) -> TableAddress:
        """A folder or an s3:// address; InputError for any other kind of address."""
        text = str(where)
        if "://" in text and not text.startswith(REMOTE):
            raise InputError(
                f"표를 둘 곳 '{text}'을(를) 쓸 수 없습니다. "
                "폴더나 s3://로 시작하는 주소를 적어 주세요."
            )
        return cls(text.rstrip("/"), options or {})

    def __truediv__(self, name: str) -> TableAddress:
        return TableAddress(f"{self.uri}/{name}", self.options)

    @property
    def local(self) -> Path | None:
        """The folder, or None where the table lies in an object store."""
        return None if self.uri.startswith(REMOTE) else Path(self.uri)

    @property
    def for_delta(self) -> dict[str, str] | None:
        """Storage options for Delta Lake; None for a folder."""
        patience = {"connect_timeout": CONNECT_TIMEOUT, "max_retries": str(RETRIES)}
        return None if self.local else {**patience, **self.options}

    @property
    def for_polars(self) -> dict[str, Any] | None:
        """Storage options for Polars, which wants a number as a number; None for a folder."""
        return None if self.local else {**self.options, "max_retries": RETRIES}
