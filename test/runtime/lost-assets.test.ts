import { unlink } from "node:fs/promises";
import { expect, test } from "vitest";
import type { ImageValue } from "#lib/protocol/values.ts";
import { scriptedProvider } from "./scripted-provider.ts";
import { edge, graph, node, openTestStudio } from "./test-studio.ts";

const drawn = () =>
  graph(
    [
      node("p", "text", { text: "a lamp" }),
      node("hero", "generate", { size: "1024x1024", partials: 0 }),
      node("light", "grade", { exposure: 1 }),
    ],
    [edge("p.text", "hero.prompt"), edge("hero.image", "light.image")],
  );

test("ST-005 a paid picture whose file is gone is never bought again by itself; a local one is simply made again", async () => {
  const fake = scriptedProvider();
  const { go, studio } = await openTestStudio(fake.provider);
  const first = await go(drawn());
  const [hero, light] = ["hero", "light"].map((id) => first.outputs[id]?.image?.[0] as ImageValue);
  const path = (image: ImageValue | undefined) => studio.assetPath(image?.asset ?? "") ?? "";

  await unlink(path(light));
  const again = await go(drawn());
  expect(again.status).toBe("succeeded");
  expect(again.steps.find((step) => step.nodeId === "light")?.cached).toBe(false);
  expect((await studio.fsck()).ok).toBe(true);

  await unlink(path(hero));
  expect((await studio.fsck()).problems.map(({ code }) => code)).toEqual(["ASSET_MISSING"]);
  const lost = await go(drawn());
  expect(lost).toMatchObject({ status: "failed", paidCalls: 0, error: { code: "ASSET_MISSING" } });
  expect(lost.error?.message).toContain("raise the take of hero");
  expect(fake.sent).toHaveLength(1);
  expect((await go(drawn(), { takes: { hero: 2 } })).status).toBe("succeeded");
});
