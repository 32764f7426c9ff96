package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Callables.Entry;
import dev.bartizan.artifacts.spi.LazyPattern;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What callables can reach, looked up under every way their name can be read.
final class Capabilities {
    /// Methods of data types that give data, whatever they are given.
    private static final Set<String> PURE_METHODS =
            Set.of(
                    "fromkeys",
                    "append",
                    "extend",
                    "add",
                    "update",
                    "get",
                    "keys",
                    "values",
                    "items",
                    "join",
                    "split",
                    "rsplit",
                    "strip",
                    "lstrip",
                    "rstrip",
                    "lower",
                    "upper",
                    "title",
                    "format",
                    "encode",
                    "decode",
                    "replace",
                    "startswith",
                    "endswith",
                    "count",
                    "index",
                    "copy",
                    "insert",
                    "pop",
                    "discard",
                    "union",
                    "intersection",
                    "difference",
                    "maketrans",
                    "translate",
                    "fromhex",
                    "from_bytes",
                    "to_bytes",
                    "bit_length",
                    "fromtimestamp",
                    "utcfromtimestamp",
                    "strptime",
                    "strftime",
                    "combine",
                    "fromisoformat",
                    "fromordinal",
                    "now",
                    "today",
                    "isoformat",
                    "total_seconds",
                    "as_integer_ratio",
                    "most_common",
                    "from_float",
                    "from_decimal",
                    "_make",
                    "_asdict",
                    "_replace",
                    "hex",
                    "find",
                    "isdigit",
                    "casefold",
                    "swapcase",
                    "zfill",
                    "ljust",
                    "rjust",
                    "splitlines",
                    "setdefault");

    private static final LazyPattern CONSTANT = LazyPattern.of("[A-Z][A-Z0-9_]*");

    private Capabilities() {}

    /// What is known of a name; of several ways to read a dotted one, the worst.
    static Optional<Entry> lookup(Name plain) {
        Callables callables = Callables.bundled();
        Optional<Entry> direct = callables.lookup(plain.module(), plain.name());
        Optional<Entry> worst = direct;
        String[] parts = plain.name().split("\\.", 16);
        StringBuilder module = new StringBuilder(plain.module());
        for (int i = 0; i + 1 < parts.length; i++) {
            module.append('.').append(parts[i]);
            String rest =
                    String.join(".", java.util.Arrays.asList(parts).subList(i + 1, parts.length));
            worst = worse(worst, callables.lookup(module.toString(), rest));
            worst = worse(worst, callables.lookup(parts[i], rest));
        }
        if (parts.length == 2 && isMemberOfEnum(plain.module(), parts)) {
            return callables.lookup(plain.module(), parts[0]);
        }
        boolean isMethodOfSafe =
                direct.isEmpty()
                        && worst.isEmpty()
                        && parts.length == 2
                        && PURE_METHODS.contains(parts[1])
                        && callables
                                .lookup(plain.module(), parts[0])
                                .filter(entry -> entry.mark() == Callables.Mark.SAFE)
                                .isPresent();
        return isMethodOfSafe ? callables.lookup(plain.module(), parts[0]) : worst;
    }

    /// A constant in capitals of a class that is known as safe, as protocol 4 names the members of
    /// an enum.
    private static boolean isMemberOfEnum(String module, String[] parts) {
        return Callables.bundled()
                        .lookup(module, parts[0])
                        .filter(entry -> entry.mark() == Callables.Mark.SAFE)
                        .isPresent()
                && CONSTANT.matcher(parts[1]).matches();
    }

    private static Optional<Entry> worse(Optional<Entry> one, Optional<Entry> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isPresent() ? one : other;
        }
        return one.get().mark().compareTo(other.get().mark()) <= 0 ? one : other;
    }

    /// What a capability lets code do, in words.
    static String can(String capability) {
        return switch (capability.toLowerCase(Locale.ROOT)) {
            case "execute" -> "run commands or code";
            case "import" -> "import code";
            case "file" -> "reach files";
            case "network" -> "reach the network";
            case "environment" -> "read the environment";
            case "memory" -> "reach memory or devices";
            case "process" -> "act on processes";
            case "deserialise" -> "load further untrusted data";
            case "reflection" -> "reach into the interpreter";
            case "tamper" -> "switch off a scanner";
            default -> throw new IllegalStateException("No capability " + capability);
        };
    }
}
