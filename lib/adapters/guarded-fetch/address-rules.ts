import { StepError } from "../../protocol/failure.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { isAddress, isPublicAddress } from "./public-address.ts";

export type AddressRuleOptions = {
  /** Hosts of an intranet that may be fetched though they are not public: `host` for the usual ports, or `host:port`. None by default. */
  allowHosts?: readonly string[];
  /** `host:port` where this product itself answers. Refused whatever else is allowed. */
  ownHosts?: readonly string[];
  /** Ports of public hosts; 80 and 443 unless a test has its own server. */
  ports?: readonly number[];
  isPublic?(address: string): boolean;
};

export type AddressRules = {
  /** Reads an address (relative ones against `base`) once, for check and use. Throws URL_INVALID, USERINFO_REFUSED, SSRF_BLOCKED, PORT_NOT_ALLOWED. */
  admit(text: string, base?: URL): URL;
  /** The rule for one connection, by host name or literal. Throws SSRF_BLOCKED, PORT_NOT_ALLOWED; gives how the addresses behind the name are judged. */
  check(host: string, port: number): { mayReach(address: string): boolean };
};

/** Names that lead inside by definition (RFC 6761, 6762, 8375; ICANN's `.internal`), whatever a resolver says. */
const INSIDE = /(?:^|\.)(?:localhost|local|internal|home\.arpa)$/;
const USUAL_PORTS: Record<string, number> = { "http:": 80, "https:": 443 };

/** The refusal of a place that is not for fetching. It names the host that was asked for and nothing that was found out about it. */
export const blocked = (host: string): StepError =>
  new StepError(
    "SSRF_BLOCKED",
    `${host.slice(0, 255)} is not a public address, so nothing is fetched from it. Save the picture and upload it instead.`,
  );

/** Which addresses pictures may come from. Rules are the same for the first address, for every redirect and for the connection itself. */
export function createAddressRules(options: AddressRuleOptions = {}): AddressRules {
  const allowed = new Set(options.allowHosts?.map(hostKey));
  const own = new Set(options.ownHosts?.map(hostKey));
  const ports = options.ports ?? Object.values(USUAL_PORTS);
  const isPublic = options.isPublic ?? ((address: string) => isPublicAddress(address));

  const check: AddressRules["check"] = (given, port) => {
    const host = plainHost(given);
    if (own.has(`${host}:${port}`)) throw blocked(host);
    if (allowed.has(`${host}:${port}`) || (allowed.has(host) && ports.includes(port))) return { mayReach: () => true };
    if (isAddress(host) ? !isPublic(host) : INSIDE.test(host)) throw blocked(host);
    if (!ports.includes(port))
      throw new StepError(
        "PORT_NOT_ALLOWED",
        `Pictures are fetched from ports ${ports.join(" and ")}, not from ${port}.`,
      );
    return { mayReach: isPublic };
  };

  return {
    check,
    admit(text, base) {
      const url = text.length > LIMITS.urlChars ? null : URL.parse(text, base);
      const usual = url && USUAL_PORTS[url.protocol];
      if (!url?.hostname || !usual)
        throw new StepError(
          "URL_INVALID",
          `A picture's address starts with http:// or https:// and has at most ${LIMITS.urlChars} characters.`,
        );
      if (url.username || url.password)
        throw new StepError("USERINFO_REFUSED", "An address with a user name or password in it is not fetched.");
      check(url.hostname, Number(url.port || usual));
      return url;
    },
  };
}

/** One spelling per host: no brackets, no final dot, lower case. */
const plainHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");

function hostKey(entry: string): string {
  const [, host = entry, port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry.trim()) ?? [];
  const plain = plainHost(URL.parse(`http://${host}/`)?.hostname ?? host);
  return port === undefined ? plain : `${plain}:${port}`;
}
