/** What the compiler accepts and what it must refuse; a wrong answer fails the build of the tests. */
import assert from "node:assert/strict";
import { test } from "node:test";

import type { BudgetExceeded, Debate, DebateStreamEvent } from "./index.js";
import { Aragora, UnknownEvent } from "./index.js";

const client = new Aragora({ baseUrl: "http://127.0.0.1:9", apiKey: "ara_test" });

/** Every known type, and what is newer: a forgotten case is a compiler error. */
function said(event: Extract<DebateStreamEvent, { type: "argument.added" | "unknown" }>): string {
  switch (event.type) {
    case "argument.added":
      return event.data.text;
    case "unknown":
      return event.wireType;
    default:
      return event satisfies never;
  }
}

test("the discriminator of events leaves no case open", () => {
  assert.equal(said(new UnknownEvent("moon.rose", 1, {})), "moon.rose");
});

/** Never runs: it is compiled. */
export function refused(error: BudgetExceeded, debate: Debate): unknown[] {
  const left: string = error.remaining_usd;
  const code: "budget_exceeded" = error.code;
  // An open enum: known values complete, newer ones are strings.
  const isOver: boolean = debate.status === "concluded" || debate.status === "paused";
  return [
    left,
    code,
    isOver,
    // @ts-expect-error a question is required
    client.debates.create({}),
    // @ts-expect-error a wrong name
    client.debates.create({ question: "?", agent: [] }),
    // @ts-expect-error a number is no money
    client.debates.create({ question: "?", max_cost_usd: 5 }),
    // @ts-expect-error a closed enum of a request
    client.debates.list({ status: "paused" }),
    // @ts-expect-error a wrong option
    client.debates.get("id", { timeout: 5 }),
    // @ts-expect-error answers are read only
    (debate.status = "failed"),
    // @ts-expect-error undefined is not absence
    client.debates.list({ limit: undefined }),
    // @ts-expect-error there is no such error member
    error.missing_usd,
  ];
}
