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

    private static final int BYTES_PER_VALUE = 400;
    private static final int COPIES = 8;

    /// The same, or less where the heap is too small to hold as much. A document over it is refused
    /// at once; without, it would be read until the memory is gone.
    public static JsonLimits forHeap() {
        long heap = Runtime.getRuntime().maxMemory();
        return new JsonLimits(
                (int) Math.min(USUAL.bytes, heap / COPIES),
                USUAL.depth,
                (int) Math.min(USUAL.values, heap / BYTES_PER_VALUE),
                USUAL.numberDigits);
    }
}
