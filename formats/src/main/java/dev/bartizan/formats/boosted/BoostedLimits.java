package dev.bartizan.formats.boosted;

import dev.bartizan.formats.json.JsonLimits;

/// How much of a boosted-tree model is read.
///
/// @param bytes longest file
/// @param trees most trees
/// @param depth most splits from a root to a leaf
/// @param features most columns
/// @param values most values in all
public record BoostedLimits(int bytes, int trees, int depth, int features, int values) {
    /// Enough for thousands of deep trees; a hostile file takes less than a gigabyte of memory.
    public static final BoostedLimits USUAL =
            new BoostedLimits(1 << 28, 100_000, 2_000, 1 << 20, 8_000_000);

    private static final int JSON_DEPTH = 32;
    private static final int NUMBER_DIGITS = 100;

    JsonLimits json() {
        return new JsonLimits(bytes, JSON_DEPTH, values, NUMBER_DIGITS);
    }
}
