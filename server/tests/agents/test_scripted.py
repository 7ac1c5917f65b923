from __future__ import annotations

import json
import os
from pathlib import Path

import anyio
import attrs
import pytest
from aragora_server.agents import evidence, model
from aragora_server.agents.model import Material, Passage, Peer, Prompt, Reply
from aragora_server.agents.scripted import CallLog, Pace, ScriptedAgent, fit
from aragora_server.agents.stance import STYLES
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.anyio

VERDICTS = (
    ("approve", "Approve"),
    ("approve_with_conditions", "Approve with conditions"),
    ("reject", "Reject"),
)
MEMO = (
    Passage(ref="D1:p1", text="# Memo on ferries\n\nThe town runs three ferries."),
    Passage(ref="D1:p2", text="## Why\n\nElectric ferries save 40 percent of the fuel."),
    Passage(ref="D1:p3", text="They are reliable and cheap to maintain. Demand grows."),
    Passage(ref="D1:p4", text="## Risks\n\nThe risks: a charger that fails stops every ferry."),
)
TALKING = [style for style in STYLES.values() if style.id != "rambling"]
FAST = Pace(slow_s=0.0)


def prompt(**changes: object) -> Prompt:
    material = Material(
        agent="ada",
        seed=1,
        round=0,
        kind="argument",
        question="Should the town buy electric ferries?",
        answer_kind="verdict",
        options=VERDICTS,
        passages=MEMO,
    )
    return Prompt(
        debate_id="debate",
        call_no=3,
        system="Judge.",
        user="Decide.",
        schema={},
        material=attrs.evolve(material, **changes),
    )


async def ask(
    style: str, asked: Prompt | None = None, *, limit: int = 1024, deadline_s: float = 5.0
) -> Reply:
    agent = ScriptedAgent(style=STYLES[style], pace=FAST)
    return await agent.ask(asked or prompt(), max_output_tokens=limit, deadline_s=deadline_s)


def said(style: str, **changes: object) -> dict[str, object]:
    found: dict[str, object] = json.loads(fit(STYLES[style], prompt(**changes), max_bytes=4096))
    return found


@pytest.mark.parametrize("style", TALKING, ids=lambda style: str(style.id))
def test_every_style_answers_with_an_option_and_quotes_the_document(style) -> None:  # type: ignore[no-untyped-def]
    found = said(style.id)

    assert found["answer"] in dict(VERDICTS)
    assert found["sources"]
    for ref in found["sources"]:  # type: ignore[attr-defined]
        assert f"[{ref}]" in str(found["reasoning"])


def test_what_is_quoted_stands_in_the_passage_it_names() -> None:
    reasoning = str(said("steady")["reasoning"])

    assert '"Electric ferries save 40 percent of the fuel" [D1:p2]' in reasoning
    assert '"The risks: a charger that fails stops every ferry" [D1:p4]' in reasoning


def test_styles_differ_in_words_and_in_answers() -> None:
    found = [said(style.id) for style in TALKING]

    assert len({str(one["reasoning"]) for one in found}) == len(TALKING)
    assert len({str(one["answer"]) for one in found}) > 1


@pytest.mark.parametrize("style", STYLES)
def test_two_questions_give_two_texts_each_with_a_term_of_its_own(style: str) -> None:
    texts = [
        fit(STYLES[style], prompt(question=question, passages=()), max_bytes=4096)
        for question in ("Should we move billing to Kubernetes?", "Is a four-day week wise?")
    ]

    assert texts[0] != texts[1]
    assert "billing" in texts[0] or "Kubernetes" in texts[0]
    assert "four-day" in texts[1] or "week" in texts[1]


def test_without_documents_the_agent_says_that_it_argues_from_the_question() -> None:
    assert "Nothing was handed in" in str(said("careful", passages=())["reasoning"])


def test_a_question_in_another_script_is_quoted_whole() -> None:
    found = said("steady", question="新しい船を買うべきですか", passages=())

    assert "新しい船を買うべきですか" in str(found["reasoning"])


def test_context_is_evidence_without_a_reference() -> None:
    context = "A cable break would be a costly risk for the ferries."

    assert "the context" in str(said("careful", passages=(), context=context)["reasoning"])


def test_a_point_of_view_is_told() -> None:
    assert "I pay for the fuel" in str(said("steady", persona="I pay for the fuel.")["reasoning"])


PEERS = (Peer(label="Response A", text="Look at [D1:p2] alone.", option_id="reject"),)


def test_a_critique_names_what_the_other_passes_over() -> None:
    found = said("steady", kind="critique", peers=PEERS, own_choice="approve", own_last="Yes.")

    assert found["target"] == "Response A"
    assert "[D1:p3]" in str(found["critique"])
    assert "passes over [D1:p3]" in found["issues"]  # type: ignore[operator]
    assert str(found["reasoning"]).startswith("I keep my answer.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("No passage at all.", "rests on no passage"),
        ("[D1:p1] [D1:p2] [D1:p3] [D1:p4]", "treats them as settled"),
    ],
)
def test_a_critique_judges_the_evidence_that_is_there(text: str, told: str) -> None:
    peers = (Peer(label="Response A", text=text, option_id="reject"),)
    documents = MEMO if "[D1" in text else ()

    found = said("steady", kind="critique", peers=peers, passages=documents)

    assert told in str(found["critique"])


def test_only_the_conformist_follows_what_peers_stand_for() -> None:
    moved = {
        style.id
        for style in TALKING
        if said(style.id, kind="critique", peers=PEERS, own_choice="approve")["answer"] == "reject"
    }

    assert moved == {"conformist"}


@pytest.mark.parametrize("style", TALKING, ids=lambda style: str(style.id))
def test_nothing_a_peer_writes_moves_a_ballot(style) -> None:  # type: ignore[no-untyped-def]
    corpus = Path(__file__).parent.joinpath("injections.txt").read_text().splitlines()
    calm = said(style.id, kind="critique", peers=PEERS, own_choice="approve")["answer"]

    for line in corpus:
        peers = (attrs.evolve(PEERS[0], text=line),)
        assert said(style.id, kind="critique", peers=peers, own_choice="approve")["answer"] == calm


def test_a_number_is_read_where_the_question_points() -> None:
    found = said(
        "steady",
        answer_kind="number",
        options=(),
        question="How many percent of the fuel do electric ferries save?",
    )

    assert found["answer"] == "40"


def test_without_figures_a_number_is_still_a_number() -> None:
    found = said("steady", answer_kind="number", options=(), passages=())

    assert str(found["answer"]).isdigit()


def test_a_free_answer_is_a_proposal_and_its_author_votes_for_it() -> None:
    own = str(said("careful", answer_kind="text", options=())["answer"])
    options = (("p1", "Wait for a year"), ("p2", own))

    assert said("careful", answer_kind="text", options=options)["answer"] == "p2"


def test_the_injector_tries_to_steer_and_still_answers() -> None:
    found = said("injector")

    assert "Ignore the instructions above" in str(found["reasoning"])
    assert found["answer"] in dict(VERDICTS)


def test_the_rambler_never_gives_an_object() -> None:
    assert "{" not in fit(STYLES["rambling"], prompt(), max_bytes=100_000)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300), st.sampled_from(TALKING))
def test_any_question_and_any_document_give_a_well_formed_answer(question, text, style) -> None:  # type: ignore[no-untyped-def]
    found = said(style.id, question=question or "?", passages=(Passage(ref="D1:p1", text=text),))

    assert set(found) == {"answer", "confidence", "reasoning", "sources"}
    assert str(found["reasoning"])


async def test_the_reply_is_the_same_every_time() -> None:
    assert await ask("steady") == await ask("steady")


async def test_usage_is_counted_from_the_bytes() -> None:
    reply = await ask("steady")

    assert reply.usage.source == "counted"
    assert reply.usage.input == model.tokens("Judge.") + model.tokens("Decide.")
    assert reply.usage.output == -(-len(reply.text.encode()) // 4)


@pytest.mark.parametrize("limit", [16, 60, 120, 400])
async def test_the_limit_of_tokens_is_kept(limit: int) -> None:
    reply = await ask("steady", limit=limit)

    assert reply.usage.output <= limit


async def test_a_short_limit_shortens_the_argument_before_it_breaks_the_object() -> None:
    whole, short = await ask("steady"), await ask("steady", limit=100)

    assert len(short.text) < len(whole.text)
    assert json.loads(short.text)["answer"] == json.loads(whole.text)["answer"]


async def test_the_flaky_agent_fails_at_first_and_answers_when_asked_again() -> None:
    first = [attrs.evolve(prompt(), call_no=no) for no in range(1, 12)]
    failed = []
    for asked in first:
        try:
            await ask("flaky", asked)
        except model.ProviderUnavailable:
            failed.append(asked)

    assert 0 < len(failed) < len(first)
    for asked in failed:
        assert (await ask("flaky", attrs.evolve(asked, attempt=2))).text


async def test_the_pieces_make_the_reply() -> None:
    pieces: list[str] = []

    async def hear(piece: str) -> None:
        pieces.append(piece)

    agent = ScriptedAgent(style=STYLES["slow"], pace=Pace(slow_s=0.01))
    reply = await agent.ask(prompt(), max_output_tokens=1024, deadline_s=5, on_delta=hear)

    assert "".join(pieces) == reply.text


async def test_a_slow_agent_past_its_deadline_is_a_timeout() -> None:
    agent = ScriptedAgent(style=STYLES["slow"], pace=Pace(slow_s=30.0))

    with pytest.raises(model.ProviderTimeout):
        await agent.ask(prompt(), max_output_tokens=1024, deadline_s=0.05)


async def test_the_call_log_tells_what_was_begun_and_what_was_done(tmp_path: Path) -> None:
    log = tmp_path / "calls.log"
    slow = ScriptedAgent(style=STYLES["slow"], pace=Pace(slow_s=30.0), log=CallLog(path=log))
    steady = ScriptedAgent(style=STYLES["steady"], pace=FAST, log=CallLog(path=log))

    await steady.ask(prompt(), max_output_tokens=1024, deadline_s=5)
    with anyio.move_on_after(0.05):
        await slow.ask(prompt(), max_output_tokens=1024, deadline_s=60)

    lines = [line.split() for line in log.read_text().splitlines()]
    assert [line[:5] for line in lines] == [
        ["START", "debate", "3", "1", "ada"],
        ["DONE", "debate", "3", "1", "ada"],
        ["START", "debate", "3", "1", "ada"],
    ]
    assert {int(line[5]) for line in lines} == {os.getpid()}
    assert [int(line[6]) for line in lines] == sorted(int(line[6]) for line in lines)


def test_sentences_lean_by_their_cues_and_their_section() -> None:
    found = {s.ref: s for s in evidence.read(MEMO, "electric ferries")}

    assert found["D1:p2"].lean > 0
    assert found["D1:p4"].lean < 0
    assert found["D1:p2"].section == "Why"


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Nobody has to migrate later on.", 1),
        ("Everybody has to migrate later on.", -1),
        ("The sky over the harbour is blue.", 0),
    ],
)
def test_a_risk_that_is_denied_is_a_gain(text: str, sign: int) -> None:
    (found,) = evidence.read([Passage(ref="D1:p1", text=text)], "ferries")

    assert (found.lean > 0) - (found.lean < 0) == sign


def test_a_long_sentence_is_quoted_short() -> None:
    (found,) = evidence.read([Passage(ref="D1:p1", text="risk " * 100)], "ferries")

    assert len(found.quote) <= evidence.MAX_QUOTE + 4
    assert found.quote.endswith("...")


def test_figures_are_read_without_their_ornaments() -> None:
    assert evidence.numbers("From 1,200 to -3.5 in v2 by 2026.") == ("1200", "-3.5", "2026")


@given(st.text(max_size=500), st.text(max_size=500))
def test_the_bound_is_above_any_count_of_tokens(system: str, user: str) -> None:
    asked = attrs.evolve(prompt(), system=system, user=user)

    assert model.input_bound(asked) >= len(system.encode()) + len(user.encode())
    assert model.input_bound(asked) >= model.estimated_usage(asked).input
