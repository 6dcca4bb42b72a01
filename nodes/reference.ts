import * as z from "zod";
import { AssetId, defineNode } from "#lib/sdk/index.ts";

const Reference = z.object({
  asset: AssetId.meta({ title: "Picture", control: "asset" }),
  note: z.string().optional().meta({ title: "Note", description: "What to take from this picture" }),
});

export default defineNode({
  type: "reference",
  version: 1,
  title: "Reference",
  group: "sources",
  icon: "images",
  docs: [
    "Up to 16 pictures that show what is meant: a style, a character, a product, a layout. Wire them into *references* of a generate or edit node,",
    "or use one as the picture to edit. Models receive them byte for byte, in this order, announced as `Image 1: style — muted film colours`.",
    "",
    "The **role** says what the pictures are for; the **note** what to take from them. A picture's own note comes before the node's.",
    "",
    "Without pictures the node gives nothing, and what needs it is skipped.",
  ].join("\n"),
  effect: "pure",
  inputs: {},
  outputs: { image: { kind: "image", title: "Images" } },
  config: z.object({
    assets: z
      .array(Reference)
      .max(16, "at most 16 pictures")
      .default([])
      .meta({ title: "Pictures", description: "Upload, paste, or take from the archive", control: "assets" }),
    role: z
      .enum(["style", "character", "product", "layout", "other"])
      .default("other")
      .meta({ title: "Role", description: "What the pictures are for" }),
    note: z.string().default("").meta({ title: "Note", description: "What to take from them, in a few words" }),
  }),
  expands: ({ assets }) => assets.length,
  async run(ctx, _inputs, { assets, role, note }) {
    if (assets.length === 0) {
      ctx.warn("There is no picture in this reference yet.");
      return {};
    }
    const title = ctx.node.title.trim() || role;
    const image = await Promise.all(
      assets.map((entry, index) =>
        ctx.images.load(entry.asset, {
          role,
          note: entry.note || note || undefined,
          label: assets.length > 1 ? `${title} ${index + 1}` : title,
        }),
      ),
    );
    return { image };
  },
  examples: [
    {
      name: "two pictures keep their order and carry role and note",
      config: {
        assets: [{ asset: "@landscape", note: "the light" }, { asset: "@portrait" }],
        role: "style",
        note: "muted colours",
      },
      gives: ({ image }) => {
        const seen = image?.map((value) =>
          value.kind === "image" ? `${value.width} ${value.role} ${value.note}` : "",
        );
        return seen?.join("; ") === "96 style the light; 64 style muted colours" || `gave ${seen?.join("; ")}`;
      },
    },
    {
      name: "a single product shot",
      config: { assets: [{ asset: "@square" }], role: "product" },
      gives: { image: [{ kind: "image", width: 64, height: 64, role: "product" }] },
    },
    { name: "without pictures nothing leaves", gives: {} },
  ],
});
