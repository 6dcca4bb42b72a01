import { describe, expect, test } from "vitest";
import { GRID_START, type GridState, pressKey, rangeOf } from "#lib/client/table/selection.ts";
import { writeCells } from "#lib/client/table/write-cells.ts";

const SIZE = { rows: 100, columns: 5, page: 10 };
const press = (keys: string, from: GridState = GRID_START) =>
  keys.split(" ").reduce<{ state: GridState; wish?: string }>(
    ({ state }, keys) => {
      const parts = keys.split("+");
      const key = parts.at(-1) ?? "";
      const pressed = pressKey(
        state,
        { key: key === "Space" ? " " : key, shift: parts.includes("Shift"), mod: parts.includes("Mod") },
        SIZE,
      );
      if (!pressed) throw new Error(`${keys} is none of the grid's`);
      return pressed;
    },
    { state: from },
  );

describe("the keyboard in a grid", () => {
  test("moves by cell, page and to the edges, never out of the grid", () => {
    expect(press("ArrowUp ArrowLeft").state.at).toEqual({ row: 0, column: 0 });
    expect(press("ArrowDown ArrowRight PageDown").state.at).toEqual({ row: 11, column: 1 });
    expect(press("Mod+End").state.at).toEqual({ row: 99, column: 4 });
    expect(press("Mod+End PageDown ArrowRight Home").state.at).toEqual({ row: 99, column: 0 });
    expect(press("End Mod+ArrowDown Mod+Home").state.at).toEqual({ row: 0, column: 0 });
  });

  test("Shift makes a range, moving on ends it, Escape too", () => {
    const ranged = press("ArrowDown Shift+ArrowDown Shift+ArrowRight").state;
    expect(rangeOf(ranged)).toEqual({ from: { row: 1, column: 0 }, to: { row: 2, column: 1 } });
    expect(rangeOf(press("Escape", ranged).state).from).toEqual({ row: 2, column: 1 });
    expect(press("ArrowUp", ranged).state.anchor).toEqual({ row: 1, column: 1 });
  });

  test("Space chooses the rows of the range and lets them go, Ctrl+A chooses all and lets all go", () => {
    const chosen = press("Shift+ArrowDown Shift+ArrowDown Space").state;
    expect([...chosen.chosen]).toEqual([0, 1, 2]);
    expect(press("Space", chosen).state.chosen.size).toBe(0);
    const all = press("Mod+a").state;
    expect(all.chosen.size).toBe(100);
    expect(press("Mod+a", all).state.chosen.size).toBe(0);
  });

  test("Escape lets go one thing after the other, and then leaves", () => {
    const first = press("Space Shift+ArrowDown Escape");
    expect([first.state.chosen.size, first.wish]).toEqual([1, undefined]);
    const second = press("Escape", first.state);
    expect([second.state.chosen.size, second.wish]).toEqual([0, undefined]);
    expect(press("Escape", second.state).wish).toBe("leave");
  });

  test("Enter asks to edit, Ctrl+C to copy; other keys are not the grid's", () => {
    expect(press("Enter").wish).toBe("edit");
    expect(press("Mod+c").wish).toBe("copy");
    expect(pressKey(GRID_START, { key: "x", shift: false, mod: false }, SIZE)).toBeUndefined();
    expect(pressKey(GRID_START, { key: "ArrowDown", shift: false, mod: false }, { ...SIZE, rows: 0 })).toBeUndefined();
  });
});

test("copied cells are what a spreadsheet takes", () => {
  expect(
    writeCells([
      ["a", "two\nlines"],
      ['5" pipe', "Ω"],
    ]),
  ).toBe('a\t"two\nlines"\n"5"" pipe"\tΩ');
});
