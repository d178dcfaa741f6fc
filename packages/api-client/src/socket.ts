import { everybodysCall, type SocketEvent, type SocketRequest } from "@touchstone/contracts";

export type Topic = Extract<SocketRequest, { type: "subscribe" }>["topic"];

/** As much of a WebSocket as is used here: that of browsers and Node 22, and of the package `ws`. */
export interface SocketConnection {
  readonly readyState: number;
  onopen: unknown;
  onmessage: unknown;
  onclose: unknown;
  send(data: string): void;
  close(): void;
}

export interface LiveSocketOptions {
  /** A fresh one-use ticket for each connection. */
  readonly ticket: () => Promise<string>;
  /** Base of the socket's address, such as `wss://host`. */
  readonly baseUrl: string;
  readonly onEvent: (event: SocketEvent) => void;
  /** Called with true on every (re)connection: what was missed meanwhile must be fetched again. */
  readonly onConnection?: (connected: boolean) => void;
  /** Where the platform has no `WebSocket`, as Node 20 has none: that of the package `ws`. */
  readonly webSocket?: new (
    address: string,
  ) => SocketConnection;
}

export interface LiveSocket {
  /** Asks for a topic and keeps asking after every reconnection. Returns the way to stop. */
  readonly subscribe: (topic: Topic, id: string) => () => void;
  readonly close: () => void;
}

/** The first wait is short, because most cuts are; the longest keeps a thousand idle pages from hammering a start-up. */
const firstWaitMs = 500;
const longestWaitMs = 15_000;

/** `WebSocket.OPEN`. */
const open = 1;

/**
 * Live figures over one socket that reconnects by itself, with waits that double and are spread at random. It opens with
 * the first subscription: most pages watch nothing.
 */
export function openLiveSocket(options: LiveSocketOptions): LiveSocket {
  const wanted = new Map<string, { topic: Topic; id: string; count: number }>();
  let socket: SocketConnection | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let started = false;
  let closed = false;

  const tell = (request: SocketRequest): void => {
    if (socket?.readyState === open) socket.send(JSON.stringify(request));
  };

  const reconnectLater = (): void => {
    if (closed) return;
    const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** failures) * (0.5 + Math.random() / 2);
    failures += 1;
    timer = setTimeout(connect, wait);
  };

  const connect = (): void => {
    // What reads events comes with the first connection: most pages watch nothing, and do without it.
    Promise.all([options.ticket(), import("./socket-events.ts")]).then(
      ([ticket, { readEvent }]) => {
        if (closed) return;
        const Connection: new (address: string) => SocketConnection = options.webSocket ?? WebSocket;
        const opened = new Connection(
          `${options.baseUrl}${everybodysCall("openSocket").path}?ticket=${encodeURIComponent(ticket)}`,
        );
        socket = opened;
        opened.onopen = () => {
          failures = 0;
          for (const { topic, id } of wanted.values()) tell({ type: "subscribe", topic, id });
          options.onConnection?.(true);
        };
        opened.onmessage = (message: { readonly data: unknown }) => {
          const event = readEvent(message.data);
          if (event) options.onEvent(event);
        };
        opened.onclose = () => {
          if (closed) return;
          options.onConnection?.(false);
          reconnectLater();
        };
      },
      () => reconnectLater(),
    );
  };

  return {
    subscribe(topic, id) {
      const key = `${topic} ${id}`;
      const known = wanted.get(key) ?? { topic, id, count: 0 };
      known.count += 1;
      wanted.set(key, known);
      if (!started) connect();
      started = true;
      if (known.count === 1) tell({ type: "subscribe", topic, id });
      return () => {
        known.count -= 1;
        if (known.count > 0) return;
        wanted.delete(key);
        tell({ type: "unsubscribe", topic, id });
      };
    },
    close() {
      closed = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}
