import { randomUUID } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/**
 * What numbers of processes hold for: this start of this machine, and the container (proc(5), boot_id; pid_namespaces(7)). Empty where neither can be
 * asked.
 */
function scope(): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot}/${readlinkSync("/proc/self/ns/pid").replace(/\D/g, "")}`;
  } catch {
    return "";
  }
}

/** Who holds a lease: machine, process, what its number holds for, and a random part. */
export const ownerName = (): string => `${hostname()}:${process.pid}:${scope()}:${randomUUID()}`;

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

/** The same where machines share a journal: names of machines and numbers of processes repeat among them, so the owner must be of this very scope. */
export function ownerIsDeadHere(owner: string): boolean {
  const [, , where] = owner.split(":");
  return where !== undefined && where !== "" && where === scope() && ownerIsDead(owner);
}
