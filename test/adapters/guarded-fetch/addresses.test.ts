import { networkInterfaces } from "node:os";
import { describe, expect, test } from "vitest";
import { createAddressRules } from "#lib/adapters/guarded-fetch/address-rules.ts";
import { createGuardedFetch } from "#lib/adapters/guarded-fetch/guarded-fetch.ts";
import { isPublicAddress } from "#lib/adapters/guarded-fetch/public-address.ts";
import { answering, outcome, serveHttp } from "./local-server.ts";

const LOOPBACK_V4 = [
  "127.0.0.1",
  "localhost",
  "LOCALHOST.",
  "a.localhost",
  "0.0.0.0",
  "0",
  "127.1",
  "127.0.1",
  "127.255.255.254",
  "127.0.0.1.",
  "2130706433",
  "0x7f000001",
  "0x7f.1",
  "0177.0.0.1",
  "017700000001",
  "①②⑦.⓪.⓪.①",
  "１２７.０.０.１",
  "127。0。0。1",
  "%31%32%37.0.0.1",
];
const INSIDE_V6 = [
  "[::1]",
  "[::]",
  "[0:0:0:0:0:0:0:1]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[::127.0.0.1]",
  "[64:ff9b::7f00:1]",
  "[64:ff9b:1::7f00:1]",
  "[2002:7f00:1::]",
  "[2001:0:7f00:1::]",
  "[fe80::1]",
  "[fec0::1]",
  "[fc00::1]",
  "[fd00:ec2::254]",
  "[ff02::1]",
  "[2001:db8::1]",
  "[5f00::1]",
];
const METADATA = [
  "169.254.169.254",
  "[::ffff:a9fe:a9fe]",
  "metadata.google.internal",
  "100.100.100.200",
  "168.63.129.16",
  "[::ffff:168.63.129.16]",
  "192.0.0.192",
];
const PRIVATE = [
  "10.0.0.1",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "100.64.0.1",
  "198.18.0.1",
  "192.88.99.1",
  "224.0.0.1",
  "240.0.0.1",
  "255.255.255.255",
  "192.0.2.1",
  "printer.local",
];

describe("hosts that are not public", () => {
  const all = [
    ...LOOPBACK_V4.map((host) => ["SF-001", host]),
    ...INSIDE_V6.map((host) => ["SF-002", host]),
    ...METADATA.map((host) => ["SF-003", host]),
    ...PRIVATE.map((host) => ["SF-004", host]),
  ];
  test.each(all)("%s http://%s/ is blocked and nothing connects", async (_id, host) => {
    const server = await serveHttp((_req, res) => res.end("inside"));
    const options = { ports: [80, 443, server.port] };
    expect(await outcome(`http://${host}:${server.port}/`, options)).toBe("SSRF_BLOCKED");
    expect(await outcome(`https://${host}/`, options)).toBe("SSRF_BLOCKED");
    expect(server.connections).toBe(0);
  });

  test("the machine's own addresses are not public, whatever range they are in", () => {
    const own = Object.values(networkInterfaces()).flatMap((of) => of?.map(({ address }) => address) ?? []);
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((address) => isPublicAddress(address))).toEqual([]);
    expect(isPublicAddress("93.184.216.34", new Set(["93.184.216.34"]))).toBe(false);
    expect(isPublicAddress("::ffff:93.184.216.34", new Set(["93.184.216.34"]))).toBe(false);
  });

  test.each(["93.184.216.34", "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1"])("%s is public", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test.each(["", "localhost", "1.2.3.4.5", "12345::1"])("what is no address (%s) is not public", (text) => {
    expect(isPublicAddress(text)).toBe(false);
  });
});

describe("names that resolve inside", () => {
  const inside: [string, string[]][] = [
    ["SF-006 a public and a loopback address", ["93.184.216.34", "127.0.0.1"]],
    ["SF-006 ::1 and a public address", ["::1", "93.184.216.34"]],
    ["SF-001 loopback", ["127.0.0.1"]],
    ["SF-002 loopback as mapped IPv6", ["::ffff:127.0.0.1"]],
    ["SF-003 a metadata service", ["169.254.169.254"]],
    ["no address at all", []],
  ];
  test.each(inside)("%s: blocked, nothing connects", async (_name, answer) => {
    const server = await serveHttp((_req, res) => res.end("inside"));
    const resolve = answering(answer);
    const options = { resolve, ports: [server.port] };
    expect(await outcome(`http://pictures.test:${server.port}/`, options)).toBe("SSRF_BLOCKED");
    expect(resolve.asked).toEqual(["pictures.test"]);
    expect(server.connections).toBe(0);
  });

  // On loopback there is only one address to connect to, so here it plays the public one.
  const isPublic = (address: string) => address === "127.0.0.1";

  test("SF-005 the address that was checked is the one connected: a name is asked once for each connection", async () => {
    const server = await serveHttp((_req, res) => res.end("picture"));
    const resolve = answering(["127.0.0.1"], ["10.0.0.1"]);
    const options = { resolve, isPublic, ports: [server.port] };
    expect(String(await outcome(`http://flip.test:${server.port}/`, options))).toBe("picture");
    expect(resolve.asked).toHaveLength(1);
    expect(await outcome(`http://flip.test:${server.port}/`, options)).toBe("SSRF_BLOCKED");
    expect(server.connections).toBe(1);
  });

  test("SF-005 a connection that arrives elsewhere than was checked is closed before a byte is sent", async () => {
    let asked = 0;
    const server = await serveHttp((_req, res) => {
      asked += 1;
      res.end("inside");
    });
    const judged: string[] = [];
    const onceOnly = (address: string) => judged.push(address) === 1;
    const options = { resolve: answering(["127.0.0.1"]), isPublic: onceOnly, ports: [server.port] };
    expect(await outcome(`http://flip.test:${server.port}/`, options)).toBe("SSRF_BLOCKED");
    expect(judged).toEqual(["127.0.0.1", "127.0.0.1"]);
    expect(asked).toBe(0);
  });

  test("SF-005 a name that turns inside between two redirects is blocked", async () => {
    const server = await serveHttp((req, res) => {
      if (req.url === "/inner") res.end("inside");
      else res.writeHead(302, { location: "/inner", connection: "close" }).end();
    });
    const resolve = answering(["127.0.0.1"], ["10.0.0.1"]);
    expect(await outcome(`http://flip.test:${server.port}/`, { resolve, isPublic, ports: [server.port] })).toBe(
      "SSRF_BLOCKED",
    );
    expect(resolve.asked).toHaveLength(2);
    expect(server.connections).toBe(1);
  });
});

describe("the form of an address", () => {
  const refused: [url: string, code: string][] = [
    ["http://user:pass@example.com/", "USERINFO_REFUSED"],
    ["http://user@example.com/", "USERINFO_REFUSED"],
    ["http://good.com@127.0.0.1/", "USERINFO_REFUSED"],
    ["http://good.com%2f@127.0.0.1/", "USERINFO_REFUSED"],
    ["http://127.0.0.1#@good.com/", "SSRF_BLOCKED"],
    ["http:\\\\127.0.0.1", "SSRF_BLOCKED"],
    ["http:127.0.0.1", "SSRF_BLOCKED"],
    // A backslash ends the host like a slash: good.com is asked for, and this test knows no names.
    ["http://good.com\\@127.0.0.1/", "URL_FAILED"],
    ["\thttp://127.0.0.1\n", "SSRF_BLOCKED"],
  ];
  test.each(refused)("SF-010 %j is refused: %s", async (url, code) => {
    expect(await outcome(url)).toBe(code);
  });

  test.each([22, 25, 6379, 5432, 2375, 8080, 3000])("SF-011 port %i of a public host is refused", async (port) => {
    expect(await outcome(`http://example.com:${port}/`)).toBe("PORT_NOT_ALLOWED");
    expect(await outcome(`https://93.184.216.34:${port}/`)).toBe("PORT_NOT_ALLOWED");
  });

  test.each([
    "file:///etc/passwd",
    "ftp://example.com/a.png",
    "data:image/png;base64,AAAA",
    "javascript:1",
    "gopher://127.0.0.1:6379/_x",
    "blob:http://example.com/1",
    "//example.com/a.png",
    "a.png",
    "",
    "http://",
    "http://exa mple.com/",
    "http://example.com:99999/",
    `http://example.com/${"a".repeat(9000)}`,
  ])("%.40s is not an address of a picture", async (url) => {
    expect(await outcome(url)).toBe("URL_INVALID");
  });
});

describe("what a person may open and what stays shut", () => {
  const rules = createAddressRules({
    allowHosts: ["Assets.Intranet", "10.0.0.5:8080", "[fd00::5]:80", "studio.example"],
    ownHosts: ["studio.example:443", "10.0.0.9:80"],
  });
  test.each([
    "http://assets.intranet/a.png",
    "https://assets.intranet./a.png",
    "http://10.0.0.5:8080/",
    "http://[fd00:0::5]/",
  ])("%s is allowed", (url) => {
    expect(rules.admit(url).href).toContain("://");
  });

  test.each([
    ["http://assets.intranet:8080/", "PORT_NOT_ALLOWED"],
    ["http://10.0.0.5/", "SSRF_BLOCKED"],
    ["http://10.0.0.6:8080/", "SSRF_BLOCKED"],
    ["http://sub.assets.intranet.localhost/", "SSRF_BLOCKED"],
    ["http://user@assets.intranet/", "USERINFO_REFUSED"],
  ])("%s stays shut: %s", (url, code) => {
    expect(() => rules.admit(url)).toThrow(expect.objectContaining({ code }));
  });

  test("SF-020 the product's own address is refused even where its host is allowed", () => {
    expect(() => rules.admit("https://studio.example/api/runs")).toThrow(
      expect.objectContaining({ code: "SSRF_BLOCKED" }),
    );
    expect(rules.admit("http://studio.example/logo.png").port).toBe("");
  });

  test("a refusal tells nothing about what lies behind the name, and no query", async () => {
    const { fetchPicture } = createGuardedFetch({ resolve: answering(["10.1.2.3"]) });
    const refusal = await fetchPicture("http://pictures.test/a?token=secret").catch((error: Error) => error.message);
    expect(refusal).toContain("pictures.test");
    expect(refusal).not.toMatch(/10\.1\.2\.3|secret/);
  });
});
