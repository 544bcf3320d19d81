/** Waits for a condition, looking often; fails after a time no healthy machine needs. */
export async function until(condition: () => boolean | Promise<boolean>, withinMs = 30_000): Promise<void> {
  const looks = withinMs / 20;
  for (let look = 0; look < looks; look++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`not within ${withinMs} ms: ${condition.toString().slice(0, 200)}`);
}
