/**
 * Counting again: what the verdict says must follow from the ballots, in whole numbers. The last
 * ballot of each participant counts; a ballot without an option is an abstention.
 */
import type { Ballot, Predicate } from "./schema.js";

/** The ballots do not recount to the verdict. */
export class TallyError extends Error {
  override readonly name = "TallyError";
}

/** This verifier cannot count by that rule. */
export class RuleUnknown extends Error {
  override readonly name = "RuleUnknown";
}

type Weights = ReadonlyMap<string, number>;
type Chosen = Ballot & { readonly option: string };

/** Refuse a verdict that the ballots do not give, or a total that the parts do not. */
export function recount(predicate: Predicate): void {
  const { verdict } = predicate;
  const final = last(predicate.ballots);
  const cast = final.filter(isChosen);
  const weights = weigh(cast);
  count(predicate, final, cast);
  if (verdict.outcome === "decided") {
    decided(predicate, weights);
    dissents(predicate, cast);
  } else if (verdict.option !== undefined) {
    throw new TallyError(`outcome ${verdict.outcome} names an option`);
  } else if (verdict.outcome === "no_consensus" && verdict.quorum.met) {
    const winners = winnersOf(verdict, weights);
    if (winners.size === 1) throw new TallyError(`by ${verdict.rule} the ballots give a winner`);
  }
  const parts = predicate.cost.agents.reduce((sum, agent) => sum + BigInt(agent.cost_micro_usd), 0n);
  if (parts !== BigInt(predicate.cost.total_micro_usd)) {
    throw new TallyError("the agents' costs do not add up to the total");
  }
}

/** Refuse a name that stands for nobody, or twice. */
export function references(predicate: Predicate): void {
  const { participants, options, ballots, dissent, transcript, cost, verdict } = predicate;
  const people = unique(participants.map((person) => person.id), "participant");
  const ids = unique(options.map((option) => option.id), "option");
  for (const item of [...ballots, ...dissent, ...transcript.messages, ...cost.agents]) {
    if (!people.has(item.participant)) throw new TallyError(`${item.participant} is no participant`);
  }
  unique(verdict.tally.map((entry) => entry.option), "tally entry");
  for (const { option } of [...ballots, ...dissent, ...verdict.tally, verdict]) {
    if (option !== undefined && !ids.has(option)) throw new TallyError(`${option} is no option`);
  }
}

function isChosen(ballot: Ballot): ballot is Chosen {
  return ballot.option !== undefined;
}

/** Each participant's ballot of the latest round. */
function last(ballots: readonly Ballot[]): Ballot[] {
  unique(ballots.map((ballot) => `${ballot.participant} in round ${ballot.round}`), "ballot of");
  return [...new Map(inOrder(ballots).map((ballot) => [ballot.participant, ballot])).values()];
}

function inOrder(ballots: readonly Ballot[]): Ballot[] {
  return [...ballots].sort((one, other) => one.round - other.round);
}

function weigh(cast: readonly Chosen[]): Map<string, number> {
  const weights = new Map<string, number>();
  for (const { option, weight_ppm } of cast) weights.set(option, (weights.get(option) ?? 0) + weight_ppm);
  return weights;
}

function count({ verdict }: Predicate, final: readonly Ballot[], cast: readonly Chosen[]): void {
  const weights = weigh(cast);
  const said = new Map(verdict.tally.map((entry) => [entry.option, entry]));
  for (const option of new Set([...said.keys(), ...weights.keys()])) {
    const number = cast.filter((ballot) => ballot.option === option).length;
    const weight = weights.get(option) ?? 0;
    const entry = said.get(option);
    if ((entry?.count ?? 0) !== number || (entry?.weight_ppm ?? 0) !== weight) {
      throw new TallyError(`option ${option} counts ${number}, weighs ${weight}`);
    }
  }
  const { quorum, abstentions } = verdict;
  if (quorum.cast !== cast.length || quorum.eligible < cast.length) {
    throw new TallyError(`${cast.length} ballots were cast, the quorum says ${quorum.cast}`);
  }
  const abstained = final.length - cast.length;
  if (abstentions < abstained || abstentions > quorum.eligible - cast.length) {
    throw new TallyError(`${abstained} abstained, not ${abstentions}`);
  }
}

function decided(predicate: Predicate, weights: Weights): void {
  const { option, quorum, rule, tie_rule_used: tieRule } = predicate.verdict;
  if (option === undefined || !quorum.met) throw new TallyError("decided, but without an option or a quorum");
  if (rule === "judge") {
    if (!weights.has(option)) throw new TallyError("nobody voted for the judge's option");
    return;
  }
  let winners = winnersOf(predicate.verdict, weights);
  if (tieRule !== undefined && winners.size > 1) winners = broken(tieRule, winners, predicate);
  if (winners.size !== 1 || !winners.has(option)) {
    throw new TallyError(`by ${rule} the ballots do not give ${option}`);
  }
}

/** The leading options, if the rule lets a leader win; several are a tie. */
function winnersOf({ rule, share = { num: 2, den: 3 } }: Predicate["verdict"], weights: Weights): Set<string> {
  // BigInt, because a share times a weight may pass 2^53.
  const most = BigInt(Math.max(0, ...weights.values()));
  const total = [...weights.values()].reduce((sum, weight) => sum + BigInt(weight), 0n);
  const tests: Record<string, boolean> = {
    plurality: most > 0n,
    weighted: most > 0n,
    majority: 2n * most > total,
    supermajority: BigInt(share.den) * most >= BigInt(share.num) * total,
    unanimous: most === total,
    none: false,
    judge: false,
  };
  const suffices = Object.hasOwn(tests, rule) ? tests[rule] : undefined;
  if (suffices === undefined) throw new RuleUnknown(`this verifier does not count by the rule ${rule}`);
  return suffices ? leaders(weights) : new Set();
}

function leaders(weights: Weights): Set<string> {
  const most = Math.max(0, ...weights.values());
  return new Set([...weights].filter(([, weight]) => weight === most).map(([option]) => option));
}

function broken(tieRule: string, tied: ReadonlySet<string>, { options, ballots }: Predicate): Set<string> {
  if (tieRule === "first_listed") {
    return new Set(options.map((option) => option.id).filter((id) => tied.has(id)).slice(0, 1));
  }
  if (tieRule !== "sealed_ballots") {
    throw new RuleUnknown(`this verifier does not know the tie rule ${tieRule}`);
  }
  // Who led among the tied when everybody had chosen once, before hearing the others.
  const latestFirst = inOrder(ballots).filter(isChosen).reverse();
  const first = new Map(latestFirst.map((ballot) => [ballot.participant, ballot]));
  return leaders(weigh([...first.values()].filter((ballot) => tied.has(ballot.option))));
}

function dissents({ dissent, verdict }: Predicate, cast: readonly Chosen[]): void {
  const said = dissent.map((item) => `${item.participant} ${item.option ?? ""}`).sort();
  const due = cast
    .filter((ballot) => ballot.option !== verdict.option)
    .map((ballot) => `${ballot.participant} ${ballot.option}`)
    .sort();
  if (said.join() !== due.join()) {
    throw new TallyError("the dissents are not the ballots against the verdict");
  }
}

function unique(names: readonly string[], what: string): Set<string> {
  const found = new Set(names);
  if (found.size !== names.length) {
    throw new TallyError(`${what} ${names.find((name, at) => names.indexOf(name) !== at) ?? ""} stands twice`);
  }
  return found;
}
