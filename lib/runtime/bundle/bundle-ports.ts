import type { Catalogue } from "../../engine/types.ts";
import type { Registry } from "../../sdk/registry.ts";
import type { LibraryDesk } from "../library/library-api.ts";
import type { Zip } from "../ports/zip.ts";
import type { AssetStore, FolderWriter, ImageOps, Journal } from "../ports.ts";
import type { Studio } from "../studio-api.ts";
import type { Templates } from "../templates/templates-api.ts";

/** What bundles need of the product around them. */
export type BundlePorts = {
  journal: Pick<Journal, "loadGraph" | "getGraph" | "templates" | "getNote" | "putNote" | "putAssetInfo" | "assetInfo">;
  assets: Pick<AssetStore, "put" | "get" | "has">;
  ops: Pick<ImageOps, "inspect">;
  zip: Zip;
  folderWriter: FolderWriter;
  registry: Registry;
  catalogue: Catalogue;
  templates: Pick<Templates, "get">;
  sheets: Pick<LibraryDesk, "forGraph" | "adopt" | "renamed">;
  studio: Pick<Studio, "saveGraph">;
};
