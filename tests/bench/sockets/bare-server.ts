import { WebSocketServer } from "ws";

/** The least that a server of sockets does: what one of them says, all are told. It ends with whoever has started it. */
const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
server.on("listening", () => process.stdout.write(`${JSON.stringify(server.address())}\n`));
server.on("connection", (socket) => {
  socket.on("message", (data) => {
    const text = data.toString();
    for (const client of server.clients) client.send(text);
  });
});
process.stdin.resume().on("end", () => process.exit(0));
