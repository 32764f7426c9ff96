package dev.bartizan.artifacts.pickle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of the callables that pickles name: the table `callables.txt`, the standard
/// library's modules, and the frameworks whose classes are ordinary content. A scan of one small
/// file is mostly its start, so lines are read when a pickle first names their module.
final class Callables {
    private static final Callables BUNDLED = load();

    private final Map<String, Lines> exact = new HashMap<>();
    private final Map<String, Lines> trees = new HashMap<>();

    private Callables() {}

    /// Names of modules that need no more than being known, read when first asked for.
    private static final class Modules {
        static final Set<String> STANDARD = words("standard-modules.txt");
        static final Set<String> FRAMEWORKS = words("frameworks.txt");
    }

    /// The lines on one module. Threads that meet here read the same lines to the same end.
    private static final class Lines {
        static final Lines NONE = new Lines();

        private final List<String> lines = new ArrayList<>(2);
        private volatile @Nullable List<Entry> entries;

        List<Entry> entries() {
            List<Entry> known = entries;
            if (known == null) {
                known = lines.stream().map(Callables::entry).toList();
                entries = known;
            }
            return known;
        }
    }

    /// How a callable is known.
    enum Mark {
        CRITICAL,
        CRITICAL_UNLESS,
        DANGEROUS,
        CALL_IS_SUSPICIOUS,
        BY_ARGUMENTS,
        SAFE
    }

    /// A line of the table.
    ///
    /// @param word the capability, or the rule for its arguments
    record Entry(Mark mark, String word, Set<String> names, List<String> patterns) {
        boolean covers(String name) {
            if (names.contains(name)) {
                return true;
            }
            boolean isOpen = mark != Mark.SAFE || name.indexOf('.') < 0;
            return isOpen && patterns.stream().anyMatch(pattern -> matches(pattern, name));
        }

        private static boolean matches(String pattern, String name) {
            if (pattern.equals("*")) {
                return true;
            }
            return pattern.startsWith("*")
                    ? name.endsWith(pattern.substring(1))
                    : name.startsWith(pattern.substring(0, pattern.length() - 1));
        }
    }

    /// The table that comes with the scanner.
    static Callables bundled() {
        return BUNDLED;
    }

    /// What is known of a name in a module: an exact name beats a pattern, a module beats the tree
    /// it stands in.
    Optional<Entry> lookup(String module, String name) {
        Optional<Entry> here = among(exact.getOrDefault(module, Lines.NONE), name);
        if (here.isPresent()) {
            return here;
        }
        for (String tree = module; !tree.isEmpty(); tree = parent(tree)) {
            Optional<Entry> above = among(trees.getOrDefault(tree, Lines.NONE), name);
            if (above.isPresent()) {
                return above;
            }
        }
        return ofClass(module, name);
    }

    /// What a class is known for, when its name stands at the end of the module's. A safe line
    /// speaks of plain names alone.
    private Optional<Entry> ofClass(String module, String name) {
        String above = parent(module);
        String last = above.isEmpty() ? "" : module.substring(above.length() + 1);
        boolean isClass = !last.isEmpty() && Character.isUpperCase(last.charAt(0));
        return isClass
                ? lookup(above, last + "." + name).filter(entry -> entry.mark() != Mark.SAFE)
                : Optional.empty();
    }

    private static Optional<Entry> among(Lines lines, String name) {
        List<Entry> entries = lines.entries();
        for (Entry entry : entries) {
            if (entry.names().contains(name)) {
                return Optional.of(entry);
            }
        }
        return entries.stream().filter(entry -> entry.covers(name)).findFirst();
    }

    private static String parent(String module) {
        int dot = module.lastIndexOf('.');
        return dot < 0 ? "" : module.substring(0, dot);
    }

    /// Whether the module, or the package it is in, is of Python's standard library.
    boolean isStandard(String module) {
        return Modules.STANDARD.contains(root(module));
    }

    /// Whether the module belongs to a framework whose objects are ordinary content of model files.
    boolean isFramework(String module) {
        return Modules.FRAMEWORKS.contains(root(module));
    }

    private static String root(String module) {
        int dot = module.indexOf('.');
        return dot < 0 ? module : module.substring(0, dot);
    }

    private static Callables load() {
        Callables callables = new Callables();
        lines("callables.txt").forEach(callables::add);
        return callables;
    }

    private void add(String line) {
        int word = line.indexOf(' ') + 1;
        int third = line.indexOf(' ', word) + 1;
        String module = line.substring(third, line.indexOf(' ', third));
        boolean isTree = module.endsWith(".**");
        Map<String, Lines> table = isTree ? trees : exact;
        String key = isTree ? module.substring(0, module.length() - 3) : module;
        table.computeIfAbsent(key, _ -> new Lines()).lines.add(line);
    }

    private static Entry entry(String line) {
        List<String> words = split(line);
        Mark mark =
                switch (words.getFirst()) {
                    case "!!" -> Mark.CRITICAL;
                    case "!" -> Mark.DANGEROUS;
                    case "~" -> Mark.CALL_IS_SUSPICIOUS;
                    case "=" -> Mark.BY_ARGUMENTS;
                    case "=!" -> Mark.CRITICAL_UNLESS;
                    case "+" -> Mark.SAFE;
                    default -> throw new IllegalStateException("Unknown mark: " + line);
                };
        Set<String> names = new HashSet<>(words.subList(3, words.size()));
        List<String> patterns = names.stream().filter(name -> name.contains("*")).toList();
        return new Entry(mark, words.get(1), names, patterns);
    }

    private static Set<String> words(String resource) {
        Set<String> words = new HashSet<>();
        lines(resource).forEach(line -> words.addAll(split(line)));
        return words;
    }

    /// The words of a line; one blank stands between two.
    private static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int end = line.indexOf(' '); end >= 0; end = line.indexOf(' ', start)) {
            words.add(line.substring(start, end));
            start = end + 1;
        }
        words.add(line.substring(start));
        return words;
    }

    private static List<String> lines(String resource) {
        try (InputStream in = Callables.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the jar");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<String> lines = new ArrayList<>();
            int start = 0;
            for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
                if (end > start && text.charAt(start) != '#') {
                    lines.add(text.substring(start, end));
                }
                start = end + 1;
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
