package dev.leat.server;

/** The HTTP server of a project. */
public final class Server {
  /** No request may be longer. */
  public static final int MAX_BODY_BYTES = 64 << 20;

  private Server() {}
}
