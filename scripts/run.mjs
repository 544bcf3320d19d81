// Entry of every npm script: runs on any Node >= 20, installs what is missing, then continues on the pinned Node 24.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "..");
const [command, ...rest] = process.argv.slice(2);

function step(binary, args, options = {}) {
  const { status, signal, error } = spawnSync(binary, args, { cwd: root, stdio: "inherit", ...options });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? (signal ? 1 : 0));
}

// The last step: this process lives as long as it does, and hands on the signals meant for it.
function become(binary, args) {
  const child = spawn(binary, args, { cwd: root, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    throw error;
  });
  child.on("exit", (status, signal) => process.exit(status ?? (signal ? 1 : 0)));
}

// npm keeps its own record of what it installed; optional packages are there only where the platform has them.
function installed() {
  const record = path.join(root, "node_modules/.package-lock.json");
  if (!existsSync(record)) return false;
  const { packages: present } = JSON.parse(readFileSync(record, "utf8"));
  const { packages: wanted } = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8"));
  return Object.entries(wanted).every(
    ([name, { version, optional, link }]) =>
      !name.startsWith("node_modules/") || optional || (link ? name in present : present[name]?.version === version),
  );
}
// Not `npm ci`: it refuses where a registry lacks the builds for other platforms, which nobody needs here. Versions and
// checksums come from the lock file either way, and it is not written to. Warnings are about the Node that npm runs on, not ours.
if (!installed())
  step(
    process.platform === "win32" ? "npm.cmd" : "npm",
    ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"],
    {
      stdio: ["ignore", 2, 2],
    },
  );

const pinned = path.join(root, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
const node = existsSync(pinned) ? pinned : process.execPath;
if (node === process.execPath && Number(process.versions.node.split(".")[0]) < 24) {
  console.error(`Bihuan needs Node 24 here; this is ${process.version}. Install Node 24 or newer and try again.`);
  process.exit(1);
}
process.env.PATH = [path.dirname(node), path.join(root, "node_modules/.bin"), process.env.PATH].join(path.delimiter);

// What Node made of the sources is kept: the next start reads it instead of stripping and compiling again.
process.env.NODE_COMPILE_CACHE ??= path.join(root, "node_modules/.cache/node");

const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
const newest = (folder) =>
  Math.max(
    ...filesBelow(folder)
      .filter((file) => !/(^|[\\/])(dist|node_modules)([\\/]|$)/.test(path.relative(root, file)))
      .map((file) => statSync(file).mtimeMs),
  );

function buildWeb() {
  const dist = path.join(root, "web/dist");
  const page = path.join(dist, "index.html");
  const sources = ["web", "contract", "core"].map((name) => newest(path.join(root, name)));
  if (existsSync(page) && statSync(page).mtimeMs >= Math.max(...sources)) return;
  const vite = path.join(root, "node_modules/vite/bin/vite.js");
  step(node, [vite, "build", "--logLevel", "warn"], { cwd: path.join(root, "web"), stdio: ["ignore", 2, 2] });
  // Packed once here, so that the server packs nothing.
  for (const file of filesBelow(dist)) {
    if (!/\.(js|css|html|svg|json|txt|map)$/.test(file) || statSync(file).size < 1024) continue;
    const content = readFileSync(file);
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
    writeFileSync(`${file}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  }
}

switch (command) {
  case "start":
    buildWeb();
    become(node, ["server/main.ts", ...rest]);
    break;
  case "demo":
    buildWeb();
    become(node, ["demo/main.ts", ...rest]);
    break;
  case "bihuan":
    become(node, ["server/cli/main.ts", ...rest]);
    break;
  case "bench":
    become(node, ["--expose-gc", "bench/main.ts", ...rest]);
    break;
  case "test": {
    const everything = ["core", "contract", "server", "web", "simulator", "demo", "e2e", "bench", "scripts"].map(
      (name) => `${name}/**/*.test.ts`,
    );
    if (rest.length === 0 || rest.some((file) => file.startsWith("e2e/"))) buildWeb();
    // All files share one process, one PostgreSQL and its start; a test that hangs fails after ten minutes.
    const how = ["--test", "--test-isolation=none", "--test-reporter=spec", "--test-timeout=600000"];
    become(node, [...how, ...(rest.length > 0 ? rest : everything)]);
    break;
  }
  case "pictures":
    buildWeb();
    become(node, ["e2e/guide-pictures.ts", ...rest]);
    break;
  case "check":
    become(node, ["scripts/check.ts", ...rest]);
    break;
  default:
    console.error("usage: node scripts/run.mjs start|demo|test|check|bihuan|bench|pictures");
    process.exit(2);
}
