package io.changeover.cli;

import picocli.CommandLine.Command;

@Command(
    name = "journal",
    description = "Read the journal: needs read access to Kafka and nothing else.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      JournalShowCommand.class,
      JournalReplayCommand.class,
      JournalVerifyCommand.class
    })
final class JournalCommand {}
