package dev.bartizan.cli;

import picocli.CommandLine.Command;

/// `bartizan guard`: what may pass to a model, and what an agent may do with what it read.
@Command(
        name = "guard",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Judges texts on their way to a model and the tool calls of agents, marks prompts, and"
                    + " keeps personal data out of what is sent away."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan guard check --jsonl prompts.jsonl",
            "  bartizan guard check --transcript conversations.jsonl --policy guard.yaml",
            "  bartizan guard calibrate benign.jsonl --rate 0.01 --out calibration.json",
            "  bartizan guard policy-diff old.yaml new.yaml --traffic recorded.jsonl",
            "  bartizan guard key guard.key",
            "  bartizan guard canary prompt.txt --key guard.key --tenant acme",
            "  bartizan guard anonymise letter.txt --vault session.vault --key guard.key",
            "  bartizan guard restore answer.txt --vault session.vault --key guard.key"
        },
        subcommands = {
            GuardCheckCommand.class,
            GuardCalibrateCommand.class,
            PolicyDiffCommand.class,
            GuardKeyCommand.class,
            GuardCanaryCommand.class,
            GuardAnonymiseCommand.class,
            GuardRestoreCommand.class
        })
final class GuardCommand {}
