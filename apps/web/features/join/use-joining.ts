"use client";
import { useQueryClient } from "@tanstack/react-query";
import { ApiError } from "@touchstone/api-client";
import type { SessionView } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import type { z } from "zod";
import { otherMember } from "../../api/other-member.ts";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { sessionQuery } from "../session/session-query.ts";
import { type JoinOffer, joinQuery, placeAfterJoining } from "./join-query.ts";

/** The form behind a link, whoever fills it in: it ends in a session and where the link leads. */
export function useJoining<Schema extends z.ZodType>(options: {
  readonly token: string;
  readonly offer: JoinOffer;
  readonly schema: Schema;
  readonly send: (body: z.output<Schema>) => Promise<SessionView>;
}) {
  const { token, offer, schema, send } = options;
  const router = useRouter();
  const client = useQueryClient();
  return useSchemaForm({
    schema,
    send: async (body) =>
      await send(body).catch(async (error: unknown) => {
        // The last place went while the form was filled in: the page says so in its own words.
        if (error instanceof ApiError && error.code === "link_used_up") await client.resetQueries(joinQuery(token));
        throw error;
      }),
    onDone: (session) => {
      // Whatever was read before, if anything, was read as somebody else.
      client.clear();
      otherMember.tellOtherWindows();
      client.setQueryData(sessionQuery.queryKey, session);
      router.replace(placeAfterJoining(offer, session));
    },
  });
}
