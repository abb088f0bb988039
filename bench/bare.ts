/**
 * The least a server can do: `node bare.ts <port>` answers every request with 200 and a JSON body as large as a discovery
 * document, from `node:http` alone. What a rate of ours is compared with.
 */
import { createServer } from 'node:http';

const body = JSON.stringify({ document: 'x'.repeat(3000) });

createServer((req, res) => {
  req.resume();
  res
    .writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) })
    .end(body);
}).listen(Number(process.argv[2]), '127.0.0.1');
