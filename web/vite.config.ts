import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

// `npx vite` serves the sources with the API of a running server beside it (BIHUAN_API, by default the one of `npm start`).
const api = process.env["BIHUAN_API"] ?? "http://127.0.0.1:8080";

/** Writes `.br` and `.gz` beside every file, once: the server sends them as they are. */
function compressed(): Plugin {
  const brotli = promisify(brotliCompress);
  const zip = promisify(gzip);
  return {
    name: "compressed",
    apply: "build",
    async writeBundle({ dir = "dist" }) {
      const files = await readdir(dir, { recursive: true, withFileTypes: true });
      await Promise.all(
        files
          .filter((file) => file.isFile() && /\.(js|css|html|svg)$/.test(file.name))
          .map(async (file) => {
            const name = path.join(file.parentPath, file.name);
            const content = await readFile(name);
            if (content.length < 1_024) return;
            const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
            await Promise.all([
              brotli(content, quality).then((bytes) => writeFile(`${name}.br`, bytes)),
              zip(content, { level: 9 }).then((bytes) => writeFile(`${name}.gz`, bytes)),
            ]);
          }),
      );
    },
  };
}

export default defineConfig({
  plugins: [react(), compressed()],
  build: {
    target: "es2022",
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What every page needs stands in few files that change only when a dependency does.
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: "zod", test: /node_modules[\\/]zod[\\/]/ },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": api } },
});
