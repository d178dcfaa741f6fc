import { useLocale } from "next-intl";
import { useMemo } from "react";
import { type Formats, formatsFor } from "./formats.ts";

export function useFormats(): Formats {
  const locale = useLocale();
  return useMemo(() => formatsFor(locale), [locale]);
}
