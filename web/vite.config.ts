import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// `npx vite` serves the sources with the API of a running server beside it (BIHUAN_API, by default the one of `npm start`).
const api = process.env["BIHUAN_API"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2022",
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What every page needs stands in few files that change only when a dependency does.
        advancedChunks: {
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
