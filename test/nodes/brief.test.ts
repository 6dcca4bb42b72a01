import { describe, expect, it } from "vitest";
import brief from "#nodes/brief.ts";

describe("brief", () => {
  it.each(["#1A2B3C", "#fff", "#11223344"])("takes the colour %s", (color) => {
    expect(brief.config.safeParse({ colors: [color] }).success).toBe(true);
  });
  it.each(["red", "1A2B3C", "#12", "#12345g"])("refuses %s as a colour", (color) => {
    expect(brief.config.safeParse({ colors: [color] }).error?.issues[0]?.path).toEqual(["colors", 0]);
  });
});
