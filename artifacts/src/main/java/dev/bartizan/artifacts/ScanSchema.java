package dev.bartizan.artifacts;

import dev.bartizan.core.SchemaFragment;
import dev.bartizan.core.SchemaSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What the system file may say of the scan, under `checks: {artifact-scan: …}`.
public final class ScanSchema implements SchemaSource {
    static final String COMPARE = "compare";
    private static final String SCHEMA = "artifact-scan.schema.json";

    /// For `ServiceLoader`.
    public ScanSchema() {}

    @Override
    public List<SchemaFragment> fragments() {
        try (InputStream in = ScanSchema.class.getResourceAsStream(SCHEMA)) {
            if (in == null) {
                throw new IllegalStateException(SCHEMA + " is missing from the jar");
            }
            String schema = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(new SchemaFragment(SchemaFragment.Place.CHECK, "artifact-scan", schema));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
