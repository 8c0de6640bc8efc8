package dev.leat.cli;

import picocli.CommandLine.Command;

/** {@code leat quarantine list|replay}: rows that break their contract. */
@Command(
    name = "quarantine",
    description = "Shows rows that break their contract, and sends them in again.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {QuarantineListCommand.class, QuarantineReplayCommand.class})
final class QuarantineCommand {}
