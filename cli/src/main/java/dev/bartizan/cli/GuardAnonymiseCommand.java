package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import dev.bartizan.guard.Detection;
import dev.bartizan.guard.personal.PersonalFinder;
import dev.bartizan.guard.secrets.SecretFinder;
import dev.bartizan.guard.vault.Vault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bartizan guard anonymise`: tokens in place of personal data and secrets.
@Command(
        name = "anonymise",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Prints a text with tokens in place of personal data and secrets, and keeps what they"
                    + " stand for in a vault that is encrypted with the key. A value gets the same"
                    + " token each time the vault is used; \"guard restore\" puts the values back."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan guard key guard.key",
            "  bartizan guard anonymise letter.txt --vault session.vault --key guard.key > out.txt",
            "  bartizan guard anonymise --vault s.vault --key guard.key"
                    + " --types EMAIL_ADDRESS,SECRET < letter.txt",
            "  curl … | bartizan guard restore --vault session.vault --key guard.key"
        })
final class GuardAnonymiseCommand extends ShellCommand {
    private static final int MAX_BYTES = 16 << 20;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The text; standard input without it.")
    private @Nullable Path file;

    @Option(
            names = "--vault",
            required = true,
            paramLabel = "FILE",
            description = "Where the values are kept; made when it is not there.")
    private @Nullable Path vaultFile;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "The secret key, as \"guard key\" makes it.")
    private @Nullable Path key;

    @Option(
            names = "--types",
            split = ",",
            paramLabel = "TYPE",
            description = "Only findings of these types (default: all personal data and SECRET).")
    private List<String> types = List.of();

    @Override
    public Integer call() throws IOException {
        if (vaultFile == null || key == null) {
            throw new IllegalStateException("picocli gives required values");
        }
        String text = text();
        GuardVaultFile kept = GuardVaultFile.of(vaultFile, key);
        Vault vault = kept.exists() ? kept.open() : new Vault();
        List<Detection> found = new ArrayList<>(PersonalFinder.shipped().find(text));
        found.addAll(SecretFinder.shipped().find(text));
        if (!types.isEmpty()) {
            found.removeIf(one -> !types.contains(one.type()));
        }
        String changed = vault.anonymise(text, Vault.merged(found));
        kept.save(vault);
        out().print(changed);
        out().flush();
        err().println(
                        found.size()
                                + " findings replaced, "
                                + vault.size()
                                + " values in the vault");
        err().flush();
        return 0;
    }

    private String text() throws IOException {
        if (file != null && !Files.isRegularFile(file)) {
            throw new UserError(
                    "There is no such file", file.toString(), "Name a text file, or none.");
        }
        try (InputStream in = file == null ? System.in : Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new UserError(
                        "The text is longer than " + MAX_BYTES + " bytes",
                        file == null ? "standard input" : file.toString(),
                        "Split it; the vault keeps the same tokens for all parts.");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
