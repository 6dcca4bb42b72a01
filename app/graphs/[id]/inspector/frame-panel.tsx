"use client";
import { changeFrame, FRAME_COLORS } from "#lib/client/editor/edit/frames.ts";
import { removeParts } from "#lib/client/editor/edit/remove-parts.ts";
import { change, seal } from "#lib/client/editor/store.ts";
import { useEditor, useEditorState } from "#lib/client/editor/use-editor.ts";
import { SMALL } from "./controls/control-props.ts";
import { PanelHead, Section } from "./panel-parts.tsx";

/** A frame: its title and its colour. */
export function FramePanel({ id }: { id: string }) {
  const editor = useEditor();
  const frame = useEditorState(({ document }) => document.frames.find((one) => one.id === id));
  if (!frame) return null;
  return (
    <>
      <PanelHead kind="Frame">
        <input
          type="text"
          aria-label="Title of the frame"
          value={frame.title}
          placeholder="Untitled frame"
          maxLength={200}
          onChange={({ target }) =>
            change(
              editor,
              "Rename the frame",
              (graph) => changeFrame(graph, id, (one) => ({ ...one, title: target.value })),
              { merge: `frame:${id}` },
            )
          }
          onBlur={() => seal(editor)}
          className="-mx-1.5 w-full truncate rounded-md bg-transparent px-1.5 py-0.5 font-semibold text-base placeholder:text-soft hover:bg-ink/8"
        />
      </PanelHead>
      <Section title="Colour">
        <div role="radiogroup" aria-label="Colour of the frame" className="flex flex-wrap gap-1">
          {FRAME_COLORS.map((color) => (
            <label
              key={color}
              className="cursor-pointer rounded-lg border border-line px-2.5 py-1 text-soft text-xs capitalize has-checked:border-brand has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-brand"
            >
              <input
                type="radio"
                name={`color-${id}`}
                className="sr-only"
                checked={(frame.color ?? FRAME_COLORS[0]) === color}
                onChange={() =>
                  change(editor, "Colour of the frame", (graph) => changeFrame(graph, id, (one) => ({ ...one, color })))
                }
              />
              {color}
            </label>
          ))}
        </div>
      </Section>
      <Section>
        <button
          type="button"
          onClick={() =>
            change(
              editor,
              "Delete the frame",
              (graph) => removeParts(graph, editor.around.registry, { frames: new Set([id]) }),
              {
                say: "Frame deleted; what stood in it stays",
              },
            )
          }
          className={`${SMALL} w-fit`}
        >
          Delete the frame
        </button>
      </Section>
    </>
  );
}
