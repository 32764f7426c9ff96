package dev.bartizan.robustness.harden;

import dev.bartizan.formats.npy.NpyArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// How far a hardening is: passes that are done, and the numbers of every weight and of its running
/// means, by name.
///
/// @param epoch passes over the examples that are done
/// @param updates that are done
/// @param values by name of the training graph's input
public record HardeningState(int epoch, long updates, Map<String, NpyArray> values) {
    public HardeningState {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
