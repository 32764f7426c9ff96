package dev.bartizan.artifacts.advisory;

import dev.bartizan.core.Finding;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Published advisories (CVE, GHSA) that a finding is an instance of, from the table
/// `advisories.txt`.
public final class Advisories {
    private static final Advisories BUNDLED = load();

    private final Map<String, List<String>> callables = new HashMap<>();
    private final Map<String, List<String>> rules = new HashMap<>();

    private Advisories() {}

    /// The table that comes with the scanner.
    public static Advisories bundled() {
        return BUNDLED;
    }

    /// The ids that name a callable, by its dotted name; empty when none does.
    public List<String> ofCallable(String dotted) {
        return callables.getOrDefault(dotted, List.of());
    }

    /// The ids whose class a finding is of, in order.
    public List<String> of(Finding finding) {
        TreeSet<String> ids = new TreeSet<>(rules.getOrDefault(finding.rule(), List.of()));
        for (Map.Entry<String, List<String>> entry : callables.entrySet()) {
            if (mentions(finding.message(), entry.getKey())) {
                ids.addAll(entry.getValue());
            }
        }
        return List.copyOf(ids);
    }

    /// Whether a dotted name stands in a text as a whole.
    private static boolean mentions(String text, String name) {
        int at = text.indexOf(name);
        while (at >= 0) {
            int end = at + name.length();
            boolean startsHere = at == 0 || !isOfName(text.charAt(at - 1));
            boolean endsHere = end == text.length() || !isOfName(text.charAt(end));
            if (startsHere && endsHere) {
                return true;
            }
            at = text.indexOf(name, at + 1);
        }
        return false;
    }

    private static boolean isOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.';
    }

    /// Every callable of the table with its ids.
    public Map<String, List<String>> callables() {
        return Map.copyOf(callables);
    }

    private static Advisories load() {
        Advisories advisories = new Advisories();
        try (InputStream in = Advisories.class.getResourceAsStream("advisories.txt")) {
            if (in == null) {
                throw new IllegalStateException("advisories.txt is missing from the jar");
            }
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(advisories::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return advisories;
    }

    private void add(String line) {
        String[] words = line.split(" ", 3);
        Map<String, List<String>> table =
                switch (words[1]) {
                    case "callable" -> callables;
                    case "rule" -> rules;
                    default -> throw new IllegalStateException("Unknown kind: " + line);
                };
        table.computeIfAbsent(words[2], _ -> new ArrayList<>()).add(words[0]);
    }
}
