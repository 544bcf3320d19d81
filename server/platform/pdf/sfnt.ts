// WOFF 1.0 (W3C) back to the font it packs. The PDF library reads WOFF as well, but inflates its tables for every glyph.
import { inflateSync } from "node:zlib";

const HEADER = 44;
const ENTRY = 20;

/** True for bytes that begin as a WOFF 1.0 file does. */
export const isWoff = (bytes: Buffer): boolean => bytes.subarray(0, 4).toString("latin1") === "wOFF";

/** Unpacks a WOFF 1.0 font. In: its bytes. Out: the TTF or OTF font. Errors: throws where it is none, or is damaged. */
export function unpackWoff(woff: Buffer): Buffer {
  if (!isWoff(woff)) throw new Error("not a WOFF font");
  const count = woff.readUInt16BE(12);
  const head = Buffer.alloc(12 + 16 * count);
  woff.copy(head, 0, 4, 8); // flavour
  head.writeUInt16BE(count, 4);
  // Search hints as the format asks for them.
  const power = 2 ** Math.floor(Math.log2(count));
  head.writeUInt16BE(power * 16, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE((count - power) * 16, 10);
  const parts: Buffer[] = [head];
  let offset = head.length;
  for (let index = 0; index < count; index++) {
    const entry = HEADER + ENTRY * index;
    const packedLength = woff.readUInt32BE(entry + 8);
    const length = woff.readUInt32BE(entry + 12);
    const start = woff.readUInt32BE(entry + 4);
    const packed = woff.subarray(start, start + packedLength);
    const table = packedLength < length ? inflateSync(packed) : packed;
    if (table.length !== length) throw new Error("a table of the WOFF font is damaged");
    const to = 12 + 16 * index;
    woff.copy(head, to, entry, entry + 4); // tag
    woff.copy(head, to + 4, entry + 16, entry + 20); // checksum
    head.writeUInt32BE(offset, to + 8);
    head.writeUInt32BE(length, to + 12);
    const padding = Buffer.alloc((4 - (length % 4)) % 4);
    parts.push(table, padding);
    offset += length + padding.length;
  }
  return Buffer.concat(parts);
}
