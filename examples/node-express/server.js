import { join } from "node:path";
import express from "express";
import { firstPage, NotReadable } from "./pdf.js";

const MAXIMUM = "10mb";
const { HOST = "0.0.0.0", PORT = "8080" } = process.env;

const app = express();
app.disable("x-powered-by");
app.use(express.static(join(import.meta.dirname, "public")));

app.get("/healthz", (_request, response) => {
  response.json({ status: "ok", node: process.version });
});

app.post("/previews", express.raw({ type: "application/pdf", limit: MAXIMUM }), async (request, response) => {
  if (!Buffer.isBuffer(request.body) || request.body.length === 0) {
    response.status(415).json({ error: "send a PDF with Content-Type: application/pdf" });
    return;
  }
  response.type("image/png").send(await firstPage(request.body));
});

app.use((error, _request, response, next) => {
  if (response.headersSent) return next(error);
  const status = error instanceof NotReadable ? 422 : (error.status ?? 500);
  if (status >= 500) process.stderr.write(`${error.stack}\n`);
  response.status(status).json({ error: status >= 500 ? "something failed here" : error.message });
});

const server = app.listen(Number(PORT), HOST, (error) => {
  if (error) throw error;
  process.stdout.write(`previews: listening on ${HOST}:${PORT} as uid ${process.getuid?.()}\n`);
});

// Node is the container's first process, with no npm in between: it gets the signal, and has to act on it.
for (const signal of ["SIGTERM", "SIGINT"]) {
  process.once(signal, () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  });
}
