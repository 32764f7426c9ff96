package dev.bartizan.cli;

import picocli.CommandLine.Command;

/// `bartizan guard`: what may pass to a model, and what an agent may do with what it read.
@Command(
        name = "guard",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Judges texts on their way to a model and the tool calls of agents, marks prompts, and"
                    + " keeps personal data out of what is sent away. Watches the inputs of models of"
                    + " numbers."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan guard check --jsonl prompts.jsonl",
            "  bartizan guard check --transcript conversations.jsonl --policy guard.yaml",
            "  bartizan guard calibrate benign.jsonl --rate 0.01 --out calibration.json",
            "  bartizan guard approve --transcript talk.jsonl --call call_7 --by ana"
                    + " --approvals approvals.json",
            "  bartizan guard inputs fit --inputs train.npz --out profile.json",
            "  bartizan guard policy-diff old.yaml new.yaml --traffic recorded.jsonl",
            "  bartizan guard key guard.key",
            "  bartizan guard canary prompt.txt --key guard.key --tenant acme",
            "  bartizan guard anonymise letter.txt --vault session.vault --key guard.key",
            "  bartizan guard restore answer.txt --vault session.vault --key guard.key"
        },
        subcommands = {
            GuardCheckCommand.class,
            GuardCalibrateCommand.class,
            GuardApproveCommand.class,
            GuardInputsCommand.class,
            PolicyDiffCommand.class,
            GuardKeyCommand.class,
            GuardCanaryCommand.class,
            GuardAnonymiseCommand.class,
            GuardRestoreCommand.class
        })
final class GuardCommand {}
