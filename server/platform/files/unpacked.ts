// The content of a file, unpacked where it is gzip, whatever its name.
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";

const CHUNK_BYTES = 256 * 1024;

/** Hears how many bytes of the file on disk were read since it last heard. */
export type OnBytes = (bytes: number) => void;

/** The file's content, its size on disk, and whether it is packed. Errors: those of the file system and of a broken archive. */
export async function unpacked(
  file: string,
  onBytes?: OnBytes,
): Promise<{ content: Readable; sizeBytes: number; packed: boolean }> {
  const handle = await open(file, "r");
  const head = Buffer.alloc(2);
  const [{ size: sizeBytes }] = await Promise.all([handle.stat(), handle.read(head, 0, 2, 0)]).finally(() => handle.close());
  const source = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  if (onBytes) source.on("data", (chunk) => onBytes(chunk.length));
  const packed = head.readUInt16BE(0) === 0x1f8b;
  // Errors of either stream destroy the other and reach whoever reads the last one.
  const content = packed ? pipeline(source, createGunzip({ chunkSize: CHUNK_BYTES }), () => undefined) : source;
  return { content, sizeBytes, packed };
}
