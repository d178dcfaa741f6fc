import { ApiError } from "@touchstone/api-client";

/**
 * A ticket for the socket. Where it is refused for good, whoever looks at the page may no longer see what it shows: the
 * last figures would stand there as if they were live.
 *
 * @param onRefused called then; the error is thrown on, since the socket asks again later
 */
export async function askForTicket(
  create: () => Promise<{ readonly ticket: string }>,
  onRefused: () => void,
): Promise<string> {
  try {
    return (await create()).ticket;
  } catch (error) {
    if (error instanceof ApiError && !error.retry) onRefused();
    throw error;
  }
}
