import { randomUUID } from "node:crypto";
import { mkdir, realpath, rename, rm, writeFile } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { StepError } from "#lib/protocol/failure.ts";
import type { FolderWriter } from "#lib/runtime/ports.ts";

/** Parts of the product that no file may ever be written into. */
const PRODUCT = ["app", "lib", "nodes", "node_modules", ".next", ".git", ".ci", "bin", "docs", "test", "public"];

const within = (path: string, parent: string) =>
  path === parent || path.startsWith(parent.endsWith(sep) ? parent : parent + sep);

/** Writes into folders people choose, but never into the product itself or its data, nor into a folder that holds one of them. */
export function createFolderWriter(folders: { product: string; data: string }): FolderWriter {
  const product = resolve(folders.product);
  const data = resolve(folders.data);
  const forbidden = [data, ...PRODUCT.map((name) => resolve(product, name))];
  const check = (target: string, shown: string) => {
    if (!within(product, target) && !within(data, target) && !forbidden.some((parent) => within(target, parent)))
      return;
    const message = `${shown} holds the product or its data. Choose another folder for the pictures.`;
    throw new StepError("NAME_UNSAFE", message);
  };
  return {
    async write(folder, files) {
      check(resolve(folder), folder);
      await mkdir(folder, { recursive: true });
      const root = await realpath(folder);
      check(root, folder);
      const paths: string[] = [];
      for (const { name, content } of files) {
        const path = resolve(root, name);
        if (path === root || !within(path, root)) throw leaves(name);
        await makeFolder(root, dirname(path), name);
        await replace(path, await content());
        paths.push(path);
      }
      return paths;
    },
  };
}

const leaves = (name: string) => new StepError("NAME_UNSAFE", `The name ${name} would leave the folder.`);

/** Step by step, so that a link planted under one of our names is noticed before anything is made behind it. */
async function makeFolder(root: string, folder: string, name: string): Promise<void> {
  let at = root;
  for (const part of relative(root, folder).split(sep).filter(Boolean)) {
    at = resolve(at, part);
    await mkdir(at).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
    if (!within(await realpath(at), root)) throw leaves(name);
  }
}

/** Beside it and renamed over it: a file or link of that name is replaced, never written through, and no half file is left. */
async function replace(path: string, bytes: string | Uint8Array): Promise<void> {
  const beside = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    await writeFile(beside, bytes, { flag: "wx" });
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
