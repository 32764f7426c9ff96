package dev.bartizan.artifacts.pickle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is known of the callables that pickles name: the table `callables.txt`, the standard
/// library's modules, and the frameworks whose classes are ordinary content.
final class Callables {
    private static final Callables BUNDLED = load();

    private final Map<String, List<Entry>> exact = new HashMap<>();
    private final Map<String, List<Entry>> trees = new HashMap<>();
    private final Set<String> standard;
    private final Set<String> frameworks;

    private Callables(Set<String> standard, Set<String> frameworks) {
        this.standard = standard;
        this.frameworks = frameworks;
    }

    /// How a callable is known.
    enum Mark {
        CRITICAL,
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
        Optional<Entry> here = among(exact.getOrDefault(module, List.of()), name);
        if (here.isPresent()) {
            return here;
        }
        for (String tree = module; !tree.isEmpty(); tree = parent(tree)) {
            Optional<Entry> above = among(trees.getOrDefault(tree, List.of()), name);
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

    private static Optional<Entry> among(List<Entry> entries, String name) {
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
        return standard.contains(root(module));
    }

    /// Whether the module belongs to a framework whose objects are ordinary content of model files.
    boolean isFramework(String module) {
        return frameworks.contains(root(module));
    }

    private static String root(String module) {
        int dot = module.indexOf('.');
        return dot < 0 ? module : module.substring(0, dot);
    }

    private static Callables load() {
        Callables callables = new Callables(words("standard-modules.txt"), words("frameworks.txt"));
        lines("callables.txt").forEach(callables::add);
        return callables;
    }

    private void add(String line) {
        List<String> words = Arrays.asList(line.strip().split("\\s+"));
        Mark mark =
                switch (words.getFirst()) {
                    case "!!" -> Mark.CRITICAL;
                    case "!" -> Mark.DANGEROUS;
                    case "~" -> Mark.CALL_IS_SUSPICIOUS;
                    case "=" -> Mark.BY_ARGUMENTS;
                    case "+" -> Mark.SAFE;
                    default -> throw new IllegalStateException("Unknown mark: " + line);
                };
        Set<String> names = new HashSet<>(words.subList(3, words.size()));
        List<String> patterns = names.stream().filter(name -> name.contains("*")).toList();
        Entry entry = new Entry(mark, words.get(1), names, patterns);
        String module = words.get(2);
        if (module.endsWith(".**")) {
            String tree = module.substring(0, module.length() - 3);
            trees.computeIfAbsent(tree, _ -> new ArrayList<>()).add(entry);
        } else {
            exact.computeIfAbsent(module, _ -> new ArrayList<>()).add(entry);
        }
    }

    private static Set<String> words(String resource) {
        Set<String> words = new HashSet<>();
        lines(resource).forEach(line -> words.addAll(Arrays.asList(line.strip().split("\\s+"))));
        return words;
    }

    private static List<String> lines(String resource) {
        try (InputStream in = Callables.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the jar");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
