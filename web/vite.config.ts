import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  // The catalogue of texts stands beside the pages, because Rust will read it too.
  server: {
    fs: { allow: ['..'] },
    proxy: { '/api': process.env.EVENKEEL_URL ?? 'http://127.0.0.1:8640' },
  },
  build: { target: 'baseline-widely-available', chunkSizeWarningLimit: 1200 },
})
