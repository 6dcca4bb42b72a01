import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { httpSetup, pipeSetup } from "#lib/client/ways-in/assistant-setup.ts";
import { curlExample, exampleBody } from "#lib/client/ways-in/curl-example.ts";
import { usdIn } from "#lib/client/ways-in/usd-field.ts";
import { GraphInput } from "#lib/protocol/graph.ts";

const inputs = [
  { key: "title", title: "Post's title" },
  { key: "photo", type: "image" },
  { key: "mood", type: "choice", options: ["calm", "loud"] },
  { key: "fixed" },
].map((input) => GraphInput.parse(input));

test("an example body has every input at its path, and nothing for what is always the same", () => {
  const body = exampleBody(inputs, { mapping: { title: "post.title", photo: "post.image.src" }, inputs: { fixed: 1 } });
  expect(body).toEqual({
    post: { title: "Post's title", image: { src: "https://example.com/photo.jpg" } },
    mood: "calm",
  });
});

test("the shell lines sign what they send, quotes and all", () => {
  const body = { post: { title: 'It\'s "dawn" – über $HOME `x`' } };
  const script = curlExample("https://studio.test/api/hooks/abc", body)
    .replace("SECRET='…the secret you were shown once…'", "SECRET='s3cret'")
    .replace("NOW=$(date +%s)", "NOW=1700000000")
    .replace(/^curl [\s\S]*$/m, 'printf \'%s\\n%s\' "$SIGNATURE" "$BODY"');
  const [signature, ...sent] = execFileSync("bash", ["-c", script]).toString().split("\n");
  expect(JSON.parse(sent.join("\n"))).toEqual(body);
  expect(signature).toBe(
    createHmac("sha256", "s3cret")
      .update(`1700000000.${JSON.stringify(body)}`)
      .digest("hex"),
  );
});

test("set-ups for assistants are JSON and hold no token", () => {
  expect(JSON.parse(pipeSetup()).mcpServers.throughline.args).toContain("mcp");
  expect(JSON.parse(httpSetup("https://studio.test")).mcpServers.throughline.url).toBe("https://studio.test/api/mcp");
});

test.each([
  ["", null],
  [" 2,50 ", 2.5],
  ["$3", 3],
  ["-1", undefined],
  ["much", undefined],
])("an amount written as %j is %s", (text, usd) => {
  expect(usdIn(text)).toBe(usd);
});
