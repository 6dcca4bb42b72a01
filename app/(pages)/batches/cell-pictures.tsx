import { Link2 } from "lucide-react";
import { assetUrl } from "#lib/client/call-api.ts";
import { type Pictures, picturesOfCell } from "#lib/client/table/cell-values.ts";

const NONE: Pictures = new Map();

/** A small picture of a stored asset. */
export function Thumb({ asset, small = false, fill = false }: { asset: string; small?: boolean; fill?: boolean }) {
  return (
    <img
      src={assetUrl(asset, 192)}
      alt=""
      loading="lazy"
      decoding="async"
      className={`min-w-0 rounded-md bg-well object-cover ${fill ? "size-full" : small ? "size-10" : "h-16 max-w-24"}`}
    />
  );
}

/** The pictures a cell names: stored ones as thumbnails, addresses and names in words. */
export function CellPictures(props: { text: string; many: boolean; pictures?: Pictures; small?: boolean }) {
  const { text, many, pictures = NONE, small } = props;
  return (
    <span className="flex h-full items-center gap-1.5 overflow-hidden px-2">
      {picturesOfCell(text, many, pictures).map((picture, index) => {
        const key = `${index} ${text}`;
        if (picture.kind === "asset")
          return (
            <span key={key} className="flex min-w-0 items-center gap-1.5" title={picture.name ?? picture.asset}>
              <Thumb asset={picture.asset} small={small} />
              <span className="sr-only">{picture.name ?? "Stored picture"}</span>
            </span>
          );
        if (picture.kind === "url")
          return (
            <span key={key} className="flex min-w-0 items-center gap-1 text-sm" title={picture.url}>
              <Link2 aria-hidden="true" className="size-3.5 shrink-0 text-soft" />
              <span className="line-clamp-2 break-all leading-tight">{picture.url.replace(/^https?:\/\//, "")}</span>
            </span>
          );
        return (
          <span key={key} className="line-clamp-2 break-all text-sm leading-tight">
            {picture.name}
          </span>
        );
      })}
    </span>
  );
}
