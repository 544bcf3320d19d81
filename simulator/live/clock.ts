/** Time as the simulated world has it: the machine's, or one that a test moves. */
export type Clock = {
  nowMs(): number;
  /** Comes back at the instant, or sooner when the signal says so. */
  until(atMs: number, signal: AbortSignal): Promise<void>;
};

export const machineClock: Clock = {
  nowMs: () => Date.now(),
  until: (atMs, signal) =>
    new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.max(0, atMs - Date.now()));
      signal.addEventListener("abort", wake);
      if (signal.aborted) wake();
    }),
};
