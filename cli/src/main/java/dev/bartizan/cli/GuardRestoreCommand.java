package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import dev.bartizan.guard.vault.Restorer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bartizan guard restore`: values in place of tokens.
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Puts the values of a vault back in place of their tokens. It passes on each piece of its"
                    + " input as it comes, and holds back only what may be the beginning of a token,"
                    + " so an answer that streams in keeps streaming."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan guard restore answer.txt --vault session.vault --key guard.key",
            "  curl -N … | bartizan guard restore --vault session.vault --key guard.key"
        })
final class GuardRestoreCommand extends ShellCommand {
    private static final int CHUNK = 8192;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The text with tokens; standard input without it.")
    private @Nullable Path file;

    @Option(
            names = "--vault",
            required = true,
            paramLabel = "FILE",
            description = "The vault that \"guard anonymise\" made.")
    private @Nullable Path vaultFile;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "The secret key that it is sealed with.")
    private @Nullable Path key;

    @Override
    public Integer call() throws IOException {
        if (vaultFile == null || key == null) {
            throw new IllegalStateException("picocli gives required values");
        }
        if (file != null && !Files.isRegularFile(file)) {
            throw new UserError(
                    "There is no such file", file.toString(), "Name a text file, or none.");
        }
        Restorer restorer = GuardVaultFile.of(vaultFile, key).open().restorer();
        try (InputStream bytes = file == null ? System.in : Files.newInputStream(file);
                Reader in = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
            char[] chunk = new char[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                out().print(restorer.next(new String(chunk, 0, read)));
                out().flush();
            }
        }
        out().print(restorer.end());
        out().flush();
        return 0;
    }
}
