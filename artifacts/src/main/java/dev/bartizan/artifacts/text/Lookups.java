package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.pickle.Reach;
import dev.bartizan.artifacts.spi.LazyPattern;

/// Hydra's functions that only look a name up, `hydra.utils.get_class` and its like: what they
/// reach is what the name beside them says.
public final class Lookups {
    private static final LazyPattern LOOKUP =
            LazyPattern.of("hydra\\.utils\\.get_(?:class|method|static_method|object)");
    private static final LazyPattern NAME = LazyPattern.of("[A-Za-z_]\\w*+(?:\\.[A-Za-z_]\\w*+)++");

    private Lookups() {}

    /// Whether a target only looks a name up.
    public static boolean isOne(String target) {
        return LOOKUP.matcher(target).matches();
    }

    /// Whether what is looked up is written out and reaches nothing bad.
    public static boolean isHarmless(String path) {
        String name = path.strip();
        return NAME.matcher(name).matches() && Reach.of(name).isEmpty();
    }
}
