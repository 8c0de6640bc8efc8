package dev.leat.model;

/** A team that owns tables. */
public record Team(String name, String contact) {}
