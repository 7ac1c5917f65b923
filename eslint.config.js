// The import rules of docs/house.md for TypeScript, and typed lint for everything we write.
import { join } from "node:path";
import tseslint from "typescript-eslint";

import { imports } from "./sdk/typescript/scripts/imports.mjs";

const sdk = "sdk/typescript/src";
const heavy = String.raw`^core/(stream|sse|socket|job)\.ts$`;

const layers = [
  { in: "^core/", not: "^(?!core/)", why: "the core knows nothing of the API" },
  { in: "^receipts/", not: "^(?!receipts/)", why: "verification stands alone" },
  { in: "^generated/", not: "^(?!generated/|core/)", why: "generated code knows only the core" },
  { in: String.raw`^(client|generated/(?!live)\w+)\.ts$`, not: heavy, why: "the lean client is REST" },
  { in: String.raw`^client\.ts$`, not: "^(receipts/|generated/live)", why: "the lean client is REST" },
];

export default tseslint.config(
  {
    ignores: ["**/node_modules/", "**/dist/", "**/build*/", "**/.venv/", "**/.nox/", "codegen/", "docs/"],
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/only-throw-error": "off", // an AbortSignal's reason is thrown as given
      "@typescript-eslint/consistent-type-imports": "error",
      "max-lines": ["error", { max: 300 }],
      "max-lines-per-function": ["error", { max: 40, skipComments: true, skipBlankLines: true }],
    },
  },
  {
    files: [`${sdk}/**/*.ts`],
    plugins: { house: { rules: { imports } } },
    rules: {
      "house/imports": ["error", { root: join(import.meta.dirname, sdk), layers }],
    },
  },
  {
    files: [`${sdk}/**/*.ts`],
    ignores: [`${sdk}/**/*.test.ts`, `${sdk}/testing/**`],
    rules: {
      "no-console": "error",
      "no-restricted-globals": ["error", "process", "Buffer"],
    },
  },
  {
    files: [`${sdk}/**/*.test.ts`, `${sdk}/testing/**`],
    rules: {
      // node:test's `test` returns a promise that the runner awaits itself.
      "@typescript-eslint/no-floating-promises": [
        "error",
        { allowForKnownSafeCalls: [{ from: "package", name: ["test", "suite", "describe", "it"], package: "node:test" }] },
      ],
      "max-lines-per-function": "off",
    },
  },
  {
    files: [`${sdk}/generated/**/*.ts`],
    rules: { "max-lines": "off" },
  },
);
