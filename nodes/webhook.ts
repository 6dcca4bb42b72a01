import * as z from "zod";
import { defineNode, STEP_NAMES } from "#lib/sdk/index.ts";

export default defineNode({
  type: "webhook",
  version: 1,
  title: "Webhook",
  group: "output",
  icon: "webhook",
  docs: [
    "Tells another system that results are ready: one signed `POST` with everything that was wired into it. Pictures travel by name and, where the",
    "server has a public address and **Include** says so, by a link that works for a week; never as pixels.",
    "",
    "The **address** may use `{{graph.id}}`, `{{run.id}}`, `{{run.date}}`, `{{label}}` (of the first picture that has one) and `{{item}}`. The **secret** is a name. The secret itself is entered once under Settings, for one address, and stays on the server. The receiver checks",
    "`throughline-signature`: `v1=` and the hex HMAC-SHA256 of `<throughline-timestamp>.<body>`, and refuses timestamps older than five minutes.",
    "`throughline-delivery` names the delivery: the same id again is the same delivery, after a crash too.",
    "",
    "An answer of 2xx counts as taken. 429, 5xx and broken connections are tried again, six times in all; anything else fails the step. Addresses inside",
    "your network, and this server itself, are not called; redirects are not followed.",
  ].join("\n"),
  effect: "world",
  inputs: { data: { kind: "any", many: true, title: "Data" } },
  outputs: {},
  config: z.object({
    url: z
      .string()
      .default("")
      .meta({
        title: "Address",
        description: "Where the results are sent, starting with https://",
        late: [...STEP_NAMES, "label", "item"],
        control: "template",
      }),
    secret: z
      .string()
      .regex(
        /^$|^[a-z][a-z0-9]{0,15}(-[a-z0-9]{1,16}){0,3}$/,
        "write the name of a secret, like cms or ticket-desk; the secret itself stays under Settings",
      )
      .default("")
      .meta({ title: "Secret", description: "The name of the secret it is signed with, from Settings" }),
    include: z.enum(["results", "assets"]).default("results").meta({
      title: "Include",
      description: "Results by name, or with a link to each picture",
    }),
  }),
  check({ url, secret }) {
    const bad = url !== "" && !url.includes("{{") && !/^https?:\/\/[^/]/i.test(url);
    return [
      ...(url === "" ? [{ code: "NO_ADDRESS", field: "url", message: "Say where the results are sent." }] : []),
      ...(bad ? [{ code: "BAD_ADDRESS", field: "url", message: "An address starts with https:// or http://." }] : []),
      ...(secret === ""
        ? [
            {
              code: "NO_SECRET",
              field: "secret",
              message: "Name the secret it is signed with. Enter one under Settings first.",
            },
          ]
        : []),
    ];
  },
  guess: () => ({}),
  async run(ctx, { data }, { url, secret, include }) {
    if (data.length === 0) return {};
    const label = data.map((value) => ("label" in value ? value.label : undefined)).find(Boolean) ?? "";
    const address = ctx.fill(url, { label: encodeURIComponent(label), item: ctx.item.index + 1 });
    await ctx.deliveries.send({ url: address, secret, include, values: data });
    return {};
  },
  examples: [
    {
      name: "a finished picture and its words are told to a CMS",
      config: { url: "https://cms.example.com/hooks/throughline", secret: "cms", include: "assets" },
      inputs: { data: ["@landscape", { kind: "text", text: "The harbour at dawn" }] },
      gives: {},
    },
    {
      name: "nothing to tell: nothing is sent",
      config: { url: "https://cms.example.com/hooks/throughline", secret: "cms" },
      inputs: { data: [] },
      gives: {},
    },
  ],
});
