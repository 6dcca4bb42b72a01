"use client";
import Link from "next/link";
import { usd } from "#lib/client/words.ts";
import type { SettingsAnswer, SettingsChange } from "#lib/protocol/settings.ts";
import { Section } from "./section.tsx";
import { SettingField } from "./setting-field.tsx";

const amount = (value: number | null): string => (value === null ? "none" : String(value));
const wrong = (text: string): string | undefined =>
  text === "none" || (/^\d+(\.\d+)?$/.test(text) && Number(text) <= 1_000_000)
    ? undefined
    : "Write an amount in USD, or “none” for no cap.";
const read = (text: string): number | null => (text === "none" ? null : Number(text));

/** Hard caps: a call that does not fit is not sent. */
export function MoneyForm(props: { settings: SettingsAnswer; change(part: SettingsChange): Promise<unknown> }) {
  const { settings, change } = props;
  return (
    <Section
      title="Budgets"
      says="Hard caps. Every call reserves its highest possible price first; one that does not fit is not sent, and the run pauses."
    >
      <p className="text-sm tabular-nums">
        Spent today: <strong>{usd(settings.spentTodayUsd)}</strong>
        {settings.values.budgetDayUsd !== null && ` of ${usd(settings.values.budgetDayUsd)}`}.{" "}
        <Link href="/money" className="underline underline-offset-2">
          Where it went
        </Link>
      </p>
      <SettingField
        title="One run"
        unit="USD"
        inputMode="decimal"
        says="What a single run may cost unless it says otherwise. “none” takes the cap away."
        shown={amount(settings.values.budgetRunUsd)}
        source={settings.sources.budgetRunUsd}
        variable="BUDGET_RUN_USD"
        wrong={wrong}
        save={(text) => change({ budgetRunUsd: read(text) })}
        reset={() => change({ budgetRunUsd: "default" })}
      />
      <SettingField
        title="One day"
        unit="USD"
        inputMode="decimal"
        says="All runs of a day together, in UTC."
        shown={amount(settings.values.budgetDayUsd)}
        source={settings.sources.budgetDayUsd}
        variable="BUDGET_DAY_USD"
        wrong={wrong}
        save={(text) => change({ budgetDayUsd: read(text) })}
        reset={() => change({ budgetDayUsd: "default" })}
      />
    </Section>
  );
}
