import { onlineManager, QueryClient } from "@tanstack/react-query";
import { ApiError } from "@touchstone/api-client";

/** What the API has refused will be refused again; only a lost connection or a code that says so is worth another try. */
export function worthAnotherTry(failures: number, error: Error): boolean {
  if (error instanceof ApiError && !error.retry) return false;
  return failures < 2;
}

/**
 * The library takes every page for online until it hears otherwise. One that was opened without a network hears nothing
 * before the network is back, so that this is news each time: what could not be had is asked for again then.
 */
if (typeof window !== "undefined") {
  window.addEventListener("online", () => {
    onlineManager.setOnline(false);
    onlineManager.setOnline(true);
  });
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: worthAnotherTry, staleTime: 10_000, refetchOnWindowFocus: true },
      // A mutation is repeated only by its own rules: the outbox of the workbench knows idempotency keys, forms do not.
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
