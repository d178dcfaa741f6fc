import { crc32, deflateSync } from "node:zlib";

/** A picture of one colour with a darker frame, as PNG. */
export function png(width: number, height: number, [red, green, blue]: readonly [number, number, number]): Buffer {
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(1 + 3 * width);
    for (let x = 0; x < width; x += 1) {
      const edge = x < 4 || y < 4 || x >= width - 4 || y >= height - 4 ? 2 : 1;
      row.set([red / edge, green / edge, blue / edge], 1 + 3 * x);
    }
    return row;
  });
  return pngOf(width, height, deflateSync(Buffer.concat(rows)));
}

/** The parts of a PNG around whatever its pixels are said to be. */
export function pngOf(width: number, height: number, pixels: Buffer): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const start = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([start, chunk("IHDR", head), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** A tone of so many Hz, as WAV: 8,000 samples of 16 bits a second. */
export function wav(seconds: number, hertz = 440): Buffer {
  const rate = 8_000;
  const samples = Math.round(seconds * rate);
  const data = Buffer.alloc(2 * samples);
  for (let at = 0; at < samples; at += 1) {
    data.writeInt16LE(Math.round(9_000 * Math.sin((2 * Math.PI * hertz * at) / rate)), 2 * at);
  }
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + data.length, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(2 * rate, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

/** A GIF of one pixel whose comment is a page: what a browser that sniffs would run. */
export function gifWithPage(): Buffer {
  const page = "<html><script>document.title = 'run'</script></html>";
  return Buffer.concat([
    Buffer.from("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff", "latin1"),
    Buffer.from([0x21, 0xfe, page.length]),
    Buffer.from(`${page}\x00`, "latin1"),
    Buffer.from("\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00\x3b", "latin1"),
  ]);
}
