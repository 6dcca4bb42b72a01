import { type AnyNode, isPause, type Outputs, type Pause, type Value } from "#lib/sdk/index.ts";
import { exampleValue, fillExampleNames, isExampleName } from "./example-values.ts";
import { type TestContext, testContext } from "./node-context.ts";

type Given = Record<string, unknown>;

/** Fixture names in `given` become values; a single value on a `many` port becomes a list; a `many` port left out, an empty one. */
export async function inputsFor(
  node: AnyNode,
  given: Given,
  { assets }: TestContext,
): Promise<Record<string, Value | Value[]>> {
  const resolve = async (value: unknown): Promise<unknown> => {
    if (isExampleName(value)) return await exampleValue(value, assets);
    if (Array.isArray(value)) return await Promise.all(value.map(resolve));
    if (value === null || typeof value !== "object") return value;
    const entries = Object.entries(value).map(async ([key, part]) => [key, await resolve(part)]);
    return Object.fromEntries(await Promise.all(entries));
  };
  const inputs: Record<string, Value | Value[]> = {};
  for (const [port, { many, optional }] of Object.entries(node.inputs)) {
    const value = (await resolve(given[port])) as Value | Value[] | undefined;
    if (many) inputs[port] = value === undefined ? [] : Array.isArray(value) ? value : [value];
    else if (value !== undefined) inputs[port] = value;
    else if (!optional) throw new Error(`${node.type} needs something at its input ${port}.`);
  }
  const unknown = Object.keys(given).find((port) => !Object.hasOwn(node.inputs, port));
  if (unknown) throw new Error(`${node.type} has no input ${unknown}.`);
  return inputs;
}

const asOutputs = (given: Given): Outputs =>
  Object.fromEntries(
    Object.entries(given)
      .map(([port, value]) => [port, (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined)])
      .filter(([, list]) => (list as unknown[]).length > 0),
  );

/** Runs a node as a step would: settings parsed and checked, inputs brought together, outputs as lists. */
export async function runNode(
  node: AnyNode,
  given: { config?: Given; inputs?: Given } = {},
  context: TestContext = testContext(),
): Promise<{ outputs: Outputs; pause?: Pause; context: TestContext }> {
  const config = node.config.parse(await fillExampleNames(given.config ?? {}, context.assets));
  const wrong = node.check?.(config).find((problem) => (problem as { level?: string }).level !== "warning");
  if (wrong) throw Object.assign(new Error(wrong.message), { code: wrong.code });
  const inputs = await inputsFor(node, given.inputs ?? {}, context);
  const result = await node.run(context.ctx, inputs, config);
  return isPause(result) ? { outputs: {}, pause: result, context } : { outputs: asOutputs(result), context };
}

/** What an example says it gives, with fixtures in place of their names. */
export async function expectedOutputs(gives: Given, { assets }: TestContext): Promise<Outputs> {
  const fill = async (value: unknown) => (isExampleName(value) ? await exampleValue(value, assets) : value);
  const entries = Object.entries(gives).map(async ([port, value]) => [
    port,
    await Promise.all((Array.isArray(value) ? value : [value]).map(fill)),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

/** Every output of an example must be one of the node's ports, and of its kind. */
export function portFault(node: AnyNode, outputs: Outputs): string | undefined {
  for (const [port, values] of Object.entries(outputs)) {
    const kind = node.outputs[port]?.kind;
    if (!kind) return `${port} is not an output of ${node.type}`;
    const odd = kind === "any" ? undefined : values.find((value) => value.kind !== kind);
    if (odd) return `${port} gave a ${odd.kind}, not a ${kind}`;
  }
  return undefined;
}
