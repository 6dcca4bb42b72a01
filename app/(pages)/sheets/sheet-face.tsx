import { assetUrl } from "#lib/client/call-api.ts";
import type { SheetSample } from "#lib/protocol/library.ts";

/** A sheet as a picture: its samples, the first large; its own words where it has none. */
export function SheetFace({ samples, opening }: { samples: readonly Pick<SheetSample, "asset">[]; opening: string }) {
  const [first, ...rest] = samples;
  if (!first)
    return (
      <div className="relative size-full overflow-hidden bg-well p-5 text-[14px] text-soft leading-relaxed">
        {opening === "" && <p>Nothing is written yet.</p>}
        {opening
          .split("\n")
          .filter((line) => line.trim() !== "")
          .map((line, index) =>
            line.startsWith("#") ? (
              <p key={index} className="mt-2 font-semibold text-ink first:mt-0">
                {line.replace(/^#+\s*/, "")}
              </p>
            ) : (
              <p key={index}>{line}</p>
            ),
          )}
        <span className="absolute inset-x-0 bottom-0 h-16 bg-linear-to-t from-well to-transparent" />
      </div>
    );
  return (
    <div className="flex size-full gap-0.5 bg-well">
      <img src={assetUrl(first.asset, 640)} alt="" loading="lazy" className="min-w-0 flex-1 object-cover" />
      {rest.length > 0 && (
        <div className="flex w-1/4 flex-col gap-0.5">
          {rest.slice(0, 3).map(({ asset }) => (
            <img key={asset} src={assetUrl(asset, 320)} alt="" loading="lazy" className="min-h-0 flex-1 object-cover" />
          ))}
        </div>
      )}
    </div>
  );
}
