/**
 * What this device keeps: the pictures in hand with every step, in IndexedDB, for each person apart.
 *
 * A promise that resolves means that the browser has committed the transaction.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Stored } from "../model/stored";
import type { JobInfo, Work } from "./wire";

/** A picture in hand. */
export interface Held {
  readonly work: Work;
  readonly job: JobInfo;
  readonly history: Stored;
  /** The version of the server's document that this one came from. */
  readonly etag: string;
  /** Steps that the server does not know of. */
  readonly unsaved: number;
  /** What was sent and not acknowledged (`markOf`): an answer may have been lost on its way back. */
  readonly sent: readonly string[];
  /** Set when the person is done with the picture: what makes finishing it twice one. */
  readonly finishKey: string | null;
  /** Set when it was not outlined but skipped: why, or nothing. It has a `finishKey` too. */
  readonly skipped?: string;
  /** Place in line. */
  readonly order: number;
  /** Why the server does not take it, in its words. */
  readonly trouble: string;
  /** It went to someone else: what is here can be looked at until the person leaves it. */
  readonly lost: boolean;
}

export interface EditorStore {
  load(): Promise<readonly Held[]>;
  keep(held: Held): Promise<void>;
  drop(assignment: string): Promise<void>;
  close(): void;
}

type Key = [user: string, job: string, assignment: string];

interface Schema extends DBSchema {
  held: { key: Key; value: Held };
}

const NAME = "labelapp-editor";

export async function openStore(user: string, job: string): Promise<EditorStore> {
  const database = await openDB<Schema>(NAME, 1, {
    upgrade: (created) => void created.createObjectStore("held"),
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  return indexed(database, user, job);
}

function indexed(database: IDBPDatabase<Schema>, user: string, job: string): EditorStore {
  const key = (assignment: string): Key => [user, job, assignment];
  return {
    async load() {
      const held = await database.getAll("held", IDBKeyRange.bound([user, job], [user, job, []]));
      return held.sort((a, b) => a.order - b.order);
    },
    keep: async (held) => void (await database.put("held", held, key(held.work.assignment))),
    drop: (assignment) => database.delete("held", key(assignment)),
    close: () => database.close(),
  };
}

const refuse = (): Promise<never> =>
  Promise.reject(new DOMException("This browser keeps nothing for this page.", "InvalidStateError"));

/** Where the browser gives no database: everything lives in the page alone, and nothing is called kept. */
export const NO_STORE: EditorStore = {
  load: () => Promise.resolve([]),
  keep: refuse,
  drop: refuse,
  close: () => undefined,
};
