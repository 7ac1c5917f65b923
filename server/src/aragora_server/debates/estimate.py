"""What a debate may cost, from its protocol and agents alone. Pure: prices are handed in."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from aragora_server.agents.model import Prompt, input_bound, tokens

from .ports import Bound
from .rules import prompts, rounds, seating
from .rules.protocol import Protocol, Step
from .rules.replies import MAX_TEXT_BYTES
from .rules.transcript import Ask, Seat, Setup

MAX_ATTEMPTS = 3
"""Of one call, and each may be billed."""

Price = Callable[[Bound], int | None]
"""None of a model whose price nobody knows: it is booked as nothing."""

_REPAIR_BYTES = 512


@attrs.frozen(kw_only=True)
class AgentEstimate:
    agent: str
    model: str
    calls_max: int
    cost_max_micro_usd: int
    is_unpriced: bool = False


@attrs.frozen(kw_only=True)
class Estimate:
    calls_min: int
    calls_max: int
    input_tokens_max: int
    output_tokens_max: int
    cost_likely_micro_usd: int
    cost_max_micro_usd: int
    agents: tuple[AgentEstimate, ...]


def bound_of(setup: Setup, ask: Ask, prompt: Prompt) -> Bound:
    """The most that one attempt at this ask can use."""
    return _bound(setup.seat(ask.agent), ask, input_bound(prompt))


def estimate(
    protocol: Protocol, setup: Setup, *, cap_micro_usd: int | None, price: Price
) -> Estimate:
    """The bound counts each call, its repair, and every attempt at both as billed in full."""
    parts = {seat.name: _parts(protocol, setup, seat) for seat in setup.seats}
    calls = rounds.calls_bound(protocol, setup)
    agents = tuple(
        AgentEstimate(
            agent=seat.name,
            model=seat.model,
            calls_max=calls[seat.name],
            cost_max_micro_usd=sum(
                2 * MAX_ATTEMPTS * (price(part.bound) or 0) for part in parts[seat.name]
            ),
            is_unpriced=any(price(part.bound) is None for part in parts[seat.name]),
        )
        for seat in setup.seats
    )
    all_parts = [part for of_seat in parts.values() for part in of_seat]
    cost_max = sum(agent.cost_max_micro_usd for agent in agents)
    likely = sum(price(part.likely) or 0 for part in all_parts)
    cap = cost_max if cap_micro_usd is None else cap_micro_usd
    return Estimate(
        calls_min=_calls_min(protocol, setup),
        calls_max=sum(calls.values()),
        input_tokens_max=sum(2 * MAX_ATTEMPTS * part.bound.input_bound for part in all_parts),
        output_tokens_max=sum(2 * MAX_ATTEMPTS * part.bound.max_output for part in all_parts),
        cost_likely_micro_usd=min(likely, cap),
        cost_max_micro_usd=min(cost_max, cap),
        agents=agents,
    )


@attrs.frozen(kw_only=True)
class _Part:
    """One call of one agent: at most, and as it usually goes."""

    bound: Bound
    likely: Bound


def _parts(protocol: Protocol, setup: Setup, seat: Seat) -> tuple[_Part, ...]:
    return tuple(
        _part(protocol, setup, seat, step, no)
        for no, step in enumerate(_steps(protocol, setup))
        if seat.name in seating.group(step, setup)
    )


def _part(protocol: Protocol, setup: Setup, seat: Seat, step: Step, no: int) -> _Part:
    ask = Ask(call_no=1, round=no, step=step.id, kind=step.kind, agent=seat.name)
    prompt = prompts.render(protocol, setup, (), ask)
    heard = 0 if step.sees == "none" else len(seating.group(step, setup))
    bound = _bound(seat, ask, input_bound(prompt) + heard * MAX_TEXT_BYTES + _REPAIR_BYTES)
    usual = tokens(prompt.system) + tokens(prompt.user) + heard * seat.max_output_tokens // 2
    likely = attrs.evolve(
        _bound(seat, ask, min(usual, bound.input_bound)), max_output=seat.max_output_tokens // 2
    )
    return _Part(bound=bound, likely=likely)


def _bound(seat: Seat, ask: Ask, input_bound_: int) -> Bound:
    return Bound(
        agent=seat.name,
        provider=seat.provider,
        model=seat.model.partition(":")[2],
        round=ask.round,
        call_no=ask.call_no,
        attempt=1,
        input_bound=input_bound_,
        max_output=seat.max_output_tokens,
    )


def _steps(protocol: Protocol, setup: Setup) -> tuple[Step, ...]:
    return tuple(step for step in protocol.steps if setup.answer_kind in step.answer_kinds)


def _calls_min(protocol: Protocol, setup: Setup) -> int:
    """Up to the first step after which the debate may stop."""
    stops = {stop.after for stop in protocol.stop}
    calls = 0
    for step in _steps(protocol, setup):
        calls += len(seating.group(step, setup))
        if step.id in stops:
            break
    return calls
