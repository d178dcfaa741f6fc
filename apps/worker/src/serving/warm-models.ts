import { DomainError, refused, servedName } from "@touchstone/contracts";
import { findModel, modelFiles } from "@touchstone/persistence";
import { roomToServe } from "@touchstone/rlhf";
import type { Services } from "../run/context.ts";
import { withWhatItRestsOn } from "../run/with-rested-on.ts";
import type { ServingThread } from "./serving-thread.ts";
import type { ModelToServe } from "./thread-messages.ts";

/** So long, in ms, a model stays in memory after the last question. */
const warmMs = 10 * 60_000;
/** Answers of one policy under way at a time, and the share of the memory that these may take. */
const mostSlots = 16;
const shareOfAnswers = 1 / 4;
/** Bytes of a weight: of a policy as by `roomToServe`, of a reward model as it is and as it is worked on. */
const bytesPerWeight = { policy: 4, reward: 8 };

interface Warm {
  readonly bytes: number;
  users: number;
  usedAt: number;
}

type ModelRow = Awaited<ReturnType<typeof findModel>>;

/**
 * Which models are in memory. What does not fit sends away what was used longest ago, and waits for it where somebody still
 * listens to it; what would fit in no case is refused before it is loaded.
 */
export class WarmModels {
  readonly #services: Pick<Services, "db" | "files">;
  readonly #thread: ServingThread;
  readonly #budget: number;
  readonly #warm = new Map<string, Warm>();
  #loading: Promise<unknown> = Promise.resolve();
  #released: () => void = () => {};

  /** @param budget bytes for all models together */
  constructor(services: Pick<Services, "db" | "files">, thread: ServingThread, budget: number) {
    this.#services = services;
    this.#thread = thread;
    this.#budget = budget;
  }

  /** With the model in memory for as long as the work takes. @throws DomainError not_found, servingTooLarge, and what loading refuses */
  async with<T>(workspaceId: string, modelId: string, work: () => Promise<T>): Promise<T> {
    const row = await findModel(this.#services.db, workspaceId, modelId);
    const warm = this.#known(row.id) ?? (await this.#inTurn(row));
    try {
      return await work();
    } finally {
      warm.users--;
      warm.usedAt = performance.now();
      this.#released();
    }
  }

  /** Those that nobody has asked for a while are let go. */
  sweep(now = performance.now()): void {
    for (const [id, { users, usedAt }] of this.#warm) if (users === 0 && now - usedAt > warmMs) this.#drop(id);
  }

  /** The thread is gone: nothing is in memory any more. */
  forget(): void {
    this.#warm.clear();
  }

  #known(id: string): Warm | undefined {
    const known = this.#warm.get(id);
    if (known) known.users++;
    return known;
  }

  /** One after another: what is loaded for one is there for all, and the sum of what is taken stays right. */
  #inTurn(row: ModelRow): Promise<Warm> {
    const taken = this.#loading.then(() => this.#known(row.id) ?? this.#load(row));
    this.#loading = taken.catch(() => undefined);
    return taken;
  }

  async #load(row: ModelRow): Promise<Warm> {
    const { bytes, slots } = await this.#needOf(row);
    await this.#makeRoom(bytes);
    const warm = { bytes, users: 1, usedAt: performance.now() };
    const loaded = await this.#thread.load(await this.#toServe(row, slots));
    if (loaded.type === "failed") throw new DomainError(loaded.error.code, loaded.error.message, loaded.error);
    this.#warm.set(row.id, warm);
    return warm;
  }

  /** @throws DomainError servingTooLarge */
  async #needOf(row: ModelRow): Promise<{ bytes: number; slots: number }> {
    const name = servedName(row);
    const there = this.#budget;
    const refuseAbove = (needed: number) => {
      if (needed > there)
        throw refused("servingTooLarge", { name, needed, there, setting: "TOUCHSTONE_SERVING_BYTES" });
    };
    const least = bytesPerWeight[row.kind === "reward" ? "reward" : "policy"] * row.parameters;
    refuseAbove(least);
    if (row.kind === "reward") return { bytes: least, slots: 1 };
    const small = modelFiles(row).filter(({ path }) => !path.endsWith(".safetensors"));
    const { weights, eachAnswer } = roomToServe(await this.#services.files.readAll(small), row.parameters);
    refuseAbove(weights + eachAnswer);
    const forAnswers = Math.min(there - weights, there * shareOfAnswers);
    const slots = Math.max(1, Math.min(mostSlots, Math.floor(forAnswers / eachAnswer)));
    return { bytes: weights + slots * eachAnswer, slots };
  }

  async #makeRoom(bytes: number): Promise<void> {
    for (;;) {
      const all = [...this.#warm];
      const taken = all.reduce((sum, [, one]) => sum + one.bytes, 0);
      if (taken + bytes <= this.#budget) return;
      const [oldest] = all.filter(([, { users }]) => users === 0).sort(([, a], [, b]) => a.usedAt - b.usedAt);
      if (oldest) this.#drop(oldest[0]);
      else
        await new Promise<void>((resolve) => {
          this.#released = resolve;
        });
    }
  }

  #drop(id: string): void {
    this.#warm.delete(id);
    this.#thread.drop(id);
  }

  async #toServe(row: ModelRow, slots: number): Promise<ModelToServe> {
    const own = await this.#services.files.readAll(modelFiles(row));
    const files = row.kind === "reward" ? await withWhatItRestsOn(this.#services, row.workspaceId, own) : own;
    return { id: row.id, name: servedName(row), kind: row.kind, files, slots };
  }
}
