package dev.bartizan.threats.rules;

import dev.bartizan.threats.systemfile.SystemFileErrors;
import dev.bartizan.threats.yaml.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A set of rules, in the order of their ids.
public final class RuleBook {
    private static final long MAX_FILE_BYTES = 1 << 20;
    private static final int MAX_FILES = 200;

    private final List<Rule> rules;

    private RuleBook(List<Rule> rules) {
        this.rules =
                rules.stream()
                        .sorted(
                                Comparator.comparing(Rule::id)
                                        .thenComparing(rule -> rule.place().toString()))
                        .toList();
    }

    /// The rules that come with the tool.
    public static RuleBook bundled() {
        return Bundled.BOOK;
    }

    /// These rules.
    public static RuleBook of(List<Rule> rules) {
        return new RuleBook(rules);
    }

    /// Rules of one file.
    ///
    /// @throws SystemFileErrors when something is wrong with it
    public static RuleBook parse(String file, byte[] bytes) {
        Problems problems = new Problems();
        List<Rule> rules = RuleReader.read(file, bytes, problems);
        return checked(rules, problems);
    }

    /// The rules of every `.yaml` file of a folder.
    ///
    /// @throws SystemFileErrors when something is wrong with one of them
    /// @throws IOException when the folder cannot be read
    public static RuleBook read(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> paths = Files.list(folder)) {
            files =
                    paths.filter(path -> path.toString().endsWith(".yaml"))
                            .sorted()
                            .limit(MAX_FILES)
                            .toList();
        }
        Problems problems = new Problems();
        List<Rule> rules = new ArrayList<>();
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes((int) MAX_FILE_BYTES + 1);
                if (bytes.length > MAX_FILE_BYTES) {
                    throw new IOException(file + " has over " + MAX_FILE_BYTES + " bytes");
                }
                rules.addAll(RuleReader.read(file.toString(), bytes, problems));
            }
        }
        return checked(rules, problems);
    }

    private static RuleBook checked(List<Rule> rules, Problems problems) {
        if (!problems.isEmpty()) {
            throw new SystemFileErrors(problems.inOrder());
        }
        return new RuleBook(rules);
    }

    /// These rules and others; of two with one id the other wins.
    public RuleBook with(RuleBook others) {
        Map<String, Rule> byId = new HashMap<>();
        rules.forEach(rule -> byId.put(rule.id(), rule));
        others.rules.forEach(rule -> byId.put(rule.id(), rule));
        return new RuleBook(List.copyOf(byId.values()));
    }

    /// All of them, by id.
    public List<Rule> rules() {
        return rules;
    }

    /// The rule of that id.
    public Optional<Rule> rule(String id) {
        return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    private static final class Bundled {
        static final RuleBook BOOK = load();

        private static RuleBook load() {
            Problems problems = new Problems();
            List<Rule> rules = new ArrayList<>();
            String index = new String(resource("index.txt"), StandardCharsets.UTF_8);
            index.lines()
                    .filter(line -> !line.isBlank())
                    .forEach(name -> rules.addAll(RuleReader.read(name, resource(name), problems)));
            return checked(rules, problems);
        }

        private static byte[] resource(String name) {
            try (InputStream in = RuleBook.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException(name + " is missing from the jar");
                }
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
