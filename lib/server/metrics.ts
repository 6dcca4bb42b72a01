import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Studio } from "../runtime/studio-api.ts";

const registry = new Registry();
let started = false;
const runs = new Gauge({
  name: "throughline_runs",
  help: "Runs by status.",
  labelNames: ["status"],
  registers: [registry],
});
const spent = new Gauge({
  name: "throughline_spent_today_usd",
  help: "Spent and reserved since midnight UTC.",
  registers: [registry],
});
const inFlight = new Gauge({
  name: "throughline_calls_in_flight",
  help: "Paid calls under way.",
  registers: [registry],
});

/** The studio's figures and this process's in Prometheus' text format. */
export async function metricsText(studio: Studio): Promise<{ type: string; text: string }> {
  if (!started) collectDefaultMetrics({ register: registry });
  started = true;
  const figures = await studio.metrics();
  runs.reset();
  for (const [status, count] of Object.entries(figures.runs)) runs.set({ status }, count);
  spent.set(figures.spentTodayUsd);
  inFlight.set(figures.callsInFlight);
  return { type: registry.contentType, text: await registry.metrics() };
}
