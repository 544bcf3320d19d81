// Just enough of the tar format (POSIX ustar) to write an archive as a stream and read it back: any tar program opens it too.
import type { Readable } from "node:stream";

const BLOCK = 512;

export type Member = { readonly name: string; readonly size: number };

/** A member's header block. In: a name of at most 255 bytes, its size in bytes, seconds since 1970. */
export function header({ name, size }: Member, modifiedSeconds: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const [prefix, base] = split(name);
  const octal = (value: number, at: number, length: number) =>
    block.write(value.toString(8).padStart(length - 1, "0"), at, "ascii");
  block.write(base, 0, "utf8");
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(modifiedSeconds, 136, 12);
  block.fill(" ", 148, 156); // the checksum counts itself as spaces
  block.write("0", 156, "ascii");
  block.write("ustar\u000000", 257, "ascii");
  block.write(prefix, 345, "utf8");
  octal(
    block.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return block;
}

/** Zeros that fill a member up to whole blocks. */
export const padding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);

/** What ends an archive. */
export const ending = (): Buffer => Buffer.alloc(2 * BLOCK);

// Names longer than 100 bytes are cut at a slash into prefix and base.
function split(name: string): [string, string] {
  if (Buffer.byteLength(name) <= 100) return ["", name];
  for (let at = name.lastIndexOf("/", name.length); at > 0; at = name.lastIndexOf("/", at - 1)) {
    const [prefix, base] = [name.slice(0, at), name.slice(at + 1)];
    if (Buffer.byteLength(prefix) <= 155 && Buffer.byteLength(base) <= 100) return [prefix, base];
  }
  throw new Error(`the name is too long for an archive: ${name}`);
}

const field = (block: Buffer, at: number, length: number): string => {
  const end = block.indexOf(0, at);
  return block.toString("utf8", at, end < 0 || end > at + length ? at + length : end);
};

/**
 * Reads an archive's members in order; each one's content must be consumed before the next is asked for. Errors: a damaged
 * header, an archive that ends too early.
 */
export async function* members(source: Readable): AsyncGenerator<Member & { content(): AsyncGenerator<Buffer> }> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let held: Buffer = Buffer.alloc(0);
  const more = async (): Promise<boolean> => {
    const { value, done } = await chunks.next();
    if (done) return false;
    held = held.length > 0 ? Buffer.concat([held, value]) : value;
    return true;
  };
  const take = async (length: number): Promise<Buffer> => {
    while (held.length < length) if (!(await more())) throw new Error("the archive ends too early");
    const taken = held.subarray(0, length);
    held = held.subarray(length);
    return taken;
  };
  for (;;) {
    const block = await take(BLOCK);
    if (block.every((byte) => byte === 0)) return;
    const given = Number.parseInt(field(block, 148, 8), 8);
    const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
    if (given !== sum) throw new Error("the archive is damaged: a header's checksum is wrong");
    const prefix = field(block, 345, 155);
    const name = prefix ? `${prefix}/${field(block, 0, 100)}` : field(block, 0, 100);
    const size = Number.parseInt(field(block, 124, 12), 8);
    let left = size;
    const content = async function* (): AsyncGenerator<Buffer> {
      while (left > 0) {
        if (held.length === 0 && !(await more())) throw new Error("the archive ends too early");
        const chunk = held.subarray(0, left);
        held = held.subarray(chunk.length);
        left -= chunk.length;
        yield chunk;
      }
    };
    yield { name, size, content };
    for await (const _ of content()) void _;
    await take(padding(size).length);
  }
}
