import { KeyBody, KeyCheck, SettingsAnswer, SettingsChange } from "../../protocol/settings.ts";
import { type Answer, json, type Route, route } from "../http.ts";
import { HttpError } from "../http-problem.ts";
import type { SettingsDesk } from "../settings-desk.ts";
import { SettingRefused } from "../stored-settings.ts";

const answers = {
  200: { says: "What holds now.", schema: SettingsAnswer },
  409: { says: "The environment of the server says something else, or the address is not safe." },
};

/** Settings made in the studio. A key goes in and never comes out. */
export const settingsRoutes = ({ settings }: { settings: SettingsDesk }): Route[] => [
  route({
    method: "GET",
    path: "/api/settings",
    summary: "Settings, where each comes from, what is stored and spent.",
    answers: { 200: answers[200] },
    handle: async () => json(200, await settings.view()),
  }),
  route({
    method: "PUT",
    path: "/api/settings",
    summary: "Changes settings; fields left out stay.",
    body: SettingsChange,
    answers,
    handle: ({ body }) => told(() => settings.change(body)),
  }),
  route({
    method: "PUT",
    path: "/api/settings/key",
    summary: "Stores the provider's key, sealed. It can be replaced or removed, never read.",
    body: KeyBody,
    answers,
    handle: ({ body }) => told(() => settings.setKey(body.key)),
  }),
  route({
    method: "DELETE",
    path: "/api/settings/key",
    summary: "Removes the stored key; without one the simulator draws.",
    answers,
    handle: () => told(() => settings.removeKey()),
  }),
  route({
    method: "POST",
    path: "/api/settings/key/check",
    summary: "Asks the provider whether it takes the key. Buys nothing.",
    answers: { 200: { says: "What the provider says.", schema: KeyCheck } },
    handle: async () => json(200, await settings.checkKey()),
  }),
];

async function told(act: () => Promise<SettingsAnswer>): Promise<Answer> {
  try {
    return json(200, await act());
  } catch (error) {
    if (error instanceof SettingRefused) throw new HttpError(409, "SETTING_REFUSED", error.message);
    throw error;
  }
}
