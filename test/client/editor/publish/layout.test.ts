import { describe, expect, test } from "vitest";
import {
  addGroup,
  changeField,
  changeGroup,
  moveField,
  publishedLayout,
  removeGroup,
  wholeLayout,
} from "#lib/client/editor/publish/layout.ts";
import { GraphInput } from "#lib/protocol/graph.ts";
import { type FormGroup, FormLayout } from "#lib/protocol/templates.ts";

const inputs = ["a", "b", "c"].map((key) => GraphInput.parse({ key }));
const layout = (groups: object[]) => FormLayout.parse({ groups });
const keys = (groups: readonly FormGroup[]) => groups.map(({ fields }) => fields.map(({ key }) => key).join(""));

describe("the layout of a form", () => {
  test("names every input once, whatever it named before", () => {
    expect(keys(wholeLayout(inputs, layout([])))).toEqual(["abc"]);
    const odd = layout([{ fields: [{ key: "c" }, { key: "gone" }] }, { fields: [{ key: "c" }, { key: "a" }] }]);
    expect(keys(wholeLayout(inputs, odd))).toEqual(["c", "ab"]);
  });

  test("a field moves one place, and from group to group", () => {
    const groups = wholeLayout(inputs, layout([{ fields: [{ key: "a" }, { key: "b" }] }, { fields: [{ key: "c" }] }]));
    expect(keys(moveField(groups, "a", 1))).toEqual(["ba", "c"]);
    expect(keys(moveField(groups, "b", 1))).toEqual(["a", "bc"]);
    expect(keys(moveField(groups, "c", -1))).toEqual(["abc", ""]);
    expect(moveField(groups, "a", -1)).toBe(groups);
    expect(moveField(groups, "c", 1)).toBe(groups);
  });

  test("groups come and go without losing a field", () => {
    const groups = addGroup(wholeLayout(inputs, layout([{ fields: [{ key: "a" }] }, { fields: [{ key: "b" }] }])));
    expect(keys(groups)).toEqual(["a", "bc", ""]);
    expect(keys(removeGroup(groups, 0))).toEqual(["abc", ""]);
    expect(keys(removeGroup(groups, 1))).toEqual(["abc", ""]);
    const [only] = groups;
    expect(removeGroup([only as FormGroup], 0)).toHaveLength(1);
  });

  test("is published without empty groups and empty words", () => {
    const named = changeGroup(wholeLayout(inputs, layout([])), 0, { title: " Words ", help: " " });
    const edited = addGroup(changeField(named, "b", { shown: false, help: "", placeholder: "x" }));
    expect(publishedLayout(edited)).toEqual({
      groups: [
        {
          title: "Words",
          fields: [
            { key: "a", shown: true },
            { key: "b", placeholder: "x", shown: false },
            { key: "c", shown: true },
          ],
        },
      ],
    });
  });
});
