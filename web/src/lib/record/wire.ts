import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as awarenessProtocol from 'y-protocols/awareness';
import * as sync from 'y-protocols/sync';
import type * as Y from 'yjs';

/** The kinds of message on the socket; see "The wire" in docs/record-format.md. */
const SYNC = 0;
const AWARENESS = 1;
const QUERY_AWARENESS = 3;
const SAVED = 100;
const NOT_STORED = 101;

export type Frame = Uint8Array<ArrayBuffer>;

function frame(write: (encoder: encoding.Encoder) => void): Frame {
  const encoder = encoding.createEncoder();
  write(encoder);
  return encoding.toUint8Array(encoder) as Frame;
}

export function askForUpdates(doc: Y.Doc): Frame {
  return frame((encoder) => {
    encoding.writeVarUint(encoder, SYNC);
    sync.writeSyncStep1(encoder, doc);
  });
}

export function update(bytes: Uint8Array): Frame {
  return frame((encoder) => {
    encoding.writeVarUint(encoder, SYNC);
    sync.writeUpdate(encoder, bytes);
  });
}

export function presence(awareness: awarenessProtocol.Awareness, clients: number[]): Frame {
  return frame((encoder) => {
    encoding.writeVarUint(encoder, AWARENESS);
    encoding.writeVarUint8Array(
      encoder,
      awarenessProtocol.encodeAwarenessUpdate(awareness, clients),
    );
  });
}

export function askWhoIsHere(): Frame {
  return frame((encoder) => encoding.writeVarUint(encoder, QUERY_AWARENESS));
}

export interface Receiver {
  readonly doc: Y.Doc;
  readonly awareness: awarenessProtocol.Awareness;
  /** The origin that marks what came from the server. */
  readonly origin: unknown;
  /** The server has sent everything that it had. */
  synced(): void;
  /** The server asked for what it lacks: this answers it. */
  answer(frame: Frame): void;
  saved(count: number): void;
  /** The server holds what was sent in memory only, and says why. */
  notStored(reason: string): void;
}

/** Takes in one message. What is not understood is passed over, as new kinds may come. */
export function receive(bytes: Uint8Array, to: Receiver): void {
  const decoder = decoding.createDecoder(bytes);
  switch (decoding.readVarUint(decoder)) {
    case SYNC:
      receiveSync(decoder, to);
      break;
    case AWARENESS:
      awarenessProtocol.applyAwarenessUpdate(
        to.awareness,
        decoding.readVarUint8Array(decoder),
        to.origin,
      );
      break;
    case SAVED:
      to.saved(decoding.readVarUint(decoder));
      break;
    case NOT_STORED:
      to.notStored(decoding.readVarString(decoder));
      break;
    default:
  }
}

function receiveSync(decoder: decoding.Decoder, to: Receiver): void {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, SYNC);
  const kind = sync.readSyncMessage(decoder, encoder, to.doc, to.origin);
  if (kind === sync.messageYjsSyncStep1) to.answer(encoding.toUint8Array(encoder) as Frame);
  if (kind === sync.messageYjsSyncStep2) to.synced();
}
