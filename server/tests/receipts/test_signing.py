"""Keys on disk: made once, ours alone, one use each."""

from __future__ import annotations

import base64
import json
import stat
from datetime import UTC, datetime, timedelta

import attrs
import pytest
from aragora import receipts as offline
from aragora.receipts import dsse
from aragora.receipts.note import Note
from aragora_server.receipts import signing
from aragora_server.receipts.safe import Safe
from aragora_server.receipts.signing import KeyFileUnusable, KeyStore

YEAR = datetime(2026, 5, 1, tzinfo=UTC)


def test_the_first_start_makes_a_key_pair_that_only_we_can_read(keys: KeyStore) -> None:
    made = keys.signing_keys()

    (path,) = keys.directory.iterdir()
    assert len(made) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.directory.stat().st_mode) == 0o700


def test_the_next_start_finds_the_same_key(keys: KeyStore) -> None:
    assert keys.signing_keys()[0].public == keys.signing_keys()[0].public


def test_the_newest_key_comes_first(keys: KeyStore) -> None:
    first = keys.signing_keys()[0]

    newer = attrs.evolve(
        keys, now=lambda: YEAR + timedelta(days=365) + timedelta(days=1)
    ).new_signing_key()

    assert [key.public for key in keys.signing_keys()] == [newer.public, first.public]


def test_a_log_keeps_the_name_that_it_was_begun_under(keys: KeyStore) -> None:
    begun = keys.log_key("2026", "first.example/receipts/2026")

    moved = attrs.evolve(keys).log_key("2026", "second.example/receipts/2026")

    assert moved.origin == "first.example/receipts/2026"
    assert moved.public == begun.public


def test_a_reader_pins_the_keys_of_logs_by_their_names(keys: KeyStore) -> None:
    signers = [keys.log_key(shard, f"a.example/receipts/{shard}") for shard in ("2025", "2026")]

    listed = signing.log_records(keys.log_keys(), shard="2026")

    assert [(one["status"], one["vkey"]) for one in listed] == [
        ("active", signers[1].public.vkey),
        ("retired", signers[0].public.vkey),
    ]
    pinned = offline.PinnedKeys.of(listed).logs
    signed = Note.parse(signers[1].sign("a.example/receipts/2026\n0\nroot\n"))
    assert [key.name for key in signed.signers(pinned)] == ["a.example/receipts/2026"]


def test_every_workspace_and_year_has_a_secret_of_its_own(keys: KeyStore) -> None:
    made = {
        keys.hmac_key("acme", YEAR),
        keys.hmac_key("acme", YEAR.replace(year=2027)),
        keys.hmac_key("rival", YEAR),
    }

    assert len(made) == 3
    assert keys.hmac_key("acme", YEAR) in made
    assert keys.hmac_keys().keys == {dsse.hmac_key_id(secret): secret for secret in made}


def test_what_seals_stored_secrets_stays_the_same_and_signs_nothing(keys: KeyStore) -> None:
    made = keys.sealing_key()

    assert sealed(keys, None).sealing_key() == keys.sealing_key() == made
    assert made not in keys.hmac_keys().keys.values()


def test_a_secret_that_another_process_wrote_first_stays(keys: KeyStore) -> None:
    first = keys.hmac_key("acme", YEAR)

    keys._write("hmac-acme-2026.json", signing.HMAC, signing.HMAC_SHA256, "0" * 64, bytes(32))

    assert keys.hmac_key("acme", YEAR) == first
    assert len(list(keys.directory.iterdir())) == 1


def test_a_key_file_that_others_can_read_is_refused(keys: KeyStore) -> None:
    keys.signing_keys()
    (path,) = keys.directory.iterdir()
    path.chmod(0o644)

    with pytest.raises(KeyFileUnusable, match="chmod 600"):
        keys.signing_keys()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "log"}, "kind"),
        ({"algorithm": "hmac-sha256"}, "kind"),
        ({"key_id": "0"}, "key_id"),
    ],
)
def test_a_key_serves_only_the_use_it_was_made_for(
    keys: KeyStore, changes: dict[str, str], said: str
) -> None:
    keys.signing_keys()
    (path,) = keys.directory.iterdir()
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))

    with pytest.raises(KeyFileUnusable, match=said):
        keys.signing_keys()


def test_no_secret_shows_in_a_repr(keys: KeyStore) -> None:
    key = keys.signing_keys()[0]
    (path,) = keys.directory.iterdir()
    secret = json.loads(path.read_text())["private_key"]

    assert secret not in repr(key)
    assert str(base64.b64decode(secret)) not in repr(key)


# At rest -----------------------------------------------------------------------------------------

PASSPHRASE = "correct horse battery"


def secrets_in(keys: KeyStore) -> tuple[bytes, ...]:
    """Every private key and every secret."""
    key, secret = keys.signing_keys()[0], keys.hmac_key("acme", YEAR)
    log = keys.log_key("2026", "a.example/receipts/2026").key
    pairs = (key.private.private_bytes_raw(), log.private.private_bytes_raw())
    return (*pairs, secret, keys.sealing_key())


def sealed(keys: KeyStore, passphrase: str | None = PASSPHRASE) -> KeyStore:
    """The same directory, as the next process finds it."""
    safe = Safe(passphrase=passphrase) if passphrase else None
    return KeyStore(directory=keys.directory, now=keys.now, safe=safe)


def stored(keys: KeyStore) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(keys.directory.iterdir()))


def test_with_a_passphrase_no_secret_lies_in_clear(keys: KeyStore) -> None:
    guarded = sealed(keys)
    made = secrets_in(guarded)

    for secret in made:
        assert base64.b64encode(secret) not in stored(guarded)
    assert secrets_in(sealed(keys)) == made


def test_keys_that_lay_in_clear_are_sealed_and_stay_the_same(keys: KeyStore) -> None:
    made = secrets_in(keys)
    assert all(base64.b64encode(secret) in stored(keys) for secret in made)

    sealed(keys).protect()

    assert not any(base64.b64encode(secret) in stored(keys) for secret in made)
    assert secrets_in(sealed(keys)) == made
    assert len(list(keys.directory.iterdir())) == 4
    for path in keys.directory.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("passphrase", [None, "another passphrase"])
def test_a_sealed_key_needs_its_passphrase(keys: KeyStore, passphrase: str | None) -> None:
    secrets_in(sealed(keys))

    with pytest.raises(KeyFileUnusable, match="ARAGORA_KEY_PASSPHRASE"):
        sealed(keys, passphrase).signing_keys()


def test_a_sealed_key_cannot_be_put_under_another_name(keys: KeyStore) -> None:
    """Sealed content is bound to kind, algorithm and key id."""
    guarded = sealed(keys)
    guarded.signing_keys()
    guarded.log_key("2026", "a.example/receipts/2026")
    log, receipt = sorted(keys.directory.iterdir())
    parts = json.loads(log.read_text())
    moved = {name: parts[name] for name in ("salt", "nonce", "sealed_key")}
    receipt.write_text(json.dumps(json.loads(receipt.read_text()) | moved))

    with pytest.raises(KeyFileUnusable, match="altered"):
        sealed(keys).signing_keys()


def test_a_passphrase_shows_in_no_repr() -> None:
    assert PASSPHRASE not in repr(Safe(passphrase=PASSPHRASE))
