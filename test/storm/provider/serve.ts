import { writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { FAULTS, type FaultRule, faultRule, nextFault } from "./faults.ts";
import { judgement } from "./judge.ts";
import { type Create, emptyLedger } from "./ledger.ts";
import { drawPng } from "./png.ts";
import { type Held, outputOf, shown } from "./responses.ts";
import { checkImages, checkResponse } from "./rules.ts";
import { streamResponse } from "./stream.ts";
import { editRequest, generationRequest, type ImagesRequest, parsed, Refusal, responseRequest } from "./wire.ts";

export type ProviderSettings = {
  /** From a create call's arrival to its finished picture, ms. */
  latencyMs: number;
  /** From a create call's arrival to the answer that names the response, ms. */
  createDelayMs: number;
  /** Side of the pictures in pixels. */
  side: number;
  /** What a judge finds, by variant and turn (see judge.ts); without it, nothing. */
  scores?: number[][];
  /** Kept up to date with every create call, so that it can be read after the provider is gone. */
  ledgerFile?: string;
};

const FIRST_SEED = 0x5eed;
const HTML = "<!doctype html><title>Sign in to the hotel network</title>";

/** A strict stand-in for the provider that counts what would be paid. Wrong requests are refused, and remembered as violations. */
export function serveProvider(settings: ProviderSettings) {
  const responses = new Map<string, Held>();
  let rules: FaultRule[] = [];
  let ledger = emptyLedger();
  let made = 0;
  let inFlight = 0;

  const record = (create: Create) => {
    ledger.creates.push(create);
    if (settings.ledgerFile) writeFileSync(settings.ledgerFile, JSON.stringify(ledger));
  };
  const pay = (create: Create) => {
    create.paid = true;
    ledger.paid[create.key] = (ledger.paid[create.key] ?? 0) + 1;
    if (ledger.paid[create.key]! > 1) ledger.violations.push(`call key sent twice: ${create.key}`);
    inFlight += 1;
    ledger.mostInFlight = Math.max(ledger.mostInFlight, inFlight);
    setTimeout(() => (inFlight -= 1), settings.latencyMs);
  };

  /** Before the work is taken on: answers in its place, or lets it pass. */
  const refuse = async (rule: FaultRule | undefined, response: ServerResponse): Promise<boolean> => {
    switch (rule?.fault) {
      case "429":
      case "slow-down": {
        const code = rule.fault === "429" ? "rate_limit_exceeded" : "slow_down";
        const headers: Record<string, string> =
          rule.retryAfterS === undefined ? {} : { "retry-after": `${rule.retryAfterS}` };
        return sendError(response, new Refusal(429, code, "Slow down, please."), "rate_limit", headers);
      }
      case "429-quota":
        return sendError(
          response,
          new Refusal(429, rule.code ?? "insufficient_quota", "You are out of money."),
          "insufficient_quota",
        );
      case "503":
        return sendError(response, new Refusal(503, "server_is_overloaded", "Overloaded."), "server_error");
      case "500-before":
        return sendError(response, new Refusal(500, "server_error", "Something broke."), "server_error");
      case "400":
        return sendError(response, new Refusal(400, rule.code ?? "invalid_value", "Not like that."));
      case "401":
        return sendError(response, new Refusal(401, "invalid_api_key", "Incorrect API key provided."));
      case "403":
        return sendError(response, new Refusal(403, "org_not_verified", "Your organization must be verified."));
      case "model-gone":
        return sendError(
          response,
          new Refusal(404, "model_not_found", "The model does not exist or was retired.", "model"),
        );
      case "prev-404": {
        const what = "Previous response with id 'resp_gone' not found.";
        return sendError(response, new Refusal(400, "previous_response_not_found", what, "previous_response_id"));
      }
      case "400-moderation": {
        const moderation_details = { moderation_stage: "input", categories: ["harassment"] };
        const error = {
          type: "image_generation_user_error",
          code: "moderation_blocked",
          message: "Refused.",
          param: null,
          moderation_details,
        };
        return sendJson(response, 400, { error });
      }
      case "html200":
        response.writeHead(200, { "content-type": "text/html" }).end(HTML);
        return true;
      case "empty200":
        response.writeHead(200, { "content-type": "application/json" }).end();
        return true;
      case "204":
        response.writeHead(204).end();
        return true;
      case "reset-before":
        response.socket?.resetAndDestroy();
        return true;
      default:
        return false;
    }
  };

  /** After the work was taken on: the answer that names it is lost. */
  const lose = async (rule: FaultRule | undefined, response: ServerResponse): Promise<boolean> => {
    switch (rule?.fault) {
      case "500-after":
        return sendError(response, new Refusal(500, "server_error", "Something broke."), "server_error");
      case "502-after":
        response.writeHead(502, { "content-type": "text/html" }).end("<h1>Bad Gateway</h1>");
        return true;
      case "reset-after":
        response.socket?.resetAndDestroy();
        return true;
      case "hang":
        return true;
      default:
        return false;
    }
  };

  const create = async (body: string, request: IncomingMessage, response: ServerResponse) => {
    const asked = parsed(responseRequest, readBody(body, request));
    checkResponse(asked, (id) => responses.get(id));
    const rule = nextFault(rules, body);
    const text = asked.input
      .flatMap((message) => message.content.flatMap((part) => ("text" in part ? [part.text] : [])))
      .join(" ");
    const entry: Create = {
      key: asked.metadata?.call_key ?? "",
      at: Date.now(),
      prompt: text.slice(0, asked.text ? 200 : 2000),
      parent: asked.previous_response_id,
      paid: false,
      fault: rule?.fault,
      ...(asked.text ? { judges: true } : {}),
    };
    if (rule && FAULTS[rule.fault] === "refuses") {
      record(entry);
      await refuse(rule, response);
      return;
    }
    made += 1;
    const now = Date.now();
    const held: Held = {
      id: `resp_${String(made).padStart(6, "0")}${now.toString(36)}`,
      request: asked,
      fault: rule,
      createdAt: now,
      doneAt: now + settings.latencyMs,
      status: "in_progress",
      stored: asked.store !== false,
      gone: false,
      pollFaults: rule?.fault === "poll-500" ? 3 : 0,
      picture: asked.tools?.length
        ? { width: settings.side, height: settings.side }
        : responses.get(asked.previous_response_id ?? "")?.picture,
      seed: FIRST_SEED + made * 16,
      ...(asked.text && settings.scores ? { judgement: judgement(asked, responses, settings.scores) } : {}),
    };
    responses.set(held.id, held);
    entry.responseId = held.id;
    pay(entry);
    record(entry);
    // Drawn in the quiet between the burst of requests and the burst of answers.
    setTimeout(() => {
      outputOf(held, settings.side);
      entry.picture = held.hash;
    }, settings.latencyMs / 2);
    setTimeout(() => {
      if (held.status === "in_progress") held.status = rule?.fault === "failed" ? "failed" : "completed";
    }, settings.latencyMs);
    if (settings.createDelayMs > 0) await sleep(settings.createDelayMs);
    if (await lose(rule, response)) return;
    if (asked.stream) return await streamResponse(response, held, settings);
    if (!asked.background) {
      await sleep(Math.max(0, held.doneAt - Date.now()) + 1);
      // Two timers for the same moment go off in either order on a busy machine.
      if (held.status === "in_progress" && !rule) held.status = "completed";
    }
    const answer = JSON.stringify(shown(held, settings.side));
    if (rule?.fault === "truncate-json") {
      response.writeHead(200, { "content-type": "application/json", "content-length": answer.length });
      response.write(answer.slice(0, 120), () => response.socket?.resetAndDestroy());
      return;
    }
    response.writeHead(200, { "content-type": "application/json" }).end(answer);
  };

  const images = async (body: string, request: IncomingMessage, response: ServerResponse, edits: boolean) => {
    const asked: ImagesRequest = parsed(edits ? editRequest : generationRequest, readBody(body, request));
    checkImages(asked);
    const rule = nextFault(rules, body);
    made += 1;
    const entry: Create = {
      key: `images:${made}`,
      at: Date.now(),
      prompt: asked.prompt.slice(0, 200),
      paid: false,
      fault: rule?.fault,
    };
    if (!rule || FAULTS[rule.fault] === "paid") pay(entry);
    record(entry);
    if (await refuse(rule, response)) return;
    await sleep(settings.createDelayMs);
    if (await lose(rule, response)) return;
    await sleep(Math.max(0, settings.latencyMs - settings.createDelayMs));
    const usage = {
      input_tokens: 40,
      input_tokens_details: { image_tokens: 0, text_tokens: 40 },
      output_tokens: 196,
      total_tokens: 236,
    };
    const data = Array.from({ length: asked.n ?? 1 }, (_, order) => ({
      b64_json: drawPng(settings.side, FIRST_SEED + made * 16 + order).toString("base64"),
    }));
    if (asked.stream) {
      const type = edits ? "image_edit.completed" : "image_generation.completed";
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(`event: ${type}\ndata: ${JSON.stringify({ type, ...data[0], usage })}\n\n`);
      return;
    }
    sendJson(response, 200, { created: Math.floor(Date.now() / 1000), data, usage });
  };

  const poll = (held: Held | undefined, response: ServerResponse): void => {
    ledger.polls += 1;
    if (!held?.stored || held.gone || held.fault?.fault === "poll-gone") {
      sendError(response, new Refusal(404, "not_found", "Response not found."));
    } else if (held.pollFaults > 0) {
      held.pollFaults -= 1;
      sendError(response, new Refusal(500, "server_error", "Something broke."), "server_error");
    } else {
      sendJson(response, 200, shown(held, settings.side));
    }
  };

  const cancel = (held: Held | undefined, response: ServerResponse): void => {
    ledger.cancels += 1;
    if (!held) return void sendError(response, new Refusal(404, "not_found", "Response not found."));
    if (held.status === "in_progress") held.status = "cancelled";
    sendJson(response, 200, shown(held, settings.side));
  };

  const control = (path: string, body: string, response: ServerResponse): void => {
    if (path === "/__faults") rules = faultRule.array().parse(JSON.parse(body));
    if (path === "/__forget") for (const held of responses.values()) held.gone = true;
    if (path === "/__reset") {
      ledger = emptyLedger();
      rules = [];
    }
    if (path === "/__settings") Object.assign(settings, JSON.parse(body));
    sendJson(response, 200, path === "/__ledger" ? ledger : {});
  };

  const server = createServer(async (request, response) => {
    response.setHeader("x-request-id", `req_${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`);
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const body = await bodyOf(request);
    try {
      if (path.startsWith("/__")) return control(path, body, response);
      checkClient(request);
      const [, id, verb] = /^\/v1\/responses\/([^/]+)(?:\/(cancel))?$/.exec(path) ?? [];
      if (path === "/v1/responses" && request.method === "POST") await create(body, request, response);
      else if (path === "/v1/images/generations") await images(body, request, response, false);
      else if (path === "/v1/images/edits") await images(body, request, response, true);
      else if (id && request.method === "GET") poll(responses.get(id), response);
      else if (id && verb === "cancel" && request.method === "POST") cancel(responses.get(id), response);
      else throw new Refusal(404, "not_found", `Unknown request URL: ${request.method} ${path}.`);
    } catch (error) {
      const refusal =
        error instanceof Refusal ? error : new Refusal(500, "provider_bug", String((error as Error).stack));
      // A forgotten parent is the provider's doing; naming one that never was is ours.
      const forgotten =
        refusal.code === "previous_response_not_found" &&
        [...responses.values()].some((held) => held.gone && body.includes(held.id));
      if (!forgotten) ledger.violations.push(`${path}: ${refusal.code}: ${refusal.message}`);
      record({ key: "", at: Date.now(), prompt: body.slice(0, 200), paid: false, refused: refusal.code });
      sendError(response, refusal);
    }
  });
  server.keepAliveTimeout = 30_000;
  return server;
}

function checkClient(request: IncomingMessage): void {
  if (!/^Bearer \S+$/.test(request.headers.authorization ?? ""))
    throw new Refusal(401, "invalid_api_key", "No API key.");
  const retries = request.headers["x-stainless-retry-count"];
  if (retries !== undefined && retries !== "0") throw new Refusal(400, "blind_retry", `the SDK retried: ${retries}`);
}

function readBody(body: string, request: IncomingMessage): unknown {
  if (!(request.headers["content-type"] ?? "").startsWith("application/json"))
    throw new Refusal(415, "unsupported_media_type", "JSON only here");
  return JSON.parse(body);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

function sendJson(response: ServerResponse, status: number, json: unknown, headers: Record<string, string> = {}): true {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(json));
  return true;
}

const sendError = (
  response: ServerResponse,
  { status, code, message, param }: Refusal,
  type = "invalid_request_error",
  headers: Record<string, string> = {},
): true => sendJson(response, status, { error: { message, type, param: param ?? null, code } }, headers);
