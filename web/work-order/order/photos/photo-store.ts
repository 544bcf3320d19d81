// Photographs in the browser's own database (IndexedDB), until they are sent.
import type { Photo, PhotoStore } from "./photo-queue.ts";

const databaseName = "bihuan-photos";
const table = "photo";

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error ?? new Error("IndexedDB"));
  });

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(databaseName, 1);
  request.onupgradeneeded = () => void request.result.createObjectStore(table, { keyPath: "id" });
  return settled(request);
}

async function within<T>(mode: IDBTransactionMode, work: (photos: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await settled(work(database.transaction(table, mode).objectStore(table)));
  } finally {
    database.close();
  }
}

export const browserPhotos: PhotoStore = {
  all: () => within<Photo[]>("readonly", (photos) => photos.getAll() as IDBRequest<Photo[]>),
  async put(photo) {
    await within("readwrite", (photos) => photos.put(photo));
  },
  async remove(id) {
    await within("readwrite", (photos) => photos.delete(id));
  },
};
