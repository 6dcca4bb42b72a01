import { networkInterfaces } from "node:os";
import ipaddr from "ipaddr.js";

/** Global unicast IPv6 lies here; ipaddr.js calls addresses outside of it "unicast" too, `::127.0.0.1` among them (measured). */
const GLOBAL_V6 = ipaddr.parseCIDR("2000::/3");
/** In public ranges, yet a cloud's own service: Azure's metadata and DNS (OWASP SSRF sheet). */
const CLOUD_SERVICES = new Set(["168.63.129.16"]);

/** True for an IPv4 or IPv6 literal in any spelling. */
export const isAddress = (host: string): boolean => ipaddr.isValid(host);

/** True for an address on the public internet that is not one of this machine's own. Anything that cannot be read is not public. */
export function isPublicAddress(text: string, own: ReadonlySet<string> = ownAddresses()): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  const plain = address.toString();
  if (CLOUD_SERVICES.has(plain) || own.has(plain)) return false;
  return address.range() === "unicast" && (address.kind() === "ipv4" || address.match(GLOBAL_V6));
}

const ownAddresses = (): Set<string> =>
  new Set(
    Object.values(networkInterfaces())
      .flatMap((of) => of ?? [])
      .map(({ address }) => ipaddr.process(address).toString()),
  );
