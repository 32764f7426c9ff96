package dev.bartizan.cli;

import picocli.CommandLine.Command;

/// `bartizan guard inputs`: inputs and queries of models of numbers.
@Command(
        name = "inputs",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Watches the inputs of a model of numbers: whether they are of the expected kind, look"
                    + " like training data, and get an answer that holds when they are simplified or"
                    + " shaken; and whether a client's queries follow one another as those of an"
                    + " attack do.",
            "",
            "Who knows the detectors can search against them: they raise the cost of an attack, and"
                    + " tell of those who do not know."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan guard inputs fit --inputs train.npz --model net.onnx --out profile.json",
            "  bartizan guard inputs check --inputs new.npz --profile profile.json --model net.onnx",
            "  bartizan guard inputs watch queries.jsonl --step 0.05"
        },
        subcommands = {
            GuardInputsFitCommand.class,
            GuardInputsCheckCommand.class,
            GuardInputsWatchCommand.class
        })
final class GuardInputsCommand {}
