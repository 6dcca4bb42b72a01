/** Wall clock in epoch ms for records; `monotonic` in ms for every timeout and lease check. */
export type Clock = { now(): number; monotonic(): number; sleep(ms: number, signal?: AbortSignal): Promise<void> };
