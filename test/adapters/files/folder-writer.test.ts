import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, realpath, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { createFolderWriter } from "#lib/adapters/files/folder-writer.ts";

let base: string;
let product: string;
let data: string;
beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), "folder-writer-")));
  product = join(base, "home", "product");
  data = join(base, "store", "data");
  for (const folder of [join(product, "app"), join(product, "out"), data]) await mkdir(folder, { recursive: true });
});

const file = (name: string, content = "new") => ({ name, content: async () => content });
const writeTo = (folder: string, ...names: string[]) =>
  createFolderWriter({ product, data }).write(
    folder,
    names.map((name) => file(name)),
  );
const unsafe = expect.objectContaining({ code: "NAME_UNSAFE" });

describe("writing into a folder that a person named", () => {
  it("makes folders as names ask for and gives absolute paths; nothing else is left there", async () => {
    const out = join(base, "out");
    expect(await writeTo(out, "a/b/c.png", "d.png")).toEqual([join(out, "a/b/c.png"), join(out, "d.png")]);
    expect(await readFile(join(out, "a/b/c.png"), "utf8")).toBe("new");
    expect((await readdir(out)).sort()).toEqual(["a", "d.png"]);
  });

  it.each(["../x.png", "/etc/x.png", "a/../../x.png", ".", ""])("NM-001 refuses the name %j", async (name) => {
    await expect(writeTo(join(base, "out"), name)).rejects.toThrow(unsafe);
    expect(existsSync(join(base, "x.png"))).toBe(false);
  });

  it("NM-001 makes nothing behind a link that was planted under a name, also not in a neighbour of like name", async () => {
    const out = join(base, "out");
    await mkdir(out);
    for (const elsewhere of ["elsewhere", "out-of-sight"]) {
      await mkdir(join(base, elsewhere));
      await symlink(join(base, elsewhere), join(out, elsewhere));
      await expect(writeTo(out, `${elsewhere}/deep/x.png`)).rejects.toThrow(unsafe);
      expect(await readdir(join(base, elsewhere))).toEqual([]);
    }
  });

  it("NM-001 replaces a planted file link instead of writing through it", async () => {
    const [out, victim] = [join(base, "out"), join(base, "victim")];
    await mkdir(out);
    await writeFile(victim, "old");
    await symlink(victim, join(out, "x.png"));
    await writeTo(out, "x.png");
    expect([await readFile(victim, "utf8"), await readFile(join(out, "x.png"), "utf8")]).toEqual(["old", "new"]);
  });

  it("NM-005 refuses folders in the product or its data, and those that hold one of them", async () => {
    const within = ["app", "nodes/x", "node_modules", ".next", "lib", "bin"].map((name) => join(product, name));
    for (const folder of [...within, product, join(base, "home"), data, join(data, "assets"), join(base, "store"), "/"])
      await expect(writeTo(folder, "x.png"), folder).rejects.toThrow(unsafe);
    await symlink(join(product, "app"), join(base, "way-in"));
    await expect(writeTo(join(base, "way-in"), "x.png")).rejects.toThrow(unsafe);
    expect(await readdir(join(product, "app"))).toEqual([]);
  });

  it("NM-005 lets a folder of its own be beside them", async () => {
    for (const folder of [join(product, "out"), join(base, "store", "database"), join(product, "application")])
      expect(await writeTo(folder, "x.png")).toEqual([join(folder, "x.png")]);
  });
});
