"""One run: debates are opened and watched, processes are cut, and at the end all is told."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from typing import Any

import attrs
from aragora import Aragora, RetryPolicy
from aragora.receipts import PinnedKeys, verify

from tests.chaos.oracle import Cut, Line, Seen, in_flight, read_log, repeats, takeovers_s
from tests.chaos.tables import Store
from tests.chaos.watchers import Watchers
from tests.serving import Program, Server

CALLS_EACH = 9
STYLES = ("careful", "contrarian", "steady", "stubborn", "steady", "slow", "conformist")
ASK: dict[str, Any] = {
    "question": "Ship on Friday or wait for Monday?",
    "context": (
        "To ship on Friday is reliable, safe and cheap. To ship on Friday saves money. "
        "To wait is a risk, expensive, and it fails."
    ),
    "options": [{"id": "ship", "label": "Ship on Friday"}, {"id": "wait", "label": "Wait"}],
    "agents": [
        {"model": f"scripted:{style}", "name": f"{style}-{no}"} for no, style in enumerate(STYLES)
    ],
    "protocol": "escalate",
}
"""Two who never agree, so that the panel of five meets: 2 + 2 + 5 calls."""
PATIENT = RetryPolicy(max_retries=200, base_s=0.1, cap_s=0.5)
LOOK_S = 0.01


@attrs.define(kw_only=True)
class Run:
    server: Server
    store: Store
    workers: list[Program] = attrs.field(factory=list)
    watchers: Watchers | None = None
    opened: list[str] = attrs.field(factory=list)
    cuts: list[Cut] = attrs.field(factory=list)
    began: float = attrs.field(factory=time.monotonic)

    def watch(self, *, deltas: bool = False) -> Watchers:
        self.watchers = Watchers(self.server.url, self.server.api_key, deltas=deltas)
        return self.watchers

    def client(self) -> Aragora:
        return Aragora(api_key=self.server.api_key, base_url=self.server.url, retry=PATIENT)

    def open_budget(self) -> None:
        with self.client() as client:
            client.budgets.create(name="all", limit_usd="1000")

    def open(self, number: int, **changes: Any) -> None:
        """Open and watch debates; the client repeats what was not answered, under one key."""
        with self.client() as client:
            for _ in range(number):
                asked = {**ASK, "seed": len(self.opened), **changes}
                debate = client.debates.create(**asked)
                self.opened.append(debate.id)
                if self.watchers is not None:
                    self.watchers.watch(debate.id)

    def log(self) -> tuple[Line, ...]:
        calls = self.server.calls
        return read_log(calls.read_text()) if calls.exists() else ()

    def done(self) -> int:
        """How many calls were answered, as their agents say."""
        return sum(line.event == "DONE" for line in self.log())

    def wait_for_share(self, share: float, *, within_s: float = 120) -> None:
        wanted = int(share * CALLS_EACH * len(self.opened))
        self.wait(lambda: self.done() >= wanted, f"{wanted} calls", within_s=within_s)

    def wait(self, is_so: Callable[[], bool], what: str, *, within_s: float = 120) -> float:
        begin = time.monotonic()
        while not is_so():
            if time.monotonic() - begin > within_s:
                raise AssertionError(f"not within {within_s} s: {what}\n{self.logs()}")
            time.sleep(LOOK_S)
        return time.monotonic() - begin

    def kill(self, program: Program) -> Cut:
        program.kill()
        return self.note_cut(program)

    def note_cut(self, program: Program) -> Cut:
        """It does nothing any more: what it had asked and not committed may be asked again."""
        at_ms = time.time_ns() // 1_000_000
        log = self.log()
        flying = in_flight(log, self.store.calls(), program.pid)
        cut = Cut(program.pid, flying, at_ms, len(log))
        self.cuts.append(cut)
        return cut

    def assert_all_run(self) -> None:
        """Nothing ends by itself, whatever is done to the others."""
        for one in (self.server, *self.workers):
            assert one.is_running, f"{one.name} has ended by itself\n{one.log[-8000:]}"

    def unfinished(self) -> int:
        (rows,) = self.store.ask("SELECT id FROM debates WHERE status IN ('queued', 'running')")
        return len(rows)

    def takeovers_s(self) -> list[float]:
        return [s for cut in self.cuts for s in takeovers_s(self.log(), cut)]

    def is_over(self) -> bool:
        return self.unfinished() == 0

    def finish(self, *, within_s: float = 120) -> Seen:
        """Let everything come to its end, and gather what all witnesses have to say."""
        self.wait(self.is_over, "all debates end", within_s=within_s)
        if self.watchers is not None:
            self.watchers.finish(within_s=30)
        return Seen(
            log=self.log(),
            tables=self.store.read(),
            streams=self.watchers.streams() if self.watchers is not None else {},
            receipts=self.verified(),
            cuts=tuple(self.cuts),
            opened=tuple(self.opened),
            calls_each=CALLS_EACH,
        )

    def verified(self) -> dict[str, str]:
        """Each debate's receipt, fetched once and judged offline."""
        client = self.server.client()
        known = client.get("/.well-known/aragora-keys.json").json()["keys"]
        keys = PinnedKeys.of({"issuer": self.server.url, "keys": known})
        verdicts = {}
        for debate_id in self.opened:
            receipt_id = client.get(f"/v1/debates/{debate_id}").json().get("receipt_id")
            bundle = client.get(f"/v1/receipts/{receipt_id}/bundle")
            verdicts[debate_id] = verify(bundle.content, keys=keys).verdict
        return verdicts

    def logs(self) -> str:
        """The end of each process's own log, for whoever has to find the fault."""
        programs: Sequence[Program] = (self.server, *self.workers)
        return "\n".join(f"== {one.name}\n{one.log[-4000:]}" for one in programs)

    def figures(self, **more: object) -> str:
        """What was seen, on one line of JSON."""
        delays = sorted(self.watchers.delays_s()) if self.watchers is not None else []
        return json.dumps(
            {
                "debates": len(self.opened),
                "calls": sum(line.event == "DONE" for line in self.log()),
                "cuts": len(self.cuts),
                "in flight at the cuts": sum(len(cut.in_flight) for cut in self.cuts),
                "calls repeated": repeats(self.log()),
                "takeover max (s)": max(self.takeovers_s(), default=None),
                "delivery p50 (s)": round(delays[len(delays) // 2], 3) if delays else None,
                "delivery max (s)": round(delays[-1], 3) if delays else None,
                "took (s)": round(time.monotonic() - self.began, 1),
                **more,
            }
        )

    def close(self) -> None:
        if self.watchers is not None:
            self.watchers.close()
        for one in (*self.workers, self.server):
            one.stop()
