package dev.bartizan.artifacts.instructions;

import dev.bartizan.artifacts.spi.Finds;
import dev.bartizan.artifacts.spi.LazyPattern;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.core.Severity;
import java.util.Optional;
import java.util.regex.MatchResult;

/// Files of Prompty: settings of a model with a prompt below them, in which `${file:…}` and
/// `${env:…}` are filled in when they are loaded (Prompty, "Specification").
final class PromptFiles {
    private static final LazyPattern FILE = LazyPattern.of("\\$\\{file:([^}\\n]{1,300})}");
    private static final LazyPattern OUTSIDE =
            LazyPattern.of(
                    "\\s{0,4}(?:~|/|[A-Za-z]:|\\$|\\.\\.?/(?:[^\\n]{0,200}/)?\\.\\.|\\.\\./).*");
    private static final LazyPattern DEAR =
            LazyPattern.of(
                    "(?i)\\.ssh\\b|\\bid_(?:rsa|ed25519|ecdsa)\\b|\\.aws\\b|\\.env\\b(?!\\.(?:example|sample))|\\.netrc\\b|\\.git-credentials\\b|\\.kube\\b|\\.gnupg\\b|\\.npmrc\\b|\\.azure\\b|\\.docker/config|/etc/(?:passwd|shadow)\\b|credentials?\\b|\\.pem\\b|\\.key\\b");
    private static final LazyPattern ENDPOINT =
            LazyPattern.of(
                    "(?m)^[ \\t]{0,40}(azure_endpoint|endpoint|base_url|api_base):[ \\t]{0,8}[\"']?(https?://[^\\s\"'$]{4,300})");
    private static final LazyPattern OWN_KEY =
            LazyPattern.of(
                    "\\bapi_key:[ \\t]{0,8}[\"']?\\$\\{env:(AZURE|OPENAI|ANTHROPIC|GITHUB)_?\\w{0,60}");
    private static final LazyPattern VENDOR =
            LazyPattern.of(
                    "https?://(?:[\\w-]{1,60}\\.){0,4}(?:azure\\.com|azure-api\\.net|microsoft\\.com|openai\\.com|anthropic\\.com|github\\.com|githubusercontent\\.com|azure\\.us|azure\\.cn|localhost|127\\.0\\.0\\.1|example\\.com|example)(?=[/:?]|$).*");

    private PromptFiles() {}

    /// Notes what a file of Prompty reads or hands on.
    static void look(String text, Notes notes) {
        if (!notes.item().name().endsWith(".prompty")) {
            return;
        }
        Finds.of(FILE.get(), text)
                .results()
                .filter(file ->
                        DEAR.matcher(file.group(1)).find()
                                || OUTSIDE.matcher(file.group(1)).matches())
                .findFirst()
                .ifPresent(file ->
                        note(
                                notes,
                                DEAR.matcher(file.group(1)).find()
                                        ? Severity.HIGH
                                        : Severity.MEDIUM,
                                file,
                                "The prompt is filled with a file outside of its folder: "));
        Optional<MatchResult> foreign =
                Finds.of(ENDPOINT.get(), text)
                        .results()
                        .filter(end -> !VENDOR.matcher(end.group(2)).matches())
                        .findFirst();
        foreign.filter(_ -> OWN_KEY.matcher(text).find())
                .ifPresent(end ->
                        note(
                                notes,
                                Severity.MEDIUM,
                                end,
                                "The key of one service is handed to another: "));
    }

    private static void note(Notes notes, Severity severity, MatchResult found, String what) {
        notes.findingAt(
                InstructionRules.INSTRUCTION,
                severity,
                notes.item().path() + "@" + found.start(),
                what + found.group().strip());
    }
}
