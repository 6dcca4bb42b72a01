"use client";
import { ArrowRight, LoaderCircle, NotebookPen } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { assetUrl, sayWhy } from "#lib/client/call-api.ts";
import { distilBody, distilPicture, draftPlace, type PictureWithThread } from "#lib/client/library/distil-picture.ts";
import { sheetServer } from "#lib/client/library/sheet-server.ts";
import { usd } from "#lib/client/words.ts";
import type { DistilBody, DistilPrice } from "#lib/protocol/library.ts";
import { Modal } from "../../review/modal.tsx";
import { Button } from "../button.tsx";

type State =
  | { at: "asking" }
  | { at: "priced"; price: DistilPrice }
  | { at: "writing" }
  | { at: "written"; runId: string }
  | { at: "failed"; why: string };

/** Says the price, has the sheet written, and leads to its draft. Closing it stops nothing that is paid for: the run stays in the list of runs. */
export function SaveSheetDialog({
  picture,
  title,
  onClose,
}: {
  picture: PictureWithThread;
  title?: string | undefined;
  onClose(): void;
}) {
  const [state, setState] = useState<State>({ at: "asking" });
  const busy = useRef(false);
  // As text, so that a picture that is drawn again is not asked about again.
  const asked = JSON.stringify(distilBody(picture, title));
  useEffect(() => {
    let wanted = true;
    sheetServer.price(JSON.parse(asked) as DistilBody).then(
      (price) => wanted && setState({ at: "priced", price }),
      (error: unknown) => wanted && setState({ at: "failed", why: sayWhy(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [asked]);
  const write = async () => {
    if (busy.current) return;
    busy.current = true;
    setState({ at: "writing" });
    try {
      setState({ at: "written", runId: await distilPicture(sheetServer, JSON.parse(asked) as DistilBody) });
    } catch (error) {
      setState({ at: "failed", why: error instanceof Error && error.name === "Error" ? error.message : sayWhy(error) });
    }
    busy.current = false;
  };
  return (
    <Modal title="Save the look" onClose={onClose}>
      <div className="flex gap-4">
        <img src={assetUrl(picture.asset, 320)} alt="" className="size-28 shrink-0 rounded-lg bg-well object-cover" />
        <div className="min-w-0 text-sm">
          <p>The model reads the conversation behind this picture and writes down what makes it look this way.</p>
          <p className="mt-2 text-soft">You get a draft to edit before anything is kept in the library.</p>
        </div>
      </div>
      <div aria-live="polite" className="flex min-h-10 flex-wrap items-center justify-end gap-3">
        {state.at === "asking" && <p className="text-soft text-sm">Asking what it costs …</p>}
        {state.at === "priced" && (
          <>
            <p className="mr-auto text-sm text-soft">{priceWords(state.price)}</p>
            <Button look="first" onClick={write}>
              <NotebookPen aria-hidden="true" className="size-4" />
              Write the sheet
            </Button>
          </>
        )}
        {state.at === "writing" && (
          <p className="flex items-center gap-2 text-sm">
            <LoaderCircle aria-hidden="true" className="size-4 animate-spin text-run" />
            Writing …
          </p>
        )}
        {state.at === "written" && (
          <Link
            href={draftPlace(state.runId)}
            className="inline-flex min-h-10 items-center gap-2 rounded-lg bg-brand px-4 py-2 font-medium text-on-brand text-sm hover:brightness-110"
          >
            Open the draft
            <ArrowRight aria-hidden="true" className="size-4" />
          </Link>
        )}
        {state.at === "failed" && (
          <p role="alert" className="text-fail text-sm">
            {state.why}
          </p>
        )}
      </div>
    </Modal>
  );
}

const priceWords = ({ costUsd, cached, simulated }: DistilPrice): string =>
  cached
    ? "Written before: free."
    : `One call, ${usd(costUsd)} at most${simulated ? "; with the simulator nothing is paid" : ""}.`;
