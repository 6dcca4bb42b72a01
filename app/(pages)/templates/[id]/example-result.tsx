import { assetUrl } from "#lib/client/call-api.ts";
import type { Template } from "#lib/protocol/templates.ts";

/** What stands where the result will be: the cover as an example. */
export function ExampleResult({ template: { cover } }: { template: Template }) {
  if (!cover)
    return (
      <div className="grid min-h-64 place-items-center rounded-2xl border border-line border-dashed px-6 text-center text-soft max-lg:hidden">
        Your pictures appear here.
      </div>
    );
  return (
    <figure className="max-lg:hidden">
      <img src={assetUrl(cover, 1280)} alt="" className="max-h-[70dvh] max-w-full rounded-2xl" />
      <figcaption className="mt-2 text-sm text-soft">An example of what you get.</figcaption>
    </figure>
  );
}
