from __future__ import annotations

import attrs
import pytest
from aragora_server.debates.documents import ContextTooLarge, Source
from aragora_server.debates.model import AgentsInvalid, DebateNotFound, OptionsInvalid
from aragora_server.debates.opening import Wanted
from aragora_server.debates.ports import SeatWanted
from aragora_server.debates.rules import protocol
from aragora_server.debates.rules.protocol import ProtocolUnknown
from aragora_server.debates.rules.transcript import Option
from aragora_server.debates.store import Filter
from aragora_server.debates.telling.drafts import shapes
from aragora_server.kernel.errors import AragoraError
from aragora_server.kernel.ids import new_id
from aragora_server.kernel.paging import Cursor, InvalidCursor

from tests.money import KEY
from tests.stage import Stage, reply, statements

pytestmark = pytest.mark.anyio

YES_NO = (Option(id="yes", label="Yes"), Option(id="no", label="No"))
TWINS = (Option(id="yes", label="Yes"), Option(id="yes", label="Of course"))
TRAP = (Option(id="abstain", label="Nobody"), Option(id="no", label="No"))
THREE_OF_A_KIND = tuple(SeatWanted(model="flat:one", name=name) for name in ("a", "b", "c"))


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        ({"protocol": "shouting"}, ProtocolUnknown),
        ({"answer_kind": "choice"}, OptionsInvalid),
        ({"answer_kind": "number", "options": YES_NO}, OptionsInvalid),
        ({"options": TWINS}, OptionsInvalid),
        ({"options": TRAP}, OptionsInvalid),
        ({"agents": THREE_OF_A_KIND[:2]}, AgentsInvalid),
        ({"agents": (*THREE_OF_A_KIND[:2], THREE_OF_A_KIND[0])}, AgentsInvalid),
        ({"documents": (Source(name="a", text="x" * 400_001),)}, ContextTooLarge),
        ({"documents": (Source(name="a", text="x\n\n" * 5_001),)}, ContextTooLarge),
    ],
)
async def test_what_cannot_run_is_refused_and_leaves_no_trace(
    stage: Stage, wanted: dict[str, object], error: type[AragoraError]
) -> None:
    with pytest.raises(error):
        await stage.open(**wanted)

    page = await stage.debates.list(stage.workspace_id, Filter(), cursor=None, limit=10)
    assert page.items == ()


async def test_a_protocol_may_ask_for_agents_of_several_families(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    picky = attrs.evolve(protocol.load("escalate"), min_families=2)
    monkeypatch.setattr(protocol, "load", lambda _name: picky)

    with pytest.raises(AgentsInvalid, match="2 model families"):
        await stage.open(agents=THREE_OF_A_KIND)


async def test_what_nobody_opened_is_not_found(stage: Stage) -> None:
    missing = stage.workspace_id, new_id()

    for look in (stage.debates.get, stage.debates.transcript):
        with pytest.raises(DebateNotFound):
            await look(*missing)
    with pytest.raises(DebateNotFound):
        await stage.debates.events(*missing, after=0, cursor=None, limit=1)
    with pytest.raises(DebateNotFound):
        await stage.debates.cancel(*missing, KEY)


async def test_a_tag_given_twice_counts_once_and_tags_keep_their_order(stage: Stage) -> None:
    debate = await stage.open(tags=("q4", "checkout", "q4"))

    assert (await stage.get(debate.id)).tags == ("q4", "checkout")


async def test_every_call_of_a_debate_is_paid_by_the_budget_of_its_tag(stage: Stage) -> None:
    budget = await stage.money.budget(10**9, scope="tag", scope_id="checkout")

    await stage.run(await stage.open())
    await stage.run(await stage.open(tags=("checkout",)))

    debates = await stage.debates.list(stage.workspace_id, Filter(), cursor=None, limit=10)
    tagged, _ = (known.cost.total_micro_usd for known in debates.items)
    assert (await stage.money.state(budget)).counters.spent_micro_usd == tagged > 0


async def test_options_make_the_answer_a_choice_and_their_absence_a_verdict(stage: Stage) -> None:
    assert (await stage.open(options=YES_NO)).answer_kind == "choice"
    assert (await stage.open()).answer_kind == "verdict"


async def test_without_a_seed_every_debate_has_its_own(stage: Stage) -> None:
    seeds = {(await stage.open(seed=None)).seed for _ in range(3)}

    assert len(seeds) == 3
    assert all(0 <= seed < 2**53 for seed in seeds)


async def test_agents_of_one_family_are_warned_of(stage: Stage) -> None:
    debate = await stage.open(agents=THREE_OF_A_KIND)

    assert [warning.code for warning in debate.warnings] == ["homogeneous_agents"]
    assert await stage.types(debate.id) == ["debate.created", "debate.warning"]


async def test_what_a_debate_is_about_survives_the_database(stage: Stage) -> None:
    opened = await stage.open(
        context="Some background",
        options=YES_NO,
        documents=(Source(name="memo.md", media_type="text/markdown", text="# A\n\nB\n\nC"),),
        max_cost_micro_usd=10**9,
    )

    found = await stage.get(opened.id)

    assert found == opened
    assert found.documents[0].passages == ("# A\nB", "C")


async def test_a_debate_whose_answer_was_lost_is_opened_and_paid_for_once(stage: Stage) -> None:
    debate_id = new_id()

    first, again = [
        await stage.debates.open(
            stage.workspace_id, KEY, Wanted(question="Once?"), (), debate_id=debate_id
        )
        for _ in range(2)
    ]

    assert again == first
    assert first.debate.id == debate_id
    assert await stage.types(debate_id) == ["debate.created"]
    assert (
        len((await stage.debates.list(stage.workspace_id, Filter(), cursor=None, limit=9)).items)
        == 1
    )


async def test_an_estimate_promises_more_than_the_debate_costs(stage: Stage) -> None:
    _, estimate = await stage.debates.estimate(
        stage.workspace_id,
        KEY,
        Wanted(question="Should we move the archive to the new store?"),
        (),
    )

    over = await stage.run(await stage.open())

    cost = (await stage.debates.get(stage.workspace_id, over.id)).cost
    assert (estimate.calls_min, estimate.calls_max) == (2, 10)
    assert estimate.calls_min <= cost.calls <= estimate.calls_max
    assert cost.total_micro_usd <= estimate.cost_max_micro_usd
    assert estimate.cost_likely_micro_usd <= estimate.cost_max_micro_usd


async def test_an_estimate_never_exceeds_the_limit_of_the_debate(stage: Stage) -> None:
    wanted = Wanted(question="Move?", max_cost_micro_usd=500)

    _, estimate = await stage.debates.estimate(stage.workspace_id, KEY, wanted, ())

    assert estimate.cost_max_micro_usd == 500
    assert estimate.cost_likely_micro_usd <= 500


async def test_every_agent_votes_when_a_protocol_never_stops_early(stage: Stage) -> None:
    wanted = Wanted(question="Move?", protocol="independent_vote")

    _, estimate = await stage.debates.estimate(stage.workspace_id, KEY, wanted, ())

    assert estimate.calls_min == 3


async def test_debates_are_listed_newest_first_in_pages(stage: Stage) -> None:
    opened = []
    for _ in range(5):
        opened.append((await stage.open()).id)
        stage.money.time.pass_by(seconds=1)

    seen: list[str] = []
    cursor: str | None = None
    while not seen or cursor is not None:
        page = await stage.debates.list(stage.workspace_id, Filter(), cursor=cursor, limit=2)
        seen += [known.debate.id for known in page.items]
        cursor = page.next_cursor

    assert seen == opened[::-1]


async def test_debates_of_one_moment_are_each_listed_once(stage: Stage) -> None:
    opened = {(await stage.open()).id for _ in range(4)}

    first = await stage.debates.list(stage.workspace_id, Filter(), cursor=None, limit=3)
    rest = await stage.debates.list(stage.workspace_id, Filter(), cursor=first.next_cursor, limit=3)

    seen = [known.debate.id for known in (*first.items, *rest.items)]
    assert sorted(seen) == sorted(opened)


async def test_a_list_can_be_filtered(stage: Stage) -> None:
    old = await stage.run(await stage.open(question="Is 100% of it done?"))
    stage.money.time.pass_by(seconds=60)
    middle = stage.money.time()
    tags = ("checkout", "q4")
    new = await stage.open(protocol="independent_vote", question="And 1000 more?", tags=tags)

    async def found(**wanted: object) -> list[str]:
        page = await stage.debates.list(
            stage.workspace_id,
            Filter(**wanted),  # type: ignore[arg-type]
            cursor=None,
            limit=10,
        )
        return [known.debate.id for known in page.items]

    assert await found(status="concluded") == [old.id]
    assert await found(protocol="independent_vote") == [new.id]
    assert await found(tag="q4") == [new.id]
    assert await found(tag="q") == []
    assert await found(created_from=middle) == [new.id]
    assert await found(created_to=middle) == [old.id]
    assert await found(question="100%") == [old.id]
    assert await found(question="AND 1000") == [new.id]


async def test_a_longer_list_asks_the_database_no_more_often(stage: Stage) -> None:
    for _ in range(3):
        await stage.run(await stage.open())

    async def asked_for(limit: int) -> tuple[int, list[int]]:
        with statements() as asked:
            page = await stage.debates.list(stage.workspace_id, Filter(), cursor=None, limit=limit)
        return len(asked), [known.cost.calls for known in page.items]

    few, (calls,) = await asked_for(1)
    many, all_calls = await asked_for(3)

    assert calls == 5
    assert all_calls == [5, 5, 5]
    assert many == few


async def test_a_cursor_of_another_list_is_refused(stage: Stage) -> None:
    with pytest.raises(InvalidCursor):
        await stage.debates.list(stage.workspace_id, Filter(), cursor="WzNd", limit=2)


@pytest.mark.parametrize("moment", [10**18, -(10**18), 2**63])
async def test_a_cursor_at_no_time_is_refused(stage: Stage, moment: int) -> None:
    cursor = Cursor((moment, new_id())).encode()

    with pytest.raises(InvalidCursor):
        await stage.debates.list(stage.workspace_id, Filter(), cursor=cursor, limit=2)


async def test_events_are_listed_in_pages_from_any_place(stage: Stage) -> None:
    debate = await stage.open()
    await stage.run(debate)
    last = (await stage.get(debate.id)).last_seq

    first = await stage.debates.events(
        stage.workspace_id, debate.id, after=10, cursor=None, limit=5
    )
    rest = await stage.debates.events(
        stage.workspace_id, debate.id, after=0, cursor=first.next_cursor, limit=100
    )

    assert [event.seq for event in (*first.items, *rest.items)] == list(range(11, last + 1))


async def test_ballots_are_shown_once_their_round_is_closed(stage: Stage) -> None:
    shown: list[object] = []

    async def look(prompt, _on_delta):  # type: ignore[no-untyped-def]
        said = await stage.debates.transcript(stage.workspace_id, prompt.debate_id)
        shape = shapes.transcript(said.debate, said.rounds, said.transcript)
        shown.append([len(one["ballots"]) for one in shape["rounds"]])  # type: ignore[attr-defined]
        return reply(prompt, "approve")

    stage.troupe.lines["blaise"] = look
    stage.troupe.lines["ada"] = look
    stage.troupe.lines["carl"] = look

    await stage.run(await stage.open())

    assert all(counts[-1] == 0 for counts in shown)  # type: ignore[index]
    assert shown[-1] == [2, 0]
