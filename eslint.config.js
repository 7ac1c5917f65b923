// The import rules of docs/house.md for TypeScript, and typed lint for everything we write.
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import { importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

const sdk = "sdk/typescript/src";

// A folder and what it may not reach: core knows nothing of the API, receipts nothing of the rest.
const layers = [
  { target: `./${sdk}/core`, from: `./${sdk}`, except: ["./core"] },
  { target: `./${sdk}/receipts`, from: `./${sdk}`, except: ["./receipts", "./testing"] },
  { target: `./${sdk}/generated`, from: `./${sdk}`, except: ["./generated", "./core"] },
  { target: `./${sdk}/client.ts`, from: `./${sdk}/core/{stream,sse,socket,job}.ts` },
  { target: `./${sdk}/client.ts`, from: `./${sdk}/generated/live.ts` },
  { target: `./${sdk}/client.ts`, from: `./${sdk}/receipts` },
  { target: `./${sdk}/generated/!(live).ts`, from: `./${sdk}/core/{stream,sse,socket,job}.ts` },
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
    plugins: { "import-x": importX },
    settings: {
      "import-x/resolver-next": [
        createTypeScriptImportResolver({ project: "sdk/typescript/tsconfig.json" }),
      ],
    },
    rules: {
      "import-x/no-cycle": "error",
      "import-x/no-unresolved": "error",
      "import-x/no-default-export": "error",
    },
  },
  {
    files: [`${sdk}/**/*.ts`],
    ignores: [`${sdk}/**/*.test.ts`, `${sdk}/testing/**`],
    rules: {
      "import-x/no-nodejs-modules": "error",
      "import-x/no-extraneous-dependencies": ["error", { devDependencies: false }],
      "import-x/no-restricted-paths": ["error", { zones: layers }],
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
