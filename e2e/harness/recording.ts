import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';

const run = promisify(execFile);

/** A sound recording of so many seconds: a tone, 48 kHz, 16 bits, one channel. */
export function tone(seconds: number): Buffer {
  const samples = 48_000 * seconds;
  const file = Buffer.alloc(44 + samples * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + samples * 2, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(48_000, 24);
  file.writeUInt32LE(96_000, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(samples * 2, 40);
  for (let at = 0; at < samples; at += 1) {
    file.writeInt16LE(
      Math.round(12_000 * Math.sin((at * 440 * 2 * Math.PI) / 48_000)),
      44 + at * 2,
    );
  }
  return file;
}

/**
 * The browser's own dialog, in which somebody picks what to share, cannot be pressed by a program:
 * the page gets a moving picture with a tone instead. Everything behind it is real.
 */
export async function shareSomething(page: Page): Promise<void> {
  await page.addInitScript(() => {
    navigator.mediaDevices.getDisplayMedia = async () => {
      const canvas = document.createElement('canvas');
      canvas.width = 320;
      canvas.height = 180;
      const pen = canvas.getContext('2d');
      setInterval(() => {
        if (!pen) return;
        pen.fillStyle = `hsl(${Math.floor(performance.now() / 20) % 360} 90% 60%)`;
        pen.fillRect(0, 0, 320, 180);
      }, 50);
      const sound = new AudioContext();
      const tone = sound.createOscillator();
      const out = sound.createMediaStreamDestination();
      tone.connect(out);
      tone.start();
      const stream = canvas.captureStream(20);
      for (const track of out.stream.getAudioTracks()) stream.addTrack(track);
      return stream;
    };
  });
}

/** How bright a stretch of a recording is, from 16 (black) on, and how loud, in decibels. */
export async function lookAt(
  file: string,
  from: number,
  seconds: number,
): Promise<{ brightness: number; loudness: number }> {
  const stretch = ['-ss', String(from), '-t', String(seconds), '-i', file];
  const filters = [
    '-vf',
    'signalstats,metadata=print:key=lavfi.signalstats.YMAX',
    '-af',
    'volumedetect',
  ];
  const { stderr } = await run('ffmpeg', [
    '-hide_banner',
    ...stretch,
    ...filters,
    '-f',
    'null',
    '-',
  ]);
  const values = [...stderr.matchAll(/signalstats\.YMAX=(\d+)/g)].map(([, value]) => Number(value));
  const [, loudness] = /max_volume: (-?[\d.]+|-inf) dB/.exec(stderr) ?? [];
  return {
    brightness: Math.max(...values),
    loudness: loudness === '-inf' ? Number.NEGATIVE_INFINITY : Number(loudness),
  };
}

/** Writes a real video, dark and without a sound, that is so long. */
export async function darkVideo(path: string, seconds: number): Promise<void> {
  const picture = `color=c=black:s=64x48:r=2:d=${seconds}`;
  await run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', picture, '-c:v', 'libvpx', path]);
}
