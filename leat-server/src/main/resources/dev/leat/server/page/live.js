// The status of the mill, as it changes. Everyone who shows some of it subscribes here.

const listeners = new Set();
let newest = null;
let connected = false;

function tell() {
  for (const listener of listeners) listener(newest, connected);
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
  });
}

/** Calls now, if there is a status, and at every change. Returns how to stop. */
export function subscribe(listener) {
  listeners.add(listener);
  if (newest) listener(newest, connected);
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
    this.stop = subscribe((status, connected) => {
      this.host.status = status;
      this.host.connected = connected;
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
