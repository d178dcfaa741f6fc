import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "@touchstone/api-client";

/** What the API has refused will be refused again; only a lost connection or a code that says so is worth another try. */
export function worthAnotherTry(failures: number, error: Error): boolean {
  if (error instanceof ApiError && !error.retry) return false;
  return failures < 2;
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
