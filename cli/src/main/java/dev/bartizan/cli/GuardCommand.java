package dev.bartizan.cli;

import picocli.CommandLine.Command;

/// `bartizan guard`: what may pass to a model, and what an agent may do with what it read.
@Command(
        name = "guard",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Judges texts on their way to a model, and the tool calls of agents.",
        subcommands = {GuardCheckCommand.class, PolicyDiffCommand.class})
final class GuardCommand {}
