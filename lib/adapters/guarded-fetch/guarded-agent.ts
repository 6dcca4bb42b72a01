import type { LookupAddress } from "node:dns";
import { Agent, buildConnector } from "undici";
import { type AddressRules, blocked } from "./address-rules.ts";

/** All addresses behind a name. */
export type Resolve = (host: string) => Promise<LookupAddress[]>;

/** What Node asks of a connection's `lookup`: all addresses, or the one it shall use. */
type LookupHook = (
  host: string,
  options: { all?: boolean },
  done: (error: Error | null, found: string | LookupAddress[], family?: number) => void,
) => void;

type Times = { connectMs: number; headersMs: number; idleMs: number };

/**
 * Connections that keep the rules by themselves, whoever asks: the target is checked before each one (a lookup hook is not called for IP
 * literals), the name is resolved once and refused when any of its addresses is, the socket gets exactly those addresses, and where it arrived
 * is looked at before a byte is sent.
 */
export function guardedAgent(rules: AddressRules, resolve: Resolve, times: Times): Agent {
  return new Agent({
    allowH2: false,
    headersTimeout: times.headersMs,
    bodyTimeout: times.idleMs,
    connect(target, done) {
      let mayReach: (address: string) => boolean;
      try {
        const usual = target.protocol === "https:" ? 443 : 80;
        mayReach = rules.check(target.hostname, Number(target.port || usual)).mayReach;
      } catch (error) {
        done(error as Error, null);
        return;
      }
      const lookup = checkedLookup(resolve, mayReach);
      const open = buildConnector({ timeout: times.connectMs, allowH2: false, maxCachedSessions: 0, lookup });
      open(target, (...arrived) => {
        const [, socket] = arrived;
        if (socket && !mayReach(socket.remoteAddress ?? "")) {
          socket.destroy();
          done(blocked(target.hostname), null);
        } else done(...arrived);
      });
    },
  });
}

const checkedLookup =
  (resolve: Resolve, mayReach: (address: string) => boolean): LookupHook =>
  (host, options, done) => {
    resolve(host).then(
      (found) => {
        const [first] = found;
        if (!first || !found.every(({ address }) => mayReach(address))) done(blocked(host), "", 0);
        else if (options.all) done(null, found);
        else done(null, first.address, first.family);
      },
      (error) => done(error, "", 0),
    );
  };
