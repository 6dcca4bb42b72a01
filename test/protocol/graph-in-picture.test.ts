import { describe, expect, it } from "vitest";
import { graphInPng } from "#lib/protocol/graph-in-picture.ts";
import { aPng, chunk, textChunk } from "../client/editor/habits/a-png.ts";

const JSON_TEXT = '{"format":"throughline/graph","name":"Größe"}';

describe("a graph in a picture", () => {
  it("is found in an iTXt chunk, in UTF-8", () => {
    expect(graphInPng(aPng(textChunk("iTXt", "throughline", JSON_TEXT)))).toEqual({ json: JSON_TEXT });
  });

  it("is found in a tEXt chunk", () => {
    expect(graphInPng(aPng(textChunk("tEXt", "throughline", "{}")))).toEqual({ json: "{}" });
  });

  it("is not there: other pictures, other files, other keywords", () => {
    expect(graphInPng(aPng())).toBeUndefined();
    expect(graphInPng(new TextEncoder().encode("GIF89a"))).toBeUndefined();
    expect(graphInPng(new Uint8Array())).toBeUndefined();
    expect(graphInPng(aPng(textChunk("tEXt", "workflow", "{}")))).toBeUndefined();
  });

  it("PP-007 a keyword such as __proto__ is somebody else's text", () => {
    expect(graphInPng(aPng(textChunk("tEXt", "__proto__", '{"polluted":true}')))).toBeUndefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("TI-001 one that is larger than a graph may be is refused", () => {
    const found = graphInPng(aPng(textChunk("tEXt", "throughline", "x".repeat(3 * 1024 * 1024))));
    expect(found).toEqual({
      code: "WORKFLOW_TOO_LARGE",
      problem: "The graph in this picture is larger than the limit of 2 MB.",
    });
  });

  it("TI-002 two that differ are refused, never guessed; the same twice is one", () => {
    const one = textChunk("tEXt", "throughline", "{}");
    const two = textChunk("iTXt", "throughline", '{"a":1}');
    expect(graphInPng(aPng(one, two))).toEqual({
      code: "AMBIGUOUS_WORKFLOW",
      problem: "This picture carries two different graphs.",
    });
    expect(graphInPng(aPng(one, one))).toEqual({ json: "{}" });
  });

  it("is taken out of what our own exports wrap it in, with the hashes beside it", () => {
    const graph = { format: "throughline/graph", name: "Größe" };
    const asset = `sha256:${"a".repeat(64)}`;
    const wrapped = { format: "throughline/picture", version: 1, graph, asset, graphHash: "h", models: ["m", 7] };
    const found = graphInPng(aPng(textChunk("iTXt", "throughline", JSON.stringify(wrapped))));
    expect(found).toEqual({ json: JSON.stringify(graph), made: { asset, graphHash: "h", models: ["m"] } });
    const newer = { ...wrapped, version: 2 };
    expect(graphInPng(aPng(textChunk("iTXt", "throughline", JSON.stringify(newer))))).toMatchObject({
      code: "WORKFLOW_UNREADABLE",
    });
    const twice = '{"format":"throughline/picture","version":1,"version":1,"graph":{}}';
    expect(graphInPng(aPng(textChunk("iTXt", "throughline", twice)))).toMatchObject({ code: "WORKFLOW_UNREADABLE" });
  });

  it("one that is packed or cut off is told", () => {
    const packed = chunk("iTXt", new Uint8Array([...new TextEncoder().encode("throughline"), 0, 1, 0, 0, 0, 1, 2, 3]));
    expect(graphInPng(aPng(packed))).toEqual({
      code: "WORKFLOW_UNREADABLE",
      problem: "The graph in this picture is packed in a way that is not read here.",
    });
    const whole = aPng(textChunk("tEXt", "throughline", "x".repeat(200)));
    expect(graphInPng(whole.subarray(0, 120))).toEqual({
      code: "WORKFLOW_UNREADABLE",
      problem: "The graph in this picture is cut off.",
    });
  });

  it("lengths that lie do not lead out of the file", () => {
    const lying = aPng(textChunk("tEXt", "other", "x"));
    new DataView(lying.buffer).setUint32(33, 0xffffffff);
    expect(graphInPng(lying)).toBeUndefined();
  });

  it("after sixteen texts nobody looks further", () => {
    const noise = Array.from({ length: 16 }, () => textChunk("tEXt", "noise", "x"));
    expect(graphInPng(aPng(...noise, textChunk("tEXt", "throughline", "{}")))).toBeUndefined();
  });
});
