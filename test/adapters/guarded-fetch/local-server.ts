import { createServer as createHttpServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { onTestFinished } from "vitest";
import type { Resolve } from "#lib/adapters/guarded-fetch/guarded-agent.ts";
import { createGuardedFetch, type GuardedFetchOptions } from "#lib/adapters/guarded-fetch/guarded-fetch.ts";

export type LocalServer = { port: number; host: string; connections: number; closed: number };

async function listening(server: Server): Promise<LocalServer> {
  const state: LocalServer = { port: 0, host: "", connections: 0, closed: 0 };
  const open = new Set<{ destroy(): void }>();
  server.on("connection", (socket) => {
    state.connections += 1;
    open.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => {
      state.closed += 1;
      open.delete(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  state.port = (server.address() as AddressInfo).port;
  state.host = `127.0.0.1:${state.port}`;
  onTestFinished(async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return state;
}

/** A server on loopback that counts its connections and ends with the test. */
export const serveHttp = (listener: RequestListener): Promise<LocalServer> => listening(createHttpServer(listener));

/** The same one floor below HTTP: `speak` writes whatever it likes. */
export const serveRaw = (speak: (write: (bytes: string) => void) => void): Promise<LocalServer> =>
  listening(
    createServer((socket) => {
      // A socket that nobody reads never learns that the other side has gone.
      socket.resume();
      speak((bytes) => void (socket.destroyed || socket.write(bytes)));
    }),
  );

/** A resolver that gives these answers, one list per question, the last one for ever. */
export const answering = (...answers: string[][]): Resolve & { asked: string[] } => {
  const asked: string[] = [];
  const resolve: Resolve = async (host) => {
    const list = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(host);
    return list.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  };
  return Object.assign(resolve, { asked });
};

/** A name that no test may really ask for. */
const noNames: Resolve = async (host) => {
  throw new Error(`This test resolves no names, and not ${host}.`);
};

/** Fetches through the guard: the code of the refusal, or the bytes. Names are resolved only by a resolver that the test brings. */
export async function outcome(url: string, options: GuardedFetchOptions = {}): Promise<string | Buffer> {
  const { fetchPicture } = createGuardedFetch({ resolve: noNames, ...options });
  return fetchPicture(url).catch((error: { code?: string; message: string }) => error.code ?? error.message);
}
