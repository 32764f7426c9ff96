package dev.bartizan.cli;

import dev.bartizan.tensors.features.FeatureDescription;
import dev.bartizan.threats.systemfile.SystemSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bartizan threats schema`: the JSON Schema of the system file.
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "Prints the JSON Schema (draft 2020-12) of the system file, put together from what"
                        + " the modules contribute. Editors complete and check with it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan threats schema > system.schema.json",
            "  bartizan threats schema --of features > features.schema.json"
        })
final class SchemaCommand extends ShellCommand {
    /// Files that have a schema.
    enum Of {
        system,
        features
    }

    @Option(
            names = "--of",
            paramLabel = "system|features",
            description =
                    "system: the system file; features: the columns of a table, for bartizan attack"
                            + " --features. Default: system.")
    private Of of = Of.system;

    @Override
    public Integer call() {
        out().println(
                        switch (of) {
                            case system -> SystemSchema.of(Wiring.discover().fragments()).text();
                            case features -> FeatureDescription.schema();
                        });
        out().flush();
        return 0;
    }
}
