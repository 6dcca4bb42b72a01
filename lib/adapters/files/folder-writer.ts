import { mkdir, realpath, writeFile } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { StepError } from "#lib/protocol/failure.ts";
import type { FolderWriter } from "#lib/runtime/ports.ts";

/** Parts of the product that no file may ever be written into. */
const PRODUCT = ["app", "lib", "nodes", "node_modules", ".next", ".git", "bin", "test", "public"];

/** Writes into folders people choose, but never into the product itself or its data. */
export function createFolderWriter(folders: { product: string; data: string }): FolderWriter {
  const check = (folder: string) => {
    const target = resolve(folder);
    const within = (parent: string) => target === parent || target.startsWith(parent + sep);
    const product = resolve(folders.product);
    if (target !== product && !within(resolve(folders.data)) && !PRODUCT.some((name) => within(resolve(product, name))))
      return;
    const message = `${folder} holds the product or its data. Choose another folder for the pictures.`;
    throw new StepError("NAME_UNSAFE", message);
  };
  return {
    async write(folder, files) {
      check(folder);
      await mkdir(folder, { recursive: true });
      const root = await realpath(folder);
      check(root);
      const paths: string[] = [];
      for (const { name, content } of files) {
        const path = resolve(root, name);
        if (!path.startsWith(root + sep))
          throw new StepError("NAME_UNSAFE", `The name ${name} would leave the folder.`);
        await mkdir(dirname(path), { recursive: true });
        // A link planted under one of our names must not lead the bytes elsewhere.
        if (!(await realpath(dirname(path))).startsWith(root))
          throw new StepError("NAME_UNSAFE", `The name ${name} would leave the folder.`);
        await writeFile(path, await content());
        paths.push(path);
      }
      return paths;
    },
  };
}
