package dev.bartizan.knowledge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The public catalogues that threats are mapped to.
public final class Catalogues {
    private static final Pattern TAB = Pattern.compile("\t");
    private static final Pattern SPACE = Pattern.compile(" ");
    private static final int COLUMNS = 10;

    private final Map<String, Map<String, CatalogueEntry>> byCatalogue;

    private Catalogues(Map<String, Map<String, CatalogueEntry>> byCatalogue) {
        this.byCatalogue = byCatalogue;
    }

    /// The catalogues that come with the tool.
    public static Catalogues bundled() {
        try (InputStream in = Catalogues.class.getResourceAsStream("catalogues.tsv")) {
            if (in == null) {
                throw new IllegalStateException("catalogues.tsv is missing from the jar");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Catalogues as {@link #text} writes them.
    ///
    /// @throws IllegalStateException when a line has another shape
    public static Catalogues parse(String text) {
        Map<String, Map<String, CatalogueEntry>> all = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                CatalogueEntry entry = entry(line);
                all.computeIfAbsent(entry.catalogue(), _ -> new LinkedHashMap<>())
                        .put(entry.id(), entry);
            }
        }
        return new Catalogues(all);
    }

    /// The catalogues as tab-separated text; the same catalogues give the same text.
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Map<String, CatalogueEntry> entries : byCatalogue.values()) {
            entries.values().forEach(entry -> text.append(line(entry)).append('\n'));
        }
        return text.toString();
    }

    private static String line(CatalogueEntry entry) {
        return String.join(
                "\t",
                entry.catalogue(),
                entry.id(),
                entry.name(),
                entry.kind(),
                String.join(" ", entry.parents()),
                String.join(" ", entry.tactics()),
                entry.maturity(),
                entry.created(),
                entry.modified(),
                String.join(" ", entry.related()));
    }

    /// These catalogues with one of them replaced. Importing the same release twice changes
    /// nothing.
    public Catalogues with(String catalogue, List<CatalogueEntry> entries) {
        Map<String, Map<String, CatalogueEntry>> all = new LinkedHashMap<>(byCatalogue);
        Map<String, CatalogueEntry> replaced = new LinkedHashMap<>();
        entries.forEach(entry -> replaced.put(entry.id(), entry));
        all.put(catalogue, replaced);
        return new Catalogues(all);
    }

    private static CatalogueEntry entry(String line) {
        String[] cells = TAB.split(line, -1);
        if (cells.length != COLUMNS) {
            throw new IllegalStateException("catalogues.tsv has a line of another shape: " + line);
        }
        return new CatalogueEntry(
                cells[0],
                cells[1],
                cells[2],
                cells[3],
                words(cells[4]),
                words(cells[5]),
                cells[6],
                cells[7],
                cells[8],
                words(cells[9]));
    }

    private static List<String> words(String cell) {
        return SPACE.splitAsStream(cell).filter(word -> !word.isEmpty()).toList();
    }

    /// Names of the catalogues.
    public List<String> names() {
        return List.copyOf(byCatalogue.keySet());
    }

    /// The entries of one catalogue, in its order; none for an unknown catalogue.
    public List<CatalogueEntry> entries(String catalogue) {
        return new ArrayList<>(byCatalogue.getOrDefault(catalogue, Map.of()).values());
    }

    /// The entry of an id in a catalogue.
    public Optional<CatalogueEntry> entry(String catalogue, String id) {
        return Optional.ofNullable(byCatalogue.getOrDefault(catalogue, Map.of()).get(id));
    }
}
