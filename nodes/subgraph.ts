import * as z from "zod";
import { defineNode, KINDS, type NodePorts, type Port, type Ports } from "#lib/sdk/index.ts";

const LINK = /^([A-Za-z0-9._-]{1,100})@([1-9][0-9]{0,8})$/;

const PortList = z.record(
  z.string(),
  z.object({
    kind: z.enum([...KINDS, "any"]),
    many: z.boolean().optional(),
    optional: z.boolean().optional(),
    title: z.string().optional(),
  }),
);
const LinkedPorts = z.object({ inputs: PortList, outputs: PortList });

const readLink = (config: Record<string, unknown>) => LINK.exec(typeof config.graph === "string" ? config.graph : "");

/** A title is a setting like any other once it stands in a document: braces in it would be read as an input's name. */
const slim = (ports: Ports): Ports =>
  Object.fromEntries(
    Object.entries(ports).map(([name, { kind, many, optional, title }]): [string, Port] => [
      name,
      {
        kind,
        ...(many ? { many } : {}),
        ...(optional ? { optional } : {}),
        ...(title && !title.includes("{{") ? { title } : {}),
      },
    ]),
  );

export default defineNode({
  type: "subgraph",
  version: 1,
  title: "Subgraph",
  group: "plumbing",
  icon: "workflow",
  docs: [
    "A saved graph as one node: draw a good way once, use it in many graphs. It is linked at one **version** (`hero-shot@3`), so what is saved there later",
    "changes nothing here until you take the new version over.",
    "",
    "A run puts the nodes of the linked graph in the place of this one, named `this/inner`. Every step is cached, counted, retried and explained as if it stood",
    "here itself, and what the linked graph has made before is free. A graph can be inside a graph up to 8 deep; none can hold itself.",
    "",
    "**Ports** are those the linked graph shows (its *Ports* in the inspector); where it names none, its unwired required inputs and the outputs of its last nodes.",
    "**Inputs** fill the linked graph's own inputs; texts may hold the inputs of this graph. Another **take** is another try of every model call in it.",
  ].join("\n"),
  effect: "pure",
  inputs: {},
  outputs: {},
  config: z.object({
    graph: z
      .string()
      .regex(LINK, "name a saved graph and its version, such as hero-shot@3")
      .meta({ title: "Graph", description: "The saved graph and its version", control: "linked-graph" }),
    inputs: z.record(z.string(), z.unknown()).default({}).meta({
      title: "Inputs",
      description: "What its inputs are here; left out: its own defaults",
      control: "linked-inputs",
    }),
    ports: LinkedPorts.optional().meta({
      title: "Ports",
      description: "What that version shows of itself; written with the link",
      control: "hidden",
    }),
  }),
  link(config) {
    const [, graph, revision] = readLink(config) ?? [];
    if (graph === undefined) return undefined;
    const inputs = typeof config.inputs === "object" && config.inputs !== null ? config.inputs : {};
    return { graph, revision: Number(revision), inputs: inputs as Record<string, unknown> };
  },
  linkTo: (config, { graph, revision, ports }) => ({
    ...config,
    graph: `${graph}@${revision}`,
    ports: { inputs: slim(ports.inputs), outputs: slim(ports.outputs) },
  }),
  portsFor(config): NodePorts {
    const read = LinkedPorts.safeParse(config.ports);
    return read.success ? read.data : { inputs: {}, outputs: {} };
  },
  // A run puts the graph in its place before anything is run.
  async run() {
    return {};
  },
  examples: [
    {
      name: "the third version of a saved graph",
      config: { graph: "hero-shot@3", inputs: { product: "{{product}}" } },
      gives: {},
    },
    {
      name: "with the ports that version shows",
      config: {
        graph: "brand-banner@1",
        ports: {
          inputs: { picture: { kind: "image", title: "Picture" } },
          outputs: { banner: { kind: "image", title: "Banner" } },
        },
      },
      gives: {},
    },
  ],
});
