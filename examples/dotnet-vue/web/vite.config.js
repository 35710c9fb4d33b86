import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [vue()],
  // `npm run dev` serves the page; the API is the one that `dotnet run --project api` serves.
  server: { proxy: { "/api": "http://localhost:5000" } },
});
