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
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Map<String, Map<String, CatalogueEntry>> all = new LinkedHashMap<>();
            text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Catalogues::entry)
                    .forEach(entry ->
                            all.computeIfAbsent(entry.catalogue(), _ -> new LinkedHashMap<>())
                                    .put(entry.id(), entry));
            return new Catalogues(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
