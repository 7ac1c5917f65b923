"""Everything the server reads from its environment, once, at start.

Each `ARAGORA_X` and each provider key may also be given as a file: `ARAGORA_X_FILE`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

import attrs

from .kernel.money import InvalidAmount, parse_usd
from .mail.server import MailInvalid, MailServer, mail_server

N = TypeVar("N", int, float)
W = TypeVar("W", bound=str)

LogFormat = Literal["json", "text"]
LogLevel = Literal["debug", "info", "warning", "error"]
WebhookTargets = Literal["public", "any"]

HOST, PORT = "127.0.0.1", 8080
MAX_BODY_BYTES = 1_048_576
RATE_LIMIT_PER_MINUTE = 6_000
MAX_DEBATES = 100
MAX_STREAMS, MAX_STREAMS_PER_KEY = 5_000, 200
DRAIN_S = 8.0
PG_POOL = 10
HEARTBEAT_S, HEARTBEAT_TIMEOUT_S = 2.0, 10.0
BEATS_IN_TIMEOUT = 3
SHORTEST_PASSPHRASE = 12
PROVIDER_SETTINGS = (
    "OPENAI_API_KEY",
    "ANTHROPIC_API_KEY",
    "GOOGLE_API_KEY",
    "MISTRAL_API_KEY",
    "GROQ_API_KEY",
    "ARAGORA_OPENAI_COMPATIBLE_BASE_URL",
    "ARAGORA_OPENAI_COMPATIBLE_API_KEY",
    "ARAGORA_CASSETTES",
)


class SettingInvalid(Exception):
    """The message names the setting and what it should be."""


@attrs.frozen(kw_only=True)
class Settings:
    """`provider` maps the names in PROVIDER_SETTINGS to what is set.

    `openai_compatible_rates` are micro-USD per million tokens, in and out. A scripted call
    takes `scripted_pace_s`, or `scripted_slow_s` in the style of that name; `scripted_log` gets a
    line when one starts and ends; `record_to` gets every answer, to be replayed.
    """

    data_dir: Path
    credentials: Path
    database_url: str = attrs.field(repr=False)
    redis_url: str | None = attrs.field(default=None, repr=False)
    pg_pool: int = PG_POOL
    host: str = HOST
    port: int = PORT
    public_url: str = f"http://{HOST}:{PORT}"
    max_body_bytes: int = MAX_BODY_BYTES
    rate_limit_per_minute: int = RATE_LIMIT_PER_MINUTE
    max_debates: int = MAX_DEBATES
    max_streams: int = MAX_STREAMS
    max_streams_per_key: int = MAX_STREAMS_PER_KEY
    drain_s: float = DRAIN_S
    heartbeat_s: float = HEARTBEAT_S
    heartbeat_timeout_s: float = HEARTBEAT_TIMEOUT_S
    default_agents: tuple[str, ...] = ()
    openai_compatible_rates: tuple[int, int] = (0, 0)
    scripted_pace_s: float | None = None
    scripted_slow_s: float | None = None
    scripted_log: Path | None = None
    record_to: Path | None = None
    log_format: LogFormat | None = None
    log_level: LogLevel = "info"
    key_passphrase: str | None = attrs.field(default=None, repr=False)
    metrics_token: str | None = attrs.field(default=None, repr=False)
    metrics_port: int | None = None
    webhook_targets: WebhookTargets = "public"
    mail: MailServer | None = None
    provider: Mapping[str, str] = attrs.field(factory=dict, repr=False)

    @classmethod
    def chosen(cls, env: Mapping[str, str], data_dir: Path | None) -> Settings:
        """Those of an environment; a data directory that a command line names wins."""
        given = {} if data_dir is None else {"ARAGORA_DATA_DIR": str(data_dir)}
        return cls.from_env({**env, **given})

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        read = _Env(env)
        data_dir = read.path("ARAGORA_DATA_DIR", _home(env, "XDG_DATA_HOME", ".local/share"))
        host = read.text("ARAGORA_HOST") or HOST
        port = read.number("ARAGORA_PORT", PORT, int, least=0, most=65_535)
        agents = (read.text("ARAGORA_DEFAULT_AGENTS") or "").split(",")
        database_url = _database_url(read.text("ARAGORA_DATABASE_URL"), data_dir)
        return cls(
            data_dir=data_dir,
            credentials=read.path(
                "ARAGORA_CREDENTIALS",
                # The clients look exactly here, whatever XDG says.
                _home(env, None, ".config") / "credentials.json",
            ),
            database_url=database_url,
            key_passphrase=read.passphrase("ARAGORA_KEY_PASSPHRASE"),
            redis_url=_redis_url(read.text("ARAGORA_REDIS_URL"), database_url),
            pg_pool=read.number("ARAGORA_PG_POOL", PG_POOL, int),
            host=host,
            port=port,
            public_url=read.text("ARAGORA_PUBLIC_URL") or origin(host, port),
            max_body_bytes=read.number("ARAGORA_MAX_BODY_BYTES", MAX_BODY_BYTES, int),
            rate_limit_per_minute=read.number(
                "ARAGORA_RATE_LIMIT_PER_MINUTE", RATE_LIMIT_PER_MINUTE, int
            ),
            max_debates=read.number("ARAGORA_MAX_DEBATES", MAX_DEBATES, int),
            **_streams(read),
            drain_s=read.number("ARAGORA_DRAIN_S", DRAIN_S, float, least=0),
            **_heartbeat(read),
            default_agents=tuple(agent.strip() for agent in agents if agent.strip()),
            openai_compatible_rates=(
                read.usd("ARAGORA_OPENAI_COMPATIBLE_INPUT_USD"),
                read.usd("ARAGORA_OPENAI_COMPATIBLE_OUTPUT_USD"),
            ),
            **_scripted(read),
            record_to=read.optional_path("ARAGORA_RECORD_TO"),
            **_watched(read),
            **_told(read),
            provider={name: found for name in PROVIDER_SETTINGS if (found := read.text(name))},
        )

    @property
    def is_embedded(self) -> bool:
        """One process and one SQLite file; else PostgreSQL, and as many processes as wanted."""
        return self.database_url.startswith("sqlite")

    def secrets(self) -> tuple[str, ...]:
        """What no line of a log may show: secret values, and URLs with a password in them."""
        keys = [value for name, value in self.provider.items() if name.endswith("_KEY")]
        mail = self.mail.password if self.mail else None
        own = (self.database_url, self.redis_url, self.metrics_token, self.key_passphrase, mail)
        return (*keys, *filter(None, own))


@attrs.frozen
class _Env:
    env: Mapping[str, str]

    def text(self, name: str) -> str | None:
        if direct := self.env.get(name):
            return direct
        file = self.env.get(f"{name}_FILE")
        if not file:
            return None
        try:
            return Path(file).read_text("utf-8").strip() or None
        except OSError as fault:
            raise SettingInvalid(f"{name}_FILE: cannot read {file}: {fault.strerror}") from None

    def path(self, name: str, default: Path) -> Path:
        text = self.text(name)
        return Path(text).expanduser().absolute() if text else default

    def optional_path(self, name: str) -> Path | None:
        return self.path(name, Path()) if self.text(name) else None

    def optional_number(self, name: str) -> float | None:
        return self.number(name, 0.0, float, least=0.0) if self.text(name) else None

    def word(self, name: str, words: tuple[W, ...]) -> W | None:
        text = self.text(name)
        if text is None:
            return None
        for word in words:
            if word == text.lower():
                return word
        raise SettingInvalid(f"{name} must be one of {', '.join(words)}, not {text!r}")

    def passphrase(self, name: str) -> str | None:
        text = self.text(name)
        if text is not None and len(text) < SHORTEST_PASSPHRASE:
            raise SettingInvalid(f"{name} must have at least {SHORTEST_PASSPHRASE} characters")
        return text

    def usd(self, name: str) -> int:
        try:
            return parse_usd(self.text(name) or "0")
        except InvalidAmount as fault:
            raise SettingInvalid(f"{name}: {fault}") from None

    def number(
        self,
        name: str,
        default: N,
        read: Callable[[str], N],
        *,
        least: float = 1,
        most: float = float("inf"),
    ) -> N:
        text = self.text(name)
        if text is None:
            return default
        try:
            number = read(text)
        except ValueError:
            raise SettingInvalid(f"{name} must be a number, not {text!r}") from None
        if not least <= number <= most:
            raise SettingInvalid(f"{name} is out of range: {text}")
        return number


def _streams(read: _Env) -> dict[str, Any]:
    return {
        "max_streams": read.number("ARAGORA_MAX_STREAMS", MAX_STREAMS, int),
        "max_streams_per_key": read.number("ARAGORA_MAX_STREAMS_PER_KEY", MAX_STREAMS_PER_KEY, int),
    }


def _scripted(read: _Env) -> dict[str, Any]:
    return {
        "scripted_pace_s": read.optional_number("ARAGORA_SCRIPTED_PACE_S"),
        "scripted_slow_s": read.optional_number("ARAGORA_SCRIPTED_SLOW_S"),
        "scripted_log": read.optional_path("ARAGORA_SCRIPTED_LOG"),
    }


def _watched(read: _Env) -> dict[str, Any]:
    return {
        "log_format": read.word("ARAGORA_LOG_FORMAT", get_args(LogFormat)),
        "log_level": read.word("ARAGORA_LOG_LEVEL", get_args(LogLevel)) or "info",
        "metrics_token": read.text("ARAGORA_METRICS_TOKEN"),
        "metrics_port": read.number("ARAGORA_METRICS_PORT", 0, int, least=0, most=65_535) or None,
    }


def _told(read: _Env) -> dict[str, Any]:
    targets = read.word("ARAGORA_WEBHOOK_TARGETS", get_args(WebhookTargets)) or "public"
    return {"webhook_targets": targets, "mail": _mail(read)}


def _mail(read: _Env) -> MailServer | None:
    url, sender = read.text("ARAGORA_SMTP_URL"), read.text("ARAGORA_MAIL_FROM")
    try:
        return mail_server(url, sender or "") if url else None
    except MailInvalid as fault:
        raise SettingInvalid(f"ARAGORA_SMTP_URL, ARAGORA_MAIL_FROM: {fault}") from None


def _heartbeat(read: _Env) -> dict[str, Any]:
    """One lost beat must never look like a death."""
    beat_s = read.number("ARAGORA_HEARTBEAT_S", HEARTBEAT_S, float, least=0.01)
    timeout_s = read.number("ARAGORA_HEARTBEAT_TIMEOUT_S", HEARTBEAT_TIMEOUT_S, float)
    if timeout_s < BEATS_IN_TIMEOUT * beat_s:
        raise SettingInvalid(
            f"ARAGORA_HEARTBEAT_TIMEOUT_S must be at least {BEATS_IN_TIMEOUT} times"
            f" ARAGORA_HEARTBEAT_S: {timeout_s:g} is less than {BEATS_IN_TIMEOUT} x {beat_s:g}"
        )
    return {"heartbeat_s": beat_s, "heartbeat_timeout_s": timeout_s}


def origin(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _home(env: Mapping[str, str], variable: str | None, below: str) -> Path:
    base = env.get(variable) if variable else None
    home = Path(env["HOME"]) if env.get("HOME") else Path.home()
    return (Path(base) if base else home / below) / "aragora"


def _database_url(text: str | None, data_dir: Path) -> str:
    if text is None:
        return f"sqlite:///{data_dir / 'aragora.db'}"
    from .kernel.libpq import DRIVER, for_asyncpg

    scheme, separator, rest = text.partition("://")
    if separator and scheme in ("postgres", "postgresql", DRIVER):
        return for_asyncpg(f"postgresql://{rest}")
    if separator and scheme == "sqlite":
        return text
    raise SettingInvalid("ARAGORA_DATABASE_URL must start with postgresql:// or sqlite:///")


def _redis_url(text: str | None, database_url: str) -> str | None:
    if text is None:
        return None
    if not text.startswith(("redis://", "rediss://", "unix://")):
        raise SettingInvalid("ARAGORA_REDIS_URL must start with redis://, rediss:// or unix://")
    if database_url.startswith("sqlite"):
        raise SettingInvalid(
            "ARAGORA_REDIS_URL connects processes that share a PostgreSQL database:"
            " set ARAGORA_DATABASE_URL to postgresql://... too, or leave Redis out"
        )
    return text
