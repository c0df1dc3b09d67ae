"""Everything an operator can set, from the environment with the prefix `MOCKLOOP_`, checked at start.

Read only by the composition roots (`app`, `worker`, `cli`); all others are given what they need.
`docs/settings.md` is generated from this file: `python -m mockloop.settings > docs/settings.md`.
"""

import difflib
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from mockloop.crypto import BadMasterKeys, MasterKeys, master_keys_in, parse_master_keys

PREFIX = "MOCKLOOP_"


class BadSettings(ValueError):
    """Some settings are wrong; the message has one line for each."""


def _default_data_dir() -> Path:
    """Root's own home is closed to the user that Postgres runs as, so root keeps its data where services do."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib/mockloop")
    return Path("~/.local/share/mockloop").expanduser()


class ModelProvider(BaseModel):
    """One provider of language models for everybody who uses this installation."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: Annotated[str, Field(min_length=1, max_length=60)]
    protocol: Literal["anthropic", "openai"]
    model: Annotated[str, Field(min_length=1)]
    judge_model: str | None = None
    writer_model: str | None = None
    api_key: SecretStr | None = None
    base_url: str | None = None
    structured: Literal["tool", "native", "prompted"] = "tool"
    first_text_s: Annotated[float, Field(gt=0, le=600)] = 20.0
    turn_s: Annotated[float, Field(gt=0, le=600)] = 90.0

    @model_validator(mode="after")
    def _can_be_asked(self) -> Self:
        if self.api_key is None and self.base_url is None:
            raise ValueError(f"{self.name} needs an api_key, or a base_url that wants none")
        if self.base_url is not None and urlsplit(self.base_url).scheme not in ("http", "https"):
            raise ValueError(f"the base_url of {self.name} must be http:// or https://")
        return self


class Settings(BaseSettings):
    """The settings of one process. Build it with `load_settings()`, which explains what is wrong."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="ignore", frozen=True, env_ignore_empty=True, hide_input_in_errors=True
    )

    data_dir: Path = Field(
        default_factory=_default_data_dir,
        description="Folder of the embedded database and of the master key. "
        "Default: `~/.local/share/mockloop`, for root `/var/lib/mockloop`.",
    )
    host: str = Field("127.0.0.1", description="Address to listen on; `0.0.0.0` for every network.")
    port: Annotated[int, Field(ge=0, le=65535)] = Field(8000, description="Port to listen on; 0 picks a free one.")
    public_url: str | None = Field(
        None,
        description="The address people type, such as `https://mockloop.example.org`, when a proxy stands before "
        "MockLoop. Requests that come from pages of other sites are refused by comparing with it.",
    )
    trusted_proxies: str = Field(
        "127.0.0.1",
        description="Comma-separated addresses of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are "
        "believed; `*` for all.",
    )

    database_url: SecretStr | None = Field(
        None,
        description="A Postgres of your own (15 or newer), as `postgresql://user:password@host/name`. "
        "Without it MockLoop starts an embedded one in the data folder.",
    )
    database_direct_url: SecretStr | None = Field(
        None,
        description="The same database without a transaction pooler between, when `database_url` leads to one; "
        "jobs, migrations and live updates need it.",
    )
    database_pool_size: Annotated[int, Field(ge=2, le=200)] = Field(
        10, description="Connections that one process keeps for requests."
    )

    master_keys: SecretStr | None = Field(
        None,
        description="Keys that wrap every user's key: `id:base64key[,id:base64key…]`, each 32 random bytes. The first "
        "encrypts, all decrypt. Without it one is created in `master.key` in the data folder, mode 0600.",
    )
    access_token_minutes: Annotated[int, Field(ge=1, le=24 * 60)] = Field(
        15, description="Minutes that an access token is valid."
    )
    refresh_days: Annotated[int, Field(ge=1, le=365)] = Field(
        30, description="Days after which a browser that was not used must sign in again."
    )
    operators: str = Field(
        "",
        description="Comma-separated names of users who see what everybody's calls to language models used. Sign up "
        "first, then name yourself: whoever has the name is the operator.",
    )
    cookie_secure: Literal["auto", "always", "never"] = Field(
        "auto",
        description="Whether cookies are sent over HTTPS only; `auto`: when the request came by HTTPS, or "
        "`public_url` starts with https.",
    )

    runner_backend: str = Field(
        "auto", description="What runs candidates' code; `auto` picks the first that works on this machine."
    )
    runner_url: str | None = Field(
        None, description="Where a `mockloop runner` listens, when code runs on another machine (backend `remote`)."
    )
    runner_secret: SecretStr | None = Field(
        None, description="What web machines and `mockloop runner` both know; at least 16 characters."
    )
    runner_docker_runtime: str | None = Field(
        None, description="Runtime of the `docker` backend, such as `runsc`; Docker's own when not set."
    )
    sessions_per_hour: Annotated[int, Field(ge=1)] = Field(5, description="New sessions that a user may start an hour.")
    runs_per_minute: Annotated[int, Field(ge=1)] = Field(10, description="Runs of code that a user may start a minute.")

    anthropic_api_key: SecretStr | None = Field(
        None, description="A key for Anthropic's models, for everybody who uses this installation."
    )
    anthropic_model: str | None = Field(None, description="Which of Anthropic's models speaks and judges.")
    openai_api_key: SecretStr | None = Field(
        None, description="A key for OpenAI's models, or for another service with OpenAI's protocol."
    )
    openai_model: str | None = Field(None, description="Which of these models speaks and judges.")
    openai_base_url: str | None = Field(
        None, description="Where OpenAI's protocol is spoken, such as `http://localhost:11434/v1`; OpenAI when not set."
    )
    llm_providers: tuple[ModelProvider, ...] = Field(
        (),
        description="More providers for everybody, asked before those above, as a JSON list: "
        '`[{"name": "mine", "protocol": "openai", "model": "…", "base_url": "…", "api_key": "…"}]`; also '
        "`judge_model`, `writer_model`, `structured` (`tool`, `native`, `prompted`), `first_text_s`, `turn_s`.",
    )
    llm_private_addresses: bool | None = Field(
        None,
        description="Whether users may enter model addresses in the machine's own network, such as Ollama on "
        "`http://localhost:11434/v1`. Unset: yes when MockLoop serves this machine alone (`host` is a loopback "
        "address, `public_url` and `database_url` are not set). Link-local and cloud metadata addresses are refused "
        "always.",
    )
    llm_day_input_tokens: Annotated[int, Field(ge=0)] = Field(
        85_000, description="Tokens that a user's calls to language models may read in a day (UTC), with those cached."
    )
    llm_day_output_tokens: Annotated[int, Field(ge=0)] = Field(
        20_000, description="Tokens that language models may write for a user in a day (UTC)."
    )
    llm_session_input_tokens: Annotated[int, Field(ge=0)] = Field(
        60_000, description="Tokens that the calls of one session may read."
    )
    llm_session_output_tokens: Annotated[int, Field(ge=0)] = Field(
        15_000, description="Tokens that language models may write in one session."
    )
    llm_installation_day_input_tokens: Annotated[int, Field(ge=0)] | None = Field(
        None,
        description="Tokens that all users' calls together to the providers set here may read in a day (UTC); no limit "
        "when not set. Users' own providers do not count, and are asked further when it is used up.",
    )
    llm_installation_day_output_tokens: Annotated[int, Field(ge=0)] | None = Field(
        None, description="Tokens that the providers set here may write for all users together in a day (UTC)."
    )
    llm_prices: dict[str, tuple[float, float, float]] = Field(
        default_factory=dict,
        description="Dollars for a million tokens by model, for estimates of costs, as JSON: "
        '`{"model": [input, cached input, output]}`.',
    )

    jobs_in_process: bool = Field(
        True, description="Whether `mockloop serve` also works on jobs; `false` when `mockloop work` runs beside it."
    )
    worker_concurrency: Annotated[int, Field(ge=1, le=100)] = Field(
        4, description="Jobs that one process works on at once."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="The least level that is logged."
    )
    log_format: Literal["auto", "console", "json"] = Field(
        "auto", description="`auto`: for people when started in a terminal, else one JSON object a line."
    )

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, path: Path) -> Path:
        return path.expanduser().absolute()

    @field_validator("public_url")
    @classmethod
    def _an_origin(cls, url: str | None) -> str | None:
        if url is None:
            return None
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path not in ("", "/") or parts.query:
            raise ValueError("must be http:// or https:// and a host, without a path")
        return f"{parts.scheme}://{parts.netloc}".lower()

    @field_validator("database_url", "database_direct_url")
    @classmethod
    def _a_postgres_url(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and urlsplit(url.get_secret_value()).scheme not in ("postgresql", "postgres"):
            raise ValueError("must start with postgresql://")
        return url

    @field_validator("master_keys")
    @classmethod
    def _usable_keys(cls, keys: SecretStr | None) -> SecretStr | None:
        if keys is not None:
            parse_master_keys(keys.get_secret_value())
        return keys

    @model_validator(mode="after")
    def _direct_needs_pooled(self) -> Self:
        if self.database_direct_url is not None and self.database_url is None:
            raise ValueError(f"{PREFIX}DATABASE_DIRECT_URL is set without {PREFIX}DATABASE_URL")
        return self

    @model_validator(mode="after")
    def _models_are_named(self) -> Self:
        if (self.anthropic_api_key is None) != (self.anthropic_model is None):
            raise ValueError(f"{PREFIX}ANTHROPIC_API_KEY and {PREFIX}ANTHROPIC_MODEL belong together")
        if (self.openai_api_key is None and self.openai_base_url is None) != (self.openai_model is None):
            raise ValueError(
                f"{PREFIX}OPENAI_MODEL belongs together with {PREFIX}OPENAI_API_KEY or {PREFIX}OPENAI_BASE_URL"
            )
        names = [provider.name for provider in self.model_providers]
        if len(set(names)) < len(names):
            raise ValueError(f"the names of {PREFIX}LLM_PROVIDERS must differ, also from anthropic and openai if set")
        return self

    @property
    def model_providers(self) -> tuple[ModelProvider, ...]:
        """Every provider that is set, in the order in which they are asked."""
        found = list(self.llm_providers)
        if self.anthropic_model is not None:
            found.append(
                ModelProvider(
                    name="anthropic",
                    protocol="anthropic",
                    model=self.anthropic_model,
                    api_key=self.anthropic_api_key,
                )
            )
        if self.openai_model is not None:
            found.append(
                ModelProvider(
                    name="openai",
                    protocol="openai",
                    model=self.openai_model,
                    api_key=self.openai_api_key,
                    base_url=self.openai_base_url,
                )
            )
        return tuple(found)

    @property
    def private_addresses_allowed(self) -> bool:
        """Whether users may name addresses of the own network: as set, else when this machine serves itself alone."""
        if self.llm_private_addresses is not None:
            return self.llm_private_addresses
        alone = self.host in ("127.0.0.1", "::1", "localhost")
        return alone and self.public_url is None and self.database_url is None

    @property
    def master_key_path(self) -> Path:
        """Where the master key lives when it is not in the environment."""
        return self.data_dir / "master.key"

    @property
    def postgres_dir(self) -> Path:
        """The folder of the embedded Postgres."""
        return self.data_dir / "postgres"

    def load_master_keys(self) -> MasterKeys:
        """From the environment, or from the data folder, where one is created on first start."""
        if self.master_keys is not None:
            return parse_master_keys(self.master_keys.get_secret_value())
        try:
            return master_keys_in(self.master_key_path)
        except (BadMasterKeys, OSError) as error:
            raise BadSettings(f"the master key in {self.master_key_path} cannot be used: {error}") from error


def load_settings(**overrides: object) -> Settings:
    """The settings from the environment; `overrides` (from the command line) win. Raises `BadSettings`."""
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        lines = []
        for problem in error.errors():
            reason = problem["msg"].removeprefix("Value error, ")
            lines.append(f"{PREFIX}{problem['loc'][0]!s}".upper() + f": {reason}" if problem["loc"] else reason)
        raise BadSettings("\n".join(lines)) from error


def unknown_settings(environ: Mapping[str, str]) -> list[str]:
    """One line for each variable with our prefix that is no setting, with the nearest name: likely a typing error."""
    known = [f"{PREFIX}{name}".upper() for name in Settings.model_fields]
    lines = []
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            lines.append(f"{name} is not a setting" + (f"; did you mean {near[0]}?" if near else ""))
    return lines


def settings_page() -> str:
    """`docs/settings.md`, from the fields above; a test compares the two."""
    lines = [
        "# Settings",
        "",
        "Every setting is an environment variable. All are checked at start; a wrong one is named in one line.",
        "This page is written by `python -m mockloop.settings > docs/settings.md`.",
        "",
        "| variable | default | meaning |",
        "|---|---|---|",
    ]
    for name, field in Settings.model_fields.items():
        default = (
            "" if field.default in (None, (), "") or field.default_factory is not None else f"`{field.default}`".lower()
        )
        lines.append(f"| `{PREFIX}{name}`".upper() + f" | {default} | {field.description} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(settings_page())
