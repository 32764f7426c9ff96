package dev.bartizan.artifacts;

import dev.bartizan.core.Finding;
import dev.bartizan.core.Severity;
import dev.bartizan.core.UserError;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.json.Json;
import dev.bartizan.formats.json.JsonLimits;
import dev.bartizan.formats.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An earlier scan, read back from the JSON that `scan --format json` wrote.
public final class EarlierScan {
    private static final int MOST_BYTES = 512 << 20;
    private static final String GAINED = "file-reaches-more-than-before";

    private final Map<String, Known> byPath = new HashMap<>();
    private final Map<String, List<Known>> byName = new HashMap<>();

    /// What was known of one file.
    ///
    /// @param findings rule and message, which stay when bytes around them move
    private record Known(Set<String> reaches, Set<String> findings) {}

    private EarlierScan() {}

    /// Reads a scan.
    ///
    /// @throws UserError when it is none
    public static EarlierScan read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new UserError(
                    "The earlier scan is larger than " + MOST_BYTES + " bytes",
                    file.toString(),
                    "Scan fewer files at once.");
        }
        return parse(Files.readAllBytes(file), file.toString());
    }

    /// Reads the bytes of a scan.
    ///
    /// @param shown what errors call it
    /// @throws UserError when it is none
    static EarlierScan parse(byte[] json, String shown) {
        EarlierScan scan = new EarlierScan();
        try {
            JsonLimits limits = new JsonLimits(MOST_BYTES, 64, 20_000_000, 64);
            Json root = JsonReader.read(json, limits).value();
            if (root.get("files").isEmpty() || root.get("tool").isEmpty()) {
                throw notOne(shown, "it has no files");
            }
            root.items("files").forEach(scan::add);
        } catch (FormatException e) {
            throw notOne(shown, e.what());
        }
        return scan;
    }

    private static UserError notOne(String shown, String why) {
        return new UserError(
                "This is no earlier scan: " + why,
                shown,
                "Make one with `bartizan scan PATH --format json > earlier.json`.");
    }

    private void add(Json file) {
        String path = file.text("path").orElse("");
        Set<String> reaches = new HashSet<>();
        for (Json reach : file.items("reaches")) {
            if (reach instanceof Json.Text text) {
                reaches.add(text.value());
            }
        }
        for (Json format : file.items("formats")) {
            if (format instanceof Json.Text text) {
                reaches.add("format " + text.value());
            }
        }
        Set<String> findings = new HashSet<>();
        for (Json finding : file.items("findings")) {
            findings.add(
                    finding.text("rule").orElse("") + "\n" + finding.text("message").orElse(""));
        }
        Known known = new Known(reaches, findings);
        byPath.put(path, known);
        byName.computeIfAbsent(name(path), _ -> new ArrayList<>()).add(known);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// The same path, or else the only file of that name: versions lie in folders of their own.
    private Optional<Known> known(String path) {
        if (byPath.containsKey(path)) {
            return Optional.of(byPath.get(path));
        }
        List<Known> named = byName.getOrDefault(name(path), List.of());
        return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
    }

    /// Whether a finding was there before.
    public boolean knows(FileReport file, Finding finding) {
        return known(file.path())
                .filter(known ->
                        known.findings().contains(finding.rule() + "\n" + finding.message()))
                .isPresent();
    }

    /// The report with a finding for every file that reaches more than its earlier version did.
    public ScanReport compare(ScanReport report) {
        return new ScanReport(report.files().stream().map(this::compare).toList());
    }

    private FileReport compare(FileReport file) {
        Optional<Known> known = known(file.path());
        if (known.isEmpty()) {
            return file;
        }
        List<String> gained =
                file.reaches().stream()
                        .filter(reach -> !known.get().reaches().contains(reach))
                        .toList();
        List<String> formats =
                file.canHoldCode()
                        ? file.formats().stream()
                                .map(format -> "format " + format)
                                .filter(format -> !known.get().reaches().contains(format))
                                .toList()
                        : List.of();
        if (gained.isEmpty() && formats.isEmpty()) {
            return file;
        }
        List<String> all = new ArrayList<>(formats);
        all.addAll(gained);
        return file.with(
                new Finding(
                        GAINED,
                        Severity.MEDIUM,
                        "It reaches more than its earlier version: "
                                + String.join(", ", all.subList(0, Math.min(12, all.size())))
                                + (all.size() > 12 ? " and " + (all.size() - 12) + " more" : ""),
                        file.path(),
                        "Ask what the new version needs this for before it is loaded.",
                        List.of("CWE-829"),
                        List.of("AML.T0010.003")));
    }
}
