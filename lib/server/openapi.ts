import * as z from "zod";
import { ProblemDocument } from "../protocol/http.ts";
import type { Described, Route } from "./http.ts";

const schemaOf = (schema: z.ZodType, io: "input" | "output") => {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
};

const answerOf = ({ says, schema, type }: Described) => ({
  description: says,
  ...(schema ? { content: { "application/json": { schema: schemaOf(schema, "output") } } } : {}),
  ...(type ? { content: { [type]: { schema: { type: "string" } } } } : {}),
});

function operationOf(route: Route) {
  const parameters = [
    ...[...route.path.matchAll(/:([A-Za-z]+)/g)].map(([, name]) => ({
      name,
      in: "path",
      required: true,
      schema: { type: "string" },
    })),
    ...Object.entries(route.query?.shape ?? {}).map(([name, schema]) => ({
      name,
      in: "query",
      required: false,
      schema: schemaOf(schema as z.ZodType, "input"),
    })),
  ];
  const content = route.raw
    ? Object.fromEntries(route.raw.map((type) => [type, { schema: { type: "string", format: "binary" } }]))
    : route.body && { "application/json": { schema: schemaOf(route.body, "input") } };
  const described = Object.entries(route.answers).map(([status, answer]) => [
    status,
    Number(status) < 400 ? answerOf(answer) : { description: answer.says, $ref: "#/components/responses/Problem" },
  ]);
  return {
    summary: route.summary,
    ...(route.open ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(content ? { requestBody: { required: !route.bodyOptional, content } } : {}),
    responses: { ...Object.fromEntries(described), default: { $ref: "#/components/responses/Problem" } },
  };
}

/** OpenAPI 3.1 of exactly the routes that are served, made from the shapes that check them. */
export function openApi(routes: readonly Route[], version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:([A-Za-z]+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Throughline", version, description: "Programs send Authorization: Bearer $THROUGHLINE_TOKEN." },
    servers: [{ url: "/" }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer" },
        session: { type: "apiKey", in: "cookie", name: "throughline" },
      },
      responses: {
        Problem: {
          description: "What went wrong (RFC 9457).",
          content: { "application/problem+json": { schema: schemaOf(ProblemDocument, "output") } },
        },
      },
    },
  };
}
