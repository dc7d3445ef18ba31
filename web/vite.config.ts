import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// The binary under the pages of `npm run dev` and `vite preview`. It refuses what another site
// sends, so what these pages send has its origin.
const binary = process.env.EVENKEEL_URL ?? 'http://127.0.0.1:8640'

export default defineConfig({
  plugins: [react()],
  // The catalogue of texts stands beside the pages, because Rust will read it too.
  server: {
    fs: { allow: ['..'] },
    proxy: { '/api': { target: binary, changeOrigin: true, headers: { origin: binary } } },
  },
  build: { target: 'baseline-widely-available', chunkSizeWarningLimit: 1200 },
})
