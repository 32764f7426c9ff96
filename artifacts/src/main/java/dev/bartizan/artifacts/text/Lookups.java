package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.pickle.Reach;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.LazyPattern;
import java.io.IOException;
import java.util.Set;

/// Targets of Hydra that are judged by what they are given: functions that only look a name up,
/// `hydra.utils.get_class` and its like, and those that load the parts of a pipeline.
public final class Lookups {
    private static final LazyPattern LOOKUP =
            LazyPattern.of("hydra\\.utils\\.get_(?:class|method|static_method|object)");
    private static final LazyPattern NAME = LazyPattern.of("[A-Za-z_]\\w*+(?:\\.[A-Za-z_]\\w*+)++");

    /// Functions that load or compile what a pipeline is made of, and unless they are told
    /// otherwise run nothing that they read.
    private static final Set<String> PLAIN =
            Set.of("torch.compile", "torch.load", "numpy.load", "skops.io.load", "skops.io.loads");

    /// What is given by position could be any of it.
    private static final LazyPattern UNGUARDED =
            LazyPattern.of(
                    "(?i)\\b_args_\\b|\\b(?:allow_pickle|trust_remote_code)[\"']?\\s{0,4}[:=]\\s{0,4}[\"']?(?:true|yes|on|1)\\b|\\b(?:weights_only|trusted)[\"']?\\s{0,4}[:=]\\s{0,4}[\"']?(?:false|no|off|0|\\[)");

    /// What PyTorch before 2.6 has to be told.
    private static final LazyPattern GUARDED =
            LazyPattern.of(
                    "(?i)\\bweights_only[\"']?\\s{0,4}[:=]\\s{0,4}[\"']?(?:true|yes|on|1)\\b");

    private Lookups() {}

    /// Whether a target loads what pipelines are made of, and nothing in its settings lets that run
    /// code: what is loaded stands in files of its own.
    static boolean loadsPlainly(String target, Item settings) {
        if (!PLAIN.contains(target) && !target.endsWith(".from_pretrained")) {
            return false;
        }
        try {
            boolean needsGuard = target.equals("torch.load");
            return TextContent.of(settings)
                    .filter(text -> !UNGUARDED.matcher(text).find())
                    .filter(text -> !needsGuard || GUARDED.matcher(text).find())
                    .isPresent();
        } catch (IOException e) {
            return false; // reported where the file is read
        }
    }

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
