// Photographs on their way: kept on the telephone until the server has them, sent one after the other, tried again when the network
// is back. Each has one key for all its tries, so that none is attached twice.
import { ProblemError } from "../../../platform/problem.ts";

export type Photo = {
  /** The key under which it is sent, however often. */
  readonly id: string;
  readonly staffId: number;
  readonly orderId: string;
  readonly name: string;
  readonly file: Blob;
  /** When it was put here, epoch ms: the order in which they are sent. */
  readonly atMs: number;
};

/** Where photographs outlive the page; each call may fail, and then they live as long as the page does. */
export type PhotoStore = {
  all(): Promise<readonly Photo[]>;
  put(photo: Photo): Promise<void>;
  remove(id: string): Promise<void>;
};

export type Queued = Photo & {
  readonly state: "waiting" | "sending" | "refused";
  /** What the server said, where it will not have it. */
  readonly problem: ProblemError | null;
};
export type QueueView = {
  readonly photos: readonly Queued[] /** It was tried, and nobody answered. */;
  readonly cutOff: boolean;
};

export type Surroundings = {
  readonly store: PhotoStore;
  /** Errors: {@link ProblemError}. */
  send(photo: Photo): Promise<void>;
  isOnline(): boolean;
  /** Runs it after so many ms; the answer prevents that. */
  later(ms: number, run: () => void): () => void;
};

/** Between two tries while nobody answers, ms; the last repeats. */
export const pausesMs = [2_000, 5_000, 15_000, 30_000, 60_000] as const;

/** Nobody answered, or somebody who may answer otherwise later: it stays in the queue. Everything else is a refusal. */
export const mayPass = (error: unknown): boolean =>
  !(error instanceof ProblemError) ||
  error.code === "local.unreachable" ||
  error.status >= 500 ||
  [401, 408, 429].includes(error.status);

export type PhotoQueue = ReturnType<typeof makePhotoQueue>;

export function makePhotoQueue({ store, send, isOnline, later }: Surroundings) {
  let owner: number | null = null;
  let photos: readonly Queued[] = [];
  let view: QueueView = { photos, cutOff: false };
  let running = false;
  let failures = 0;
  let cancel: (() => void) | null = null;
  const listeners = new Set<() => void>();

  function show(next: readonly Queued[], cutOff = view.cutOff): void {
    photos = next;
    view = { photos, cutOff };
    for (const listener of listeners) listener();
  }
  const change = (id: string, to: Partial<Queued>): void =>
    show(photos.map((photo) => (photo.id === id ? { ...photo, ...to } : photo)));

  async function run(): Promise<void> {
    cancel?.();
    cancel = null;
    if (running) return;
    running = true;
    try {
      for (;;) {
        const photo = photos.find(({ state }) => state === "waiting");
        if (!photo || owner === null) break;
        if (!isOnline()) {
          show(photos, true);
          break; // woken when the network is back
        }
        change(photo.id, { state: "sending" });
        try {
          await send(photo);
          failures = 0;
          show(
            photos.filter(({ id }) => id !== photo.id),
            false,
          );
          await store.remove(photo.id).catch(() => undefined);
        } catch (error) {
          if (!mayPass(error)) {
            change(photo.id, { state: "refused", problem: error as ProblemError });
            continue;
          }
          change(photo.id, { state: "waiting" });
          show(photos, true);
          cancel = later(pausesMs[Math.min(failures, pausesMs.length - 1)] ?? 0, () => void run());
          failures += 1;
          break;
        }
      }
    } finally {
      running = false;
    }
  }

  const queued = (photo: Photo): Queued => ({ ...photo, state: "waiting", problem: null });
  return {
    view: (): QueueView => view,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    /** Takes up what this person left here; the photographs of others stay where they are, unseen. */
    async start(staffId: number): Promise<void> {
      if (owner === staffId) return;
      owner = staffId;
      show([], false);
      const kept = await store.all().catch(() => []);
      if (owner !== staffId) return;
      const mine = kept.filter((photo) => photo.staffId === staffId && !photos.some(({ id }) => id === photo.id));
      show([...photos, ...mine.map(queued)].sort((a, b) => a.atMs - b.atMs));
      await run();
    },
    /** Nobody is signed in any more: nothing is sent in anybody's name. */
    stop(): void {
      owner = null;
      cancel?.();
      cancel = null;
      show([], false);
    },
    async add(photo: Photo): Promise<void> {
      show([...photos, queued(photo)]);
      await store.put(photo).catch(() => undefined);
      await run();
    },
    async discard(id: string): Promise<void> {
      show(photos.filter((photo) => photo.id !== id));
      await store.remove(id).catch(() => undefined);
    },
    /** The network is back, or the person wants it now: also what was refused is tried once more. */
    async wake(again = false): Promise<void> {
      if (again) show(photos.map((photo) => (photo.state === "refused" ? queued(photo) : photo)));
      failures = 0;
      await run();
    },
  };
}
