package dev.bartizan.cli;

import dev.bartizan.core.Severity;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What `bartizan scan` takes, built by hand (docs/performance.md), and what its help says around
/// it.
final class ScanOptions {
    static final String COMMAND = "scan";
    static final String FAIL_ON = "--fail-on";
    static final String FORMAT = "--format";
    static final String NO_CACHE = "--no-cache";

    private ScanOptions() {}

    static boolean isFlag(String word) {
        return switch (word) {
            case "--explain", "--sha256", "--secrets", NO_CACHE -> true;
            default -> false;
        };
    }

    static boolean takesValue(String word) {
        return switch (word) {
            case FAIL_ON,
                    FORMAT,
                    "--secret-rules",
                    "--policy",
                    "--baseline",
                    "--compare",
                    "--quarantine" ->
                    true;
            default -> false;
        };
    }

    static void describe(CommandSpec spec) {
        spec.name(COMMAND);
        spec.addPositional(
                PositionalParamSpec.builder()
                        .paramLabel("PATH")
                        .arity("1..*")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description("Files, folders, patterns in quotes; - is standard input.")
                        .build());
        spec.addOption(
                OptionSpec.builder(FAIL_ON)
                        .paramLabel("SEVERITY")
                        .type(Severity.class)
                        .converters(new SeverityConverter())
                        .description("Exit 1 from this severity on. Default: high.")
                        .build());
        flag(spec, "--explain", "Show what loading would do, with offsets.");
        flag(
                spec,
                "--sha256",
                "Read every byte, weights too: the SHA-256 of each file, and whether stored members of"
                        + " archives check to what is promised.");
        flag(
                spec,
                "--secrets",
                "Search texts for secrets (medium), personal data and names of internal machines (low);"
                        + " what is found is not repeated.");
        file(
                spec,
                "--secret-rules",
                "FILE",
                "The same with rules of your own, as gitleaks writes them.");
        file(
                spec,
                "--policy",
                "FILE",
                "What your house allows (by sha256, callable or signer, with owner and until) and"
                        + " denies (by sha256, callable or format).");
        file(
                spec,
                "--baseline",
                "EARLIER.json",
                "Findings of an earlier scan do not fail this one.");
        file(
                spec,
                "--compare",
                "EARLIER.json",
                "A file that reaches more than its version in an earlier scan did is a medium finding.");
        file(spec, "--quarantine", "DIR", "Copy files that fail there, named by digest.");
        flag(
                spec,
                NO_CACHE,
                "Look at every file again. Without it, files of folders and files of 1 MiB and more that"
                        + " an earlier scan knows are not: the same bytes by SHA-256, or the same"
                        + " inode, size and times, last changed a minute or more before that scan."
                        + " --sha256 reads every byte in any case.");
        spec.addOption(
                OptionSpec.builder(FORMAT)
                        .paramLabel("table|json|sarif|junit")
                        .type(ScanArguments.Format.class)
                        .description("Default: table.")
                        .build());
        spec.addOption(
                OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help message and exit.")
                        .build());
        spec.addOption(
                OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Print version information and exit.")
                        .build());
        help(spec);
    }

    private static void flag(CommandSpec spec, String name, String description) {
        spec.addOption(OptionSpec.builder(name).description(description).build());
    }

    private static void file(CommandSpec spec, String name, String label, String description) {
        spec.addOption(
                OptionSpec.builder(name)
                        .paramLabel(label)
                        .type(Path.class)
                        .description(description)
                        .build());
    }

    private static void help(CommandSpec spec) {
        spec.usageMessage()
                .autoWidth(true)
                .description(
                        "Says what loading model files would do, by their content alone: nothing is"
                                + " executed, unpickled or loaded. Folders are scanned whole, hidden"
                                + " files too. Skills, rules files, MCP manifests and data sets are"
                                + " looked at for what they would have a model do.",
                        "",
                        "Verdicts: malicious (a critical or high finding), suspicious (worst is"
                                + " medium), unreadable (broken structure, or no reader could"
                                + " finish), not-covered (recognised, not analysed whole), clean.")
                .footerHeading("%nExamples:%n")
                .footer(
                        "  bartizan scan models/                       exit 1 from a high finding on",
                        "  bartizan scan model.pkl --explain           what it would do, with offsets",
                        "  bartizan scan models/ --sha256 --format json > scan.json",
                        "  bartizan scan models/ --compare scan.json   what reaches more than then",
                        "  bartizan scan 'models/**.pt' --policy policy.yaml --quarantine held/",
                        "  curl -sL https://example.org/model.bin | bartizan scan -",
                        "",
                        "A policy:",
                        "  allow:",
                        "    - { sha256: 9f2c…, owner: ml-platform, reason: reviewed, until: 2027-03-31 }",
                        "    - { callable: mypackage.Net, owner: ml-platform, until: 2027-03-31 }",
                        "    - { signer: keys/ml-platform.pem, owner: ml-platform, until: 2027-03-31 }",
                        "  deny:",
                        "    - { format: pickle, reason: safetensors only }",
                        "A signer is a public key (P-256, P-384, P-521) or a certificate in PEM; its signature",
                        "lies beside the files or above them as model.sig (OpenSSF Model Signing).");
    }
}
