// ESLint rule: who may import whom (docs/house.md), and no cycle of any kind, types included.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const IMPORT = /^\s*(?:import|export)\b[^;"']*?["']([^"']+)["']/gm;

/** file -> the files it imports, for every source below `root`; read once a run. */
function graphOf(root) {
  const files = readdirSync(root, { recursive: true }).filter((name) => name.endsWith(".ts"));
  return new Map(
    files.map((name) => {
      const file = join(root, name);
      const sources = [...readFileSync(file, "utf8").matchAll(IMPORT)].map(([, source]) => source);
      return [file, sources.filter((it) => it.startsWith(".")).map((it) => target(file, it))];
    }),
  );
}

function target(file, source) {
  return resolve(dirname(file), source).replace(/\.js$/, ".ts");
}

/** The way from a file back to itself, if there is one. */
function cycle(graph, start) {
  const seen = new Set();
  const walk = (file, way) => {
    for (const next of graph.get(file) ?? []) {
      if (next === start) return [...way, next];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = walk(next, [...way, next]);
      if (found) return found;
    }
    return undefined;
  };
  return walk(start, [start]);
}

const graphs = new Map();

/** Options: `root`, and `layers`: [{ in: RegExp source, not: RegExp source, why }]. */
export const imports = {
  meta: { type: "problem", schema: [{ type: "object" }] },
  create(context) {
    const { root, layers } = context.options[0];
    if (!graphs.has(root)) graphs.set(root, graphOf(root));
    const graph = graphs.get(root);
    const file = context.filename;
    const here = relative(root, file).replaceAll("\\", "/");
    const isTest = /\.test\.ts$|^testing\//.test(here);

    function judge(node) {
      const source = node.source?.value;
      if (typeof source !== "string" || isTest) return;
      const report = (message) => context.report({ node, message });
      if (!source.startsWith(".")) return report(`${source}: the package depends on nothing`);
      const there = relative(root, target(file, source)).replaceAll("\\", "/");
      if (!graph.has(target(file, source))) return report(`${source} does not exist`);
      for (const layer of layers) {
        if (new RegExp(layer.in).test(here) && new RegExp(layer.not).test(there)) {
          report(`${here} may not import ${there}: ${layer.why}`);
        }
      }
    }

    return {
      ImportDeclaration: judge,
      ExportNamedDeclaration: judge,
      ExportAllDeclaration: judge,
      ExportDefaultDeclaration: (node) =>
        context.report({ node, message: "a default export has no name of its own" }),
      Program(node) {
        const way = cycle(graph, file)?.map((each) => relative(root, each));
        if (way) context.report({ node, message: `a cycle: ${way.join(" -> ")}` });
      },
    };
  },
};
