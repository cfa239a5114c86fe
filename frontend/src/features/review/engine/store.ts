/**
 * What this device keeps: batches, finished batches and the desk, in IndexedDB, for each person apart.
 *
 * A promise that resolves means that the browser has committed the transaction. Keys start with the person's
 * id, so nobody ever sees or sends another's marks.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Sent } from "../model/pace";
import type { Finished, Held } from "./held";
import type { JobInfo } from "./wire";

/** What the screen needs to come up without the server. */
export interface DeskRecord {
  readonly job: JobInfo | null;
  readonly sent: readonly Sent[];
  /** Images this person has sent from here in this job. */
  readonly total: number;
}

export interface Kept {
  readonly held: readonly Held[];
  readonly finished: readonly Finished[];
  readonly desk: DeskRecord | null;
}

export interface ReviewStore {
  load(): Promise<Kept>;
  keep(held: Held): Promise<void>;
  drop(assignment: string): Promise<void>;
  /** A held batch becomes a finished one, in one transaction. */
  finish(finished: Finished): Promise<void>;
  /** A finished batch becomes a held one again, in one transaction. */
  unfinish(held: Held): Promise<void>;
  sent(assignment: string): Promise<void>;
  keepDesk(desk: DeskRecord): Promise<void>;
  close(): void;
}

type Key = [user: string, job: string, assignment: string];

interface Schema extends DBSchema {
  held: { key: Key; value: Held };
  finished: { key: Key; value: Finished };
  desk: { key: [user: string, job: string]; value: DeskRecord };
}

const NAME = "labelapp-review";

export async function openStore(user: string, job: string, name = NAME): Promise<ReviewStore> {
  const database = await openDB<Schema>(name, 1, {
    upgrade(created) {
      created.createObjectStore("held");
      created.createObjectStore("finished");
      created.createObjectStore("desk");
    },
    // Another window opens a newer version: let go, so that it need not wait for this one to be closed.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  return new IndexedStore(database, user, job);
}

class IndexedStore implements ReviewStore {
  private readonly database: IDBPDatabase<Schema>;
  private readonly user: string;
  private readonly job: string;

  constructor(database: IDBPDatabase<Schema>, user: string, job: string) {
    this.database = database;
    this.user = user;
    this.job = job;
  }

  async load(): Promise<Kept> {
    const mine = IDBKeyRange.bound([this.user, this.job], [this.user, this.job, []]);
    const [held, finished, desk] = await Promise.all([
      this.database.getAll("held", mine),
      this.database.getAll("finished", mine),
      this.database.get("desk", [this.user, this.job]),
    ]);
    return {
      held: held.sort((a, b) => a.order - b.order),
      finished: finished.sort((a, b) => a.at - b.at),
      desk: desk ?? null,
    };
  }

  async keep(held: Held): Promise<void> {
    await this.database.put("held", held, this.key(held.assignment));
  }

  async drop(assignment: string): Promise<void> {
    await this.database.delete("held", this.key(assignment));
  }

  async finish(finished: Finished): Promise<void> {
    const change = this.database.transaction(["held", "finished"], "readwrite", { durability: "strict" });
    const key = this.key(finished.held.assignment);
    await Promise.all([
      change.objectStore("finished").put(finished, key),
      change.objectStore("held").delete(key),
      change.done,
    ]);
  }

  async unfinish(held: Held): Promise<void> {
    const change = this.database.transaction(["held", "finished"], "readwrite", { durability: "strict" });
    const key = this.key(held.assignment);
    await Promise.all([
      change.objectStore("held").put(held, key),
      change.objectStore("finished").delete(key),
      change.done,
    ]);
  }

  async sent(assignment: string): Promise<void> {
    await this.database.delete("finished", this.key(assignment));
  }

  async keepDesk(desk: DeskRecord): Promise<void> {
    await this.database.put("desk", desk, [this.user, this.job]);
  }

  close(): void {
    this.database.close();
  }

  private key(assignment: string): Key {
    return [this.user, this.job, assignment];
  }
}

/** Where the browser gives no database: everything lives in the page alone, and nothing is called kept. */
export class NoStore implements ReviewStore {
  load(): Promise<Kept> {
    return Promise.resolve({ held: [], finished: [], desk: null });
  }
  keep = refuse;
  drop = refuse;
  finish = refuse;
  unfinish = refuse;
  sent = refuse;
  keepDesk = refuse;
  close(): void {}
}

function refuse(): Promise<never> {
  return Promise.reject(new DOMException("This browser keeps nothing for this page.", "InvalidStateError"));
}
