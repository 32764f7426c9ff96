package dev.bartizan.tensors.features;

import dev.bartizan.core.NamedFile;
import dev.bartizan.core.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The columns of a model's input, in order, and what holds between them.
///
/// Read from YAML. `features:` is a list of maps with `name` (required), `type` (`number`, `money`,
/// `integer`, `flag`), `min`, `max`, `immutable` (true or false), `change` (`both`, `up`, `down`,
/// `none`), `changed-by` (who can), `cost` (per unit of change), `one-hot` (name of a group of
/// which exactly one is 1) and `description`. `currency:` names what costs are counted in.
/// `relations:` is a list of maps with `sum` (weights by column) and `equals`, `at-least` or
/// `at-most`.
///
/// @param features one per column
/// @param relations what holds between them
/// @param currency of costs; empty when not said
public record FeatureDescription(
        List<Feature> features, List<LinearRelation> relations, String currency) {
    /// Largest file.
    static final int MAX_BYTES = 1 << 20;

    private static final String SCHEMA = "features.schema.json";

    public FeatureDescription {
        features = List.copyOf(features);
        relations = List.copyOf(relations);
    }

    /// Reads a file.
    ///
    /// @throws UserError when it is not such a description
    /// @throws IOException when it cannot be read
    public static FeatureDescription read(Path file) throws IOException {
        return parse(
                NamedFile.bytes(
                        file, MAX_BYTES, "description of features", "Describe the columns only."),
                file.toString());
    }

    /// Reads the bytes of a file.
    ///
    /// @param where name of the file, for messages
    /// @throws UserError when they are not such a description; it names line and column
    public static FeatureDescription parse(byte[] bytes, String where) {
        if (bytes.length > MAX_BYTES) {
            throw new UserError(
                    "The feature description is larger than " + MAX_BYTES + " bytes",
                    where,
                    "Describe the columns only.");
        }
        return new FeatureReader(where).read(bytes);
    }

    /// The JSON Schema (draft 2020-12) of such a file.
    public static String schema() {
        try (InputStream in = FeatureDescription.class.getResourceAsStream(SCHEMA)) {
            if (in == null) {
                throw new IllegalStateException("The schema of features is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The column of that name; -1 when there is none.
    public int column(String name) {
        for (int i = 0; i < features.size(); i++) {
            if (features.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
