"""The parts one by one: profile, disclosures, envelope, key files."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from aragora.receipts import Disclosure, canonical, dsse
from aragora.receipts.digest import digest_of
from example import HMAC_KEY, KEY, PINNED, Json, key_record, raw_public


def files() -> Iterator[tuple[str, list[Json]]]:
    yield "profile/accepted.json", list(_accepted())
    yield "profile/refused.json", list(_refused())
    yield "disclosure/accepted.json", list(_disclosures())
    yield "disclosure/refused.json", list(_no_disclosures())
    yield "envelope/pae.json", list(_pae())
    yield "keys/accepted.json", list(_keys())
    yield "keys/refused.json", list(_no_keys())


def case(name: str, given: object, expect: object) -> Json:
    return {"name": name, "input": given, "expect": expect}


def _accepted() -> Iterator[Json]:
    texts = {
        "empty object": "{ }",
        "sorted keys": '{"b":1,"a":2,"a_b":3,"a1":4,"_sd":5}',
        "largest integers": "[9007199254740991, -9007199254740991, 0]",
        "nested lists": '[ [ ], [ {"a": [true, false]} ] ]',
        "escapes that stay": r'"\b\t\n\f\r\u0000\u001f\"\\"',
        "escapes that go": r'"\u0041\/\u00e9\u20ac\ud83d\ude00"',
        "delete and separators": '"\\u007f\\u2028\\u2029"',
        "no normalisation": '["\\u00e9","e\\u0301"]',
        "deepest": "[" * 16 + "]" * 16,
    }
    for name, text in texts.items():
        value, _ = canonical.decode(text.encode())
        yield case(name, {"text": text}, {"canonical": canonical.encode(value).decode()})


def _refused() -> Iterator[Json]:
    texts = {
        "float": "1.0",
        "exponent": "1e3",
        "small exponent": "1e-5",
        "null": '{"a":null}',
        "not a number": "NaN",
        "infinity": "-Infinity",
        "beyond 2^53": "9007199254740992",
        "far beyond": "-" + "9" * 400,
        "leading zero": "01",
        "plus": "+1",
        "lone high surrogate": r'"\ud800"',
        "lone low surrogate": r'"\udc00a"',
        "capital key": '{"Key":1}',
        "emoji key": r'{"\ud83d\ude00":1}',
        "hebrew key": r'{"\ufb33":1}',
        "empty key": '{"":1}',
        "empty key among others": '{"":1,"a":1}',
        "too deep": "[" * 17 + "]" * 17,
        "far too deep": "[" * 300,
        "bare word": "yes",
        "single quotes": "{'a':1}",
        "trailing comma": "[1,]",
        "missing comma": "[1 2]",
        "missing colon": '{"a" 1}',
        "unclosed": '{"a":1',
        "two values": "1 2",
        "tab in string": '"\t"',
        "bad escape": r'"\x"',
        "short escape": r'"\u12"',
        "underscored escape": r'"\u1_23"',
        "non-breaking space": "[\u00a01]",
        "empty": "",
    }
    return (case(name, {"text": text}, {"refused": True}) for name, text in texts.items())


# In base64 it has both characters in which the alphabets differ, and padding.
WHOLE = b'["salt","text","ab>>>???"]'
WHOLE_ENCODED = base64.urlsafe_b64encode(WHOLE).decode().rstrip("=")


def _disclosures() -> Iterator[Json]:
    texts = {
        "plain": ("text", "I approve."),
        "unicode": ("text", "Ünïcode — 🤔 \u2028"),
        "control characters": ("reason", "\x00\x1f\x7f"),
        "empty": ("label", ""),
    }
    for name, (place, value) in texts.items():
        made = Disclosure.make(place, value, salt=bytes(range(16)))
        given = {"encoded": made.encoded}
        yield case(name, given, {"digest": made.digest, "name": place, "value": value})
    expect = {"digest": digest_of(WHOLE_ENCODED), "name": "text", "value": "ab>>>???"}
    yield case("both characters of the alphabet", {"encoded": WHOLE_ENCODED}, expect)


def _no_disclosures() -> Iterator[Json]:
    texts = {
        "an object": b'{"salt":"a"}',
        "two members": b'["salt","name"]',
        "four members": b'["salt","name","value","more"]',
        "a number": b'["salt","name",1]',
        "null": b'["salt","name",null]',
        "no json": b"salt",
        "lone surrogate": b'["salt","name","\\ud800"]',
        "deep": b"[" * 3000,
    }
    for name, content in texts.items():
        encoded = base64.urlsafe_b64encode(content).rstrip(b"=").decode()
        yield case(name, {"encoded": encoded}, {"refused": True})
    plain = base64.b64encode(WHOLE).decode()
    encoded = WHOLE_ENCODED
    for name, text in {
        "padded": f"{encoded}=",
        "standard alphabet": plain.rstrip("="),
        "standard alphabet, padded": plain,
        "empty": "",
        "stray bits": f"{encoded[:-1]}{chr(ord(encoded[-1]) + 1)}",
        "a line end": f"{encoded}\n",
        "a line end inside": f"{encoded[:8]}\n{encoded[8:]}",
        "a letter of no alphabet": f"{encoded[:8]}é{encoded[8:]}",
    }.items():
        yield case(name, {"encoded": text}, {"refused": True})


def _pae() -> Iterator[Json]:
    cases = {
        "the vector of the specification": ("http://example.com/HelloWorld", b"hello world"),
        "empty": ("", b""),
        "length in bytes": ("text/plain;ü", "é".encode()),
    }
    for name, (kind, payload) in cases.items():
        message = dsse.pae(kind, payload)
        expect = {"pae_hex": message.hex(), "hmac_tag": dsse.hmac_tag(HMAC_KEY, message)}
        given = {"payload_type": kind, "payload_hex": payload.hex(), "hmac_key_hex": HMAC_KEY.hex()}
        yield case(name, given, expect)


def _keys() -> Iterator[Json]:
    record = key_record(KEY)
    ids = {"key_ids": [record["key_id"]]}
    yield case("directory", PINNED, ids)
    yield case("list", [record], ids)
    yield case("one record", record, ids)
    yield case(
        "only what is needed",
        {name: record[name] for name in ("key_id", "kind", "algorithm", "public_key")},
        ids,
    )
    yield case("other kinds are passed over", [key_record(KEY, kind="log"), record], ids)
    yield case(
        "other algorithms are passed over", [key_record(KEY, algorithm="hmac-sha256"), record], ids
    )
    yield case("empty", {"keys": []}, {"key_ids": []})


def _no_keys() -> Iterator[Json]:
    record = key_record(KEY)
    yield case("not a key", {"name": "x"}, {"refused": True})
    yield case("a string", "key", {"refused": True})
    yield case(
        "without algorithm",
        {k: v for k, v in record.items() if k != "algorithm"},
        {"refused": True},
    )
    yield case(
        "without public key",
        {k: v for k, v in record.items() if k != "public_key"},
        {"refused": True},
    )
    yield case("other key id", record | {"key_id": "0" * 64}, {"refused": True})
    yield case("short key", _record(raw_public(KEY)[:31]), {"refused": True})
    yield case("not base64", record | {"public_key": "%%%="}, {"refused": True})
    for name, events in {
        "events that are no list": {"body": "e30="},
        "an event without a body": [{"leaf": "", "tlog_proof": ""}],
        "an event that is a text": ["e30="],
        "a leaf that is no text": [{"body": "e30=", "leaf": 1}],
    }.items():
        yield case(name, record | {"events": events}, {"refused": True})
    for name, raw in _weak().items():
        yield case(name, _record(raw), {"refused": True})


def _weak() -> dict[str, bytes]:
    """The points of small order, and encodings that are not the shortest (ed25519 speccheck)."""
    p = 2**255 - 19
    order_8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
    weak = {
        "order 1": 1,
        "order 2": p - 1,
        "order 4": 0,
        "order 8": order_8,
        "order 8, mirrored": p - order_8,
    }
    points = {name: y.to_bytes(32, "little") for name, y in weak.items()}
    signed = {
        f"{name}, sign bit": (y | 1 << 255).to_bytes(32, "little") for name, y in weak.items()
    }
    long = {"y is p": p, "y is p + 1": p + 1, "y is 2^255 - 1": 2**255 - 1, "y is p + 3": p + 3}
    return points | signed | {name: y.to_bytes(32, "little") for name, y in long.items()}


def _record(raw: bytes) -> Json:
    from hashlib import sha256

    return key_record(KEY) | {
        "key_id": sha256(raw).hexdigest(),
        "public_key": base64.b64encode(raw).decode(),
    }
