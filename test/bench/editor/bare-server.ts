import { once } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { Graph } from "#lib/protocol/graph.ts";

const PAGE = fileURLToPath(new URL("bare-page.tsx", import.meta.url));
const STYLE = `html,body,#root{height:100%;margin:0;background:#141414;color:#f2f0ed;font:13px sans-serif}
.near .react-flow__viewport{will-change:transform}.react-flow__edge-path{stroke:#6ea8fe;stroke-width:2}
.simple{width:300px;border-radius:12px;background:#1c1c1c;outline:1px solid #333}.simple b{display:block;padding:8px 12px}
.simple img{display:block;width:100%;aspect-ratio:640/428}.react-flow__handle{width:10px;height:10px;border-radius:9px}`;

type Built = { output: { type: string; fileName: string; code?: string; source?: string | Uint8Array }[] };

/** Bundles the bare page as the product is bundled: production React, minified. The bundler is the one vitest brings. */
async function bundle(): Promise<{ script: string; style: string }> {
  const path = createRequire(import.meta.resolve("vitest")).resolve("vite");
  const vite = (await import(path)) as { build(options: object): Promise<Built | Built[]> };
  const built = await vite.build({
    configFile: false,
    logLevel: "error",
    mode: "production",
    define: { "process.env.NODE_ENV": '"production"' },
    build: { write: false, minify: true, target: "esnext", rollupOptions: { input: PAGE } },
  });
  const files = [built].flat().flatMap(({ output }) => output);
  const script = files.find(({ type }) => type === "chunk")?.code ?? "";
  const css = files.find(({ fileName }) => fileName.endsWith(".css"))?.source ?? "";
  return { script, style: `${String(css)}\n${STYLE}` };
}

/** The same nodes, edges and places for React Flow's own node. */
const sent = (graph: Graph, pictures: ReadonlyMap<string, Buffer>) => ({
  nodes: graph.nodes.map(({ id, title, position, config }) => {
    const asset = (config.assets as { asset: string }[] | undefined)?.[0]?.asset;
    const picture = asset && pictures.has(asset) ? `/picture/${asset}` : undefined;
    return { id, type: "simple", position, data: { title, picture } };
  }),
  edges: graph.edges.map(({ id, source, target }) => ({ id, source, target })),
});

/** Serves the bare page on a free port: `?count=1000` names the graph. */
export async function serveBare(
  graphs: ReadonlyMap<number, Graph>,
  pictures: ReadonlyMap<string, Buffer>,
): Promise<{ base: string; close(): void }> {
  const { script, style } = await bundle();
  const html = `<!doctype html><meta charset="utf-8"><title>bare</title><style>${style}</style><div id="root"></div><script type="module" src="/page.js"></script>`;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const graph = graphs.get(Number(url.searchParams.get("count")));
    const picture = pictures.get(decodeURIComponent(url.pathname.replace("/picture/", "")));
    const [type, body] =
      url.pathname === "/page.js"
        ? ["text/javascript", script]
        : url.pathname === "/graph" && graph
          ? ["application/json", JSON.stringify(sent(graph, pictures))]
          : picture
            ? ["image/webp", picture]
            : ["text/html", html];
    response.writeHead(200, { "content-type": type, "cache-control": picture ? "max-age=3600" : "no-store" });
    response.end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
