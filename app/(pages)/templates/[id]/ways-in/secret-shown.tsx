"use client";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import type { HookSecret } from "#lib/protocol/hooks.ts";
import { Button } from "../../../../_ui/button.tsx";

/** A secret, this once: the server keeps it sealed and never says it again. */
export function SecretShown({ made: { secret, hook }, onDone }: { made: HookSecret; onDone(): void }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret);
      setCopied(true);
    } catch {
      prompt("The secret", secret);
    }
  };
  return (
    <section
      aria-label={`Secret of ${hook.name}`}
      className="rounded-xl border border-brand/60 bg-surface p-4 [overflow-wrap:anywhere]"
    >
      <p className="font-medium">The secret of “{hook.name}”, shown this once</p>
      <p className="mt-1 text-sm text-soft">
        Put it into the other system now. It is kept encrypted here and cannot be shown again; if it is lost, give the
        hook a new one.
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 basis-64 rounded-lg bg-well px-3 py-2 font-mono text-sm ring-1 ring-line ring-inset">
          {secret}
        </code>
        <Button onClick={() => void copy()}>
          {copied ? <Check aria-hidden="true" className="size-4" /> : <Copy aria-hidden="true" className="size-4" />}
          {copied ? "Copied" : "Copy"}
        </Button>
        <Button onClick={onDone}>I have it</Button>
      </div>
    </section>
  );
}
