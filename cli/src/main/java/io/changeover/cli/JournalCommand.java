package io.changeover.cli;

import picocli.CommandLine.Command;

@Command(name = "journal", mixinStandardHelpOptions = true)
final class JournalCommand {}
