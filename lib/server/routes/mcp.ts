import { LIMITS } from "../../protocol/limits.ts";
import type { Studio } from "../../runtime/studio-api.ts";
import type { Answer } from "../http.ts";
import { type Route, route } from "../http.ts";

type Deps = { studio: Studio; version: string; publicUrl?: URL };

/** What the protocol says in headers; nothing else of a request is handed on. */
const TOLD = ["accept", "content-type", "mcp-protocol-version", "mcp-method", "mcp-name"];

/** Tools for assistants over HTTP: one request, one answer, no sessions. A call that takes time is answered as a stream with its progress. */
export const mcpRoutes = ({ studio, version, publicUrl }: Deps): Route[] => [
  route({
    method: "POST",
    path: "/api/mcp",
    raw: ["application/json"],
    summary: "Model Context Protocol (streamable HTTP, stateless): one tool per published template.",
    answers: {
      200: { says: "A JSON-RPC answer, or a stream that ends with it.", type: "application/json" },
      202: { says: "A notification was taken." },
    },
    async handle({ header, bytes, signal }) {
      const base = publicUrl?.origin ?? `http://${header("host")}`;
      const headers = new Headers();
      for (const name of TOLD) {
        const value = header(name);
        if (value !== undefined) headers.set(name, value);
      }
      const body = new Uint8Array(await bytes(LIMITS.jsonBytes));
      const request = new Request(`${base}/api/mcp`, { method: "POST", headers, body, signal });
      // Loaded when the first assistant comes: it is larger than everything else of the server.
      const [{ createMcpHandler }, { createMcpServer }] = await Promise.all([
        import("@modelcontextprotocol/server"),
        import("../mcp/server.ts"),
      ]);
      const handler = createMcpHandler(() =>
        createMcpServer({ studio, version, abandoned: "leave", pageOf: (path) => `${base}${path}` }),
      );
      return answerOf(await handler.fetch(request));
    },
  }),
];

function answerOf(response: Response): Answer {
  const headers: Record<string, string> = {};
  for (const name of ["content-type", "mcp-protocol-version", "allow"]) {
    const value = response.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  if (!response.body) return { status: response.status, headers };
  return { status: response.status, headers, body: textOf(response.body) };
}

async function* textOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of body) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
