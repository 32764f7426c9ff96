package dev.bartizan.guard.training;

import dev.bartizan.guard.secrets.GitleaksRules;
import dev.bartizan.guard.secrets.SecretFinder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Measures the secret rules on `secrets_dev.jsonl`: the ones that ship, and imported ones.
public final class MeasureSecrets {
    private MeasureSecrets() {}

    private static final long SEED_SEEN = 3;
    private static final long SEED_REPORTED = 77;

    /// Prints recall and false positives.
    ///
    /// @param args folder of the corpus; a second argument lists the misses
    public static void main(String[] args) throws IOException {
        Path corpus = Path.of(args[0]);
        boolean lists = args.length > 1;
        print("shipped rules", SecretFinder.shipped(), corpus, lists);
        made(SecretFinder.shipped(), lists);
        Path imported = corpus.resolve("gitleaks_rules.toml");
        print(
                "imported rules",
                new SecretFinder(
                        GitleaksRules.parse(Files.readString(imported), imported.toString())),
                corpus,
                false);
    }

    /// The same on texts that were made after the rules, on a seed that nobody looked at.
    private static void made(SecretFinder finder, boolean lists) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Map<String, int[]> forms = new TreeMap<>();
        int[] all = new int[4];
        for (MadeSecrets.Made one : MadeSecrets.of(lists ? SEED_SEEN : SEED_REPORTED)) {
            int found = finder.find(one.text()).isEmpty() ? 0 : 1;
            int[] form =
                    forms.computeIfAbsent(
                            (one.isSecret() ? "secret " : "harmless ") + one.form(),
                            _ -> new int[2]);
            form[0]++;
            form[1] += found;
            all[one.isSecret() ? 0 : 2]++;
            all[one.isSecret() ? 1 : 3] += found;
        }
        if (lists) {
            forms.forEach((form, n) -> out.println("  " + form + ": " + n[1] + " of " + n[0]));
        }
        out.printf(
                Locale.ROOT,
                "shipped rules, made texts: recall %.1f %% of %d, false positives %.1f %% of %d%n",
                100.0 * all[1] / all[0],
                all[0],
                100.0 * all[3] / all[2],
                all[2]);
    }

    private static void print(String name, SecretFinder finder, Path corpus, boolean lists)
            throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        JsonMapper mapper = JsonMapper.builder().build();
        int secrets = 0;
        int caught = 0;
        int clean = 0;
        int wrong = 0;
        List<JsonNode> rows =
                Files.readAllLines(corpus.resolve("secrets_dev.jsonl")).stream()
                        .map(mapper::readTree)
                        .toList();
        Set<String> known = new HashSet<>();
        rows.stream().filter(MeasureSecrets::isSecret).forEach(row -> known.add(text(row)));
        int both = 0;
        for (JsonNode row : rows) {
            boolean isSecret = isSecret(row);
            if (!isSecret && known.contains(text(row))) {
                both++;
                continue;
            }
            boolean found = !finder.find(row.path("text").asString("")).isEmpty();
            secrets += isSecret ? 1 : 0;
            clean += isSecret ? 0 : 1;
            caught += isSecret && found ? 1 : 0;
            wrong += !isSecret && found ? 1 : 0;
            if (lists && isSecret != found) {
                String text = row.path("text").asString("");
                out.println(
                        (isSecret ? "missed " : "wrong  ")
                                + row.path("rule").asString("")
                                + " "
                                + text.substring(0, Math.min(150, text.length())).replace('\n', ' ')
                                + (isSecret ? "" : finder.find(text).toString()));
            }
        }
        out.printf(
                Locale.ROOT,
                "%s: recall %.1f %% of %d, false positives %.1f %% of %d; %d more texts are labelled"
                        + " both ways and count as secrets%n",
                name,
                100.0 * caught / secrets,
                secrets,
                100.0 * wrong / clean,
                clean,
                both);
    }

    private static boolean isSecret(JsonNode row) {
        return row.path("label").asString("").equals("secret");
    }

    private static String text(JsonNode row) {
        return row.path("text").asString("");
    }
}
