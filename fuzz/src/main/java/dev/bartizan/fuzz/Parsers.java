package dev.bartizan.fuzz;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Every parser there is. Analysers of the scanner come in by themselves.
final class Parsers {
    private static final List<Supplier<List<Parser>>> ROOMS =
            List.of(Readers::all, Answers::all, Analysers::all, UserFiles::all);

    private Parsers() {}

    /// A parser by its name. Rooms behind its own are not entered: each class that is loaded is
    /// instrumented, which takes its time.
    static Optional<Parser> named(String name) {
        for (Supplier<List<Parser>> room : ROOMS) {
            for (Parser parser : room.get()) {
                if (parser.name().equals(name)) {
                    return Optional.of(parser);
                }
            }
        }
        return Optional.empty();
    }

    /// All of them by name.
    static Map<String, Parser> all() {
        Map<String, Parser> all = new TreeMap<>();
        for (Supplier<List<Parser>> room : ROOMS) {
            for (Parser parser : room.get()) {
                if (all.put(parser.name(), parser) != null) {
                    throw new IllegalStateException("Two parsers are called " + parser.name());
                }
            }
        }
        return all;
    }
}
