package dev.bartizan.formats.images;

import dev.bartizan.formats.npy.NpyArray;
import java.util.Optional;

/// Examples, one in each row, and their classes where the file holds them.
///
/// @param inputs one example per row
/// @param labels class of each row
public record LabelledArray(NpyArray inputs, Optional<NpyArray> labels) {
    /// Examples alone.
    public static LabelledArray unlabelled(NpyArray inputs) {
        return new LabelledArray(inputs, Optional.empty());
    }
}
