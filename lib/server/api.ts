import * as z from "zod";
import { LIMITS } from "../protocol/limits.ts";
import { parseJson } from "../protocol/parse-json.ts";
import { type Problem, problem } from "../protocol/problems.ts";
import type { Auth } from "./auth.ts";
import { type Doors, foreign, SAFE_METHODS } from "./doors.ts";
import type { Answer, Incoming, Route } from "./http.ts";
import { asHttpError, HttpError, invalid, problemAnswer } from "./http-problem.ts";
import { createRouter } from "./router.ts";

export type ApiDeps = {
  routes: readonly Route[];
  auth: Auth;
  doors: Doors;
  /** Told about every answer of 500; the client only sees the request's id. */
  onError(error: unknown, requestId: string): void;
};

/** Serves `/api`: every request passes the same checks in the same order, and only then reaches the one function that is its route. */
export function createApi(deps: ApiDeps): (incoming: Incoming, requestId: string) => Promise<Answer> {
  const router = createRouter(deps.routes);
  return async (incoming, requestId) => {
    try {
      return await admit(deps, router, incoming);
    } catch (error) {
      const known = asHttpError(error);
      if (known.status >= 500 && known.code === "INTERNAL") deps.onError(error, requestId);
      return problemAnswer(known);
    }
  };
}

async function admit(
  { auth, doors }: ApiDeps,
  router: ReturnType<typeof createRouter>,
  incoming: Incoming,
): Promise<Answer> {
  const { method, host, header } = incoming;
  const site = header("sec-fetch-site");
  const origin = header("origin");
  const why = foreign(doors, { method, host, origin, site });
  if (why !== undefined) throw new HttpError(403, "FOREIGN_ORIGIN", why);

  const found = router.find(incoming.url.pathname);
  const wanted = found?.byMethod.get(method === "HEAD" ? "GET" : method);
  const caller = auth.identify({ authorization: header("authorization"), cookie: header("cookie") });
  // An address that strangers may use without a link says so for its other methods, too: it is no secret that it is there.
  const forStrangers = found && !wanted && [...found.byMethod.values()].some(({ open, guard }) => open && !guard);
  if (!caller && !wanted?.open && !forStrangers)
    throw new HttpError(
      401,
      "UNAUTHENTICATED",
      "Open the link that npm start printed, or send Authorization: Bearer <token>.",
      {
        headers: { "www-authenticate": 'Bearer realm="throughline"' },
      },
    );
  if (caller?.by === "session" && !SAFE_METHODS.has(method) && origin === undefined && site === undefined)
    throw new HttpError(
      403,
      "FOREIGN_ORIGIN",
      "A browser's session needs the browser's Origin header; programs send the token.",
    );
  if (!found) throw new HttpError(404, "NOT_FOUND", "There is nothing at this address.");
  if (!wanted) {
    const allow = [...found.byMethod.keys()].join(", ");
    throw new HttpError(405, "METHOD_NOT_ALLOWED", `This address takes ${allow}.`, { headers: { allow } });
  }
  await wanted.guard?.(found.params);
  return wanted.handle({
    caller: caller ?? { by: "token", name: "nobody" },
    params: found.params,
    query: queryOf(wanted, incoming.url),
    body: await bodyOf(wanted, incoming),
    header,
    bytes: incoming.bytes,
    signal: incoming.signal,
  });
}

function queryOf(wanted: Route, url: URL): unknown {
  const entries = [...url.searchParams];
  const given: Record<string, string> = Object.create(null);
  for (const [key, value] of entries) {
    if (key in given)
      throw invalid([problem("DUPLICATE_PARAMETER", `${key} stands twice in the address.`, { field: key })]);
    given[key] = value;
  }
  return parsed(wanted.query ?? z.strictObject({}), { ...given });
}

async function bodyOf(wanted: Route, incoming: Incoming): Promise<unknown> {
  const type = mediaType(incoming.header("content-type"));
  if (wanted.raw) {
    if (
      !wanted.raw.some((allowed) => (allowed.endsWith("/*") ? type.startsWith(allowed.slice(0, -1)) : type === allowed))
    )
      throw new HttpError(415, "UNSUPPORTED_MEDIA_TYPE", `Send ${wanted.raw.join(" or ")}.`);
    return undefined;
  }
  if (!wanted.body) return undefined;
  const silent = incoming.header("content-length") === "0" || !hasBody(incoming);
  if (silent && wanted.bodyOptional) return parsed(wanted.body, {});
  if (type !== "application/json") throw new HttpError(415, "UNSUPPORTED_MEDIA_TYPE", "Send application/json.");
  const bytes = await incoming.bytes(wanted.bodyBytes ?? LIMITS.jsonBytes);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new HttpError(400, "MALFORMED_JSON", "This body is not UTF-8.");
  }
  return parsed(wanted.body, parseJson(text, { bytes: wanted.bodyBytes }));
}

const hasBody = (incoming: Incoming): boolean =>
  incoming.header("content-length") !== undefined || incoming.header("transfer-encoding") !== undefined;
const mediaType = (header: string | undefined): string => (header ?? "").split(";")[0]?.trim().toLowerCase() ?? "";

function parsed(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalid(result.error.issues.flatMap(plain));
}

function plain(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) =>
      problem("UNKNOWN_FIELD", `There is no field "${key}" here.`, { field: [...issue.path, key].join(".") }),
    );
  const field = issue.path.join(".");
  return [
    problem("BAD_FIELD", `${field === "" ? "The body" : field}: ${issue.message}.`.replace(/\.\.$/, "."), { field }),
  ];
}
