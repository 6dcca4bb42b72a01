import { expect, it } from "vitest";
import { createLog, redact } from "#lib/server/log.ts";

it.each([
  "key sk-proj-abcdefghijkl is wrong",
  "Authorization: Bearer abcdefgh-secret",
  "GET /?token=abcdefgh-secret HTTP/1.1",
  "GET /r/abcdefghijklmnop.abcdefghijklmnop HTTP/1.1",
  "http://127.0.0.1:3000/api/shared/abcdefghijklmnop.abcdefghijklmnop/answer",
  "postgres://user:abcdefgh-secret@host/db",
  "cookie: throughline=abcdefgh-secret",
  '{"set-cookie":"abcdefgh-secret"}',
  '"x-api-key": "abcdefgh-secret"',
  "data:image/png;base64,abcdefghsecret==",
])("SC-004 takes the secret out of %j", (text) => {
  expect(redact(text)).not.toMatch(/abcdefgh/);
});

it("SC-004 keeps of a provider's error its words, never the headers it carries", () => {
  const lines: string[] = [];
  const log = createLog({ logLevel: "info" }, (line) => lines.push(line));
  const error = Object.assign(new Error("401 with key sk-canary123456"), {
    headers: { authorization: "Bearer canary" },
    request: { body: "canary" },
    code: "invalid_api_key",
  });
  log.error("A call failed.", error, { requestId: "r1" });
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain("canary");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    msg: "A call failed.",
    requestId: "r1",
    error: { code: "invalid_api_key" },
  });
});

it("says nothing below its level", () => {
  const lines: string[] = [];
  const log = createLog({ logLevel: "error" }, (line) => lines.push(line));
  log.info("quiet");
  log.warn("quiet");
  expect(lines).toEqual([]);
});
