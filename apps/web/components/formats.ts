import type { Locale } from "@touchstone/contracts";

const tags = { en: "en-GB", zh: "zh-CN" } as const satisfies Record<Locale, string>;

const steps = [
  ["second", 60],
  ["minute", 60],
  ["hour", 24],
  ["day", 30],
  ["month", 12],
  ["year", Number.POSITIVE_INFINITY],
] as const;

/** Numbers, dates and lengths of time as the reader's language writes them. */
export interface Formats {
  readonly locale: Locale;
  /** 12,544; with `digits` decimals when given. */
  readonly number: (value: number, digits?: number) => string;
  /** +0.42; −0.42; and zero has no sign. */
  readonly signed: (value: number, digits: number) => string;
  /** 0.583 → 58.3%. */
  readonly share: (value: number, digits?: number) => string;
  /** 9 November 2026; 2026年11月9日. */
  readonly date: (at: string | Date) => string;
  /** 9 Nov; 11月9日. For axes. */
  readonly day: (at: string | Date) => string;
  readonly dateTime: (at: string | Date) => string;
  /** "4 minutes ago", "in 2 days". */
  readonly relative: (at: string | Date, now: Date) => string;
  /** 14 s, 38 min, 2 h 5 min. */
  readonly duration: (seconds: number) => string;
  /** 1.4 MB. */
  readonly bytes: (count: number) => string;
  readonly list: (items: readonly string[]) => string;
}

export function formatsFor(locale: Locale): Formats {
  const tag = tags[locale];
  const unit = (value: number, name: string, digits = 0, unitDisplay: "short" | "long" = "short"): string =>
    new Intl.NumberFormat(locale, {
      style: "unit",
      unit: name,
      unitDisplay,
      maximumFractionDigits: digits,
    }).format(value);
  const at = (options: Intl.DateTimeFormatOptions) => (time: string | Date) =>
    new Intl.DateTimeFormat(tag, options).format(new Date(time));
  return {
    locale,
    number: (value, digits) =>
      new Intl.NumberFormat(
        tag,
        // What rounds to zero has no sign.
        digits === undefined
          ? {}
          : { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: "negative" },
      ).format(value),
    signed: (value, digits) =>
      new Intl.NumberFormat(tag, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        signDisplay: "exceptZero",
      }).format(value),
    share: (value, digits = 0) =>
      new Intl.NumberFormat(tag, {
        style: "percent",
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(value),
    date: at({ dateStyle: "long" }),
    day: at({ day: "numeric", month: "short" }),
    dateTime: at({ dateStyle: "medium", timeStyle: "short" }),
    relative: (time, now) => relative(tag, (new Date(time).getTime() - now.getTime()) / 1000),
    duration: (seconds) => duration(seconds, unit),
    bytes: (count) => {
      const power = count < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(count) / 3));
      const name = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"][power] ?? "byte";
      // English writes “512 byte” where it is short, and a plural where it is not.
      if (power === 0) return unit(count, name, 0, "long");
      return unit(count / 1000 ** power, name, 1);
    },
    list: (items) => new Intl.ListFormat(tag, { type: "conjunction" }).format(items),
  };
}

function relative(tag: string, seconds: number): string {
  let amount = seconds;
  for (const [name, size] of steps) {
    if (Math.abs(amount) < size) {
      return new Intl.RelativeTimeFormat(tag, { numeric: "auto" }).format(Math.round(amount), name);
    }
    amount /= size;
  }
  return "";
}

/** The two largest units, and seconds alone below a minute: nobody plans by the second of an hour. */
function duration(seconds: number, unit: (value: number, name: string, digits?: number) => string): string {
  if (seconds < 10) return unit(seconds, "second", 1);
  if (seconds < 59.5) return unit(Math.round(seconds), "second");
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return unit(minutes, "minute");
  const hours = Math.floor(minutes / 60);
  if (hours < 48)
    return minutes % 60 === 0 ? unit(hours, "hour") : `${unit(hours, "hour")} ${unit(minutes % 60, "minute")}`;
  return unit(Math.round(hours / 24), "day");
}
