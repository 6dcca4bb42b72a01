"use client";
import { Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import { startStarter } from "#lib/client/start-run.ts";
import { Button } from "./button.tsx";

/** Starts the demo graph and shows its run. A second click before the first is answered starts nothing more. */
export function RunDemo() {
  const router = useRouter();
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const click = useRef("");
  const run = async () => {
    if (click.current !== "") return;
    click.current = crypto.randomUUID();
    setState({ busy: true });
    try {
      router.push(`/runs/${await startStarter("/graphs/demo.json", click.current)}`);
    } catch (error) {
      click.current = "";
      setState({ busy: false, error });
    }
  };
  return (
    <div className="flex flex-col items-start gap-2">
      <Button onClick={run} disabled={state.busy}>
        <Play aria-hidden="true" className="size-4" />
        {state.busy ? "Starting …" : "Run the demo"}
      </Button>
      {state.error !== undefined && (
        <p role="alert" className="text-fail text-sm">
          {sayWhy(state.error)}
        </p>
      )}
    </div>
  );
}
