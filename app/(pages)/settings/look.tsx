"use client";
import { useEffect, useState } from "react";
import { recall, remember } from "#lib/client/remembered.ts";
import { Section } from "./section.tsx";

const THEMES = [
  { value: "system", title: "As the system" },
  { value: "dark", title: "Dark" },
  { value: "light", title: "Light" },
] as const;

/** Light or dark, for this browser. */
export function Look() {
  const [theme, setTheme] = useState("system");
  useEffect(() => setTheme(recall("theme") ?? "system"), []);
  const choose = (value: string) => {
    setTheme(value);
    remember("theme", value === "system" ? undefined : value);
    if (value === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = value;
  };
  return (
    <Section title="Look" says="Kept in this browser only.">
      <fieldset className="flex flex-wrap gap-2">
        <legend className="sr-only">Theme</legend>
        {THEMES.map(({ value, title }) => (
          <label
            key={value}
            className="flex min-h-10 cursor-pointer items-center gap-2 rounded-lg border border-line px-3 text-sm has-checked:border-brand"
          >
            <input
              type="radio"
              name="theme"
              value={value}
              checked={theme === value}
              onChange={() => choose(value)}
              className="accent-brand"
            />
            {title}
          </label>
        ))}
      </fieldset>
    </Section>
  );
}
