import { expect, test } from "vitest";
import { LIMITS } from "#lib/protocol/limits.ts";
import { scriptedProvider } from "./scripted-provider.ts";
import { openTestStudio } from "./test-studio.ts";

const CUBE = [
  "TITLE swap",
  "LUT_3D_SIZE 2",
  ...["0 0 0", "0 0 1", "0 1 0", "0 1 1", "1 0 0", "1 0 1", "1 1 0", "1 1 1"],
].join("\n");
const bytes = (text: string) => new TextEncoder().encode(text);

test("a look-up table is kept byte for byte, once, and names what it is", async () => {
  const { studio } = await openTestStudio(scriptedProvider().provider);
  const stored = await studio.uploadLut(bytes(CUBE));
  expect(stored).toEqual({ asset: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), known: false, cubic: true, size: 2 });
  expect((await studio.asset(stored.asset))?.bytes.toString()).toBe(CUBE);
  expect((await studio.uploadLut(bytes(CUBE))).known).toBe(true);
  expect(await studio.uploadLut(bytes("LUT_1D_SIZE 2\n0 0 0\n1 1 1"))).toMatchObject({ cubic: false, size: 2 });
});

test("what is no table is refused with its line, and nothing is kept", async () => {
  const { studio } = await openTestStudio(scriptedProvider().provider);
  const code = (input: Uint8Array) =>
    studio.uploadLut(input).then(
      () => "stored",
      (error) => [error.code, error.details?.line],
    );
  expect(await code(bytes(CUBE.replace("1 0 1", "1 0 red")))).toEqual(["LUT_INVALID", 8]);
  expect(await code(bytes("LUT_3D_SIZE 129\n"))).toEqual(["LUT_INVALID", 1]);
  expect(await code(bytes("hello"))).toEqual(["LUT_INVALID", 1]);
  expect(await code(Uint8Array.of(0x4c, 0xff, 0xfe, 0x00))).toEqual(["LUT_INVALID", undefined]);
  expect(await code(bytes(""))).toEqual(["EMPTY_FILE", undefined]);
  expect(await code(new Uint8Array(LIMITS.lutBytes + 1))).toEqual(["FILE_TOO_LARGE", undefined]);
  expect((await studio.storage()).assets).toBe(0);
});
