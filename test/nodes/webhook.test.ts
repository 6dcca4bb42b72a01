import { describe, expect, test } from "vitest";
import webhook from "#nodes/webhook.ts";
import { testContext } from "./node-context.ts";

const parse = (config: Record<string, unknown>) => webhook.config.parse(config) as Record<string, unknown>;

describe("webhook", () => {
  test("sends everything that is wired in as one message, with the run in its address", async () => {
    const { ctx, sent } = testContext();
    const config = parse({ url: "https://cms.test/{{run.id}}", secret: "cms" });
    const data = [
      { kind: "text" as const, text: "one" },
      { kind: "number" as const, number: 2 },
    ];
    expect(await webhook.run(ctx, { data }, config)).toEqual({});
    expect(sent).toEqual([{ url: "https://cms.test/run_1", secret: "cms", include: "results", values: data }]);
  });

  test("the label of a picture may stand in the address, made safe for it", async () => {
    const { ctx, sent } = testContext();
    const image = {
      kind: "image" as const,
      asset: `sha256:${"0".repeat(64)}`,
      width: 1,
      height: 1,
      mediaType: "image/png",
      made: { by: "local" as const },
    };
    const config = parse({ url: "https://cms.test/{{label}}/{{item}}", secret: "cms" });
    await webhook.run(
      ctx,
      {
        data: [
          { kind: "text", text: "x" },
          { ...image, label: "../a?b" },
        ],
      },
      config,
    );
    expect(sent[0]?.url).toBe("https://cms.test/..%2Fa%3Fb/1");
  });

  test.each([
    "sk-proj-0123456789abcdefghij",
    "a3f1c09be4d15876a3f1c09be4d15876",
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "f47ac10b-58cc-4372-a567-0e02b2c3d479",
    "Bearer abc",
    "hunter2!",
  ])("SC-001 the secret is a name; a secret itself (%s) cannot stand there", (secret) => {
    expect(webhook.config.safeParse({ url: "https://cms.test/", secret }).success).toBe(false);
  });

  test.each(["cms", "ticket-desk", "c3", "staging-cms-eu"])("%s is a name", (secret) => {
    expect(webhook.config.safeParse({ url: "https://cms.test/", secret }).success).toBe(true);
  });

  test("an address and a secret's name are missed before anything runs", () => {
    const codes = (config: Record<string, unknown>) => webhook.check?.(parse(config)).map(({ code }) => code);
    expect(codes({})).toEqual(["NO_ADDRESS", "NO_SECRET"]);
    expect(codes({ url: "ftp://x", secret: "cms" })).toEqual(["BAD_ADDRESS"]);
    expect(codes({ url: "{{where}}", secret: "cms" })).toEqual([]);
  });
});
