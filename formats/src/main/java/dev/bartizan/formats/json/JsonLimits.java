package dev.bartizan.formats.json;

/// How much JSON is read.
///
/// @param bytes longest document
/// @param depth deepest nesting; the reader recurses once a level
/// @param values most values in all
/// @param numberDigits longest number
public record JsonLimits(int bytes, int depth, int values, int numberDigits) {
    /// Enough for the configuration and tokenizer files of large models.
    public static final JsonLimits USUAL = new JsonLimits(64 << 20, 200, 4_000_000, 400);
}
