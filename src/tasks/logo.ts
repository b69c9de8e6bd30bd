import type { Context } from '../context.js';
import { usage } from './fault.js';

/** Every letter carries it, and the letters are kept for years. */
const LARGEST_BYTES = 200_000;
const LARGEST_SIDE = 4_000;

/** Reads a picture for the letterhead as a data URI, so that nothing is fetched when a letter is printed. @throws UserFault */
export function readLogo(ctx: Context, path: string): string {
  const file = ctx.readFile(path);
  if (file === null) throw usage(`logo: fant ikke filen ${path}.`);
  if (file.bytes.length > LARGEST_BYTES)
    throw usage(
      `logo: ${file.name} er større enn ${LARGEST_BYTES / 1000} kB.`,
      'Lagre bildet mindre; i brevet er det høyst 70 mm bredt.',
    );
  const bytes = Buffer.from(file.bytes);
  const picture = pngSize(bytes) ?? jpegSize(bytes);
  if (picture === null)
    throw usage(`logo: ${file.name} er ikke et bilde i PNG eller JPEG.`, 'Lagre det som PNG.');
  if (picture.width > LARGEST_SIDE || picture.height > LARGEST_SIDE)
    throw usage(
      `logo: ${file.name} er mer enn ${LARGEST_SIDE} punkter bredt eller høyt.`,
      'Lagre det mindre.',
    );
  return `data:image/${picture.type};base64,${bytes.toString('base64')}`;
}

/** What a stored logo is, in words. */
export function logoWord(logo: string): string {
  const [, type = '', data = ''] = /^data:image\/(\w+);base64,(.*)$/.exec(logo) ?? [];
  return `${type.toUpperCase()}, ${Math.ceil((data.length * 3) / 4000)} kB`;
}

interface Picture {
  readonly type: 'png' | 'jpeg';
  readonly width: number;
  readonly height: number;
}

function pngSize(bytes: Buffer): Picture | null {
  if (bytes.length < 24 || !bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))) return null;
  return { type: 'png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** JPEG: segment by segment to the frame, which says how large the picture is. */
function jpegSize(bytes: Buffer): Picture | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame)
      return { type: 'jpeg', height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
