package io.changeover.cli;

import picocli.CommandLine.Command;

@Command(
    name = "inventory",
    description = "Work on an inventory folder.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = InventoryCheckCommand.class)
final class InventoryCommand {}
