package dev.bartizan.artifacts.convert;

import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.weights.Tensor;
import java.io.IOException;

/// Finds the bytes that a persistent id of a PyTorch file stands for.
@FunctionalInterface
interface StorageSource {
    /// No storages: plain pickles have none.
    StorageSource NONE =
            (key, _) -> {
                throw new Refused(
                        "it asks for a storage \"" + key + "\" that the file does not have");
            };

    /// The bytes of a storage.
    ///
    /// @param key as in the id
    /// @param bytes how many there must be
    Tensor.Storage storage(String key, long bytes) throws IOException, FormatException, Refused;
}
