package dev.bartizan.provenance;

import dev.bartizan.core.SchemaFragment;
import dev.bartizan.core.SchemaSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The key `artifact` of an element: the file or folder it is made of, and what pins it.
public final class ArtifactSchema implements SchemaSource {
    private static final String SCHEMA = "artifact.schema.json";

    /// For `ServiceLoader`.
    public ArtifactSchema() {}

    @Override
    public List<SchemaFragment> fragments() {
        try (InputStream in = ArtifactSchema.class.getResourceAsStream(SCHEMA)) {
            if (in == null) {
                throw new IllegalStateException(SCHEMA + " is missing from the jar");
            }
            String schema = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(new SchemaFragment(SchemaFragment.Place.ELEMENT, "artifact", schema));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
