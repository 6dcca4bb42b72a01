"use client";
import { Plus } from "lucide-react";
import { useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import { useLoaded } from "#lib/client/use-loaded.ts";
import { hooksPath } from "#lib/client/ways-in/ways-in-server.ts";
import type { HookList, HookSecret } from "#lib/protocol/hooks.ts";
import type { Template } from "#lib/protocol/templates.ts";
import { Button } from "../../../../_ui/button.tsx";
import { Notice } from "../../../../_ui/notice.tsx";
import { HookCard } from "./hook-card.tsx";
import { NewHook } from "./new-hook.tsx";
import { Part } from "./part.tsx";
import { SecretShown } from "./secret-shown.tsx";

/** Addresses at which a signed request runs the template. */
export function HookPart({ template }: { template: Template }) {
  const { value, error, reload } = useLoaded<HookList>(hooksPath(template.id));
  const [made, setMade] = useState<HookSecret>();
  const [adding, setAdding] = useState(false);
  const shown = (secret: HookSecret) => {
    setMade(secret);
    setAdding(false);
    reload();
  };
  const none = value?.hooks.length === 0;
  return (
    <Part
      title="Hooks"
      says="A CMS, a ticket desk or a script sends a signed request; its words and pictures become the inputs. The result goes back by a webhook node in the graph."
    >
      {error !== undefined && <Notice tone="fail" title={sayWhy(error)} />}
      {made && <SecretShown made={made} onDone={() => setMade(undefined)} />}
      {value?.hooks.map((hook) => (
        <HookCard key={hook.id} hook={hook} template={template} onChanged={reload} onSecret={shown} />
      ))}
      {adding ? (
        <NewHook template={template} onMade={shown} onCancel={() => setAdding(false)} />
      ) : (
        <div className="flex flex-wrap items-center gap-3">
          <Button onClick={() => setAdding(true)}>
            <Plus aria-hidden="true" className="size-4" />
            Add a hook
          </Button>
          {none && <p className="text-sm text-soft">No hooks: nothing from outside can run this template.</p>}
        </div>
      )}
    </Part>
  );
}
