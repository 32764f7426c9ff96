package dev.bartizan.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `bartizan guard key`: a secret for canaries and vaults.
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Makes a file with a new secret key, which only its owner may read. Canaries are made of"
                    + " it, vaults are sealed with it. A file that is there stays as it is.",
        },
        footerHeading = "%nExample:%n",
        footer = "  bartizan guard key guard.key")
final class GuardKeyCommand extends ShellCommand {
    @Parameters(paramLabel = "FILE", description = "The file to make.")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException {
        if (file == null) {
            throw new IllegalStateException("picocli gives required values");
        }
        GuardKeyFile.make(file);
        err().println(
                        "A new key lies in "
                                + file
                                + ". Whoever has it can make the marks and open"
                                + " the vaults.");
        err().flush();
        return 0;
    }
}
