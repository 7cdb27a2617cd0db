// The app behind the router in scripts/bench/promises: one process of it per instance.
const http = require("http");
let count = 0;
const server = http.createServer((request, response) => {
  const path = request.url.split("?")[0];
  if (path === "/count") return response.end(String(count));
  if (path === "/pid") return response.end(String(process.pid));
  if (path === "/half") {
    response.writeHead(200, { "Content-Length": 1000 });
    return response.write("half");
  }
  if (path === "/never") return;
  if (path === "/events") {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    const timer = setInterval(() => response.write(`data: ${Date.now()}\n\n`), 50);
    return response.on("close", () => clearInterval(timer));
  }
  if (path === "/up") {
    let bytes = 0;
    request.on("data", (piece) => (bytes += piece.length));
    return request.on("end", () => response.end(String(bytes)));
  }
  if (path === "/down") {
    let left = 1024;
    const piece = Buffer.alloc(1 << 20);
    response.writeHead(200, { "Content-Length": left * piece.length });
    const more = () => {
      while (left-- > 0) if (!response.write(piece)) return response.once("drain", more);
      response.end();
    };
    return more();
  }
  count++;
  response.end("ok");
});
try {
  const { WebSocketServer } = require("ws");
  const sockets = new WebSocketServer({ server, maxPayload: 64 << 20 });
  sockets.on("connection", (socket) => socket.on("message", (text, binary) => socket.send(text, { binary })));
} catch (_) {
  // without npm's ws that trial is left out
}
server.keepAliveTimeout = 600_000;
server.listen(process.env.PORT, "127.0.0.1");
