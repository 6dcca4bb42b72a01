import { randomUUID } from "node:crypto";
import { hostname } from "node:os";

/** Who holds a lease: machine, process and a random part. */
export const ownerName = (): string => `${hostname()}:${process.pid}:${randomUUID()}`;

/** True when the owner was a process of this machine that is no more: its lease need not be waited for. */
export function ownerIsDead(owner: string): boolean {
  const [host, pid] = owner.split(":");
  if (host !== hostname() || !Number(pid)) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
