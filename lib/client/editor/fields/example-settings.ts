import type { AnyNode } from "../../../sdk/define-node.ts";

/** The examples of a type that can be tried here: those with settings, that do not show a failure and name no test picture. */
export const exampleSettings = (type: AnyNode): { name: string; config: Record<string, unknown> }[] =>
  type.examples.flatMap(({ name, config, fails }) =>
    config && fails === undefined && Object.keys(config).length > 0 && !namesFixture(config) ? [{ name, config }] : [],
  );

/** `"@landscape"` and the like stand for pictures that only the tests have. */
const namesFixture = (value: unknown): boolean =>
  typeof value === "string"
    ? value.startsWith("@")
    : typeof value === "object" && value !== null && Object.values(value).some(namesFixture);
