package dev.bartizan.guard.text;

import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import java.time.DateTimeException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A kind of small JSON file that the guard writes and reads again: an object whose key says what
/// it is, with the version 1 as its value.
///
/// @param what what messages call it, such as `calibration`
/// @param key its key
/// @param most most bytes
/// @param mend what to do about one that cannot be used
public record KeptJson(String what, String key, int most, String mend) {
    private static final int DEEPEST = 20;
    private static final JsonMapper MAPPER = ShallowJson.reader(DEEPEST);

    /// What a file holds.
    ///
    /// @param place its name, for messages
    /// @param reader makes it of the object; throws `IllegalArgumentException` or
    ///   `DateTimeException` for what cannot be used
    /// @throws UserError when it is something else
    public <T> T read(byte[] bytes, String place, Function<JsonNode, T> reader) {
        if (bytes.length > most) {
            throw refused("is larger than " + most + " bytes", place, null);
        }
        try {
            JsonNode root = MAPPER.readTree(bytes);
            if (root == null || !root.isObject() || root.path(key).asInt(0) != 1) {
                throw refused("has no \"" + key + "\": 1", place, null);
            }
            return reader.apply(root);
        } catch (JacksonException e) {
            throw refused("is not JSON: " + e.getOriginalMessage(), place, e);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw refused("cannot be used: " + e.getMessage(), place, e);
        }
    }

    private UserError refused(String problem, String place, @Nullable Throwable cause) {
        UserError error = new UserError("The " + what + " " + problem, place, mend);
        if (cause != null) {
            error.initCause(cause);
        }
        return error;
    }

    /// An object to fill.
    public ObjectNode start() {
        return MAPPER.createObjectNode().put(key, 1);
    }

    /// The bytes of an object, without blanks.
    public static byte[] bytes(ObjectNode root) {
        return MAPPER.writeValueAsBytes(root);
    }

    /// A digest, with or without `sha256:` before it.
    ///
    /// @throws IllegalArgumentException when it is none
    public static Digest digest(JsonNode node) {
        String text = node.asString("");
        return new Digest(text.startsWith("sha256:") ? text.substring(7) : text);
    }

    /// A number.
    ///
    /// @throws IllegalArgumentException when it is none
    public static double number(JsonNode object, String key) {
        if (!object.path(key).isNumber()) {
            throw new IllegalArgumentException("\"" + key + "\" is no number");
        }
        return object.path(key).asDouble();
    }

    /// A list.
    ///
    /// @param most most items
    /// @throws IllegalArgumentException when it is none, or longer
    public static JsonNode list(JsonNode object, String key, int most) {
        JsonNode list = object.path(key);
        if (!list.isArray() || list.size() > most) {
            throw new IllegalArgumentException(
                    "\"" + key + "\" is no list of at most " + most + " items");
        }
        return list;
    }
}
