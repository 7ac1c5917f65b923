"""The adapter to real providers, over real HTTP against a fake one on loopback."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator

import anyio
import pytest
from aragora_server.agents import model, providers
from aragora_server.agents.clients import Access
from aragora_server.agents.model import Material, Prompt, Reply, Usage
from aragora_server.agents.providers import ProviderAgent
from hypothesis import given
from hypothesis import strategies as st

from tests.fake_provider import REPLY, FakeProvider, running
from tests.waiting import until

pytestmark = pytest.mark.anyio

KEY = "sk-secret-key-of-the-test"
PROMPT = Prompt(
    debate_id="debate",
    call_no=4,
    attempt=2,
    system="Judge the material.",
    user="Shall we?",
    schema={"type": "object", "properties": {"answer": {"type": "string"}}},
    material=Material(
        agent="ada",
        seed=1,
        round=0,
        kind="argument",
        question="Shall we?",
        answer_kind="verdict",
    ),
)


@pytest.fixture(scope="module")
def provider() -> Iterator[FakeProvider]:
    with running() as fake:
        yield fake


@pytest.fixture
def fake(provider: FakeProvider) -> FakeProvider:
    provider.bodies.clear()
    provider.headers.clear()
    provider.hung_up = 0
    return provider


def agent(
    fake: FakeProvider,
    name: str,
    provider: str = "openai_compatible",
    temperature: str | None = None,
) -> ProviderAgent:
    access = Access(provider=provider, model=name, key=KEY, base_url=fake.url)
    return ProviderAgent(access=access, temperature=temperature)


async def ask(one: ProviderAgent, deadline_s: float = 60) -> Reply:
    return await one.ask(PROMPT, max_output_tokens=321, deadline_s=deadline_s)


async def test_reported_tokens_come_out_in_exclusive_buckets(fake: FakeProvider) -> None:
    reply = await ask(agent(fake, "good"))

    assert reply.text == REPLY
    assert reply.model_version == "good-2026-01"
    assert reply.usage == Usage(
        input=70,
        cache_read=30,
        cache_write_5m=0,
        audio_in=0,
        audio_out=0,
        output=40,
        reasoning=12,
        source="reported",
    )


async def test_a_silent_provider_is_estimated_and_says_so(fake: FakeProvider) -> None:
    reply = await ask(agent(fake, "silent"))

    assert reply.usage == model.estimated_usage(PROMPT, REPLY)
    assert reply.usage.source == "estimated"
    assert reply.usage.output > 0


async def test_the_limit_the_schema_and_the_key_of_the_attempt_are_sent(
    fake: FakeProvider,
) -> None:
    await ask(agent(fake, "good", temperature="0.2"))

    (body,), (headers,) = fake.bodies, fake.headers
    assert (body["max_tokens"], body["temperature"]) == (321, 0.2)
    assert body["response_format"] == {"type": "json_object", "schema": PROMPT.schema}
    assert headers["idempotency-key"] == hashlib.sha256(b"debate|4").hexdigest()
    assert headers["authorization"] == f"Bearer {KEY}"
    assert [message["role"] for message in body["messages"]] == ["system", "user"]


async def test_openai_gets_its_own_name_of_the_limit(fake: FakeProvider) -> None:
    await ask(agent(fake, "good", "openai"))

    assert fake.bodies[0]["max_completion_tokens"] == 321
    assert fake.bodies[0]["response_format"]["type"] == "json_schema"


@pytest.mark.parametrize(
    ("name", "failure", "after_s"),
    [
        ("down", model.ProviderUnavailable, 7.0),
        ("busy", model.ProviderUnavailable, 3.0),
        ("unpaid", model.ProviderRejected, None),
        ("overflow", model.ContextOverflow, None),
        ("broken", model.ProviderReplyBroken, None),
        ("odd", model.ProviderReplyBroken, None),
        ("withheld", model.ProviderRefused, None),
    ],
)
async def test_each_trouble_has_its_own_failure_and_costs_one_request(
    fake: FakeProvider,
    name: str,
    failure: type[model.AgentFailure],
    after_s: float | None,
) -> None:
    with pytest.raises(model.AgentFailure) as failed:
        await ask(agent(fake, name))

    assert type(failed.value) is failure
    assert failed.value.retry_after_s == after_s
    assert len(fake.bodies) == 1


@pytest.mark.parametrize("library", ["openai", "anthropic", "groq", "mistral", "google"])
async def test_no_provider_library_retries_by_itself(fake: FakeProvider, library: str) -> None:
    with pytest.raises(model.ProviderUnavailable):
        await ask(agent(fake, "down", library))

    assert len(fake.bodies) == 1


async def test_a_key_never_stands_in_an_error(fake: FakeProvider) -> None:
    with pytest.raises(model.ProviderRejected) as failed:
        await ask(agent(fake, "unpaid"))

    assert KEY not in failed.value.detail
    assert KEY not in repr(agent(fake, "unpaid"))


async def test_nobody_there_is_worth_another_attempt() -> None:
    gone = FakeProvider(url="http://127.0.0.1:9/v1")

    with pytest.raises(model.ProviderUnavailable):
        await ask(agent(gone, "good"))


async def test_the_deadline_ends_the_call_and_closes_the_socket(fake: FakeProvider) -> None:
    with pytest.raises(model.ProviderTimeout) as failed:
        await ask(agent(fake, "endless"), deadline_s=0.3)

    assert failed.value.is_billable
    await hung_up(fake)


async def test_cancelling_closes_the_socket_within_a_second(fake: FakeProvider) -> None:
    async with anyio.create_task_group() as group:
        group.start_soon(ask, agent(fake, "endless"))
        while not fake.bodies:
            await anyio.sleep(0.01)
        group.cancel_scope.cancel()

    await hung_up(fake)


async def hung_up(fake: FakeProvider) -> None:
    await until(lambda: fake.hung_up == 1)


async def test_a_stream_comes_in_pieces_and_tells_its_usage(fake: FakeProvider) -> None:
    pieces: list[str] = []

    async def hear(piece: str) -> None:
        pieces.append(piece)

    reply = await agent(fake, "good", "openai").ask(
        PROMPT, max_output_tokens=321, deadline_s=10, on_delta=hear
    )

    assert len(pieces) > 5
    assert "".join(pieces) == reply.text == REPLY
    assert (reply.usage.input, reply.usage.source) == (70, "reported")


async def test_a_stream_that_tells_no_usage_is_estimated(fake: FakeProvider) -> None:
    async def hear(_piece: str) -> None: ...

    reply = await agent(fake, "silent", "openai").ask(
        PROMPT, max_output_tokens=321, deadline_s=10, on_delta=hear
    )

    assert reply.usage == model.estimated_usage(PROMPT, REPLY)


async def test_a_compatible_server_is_not_streamed_for_its_usage_would_be_lost(
    fake: FakeProvider,
) -> None:
    pieces: list[str] = []

    async def hear(piece: str) -> None:
        pieces.append(piece)

    await agent(fake, "good").ask(PROMPT, max_output_tokens=321, deadline_s=10, on_delta=hear)

    assert pieces == [REPLY]
    assert not fake.bodies[0].get("stream")


def test_importing_the_agents_loads_no_provider_library() -> None:
    code = """
import sys
import aragora_server.agents.service, aragora_server.plugs
heavy = {"pydantic_ai", "openai", "anthropic", "groq", "mistralai", "google.genai"}
sys.exit(", ".join(heavy & set(sys.modules)) or 0)
"""
    subprocess.run([sys.executable, "-c", code], check=True)


async def test_a_broken_library_is_a_failure_of_its_own_provider_alone(
    fake: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "groq", None)

    with pytest.raises(model.ProviderRejected, match="groq"):
        await ask(agent(fake, "good", "groq"))
    assert (await ask(agent(fake, "good", "openai"))).text == REPLY


@pytest.mark.parametrize(
    ("raised", "failure"),
    [
        ("ModelTimeoutError", model.ProviderTimeout),
        ("ModelAuthenticationError", model.ProviderRejected),
        ("ContentFilterError", model.ProviderRefused),
        ("UnexpectedModelBehavior", model.ProviderReplyBroken),
    ],
)
async def test_what_the_library_raises_is_told_in_the_words_of_the_port(
    raised: str, failure: type[model.AgentFailure]
) -> None:
    from pydantic_ai import exceptions

    kind = getattr(exceptions, raised)
    is_of_the_wire = issubclass(kind, exceptions.ModelAPIError)
    error = kind("model", "what happened") if is_of_the_wire else kind("what happened")

    with pytest.raises(failure, match="what happened"), providers.translated():
        raise error


@pytest.mark.parametrize(
    ("phase", "failure"),
    [
        ("connect", model.ProviderUnavailable),
        (None, model.ProviderUnavailable),
        ("read", model.ProviderReplyBroken),
    ],
)
async def test_a_connection_that_broke_after_sending_may_be_billed(
    phase: str | None, failure: type[model.AgentFailure]
) -> None:
    from pydantic_ai.exceptions import ModelConnectionError

    with pytest.raises(failure) as failed, providers.translated():
        raise ModelConnectionError("model", "gone", phase=phase)  # type: ignore[arg-type]

    assert failed.value.is_billable is (phase == "read")


@pytest.mark.parametrize(("status", "failure"), [(599, True), (404, False), (409, True)])
async def test_a_status_says_whether_another_attempt_is_worth_it(
    status: int, failure: bool
) -> None:
    from pydantic_ai.exceptions import ModelHTTPError

    with pytest.raises(model.AgentFailure) as failed, providers.translated():
        raise ModelHTTPError(status, "model")

    assert failed.value.is_retryable is failure


COUNTS = st.integers(0, 2_000_000)


@given(st.tuples(*[COUNTS] * 7).filter(any))
def test_the_buckets_of_a_usage_add_up_to_what_the_provider_counted(
    counts: tuple[int, ...],
) -> None:
    from pydantic_ai.usage import RequestUsage

    text_in, read, audio_read, written, heard, text_out, spoken = counts
    told = RequestUsage(
        input_tokens=text_in + read + audio_read + written + heard,
        cache_read_tokens=read + audio_read,
        cache_audio_read_tokens=audio_read,
        cache_write_tokens=written,
        input_audio_tokens=heard + audio_read,
        output_tokens=text_out + spoken,
        output_audio_tokens=spoken,
    )

    used = providers.usage_of(told)

    assert used is not None
    assert used.input == text_in
    assert told.input_tokens == sum(
        each or 0
        for each in (
            used.input,
            used.cache_read,
            used.cache_write_5m,
            used.cache_write_1h,
            used.audio_in,
        )
    )
    assert told.output_tokens == used.output + (used.audio_out or 0)


@pytest.mark.parametrize("count", [-1, 10**9 + 1, 10**30, 7.5, True])
@pytest.mark.parametrize("bucket", ["input_tokens", "output_tokens", "cache_read_tokens"])
def test_a_count_that_no_call_can_have_used_is_no_report(bucket: str, count: object) -> None:
    from pydantic_ai.usage import RequestUsage

    told = RequestUsage(input_tokens=5, output_tokens=5)
    setattr(told, bucket, count)

    assert providers.usage_of(told) is None
