import { describe, expect, test } from "vitest";
import { gatherInputs } from "#lib/cli/gather-inputs.ts";
import { WrongUse } from "#lib/cli/wrong-use.ts";
import { StepError } from "#lib/protocol/failure.ts";

const graph = { inputs: [{ key: "photo", type: "image" }] };
const given = { inputs: [], images: [{ key: "photo", value: "shoe.png" }] };
const asset = `sha256:${"a".repeat(64)}`;

describe("a picture given for an input", () => {
  test("is stored and named by its asset", async () => {
    const world = { readPicture: async () => new Uint8Array([1]), upload: async () => async () => ({ asset }) };
    expect(await gatherInputs(graph, given, world)).toEqual({ photo: { asset } });
  });

  test("that cannot be read is told with the input's name", async () => {
    const readPicture = () => Promise.reject(new WrongUse("FILE_UNREADABLE", "Picture shoe.png does not exist."));
    const world = { readPicture, upload: async () => async () => ({ asset }) };
    await expect(gatherInputs(graph, given, world)).rejects.toMatchObject({
      code: "FILE_UNREADABLE",
      where: { field: "photo" },
    });
  });

  test("that is no picture is told with the input's name", async () => {
    const store = () => Promise.reject(new StepError("UNSUPPORTED_IMAGE_TYPE", "The file is not a picture."));
    const world = { readPicture: async () => new Uint8Array([1]), upload: async () => store };
    await expect(gatherInputs(graph, given, world)).rejects.toMatchObject({
      name: "WrongUse",
      code: "UNSUPPORTED_IMAGE_TYPE",
      where: { field: "photo" },
    });
  });
});
