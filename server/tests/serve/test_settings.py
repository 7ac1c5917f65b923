"""Settings are read once, from the environment or from files."""

from pathlib import Path

import pytest
from aragora_server.settings import SettingInvalid, Settings

HOME = {"HOME": "/srv/ada"}


def test_nothing_configured_is_a_working_server():
    settings = Settings.from_env(HOME)

    assert settings.data_dir == Path("/srv/ada/.local/share/aragora")
    assert settings.credentials == Path("/srv/ada/.config/aragora/credentials.json")
    assert settings.database_url == "sqlite:////srv/ada/.local/share/aragora/aragora.db"
    assert settings.public_url == "http://127.0.0.1:8080"
    assert settings.provider == {}


def test_xdg_moves_the_data_but_not_what_clients_look_for():
    settings = Settings.from_env({**HOME, "XDG_DATA_HOME": "/d", "XDG_CONFIG_HOME": "/c"})

    assert settings.data_dir == Path("/d/aragora")
    assert settings.credentials == Path("/srv/ada/.config/aragora/credentials.json")


def test_a_secret_may_stand_in_a_file(tmp_path):
    (tmp_path / "key").write_text("sk-1\n")

    settings = Settings.from_env({**HOME, "OPENAI_API_KEY_FILE": str(tmp_path / "key")})

    assert settings.provider == {"OPENAI_API_KEY": "sk-1"}
    assert "sk-1" not in repr(settings)


def test_a_missing_secret_file_is_named():
    with pytest.raises(SettingInvalid, match="OPENAI_API_KEY_FILE"):
        Settings.from_env({**HOME, "OPENAI_API_KEY_FILE": "/nowhere"})


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("postgresql://u@h/d", "postgresql+asyncpg://u@h/d"),
        ("postgres://u@h/d", "postgresql+asyncpg://u@h/d"),
        ("sqlite:////a.db", "sqlite:////a.db"),
    ],
)
def test_a_database_is_named_without_its_driver(given, driver):
    assert Settings.from_env({**HOME, "ARAGORA_DATABASE_URL": given}).database_url == driver


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ARAGORA_PORT", "70000"),
        ("ARAGORA_PORT", "-1"),
        ("ARAGORA_PORT", "http"),
        ("ARAGORA_MAX_BODY_BYTES", "0"),
        ("ARAGORA_DATABASE_URL", "mysql://h/d"),
        ("ARAGORA_DATABASE_URL", "aragora.db"),
        ("ARAGORA_PG_POOL", "0"),
        ("ARAGORA_KEY_PASSPHRASE", "too short"),
        ("ARAGORA_LOG_FORMAT", "xml"),
        ("ARAGORA_LOG_LEVEL", "loud"),
        ("ARAGORA_OPENAI_COMPATIBLE_INPUT_USD", "cheap"),
    ],
)
def test_a_setting_that_cannot_be_is_named(name, value):
    with pytest.raises(SettingInvalid, match=name):
        Settings.from_env({**HOME, name: value})


def test_agents_and_pace_are_read():
    settings = Settings.from_env(
        {
            **HOME,
            "ARAGORA_DEFAULT_AGENTS": "openai:a, anthropic:b,",
            "ARAGORA_SCRIPTED_PACE_S": "0",
            "ARAGORA_SCRIPTED_LOG": "~/calls.log",
            "ARAGORA_HOST": "::1",
        }
    )

    assert settings.default_agents == ("openai:a", "anthropic:b")
    assert settings.scripted_pace_s == 0
    assert settings.scripted_slow_s is None
    assert settings.scripted_log == Path("~/calls.log").expanduser()
    assert settings.public_url == "http://[::1]:8080"


def test_the_password_of_the_database_stands_in_no_repr():
    settings = Settings.from_env({"ARAGORA_DATABASE_URL": "postgresql://me:hidden@db/x"})

    assert "hidden" not in repr(settings)


FULL = {**HOME, "ARAGORA_DATABASE_URL": "postgresql://u:hidden@h/d"}


def test_postgresql_and_redis_are_the_full_mode():
    settings = Settings.from_env({**FULL, "ARAGORA_REDIS_URL": "redis://:secret@r/1"})

    assert not settings.is_embedded
    assert settings.redis_url == "redis://:secret@r/1"
    assert settings.pg_pool == 10
    assert "secret" not in repr(settings)


def test_redis_without_postgresql_is_refused_and_says_what_to_set():
    with pytest.raises(SettingInvalid, match="ARAGORA_DATABASE_URL to postgresql"):
        Settings.from_env({**HOME, "ARAGORA_REDIS_URL": "redis://r"})


def test_a_redis_that_is_none_is_refused():
    with pytest.raises(SettingInvalid, match="must start with redis://"):
        Settings.from_env({**FULL, "ARAGORA_REDIS_URL": "http://secret@r"})


def test_one_lost_beat_never_looks_like_a_death():
    with pytest.raises(SettingInvalid, match="ARAGORA_HEARTBEAT_TIMEOUT_S must be at least 3"):
        Settings.from_env({**HOME, "ARAGORA_HEARTBEAT_S": "4"})

    fast = {"ARAGORA_HEARTBEAT_S": "1", "ARAGORA_HEARTBEAT_TIMEOUT_S": "3"}
    assert Settings.from_env({**HOME, **fast}).heartbeat_timeout_s == 3


def test_no_secret_stands_in_the_repr_of_the_settings():
    planted = {
        "ARAGORA_DATABASE_URL": "postgresql://me:planted-1@db/x",
        "ARAGORA_REDIS_URL": "redis://:planted-2@cache",
        "ARAGORA_METRICS_TOKEN": "planted-3",
        "MISTRAL_API_KEY": "planted-4",
        "ARAGORA_OPENAI_COMPATIBLE_API_KEY": "planted-5",
    }

    settings = Settings.from_env({**HOME, **planted})

    assert "planted" not in repr(settings)
    assert all(any(f"planted-{n}" in one for one in settings.secrets()) for n in range(1, 6))


def test_the_log_is_chosen_by_name():
    settings = Settings.from_env(
        {**HOME, "ARAGORA_LOG_FORMAT": "JSON", "ARAGORA_LOG_LEVEL": "debug"}
    )

    assert (settings.log_format, settings.log_level) == ("json", "debug")
    assert Settings.from_env(HOME).log_format is None
