// The project's own lint rules: who may import whom, where the time comes from, no local time.
import path from "node:path";
import { violation } from "./boundaries.js";

const root = path.join(import.meta.dirname, "../..");
const relative = (file) => path.relative(root, file).split(path.sep).join("/");

// `@bihuan/core/x.ts` and `./x.ts` name a file of the project; anything else is outside.
function targetOf(file, specifier) {
  if (specifier.startsWith("@bihuan/")) return specifier.slice("@bihuan/".length);
  if (specifier.startsWith(".")) return relative(path.resolve(path.dirname(file), specifier));
  return null;
}

const boundaries = {
  meta: { docs: { description: "Imports follow ARCHITECTURE.md's map" } },
  create(context) {
    const check = (node, source, typeOnly) => {
      if (!source || typeof source.value !== "string") return;
      const names = (node.specifiers ?? []).map((each) => each.imported?.name ?? each.local?.name);
      const message = violation(relative(context.filename), targetOf(context.filename, source.value), {
        specifier: source.value,
        names,
        typeOnly,
      });
      if (message) context.report({ node, message });
    };
    const typesOnly = (node) =>
      node.importKind === "type" || (node.specifiers?.length > 0 && node.specifiers.every((each) => each.importKind === "type"));
    return {
      ImportDeclaration: (node) => check(node, node.source, typesOnly(node)),
      ExportNamedDeclaration: (node) => check(node, node.source, node.exportKind === "type"),
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === "type"),
      ImportExpression: (node) => check(node, node.source, false),
    };
  },
};

const isMember = (node, object, property) =>
  node.type === "MemberExpression" &&
  node.object.type === "Identifier" &&
  node.object.name === object &&
  node.property.type === "Identifier" &&
  node.property.name === property;

const injectedTime = {
  meta: { docs: { description: "The current instant and chance come in as arguments" } },
  create: (context) => ({
    NewExpression(node) {
      if (node.callee.type === "Identifier" && node.callee.name === "Date" && node.arguments.length === 0)
        context.report({ node, message: "Take the current instant from the TimeSource" });
    },
    CallExpression(node) {
      if (isMember(node.callee, "Date", "now")) context.report({ node, message: "Take the current instant from the TimeSource" });
      if (isMember(node.callee, "Math", "random")) context.report({ node, message: "Take chance in as an argument" });
    },
  }),
};

const local =
  /^(get|set)(FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds|TimezoneOffset)$|^to(Locale)?(Date|Time)String$/;
const noLocalTime = {
  meta: { docs: { description: "Nothing depends on the machine's time zone" } },
  create: (context) => ({
    CallExpression(node) {
      const { callee } = node;
      if (callee.type === "MemberExpression" && callee.property.type === "Identifier" && local.test(callee.property.name))
        context.report({ node, message: `${callee.property.name} answers in the machine's time zone` });
    },
  }),
};

export default { meta: { name: "bihuan" }, rules: { boundaries, "injected-time": injectedTime, "no-local-time": noLocalTime } };
