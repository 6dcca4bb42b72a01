import { mkdtempSync } from "node:fs";
import { request as nodeRequest } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Studio } from "#lib/runtime/studio-api.ts";
import type { NodeInfo } from "#lib/sdk/registry.ts";
import { createApi } from "#lib/server/api.ts";
import { createAuth } from "#lib/server/auth.ts";
import { doorsOf } from "#lib/server/doors.ts";
import { readEnv } from "#lib/server/env.ts";
import { createFileLinks } from "#lib/server/file-links.ts";
import { createFront, type House } from "#lib/server/front.ts";
import { createGuests } from "#lib/server/guests.ts";
import type { Route } from "#lib/server/http.ts";
import { masterKey } from "#lib/server/master-key.ts";
import { createReviewLinks } from "#lib/server/review-links.ts";
import { createRoutes } from "#lib/server/routes.ts";
import { createSessions } from "#lib/server/sessions.ts";
import { createSettingsDesk } from "#lib/server/settings-desk.ts";
import { openSettings } from "#lib/server/stored-settings.ts";
import { createFakeStudio, type FakeStudio } from "./fake-studio.ts";

export const TOKEN = "test-token-0123456789";

export type FrontServer = {
  port: number;
  base: string;
  /** The studio in memory, unless a real one was given. */
  studio: FakeStudio;
  routes: Route[];
  errors: unknown[];
  /** One entry for each time a change of settings asked for a new studio. */
  reopened: true[];
  /** What the pages were asked for. */
  pageRequests: { url?: string; csp?: string; forwarded: string[] }[];
  /** A request with the token. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** A request with exactly these headers, Host included; fetch would add its own. */
  raw(options: {
    method?: string;
    path: string;
    headers?: Record<string, string | string[]>;
    body?: string | Buffer;
  }): Promise<{
    status: number;
    headers: Record<string, string | string[] | undefined>;
    text: string;
    json(): Record<string, unknown>;
  }>;
  /** Bytes written as they are; resolves with everything that comes back. */
  wire(text: string): Promise<string>;
  close(): Promise<void>;
};

/** The real server of the product on a free port, over a studio in memory and pages that only say "page". */
export async function startFront(
  options: {
    studio?: Studio;
    nodes?: () => NodeInfo[];
    publicUrl?: URL;
    heartbeatMs?: number;
    now?: () => number;
    /** The environment its settings are read from. */
    vars?: Record<string, string>;
  } = {},
): Promise<FrontServer> {
  const fake = createFakeStudio();
  const studio = options.studio ?? fake;
  const errors: unknown[] = [];
  const reopened: true[] = [];
  const pageRequests: FrontServer["pageRequests"] = [];
  let house: House;
  let routes: Route[] = [];
  const server = createFront(() => house);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      const doors = doorsOf(port, options.publicUrl);
      const auth = createAuth({
        tokens: [TOKEN],
        sessions: createSessions({ now: options.now ?? Date.now }),
        port,
        https: options.publicUrl?.protocol === "https:",
      });
      const env = readEnv({
        THROUGHLINE_DATA: mkdtempSync(join(tmpdir(), "front-")),
        XDG_CONFIG_HOME: tmpdir(),
        ...options.vars,
      });
      const settings = createSettingsDesk({
        book: openSettings(env),
        env,
        version: "0.0.0",
        studio: () => studio,
        reopen: async () => void reopened.push(true),
      });
      const links = createReviewLinks({
        studio,
        masterKey: (make) => masterKey(env, make),
        now: options.now ?? Date.now,
      });
      routes = createRoutes({
        links,
        files: createFileLinks({ masterKey: (make) => masterKey(env, make), now: options.now ?? Date.now }),
        publicUrl: options.publicUrl,
        studio,
        auth,
        settings,
        version: "0.0.0",
        nodes: options.nodes ?? (() => []),
        heartbeatMs: options.heartbeatMs,
      });
      const onError = (error: unknown) => errors.push(error);
      house = {
        doors,
        auth,
        guests: createGuests({ links, port, https: options.publicUrl?.protocol === "https:" }),
        onError,
        api: createApi({ routes, auth, doors, onError }),
        async pages(req, res) {
          pageRequests.push({
            url: req.url,
            csp: String(req.headers["content-security-policy"]),
            forwarded: Object.keys(req.headers).filter(
              (n) => n.startsWith("x-forwarded") || n.startsWith("x-middleware"),
            ),
          });
          res.end("page");
        },
      };
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;
  return {
    port,
    base,
    studio: fake,
    routes,
    errors,
    reopened,
    pageRequests,
    fetch: (path, init = {}) =>
      fetch(`${base}${path}`, {
        redirect: "manual",
        ...init,
        headers: { authorization: `Bearer ${TOKEN}`, ...init.headers },
      }),
    raw: ({ method = "GET", path, headers = {}, body }) =>
      new Promise((resolve, reject) => {
        const req = nodeRequest(
          { host: "127.0.0.1", port, method, path, headers, setHost: headers.host === undefined, agent: false },
          (res) => {
            const chunks: Buffer[] = [];
            res.on("data", (chunk) => chunks.push(chunk));
            res.on("error", reject);
            res.on("end", () => {
              const text = Buffer.concat(chunks).toString();
              resolve({ status: res.statusCode ?? 0, headers: res.headers, text, json: () => JSON.parse(text) });
            });
          },
        );
        req.on("error", reject);
        req.end(body);
      }),
    wire: (text) =>
      new Promise((resolve, reject) => {
        const socket = connect(port, "127.0.0.1", () => socket.write(text));
        let got = "";
        socket.on("data", (chunk) => {
          got += chunk.toString();
        });
        socket.on("error", reject);
        socket.on("close", () => resolve(got));
      }),
    async close() {
      await options.studio?.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A JSON body with its header, for `fetch`. */
export const withJson = (value: unknown, method = "POST"): RequestInit => ({
  method,
  headers: { "content-type": "application/json" },
  body: typeof value === "string" ? value : JSON.stringify(value),
});
