// The status of the mill, as it changes. Everyone who shows some of it subscribes here.
import { get } from "./api.js";

const AGAIN_MILLIS = 3000;
const NOT_LET_IN = "LEAT-7002";

const listeners = new Set();
let newest = null;
let connected = false;
let refusal = null;

function tell() {
  for (const listener of listeners) listener(newest, connected, refusal);
}

/** A browser tries again itself when the server is away, and gives up when it answers with an error: then why is told. */
async function closed() {
  try {
    await get("/v1/status");
  } catch (e) {
    if (e.told?.code === NOT_LET_IN) {
      refusal = e.told;
      return tell();
    }
  }
  setTimeout(start, AGAIN_MILLIS);
}

export function start() {
  const source = new EventSource("/v1/live");
  source.addEventListener("status", (event) => {
    newest = JSON.parse(event.data);
    connected = true;
    tell();
  });
  source.addEventListener("error", () => {
    connected = false;
    tell();
    if (source.readyState === EventSource.CLOSED) closed();
  });
}

/** Calls now, if there is a status, and at every change. Returns how to stop. */
export function subscribe(listener) {
  listeners.add(listener);
  if (newest) listener(newest, connected, refusal);
  return () => listeners.delete(listener);
}

/** For a Lit element: keeps `status` up to date, and calls `epochChanged(number)` on each new epoch. */
export class Follow {
  constructor(host) {
    this.host = host;
    this.epoch = null;
    host.addController(this);
  }

  hostConnected() {
    this.stop = subscribe((status, connected, refusal) => {
      this.host.status = status;
      this.host.connected = connected;
      this.host.refusal = refusal;
      if (status && status.epoch !== this.epoch) {
        const first = this.epoch === null;
        this.epoch = status.epoch;
        if (!first) this.host.epochChanged?.(status.epoch);
      }
    });
  }

  hostDisconnected() {
    this.stop?.();
  }
}
