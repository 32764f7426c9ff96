package dev.bartizan.cli;

import picocli.CommandLine.Model.CommandSpec;

/// What `bartizan scan --help` says around the options.
final class ScanHelp {
    private ScanHelp() {}

    static void describe(CommandSpec spec) {
        spec.usageMessage()
                .autoWidth(true)
                .description(
                        "Says what loading model files would do, by their content alone: nothing is"
                                + " executed, unpickled or loaded. Folders are scanned whole, hidden"
                                + " files too.",
                        "",
                        "Verdicts: malicious (a critical or high finding), suspicious (worst is"
                                + " medium), unreadable (broken structure, or no reader could"
                                + " finish), not-covered (recognised, not analysed whole), clean.")
                .footerHeading("%nExamples:%n")
                .footer(
                        "  bartizan scan models/                       exit 1 from a high finding on",
                        "  bartizan scan model.pkl --explain           what it would do, with offsets",
                        "  bartizan scan models/ --sha256 --format json > scan.json",
                        "  bartizan scan models/ --format sarif > scan.sarif");
    }
}
