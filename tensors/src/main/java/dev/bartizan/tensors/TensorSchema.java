package dev.bartizan.tensors;

import dev.bartizan.core.SchemaFragment;
import dev.bartizan.core.SchemaSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The keys `samples` and `contract` of an element.
public final class TensorSchema implements SchemaSource {
    /// Found by `ServiceLoader`.
    public TensorSchema() {}

    @Override
    public List<SchemaFragment> fragments() {
        return List.of(fragment("samples"), fragment("contract"));
    }

    private static SchemaFragment fragment(String key) {
        try (InputStream in = TensorSchema.class.getResourceAsStream(key + ".schema.json")) {
            if (in == null) {
                throw new IllegalStateException("The schema of " + key + " is missing");
            }
            String schema = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new SchemaFragment(SchemaFragment.Place.ELEMENT, key, schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
