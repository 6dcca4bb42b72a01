import { expect, test } from "vitest";
import { Graph } from "#lib/protocol/graph.ts";
import { contactsOf } from "#lib/runtime/templates/contacts.ts";

const hosts = (config: Record<string, unknown>, inputs: unknown[] = []) =>
  contactsOf(Graph.parse({ inputs, nodes: [{ id: "a", type: "t", config }] }));

test("TI-005 every address in a setting or a default is told by its host", () => {
  expect(
    hosts(
      {
        url: "https://Hooks.example.com:8443/a?b",
        deep: [{ font: "http://fonts.example.org/x.css" }],
        again: "https://hooks.example.com:8443/",
      },
      [{ key: "ref", type: "image", default: { url: "https://pictures.example.net/1.png" } }],
    ),
  ).toEqual(["fonts.example.org", "hooks.example.com:8443", "pictures.example.net"]);
});

test("words that speak of an address reach nothing", () => {
  expect(hosts({ text: "a poster for https://example.com in blue", note: "see example.com" })).toEqual([]);
});

test("a host that is filled in later stands as it is written", () => {
  expect(hosts({ url: "https://{{ shop }}/hook", other: "https://api.example.com/{{product | slug}}" })).toEqual([
    "api.example.com",
    "{{ shop }}",
  ]);
});

test("a name and password before the host are not repeated", () => {
  expect(hosts({ url: "https://me:secret@example.com/x" })).toEqual(["example.com"]);
});
