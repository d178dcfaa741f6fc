"use client";
import { useTranslations } from "next-intl";
import { type ComponentProps, type ReactNode, useState } from "react";
import { Button } from "../button.tsx";
import { Input } from "./field.tsx";

/** A password, which can be looked at before it is sent: nobody knows a typing error from a wrong password otherwise. */
export function PasswordInput(props: Omit<ComponentProps<"input">, "type" | "className">): ReactNode {
  const t = useTranslations("common");
  const [shown, setShown] = useState(false);
  return (
    <span className="flex gap-2">
      <Input {...props} type={shown ? "text" : "password"} autoCapitalize="off" spellCheck={false} className="flex-1" />
      <Button aria-label={t("showTyped")} aria-pressed={shown} onClick={() => setShown(!shown)}>
        {t(shown ? "hide" : "show")}
      </Button>
    </span>
  );
}
