from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
import rfc8785
from aragora_server.debates.rules import plain_yaml, protocol

HASHES = json.loads((Path(__file__).parent / "golden" / "protocol-hashes.json").read_text())
SOURCE = Path(protocol.__file__).parent / "protocols"


def text_of(protocol_id: str) -> str:
    return (SOURCE / f"{protocol_id}.yaml").read_text(encoding="utf-8")


def test_a_released_version_never_changes() -> None:
    """A new wording is a new version: add its line, leave the old one."""
    found = {f"{p.id}@{p.version}": p.hash for p in map(protocol.load, protocol.ids())}

    assert found.items() <= HASHES.items()


@pytest.mark.parametrize("protocol_id", protocol.ids())
def test_the_hash_is_that_of_the_canonical_json(protocol_id: str) -> None:
    content = plain_yaml.parse(text_of(protocol_id))

    canonical = rfc8785.dumps(content)  # type: ignore[arg-type]
    assert protocol.load(protocol_id).hash == hashlib.sha256(canonical).hexdigest()


def test_comments_and_layout_do_not_touch_the_hash() -> None:
    text = text_of("escalate")

    again = protocol.parse(f"# a remark\n{text}")

    assert again == protocol.load("escalate")


def test_any_other_wording_is_another_hash() -> None:
    text = text_of("escalate").replace("how sure you are", "how certain you are")

    assert protocol.parse(text).hash != protocol.load("escalate").hash


@pytest.mark.parametrize("name", ["nonesuch", "../escalate", "Escalate", ""])
def test_an_unknown_protocol_is_named_as_such(name: str) -> None:
    with pytest.raises(protocol.ProtocolUnknown) as refused:
        protocol.load(name)

    assert refused.value.code == "protocol_unknown"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{question}", "{qestion}", "qestion"),
        ("after: pair", "after: pare", "pare"),
        ("  - id: critique\n", "  - id: pair\n", "one id"),
        ("  min: 3\n", "  min: 12\n  max: 3\n", "stands twice"),
        ("  max: 12\n", "  max: 2\n", "fewer agents"),
        ("required: [answer, confidence, reasoning]", "required: [answer]", "a reply needs"),
        ("severity: {type: integer", "severity: {type: number_", "step critique"),
        ("rule: weighted", "rule: loudest", "loudest"),
        ("anonymise: labels", "anonymise: off", "plain JSON"),
        ("id: escalate\n", "id: escalate\nextra: 1\n", "extra"),
    ],
)
def test_a_file_that_no_debate_could_follow_is_refused(old: str, new: str, told: str) -> None:
    text = text_of("escalate")
    assert old in text

    with pytest.raises(protocol.ProtocolInvalid, match=told):
        protocol.parse(text.replace(old, new, 1))


def test_braces_in_a_value_are_text() -> None:
    assert protocol.fill("{question}!", {"question": "{schema}"}) == "{schema}!"


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1\nb: *x",
        "a: !!str 1",
        "a: 1.5",
        "a: 1e3",
        "a: 2020-01-01",
        "a: yes",
        "a: 0x10",
        "a: 010",
        "a: ~",
        "a: .inf",
        "1: a",
        "a: 1\na: 2",
        "<<: {a: 1}",
        "a: [",
        "",
        "a: 1\n---\nb: 2",
    ],
)
def test_yaml_that_could_mean_two_things_is_refused(text: str) -> None:
    with pytest.raises(plain_yaml.NotPlain):
        plain_yaml.parse(text)


def test_plain_yaml_says_what_json_says() -> None:
    found = plain_yaml.parse("a: [1, -2, true, null]\nb: {c: 'yes'}\nd: |-\n  two\n  lines\n")

    assert found == {"a": [1, -2, True, None], "b": {"c": "yes"}, "d": "two\nlines"}
