from __future__ import annotations

import json
from pathlib import Path

import attrs
import pytest
from aragora_server.agents import model
from aragora_server.agents.model import Material, OnDelta, Prompt, Reply, Usage
from aragora_server.agents.recorded import REDACTED, RecordedAgent, Recorder, redacted
from aragora_server.agents.scripted import Pace, ScriptedAgent
from aragora_server.agents.stance import STYLES
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.anyio

SECRET = "sk-proj-abcdefghijklmnop0123456789"
PROMPT = Prompt(
    debate_id="debate",
    call_no=2,
    system="Judge the material.",
    user="Shall we?",
    schema={"type": "object"},
    material=Material(
        agent="ada", seed=1, round=0, kind="argument", question="Shall we?", answer_kind="number"
    ),
)


class Leaky:
    """Says a secret, as a model that read one would."""

    async def ask(
        self,
        prompt: Prompt,
        *,
        max_output_tokens: int,
        deadline_s: float,
        on_delta: OnDelta | None = None,
    ) -> Reply:
        if on_delta is not None:
            await on_delta(SECRET)
        usage = Usage(input=1, output=1, source="reported", cache_read=0)
        return Reply(text=f"The key is {SECRET}.", usage=usage, model_version="leaky-1")


async def record(path: Path, prompt: Prompt = PROMPT) -> Reply:
    steady = ScriptedAgent(style=STYLES["steady"], pace=Pace(slow_s=0.0))
    return await Recorder(agent=steady, path=path).ask(prompt, max_output_tokens=1024, deadline_s=5)


async def test_a_recording_gives_the_same_reply_and_pieces(tmp_path: Path) -> None:
    path = tmp_path / "cassette.jsonl"
    first = await record(path)
    pieces: list[str] = []

    async def hear(piece: str) -> None:
        pieces.append(piece)

    again = await RecordedAgent(path=path).ask(
        PROMPT, max_output_tokens=1024, deadline_s=5, on_delta=hear
    )

    assert again == first
    assert "".join(pieces) == first.text


async def test_a_recorder_hands_pieces_on(tmp_path: Path) -> None:
    pieces: list[str] = []

    async def hear(piece: str) -> None:
        pieces.append(piece)

    leaky = Recorder(agent=Leaky(), path=tmp_path / "cassette.jsonl")
    await leaky.ask(PROMPT, max_output_tokens=64, deadline_s=5, on_delta=hear)

    assert pieces == [SECRET]


@pytest.mark.parametrize(
    ("changed", "limit", "told"),
    [
        ({"user": "Shall they?"}, 1024, "user at 6: 'Shall we?' became 'Shall they?'"),
        ({"system": "Judge."}, 1024, "system at 5"),
        ({}, 64, "max_output_tokens at 0: '1024' became '64'"),
        ({"call_no": 9}, 1024, "holds nothing for call 9, attempt 1"),
        ({"attempt": 2}, 1024, "holds nothing for call 2, attempt 2"),
    ],
)
async def test_another_request_is_a_mismatch_that_names_the_difference(
    tmp_path: Path, changed: dict[str, object], limit: int, told: str
) -> None:
    path = tmp_path / "cassette.jsonl"
    await record(path)

    with pytest.raises(model.CassetteMismatch) as mismatch:
        await RecordedAgent(path=path).ask(
            attrs.evolve(PROMPT, **changed), max_output_tokens=limit, deadline_s=5
        )

    assert told in mismatch.value.detail
    assert not mismatch.value.is_retryable


async def test_two_agents_share_a_cassette(tmp_path: Path) -> None:
    path = tmp_path / "cassette.jsonl"
    other = attrs.evolve(PROMPT, user="And you?")
    await record(path)
    second = await record(path, other)

    found = await RecordedAgent(path=path).ask(other, max_output_tokens=1024, deadline_s=5)

    assert found == second


async def test_no_key_enters_a_cassette(tmp_path: Path) -> None:
    path = tmp_path / "cassette.jsonl"
    asked = attrs.evolve(PROMPT, user=f"My key is {SECRET}", system=f"Bearer {SECRET}")

    async def hear(_piece: str) -> None: ...

    await Recorder(agent=Leaky(), path=path).ask(
        asked, max_output_tokens=64, deadline_s=5, on_delta=hear
    )

    line = json.loads(path.read_text())
    assert SECRET not in path.read_text()
    assert line["reply"] == f"The key is {REDACTED}."
    assert line["deltas"] == [REDACTED]


@given(
    st.sampled_from(["sk-", "gsk_", "xai-", "ara_", "Bearer ", "AIza"]),
    st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=35, max_size=60),
    st.text(max_size=20),
)
def test_whatever_looks_like_a_key_is_masked(prefix: str, secret: str, around: str) -> None:
    assert secret not in redacted(f"{around} {prefix}{secret} {around}")


async def test_a_replay_keeps_its_deadline(tmp_path: Path) -> None:
    path = tmp_path / "cassette.jsonl"
    await record(path)

    with pytest.raises(model.ProviderTimeout):
        await RecordedAgent(path=path).ask(PROMPT, max_output_tokens=1024, deadline_s=0)
