package dev.leat.model;

import java.time.Duration;

/** How often a new epoch may be published. */
public record Cadence(Duration every) {}
