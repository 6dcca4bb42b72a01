import type { HookSecret, HookView, SecretView } from "../../protocol/hooks.ts";
import type { NextTimes, ScheduleChange, ScheduleView } from "../../protocol/schedules.ts";
import { callApi } from "../call-api.ts";

const of = (path: string, id: string): string => `${path}/${encodeURIComponent(id)}`;

export const hooksPath = (templateId: string): string => `/api/hooks?templateId=${encodeURIComponent(templateId)}`;
export const schedulesPath = (templateId: string): string =>
  `/api/schedules?templateId=${encodeURIComponent(templateId)}`;

export const makeHook = (body: object): Promise<HookSecret> => callApi("/api/hooks", { body });
export const rotateHook = (id: string): Promise<HookSecret> =>
  callApi(`${of("/api/hooks", id)}/rotate`, { method: "POST" });
export const switchHook = (id: string, enabled: boolean): Promise<HookView> =>
  callApi(`${of("/api/hooks", id)}/enabled`, { method: "PUT", body: { enabled } });
export const removeHook = (id: string): Promise<void> => callApi(of("/api/hooks", id), { method: "DELETE" });

export const makeSchedule = (body: object): Promise<ScheduleView> => callApi("/api/schedules", { body });
export const changeSchedule = (id: string, body: ScheduleChange): Promise<ScheduleView> =>
  callApi(of("/api/schedules", id), { method: "PUT", body });
export const removeSchedule = (id: string): Promise<void> => callApi(of("/api/schedules", id), { method: "DELETE" });
export const nextPath = (cron: string, timeZone: string): string =>
  `/api/schedules/next?${new URLSearchParams({ cron, timeZone })}`;
export type { NextTimes };

export const putSecret = (name: string, body: { secret: string; origin: string }): Promise<SecretView> =>
  callApi(of("/api/secrets", name), { method: "PUT", body });
export const removeSecret = (name: string): Promise<void> => callApi(of("/api/secrets", name), { method: "DELETE" });
