// Which file may import which: ARCHITECTURE.md's map, as the linter asks it.

/** From the ground up: a slice may use those before it. */
export const slices = [
  "identity",
  "calendar",
  "clock",
  "flow",
  "knowledge",
  "customer",
  "work-order",
  "call",
  "connection",
  "history",
  "report",
  "desk",
];

/** What a package may use beside itself. */
const packages = {
  core: [],
  contract: ["core"],
  server: ["core", "contract"],
  web: ["core", "contract"],
  // People who know the product by its public API only.
  simulator: ["core", "contract"],
  demo: ["core", "contract", "server", "simulator"],
  bench: ["core", "contract", "server", "simulator", "demo"],
  e2e: ["core", "contract", "server", "simulator", "demo"],
  scripts: ["core", "contract", "server"],
};

// What stands above the slices and puts them together: it may use them all, and none of them may use it.
const composition = [
  /^server\/[^/]+$/,
  /^server\/(cli|testing)\//,
  /^web\/[^/]+$/,
  /^web\/(shell|pages|styleguide)\//,
  /^(simulator|demo|bench|e2e|scripts)\//,
];

// Registers list what the slices bring, so that it can be asked for by name: they use them all and are used by all.
const registers = /^(core\/flows|contract\/(errors|permissions))\.ts$|^web\/platform\/i18next\.d\.ts$/;

const isTest = (/** @type {string} */ file) => /\.test\.tsx?$|\/testing\//.test(file);

/**
 * Where a file stands. In: its path from the project's root. Out: its package, and its slice: a name of `slices`,
 * `composition` for what stands above them, `shared` for what they all stand on.
 */
export function place(/** @type {string} */ file) {
  const [name = "", second = "", third = ""] = file.split("/");
  if (composition.some((pattern) => pattern.test(file))) return { package: name, slice: "composition" };
  const slice = slices.find(
    (known) =>
      second === known || (name === "contract" && new RegExp(`^${known}[-.]`).test(second === "errors" ? third : second)),
  );
  return { package: name, slice: slice ?? "shared" };
}

/**
 * Why a file may not import another, or null where it may. In: both paths from the project's root, `target` null for what
 * comes from outside; the import as written; the names it takes; whether it takes types only.
 * @param {string} from
 * @param {string | null} target
 * @param {{ specifier?: string, names?: string[], typeOnly?: boolean }} taken
 * @returns {string | null}
 */
export function violation(from, target, { specifier = "", names = [], typeOnly = false } = {}) {
  const here = place(from);
  if (target === null) return outside(from, here.package, specifier);
  const there = place(target);
  if (!(there.package in packages)) return null; // package.json and its like
  if (here.package !== there.package && !packages[here.package]?.includes(there.package))
    return `${here.package} may not use ${there.package}`;
  if (isTest(from)) return null;
  if (target === "server/platform/sql.ts" && names.includes("sql") && /(^|\/)[a-z-]*routes?\.ts$|^server\/cli\//.test(from))
    return "SQL stands in queries.ts and commands.ts, never in routes or the command line";
  if (here.slice === "composition" || registers.test(from) || registers.test(target)) return null;
  if (there.slice === "composition") return `${target} puts the slices together: only what stands above them may use it`;
  if (there.slice === "shared" || here.slice === there.slice) return null;
  // A page may call any operation: among pages, the order holds.
  if (here.package === "web" && there.package !== "web") return null;
  if (here.slice === "shared") {
    // The platform knows who calls (identity's scope), as a type and nothing more.
    if (from.startsWith("server/platform/") && there.package === "core" && there.slice === "identity" && typeOnly) return null;
    return `what all slices share may not use the slice ${there.slice}`;
  }
  return slices.indexOf(there.slice) > slices.indexOf(here.slice)
    ? `the slice ${here.slice} may not use ${there.slice}, which is built on it`
    : null;
}

/** @param {string} from @param {string} name @param {string} specifier */
function outside(from, name, specifier) {
  if (name === "core" && !isTest(from) && specifier !== "zod" && !specifier.startsWith("zod/"))
    return "core is pure: zod is its only dependency";
  if (name === "web" && specifier.startsWith("node:") && !isTest(from) && from !== "web/vite.config.ts")
    return "the web app runs in a browser";
  return null;
}
