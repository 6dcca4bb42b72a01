"use client";
import { useMemo, useState } from "react";
import { connect } from "#lib/client/editor/edit/connect.ts";
import { search } from "#lib/client/editor/habits/fuzzy.ts";
import { goToNode, nameOf } from "#lib/client/editor/habits/pointer.ts";
import { type PortChoice, portChoices, type WireChoice, wireChoices } from "#lib/client/editor/habits/wiring.ts";
import { change } from "#lib/client/editor/store.ts";
import { useEditor } from "#lib/client/editor/use-editor.ts";
import type { DialogProps } from "../dialogs.tsx";
import { Popup } from "./popup.tsx";
import { PortMark } from "./port-mark.tsx";
import { SearchList } from "./search-list.tsx";

/** Draws a wire without a mouse: first the port, then where to. What does not fit says why not. */
export default function ConnectDialog({ dialog, close }: DialogProps<"connect">) {
  const editor = useEditor();
  const { document } = editor.getState();
  const { registry } = editor.around;
  const ports = useMemo(() => portChoices(document, registry, dialog.nodeId), [document, registry, dialog.nodeId]);
  const [from, setFrom] = useState<PortChoice | undefined>(() => (ports.length === 1 ? ports[0] : undefined));
  const [query, setQuery] = useState("");
  const name = nameOf(editor, dialog.nodeId);
  const node = document.nodes.find(({ id }) => id === dialog.nodeId);
  const at = (node && editor.around.viewport?.toScreen(node.position)) ?? { x: innerWidth / 3, y: innerHeight / 4 };

  const wire = (choice: WireChoice | undefined) => {
    if (!choice) return;
    close();
    change(editor, "Connect", (graph) => connect(graph, registry, choice.ends), {
      say: `${name} is wired to ${choice.port} of ${choice.node}`,
    });
    goToNode(editor, dialog.nodeId);
  };
  const label = from ? `Connect ${from.title} of ${name}` : `Connect ${name}`;
  return (
    <Popup label={label} at={{ x: at.x + 24, y: at.y + 48 }} size={{ width: 360, height: 420 }} close={close}>
      {from ? (
        <Targets
          key="targets"
          label={label}
          choices={wireChoices(document, registry, dialog.nodeId, from)}
          from={from}
          query={query}
          onQuery={setQuery}
          onPick={wire}
          onBack={ports.length > 1 ? () => setFrom(undefined) : undefined}
        />
      ) : (
        <SearchList
          key="ports"
          label={label}
          placeholder="Which port?"
          query={query}
          onQuery={setQuery}
          empty="This node has no port of that name."
          sections={(["out", "in"] as const).map((side) => ({
            title: side === "out" ? "From an output" : "Into an input",
            options: search(
              query,
              ports.filter((port) => port.side === side),
              ({ title, port, kind }) => ({ title, also: [port, kind] }),
            ).map((port) => ({
              id: `${port.side} ${port.port}`,
              title: port.title,
              detail: `${port.kind}${port.wires > 0 ? `, wired ${port.wires === 1 ? "once" : `${port.wires} times`}` : ""}`,
              mark: <PortMark kind={port.kind} />,
            })),
          }))}
          onPick={(id) => {
            setFrom(ports.find((port) => `${port.side} ${port.port}` === id));
            setQuery("");
          }}
        />
      )}
    </Popup>
  );
}

function Targets({
  label,
  choices,
  from,
  query,
  onQuery,
  onPick,
  onBack,
}: {
  label: string;
  choices: readonly WireChoice[];
  from: PortChoice;
  query: string;
  onQuery(query: string): void;
  onPick(choice: WireChoice | undefined): void;
  onBack?: () => void;
}) {
  const idOf = ({ ends }: WireChoice) => `${ends.source} ${ends.sourceHandle} ${ends.target} ${ends.targetHandle}`;
  const found = search(query, choices, ({ node, port }) => ({ title: `${node} ${port}`, also: [port] }));
  const option = (choice: WireChoice) => ({
    id: idOf(choice),
    title: `${choice.node} · ${choice.port}`,
    detail: choice.replaces ? "Takes the place of the wire that is there" : undefined,
    why: choice.why ?? undefined,
  });
  return (
    <SearchList
      label={label}
      placeholder={`${from.title} ${from.side === "out" ? "→ where to?" : "← where from?"}`}
      query={query}
      onQuery={onQuery}
      empty="There is no other node to wire to."
      sections={[
        { title: "Fits", options: found.filter(({ why }) => why === null).map(option) },
        { title: "Does not fit", options: found.filter(({ why }) => why !== null).map(option) },
      ]}
      onPick={(id) => onPick(choices.find((choice) => idOf(choice) === id))}
      onBack={onBack}
    />
  );
}
