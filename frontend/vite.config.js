// Builds the islands into the Python package. Names carry a hash, so browsers keep them for a year;
// manifest.json tells the server which file is which. `early` and `worker` import nothing, so what
// comes out of them runs as a classic script and as a service worker.
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: "../src/altteul/web/static/built",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2020",
    cssCodeSplit: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { early: "src/early.ts", main: "src/main.ts", worker: "src/worker.ts" },
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
});
