import { randomBytes, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Auth } from "./auth.ts";
import type { Doors } from "./doors.ts";
import { anonymous, type Guests } from "./guests.ts";
import type { Answer, Incoming } from "./http.ts";
import { HttpError, problemAnswer } from "./http-problem.ts";
import { incomingOf, send } from "./node-http.ts";
import { linkOverPage } from "./plain-page.ts";
import { ALWAYS, API_CSP, pageCsp } from "./security-headers.ts";
import { signInPage } from "./sign-in-page.ts";

/** What stands behind the front door. */
export type House = {
  doors: Doors;
  auth: Auth;
  /** Who is let in without a session, to one page. */
  guests: Guests;
  api(incoming: Incoming, requestId: string): Promise<Answer>;
  /** Draws a page or hands out a static file. The nonce is in the request's content-security-policy header. */
  pages(req: IncomingMessage, res: ServerResponse): Promise<void>;
  onError(error: unknown, requestId: string): void;
  dev?: boolean;
};

/** Headers that only a proxy may set. Nothing here is decided from them, and nothing behind sees them. */
const FORWARDED = /^(x-forwarded-|x-real-ip$|forwarded$|x-middleware-|x-nextjs-|x-invoke-|next-action$)/;

/**
 * The one HTTP server: every request, whatever its path, passes the Host check before anything else; the API checks the rest itself; pages
 * and static files need a session, or the link of one question (guests.ts). `house` is asked for at each request because the port is known only once the server listens.
 */
export function createFront(house: () => House): Server {
  const server = createServer(
    { requestTimeout: 300_000, headersTimeout: 20_000, keepAliveTimeout: 10_000, maxHeaderSize: MAX_HEADER_BYTES },
    (req, res) => {
      const requestId = randomUUID();
      for (const [name, value] of Object.entries(ALWAYS)) res.setHeader(name, value);
      res.setHeader("x-request-id", requestId);
      serve(house(), req, res, requestId).catch((error) => {
        house().onError(error, requestId);
        if (res.headersSent) res.destroy();
        else refuse(req, res, new HttpError(500, "INTERNAL", "Something went wrong here.")).catch(() => res.destroy());
      });
    },
  );
  // Nothing here speaks another protocol. The upgrade is answered before any listener of a library could forward it.
  server.on("upgrade", (_req, socket) => {
    socket.on("error", () => socket.destroy());
    endSocket(socket, new HttpError(426, "NO_UPGRADE", "Nothing here speaks another protocol."));
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => endSocket(socket, unreadable(error.code)));
  server.on("connect", (_req, socket) => socket.destroy());
  server.maxRequestsPerSocket = 0;
  return server;
}

/** A request line with a long search in it still fits. */
const MAX_HEADER_BYTES = 64 * 1024;

function unreadable(code: string | undefined): HttpError {
  if (code === "HPE_HEADER_OVERFLOW") return new HttpError(431, "HEADERS_TOO_LARGE", "The headers are too large.");
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return new HttpError(408, "TOO_SLOW", "The request did not arrive in time.");
  return new HttpError(400, "MALFORMED_REQUEST", "This is not an HTTP request that can be read.");
}

/** Says a last word on a connection that has no response object, and ends it. */
function endSocket(socket: Duplex, error: HttpError): void {
  if (!socket.writable) return void socket.destroy();
  const { status, headers, body } = problemAnswer(error);
  const lines = Object.entries({
    ...ALWAYS,
    ...headers,
    "content-length": Buffer.byteLength(String(body)),
    connection: "close",
  });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.map(([n, v]) => `${n}: ${v}\r\n`).join("")}\r\n${body}`,
  );
}

async function serve(house: House, req: IncomingMessage, res: ServerResponse, requestId: string): Promise<void> {
  const host = hostOf(req);
  if (host === undefined || !house.doors.knows(host))
    return refuse(
      req,
      res,
      new HttpError(421, "UNKNOWN_HOST", "This server does not answer to that name. Set PUBLIC_URL to add one."),
    );
  for (const name of Object.keys(req.headers)) if (FORWARDED.test(name)) delete req.headers[name];
  const path = (req.url ?? "/").split("?")[0] ?? "/";
  if (req.method === "TRACE" || req.method === "CONNECT")
    return refuse(
      req,
      res,
      new HttpError(405, "METHOD_NOT_ALLOWED", "This method is not taken here.", { headers: { allow: "GET, HEAD" } }),
    );
  if (path === "/api" || path.startsWith("/api/")) {
    res.setHeader("content-security-policy", API_CSP);
    res.setHeader("cache-control", "no-store");
    return send(req, res, await house.api(incomingOf(req, res, host), requestId));
  }
  return servePage(house, req, res, host);
}

/** The name the client asked for: the request target's when it is absolute, else the one Host header. Undefined when they contradict. */
function hostOf(req: IncomingMessage): string | undefined {
  const hosts = req.headersDistinct.host ?? [];
  if (hosts.length !== 1) return undefined;
  const absolute = /^http:\/\/([^/?#]*)(.*)$/i.exec(req.url ?? "");
  if (absolute) {
    if (absolute[1]?.toLowerCase() !== hosts[0]?.toLowerCase()) return undefined;
    req.url = absolute[2]?.startsWith("/") ? absolute[2] : `/${absolute[2] ?? ""}`;
  }
  return req.url?.startsWith("/") ? hosts[0] : undefined;
}

async function servePage(house: House, req: IncomingMessage, res: ServerResponse, host: string): Promise<void> {
  if (req.method !== "GET" && req.method !== "HEAD")
    return refuse(
      req,
      res,
      new HttpError(405, "METHOD_NOT_ALLOWED", "Pages are only read.", { headers: { allow: "GET, HEAD" } }),
    );
  const nonce = randomBytes(16).toString("base64");
  const csp = pageCsp(nonce, house.dev);
  res.setHeader("content-security-policy", csp);
  const url = new URL(`http://${host}${req.url ?? "/"}`);
  const { cookie, authorization } = req.headers;
  const link = house.guests.tokenIn(url.pathname);
  if (link !== undefined) return serveGuest(house, req, res, { link, nonce, csp });
  const token = url.pathname === "/" ? url.searchParams.get("token") : null;
  const session = token === null ? undefined : house.auth.signIn(token, { cookie });
  if (session !== undefined) {
    return send(req, res, {
      status: 303,
      headers: { location: "/", "set-cookie": session, "cache-control": "no-store" },
    });
  }
  const known = token === null && house.auth.identify({ cookie, authorization }) !== undefined;
  if (!known && !house.guests.mayLoad(url.pathname, cookie)) {
    if (!String(req.headers.accept ?? "").includes("text/html"))
      return refuse(req, res, new HttpError(401, "UNAUTHENTICATED", "Open the link that npm start printed."));
    const abroad = ["cross-site", "same-site"].includes(String(req.headers["sec-fetch-site"]));
    const page = signInPage({
      nonce,
      wrongToken: token !== null,
      again: abroad && token === null ? url.pathname + url.search : undefined,
    });
    return send(req, res, {
      status: 401,
      headers: {
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-store",
        "www-authenticate": "Bearer",
      },
      body: page,
    });
  }
  req.headers["content-security-policy"] = csp;
  return house.pages(req, res);
}

/** The one page for people without a session. A link that is no good gets the same plain page, whatever is wrong with it. */
async function serveGuest(
  house: House,
  req: IncomingMessage,
  res: ServerResponse,
  { link, nonce, csp }: { link: string; nonce: string; csp: string },
): Promise<void> {
  res.setHeader("x-robots-tag", "noindex, nofollow");
  res.setHeader("cache-control", "no-store");
  let good: boolean;
  try {
    good = await house.guests.admits(link);
  } catch (error) {
    if (error instanceof HttpError) return refuse(req, res, error);
    throw error;
  }
  if (!good) {
    const headers = { "content-type": "text/html; charset=utf-8" };
    return send(req, res, { status: 404, headers, body: linkOverPage(nonce) });
  }
  res.setHeader("set-cookie", house.guests.cookie());
  anonymous(req);
  req.headers["content-security-policy"] = csp;
  return house.pages(req, res);
}

function refuse(req: IncomingMessage, res: ServerResponse, error: HttpError): Promise<void> {
  return send(req, res, problemAnswer(error));
}
