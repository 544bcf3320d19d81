// The people's process: `node simulator/live/main.ts --address http://127.0.0.1:8080 --speed 20`. It ends on SIGTERM, SIGINT, or,
// tethered, when the process that started it is gone.
import { parseArgs } from "node:util";
import { CUSTOMERS, DEFAULT_SEED, DEFAULT_ZONE } from "../county/county.ts";
import { PASSWORD } from "../county/staff.ts";
import { acquaint } from "./acquaint.ts";
import { machineClock } from "./clock.ts";
import { live } from "./live.ts";
import { officeAt } from "./office.ts";

const { values } = parseArgs({
  options: {
    address: { type: "string", default: "http://127.0.0.1:8080" },
    speed: { type: "string", default: "20" },
    seed: { type: "string", default: DEFAULT_SEED },
    zone: { type: "string", default: DEFAULT_ZONE },
    customers: { type: "string", default: String(CUSTOMERS) },
    pop: { type: "string" },
    tethered: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
  },
});

const stopping = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => stopping.abort());
// The pipe from the process that started it closes with that process, however it ends.
if (values.tethered) process.stdin.on("end", () => stopping.abort()).resume();

const { address, seed, zone } = values;
const office = officeAt(address, PASSWORD, { trusting: true });
const county = await acquaint(office, { seed, zone, customers: Number(values.customers) });
await live(
  {
    county,
    office,
    clock: machineClock,
    speed: Number(values.speed),
    popFor: values.pop ?? null,
    ...(values.verbose ? { onHappened: (event) => process.stdout.write(`${JSON.stringify(event)}\n`) } : {}),
  },
  stopping.signal,
);
process.exit(0);
