/** How often, in the words of the form. `own` = an expression somebody wrote. */
export const RHYTHMS = ["hour", "day", "weekdays", "week", "month", "own"] as const;
export type Rhythm = (typeof RHYTHMS)[number];
export const RHYTHM_WORDS: Record<Rhythm, string> = {
  hour: "Every hour",
  day: "Every day",
  weekdays: "Monday to Friday",
  week: "Every week",
  month: "Every month",
  own: "Own expression",
};
export const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** What the form holds. `time` is HH:MM (of an hour only the minutes count), `weekday` 0 = Sunday, `monthday` 1–28. */
export type Timing = { rhythm: Rhythm; time: string; weekday: number; monthday: number; own: string };
export const USUAL: Timing = { rhythm: "week", time: "09:00", weekday: 1, monthday: 1, own: "0 9 * * 1" };

/** The cron expression of a timing; a time that is not one counts as midnight. */
export function cronOf({ rhythm, time, weekday, monthday, own }: Timing): string {
  const [, hours = "0", minutes = "0"] = /^(\d{1,2}):(\d{2})/.exec(time) ?? [];
  const at = `${Number(minutes)} ${Number(hours)}`;
  switch (rhythm) {
    case "hour":
      return `${Number(minutes)} * * * *`;
    case "day":
      return `${at} * * *`;
    case "weekdays":
      return `${at} * * 1-5`;
    case "week":
      return `${at} * * ${weekday}`;
    case "month":
      return `${at} ${monthday} * *`;
    case "own":
      return own.trim();
  }
}

/** The timing an expression came from; what the form cannot say is `own`. */
export function timingOf(cron: string): Timing {
  const own = { ...USUAL, rhythm: "own" as const, own: cron };
  const [, minute = "", hour = "", day = "", month = "", weekday = ""] =
    /^(\d{1,2}) (\d{1,2}|\*) (\d{1,2}|\*) (\*) (\d|1-5|\*)$/.exec(cron.trim()) ?? [];
  if (month !== "*") return own;
  const time = `${hour === "*" ? "00" : hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
  const base = { ...USUAL, own: cron, time };
  if (hour === "*") return day === "*" && weekday === "*" ? { ...base, rhythm: "hour" } : own;
  if (day !== "*")
    return weekday === "*" && Number(day) <= 28 ? { ...base, rhythm: "month", monthday: Number(day) } : own;
  if (weekday === "*") return { ...base, rhythm: "day" };
  if (weekday === "1-5") return { ...base, rhythm: "weekdays" };
  return Number(weekday) <= 6 ? { ...base, rhythm: "week", weekday: Number(weekday) } : own;
}

/** A timing for people. */
export function timingWords(cron: string, timeZone: string): string {
  const { rhythm, time, weekday, monthday } = timingOf(cron);
  const zone = timeZone.replaceAll("_", " ");
  switch (rhythm) {
    case "hour":
      return `Every hour, ${Number(time.slice(3))} minutes past, ${zone}`;
    case "day":
      return `Every day at ${time}, ${zone}`;
    case "weekdays":
      return `Monday to Friday at ${time}, ${zone}`;
    case "week":
      return `Every ${WEEKDAYS[weekday]} at ${time}, ${zone}`;
    case "month":
      return `On day ${monthday} of every month at ${time}, ${zone}`;
    case "own":
      return `${cron}, ${zone}`;
  }
}

/** A moment in the schedule's own zone, like `Mon 23 Nov 2026, 09:00`. */
export const momentIn = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  }).format(at);
