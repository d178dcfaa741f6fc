import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { messages } from "../messages/index.ts";
import { chooseLocale, localeCookie } from "./locales.ts";

export default getRequestConfig(async () => {
  const locale = chooseLocale((await cookies()).get(localeCookie)?.value, (await headers()).get("accept-language"));
  // Dates are written in the browser by `useFormats`, in the reader's own zone; this one only keeps the server honest.
  return { locale, messages: messages[locale], timeZone: "UTC" };
});
