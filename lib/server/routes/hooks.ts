import {
  EnabledBody,
  HOOK_LIMITS,
  HookDeliveries,
  HookList,
  HookSecret,
  HookTaken,
  HookView,
  HookWish,
  SecretBody,
  SecretList,
  SecretName,
  SecretView,
  SIGNED_HEADERS,
  TemplateQuery,
} from "../../protocol/hooks.ts";
import type { HookEntry, HookOutcome } from "../../runtime/hooks/hooks-api.ts";
import type { Studio } from "../../runtime/studio-api.ts";
import { type Call, json, type Route, route } from "../http.ts";
import { HttpError } from "../http-problem.ts";
import { createRateLimit } from "../rate-limit.ts";

type Deps = { studio: Studio; publicUrl?: URL };

/** What answers to programs we do not know: data and nothing else. */
const SANDBOX = { "content-security-policy": "sandbox; default-src 'none'" };
const notFound = { says: "There is no such hook." };
const unknownHook = () => new HttpError(404, "UNKNOWN_HOOK", "There is no such hook.");

/** Ways in by a signed request. The address of a hook is open; its signature guards it. All others need the token. */
export function hookRoutes({ studio, publicUrl }: Deps): Route[] {
  // Guessing is hopeless; this keeps strangers from keeping the server busy.
  const strangers = createRateLimit({ burst: 60, perSecond: 1, now: Date.now });
  const base = (header: Call<unknown, unknown>["header"]) => publicUrl?.origin ?? `http://${header("host")}`;
  const view = (hook: HookEntry, header: Call<unknown, unknown>["header"]) => ({
    ...hook,
    url: `${base(header)}/api/hooks/${hook.id}`,
  });
  return [
    route({
      method: "POST",
      path: "/api/hooks/:id",
      open: true,
      raw: ["application/json"],
      summary: `Starts a run of the hook's template. Signed: ${SIGNED_HEADERS.signature} is v1= and the hex HMAC-SHA256 of <${SIGNED_HEADERS.timestamp}>.<body>.`,
      answers: {
        202: { says: "A run was created.", schema: HookTaken },
        200: { says: "This delivery was taken before; the run it started.", schema: HookTaken },
        401: { says: "Not signed with the hook's secret within the last five minutes." },
        404: notFound,
        409: { says: "The hook is switched off." },
        422: { says: "The body does not fit the template's inputs; every problem." },
        429: { says: "Too many deliveries, or the day's budget is spent; Retry-After says when." },
        508: { says: "Runs start each other in a circle." },
      },
      async handle({ params, header, bytes }) {
        const outcome = await studio.hooks.take(params.id ?? "", {
          deliveryId: header(SIGNED_HEADERS.id),
          timestamp: header(SIGNED_HEADERS.timestamp),
          signature: header(SIGNED_HEADERS.signature),
          depth: header(SIGNED_HEADERS.depth),
          body: await bytes(HOOK_LIMITS.bodyBytes),
        });
        if (!outcome.taken) {
          if (outcome.why === "unknown" || outcome.why === "unsigned") strangers.count("everybody");
          throw refusal(outcome);
        }
        const { runId, created } = outcome;
        const answer = { runId, run: `${base(header)}/api/runs/${runId}`, page: `${base(header)}/runs/${runId}` };
        return json(created ? 202 : 200, answer, SANDBOX);
      },
    }),
    route({
      method: "GET",
      path: "/api/hooks",
      summary: "Hooks, of one template if wanted; never their secrets.",
      query: TemplateQuery,
      answers: { 200: { says: "All of them.", schema: HookList } },
      async handle({ query, header }) {
        return json(200, { hooks: (await studio.hooks.list(query.templateId)).map((hook) => view(hook, header)) });
      },
    }),
    route({
      method: "POST",
      path: "/api/hooks",
      summary: "Makes a hook for a template. Its secret is in this answer and in no other.",
      body: HookWish,
      answers: {
        201: { says: "Made.", schema: HookSecret },
        422: { says: "There is no such template or input." },
      },
      async handle({ body, header }) {
        const { hook, secret } = await studio.hooks.create(body);
        return json(201, { hook: view(hook, header), secret });
      },
    }),
    route({
      method: "PUT",
      path: "/api/hooks/:id/enabled",
      summary: "Switches a hook on or off.",
      body: EnabledBody,
      answers: { 200: { says: "How it is now.", schema: HookView }, 404: notFound },
      async handle({ params, body, header }) {
        const hook = await studio.hooks.setEnabled(params.id ?? "", body.enabled);
        if (!hook) throw unknownHook();
        return json(200, view(hook, header));
      },
    }),
    route({
      method: "POST",
      path: "/api/hooks/:id/rotate",
      summary: "Gives a hook another secret; the one before holds no longer.",
      answers: { 200: { says: "The new secret, this once.", schema: HookSecret }, 404: notFound },
      async handle({ params, header }) {
        const made = await studio.hooks.rotate(params.id ?? "");
        if (!made) throw unknownHook();
        return json(200, { hook: view(made.hook, header), secret: made.secret });
      },
    }),
    route({
      method: "GET",
      path: "/api/hooks/:id/deliveries",
      summary: "The newest deliveries of a hook and the runs they started.",
      answers: { 200: { says: "The newest 50.", schema: HookDeliveries } },
      handle: async ({ params }) => json(200, { deliveries: await studio.hooks.deliveries(params.id ?? "", 50) }),
    }),
    route({
      method: "DELETE",
      path: "/api/hooks/:id",
      summary: "Removes a hook and what is remembered of its deliveries. Its runs stay.",
      answers: { 204: { says: "Gone." }, 404: notFound },
      async handle({ params }) {
        if (!(await studio.hooks.remove(params.id ?? ""))) throw unknownHook();
        return { status: 204 };
      },
    }),
  ];
}

function refusal({ why, message, waitS = 1 }: Extract<HookOutcome, { taken: false }>): HttpError {
  const wait = { headers: { ...SANDBOX, "retry-after": String(waitS) } };
  switch (why) {
    case "unknown":
      return new HttpError(404, "UNKNOWN_HOOK", message, { headers: SANDBOX });
    case "unsigned":
      return new HttpError(401, "UNSIGNED", message, { headers: { ...SANDBOX, "www-authenticate": "Signature" } });
    case "off":
      return new HttpError(409, "HOOK_OFF", message, { headers: SANDBOX });
    case "loop":
      return new HttpError(508, "LOOP", message, { headers: SANDBOX });
    case "too-many":
      return new HttpError(429, "TOO_MANY", message, wait);
    case "day-budget":
      return new HttpError(429, "HOOK_BUDGET", message, wait);
    case "queue-full":
      return new HttpError(429, "QUEUE_FULL", message, wait);
  }
}

const nameOf = (name: string | undefined): string => {
  const read = SecretName.safeParse(name);
  if (read.success) return read.data;
  throw new HttpError(422, "BAD_NAME", read.error.issues[0]?.message ?? "This is no name.");
};

/** Secrets that graphs name. They go in and never come out. */
export const secretRoutes = ({ studio }: Pick<Deps, "studio">): Route[] => [
  route({
    method: "GET",
    path: "/api/secrets",
    summary: "Names of the secrets that signed messages may use, and for which address each was entered.",
    answers: { 200: { says: "All of them.", schema: SecretList } },
    handle: async () => json(200, { secrets: await studio.secrets.list() }),
  }),
  route({
    method: "PUT",
    path: "/api/secrets/:name",
    summary: "Stores a secret, sealed, for one address. It can be replaced or removed, never read.",
    body: SecretBody,
    answers: { 200: { says: "Stored.", schema: SecretView }, 422: { says: "Not a name, an address or long enough." } },
    handle: async ({ params, body }) => json(200, await studio.secrets.put(nameOf(params.name), body)),
  }),
  route({
    method: "DELETE",
    path: "/api/secrets/:name",
    summary: "Removes a secret; graphs that name it can send nothing any more.",
    answers: { 204: { says: "Gone." }, 404: { says: "There is no such secret." } },
    async handle({ params }) {
      if (!(await studio.secrets.remove(params.name ?? "")))
        throw new HttpError(404, "UNKNOWN_SECRET", "There is no such secret.");
      return { status: 204 };
    },
  }),
];
