package dev.bartizan.fuzz;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.bartizan.artifacts.EarlierScan;
import dev.bartizan.artifacts.ScanPolicy;
import dev.bartizan.artifacts.convert.Conversion;
import dev.bartizan.artifacts.store.ResultStore;
import dev.bartizan.artifacts.store.StoreKey;
import dev.bartizan.core.UserError;
import dev.bartizan.guard.HarmlessTexts;
import dev.bartizan.guard.classify.CalibrationFile;
import dev.bartizan.guard.inputs.InputProfileFile;
import dev.bartizan.guard.inputs.NumberTable;
import dev.bartizan.guard.policy.PolicyReader;
import dev.bartizan.guard.policy.SpentList;
import dev.bartizan.guard.regex.Expression;
import dev.bartizan.guard.rules.Lexicon;
import dev.bartizan.guard.rules.RulePack;
import dev.bartizan.guard.secrets.GitleaksRules;
import dev.bartizan.guard.tools.ApprovalList;
import dev.bartizan.provenance.oms.NotVerified;
import dev.bartizan.provenance.oms.SignedFiles;
import dev.bartizan.provenance.oms.TrustedSigner;
import dev.bartizan.tensors.text.TokenizerForm;
import dev.bartizan.threats.exchange.ModelImport;
import dev.bartizan.threats.systemfile.SystemFileErrors;
import dev.bartizan.threats.systemfile.SystemFiles;
import dev.bartizan.threats.systemfile.SystemSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Readers of files that users name: what they cannot use they refuse with an error for the user.
final class UserFiles {
    private static final LocalDate SOME_DAY = LocalDate.of(2030, 1, 1);

    private final Path folder;

    /// Building it takes a while, so it is built when it is wanted.
    private static final class Schema {
        static final SystemSchema BARE = SystemSchema.of(List.of());
    }

    /// Where the first key of kept results stands, and how long it is.
    private static final int KEY_AT = 16;

    private static final int KEY_BYTES = 32;

    private static final int LONGEST_EXPRESSION = 200;

    private static final int MOST_MATCHES = 50;

    private UserFiles(Path folder) {
        this.folder = folder;
    }

    static List<Parser> all() {
        try {
            UserFiles files = new UserFiles(Files.createTempDirectory("bartizan-fuzz-"));
            Runtime.getRuntime().addShutdownHook(new Thread(files::remove));
            return files.parsers();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<Parser> parsers() {
        Path out = folder.resolve("out.safetensors");
        Conversion conversion =
                new Conversion(
                        Conversion.Target.SAFETENSORS, Optional.empty(), Conversion.Rest.DROP);
        return List.of(
                file("convert", file -> conversion.convert(file, out), "pickle", "zip", "numpy"),
                file("scan-policy", ScanPolicy::read),
                file("model-signature", UserFiles::signature, "json"),
                file("earlier-scan", EarlierScan::read, "json"),
                file("kept-results", UserFiles::keptResults),
                file("model-import", file -> ModelImport.read(file, SOME_DAY), "json", "xml"),
                bytes(
                        "system-file",
                        in -> SystemFiles.parse(folder.resolve("system.yaml"), in, Schema.BARE)),
                bytes("guard-policy", in -> PolicyReader.parse("policy.yaml", in)),
                bytes("guard-calibration", in -> CalibrationFile.read(in, "c.json"), "json"),
                bytes("guard-pack", in -> RulePack.parse(in, "p.rules", Lexicon.shipped())),
                bytes("guard-secret-rules", UserFiles::secretRules),
                bytes("guard-expression", UserFiles::expression),
                bytes("tokenizer-form", in -> TokenizerForm.checked(in, "tokenizer.json"), "json"),
                bytes("guard-approvals", in -> ApprovalList.read(in, "a.json"), "json"),
                bytes("guard-spent", in -> SpentList.read(in, "s.json"), "json"),
                bytes("input-profile", in -> InputProfileFile.read(in, "p.json"), "json"),
                bytes("number-table", in -> NumberTable.read(in, "t.csv")),
                bytes("harmless-texts", in -> HarmlessTexts.read(in, "t.jsonl"), "json"));
    }

    /// Results of earlier scans lie in the user's cache, where anything may have happened to them.
    private static Object keptResults(Path file) throws IOException {
        Path results = file.resolveSibling("results");
        ResultStore.open(results, "makes the folder");
        Path kept = results.resolve("context-1.results");
        Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
        ResultStore store = ResultStore.open(results, "context").orElseThrow();
        byte[] start = Arrays.copyOf(Files.readAllBytes(file), KEY_AT + KEY_BYTES);
        StoreKey first = StoreKey.of(Arrays.copyOfRange(start, KEY_AT, KEY_AT + KEY_BYTES));
        Optional<byte[]> found = store.find(first);
        Files.delete(kept);
        Files.delete(results);
        return found;
    }

    private static SignedFiles signature(Path bundle) throws IOException {
        try {
            return SignedFiles.verify(
                    bundle, new TrustedSigner.Authorities(List.of()), Instant.EPOCH);
        } catch (NotVerified e) {
            throw new UserError(e.reason(), "the bundle", "Sign again.", e);
        }
    }

    private static Object secretRules(byte[] file) {
        return GitleaksRules.parse(new String(file, StandardCharsets.UTF_8), "rules.toml");
    }

    /// An expression in the first line, a text in the others: our automata must find what RE2/J
    /// finds.
    private static Object expression(byte[] input) {
        String[] parts = new String(input, StandardCharsets.UTF_8).split("\n", 2);
        if (parts[0].length() > LONGEST_EXPRESSION) {
            throw new UserError("The expression is long.", "line 1", "Shorten it.");
        }
        Expression ours;
        try {
            ours = Expression.of(parts[0]);
        } catch (PatternSyntaxException e) {
            throw new UserError("The expression is none: " + e.getMessage(), "line 1", "Mend it.");
        }
        String text = parts.length == 1 ? "" : parts[1];
        Expression.Search found = ours.in(text);
        Matcher expected = Pattern.compile(parts[0]).matcher(text);
        for (int i = 0; i < MOST_MATCHES && expected.find(); i++) {
            boolean isSame = found.find() && found.start() == expected.start();
            for (int group = 1; isSame && group <= expected.groupCount(); group++) {
                isSame = found.start(group) == expected.start(group);
            }
            if (!isSame || found.end() != expected.end()) {
                throw new AssertionError("other than RE2/J at " + expected.start());
            }
        }
        return found;
    }

    @FunctionalInterface
    private interface OfFile {
        Object read(Path file) throws IOException;
    }

    @FunctionalInterface
    private interface OfBytes {
        Object read(byte[] input) throws IOException;
    }

    private Parser file(String name, OfFile reader, String... seeds) {
        Path file = folder.resolve(name);
        return bytes(name, input -> reader.read(Files.write(file, input)), seeds);
    }

    private static Parser bytes(String name, OfBytes reader, String... seeds) {
        return Parser.of(
                name,
                input -> {
                    try {
                        reader.read(input);
                        return Parser.Outcome.READ;
                    } catch (UserError | SystemFileErrors _) {
                        return Parser.Outcome.REFUSED;
                    }
                },
                seeds);
    }

    private void remove() {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
