package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Callables.Mark;
import dev.bartizan.core.Severity;
import java.util.Optional;

/// What a dotted Python name reaches, for formats other than pickle that name code.
///
/// @param severity critical when it can run anything
/// @param what in words
public record Reach(Severity severity, String what) {
    /// What `os.system` or a module like `os` reaches; empty when nothing bad is known of it.
    public static Optional<Reach> of(String dotted) {
        String name = dotted.strip();
        if (!name.matches("[\\p{L}_][\\p{L}\\p{N}_]*+(?:\\.[\\p{L}_][\\p{L}\\p{N}_]*+)*+")) {
            return Optional.empty();
        }
        int dot = name.lastIndexOf('.');
        if (dot < 0) {
            return module(name);
        }
        return of(name.substring(0, dot), name.substring(dot + 1));
    }

    /// What a name in a module reaches.
    public static Optional<Reach> of(String module, String name) {
        Name plain = Name.of(module, name).plain();
        Optional<Mark> mark =
                Callables.bundled().lookup(plain.module(), plain.name()).map(Callables.Entry::mark);
        if (mark.filter(m -> m == Mark.CRITICAL || m == Mark.CRITICAL_UNLESS).isPresent()) {
            return Optional.of(new Reach(Severity.CRITICAL, "run commands or code"));
        }
        if (mark.filter(m -> m == Mark.DANGEROUS).isPresent()) {
            return Optional.of(new Reach(Severity.HIGH, "reach files, the network or the machine"));
        }
        return mark.isPresent() ? Optional.empty() : module(plain.module());
    }

    /// What a whole module of the standard library means where a framework's own is expected.
    public static Optional<Reach> module(String module) {
        if (!Callables.bundled().isStandard(module)) {
            return Optional.empty();
        }
        boolean isHarmless =
                Callables.bundled()
                        .lookup(module, "any-name")
                        .filter(e -> e.mark() == Mark.SAFE)
                        .isPresent();
        return isHarmless
                ? Optional.empty()
                : Optional.of(
                        new Reach(
                                Severity.HIGH,
                                "reach the standard library, which models have no use for"));
    }
}
