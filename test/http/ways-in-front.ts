import { createHmac } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect } from "vitest";
import type { HookSecret } from "#lib/protocol/hooks.ts";
import { readEnv } from "#lib/server/env.ts";
import { openStudio } from "#lib/server/wire.ts";
import { type FrontServer, startFront, withJson } from "./front-server.ts";

// biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the server says; the assertions are the types
export type Json = any;

/** The real studio behind the real server, with a published template `poster` that draws one small picture of `{{title}}`. */
export async function startWaysIn(vars: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "ways-in-"));
  const env = { THROUGHLINE_DATA: join(folder, "data"), XDG_CONFIG_HOME: join(folder, "config"), ...vars };
  const publicUrl = vars.PUBLIC_URL ? new URL(vars.PUBLIC_URL) : undefined;
  const studio = await openStudio(readEnv(env));
  studio.startWorker();
  const front = await startFront({ studio, vars: env, publicUrl });
  const call = async (path: string, init?: RequestInit) => {
    const answer = await front.fetch(path, init);
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: (/^[{[]/.test(text) ? JSON.parse(text) : {}) as Json,
    };
  };
  const publish = async (graph: { id: string } & Record<string, unknown>) => {
    expect((await call(`/api/graphs/${graph.id}`, withJson(graph, "PUT"))).status).toBe(201);
    expect((await call(`/api/graphs/${graph.id}/publish`, withJson({}))).status).toBe(201);
  };
  await publish(poster());
  return {
    front,
    studio,
    data: env.THROUGHLINE_DATA,
    call,
    publish,
    async hook(wish: object = {}): Promise<HookSecret> {
      const made = await call(
        "/api/hooks",
        withJson({ templateId: "poster", mapping: { title: "post.title" }, ...wish }),
      );
      expect(made.status).toBe(201);
      return made.body as HookSecret;
    },
    /** Sets a schedule's next time to a moment ago. */
    async due(id: string): Promise<void> {
      const db = new DatabaseSync(join(env.THROUGHLINE_DATA, "journal.sqlite"));
      db.prepare("update schedule set next_at = ? where id = ?").run(Date.now() - 1000, id);
      db.close();
    },
    /** A delivery as a stranger's program sends it: without token and cookie. */
    deliver: (id: string, body: unknown, signed: Signed = {}) => deliver(front, id, body, signed),
    async finished(runId: string): Promise<Json> {
      await (await front.fetch(`/api/runs/${runId}/events`)).text();
      return (await call(`/api/runs/${runId}`)).body;
    },
  };
}

export const poster = (more: Record<string, unknown> = {}) => ({
  id: "poster",
  name: "Poster",
  inputs: [
    { key: "title", title: "Title", type: "text", required: true },
    { key: "mood", type: "choice", options: ["calm", "loud"], default: "calm" },
  ],
  nodes: [
    { id: "words", type: "prompt", config: { text: "{{title}}, {{mood}}" } },
    { id: "picture", type: "generate", config: { size: "1024x1024", quality: "low", partials: 0 } },
  ],
  edges: [{ id: "e", source: "words", sourceHandle: "text", target: "picture", targetHandle: "prompt" }],
  ...more,
});

export type Signed = {
  secret?: string;
  id?: string;
  at?: number;
  signature?: string;
  headers?: Record<string, string>;
};

export async function deliver(front: FrontServer, hookId: string, body: unknown, signed: Signed = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const timestamp = Math.floor((signed.at ?? Date.now()) / 1000);
  const mac = createHmac("sha256", signed.secret ?? "")
    .update(`${timestamp}.${text}`)
    .digest("hex");
  const answer = await front.raw({
    method: "POST",
    path: `/api/hooks/${hookId}`,
    headers: {
      host: `127.0.0.1:${front.port}`,
      "content-type": "application/json",
      ...(signed.secret === undefined && signed.signature === undefined
        ? {}
        : { "throughline-timestamp": String(timestamp), "throughline-signature": signed.signature ?? `v1=${mac}` }),
      ...(signed.id ? { "throughline-delivery": signed.id } : {}),
      ...signed.headers,
    },
    body: text,
  });
  return { status: answer.status, headers: answer.headers, text: answer.text, body: answer.json() as Json };
}
