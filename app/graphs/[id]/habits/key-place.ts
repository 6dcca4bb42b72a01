import type { KeyPlace } from "#lib/client/editor/habits/key-map.ts";
import type { Editor } from "#lib/client/editor/store.ts";

const CONTROLS =
  "button, a[href], summary, input, [role=button], [role=menuitem], [role=treeitem], [role=option], [role=tab], [role=slider], [role=switch], [role=radio], [role=checkbox]";
const OVERLAYS = "dialog, [role=dialog], [role=alertdialog], [role=menu], [role=listbox]";
const NO_TEXT = new Set(["button", "checkbox", "color", "file", "image", "radio", "range", "reset", "submit"]);

/** Is a text being typed there? */
export function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !NO_TEXT.has(target.type);
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

/** Is this a card itself, and nothing in it? */
export const isCard = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches(".react-flow__node[data-id]");

/** Who a press on this element belongs to. */
export function placeOf(target: EventTarget | null, name: string, editor: Editor): KeyPlace {
  const element = target instanceof Element ? target : undefined;
  const overlay = element?.closest(OVERLAYS) != null;
  const card = element?.closest<HTMLElement>(".react-flow__node[data-id]");
  const { dialog, selectedNodes } = editor.getState().view;
  return {
    typing: isTyping(target),
    // What lies over the canvas closes itself by Escape.
    dialog: overlay || (dialog !== undefined && name !== "escape"),
    control:
      element !== undefined &&
      (card && element === card ? cardWants(card, name, selectedNodes) : element.closest(CONTROLS) !== null),
  };
}

/**
 * A card reached by the keyboard: Tab goes on to the next one, Space and Enter select it first. After a click on a card these keys are the
 * canvas's, as if the canvas itself had the focus.
 */
function cardWants(card: HTMLElement, name: string, selected: ReadonlySet<string>): boolean {
  if (!card.matches(":focus-visible")) return false;
  return name === "tab" || !selected.has(card.dataset.id ?? "");
}
