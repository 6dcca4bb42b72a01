import { TemplateQuery } from "../../protocol/hooks.ts";
import {
  FiringList,
  NextQuery,
  NextTimes,
  ScheduleChange,
  ScheduleList,
  ScheduleView,
  ScheduleWish,
} from "../../protocol/schedules.ts";
import type { Studio } from "../../runtime/studio-api.ts";
import { json, type Route, route } from "../http.ts";
import { HttpError } from "../http-problem.ts";

const notFound = { says: "There is no such schedule." };
const unknownSchedule = () => new HttpError(404, "UNKNOWN_SCHEDULE", "There is no such schedule.");
const invalid = { says: "The expression, the time zone, the template or an input is not right; every problem." };

/** Runs of templates at set times. */
export const scheduleRoutes = ({ studio }: { studio: Studio }): Route[] => [
  route({
    method: "GET",
    path: "/api/schedules",
    summary: "Schedules with their next times, of one template if wanted.",
    query: TemplateQuery,
    answers: { 200: { says: "All of them.", schema: ScheduleList } },
    handle: async ({ query }) => json(200, { schedules: await studio.schedules.list(query.templateId) }),
  }),
  route({
    method: "POST",
    path: "/api/schedules",
    summary: "Runs a template at set times from now on.",
    body: ScheduleWish,
    answers: { 201: { says: "Made.", schema: ScheduleView }, 422: invalid },
    handle: async ({ body }) => json(201, await studio.schedules.create(body)),
  }),
  route({
    method: "GET",
    path: "/api/schedules/next",
    summary: "The next five times of an expression, or what is wrong with it.",
    query: NextQuery,
    answers: { 200: { says: "Epoch milliseconds.", schema: NextTimes } },
    handle: async ({ query }) => json(200, studio.schedules.next(query.cron, query.timeZone, 5)),
  }),
  route({
    method: "GET",
    path: "/api/schedules/:id",
    summary: "One schedule.",
    answers: { 200: { says: "The schedule.", schema: ScheduleView }, 404: notFound },
    async handle({ params }) {
      const schedule = await studio.schedules.get(params.id ?? "");
      if (!schedule) throw unknownSchedule();
      return json(200, schedule);
    },
  }),
  route({
    method: "PUT",
    path: "/api/schedules/:id",
    summary: "Changes a schedule; fields left out stay. `enabled` pauses it and lets it go on.",
    body: ScheduleChange,
    answers: { 200: { says: "How it is now.", schema: ScheduleView }, 404: notFound, 422: invalid },
    async handle({ params, body }) {
      const schedule = await studio.schedules.change(params.id ?? "", body);
      if (!schedule) throw unknownSchedule();
      return json(200, schedule);
    },
  }),
  route({
    method: "DELETE",
    path: "/api/schedules/:id",
    summary: "Removes a schedule. Its runs stay.",
    answers: { 204: { says: "Gone." }, 404: notFound },
    async handle({ params }) {
      if (!(await studio.schedules.remove(params.id ?? ""))) throw unknownSchedule();
      return { status: 204 };
    },
  }),
  route({
    method: "GET",
    path: "/api/schedules/:id/firings",
    summary: "When it was due, and what became of it, newest first.",
    answers: { 200: { says: "The newest 50.", schema: FiringList } },
    handle: async ({ params }) => json(200, { firings: await studio.schedules.firings(params.id ?? "", 50) }),
  }),
];
