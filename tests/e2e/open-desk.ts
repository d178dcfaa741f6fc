import type { Client } from "@touchstone/api-client";
import { ProjectDraft } from "@touchstone/contracts";
import type { Page } from "playwright-core";
import { Desk } from "./desk.ts";
import { adminLogin } from "./filled-workspace.ts";
import { arrive, type Person, signIn } from "./people.ts";
import { jsonLines } from "./practice-files.ts";
import { openSharedProduct, type SharedProduct } from "./product.ts";
import { clientOf } from "./workspace-client.ts";

/** The admin, signed in at a browser, and a client of theirs for what stands behind a desk. */
export interface OpenDesk<P extends SharedProduct = SharedProduct> {
  readonly product: P;
  readonly admin: Client;
  readonly person: Person;
  readonly page: Page;
  readonly desk: Desk;
}

/** A desk at the product that files share. */
export const openDesk = async (): Promise<OpenDesk> => openDeskAt(await openSharedProduct());

export async function openDeskAt<P extends SharedProduct>(product: P): Promise<OpenDesk<P>> {
  const admin = clientOf(product.touchstone.url);
  await admin.signIn({ body: adminLogin });
  const person = await arrive(product.browser, product.touchstone.url, "Nora");
  await signIn(person, adminLogin.email, adminLogin.password);
  return { product, admin, person, page: person.page, desk: new Desk(person.page) };
}

interface Pairs {
  readonly name: string;
  readonly pairs: number;
  readonly guideline: string;
  readonly overlap?: number;
  readonly answer: (letter: string, n: number) => string;
}

/** A fresh project with so many pairs, open on the desk. @returns its id. */
export async function putOnDesk({ admin, page, desk }: Omit<OpenDesk, "product" | "person">, draft: Pairs) {
  const { name, pairs, guideline, overlap, answer } = draft;
  const body = ProjectDraft.parse({ name, guideline, mustRead: false, ...(overlap ? { overlap } : {}) });
  const { id } = await admin.createProject({ body });
  const rows = Array.from({ length: pairs }, (_, n) => ({
    prompt: `${name}, question ${n}?`,
    completions: [answer("This one", n), answer("That one", n)],
  }));
  const upload = { body: new Blob([new Uint8Array(jsonLines(rows))]), contentType: "application/x-ndjson" } as const;
  await admin.importRows({ params: { id }, query: { format: "prompts", open: "true" }, upload });
  await page.goto(`/work/${id}`);
  await desk.shown();
  return id;
}

/** Every judgement of a project that is in the database. */
export async function judgedOf(admin: Client, id: string) {
  return (await admin.listJudgements({ params: { id }, query: { limit: 200 } })).items;
}
