import type { Page } from "playwright-core";
import { vi } from "vitest";
import { patienceMs } from "./people.ts";

/** Until a reload without a network would find the page of a project and so many of its tasks. */
export async function waitUntilKept(page: Page, projectId: string, tasks: number): Promise<void> {
  const path = `/work/${projectId}`;
  await vi.waitUntil(
    async () => {
      const desk = (await keptDesksWithTasks(page)).find(({ key }) => key.endsWith(projectId));
      return desk?.tasks === tasks && (await keptPaths(page)).includes(path);
    },
    { timeout: patienceMs, interval: 50 },
  );
}

/** Every address that any cache of the browser has. */
export function keptPaths(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const paths: string[] = [];
    for (const name of await caches.keys()) {
      for (const { url } of await (await caches.open(name)).keys()) paths.push(new URL(url).pathname);
    }
    return paths;
  });
}

/** Whose desks the browser keeps, as "MEMBER PROJECT". */
export async function keptDesks(page: Page): Promise<readonly string[]> {
  return (await keptDesksWithTasks(page)).map(({ key }) => key);
}

function keptDesksWithTasks(page: Page): Promise<readonly { readonly key: string; readonly tasks: number }[]> {
  return page.evaluate(
    () =>
      new Promise<{ key: string; tasks: number }[]>((resolve, reject) => {
        const opening = indexedDB.open("touchstone-offline", 1);
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const desks = database.transaction("desks").objectStore("desks");
          const keys = desks.getAllKeys();
          const values = desks.getAll();
          values.onsuccess = () => {
            database.close();
            resolve(values.result.map(({ tasks }, n) => ({ key: String(keys.result[n]), tasks: tasks.length })));
          };
        };
      }),
  );
}
