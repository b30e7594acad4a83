"""Settings: one TOML file in the data folder, overridden by `ALTTEUL_*` variables.

The data folder ("home") is the platform's user-data folder unless `--home` or
`ALTTEUL_HOME` names another. Keys of public feeds are secrets: they never reach a log,
a message or a file of ours.
"""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from altteul.errors import InputError

SETTINGS_FILE = "altteul.toml"


class Settings(BaseSettings):
    """Everything that can be set; every field has a working default except the keys."""

    model_config = SettingsConfigDict(env_prefix="ALTTEUL_", extra="forbid", frozen=True)

    home: Path = Field(default_factory=lambda: user_data_path("altteul"))

    kamis_cert_key: SecretStr = SecretStr("test")
    kamis_cert_id: SecretStr = SecretStr("test")
    data_go_kr_key: SecretStr | None = None
    seoul_key: SecretStr = SecretStr("sample")
    mafra_key: SecretStr = SecretStr("sample")

    kamis_url: str = "https://www.kamis.or.kr/service/price/xml.do"
    data_go_kr_url: str = "https://apis.data.go.kr"
    data_go_kr_standard_url: str = "https://api.data.go.kr/openapi"
    seoul_url: str = "http://openapi.seoul.go.kr:8088"
    mafra_url: str = "http://211.237.50.150:7080/openapi"

    connect_seconds: float = 8.0
    read_seconds: float = 30.0

    model_url: str | None = None
    """An OpenAI-compatible endpoint ("http://localhost:8000/v1"); None: no language model."""
    model_name: str | None = None
    model_key: SecretStr | None = None
    model_seconds: float = Field(default=8.0, gt=0, le=120)
    model_most_tokens: int = Field(default=600, ge=1, le=8_000)

    map_tiles: str | None = Field(default=None, pattern=r"^https?://[^\s'\";,]+$")
    """Address of map tiles ("https://tiles.example/{z}/{x}/{y}.png"); None: a plain map of ours."""
    map_tiles_credit: str = ""
    """Whom the tiles' licence asks to be named."""
    page_asks_position: bool = True
    """Whether the page may offer to ask the device where it is (coarsened there to about 500 m)."""

    state_url: str | None = None
    """SQLAlchemy URL of the state database; None: SQLite inside the data folder."""

    tables_url: str | None = None
    """Where the price table and the registry lie ("s3://bucket/altteul"); None: the data folder."""
    tables_options: dict[str, SecretStr] = Field(default_factory=dict)
    """What that object store needs (`endpoint_url`, …); the usual AWS_* variables do as well."""

    @cached_property
    def state_database(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.state_url or f"sqlite:///{self.home / 'state.sqlite'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Given values first, then the environment, then the TOML file of the data folder."""
        home = init_settings().get("home") or env_settings().get("home")
        file = Path(home or user_data_path("altteul")) / SETTINGS_FILE
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, file)


def load_settings(home: Path | None = None) -> Settings:
    """Read the settings; `home` wins over everything else.

    Raises InputError naming the field when a value cannot be used.
    """
    chosen = home or (Path(os.environ["ALTTEUL_HOME"]) if "ALTTEUL_HOME" in os.environ else None)
    try:
        return Settings(home=chosen) if chosen else Settings()
    except ValidationError as error:
        fields = ", ".join(".".join(map(str, e["loc"])) for e in error.errors())
        raise InputError(
            f"설정 값을 쓸 수 없습니다: {fields}. {SETTINGS_FILE}이나 ALTTEUL_* 변수를 고쳐 주세요."
        ) from None
    except ValueError as error:
        raise InputError(f"설정 파일 {SETTINGS_FILE}을(를) 읽을 수 없습니다: {error}") from None
