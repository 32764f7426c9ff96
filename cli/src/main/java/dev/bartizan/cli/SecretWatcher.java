package dev.bartizan.cli;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.TextWatcher;
import dev.bartizan.core.Severity;
import dev.bartizan.guard.Detection;
import dev.bartizan.guard.secrets.GitleaksRules;
import dev.bartizan.guard.secrets.SecretFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds secrets in the texts of a scan with the guard's rules. What was found is never repeated:
/// reports get read by more people than the file.
final class SecretWatcher implements TextWatcher {
    private static final int LONGEST = 4 << 20;
    private static final int MOST = 20;
    private static final Pattern PLACEHOLDER =
            Pattern.compile("(?i).*(example|your[_-]|placeholder|changeme|x{6,}|dummy|<[^<>]+>).*");
    private static final Rule SECRET =
            new Rule(
                    "secret-beside-weights",
                    "Revoke the secret and take it out of the file; name a variable or a vault instead.",
                    List.of("CWE-798", "CWE-540"),
                    List.of("AML.T0055"));
    private final SecretFinder finder;

    private SecretWatcher(SecretFinder finder) {
        this.finder = finder;
    }

    /// @param rules a file of rules as gitleaks writes them; null for those that ship
    static SecretWatcher of(@Nullable Path rules) throws IOException {
        return new SecretWatcher(
                rules == null
                        ? SecretFinder.shipped()
                        : new SecretFinder(
                                GitleaksRules.parse(Files.readString(rules), rules.toString())));
    }

    @Override
    public void look(String text, Notes notes) {
        String part = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        finder.find(part).stream()
                .filter(found -> !isPlaceholder(part, found))
                .limit(MOST)
                .forEach(found -> report(found, notes));
    }

    private static boolean isPlaceholder(String text, Detection found) {
        int from = text.offsetByCodePoints(0, found.start());
        int to = text.offsetByCodePoints(from, found.end() - found.start());
        return PLACEHOLDER.matcher(text.substring(from, to)).matches();
    }

    private static void report(Detection found, Notes notes) {
        boolean isGeneric = found.type().contains("generic");
        notes.findingAt(
                SECRET,
                isGeneric ? Severity.LOW : Severity.MEDIUM,
                notes.item().path() + "@" + found.start(),
                "Holds a secret of type "
                        + found.type()
                        + ", "
                        + (found.end() - found.start())
                        + " characters long");
    }
}
