import { defineConfig } from 'vite'

// The charts that Rust draws, as one script without modules (src/charts/server.ts).
export default defineConfig({
  publicDir: false,
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    target: 'es2020',
    outDir: 'dist-pictures',
    emptyOutDir: true,
    lib: {
      entry: 'src/charts/server.ts',
      formats: ['iife'],
      name: 'pictures',
      fileName: () => 'pictures.js',
    },
  },
})
