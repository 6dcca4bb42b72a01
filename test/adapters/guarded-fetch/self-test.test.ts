import { Agent } from "undici";
import { describe, expect, test } from "vitest";
import { createGuardedFetch } from "#lib/adapters/guarded-fetch/guarded-fetch.ts";
import { guardHolds } from "#lib/adapters/guarded-fetch/self-test.ts";

describe("SF-018 the self-test at the start", () => {
  test("holds on this runtime", async () => {
    expect(await guardHolds()).toBe(true);
  });

  test("fails where a fetch goes through", async () => {
    expect(await guardHolds({ fetcher: () => ({ fetchPicture: async () => Buffer.from("inside") }) })).toBe(false);
  });

  test("fails where loopback is only unreachable, not refused by us", async () => {
    const agent = () => new Agent({ connect: (_target, done) => done(new Error("ECONNREFUSED"), null) });
    expect(await guardHolds({ agent })).toBe(false);
  });

  test("fails where the hook that looks at a name's addresses is not called", async () => {
    const resolve = async () => {
      throw new Error("ENOTFOUND");
    };
    expect(await guardHolds({ fetcher: () => createGuardedFetch({ resolve }) })).toBe(false);
  });
});
