"use client";
import { useEffect, useState } from "react";
import { fieldOfInput, keptDefault, shownDefault } from "#lib/client/editor/fields/input-field.ts";
import { nodesById } from "#lib/client/editor/graph-index.ts";
import { browserLinks } from "#lib/client/editor/subgraph/links.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import type { GraphInput } from "#lib/protocol/graph.ts";
import type { ControlProps } from "../inspector/controls/control-props.ts";
import { usePlace } from "../inspector/field-place.ts";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The inputs of the linked version, each as a setting that can be filled in or bound; what is left empty keeps that graph's own default. */
export function LinkedInputsField({ value, onChange, onDone, Part }: ControlProps<"linked-inputs">) {
  const editor = useEditor();
  const nodeId = usePlace() ?? "";
  const ref = useEditorState(({ document }) => {
    const node = nodesById(document).get(nodeId);
    const link = node && editor.around.registry.get(node.type)?.link?.(node.config);
    return link ? `${link.graph}@${link.revision}` : "";
  });
  const [read, setRead] = useState<{ ref: string; inputs?: readonly GraphInput[] }>({ ref: "" });
  useEffect(() => {
    const at = ref.lastIndexOf("@");
    if (at < 0) return;
    let wanted = true;
    void browserLinks()
      .load(ref.slice(0, at), Number(ref.slice(at + 1)))
      .then((graph) => wanted && setRead({ ref, inputs: graph?.inputs }));
    return () => {
      wanted = false;
    };
  }, [ref]);
  if (ref === "") return <p className="text-soft text-xs">Choose a graph first.</p>;
  if (read.ref !== ref) return <p className="text-soft text-xs">Loading …</p>;
  if (!read.inputs) return <p className="text-soft text-xs">The linked version could not be read.</p>;
  if (read.inputs.length === 0) return <p className="text-soft text-xs">This graph has no inputs.</p>;
  const given = isRecord(value) ? value : {};
  return (
    <div className="flex flex-col gap-2 border-line border-l-2 pl-2.5">
      {read.inputs.map((input) => {
        const field = {
          ...fieldOfInput(input),
          title: input.title || input.key,
          help: input.description,
          fallback: input.default,
          required: false,
        };
        const own = Object.hasOwn(given, input.key) ? given[input.key] : undefined;
        const bound = isRecord(own) && "$input" in own;
        return (
          <Part
            key={input.key}
            field={field}
            path={`inputs.${input.key}`}
            value={own === undefined || bound ? own : shownDefault({ ...input, default: own })}
            onChange={(next, first) => {
              const { [input.key]: _, ...rest } = given;
              const kept = isRecord(next) && "$input" in next ? next : keptDefault(input, next);
              const all = next === undefined ? rest : { ...rest, [input.key]: kept };
              onChange(Object.keys(all).length === 0 ? undefined : all, first);
            }}
            onDone={onDone}
          />
        );
      })}
    </div>
  );
}
