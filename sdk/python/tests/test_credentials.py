"""Where a client finds its server and its key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from aragora import Aragora, ConfigurationError, Credentials, read_credentials
from aragora._core.credentials import DEFAULT_BASE_URL, credentials_path, resolve

FILE = {"base_url": "http://file:1", "api_key": "ara_file", "receipt_keys": [{"key_id": "k"}]}


@pytest.fixture
def stored(tmp_path: Path) -> dict[str, str]:
    path = tmp_path / "credentials.json"
    path.write_text(json.dumps(FILE))
    return {"ARAGORA_CREDENTIALS": str(path)}


def test_the_file_is_enough(stored: dict[str, str]) -> None:
    target = resolve(None, None, stored)

    assert (target.base_url, target.api_key) == ("http://file:1", "ara_file")
    assert read_credentials(stored).receipt_keys == ({"key_id": "k"},)


def test_the_environment_wins_over_the_file(stored: dict[str, str]) -> None:
    stored |= {"ARAGORA_API_KEY": "ara_env", "ARAGORA_BASE_URL": "https://env/"}

    target = resolve(None, None, stored)

    assert (target.base_url, target.api_key) == ("https://env", "ara_env")


def test_arguments_win_over_everything(stored: dict[str, str]) -> None:
    stored |= {"ARAGORA_API_KEY": "ara_env", "ARAGORA_BASE_URL": "https://env"}

    target = resolve("ara_arg", "https://arg/prefix/", stored)

    assert (target.base_url, target.api_key) == ("https://arg/prefix", "ara_arg")


def test_a_key_of_the_file_goes_to_no_other_server(stored: dict[str, str]) -> None:
    assert resolve(None, "https://elsewhere", stored).api_key is None
    assert resolve(None, None, {**stored, "ARAGORA_BASE_URL": "https://elsewhere"}).api_key is None
    assert resolve(None, "http://file:1/", stored).api_key == "ara_file"


def test_a_key_alone_goes_to_the_server_of_the_file(stored: dict[str, str]) -> None:
    assert resolve("ara_arg", None, stored).base_url == "http://file:1"


def test_without_anything_it_is_this_machine(tmp_path: Path) -> None:
    nothing = {"ARAGORA_CREDENTIALS": str(tmp_path / "none.json")}

    assert resolve(None, None, nothing).base_url == DEFAULT_BASE_URL
    assert read_credentials(nothing) == Credentials()


def test_without_a_name_the_file_lies_in_the_configuration_folder() -> None:
    assert credentials_path({}) == Path.home() / ".config/aragora/credentials.json"


@pytest.mark.parametrize("text", ["{", "[]", "\x00", '"text"', '{"receipt_keys": 3}'])
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text)

    with pytest.raises(ConfigurationError, match=r"broken\.json"):
        read_credentials({"ARAGORA_CREDENTIALS": str(path)})


@pytest.mark.parametrize(
    "base_url", ["ftp://h", "h:8080", "http://", "http://h?x=1", "http://h#f", "http://u:p@h"]
)
def test_an_address_that_cannot_work_is_refused(base_url: str) -> None:
    with pytest.raises(ConfigurationError, match="base_url"):
        Aragora(api_key="k", base_url=base_url)


@pytest.mark.parametrize("key", ["ara_\n", "ara_é", "ara_\x00"])
def test_a_key_that_no_header_can_carry_is_refused(key: str) -> None:
    with pytest.raises(ConfigurationError, match="API key") as caught:
        Aragora(api_key=key, base_url="http://h")

    assert key not in str(caught.value)


def test_credentials_do_not_show_the_key(stored: dict[str, str]) -> None:
    shown: list[Any] = [read_credentials(stored), resolve(None, None, stored)]

    assert "ara_file" not in repr(shown)
