"""What looks like a secret, or is one that we were given, is taken out of every text."""

from __future__ import annotations

import pytest
from aragora_server.kernel.redaction import HIDDEN, Redactor

API_KEY = "ara_" + "Zk3n0fJ1V-x8Qq0bB2aJYt_pW4uLr9sE6hCdM7gTyIo"
# Put together here, so that no file holds anything that looks like a key.
EDGE = "-----{} PRIVATE KEY-----"
PEM = "\n".join((EDGE.format("BEGIN"), "MC4CAQAwBQYDK2VwBCIEIPlanted", EDGE.format("END")))


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        (f"key {API_KEY} is unknown", API_KEY),
        (f"Authorization: Bearer {API_KEY}", API_KEY),
        ("headers: {'authorization': 'Basic dXNlcjpwYXNz'}", "dXNlcjpwYXNz"),
        ('{"Authorization": "Bearer planted"}', "planted"),
        ("(b'authorization', b'planted-token')", "planted-token"),
        ("Bearer planted", "planted"),
        ("Incorrect API key provided: sk-proj-1234567890ab.", "sk-proj-1234567890ab"),
        ("x-api-key: planted", "planted"),
        ("api_key='planted', timeout=3", "planted"),
        ("password=planted host=db", "planted"),
        ('"private_key": "cGxhbnRlZA=="', "cGxhbnRlZA"),
        ("GET https://models.test/v1?key=planted&alt=sse", "planted"),
        ("gsk_abcdefgh12345678 and AIzaSyA-planted_123", "AIzaSyA-planted_123"),
        ("whsec_planted+secret/0123456789AAAA= was wrong", "planted+secret/0123456789AAAA="),
        ("postgresql+asyncpg://ada:pl@nt/ed@db:5432/x is away", "pl@nt/ed"),
        ("cannot reach redis://:planted@cache:6379/0", "planted"),
        (f"could not read {PEM}", "IEIPlanted"),
        (f"could not read {PEM!r}", "IEIPlanted"),
        (PEM[:50], "MC4CAQAwBQ"),
    ],
)
def test_a_secret_is_known_by_its_shape(text: str, secret: str) -> None:
    assert secret in text

    cleaned = Redactor()(text)

    assert secret not in cleaned
    assert HIDDEN in cleaned


@pytest.mark.parametrize(
    "text",
    [
        "debate 0199c6a1-7e2b-7c3d-8f00-0123456789ab was left",
        "GET https://models.test/v1/chat?alt=sse",
        "listening on http://127.0.0.1:8080 for ada@example.org",
        "a risk-adjusted task-force; the token bucket is empty",
        'password authentication failed for user "ada"',
        "api_key_id=7 is revoked",
        "send an API key: `Authorization: Bearer <key>`",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert Redactor()(text) == text


def test_what_stands_around_a_secret_stays() -> None:
    assert Redactor()("at redis://:planted@cache:6379/0 today") == (
        f"at redis://:{HIDDEN}@cache:6379/0 today"
    )


def test_a_secret_of_the_settings_is_known_whatever_its_shape() -> None:
    redact = Redactor.of(["correct horse", "postgresql://ada:p%40ssw0rd@db/x", "sqlite:///a.db"])

    assert redact("the answer was: correct horse!") == f"the answer was: {HIDDEN}!"
    assert redact("user ada, word p@ssw0rd or p%40ssw0rd") == (
        f"user ada, word {HIDDEN} or {HIDDEN}"
    )


def test_the_longer_of_two_known_secrets_is_taken_out_whole() -> None:
    assert Redactor.of(["planted", "planted-again"])("planted-again") == HIDDEN


def test_a_short_word_is_left_to_its_shape() -> None:
    redact = Redactor.of(["postgresql://ada:ada@db/x"])

    assert redact("ada asked postgresql://ada:ada@db/x") == (
        f"ada asked postgresql://ada:{HIDDEN}@db/x"
    )


def test_the_redactor_does_not_show_what_it_knows() -> None:
    assert "planted" not in repr(Redactor.of(["planted"]))
