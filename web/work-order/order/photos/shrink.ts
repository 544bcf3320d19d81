// Photographs as they are kept: large enough to read a meter plate, small enough for a village's network. What the camera wrote beside
// the picture (where it was taken, with what) is left behind with the original.

export type Size = { readonly width: number; readonly height: number };

/** The size in which both edges are at most `longest` px and the shape stays; a small picture stays as it is. */
export function fitWithin({ width, height }: Size, longest: number): Size {
  const scale = Math.min(1, longest / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** What is tried one after the other, until the picture is small enough. */
export const attempts = [
  { longest: 2048, quality: 0.82 },
  { longest: 1600, quality: 0.75 },
  { longest: 1280, quality: 0.7 },
  { longest: 1024, quality: 0.6 },
] as const;
export const enoughBytes = 1_200_000;

/** In: what draws the picture at a size and quality. Out: the first that is small enough, else the smallest; null where none is drawn. */
export async function smallEnough(size: Size, draw: (size: Size, quality: number) => Promise<Blob | null>): Promise<Blob | null> {
  let smallest: Blob | null = null;
  for (const { longest, quality } of attempts) {
    const drawn = await draw(fitWithin(size, longest), quality);
    if (!drawn) continue;
    if (!smallest || drawn.size < smallest.size) smallest = drawn;
    if (drawn.size <= enoughBytes) break;
  }
  return smallest;
}

async function draw(image: ImageBitmap, { width, height }: Size, quality: number): Promise<Blob | null> {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  if (!context) return null;
  context.drawImage(image, 0, 0, width, height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
}

/** The picture as JPEG, upright, small enough; as it came where the browser cannot read its format. */
export async function shrinkPhoto(file: Blob): Promise<{ readonly file: Blob; readonly isJpeg: boolean }> {
  const image = await createImageBitmap(file).catch(() => null);
  if (!image) return { file, isJpeg: false };
  const smaller = await smallEnough(image, (size, quality) => draw(image, size, quality));
  image.close();
  return smaller ? { file: smaller, isJpeg: true } : { file, isJpeg: false };
}

/** `照片-20260612-093455-2.jpg`: what, when by the wall clock given, which of those taken together. */
export const photoName = (what: string, wall: string, place: number, ending: string): string =>
  `${what}-${wall.replace(/[^\d ]/g, "").replace(" ", "-")}-${place}.${ending}`;
