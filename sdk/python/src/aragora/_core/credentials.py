"""Where a client finds its server and its key: arguments, environment, credentials file."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from aragora.errors import ConfigurationError

DEFAULT_BASE_URL: Final = "http://127.0.0.1:8080"


@dataclasses.dataclass(frozen=True, slots=True)
class Credentials:
    """What `aragora serve` wrote at its first start."""

    base_url: str | None = None
    api_key: str | None = dataclasses.field(default=None, repr=False)
    receipt_keys: tuple[Mapping[str, Any], ...] = ()


def credentials_path(environment: Mapping[str, str]) -> Path:
    """`ARAGORA_CREDENTIALS`, else the file in the user's configuration folder."""
    if named := environment.get("ARAGORA_CREDENTIALS"):
        return Path(named)
    return Path("~/.config/aragora/credentials.json").expanduser()


def read_credentials(environment: Mapping[str, str] | None = None) -> Credentials:
    """The credentials file; nothing when there is none."""
    path = credentials_path(os.environ if environment is None else environment)
    try:
        document = json.loads(path.read_text("utf-8"))
        keys = document.get("receipt_keys", [])
        return Credentials(document.get("base_url"), document.get("api_key"), tuple(keys))
    except (FileNotFoundError, NotADirectoryError):
        return Credentials()
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise ConfigurationError(f"cannot read the credentials file {path}: {error}") from error


@dataclasses.dataclass(frozen=True, slots=True)
class Target:
    """The server to talk to and the key to show it."""

    base_url: str
    api_key: str | None = dataclasses.field(repr=False)


def resolve(api_key: str | None, base_url: str | None, environment: Mapping[str, str]) -> Target:
    """Arguments win over the environment, the environment over the credentials file."""
    api_key = api_key or environment.get("ARAGORA_API_KEY") or None
    base_url = base_url or environment.get("ARAGORA_BASE_URL") or None
    if api_key is None or base_url is None:
        stored = read_credentials(environment)
        # A key from the file belongs to the file's server, and goes nowhere else.
        if api_key is None and (base_url is None or _same(base_url, stored.base_url)):
            api_key = stored.api_key
        base_url = base_url or stored.base_url or DEFAULT_BASE_URL
    if api_key is not None and not (api_key.isascii() and api_key.isprintable()):
        raise ConfigurationError("the API key holds characters that no header can carry")
    return Target(_checked(base_url), api_key)


def _same(one: str, other: str | None) -> bool:
    return other is not None and one.rstrip("/") == other.rstrip("/")


def _checked(base_url: str) -> str:
    parts = urlsplit(base_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ConfigurationError(f"base_url must start with http:// or https://, got {base_url!r}")
    if parts.query or parts.fragment or parts.username:
        raise ConfigurationError("base_url takes a scheme, a host and a path, nothing else")
    return base_url.rstrip("/")
