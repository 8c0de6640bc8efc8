package dev.leat.cli;

import picocli.CommandLine.Command;

/** {@code leat quarantine list|replay|drop}: rows that break their contract. */
@Command(
    name = "quarantine",
    description = "Shows rows that break their contract, sends them in again, drops them.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      QuarantineListCommand.class,
      QuarantineReplayCommand.class,
      QuarantineDropCommand.class
    })
final class QuarantineCommand {}
