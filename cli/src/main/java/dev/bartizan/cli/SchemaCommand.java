package dev.bartizan.cli;

import dev.bartizan.threats.systemfile.SystemSchema;
import picocli.CommandLine.Command;

/// `bartizan threats schema`: the JSON Schema of the system file.
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "Prints the JSON Schema (draft 2020-12) of the system file, put together from what"
                        + " the modules contribute. Editors complete and check with it.")
final class SchemaCommand extends ShellCommand {
    @Override
    public Integer call() {
        out().println(SystemSchema.of(Wiring.discover().fragments()).text());
        out().flush();
        return 0;
    }
}
