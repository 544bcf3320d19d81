// A page that stays open while the product is built anew asks for parts that are gone. It then loads itself anew, once.

/** What is needed of a browser, so that a test can stand in for it. */
type Browser = {
  readonly entry: string;
  readonly memory: Pick<Storage, "getItem" | "setItem">;
  reload(): void;
};

const key = "bihuan.reloadedFor";

/**
 * Whether a part that could not be loaded is a reason to load the page anew: only on the way to another page (a part fetched ahead,
 * while somebody fills in a form, is not), and once for each build that the page was loaded from. Loads it anew where it is.
 */
export function meetLostPart({ entry, memory, reload }: Browser, onTheWay: boolean): boolean {
  if (!onTheWay || memory.getItem(key) === entry) return false;
  memory.setItem(key, entry);
  reload();
  return true;
}

/** In: whether another page is being opened at this moment. */
export function reloadForLostParts(isOnTheWay: () => boolean): void {
  const entry = document.querySelector<HTMLScriptElement>("script[type=module][src]")?.src ?? "";
  window.addEventListener("vite:preloadError", () => {
    meetLostPart({ entry, memory: sessionStorage, reload: () => window.location.reload() }, isOnTheWay());
  });
}
