import * as z from "zod";
import { HealthAnswer, NodeList } from "../../protocol/http.ts";
import type { Studio } from "../../runtime/studio-api.ts";
import type { NodeInfo } from "../../sdk/registry.ts";
import type { Auth } from "../auth.ts";
import { json, type Route, route } from "../http.ts";
import { metricsText } from "../metrics.ts";

type Deps = {
  studio: Studio;
  auth: Auth;
  version: string;
  nodes(): NodeInfo[];
  /** The description of all routes, these included. */
  openApi(): Record<string, unknown>;
};

/** What the server says about itself. */
export const systemRoutes = ({ studio, auth, version, nodes, openApi }: Deps): Route[] => [
  route({
    method: "GET",
    path: "/api/health",
    summary: "Is the server well? Open to everyone who may reach it.",
    open: true,
    answers: { 200: { says: "It answers.", schema: HealthAnswer } },
    async handle() {
      const { status, simulated, queued, running } = await studio.health();
      return json(200, { status, simulated, queued, running, version });
    },
  }),
  route({
    method: "GET",
    path: "/api/metrics",
    summary: "Figures for Prometheus.",
    answers: { 200: { says: "Text exposition format.", type: "text/plain" } },
    async handle() {
      const { type, text } = await metricsText(studio);
      return { status: 200, headers: { "content-type": type }, body: text };
    },
  }),
  route({
    method: "GET",
    path: "/api/nodes",
    summary: "Every node type: ports, JSON Schema of its settings, documentation.",
    answers: { 200: { says: "All of them.", schema: NodeList } },
    handle: async () => json(200, { nodes: nodes() }),
  }),
  route({
    method: "GET",
    path: "/api/openapi.json",
    summary: "This description.",
    answers: { 200: { says: "OpenAPI 3.1.", schema: z.looseObject({ openapi: z.string() }) } },
    handle: async () => json(200, openApi()),
  }),
  route({
    method: "DELETE",
    path: "/api/session",
    summary: "Signs this browser out.",
    answers: { 204: { says: "Signed out." } },
    handle: async ({ header }) => ({
      status: 204,
      headers: { "set-cookie": auth.signOut({ cookie: header("cookie") }) },
    }),
  }),
];
