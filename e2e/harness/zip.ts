import { crc32 } from 'node:zlib';

/** A ZIP file of these files, not compressed. */
export function zip(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    const about = aboutFile(Buffer.from(name), content);
    const local = Buffer.concat([numbers([4, 0x04034b50]), about, Buffer.from(name), content]);
    list.push(
      numbers([4, 0x02014b50], [2, 20]),
      about,
      numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]),
      Buffer.from(name),
    );
    parts.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(list);
  const count = Object.keys(files).length;
  const end = numbers(
    ...([
      [4, 0x06054b50],
      [2, 0],
      [2, 0],
      [2, count],
      [2, count],
    ] as const),
    ...([
      [4, directory.length],
      [4, offset],
      [2, 0],
    ] as const),
  );
  return Buffer.concat([...parts, directory, end]);
}

/** What both places that tell of a file have in common. */
function aboutFile(name: Buffer, content: Buffer): Buffer {
  return numbers(
    ...([
      [2, 20],
      [2, 0x0800],
      [2, 0],
      [2, 0],
      [2, 0x21],
      [4, crc32(content)],
    ] as const),
    ...([
      [4, content.length],
      [4, content.length],
      [2, name.length],
      [2, 0],
    ] as const),
  );
}

/** Numbers of so many bytes each, the lowest first. */
function numbers(...all: readonly (readonly [bytes: 2 | 4, value: number])[]): Buffer {
  return Buffer.concat(
    all.map(([bytes, value]) => {
      const buffer = Buffer.alloc(bytes);
      buffer.writeUIntLE(value, 0, bytes);
      return buffer;
    }),
  );
}
