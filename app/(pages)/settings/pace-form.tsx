"use client";
import type { SettingsAnswer, SettingsChange } from "#lib/protocol/settings.ts";
import { Section } from "./section.tsx";
import { SettingField } from "./setting-field.tsx";

const whole = (min: number, max: number) => (text: string) =>
  /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max
    ? undefined
    : `Write a whole number from ${min} to ${max}.`;

/** How fast calls go out. */
export function PaceForm(props: { settings: SettingsAnswer; change(part: SettingsChange): Promise<unknown> }) {
  const { settings, change } = props;
  const { values, sources } = settings;
  return (
    <Section
      title="Pacing"
      says="How many calls are in flight, and how many a minute. Limits the provider names in its answers are kept to in any case."
    >
      <SettingField
        title="Calls at once"
        inputMode="numeric"
        says="Pictures drawn side by side."
        shown={String(values.concurrency)}
        source={sources.concurrency}
        variable="THROUGHLINE_CONCURRENCY"
        wrong={whole(1, 1024)}
        save={(text) => change({ concurrency: Number(text) })}
        reset={() => change({ concurrency: "default" })}
      />
      <SettingField
        title="Requests a minute"
        inputMode="numeric"
        placeholder="learned from the provider"
        says="Leave it empty to learn it from the provider’s answers."
        shown={values.openaiRpm === null ? "" : String(values.openaiRpm)}
        source={sources.openaiRpm}
        variable="OPENAI_RPM"
        wrong={(text) => (text === "" ? undefined : whole(1, 1_000_000)(text))}
        save={(text) => change({ openaiRpm: text === "" ? "default" : Number(text) })}
        reset={() => change({ openaiRpm: "default" })}
      />
      <SettingField
        title="Pictures a minute"
        inputMode="numeric"
        placeholder="learned from the provider"
        says="Leave it empty to learn it from the provider’s answers."
        shown={values.openaiIpm === null ? "" : String(values.openaiIpm)}
        source={sources.openaiIpm}
        variable="OPENAI_IPM"
        wrong={(text) => (text === "" ? undefined : whole(1, 1_000_000)(text))}
        save={(text) => change({ openaiIpm: text === "" ? "default" : Number(text) })}
        reset={() => change({ openaiIpm: "default" })}
      />
    </Section>
  );
}
