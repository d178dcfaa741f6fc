import type { RouteName, routes } from "@touchstone/contracts";
import type { z } from "zod";
import type { CallOptions } from "./call-options.ts";

type Definition<K extends RouteName> = (typeof routes)[K];

/** A part of the request that is required when its schema has a required key, optional otherwise, absent when unused. */
type Part<Name extends string, Schema> = Schema extends z.ZodType
  ? Record<string, never> extends z.input<Schema>
    ? { readonly [N in Name]?: z.input<Schema> }
    : { readonly [N in Name]: z.input<Schema> }
  : unknown;

type Of<D, Key extends string> = D extends { readonly [K in Key]: infer Value } ? Value : undefined;

type Upload<D> = D extends { readonly stream: readonly (infer Type)[] }
  ? { readonly upload: { readonly body: Blob; readonly contentType: Type } }
  : unknown;

export type CallInput<K extends RouteName> = Part<"params", Of<Definition<K>, "params">> &
  Part<"query", Of<Definition<K>, "query">> &
  Part<"body", Of<Definition<K>, "body">> &
  Upload<Definition<K>>;

/** The parsed body; nothing for 204; the untouched `Response` for a streamed download. */
export type CallOutput<K extends RouteName> =
  Definition<K> extends { readonly response: infer Schema extends z.ZodType }
    ? z.output<Schema>
    : Definition<K> extends { readonly produces: string }
      ? Response
      : undefined;

type Call<K extends RouteName> =
  Record<string, never> extends CallInput<K>
    ? (input?: CallInput<K>, options?: CallOptions) => Promise<CallOutput<K>>
    : (input: CallInput<K>, options?: CallOptions) => Promise<CallOutput<K>>;

/** One method a route, by the route's name. */
export type Client = { readonly [K in RouteName]: Call<K> };
